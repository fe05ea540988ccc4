"""Bodies and persons a question names, with the role it asks about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from assistant.ledger import Role
from assistant.library import Library
from assistant.query import UnitMention
from assistant.units import kinds_of_bodies, matches, same_unit
from ingest.records import Unit
from ingest.vocabulary import load_vocabulary

_LONGEST_NAME = 12
_LEVELS = "省市区县镇乡"
# 水务那边, 公安系统
_SIDE = r"(?:那边|这边|那头|这头|那块儿?|系统|条线)"
# 环保活, 环保任务
_WORK = "(?:活|任务|工作|问题|事|项目|整改|目标|指标|措施)"
_STEM = re.compile(
    rf"([\u4e00-\u9fff]{{2,4}}?)(?={_SIDE}|、|(?:来|去|给|组织)?(?:牵头|打头|挑头|配合|验收))"
)
_ROLE_AFTER = (
    (Role.ACCEPTANCE, re.compile(r"^[^,，。;；?？]{0,6}(?:验收|销号|把关|来验)")),
    (
        Role.SUPERVISING,
        re.compile(r"^[^,，。;；?？]{0,6}(?:督导|督办|督查|盯办)(?!组|室|局|函|通知)"),
    ),
    (
        Role.LEAD,
        re.compile(
            r"^[^,，。;；?？]{0,8}(?:牵头|牵了|牵的|挑头|打头|领头|领衔|主办|主责|主抓|牵(?!涉|扯|连))"
        ),
    ),
    (Role.COOPERATING, re.compile(r"^.{0,4}配合")),
    (
        Role.RESPONSIBLE,
        re.compile(
            r"^.{0,10}(?:责任|负责|承办|承担|担责|自己(?:来|去)?(?:干|做|办|改|扛))|^.{0,2}管(?:的|着|哪|几)"
        ),
    ),
)
# 县区（或者高新区）自己牵头
_IN_THE_LEAD = re.compile(
    r"(?:政府)?(?:(?:或者?|和|及|、)[\u4e00-\u9fff]{2,6}?)?(?:自己|自行|本级|一级|直接)?(?:来)?(?:牵头|挑头|主办|主责)"
)
_REPORTS = re.compile("(?:书面)?(?:汇?报(?!道)|提交|提出|反馈|说明|递|上报|报送)")
_LEADS_BEFORE = re.compile(r"(?:牵头|主办|主责)(?:单位|部门)?(?:不?是|为|非)$")
_OF_ANOTHER = re.compile(
    r"^[^?？]*?(?:(?<![和跟与同])谁|(?:归|由|是|属)哪|哪一?(?:个|家)[\u4e00-\u9fff]{0,3}?(?:来|去)?(?:牵|负责|主|挑|打头|领|承|责))"
)
_ROLE_BEFORE = (
    (Role.ACCEPTANCE, re.compile(r"(?:验收|销号)[^,，。;；?？]{0,14}$")),
    (Role.SUPERVISING, re.compile(r"(?:督导|督办)(?:单位|部门)[^,，。;；?？]{0,8}$")),
    (Role.COOPERATING, re.compile(r"(?:配合|协办)(?:单位|部门)[^,，。;；?？]{0,8}$")),
    (Role.LEAD, re.compile(r"(?:牵头|挑头|打头|主办|主责)[^,，。;；?？]{0,8}$")),
    (Role.RESPONSIBLE, re.compile(r"责任(?:单位|部门)[^。;；?？]{0,24}$")),
)


def mentioned_units(
    text: str, library: Library, documents: Sequence[str] | None
) -> tuple[UnitMention, ...]:
    """Bodies of the ledger that the question names, by full, short or everyday name; longest match first."""
    known = [unit for path, unit in library.units if documents is None or path in documents]
    levels: dict[int, str] = {}
    for parsed in library.documents:
        # The place the document speaks for is scope, not a body: 中北镇综合执法大队 is 综合执法大队 there. In the plan of
        # another place it may be a body: 乙县 in that of 甲市.
        elsewhere = documents is not None and parsed.source.path not in documents
        if elsewhere and any(_names(parsed.source.region, unit) for unit in known):
            continue
        if region := parsed.source.region:
            levels |= {one.end(): region[-1] for one in re.finditer(re.escape(region), text)}
            text = text.replace(region, " " * len(region))
    places = {alias for parsed in library.documents for alias in parsed.source.region_aliases}
    headed = library.addressed(documents)
    mentions: list[UnitMention] = []
    position = 0
    while position < len(text):
        name = (
            _of_another_level(text, position, known)
            or _kind_in_the_lead(text, position)
            or _longest_name(text, position, known)
        )
        # 某地部分属实 speaks of a part and of no 部.
        if name and name.endswith("部") and text[position + len(name) :].startswith("分"):
            name = ""
        if name and _is_told(text, position, position + len(name)):
            position += len(name)
        elif name and name not in places:
            # 某公司督办单位是谁 asks for another body: the firm is the one that is supervised.
            is_subject = any(_names(name, unit) for unit in headed)
            role = None if is_subject else _role(text, position, position + len(name))
            mentions.append(UnitMention(_of_level(levels.get(position, ""), name, known), role))
            position += len(name)
        else:
            position += 1
    return _each_once(_without_matters(text, _joined(text, mentions)))


def _of_level(level: str, name: str, known: Sequence[Unit]) -> str:
    """A name behind the place of its document with the level of that, where other bodies are called so too.

    甲区农业农村局 is 区农业农村局 and no 市农业农村局; 乙市城管局 is 市城管局 and not that of one of its districts.
    """
    named = [unit for unit in known if level and _names(name, unit)]
    own = [unit for unit in named if unit.name.startswith(level) and _names(level + name, unit)]
    return f"{level}{name}" if own and len(own) < len(named) else name


def _without_matters(text: str, mentions: Sequence[UnitMention]) -> list[UnitMention]:
    """The bodies without an everyday name that only says, beside another one, what its work is of: 公安局要干的环保活."""
    matters = [
        one
        for one in mentions
        if one.name in _everyday() and re.search(f"{one.name}{_WORK}", text) is not None
    ]
    return [one for one in mentions if one not in matters] if len(mentions) > 1 else list(mentions)


def _is_told(text: str, start: int, end: int) -> bool:
    """Whether a body is but told of something: 每月几号给市整改办报进度."""
    before, behind = text[:start], text[end:]
    return before.endswith(("给", "向")) and _REPORTS.match(behind) is not None


def _joined(text: str, mentions: Sequence[UnitMention]) -> list[UnitMention]:
    """Of 某局的某支队 one body, with the role that the second is given."""
    joined: list[UnitMention] = []
    for mention in mentions:
        whole = f"{joined[-1].name}的{mention.name}" if joined else ""
        if whole and whole in text:
            joined[-1] = UnitMention(whole, mention.role)
        else:
            joined.append(mention)
    return joined


def _each_once(mentions: Sequence[UnitMention]) -> tuple[UnitMention, ...]:
    """One mention for each body: of 供电公司 and 区供电公司 the longer name, with the role either is given."""
    kept: dict[str, UnitMention] = {}
    for mention in mentions:
        known = next((k for k in kept if k.endswith(mention.name) or mention.name.endswith(k)), "")
        other = kept.pop(known, mention)
        name = max(mention.name, other.name, key=len)
        kept[name] = UnitMention(name, other.role or mention.role)
    return tuple(kept.values())


def _longest_name(text: str, start: int, known: Sequence[Unit]) -> str:
    if text[start] == "的":
        return ""  # it ends what stands before a name
    for length in range(min(_LONGEST_NAME, len(text) - start), 1, -1):
        name = text[start : start + length]
        if not re.fullmatch(r"[\u4e00-\u9fff]+", name) or not _may_name_a_body(name):
            continue
        asked = name[:-1] + "局" if name.endswith("口") else name
        before = text[start - 1 : start]
        named = [unit for unit in known if before != "第" and _names(asked, unit)]
        # 市水务局 is not 区水务局: a level right before the name belongs to it.
        if before in tuple(_LEVELS):
            named = [unit for unit in named if _names(before + asked, unit)]
        if named:
            return name
    return _stem(text, start, known)


def _of_another_level(text: str, start: int, known: Sequence[Unit]) -> str:
    """A name that is one of the documents' but for its level: 市水务局, where they have a 区水务局, which is not meant.

    Nor is it meant by the end of that name (态环境局). What begins with what looks like a level is a name by itself
    first (市场监管局).
    """
    if text[start] not in _LEVELS:
        return ""
    for length in range(min(_LONGEST_NAME, len(text) - start), 3, -1):
        name = text[start : start + length]
        if re.fullmatch(r"[\u4e00-\u9fff]+", name) and name.endswith("局"):
            if any(_names(name, unit) for unit in known):
                return ""
            if any(_names(name[1:], unit) for unit in known):
                return name
    return ""


def _kind_in_the_lead(text: str, start: int) -> str:
    """A kind of body that is said to be in the lead, not asked about: 由县区牵头的, but not 哪个县区牵头."""
    found = next((kind for kind in kinds_of_bodies() if text.startswith(kind, start)), "")
    alone = not re.search(r"[各哪每几]\S?$", text[:start])
    leads = _IN_THE_LEAD.match(text, start + len(found)) or _LEADS_BEFORE.search(text[:start])
    office = "政府" if text.startswith("政府", start + len(found)) else ""
    return found + office if found and alone and leads else ""


def _stem(text: str, start: int, known: Sequence[Unit]) -> str:
    """A body named by its stem in a list or before its role: 公安、商务牵头."""
    match = _STEM.match(text, start)
    if match is None:
        return ""
    stem = match.group(1)
    found = any(_names(f"{stem}局", unit) or _is_stem_of(stem, unit) for unit in known)
    return stem if found else ""


def _may_name_a_body(name: str) -> bool:
    """A body's name ends like one, or is an everyday name; 污水 and 监管 are not bodies."""
    return name.endswith(_endings()) or name in _everyday()


def _names(asked: str, unit: Unit) -> bool:
    if unit.group:
        return False
    if len(asked) == 2 and asked not in _everyday():
        return asked == unit.name  # 政局 is the end of 财政局, and 党办 may be all that is written
    return any(same_unit(asked, name) for name in (unit.name, *unit.aliases))


def _is_stem_of(asked: str, unit: Unit) -> bool:
    """Whether a body is written as a level and nothing but this: 纪检 of 镇纪检."""
    return not unit.group and unit.name[:1] in tuple(_LEVELS) and unit.name[1:] == asked


@cache
def _endings() -> tuple[str, ...]:
    return (*load_vocabulary("units")["suffixes"], "口", "政府")


@cache
def _everyday() -> frozenset[str]:
    return frozenset(spoken for spoken, _ in load_vocabulary("units")["everyday"])


def group_members(text: str, library: Library, documents: Sequence[str] | None) -> tuple[str, ...]:
    """Places in the question that only a collective entry covers (某镇 by 各镇人民政府)."""
    known = [unit for path, unit in library.units if documents is None or path in documents]
    names = re.findall(r"[\u4e00-\u9fff]{2,5}?(?:镇|街道|乡|园区|开发区)", text)
    return tuple(
        name for name in names if any(unit.group and matches(name, unit) for unit in known)
    )


def _role(text: str, start: int, end: int) -> Role | None:
    """The role the words around a name give it: what follows it, else what leads up to it."""
    for role, words in _ROLE_AFTER:
        # In 某镇的砖厂归哪个局主责, and in 某镇污水谁牵头, the role is that of the body asked for.
        if (match := words.search(text[end : end + 14])) and not _OF_ANOTHER.search(match.group()):
            return role
    for role, words in _ROLE_BEFORE:
        if words.search(text[max(0, start - 26) : start]):
            return role
    return None


def mentioned_people(text: str, library: Library) -> tuple[str, ...]:
    """Leaders of the ledger whose name the question has."""
    return tuple(name for name in library.people if name in text)
