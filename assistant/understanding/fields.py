"""Which fields of a task or measure a question asks for."""

from __future__ import annotations

import re
from functools import cache

from assistant.query import Field
from assistant.vocabulary import asks, load_words, wording

_LEADS_ACCEPTANCE = re.compile(
    r"(?:验收|销号)[^,，、。;；?？]{0,4}牵头|牵头[^,，、和与跟。;；?？谁哪]{0,2}(?:验收|销号)"
)
_WHETHER_CLOSED = re.compile(r"(?:验收|销号)了?(?:没有?|不|吗|么)(?=$|[,，。?？;；!！])")
_WHO = re.compile(r"谁|哪|单位|部门|牵头|归|负责")
_WHAT = re.compile(r"什么|啥|多少|几|怎")
# 销号公示是不是5个工作日: a figure of the procedure, and no task's number.
_HOW_MUCH = re.compile(r"(?<![第\d.])\d+(?:\.\d+)?(?:个?工作日|个月|天|周|%|次|轮|遍)")
_ASKS = re.compile(r"[?？吗呢]|多少|几|哪|谁|什么|啥|怎|何|是否|没有?$")
_PARTS = re.compile(r"[,，?？。;； ]")
_INTERROGATIVE = re.compile(r"多少|几(?!乎)|什么|啥|怎么|咋|哪|谁|吗|多[大高长久远]|呢")
# 验收的分别是谁, 归谁验收, 督导领导是谁 ask for that role alone; 县委书记是谁 for a person, and for nobody's duty.
_WHO_HAS_IT = re.compile(
    r"(?:牵头|主责|主办|配合|协同|协办|验收|销号|督导|督办|领导|书记|主任|主席|[组专]长|[省市区县镇乡局]长)(?:单位|部门|人)?(?:的)?(?:都|各|分别|又|到底|究竟)*(?:是|归|由|叫)?谁(?!管|负责|[来去]|干|办|做)"
    r"|(?:归|由|是)?谁(?:来|去|负责|给|组织)?(?:牵头|主责|配合|协同|协办|验收|销号|督导|督办)"
)
_ASKS_RULE = re.compile(
    r"(?:怎么|如何|怎样|凭什么|按什么|依据什么|靠什么)(?:来|去)?(?:判断|认定|确定|区分|辨别|界定|看出|分清|算)[^,，。;；?？]{0,8}(?:牵头|责任|配合)"
    r"|(?:牵头|责任|配合)(?:单位|部门)?(?:是|该)?(?:怎么|如何|怎样|按什么|依据什么)(?:来|去)?(?:判断|认定|确定|区分|辨别|界定|排)"
)


def asked_fields(text: str) -> frozenset[Field]:
    """The fields a folded question asks for, by its words."""
    found = {
        Field(name) for name in load_words("questions")["fields"] if asks("fields", name, text)
    }
    if not _asks_who_accepts(text):
        found.discard(Field.ACCEPTANCE)
    if Field.RESPONSIBLE in found and not asks("fields", "responsible", _WHO_HAS_IT.sub(" ", text)):
        found.discard(Field.RESPONSIBLE)
    rest = _LEADS_ACCEPTANCE.sub("", text)
    if Field.ACCEPTANCE in found and not asks("fields", "lead", rest):
        found.discard(Field.LEAD)
    if _ASKS_RULE.search(text):
        # 怎么判断谁是牵头单位 asks how it is told, and not who leads some task.
        found -= {Field.LEAD, Field.RESPONSIBLE, Field.COOPERATING}
    return frozenset(found)


def without_fields(text: str) -> str:
    """A text without the words that ask for fields: 那验收单位是谁 names nothing."""
    for name in load_words("questions")["fields"]:
        text = wording("fields", name).sub(" ", text)
    return text


def _asks_who_accepts(text: str) -> bool:
    """Whether a part that speaks of acceptance asks who; 销号看什么状态 asks what for, 销号了没 how far it is."""
    told = _WHETHER_CLOSED.sub("", text)
    parts = (part for part in _PARTS.split(told) if re.search("验收|销号|验|认", part))
    return any(
        _WHO.search(part) or not (_WHAT.search(part) or _HOW_MUCH.search(part)) for part in parts
    )


def asks_amount(text: str) -> str:
    """The unit of measurement that a figure is asked for in (多少辆 → 辆), empty where none is named."""
    match = _amounts().search(text)
    return match.group(1) if match else ""


@cache
def _amounts() -> re.Pattern[str]:
    units = {unit for units in load_words("questions")["amounts"]["sets"] for unit in units}
    longest_first = "|".join(map(re.escape, sorted(units, key=len, reverse=True)))
    return re.compile(rf"(?:多少|(?<![一十好])几)(?:万|千|百)?({longest_first})(?!的)")


def asking_parts(text: str, breaks: str) -> list[str]:
    """The parts of a text, between any of `breaks`, that ask something; all of them where none does.

    What is stated around a question is a claim, not what it asks about.
    """
    parts = [part for part in re.split(f"[{breaks}]", text) if part.strip()]
    return [part for part in parts if _ASKS.search(part)] or parts


def asks_beyond_fields(text: str) -> bool:
    """Whether some part of the question asks for what is no field: “要增加几家，哪个局牵头” does."""
    parts = _PARTS.split(text)
    return any(_INTERROGATIVE.search(part) and not asked_fields(part) for part in parts)
