"""Which numbers of a paragraph are figures: those that measure or count something.

Dates, ordinals, sizes (35蒸吨及以下燃煤锅炉), frequencies (每月2次) and time limits (3个月内) are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.indicators.patterns import indicator_patterns
from ingest.numerals import parse_number
from ingest.paragraphs import Paragraph
from ingest.time_expressions import TimeExpression

# No comma clause is longer; the bound keeps text without punctuation cheap.
LONGEST_COMMA_CLAUSE = 200

_BREAK = re.compile(r"[,;:。!?|]")
_ORDERS = "百千万亿"
_WITHIN = re.compile("(?:之|以)?内")
_HELD_AT = re.compile(r"[控保维]\S{1,2}在$")
_ACCORDING_TO = re.compile("按照?$")
_NO_LONGER_THAN = re.compile("不(?:得)?超过$")
_EVERY = re.compile("每(?:年|季度?|月|周|日|天|半年)[^,]{0,6}$")
_WORD = re.compile(r"[^\W\d]")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit at folded offsets; `end` includes the limiting words after it (`after`).

    `value` and `unit` are the document's own characters; `counted` tells that the unit counts (台, 家).
    """

    start: int
    end: int
    value: str
    unit: str
    after: str
    counted: bool


def figures(paragraph: Paragraph, times: Sequence[TimeExpression]) -> Iterator[Figure]:
    """The figures of a paragraph in order, `times` being its time expressions."""
    words, masked = indicator_patterns(), paragraph.masked
    for match in words.figure.finditer(masked):
        start, end = match.span()
        before = bisect_left(times, end, key=lambda time: time.start)
        if before and start < times[before - 1].end:
            continue
        if match["spelt"]:
            spelt = parse_number(match["spelt"]) or (100 if match["spelt"] == "百" else None)
            value, unit = str(spelt) if spelt else "", "%"
        else:
            value = paragraph.written(*match.span("value"))
            unit = paragraph.written(*match.span("unit"))
        after = words.after.match(masked, end)
        stop = after.end() if after else end
        limiting = (match["more"] or "") + (after.group() if after else "")
        counted = (match["unit"] or "").lstrip(_ORDERS) in words.counting_units
        if value and _means_something(masked, match, stop):
            yield Figure(start, stop, value, unit, limiting, counted)


def _means_something(masked: str, match: re.Match[str], stop: int) -> bool:
    """`stop` is where the limiting words after the match end."""
    words, unit, end = indicator_patterns(), match["unit"], match.end()
    before = masked[last_break(masked, match.start()) : match.start()]
    said = words.before.search(before)
    if unit is None and match["spelt"] is None:
        return bool(said and words.dimensionless.search(before[: said.start()]))
    if unit in ("天", "个月") and _WITHIN.match(masked, end):
        return _HELD_AT.search(before) is not None  # otherwise a time limit: 3个月内
    if _ACCORDING_TO.search(before) and masked.startswith("的比例", end):
        return False  # a way of working: 按照10%的比例抽取
    if unit == "个月" and _NO_LONGER_THAN.search(before):
        return False
    if unit in ("次", "期") and _EVERY.search(before):
        return False
    # 35蒸吨及以下燃煤锅炉: the size of the thing, not a figure about it.
    return said is not None or stop == end or not _WORD.match(masked, stop)


def last_break(masked: str, position: int) -> int:
    """Where the comma clause around a position begins."""
    window = max(0, position - LONGEST_COMMA_CLAUSE)
    return max((m.end() for m in _BREAK.finditer(masked, window, position)), default=window)
