"""Which tasks are asked for by a group that has a role as such: 把“各乡镇（街道）”列成配合单位的, 各镇街要配合的."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.ledger import Role
from ingest.records import Unit
from vectorstore.folding import fold_query

_KINDS = (
    "乡",
    "镇",
    "街",
    "村",
    "居",
    "社区",
    "园区",
    "县",
    "市",
    "区",
    "旗",
    "部门",
    "单位",
    "科室",
)
_KIND = "村居委会|村居|居委会|乡镇|镇街|街道办事处|街道办|街道|县区|区县|园区|社区|开发区|部门|单位|科室|[乡镇街村县市区旗]"
# Without quotation marks 各镇街分别牵头 and 各镇街有几项 ask of each of them.
_GROUP = re.compile(
    rf"(?P<quoted>[“\"「])?(?P<name>[各相有](?:相关|有关|关|涉及)?(?:{_KIND})(?:[、(（和及与]*(?:{_KIND}|人民政府|政府|党委|办事处)[)）]?)*)[”\"」]?"
)
_OF_EACH = re.compile(r"^(?:分别|各自|各|都?有|都?是|谁|哪[个家一]|最)")
# “各镇街”那种笼统挂名的不用算 leaves them out.
_LEFT_OUT = re.compile(
    r"(?:不|别|甭|无需)(?:用|要|必|需)?(?:算|计|列|数|管|看)|除外|(?:除|刨|撇|抛|去)(?:了|开|去|掉)|不[含算]|排除|剔除"
)
# 没用“各镇街”这种统称的
_NOT_SO = re.compile(r"(?:没|未)有?(?:用|写|列|提|把|拿)|不(?:是|用|写|列|带)")
_CLAUSES = re.compile(r"[,，。;；?？]")
_ROLES = (
    (Role.COOPERATING, re.compile(r"配合|协办|协助|打下手|搭把手")),
    (Role.LEAD, re.compile(r"牵头|挑头|打头|领头|主办|主责")),
    (Role.ACCEPTANCE, re.compile(r"验收|销号")),
    (Role.SUPERVISING, re.compile(r"督导|督办")),
    (Role.RESPONSIBLE, re.compile(r"责任|负责|承办|承担|落实")),
)
_TASKS = re.compile(r"(?:哪|几|多少)[^,，。;；?？]{0,3}(?:问题|任务|事|项|件|条|活)|有哪些|是哪些")
_NEAR = 14


@dataclass(frozen=True, slots=True)
class GroupInRole:
    """A group of a question, and the role it is to have; None is any. `said` are the question's words for it."""

    name: str
    role: Role | None
    said: str

    def is_meant(self, unit: Unit, names: Iterable[str]) -> bool:
        """Whether an entry is that group: in the very words where any of `names` is so, else of its kinds."""
        if not unit.group:
            return False
        written = {one for one in names if _bare(one) == _bare(self.name)}
        return unit.name in written if written else _kinds(self.name) <= _kinds(unit.name)


def asked_group(text: str) -> GroupInRole | None:
    """The group whose tasks a folded question asks for; None where it asks for none."""
    if not _TASKS.search(text):
        return None
    for match in _GROUP.finditer(text):
        rest = text[match.end() :]
        if _LEFT_OUT.search(rest[:_NEAR]) or _LEFT_OUT.search(text[: match.start()][-4:]):
            continue
        if _NOT_SO.search(_CLAUSES.split(text[: match.start()])[-1]):
            continue
        if match["quoted"] is None and _OF_EACH.match(rest):
            continue
        role = _role(rest[:_NEAR], text[max(0, match.start() - _NEAR) : match.start()])
        if role is not None or match["quoted"]:
            return GroupInRole(match["name"], role, match.group())
    return None


def _role(behind: str, before: str) -> Role | None:
    """The role named nearest behind a group, else before it."""
    found = [
        (hit.start(), role) for role, words in _ROLES if (hit := words.search(behind)) is not None
    ]
    if found:
        return min(found)[1]
    return next((role for role, words in _ROLES if words.search(before)), None)


def _bare(name: str) -> str:
    return re.sub(r"[\s()（）、]|人民政府|政府|办事处", "", fold_query(name))


def _kinds(name: str) -> set[str]:
    return {one for one in _KINDS if one in name}
