"""Whether two of the sentences quoted give one thing different figures or days: 36辆 in the tasks, 40辆 in the duties.

Both are quoted already. What is told beside is that they differ, and neither is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.composers.reckoning.figures_said import FigureSaid, figures_said
from assistant.draft import Statement, own_words
from assistant.library import Library
from assistant.proof.quantities import quantities
from assistant.query import Field, Query
from assistant.search import Found
from assistant.synonyms import with_synonyms
from assistant.words import chinese_pairs
from ingest.records import Deadline
from prompts import phrase
from vectorstore.folding import fold

# What is done, left, or due in a part of the time is no other figure for the whole.
_OF_A_PART = re.compile(
    r"已|仅|截[至止]|目前|现有|剩余|其余|余下|再|[每各]|季度|上半年|下半年|前三|累计|新增|其中|分别|实际|原|工作日"
)
# A figure of one town is no other figure for all.
_TOWN = re.compile("[\u4e00-\u9fff]{2}(?:镇|乡|村|街道|社区)")
_ASKS_FIGURE = re.compile(r"多[少大长高宽]|几|规模|数|百分|还是")
_YEAR = re.compile(r"(?:19|20)\d{2}(?=年)")
_AMOUNT = re.compile(r"^[^/%]+(?:/[日天年月])?$")
_TIMES = frozenset((
    "天",
    "年",
    "个月",
    "小时",
    "分钟",
    "周",
    "季度",
    "个百分点",
    "百分点",
    "倍",
    "成",
))
_BOUND = re.compile("不[超低高少多大小]|以[上下内]|低于|高于|超过|≥|≤")
_BREAK = re.compile("[。；;\n]")
_FEWEST_SHARED = 3
_MOSTLY = 0.65


@dataclass(frozen=True, slots=True)
class _Said:
    """What a sentence says of a thing: the pairs of characters that tell of what, the value, and the towns it is of."""

    found: Found
    about: frozenset[str]
    value: object
    towns: frozenset[str] = frozenset()


def disagreement(query: Query, library: Library, chosen: Sequence[Found]) -> Statement | None:
    """A remark that two of the sentences chosen differ in what is asked; None where none do."""
    if Field.DEADLINE not in query.fields and not _ASKS_FIGURE.search(query.text):
        return None
    asked = chinese_pairs(with_synonyms(query.topic))
    said = [one for found in chosen for one in _figures(found)]
    if Field.DEADLINE in query.fields:
        said = [one for found in chosen for one in _days(found, library)]
    for one, other in combinations(said, 2):
        if _are_apart(one.found, other.found) and _differ(one, other, asked):
            return own_words(phrase("stated_twice_of_one"))
    return None


def _differ(one: _Said, other: _Said, asked: set[str]) -> bool:
    """Whether two say different values of one thing that the question asks about."""
    shared = one.about & other.about
    fewer = min(len(one.about), len(other.about))
    alike = len(shared) >= max(_FEWEST_SHARED, _MOSTLY * fewer) and bool(shared & asked)
    same = _kind(one) == _kind(other) and one.towns == other.towns
    return alike and same and one.value != other.value


def _kind(said: _Said) -> object:
    """The unit of a figure, and whether it is a bound; nothing tells days apart."""
    return said.value[1:] if isinstance(said.value, tuple) else None


def _are_apart(one: Found, other: Found) -> bool:
    """Whether two sentences stand in one document and not in one task, whose parts have figures of their own."""
    if one.source != other.source or one.span.overlaps(other.span):
        return False
    first, second = one.place.task, other.place.task
    return first is None or second is None or first.id != second.id


def _figures(found: Found) -> Iterator[_Said]:
    """The amounts of a sentence that are to be reached; shares and levels are measured again and again."""
    if found.source.reports_progress:
        return  # what was done is no other word for what was to be done
    units = {one.unit for one in quantities(fold(found.span.quote))}
    for unit in sorted(one for one in units if _AMOUNT.match(one) and one not in _TIMES):
        for one in figures_said(found.source, [found.span], unit):
            text = one.clause.quote
            before = found.source.text[one.sentence.start : one.clause.end]
            of_another = set(_YEAR.findall(before)) - {str(found.source.year)}
            if not (one.part or of_another or _OF_A_PART.search(text)):
                bound = _BOUND.search(text) is not None
                value = (one.figure.value, one.figure.unit, bound)
                yield _Said(found, _about(one), value, frozenset(_TOWN.findall(text)))


def _about(one: FigureSaid) -> frozenset[str]:
    """What a figure is of: its clause, with the one before it where it says no more than 规模2万吨/日."""
    own = one.pairs
    if len(own) >= _FEWEST_SHARED:
        return frozenset(own)
    start, text = one.clause.start, one.source.text
    before = text[max(0, start - 1) : start]
    if before not in ("，", ","):
        return frozenset(own)
    begin = max(text.rfind(mark, one.sentence.start, start - 1) for mark in "，,；;。：:") + 1
    return frozenset(own | chinese_pairs(fold(text[max(begin, one.sentence.start) : start])))


def _days(found: Found, library: Library) -> Iterator[_Said]:
    for limit in library.limits(found.source.path):
        if not found.span.covers(limit.phrase) or limit.latest is None:
            continue
        about = _subject(found, limit)
        if about is not None:
            yield _Said(found, about, limit.latest)


def _subject(found: Found, limit: Deadline) -> frozenset[str] | None:
    """What is to be done by a day: what its sentence says before it, and what the clause says behind it."""
    text, span = found.source.text, found.span
    before = _BREAK.split(text[span.start : limit.phrase.start])[-1]
    after = re.split("[，,。；;（(\n]", text[limit.phrase.end : span.end], maxsplit=1)[0]
    if _OF_A_PART.search(before) or not after.strip():
        return None
    return frozenset(chinese_pairs(fold(before)) | {f"→{fold(after).strip()[-2:]}"})
