"""Stretches of time in a sentence: 2024年底, 5月中旬, 三季度, 2024—2026年, “十四五”末.

Only what is said is read here, with the years that the text leaves out. Whether an expression sets a
limit (ingest/deadlines) or dates a figure (ingest/indicators) is told by the words around it.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.anchor import Anchor, YearReader, month_end
from ingest.numerals import parse_number
from ingest.paragraphs import Paragraph

YEAR = r"(?:(?<!\d)(?P<year>(?:19|20)\d\d|二[〇○零][〇○零一二三四五六七八九]{2})年(?!级|代|\d{1,2}(?:之|以)?[前底末])|(?P<shift>今年|明年|后年|次年|本年度?|当年))"
# 6月底前20个 are twenty of something, 前三季度 and 3月前20名 are the first ones.
_AMOUNT = r"(?<=[底末旬]前)\d+(?!\d|个?(?:工作)?[日天月]|名|位|强)"
_LIMIT = rf"(?P<limit>(?:之|以)?前(?={_AMOUNT}|(?!后|期|端|列|述|沿|置|提(?![交供出升高请前质标报])|景|往|来|[一二三四五六七八九十\d]))|为?止)?"
_MONTH = r"(?P<month>\d{1,2}|十[一二]?|[一二三四五六七八九])月份?(?:(?P<day>\d{1,2})[日号]|(?P<part>底|末|初|[上中下]旬))?"
_QUARTER = r"第?(?P<quarter>[一二三四1-4])季度(?P<quarter_edge>底|末)?"
_HALF = r"(?P<half>[上下])半年(?P<half_edge>底|末)?"
_POINT = rf"{YEAR}(?:{_MONTH}|{_QUARTER}|{_HALF}|年?(?P<edge>底|末|内|初|中(?![央心国])))?{_LIMIT}"
# 1.6月底前: the number of an item.
_OF_ITEM = r"(?<=\A\d\.)|(?<=\A\d\d\.)|(?<=[;。:]\d\.)|(?<=[;。:]\d\d\.)"
_MONTH_ONLY = rf"(?:(?<![\d每年.-])|{_OF_ITEM})(?:(?<!个)|(?<=\d个)){_MONTH}{_LIMIT}"
_THIS_MONTH = rf"(?P<shift>本月|当月|下月|次月)(?P<part>底|末|初|[上中下]旬){_LIMIT}"
_QUARTER_ONLY = rf"(?<![每各])(?:{_QUARTER}|{_HALF}){_LIMIT}"
_YEAR_END = rf"(?<![\d每近度全一二两三四五六七八九十半个年])年(?P<edge>底|末|内){_LIMIT}"
_DOTTED = rf"(?<![\d.])(?P<year>20\d\d)[./-](?P<month>\d{{1,2}})(?:[./-](?P<day>\d{{1,2}}))?(?![\d./年-]){_LIMIT}"
_PERIOD = rf"“?十(?P<period>[三四五六])五”?(?P<edge>规划期间|规划期末|期间|时期|期末|末){_LIMIT}"
_RANGE = (
    r"(?<!\d)(?:(?P<year>(?:19|20)\d\d)年?)?(?:(?P<month>\d{1,2})月?(?:(?P<day>\d{1,2})日)?)?"
    r"(?:-|—|–|~|至|到){1,2}(?:(?P<year2>(?:19|20)\d\d)年)?"
    rf"(?:(?P<month2>\d{{1,2}})月(?:(?P<day2>\d{{1,2}})日)?)?(?P<part>底|末)?{_LIMIT}"
)
# Kinds of expression; where two begin at one place, the earlier kind wins.
_PATTERNS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("range", _RANGE),
        ("period", _PERIOD),
        ("point", _POINT),
        ("point", _DOTTED),
        ("point", _MONTH_ONLY),
        ("point", _THIS_MONTH),
        ("point", _QUARTER_ONLY),
        ("point", _YEAR_END),
    )
)
# The mark of a point behind the one before it: ；二是…, 。（2）…, ③….
_POINT_OF_ROW = re.compile(r"[;。,](?:[一二三四五六七八九十]{1,2}是|\(\d{1,2}\))|[①-⑳]")
_LONGEST_MONTH = 31
_EDGES = ("part", "edge", "quarter_edge", "half_edge")

Groups = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A stretch of time in a paragraph, at folded offsets.

    `marked` tells that a word makes it a limit (前, 止), `edged` that it is the end of a period (底, 末),
    `level` what it names: day, month, quarter, half, year, range, period.
    """

    start: int
    end: int
    earliest: dt.date
    latest: dt.date
    level: str
    marked: bool = False
    edged: bool = False
    year_inferred: bool = False

    @property
    def names_beginning(self) -> bool:
        """Whether its first day is said as well as its last (2024—2026年, but not 2024—2026年底前)."""
        return self.level in ("range", "period") and not (self.marked or self.edged)


def times_within(times: Sequence[TimeExpression], start: int, end: int) -> Iterator[TimeExpression]:
    """Those of a paragraph's `times`, which are in order, that lie in `[start, end)`."""
    for index in range(bisect_left(times, start, key=lambda one: one.start), len(times)):
        if times[index].end > end:
            return
        yield times[index]


def time_expressions(paragraph: Paragraph, anchor: Anchor) -> tuple[TimeExpression, ...]:
    """Every time expression of a paragraph in order, titles left out."""
    found: list[TimeExpression] = []
    carried: TimeExpression | None = None
    for kind, match in _matches(paragraph.masked):
        years = YearReader(
            anchor,
            _carry(paragraph, carried, match.start()),
            carried is not None and _another_point(paragraph, carried.end, match.start()),
        )
        expression = _READERS[kind](match, years)
        if expression is None:
            continue
        found.append(expression)
        if not expression.year_inferred:
            carried = expression
    return tuple(found)


def _matches(masked: str) -> Iterator[tuple[str, re.Match[str]]]:
    matches = [
        (match.start(), rank, kind, match)
        for rank, (kind, pattern) in enumerate(_PATTERNS)
        for match in pattern.finditer(masked)
        if kind != "range" or _is_range(match)
    ]
    end = 0
    for start, _, kind, match in sorted(matches, key=lambda one: one[:2]):
        if start >= end:
            yield kind, match
            end = match.end()


def _is_range(match: re.Match[str]) -> bool:
    """Both ends must say something: 2024—2027年, 6月至12月, 2024年6月—2025年3月."""
    first = match["year"] or match["month"]
    return bool(first and (match["year2"] or match["month2"]))


def _carry(paragraph: Paragraph, stated: TimeExpression | None, position: int) -> int | None:
    """The year of the date before. A mere year (到2035年) reaches no further than its own sentence."""
    if stated is None:
        return None
    near = "。" not in paragraph.masked[stated.end : position]
    return stated.latest.year if near or stated.level in ("day", "month") else None


def _another_point(paragraph: Paragraph, start: int, end: int) -> bool:
    """Whether a point of a row begins in a range: …2026年3月底前完成；二是11月底前通水."""
    return _POINT_OF_ROW.search(paragraph.masked, start, end) is not None


def _read_point(match: re.Match[str], years: YearReader) -> TimeExpression | None:
    groups = match.groupdict()
    months = _months(groups, years.anchor)
    if months is None or not (1 <= months[0] <= months[1] <= 12):
        return None
    resolved = years.read(groups, months[1])
    if resolved is None:
        return None
    year, inferred = resolved
    bounds = _bounds(year, *months, groups)
    if bounds is None:
        return None
    return TimeExpression(
        *match.span(),
        *bounds,
        level=_level(groups),
        marked=bool(groups["limit"]),
        edged=any(groups.get(name) not in (None, "内") for name in _EDGES),
        year_inferred=inferred,
    )


def _months(groups: Groups, anchor: Anchor) -> tuple[int, int] | None:
    """First and last month that an expression covers."""
    if written := groups.get("month"):
        month = parse_number(written)
        return (month, month) if month is not None else None
    if groups.get("part"):  # 本月底, 下月底
        if anchor.issued is None:
            return None
        month = anchor.issued.month + (groups["shift"] in ("下月", "次月"))
        return (month, month) if month <= 12 else None
    if quarter := groups.get("quarter"):
        number = parse_number(quarter) or 1
        return 3 * number - 2, 3 * number
    if half := groups.get("half"):
        return (1, 6) if half == "上" else (7, 12)
    return {"初": (1, 1), "中": (1, 6)}.get(groups.get("edge") or "", (1, 12))


def _bounds(year: int, first: int, last: int, groups: Groups) -> tuple[dt.date, dt.date] | None:
    """First and last day, of months `first` to `last` where no day is named."""
    if written := groups.get("day"):
        if not 1 <= int(written) <= _LONGEST_MONTH:
            return None
        # 11月31日 is in no calendar; whoever wrote it meant the end of the month.
        day = _date(year, last, int(written)) or month_end(year, last)
        return day, day
    part_end = {"初": 10, "上旬": 10, "中旬": 20}.get(groups.get("part") or "")
    latest = dt.date(year, last, part_end) if part_end else month_end(year, last)
    return dt.date(year, first, 1), latest


def _level(groups: Groups) -> str:
    for level in ("day", "month", "quarter", "half"):
        if groups.get(level):
            return level
    return "month" if groups.get("part") else "year"


def _read_range(match: re.Match[str], years: YearReader) -> TimeExpression | None:
    groups = match.groupdict()
    first_month, last_month = int(groups["month"] or 1), int(groups["month2"] or 12)
    if not (1 <= first_month <= 12 and 1 <= last_month <= 12):
        return None
    resolved = years.read(groups, last_month)
    if resolved is None:
        return None
    first_year, inferred = resolved
    last_year = int(groups["year2"] or first_year)
    earliest = _date(first_year, first_month, int(groups["day"] or 1))
    latest = month_end(last_year, last_month)
    if groups["day2"]:
        latest = _date(last_year, last_month, int(groups["day2"])) or latest
    if earliest is None or earliest > latest:
        return None
    marked = bool(groups["limit"])
    return TimeExpression(*match.span(), earliest, latest, "range", marked, False, inferred)


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _read_period(match: re.Match[str], _years: YearReader) -> TimeExpression | None:
    """Five-year plans: 十四五 is 2021 to 2025, counted on from there."""
    number = parse_number(match["period"]) or 4
    first = 2021 + 5 * (number - 4)
    return TimeExpression(
        *match.span(),
        dt.date(first, 1, 1),
        dt.date(first + 4, 12, 31),
        "period",
        marked=bool(match["limit"]),
        edged=match["edge"].endswith("末"),
    )


_READERS = {"point": _read_point, "range": _read_range, "period": _read_period}
