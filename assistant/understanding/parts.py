"""Whether a question asks how a section is divided, and which section it means."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.library import Library
from assistant.query import Grouping, Query
from assistant.understanding.topic import without_subjects
from assistant.vocabulary import asks, wording
from ingest.numerals import parse_number
from vectorstore.folding import fold_query

_NUMBERED = re.compile(r"第([一二三四五六七八九十\d]{1,2})(?:个)?(?:部分|章|大?块)")
_COUNTS = re.compile(r"(?:几|多少)(?:项|条|个|件|大?块|部分|章|摊|大?类|号)")
# Parts of a whole document are its parts and chapters; its items are its tasks.
_OF_THE_WHOLE = re.compile(r"部分|章|大?块")
_WHOLE = re.compile(r"(?:[这那整]?[份个篇])?(?:方案|计划|文件|通报|通知|报告|正文|全文)?(?:里|中)?")
# What only points at a section (那节), and what asks for its parts to be named.
_POINTING = re.compile(
    r"[“”\"「」]|(?:[那这][一]?|的|里的?)?(?:小?节|部分|章|块|板块|里[头面]|里|下面)$|^的|的$|[那这]$"
)
_NAMING = re.compile(
    r"(?:分别|各|都|具体)?(?:是|有|叫|讲)?(?:什么|啥|哪些|哪几.)$|^(?:请问|列一?下|说一?下)|一共|总共|(?:分别|各|都|共)$"
)

_SWAPPED = re.compile(r"^那|(?:那块)?呢$")


# 蓝天、碧水、净土三大块各占几条: a row of parts, and how many each has.
_EACH = re.compile(
    r"((?:[\u4e00-\u9fff]+[、,，和与跟及])+[\u4e00-\u9fff]+?)"
    r"(?:[这那]?[两三四五六七八九]?(?:个|大)*(?:块|部分|方面|章|节|篇)|保卫战)*(?:里|下面|底下)?[,，]?"
    r"(?:各自?|分别)(?:占|有|是|分|列|编|含|排)?了?(?:几|多少)[条项个件点]"
)
_BETWEEN = re.compile(r"[、,，和与跟及]")
# How far the numbering runs, or how many there are in all.
_WHOLE_COUNT = re.compile(r"编(?:号|排)?[^,，。?？]{0,4}到|一共|总共|总数|合计")
_ASKS = re.compile(r"什么|啥|谁|哪|几|多少|多[大久长高]|何时|吗")
_STATED = re.compile(r"[三四五六七八九十]+")


@dataclass(frozen=True, slots=True)
class PartsAsked:
    """The section whose parts are asked for: the words for its heading, its number, or the whole document.

    `sibling_of` are the words of the section asked about before, where the question only swaps its subject.
    """

    name: str
    number: int | None = None
    whole: bool = False
    sibling_of: str = ""


def asked_parts(query: Query, library: Library) -> PartsAsked | None:
    """What a question asks the parts of; None where it asks for something else."""
    if _has_conditions(query) or not asks("operations", "parts", query.text):
        return None
    if len(_COUNTS.findall(query.text)) > 1:
        return None  # 一共几条，蓝天那块几条: tasks are counted, by part
    if match := _NUMBERED.search(query.text):
        return PartsAsked("", number=parse_number(match.group(1)))
    name = _name(query.text, library)
    before = _name(query.earlier, library)
    if not name and before:
        return PartsAsked(before)
    if _WHOLE.fullmatch(name):
        whole = bool(query.documents) and _OF_THE_WHOLE.search(query.text) is not None
        return PartsAsked("", whole=True) if whole else None
    return PartsAsked(name, sibling_of=before)


@dataclass(frozen=True, slots=True)
class PartsCounted:
    """The words for the parts whose items are counted each, and whether those of the whole are too."""

    names: tuple[str, ...]
    whole: bool


def counted_parts(query: Query) -> PartsCounted | None:
    """The parts that a question wants the items counted of; None where it asks for something else."""
    match = _EACH.search(query.text)
    if match is None:
        return None
    names = tuple(_BETWEEN.split(match.group(1)))
    # 水环境 is no body.
    units = tuple(one for one in query.units if not any(one.name in name for name in names))
    if _has_conditions(replace(query, units=units)):
        return None
    return PartsCounted(names, _WHOLE_COUNT.search(query.text) is not None)


def asks_division(query: Query) -> bool:
    """Whether a question asks what something is divided into, and nothing beside that."""
    rest = wording("operations", "divided").sub(" ", query.text)
    return rest != query.text and not _has_conditions(query) and _ASKS.search(rest) is None


def stated_count(query: Query) -> int | None:
    """The number of parts that a question takes to be there: 哪五个方面."""
    match = wording("operations", "divided").search(query.text)
    number = _STATED.search(match.group()) if match is not None else None
    return parse_number(number.group()) if number is not None else None


def _has_conditions(query: Query) -> bool:
    """Whether records are asked for by body, person, time or progress, which the outline does not know."""
    return bool(
        query.units
        or query.people
        or query.without_people
        or query.windows
        or query.overdue
        or query.ongoing is not None
        or query.status
        or query.extreme
        or query.group_by not in (None, Grouping.PART)
        or query.task_numbers
        or query.remaining
        or query.asks_confirmation
    )


def _name(text: str, library: Library) -> str:
    """What is left of a text for the name of a section: without places, asking words and 那块."""
    rest = wording("operations", "parts").sub(" ", without_subjects(fold_query(text), library))
    words = []
    for part in re.split(r"[,，。?？;；、 ]+", rest):
        name = part
        for _ in range(2):  # 那块一共 → 那块 → nothing
            name = _POINTING.sub("", _NAMING.sub("", name))
        name = _SWAPPED.sub("", name)
        words.append(name)
    return " ".join(filter(None, words))
