"""Bodies and persons as conditions of a list: in which role, and which must not be there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.ledger import Role
from assistant.query import UnitMention

_OTHER = "(?:牵头|验收|销号|配合|协办|督导|督办)"
_ROLE_WORDS = re.compile(
    # 没销号的 are so far, and nobody's to close.
    r"(?P<acceptance>(?<![没未已])(?<!没有)(?:验收|销号))(?:.{0,4}牵头)?|(?P<supervising>督导|督办|督查|监督(?!管理)|监管(?=的|[,，、]|[啥哪什]|单位)|盯办)(?!组|室|局|函|通知)|(?P<lead>牵头|挑头|打头|领头|领衔|主办|主责|主抓|主角|挑大梁|挂帅)"
    r"|(?P<cooperating>配合|协办|协助|搭办|帮忙|打下手|跑龙套|配角|搭把手|敲边鼓)"
    # 负责验收的 and 验收责任单位 are of that role alone.
    rf"|(?P<responsible>(?<!{_OTHER})(?:责任单位|责任部门|责任科室|责任(?!领导|人|状|制|心|书|区))|承办|经办|负责(?!(?:组织|去|来|给|具体|的)?{_OTHER})|担责)"
)
# 是不是牵头 and 有没有责任 ask; 不光牵头 affirms; 除了牵头的还 leaves what it leads.
_NEGATED = re.compile(
    r"除了?(?:自己|自个儿?|它|他们)?$|(?:(?<![是要])不|(?<![是有要])没|未|非)(?![光仅止只但])(?:是|当|做|作为|算|担任|在|有|归|由|属)?(?:\s+|.{0,2})$"
)
# 算牵头还是配合 asks which of them, and states neither.
_EITHER = re.compile(
    r"(?:牵头|主办|主责)[^,，。;；]{0,4}还是|还是[^,，。;；]{0,4}(?:牵头|主办|主责)"
)
# 只配合, 光当责任单位, 净给人打下手
_ALONE = re.compile(
    r"(?:只|光|仅|单|就|纯|净|全)(?:是|有|当|做|作|算|挂|给|给人|当个|负责|来|去|着)*$"
)
# 牵头啥、又参与啥 asks for the others as well.
_IN_ANY = re.compile(r"(?:参与|参加|掺和|沾边|有份|涉及|露面|出现)(?!度|率)")
# 牵头、配合的各是啥: what a body has in its roles is asked for, and not who has them.
_WHAT_IN_ROLES = re.compile(
    r"(?:牵头|主办|主责|配合|协办|协助|参与|监管|监督|督导|验收|负责|责任)[^,，、。;；?？谁]{0,6}?(?:啥|什么(?!单位|部门)|哪[些几](?!家|个?(?:单位|部门|局))|几[项件个条])"
)
# 归哪个局主责 asks for the body that has the role.
_OF_ANOTHER = re.compile(r"(?:归|由|是|属)(?:谁|哪)[^,，。;；]{0,5}$")
# 牵头的有哪几项，验收单位分别是谁 asks who has the other role.
_ASKS_WHO = re.compile(
    r"^(?:单位|部门)(?:分别|各自?|都|又)?(?:是|有|归|由)?(?:谁|哪(?:家|个?(?:单位|部门|局)))"
)
# 当牵头的不算, 不含光验收的
_NOT_COUNTED = re.compile(
    r"^[^,，。;；?？()（）]{0,6}(?:不(?:用|要|必)?[算计含数列]|不包[括含]|除外|不用|(?:别|甭)[算计数列]|排除|剔除)"
)
_NOT_COUNTED_BEFORE = re.compile(
    r"(?:不(?:用|要)?[算含]|不包[括含]|(?:别|甭)[算计]|除开|除去|[刨撇抛排剔去][去开掉除])(?:它|他们?|人家)?(?:自己|自个儿?)?(?:只|光|仅|单)?(?:是|当|做|作|挂|负责)?$"
)
_LEFT_OUT_BEFORE = re.compile(
    r"(?:没有|没|不含|不包括|不算|除了?|除开|去掉|排除|不是|不归)(?:.{0,2}领导)?$"
)
_LEFT_OUT_AFTER = re.compile(r"^.{0,2}(?:以外|之外|除外|没份|没有份|没参与|不在|没管|不管)")

# 跟水务局没关系, 不沾水务局的边: it has no role whatever.
_NO_PART_AFTER = re.compile(
    r"^.{0,2}(?:(?:没有?|毫无|并无)(?:啥|什么|半点|一点|任何)?(?:关系|瓜葛|相干|牵连|牵扯)|无关|不(?:相干|搭界|[搭沾挨]边|挂钩))"
)
_NO_PART_BEFORE = re.compile(r"(?:不|没有?)(?:沾|涉及|牵涉|牵扯|关|碍)(?:到|着|上|了)?$")

# 不是县区牵头的, 牵头单位不是县区的
_NOT_THE_BODY = re.compile(r"(?:不是|并非|不由|不归|不属于?|非)由?$")


@dataclass(frozen=True, slots=True)
class RoleCondition:
    """A role that a question speaks of; `denied` where it says that the body has it not, `alone` where only it."""

    role: Role
    denied: bool
    alone: bool

    def of(self, name: str) -> tuple[UnitMention, ...]:
        """The role as a condition on a body; one that has only a lesser role does not lead."""
        own = UnitMention(name, self.role, self.denied)
        if not self.alone or self.denied or self.role is Role.LEAD:
            return (own,)
        return (own, UnitMention(name, Role.LEAD, excluded=True))


def as_conditions(text: str, units: Sequence[UnitMention]) -> tuple[UnitMention, ...]:
    """The only body of a list question with every role the question gives or denies it.

    Several roles without a denial ask for all tasks of the body, whichever its role. What is not counted of a lesser
    role (光验收的不算) is what the body has by no other one.
    """
    names = {unit.name for unit in units}
    if len(names) != 1 or _EITHER.search(text):
        return tuple(units)
    (name,) = names
    if _has_no_part(text, name):
        return (UnitMention(name, excluded=True),)
    bare = text.replace(name, " " * len(name))
    roles, uncounted = role_conditions(bare), roles_uncounted(bare)
    if _NOT_THE_BODY.search(text[: text.find(name)]):
        return tuple(UnitMention(name, one.role, excluded=True) for one in roles) or tuple(units)
    denied = [UnitMention(name, one.role, excluded=True) for one in roles if one.denied]
    wanted = [UnitMention(name, one.role) for one in roles if not one.denied]
    if Role.LEAD in uncounted:
        denied.append(UnitMention(name, Role.LEAD, excluded=True))
    if not wanted:
        denied += [
            UnitMention(name, role, excluded=True, alone=True)
            for role in uncounted
            if role is not Role.LEAD
        ]
    if denied:
        return (*(wanted or [UnitMention(name)]), *denied)
    if len(roles) == 1 and not _IN_ANY.search(text):
        return roles[0].of(name)
    return (UnitMention(name),) if roles else tuple(units)


def asks_in_roles(text: str, units: Sequence[UnitMention]) -> bool:
    """Whether it is asked what the one body of a question has in each of several roles, or what its part is in all."""
    if len({unit.name for unit in units}) != 1 or not _WHAT_IN_ROLES.search(text):
        return False
    roles = role_conditions(text.replace(units[0].name, " "))
    return len(roles) + bool(roles and _IN_ANY.search(text)) > 1 and not any(
        one.denied for one in roles
    )


def _has_no_part(text: str, name: str) -> bool:
    start = text.find(name)
    after = text[start + len(name) :]
    return bool(_NO_PART_BEFORE.search(text[:start]) or _NO_PART_AFTER.match(after))


def role_conditions(text: str, *, of_another: bool = False) -> list[RoleCondition]:
    """The roles that a text speaks of, each once, in its order.

    The role of a body that is asked for (归哪个局主责) counts only with `of_another`.
    """
    found: dict[Role, RoleCondition] = {}
    for match in _ROLE_WORDS.finditer(text):
        if _is_uncounted(text, match):
            continue
        role, before = Role(str(match.lastgroup)), text[: match.start()]
        if not of_another and (_OF_ANOTHER.search(before) or _ASKS_WHO.match(text[match.end() :])):
            continue
        denied = _NEGATED.search(before) is not None
        found.setdefault(role, RoleCondition(role, denied, _ALONE.search(before) is not None))
    return list(found.values())


def roles_uncounted(text: str) -> list[Role]:
    """The roles in which a body's tasks are not to be counted, each once."""
    found = (Role(str(m.lastgroup)) for m in _ROLE_WORDS.finditer(text) if _is_uncounted(text, m))
    return list(dict.fromkeys(found))


def _is_uncounted(text: str, role: re.Match[str]) -> bool:
    before, behind = text[: role.start()], text[role.end() :]
    return bool(_NOT_COUNTED.match(behind) or _NOT_COUNTED_BEFORE.search(before))


def without_roles(text: str) -> str:
    """A text without the words for roles, and for the bodies that have them."""
    return re.sub("^(?:单位|部门)", "", re.sub(_ROLE_WORDS, "", text))


def excluded_people(text: str, people: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The persons whose tasks are asked for, and those whose tasks are not (没有某某份的)."""
    without = tuple(name for name in people if _is_left_out(text, name))
    return tuple(name for name in people if name not in without), without


def _is_left_out(text: str, name: str) -> bool:
    start = text.find(name)
    if start < 0:
        return False
    end = start + len(name)
    return bool(_LEFT_OUT_BEFORE.search(text[:start]) or _LEFT_OUT_AFTER.match(text[end:]))
