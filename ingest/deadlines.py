"""Time limits: from 预计2024年底前 in a sentence to a typed range with its exact words.

A date in a document of this genre is a limit, an event, a status date or part of a name, and only the
words around it tell which. So every time expression of a paragraph is read first (years that the text
leaves out are carried over from the date before), and then kept or dropped by its marks (前, 到), by the
words at its edges, and by its place in time: a bare date that lies before the document was signed is
something that happened.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from ingest.blocks import split_blocks
from ingest.numerals import parse_number
from ingest.records import Deadline, Span
from ingest.vocabulary import load_vocabulary

# A limit without a year that would have passed this long before signature belongs to the next year;
# within it, the plan was merely signed late.
SIGNED_LATE_DAYS = 60

_BLANK = "\ufffc"  # stands for a character of a title, so that no pattern can match inside
_STRONG = re.compile(r"[。;!?|]")
# How many characters before and after a time can matter; keeps text without punctuation cheap.
_REACH_BACK, _REACH_ON = 48, 300
_NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十两]{1,3})"


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a document says of its own time, to read 年底前 and 5月底前 by."""

    issued: dt.date | None = None
    year: int | None = None
    reports_progress: bool = False

    @property
    def base_year(self) -> int | None:
        """The year that 今年 means: a plan may be signed before the year it is for, a report after."""
        years = [self.issued.year] if self.issued is not None else []
        if self.year is not None:
            years.append(self.year)
        choose = min if self.reports_progress else max
        return choose(years, default=None)


# --- paragraphs ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph folded for matching: half width, without white space, with the way back.

    `folded[i]` is `text[offsets[i]]` in its folded form; `masked` is `folded` with titles (《…》) and
    document numbers blanked out; `stops` are the positions of strong punctuation.
    """

    text: str
    offsets: tuple[int, ...]
    folded: str
    masked: str
    stops: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The exact words of a non-empty folded range."""
        first, last = self.offsets[start], self.offsets[end - 1] + 1
        return Span(first, last, self.text[first:last])

    def clause(self, position: int) -> tuple[int, int]:
        """The stretch between strong punctuation around a position."""
        after = bisect_left(self.stops, position)
        start = self.stops[after - 1] + 1 if after else 0
        return start, self.stops[after] if after < len(self.stops) else len(self.masked)

    def clip(self, start: int, end: int, first: int, last: int) -> tuple[int, int]:
        """A folded range cut to the raw offsets `[first, last)`."""
        while start < end and self.offsets[start] < first:
            start += 1
        while end > start and self.offsets[end - 1] >= last:
            end -= 1
        return start, end


_TITLES = re.compile(
    r"《[^《》]*(?:《[^《》]*》[^《》]*)*》|〈[^〈〉]*〉|<(?:[\u4e00-\u9fff]|20\d\d年)[^<>]{1,80}>"
    r"|[〔\[](?:19|20)\d\d[〕\]]|\((?:19|20)\d\d\)\d*号"
)


def fold_paragraph(text: str, start: int, end: int) -> Paragraph:
    """Fold `text[start:end]`. A character whose folded form is longer than one keeps its own form."""
    offsets = tuple(i for i in range(start, end) if not text[i].isspace() and text[i] != "\u200b")
    folded = "".join(_fold(text[i]) for i in offsets)
    masked = _TITLES.sub(lambda title: _BLANK * len(title.group()), folded)
    stops = tuple(mark.start() for mark in _STRONG.finditer(masked))
    return Paragraph(text, offsets, folded, masked, stops)


def _fold(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 and not folded.isspace() else character


def paragraphs(
    text: str, start: int, end: int, bounds: Sequence[tuple[int, int]] | None = None
) -> Iterator[Paragraph]:
    """The whole paragraphs that `[start, end)` touches; context around the range tells titles and years."""
    if bounds is None:
        first = text.rfind("\n", 0, start) + 1
        last = text.find("\n", end)
        last = len(text) if last < 0 else last
        bounds = [(first + b.start, first + b.end) for b in split_blocks(text[first:last])]
    for begin, finish in bounds:
        if begin < end and finish > start:
            yield fold_paragraph(text, begin, finish)


# --- time expressions ----------------------------------------------------------------------------


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


_LIMIT = (
    r"(?P<limit>(?:之|以)?前(?!后|期|端|列|述|沿|置|提|景|往|来|[一二三四五六七八九十\d])|为?止)?"
)
_YEAR = r"(?:(?<!\d)(?P<year>(?:19|20)\d\d|二[〇○零][〇○零一二三四五六七八九]{2})年(?!级|代)|(?P<shift>今年|明年|后年|次年|本年度?|当年))"
_MONTH = r"(?P<month>\d{1,2}|十[一二]?|[一二三四五六七八九])月份?(?:(?P<day>\d{1,2})[日号]|(?P<part>底|末|初|[上中下]旬))?"
_QUARTER = r"第?(?P<quarter>[一二三四1-4])季度(?P<quarter_edge>底|末)?"
_HALF = r"(?P<half>[上下])半年(?P<half_edge>底|末)?"
_POINT = rf"{_YEAR}(?:{_MONTH}|{_QUARTER}|{_HALF}|年?(?P<edge>底|末|内|初|中(?![央心国])))?{_LIMIT}"
_MONTH_ONLY = rf"(?<![\d每个年.-]){_MONTH}{_LIMIT}"
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


@cache
def _time_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Kinds of expression; where two begin at one place, the earlier kind wins."""
    kinds = (
        ("range", _RANGE),
        ("period", _PERIOD),
        ("point", _POINT),
        ("point", _DOTTED),
        ("point", _MONTH_ONLY),
        ("point", _THIS_MONTH),
        ("point", _QUARTER_ONLY),
        ("point", _YEAR_END),
    )
    return tuple((kind, re.compile(pattern)) for kind, pattern in kinds)


def time_expressions(paragraph: Paragraph, anchor: Anchor) -> tuple[TimeExpression, ...]:
    """Every time expression of a paragraph in order, titles left out."""
    found: list[TimeExpression] = []
    carried: TimeExpression | None = None
    for kind, match in _time_matches(paragraph.masked):
        reader = _YearReader(match, anchor, _carry(paragraph, carried, match.start()))
        expression = _READERS[kind](match, reader)
        if expression is None:
            continue
        found.append(expression)
        if not expression.year_inferred:
            carried = expression
    return tuple(found)


def _time_matches(masked: str) -> Iterator[tuple[str, re.Match[str]]]:
    matches = [
        (match.start(), rank, kind, match)
        for rank, (kind, pattern) in enumerate(_time_patterns())
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


@dataclass(frozen=True, slots=True)
class _YearReader:
    """Finds the year of an expression, which the text may leave out."""

    match: re.Match[str]
    anchor: Anchor
    carried: int | None

    def read(self, month: int = 12) -> tuple[int, bool] | None:
        """The year and whether it is inferred; `month` is the month the expression ends in."""
        groups = self.match.groupdict()
        if groups.get("year"):
            year = parse_number(groups["year"])
            return (year, False) if year is not None else None
        base = self.anchor.base_year
        if groups.get("shift"):
            ahead = {"明年": 1, "后年": 2, "次年": 1}.get(groups["shift"], 0)
            return (base + ahead, True) if base is not None else None
        if self.carried is not None and self._may_lie_in(self.carried, month):
            return self.carried, True
        if base is None:
            return None
        return (base if self._may_lie_in(base, month, SIGNED_LATE_DAYS) else base + 1), True

    def _may_lie_in(self, year: int, month: int, grace_days: int = 0) -> bool:
        """A plan sets no limits that have passed; a report speaks of the past."""
        if self.anchor.reports_progress or self.anchor.issued is None:
            return True
        return _month_end(year, month) + dt.timedelta(days=grace_days) >= self.anchor.issued


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _read_point(match: re.Match[str], years: _YearReader) -> TimeExpression | None:
    groups = match.groupdict()
    months = _months(groups, years.anchor)
    if months is None or not (1 <= months[0] <= months[1] <= 12):
        return None
    resolved = years.read(months[1])
    if resolved is None:
        return None
    year, inferred = resolved
    bounds = _bounds(year, *months, groups)
    if bounds is None:
        return None
    edge = (
        groups.get("part")
        or groups.get("edge")
        or groups.get("quarter_edge")
        or groups.get("half_edge")
    )
    return TimeExpression(
        *match.span(),
        *bounds,
        level=_level(groups),
        marked=bool(groups.get("limit")),
        edged=edge is not None and edge != "内",
        year_inferred=inferred,
    )


def _months(groups: dict[str, str | None], anchor: Anchor) -> tuple[int, int] | None:
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


def _bounds(
    year: int, first: int, last: int, groups: dict[str, str | None]
) -> tuple[dt.date, dt.date] | None:
    if groups.get("day"):
        day = _date(year, last, int(groups["day"] or 0))
        return (day, day) if day is not None else None
    part_end = {"初": 10, "上旬": 10, "中旬": 20}.get(groups.get("part") or "")
    latest = dt.date(year, last, part_end) if part_end else _month_end(year, last)
    return dt.date(year, first, 1), latest


def _level(groups: dict[str, str | None]) -> str:
    for level in ("day", "month", "quarter", "half"):
        if groups.get(level):
            return level
    return "month" if groups.get("part") else "year"


def _read_range(match: re.Match[str], years: _YearReader) -> TimeExpression | None:
    groups = match.groupdict()
    last_month = int(groups["month2"] or 12)
    first_month = int(groups["month"] or 1)
    if not (1 <= first_month <= 12 and 1 <= last_month <= 12):
        return None
    resolved = years.read(last_month)
    if resolved is None:
        return None
    first_year, inferred = resolved
    last_year = int(groups["year2"] or first_year)
    earliest = _date(first_year, first_month, int(groups["day"] or 1))
    latest = _month_end(last_year, last_month)
    if groups["day2"]:
        latest = _date(last_year, last_month, int(groups["day2"])) or latest
    if earliest is None or earliest > latest:
        return None
    marked = bool(groups["limit"])
    return TimeExpression(*match.span(), earliest, latest, "range", marked, False, inferred)


def _read_period(match: re.Match[str], _years: _YearReader) -> TimeExpression | None:
    """Five-year plans: 十四五 is 2021 to 2025, counted on from there."""
    number = parse_number(match["period"]) or 4
    first = 2021 + 5 * (number - 4)
    edged = match["edge"].endswith("末")
    return TimeExpression(
        *match.span(),
        dt.date(first, 1, 1),
        dt.date(first + 4, 12, 31),
        "period",
        marked=bool(match["limit"]),
        edged=edged,
    )


_READERS = {"point": _read_point, "range": _read_range, "period": _read_period}


# --- which expressions are limits ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Words:
    """The vocabulary, compiled to patterns that look at the text just before or after an expression."""

    soft_before: re.Pattern[str]
    soft_after: re.Pattern[str]
    soft: re.Pattern[str]
    not_before: re.Pattern[str]
    not_after: re.Pattern[str]
    events_after: re.Pattern[str]
    describing_after: re.Pattern[str]
    obliging_before: re.Pattern[str]
    achieving: re.Pattern[str]
    done_before: re.Pattern[str]
    done_after: re.Pattern[str]
    immediate: re.Pattern[str]
    immediate_field: re.Pattern[str]
    ongoing_next: re.Pattern[str]
    ongoing_later: re.Pattern[str]
    ongoing_field: re.Pattern[str]
    undetermined: re.Pattern[str]
    undetermined_field: re.Pattern[str]
    label: re.Pattern[str]
    recurring: re.Pattern[str]
    season: re.Pattern[str]
    relative: re.Pattern[str]
    at_most: re.Pattern[str]
    not_relative_before: re.Pattern[str]
    not_relative_after: re.Pattern[str]
    time_span_noun: re.Pattern[str]
    counting_from: re.Pattern[str]


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"


_SPAN_OF_TIME = rf"(?P<count>{_NUMBER}|半)(?P<unit>个?月|个?工作日|日|天|个?星期|周|年|个?小时)"
_AT_END = r"(?=$|[,、;。)）])"


@cache
def vocabulary_patterns() -> _Words:
    """Compile ingest/vocabulary/deadlines.toml once, on first use."""
    words = load_vocabulary("deadlines")
    labels = {*words["labels"], *load_vocabulary("labels")["deadline"]}
    soft = _any(words["soft"])
    unshadowed = "".join(f"(?<!{re.escape(noun)})" for noun in words["soft_nouns"])
    ongoing = _any(words["ongoing"])
    seasons, nouns = _any(words["seasons"]), _any(words["undetermined_nouns"])
    patterns = {
        "soft_before": rf"{unshadowed}(?P<soft>{soft})(?:将|可)?(?:于|在|到|至)?$",
        "soft_after": rf"(?P<soft>{soft})(?!书|表)",
        "soft": rf"{unshadowed}(?P<soft>{soft})",
        "not_before": rf"{_any(words['not_limit_before'])}$",
        "not_after": _any(words["not_limit_after"]),
        "events_after": rf",?{_any(words['events_after'])}",
        "describing_after": rf"[^,、]{{0,8}}?{_any(words['describing'])}的",
        "obliging_before": rf"{_any(words['obliging'])}(?:于|在)?$",
        "achieving": rf"(?<![未没不])(?<!没有){_any(words['achieving'])}",
        "done_before": r"已(?:经)?(?:于|在)?$",
        "done_after": r",?[^,]{0,12}?已(?:经)?(?:全部|全面|基本|超额)?(?:完成|建成|实现|达到|上报|开展|完工)"
        r"|,?[^,]{0,16}?(?:完成|印发|召开|开展|制定|实现|建成|达到|上报|组织|安排|通过)了",
        "immediate": rf"{_any(words['immediate'])}(?!的)",
        "immediate_field": _any([*words["immediate"], *words["immediate_in_field"]]),
        "ongoing_next": rf"[,、]?(?:并|且|后)?{ongoing}{_AT_END}",
        "ongoing_later": rf"(?:,|、|并|且){ongoing}{_AT_END}",
        "ongoing_field": _any(words["ongoing_in_field"]),
        "undetermined": rf"(?<![^,;。:])[^,;。:、]{{0,12}}?{nouns}[^,;。:]{{0,8}}?(?:待|另行|视|根据)[^,;。:]{{0,30}}?{_any(words['undetermined_verbs'])}",
        "undetermined_field": _any(words["undetermined_in_field"]),
        "label": rf"(?<![^,;。(|:])(?P<label>{_any(labels)})[】*]*:",
        "recurring": rf"每年(?:\d{{1,2}}月(?:\d{{1,2}}日|底|末)?|{seasons}|年?[底末]|[上下]半年|第?[一二三四]季度末?)(?:之|以)?前",
        "season": rf"(?<!每年)(?:{_YEAR})?{seasons}(?:来临|到来|开始)?(?:之|以)?前",
        "relative": rf"(?<![\d月年第.]){_SPAN_OF_TIME}(?:之|以)?内",
        "at_most": rf"不(?:得)?超过{_SPAN_OF_TIME}",
        "not_relative_before": rf"{_any(words['not_relative_before'])}$",
        "not_relative_after": _any(words["not_relative_after"]),
        "time_span_noun": _any(words["spans_of_time"]),
        "counting_from": rf"{_any(words['counting_from'])}[^,;。:、]{{0,24}}?(?:起|后)(?:的)?,?$",
    }
    return _Words(**{name: re.compile(pattern) for name, pattern in patterns.items()})


@dataclass(frozen=True, slots=True)
class _Hit:
    """A limit at folded offsets, on its way to a `Deadline`; `dated` tells it names a date of its own."""

    start: int
    end: int
    earliest: dt.date | None = None
    latest: dt.date | None = None
    soft: str = ""
    ongoing: bool = False
    undetermined: bool = False
    immediate: bool = False
    relative: bool = False
    year_inferred: bool = False
    dated: bool = False


@dataclass(frozen=True, slots=True)
class _Setting:
    """The words around an expression: its comma clause on both sides, and the clause after it."""

    before: str
    after: str
    rest: str

    @classmethod
    def around(cls, paragraph: Paragraph, start: int, end: int) -> _Setting:
        clause_start, clause_end = paragraph.clause(start)
        head = paragraph.masked[max(clause_start, start - _REACH_BACK) : start]
        rest = paragraph.masked[end : min(max(end, clause_end), end + _REACH_ON)]
        return cls(re.split(r"[,:]", head)[-1], re.split(r",", rest)[0], rest)


# What may stand before a date that opens its comma clause, besides nothing.
_OPENING = re.compile(
    r"(?:\(?[一二三四五六七八九十\d]{1,3}\)|\d{1,3}[.、]|[一二三四五六七八九十]{1,2}[、是])?"
    r"(?:并|且|在|于|到|至|应|同时|其中|确保|[“”\ufffc])*"
)
_TOWARDS = re.compile(r"(?<!达)(?<!得)(?<!提)(?<!受)(?<!收)(?<!看)(?<!意)(?<!截)(?<!截止)[到至]$")


def _is_limit(expression: TimeExpression, setting: _Setting, anchor: Anchor) -> bool:
    words = vocabulary_patterns()
    if words.done_before.search(setting.before) or words.done_after.match(setting.rest):
        return False
    if words.describing_after.match(setting.after) or re.search(
        r"截[至止][到至]?$", setting.before
    ):
        return False
    if expression.marked:
        return True
    if words.not_before.search(setting.before) or words.not_after.match(setting.after):
        return False
    if words.obliging_before.search(setting.before):
        return True
    if not _lies_ahead(expression, setting, anchor):
        return False
    if anchor.reports_progress and words.events_after.match(setting.rest):
        return False
    if words.soft_before.search(setting.before):
        return True
    if _TOWARDS.search(setting.before) and (not expression.year_inferred or expression.edged):
        return True
    return _is_target(expression, setting)


def _lies_ahead(expression: TimeExpression, setting: _Setting, anchor: Anchor) -> bool:
    """Whether a time lies after the document was signed, as far as that is known."""
    latest = expression.latest
    if anchor.issued is None:
        base = anchor.base_year
        return (
            base is None
            or latest.year > base
            or (latest.year == base and not anchor.reports_progress)
        )
    if latest < anchor.issued:
        return False
    # A report speaks of its own year in the past tense, so the year alone does not point ahead.
    points_ahead = (
        expression.edged or _TOWARDS.search(setting.before) or expression.earliest > anchor.issued
    )
    return not anchor.reports_progress or bool(points_ahead) or latest.year > anchor.issued.year


def _is_target(expression: TimeExpression, setting: _Setting) -> bool:
    """A bare date is a target when an achievement follows: 2025年基本建成…, 工程2025年完工."""
    achieving = vocabulary_patterns().achieving
    spelt_out = (
        not expression.year_inferred or expression.edged or expression.level in ("quarter", "half")
    )
    if spelt_out and _OPENING.fullmatch(setting.before):
        region = setting.rest if setting.after == "" else setting.after
        return achieving.search(region) is not None
    return achieving.match(setting.after) is not None


def _dated_hits(paragraph: Paragraph, anchor: Anchor) -> Iterator[_Hit]:
    for expression in time_expressions(paragraph, anchor):
        setting = _Setting.around(paragraph, expression.start, expression.end)
        if _is_limit(expression, setting, anchor):
            yield _dated_hit(expression, setting)


def _dated_hit(expression: TimeExpression, setting: _Setting) -> _Hit:
    words = vocabulary_patterns()
    start, end, soft = expression.start, expression.end, ""
    towards = _TOWARDS.search(setting.before)
    if softening := words.soft_before.search(setting.before):
        soft, start = softening["soft"], start - (len(setting.before) - softening.start("soft"))
    elif towards and expression.level != "period":
        start -= 1
    if not soft and (softening := words.soft_after.match(setting.after)):
        soft, end = softening["soft"], end + softening.end()
    open_start = expression.marked or expression.edged or towards or expression.level == "day"
    if expression.level in ("range", "period") and not (expression.marked or expression.edged):
        open_start = False
    return _Hit(
        start,
        end,
        None if open_start else expression.earliest,
        expression.latest,
        soft=soft,
        year_inferred=expression.year_inferred,
        dated=True,
    )


def _recurring_hits(paragraph: Paragraph, anchor: Anchor) -> Iterator[_Hit]:
    """Limits set by the seasons: every year, or once but on no date of the calendar."""
    words = vocabulary_patterns()
    for match in words.recurring.finditer(paragraph.masked):
        yield _Hit(*match.span(), ongoing=True)
    for match in words.season.finditer(paragraph.masked):
        setting = _Setting.around(paragraph, *match.span())
        soft = words.soft_before.search(setting.before)
        if soft:
            begin = match.start() - (len(setting.before) - soft.start("soft"))
            yield _Hit(begin, match.end(), relative=True, soft=soft["soft"])
        elif not setting.before.endswith("每年"):
            yield _Hit(*match.span(), relative=True)


def _relative_hits(paragraph: Paragraph, anchor: Anchor) -> Iterator[_Hit]:
    words = vocabulary_patterns()
    for match in words.relative.finditer(paragraph.masked):
        setting = _Setting.around(paragraph, *match.span())
        habitual = words.not_relative_after.match(setting.after)
        if not habitual and not words.not_relative_before.search(setting.before):
            yield _relative_hit(paragraph, match, anchor)
    for match in words.at_most.finditer(paragraph.masked):
        setting = _Setting.around(paragraph, *match.span())
        if words.time_span_noun.search(setting.before):
            yield _relative_hit(paragraph, match, anchor)


def _relative_hit(paragraph: Paragraph, match: re.Match[str], anchor: Anchor) -> _Hit:
    """Extend to the left over a softening word and over what the limit counts from."""
    words = vocabulary_patterns()
    start, soft = match.start(), ""
    clause_start, _ = paragraph.clause(start)
    if softening := words.soft_before.search(paragraph.masked, clause_start, start):
        start, soft = softening.start(), softening["soft"]
    base = None
    if counted := words.counting_from.search(paragraph.masked, clause_start, start):
        start = counted.start()
        base = next(
            (
                one.latest
                for one in time_expressions(paragraph, anchor)
                if one.level == "day" and counted.start() <= one.start and one.end <= counted.end()
            ),
            None,
        )
    latest = _later(base, match["count"], match["unit"]) if base else None
    return _Hit(start, match.end(), base if latest else None, latest, soft=soft, relative=True)


def _later(base: dt.date, count: str, unit: str) -> dt.date | None:
    """The last day of a period that starts on `base` (民法典第二百零二条: the same day of the last month).

    Working days depend on the holiday calendar and have no date here.
    """
    number = parse_number(count)
    if number is None or "工作日" in unit or "小时" in unit:
        return None
    if unit.endswith("月") or unit == "年":
        months = base.month - 1 + number * (12 if unit == "年" else 1)
        year, month = base.year + months // 12, months % 12 + 1
        return dt.date(year, month, min(base.day, calendar.monthrange(year, month)[1]))
    return base + dt.timedelta(days=number * (1 if unit in ("日", "天") else 7))


def _undetermined_hits(paragraph: Paragraph, anchor: Anchor) -> Iterator[_Hit]:
    for match in vocabulary_patterns().undetermined.finditer(paragraph.masked):
        yield _Hit(*match.span(), undetermined=True)


def _immediate_hits(paragraph: Paragraph, anchor: Anchor) -> Iterator[_Hit]:
    for match in vocabulary_patterns().immediate.finditer(paragraph.masked):
        yield _Hit(*match.span(), immediate=True, earliest=_at_once(anchor))


def _at_once(anchor: Anchor) -> dt.date | None:
    """The day a plan was signed; what a report was told to do at once was told before that."""
    return None if anchor.reports_progress else anchor.issued


# Where two kinds overlap, the one read earlier here wins.
_FINDERS = (_undetermined_hits, _recurring_hits, _relative_hits, _dated_hits, _immediate_hits)


def _hits(paragraph: Paragraph, anchor: Anchor) -> list[_Hit]:
    kept: list[_Hit] = []
    for finder in _FINDERS:
        for hit in finder(paragraph, anchor):
            if all(hit.end <= other.start or other.end <= hit.start for other in kept):
                kept.append(hit)
    kept.sort(key=lambda hit: hit.start)
    return _with_ongoing(paragraph, _joined(paragraph, kept))


def _joined(paragraph: Paragraph, hits: list[_Hit]) -> list[_Hit]:
    """立行立改,2017年8月底前 is one limit: at once, and by a date at the latest."""
    joined: list[_Hit] = []
    for hit in hits:
        before = joined[-1] if joined else None
        gap = paragraph.masked[before.end : hit.start] if before else ""
        if before and before.immediate and hit.dated and gap in ("", ",", "、", "并", ",并"):
            earliest = hit.earliest or before.earliest
            joined[-1] = replace(hit, start=before.start, immediate=True, earliest=earliest)
        else:
            joined.append(hit)
    return joined


def _with_ongoing(paragraph: Paragraph, hits: list[_Hit]) -> list[_Hit]:
    """Mark a limit that the text says goes on afterwards; the words belong to the last limit before them."""
    words, marked = vocabulary_patterns(), []
    for hit, following in pairwise([*hits, None]):
        if hit is None:
            break
        _, stop = paragraph.clause(hit.start)
        stop = min(stop, following.start) if following and following.start >= hit.end else stop
        if not (hit.dated or hit.immediate or hit.relative):
            marked.append(hit)
        elif at_once := words.ongoing_next.match(paragraph.masked, hit.end, max(hit.end, stop)):
            marked.append(replace(hit, ongoing=True, end=at_once.end()))
        elif words.ongoing_later.search(paragraph.masked, hit.end, max(hit.end, stop)):
            marked.append(replace(hit, ongoing=True))
        else:
            marked.append(hit)
    return marked


# --- records -------------------------------------------------------------------------------------

# Numbering, ordinals and a field's label at the head of a clause; none of them is part of what is governed.
_CLAUSE_HEAD = re.compile(
    r"(?:\(?[一二三四五六七八九十\d]{1,3}\)|\d{1,3}[.、](?=\d{4}年|\D)|[一二三四五六七八九十]{1,3}、|[^,:、]{2,14}:)?"
    r"(?:[一二三四五六七八九十]{1,2}是)?"
)


def clause_span(paragraph: Paragraph, start: int, end: int, first: int, last: int) -> Span:
    """The clause around folded `[start, end)`, without its numbering, inside raw `[first, last)`."""
    clause_start, clause_end = paragraph.clause(start)
    clause_start, clause_end = paragraph.clip(clause_start, max(clause_end, end), first, last)
    head = _CLAUSE_HEAD.match(paragraph.masked, clause_start, clause_end)
    if head and head.end() <= start and head.end() < clause_end:
        clause_start = head.end()
    return paragraph.span(min(clause_start, start), clause_end)


def find_deadlines(
    text: str,
    start: int,
    end: int,
    anchor: Anchor,
    bounds: Sequence[tuple[int, int]] | None = None,
) -> tuple[Deadline, ...]:
    """Time limits stated in `text[start:end]`, in order.

    `bounds` are the paragraphs of the text where the caller knows them; without them the lines around the
    range are joined as `ingest.blocks` does. A labelled field inside the range is read as a field.
    """
    found: list[Deadline] = []
    for paragraph in paragraphs(text, start, end, bounds):
        fields = list(_fields(paragraph))
        found += [_read_field(paragraph, *field, anchor, start, end) for field in fields]
        for hit in _hits(paragraph, anchor):
            if not any(begin <= hit.start < finish for _, begin, finish in fields):
                found.append(_record(paragraph, hit, start, end))
    inside = (one for one in found if start <= one.phrase.start and one.phrase.end <= end)
    return tuple(sorted(inside, key=lambda one: one.phrase.start))


def _record(paragraph: Paragraph, hit: _Hit, first: int, last: int) -> Deadline:
    phrase = paragraph.span(hit.start, hit.end)
    inside = first <= phrase.start and phrase.end <= last
    clause = clause_span(paragraph, hit.start, hit.end, first, last) if inside else phrase
    return Deadline(
        phrase=phrase,
        clause=clause,
        earliest=hit.earliest,
        latest=hit.latest,
        soft=hit.soft,
        ongoing=hit.ongoing,
        undetermined=hit.undetermined,
        immediate=hit.immediate,
        relative=hit.relative,
        year_inferred=hit.year_inferred,
    )


def _fields(paragraph: Paragraph) -> Iterator[tuple[int, int, int]]:
    """Labelled time limits in running text: where the label starts, and the value's range."""
    for label in vocabulary_patterns().label.finditer(paragraph.masked):
        end = paragraph.clause(label.end())[1]
        if label.end() < end:
            yield label.start(), label.end(), end


def _read_field(
    paragraph: Paragraph, label: int, start: int, end: int, anchor: Anchor, first: int, last: int
) -> Deadline:
    value, line = paragraph.span(start, end), paragraph.span(label, end)
    deadline = parse_deadline_field(paragraph.text, value.start, value.end, anchor)
    inside = first <= line.start and line.end <= last
    softened = vocabulary_patterns().soft.match(paragraph.masked, label)
    soft = deadline.soft or (softened["soft"] if softened else "")
    return replace(deadline, clause=line if inside else deadline.clause, soft=soft)


def parse_deadline_field(text: str, start: int, end: int, anchor: Anchor) -> Deadline:
    """The value of a labelled time limit, where a bare month, year or day is a limit.

    The phrase is the whole value; several dates give the last of them. A value that names no time at all
    gives a deadline without dates, so that the words can still be quoted.
    """
    paragraph = fold_paragraph(text, start, end)
    label = vocabulary_patterns().label.match(paragraph.masked)
    begin, finish = label.end() if label else 0, len(paragraph.folded.rstrip("。;."))
    if begin >= finish:
        empty = Span(start, end, text[start:end])
        return Deadline(phrase=empty, clause=empty)
    value = paragraph.span(begin, finish)
    return _field_record(fold_paragraph(text, value.start, value.end), value, anchor)


def _field_record(paragraph: Paragraph, value: Span, anchor: Anchor) -> Deadline:
    words, masked = vocabulary_patterns(), paragraph.masked
    expressions = time_expressions(paragraph, anchor)
    relative = next(iter(_relative_hits(paragraph, anchor)), None)
    season = next(iter(_recurring_hits(paragraph, anchor)), None)
    immediate = words.immediate_field.search(masked) is not None
    last = max(expressions, key=lambda one: one.latest, default=None)
    earliest = _at_once(anchor) if immediate else None
    if last and last.level in ("range", "period") and not (last.marked or last.edged):
        earliest = last.earliest
    if relative:
        earliest = relative.earliest
    soft = words.soft.search(masked)
    return Deadline(
        phrase=value,
        clause=value,
        earliest=earliest,
        latest=relative.latest if relative else last.latest if last else None,
        soft=soft["soft"] if soft else "",
        ongoing=words.ongoing_field.search(masked) is not None or bool(season and season.ongoing),
        undetermined=not expressions and words.undetermined_field.search(masked) is not None,
        immediate=immediate,
        relative=relative is not None or bool(season and season.relative and not expressions),
        year_inferred=bool(last and last.year_inferred),
    )
