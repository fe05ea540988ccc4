"""Figures with a name: PM2.5年均浓度 控制在 38微克/立方米 以内, by 2025.

A figure says nothing without what it measures, which way it is bounded, and when. The name usually stands
before the figure (优良天数比例达到72.6%) and, for things that are counted, after it (淘汰8台生物质锅炉); the time is
often said once for a whole sentence. Problem descriptions hold figures too; they are facts, and told apart
from targets by where they stand, not here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.deadlines import (
    Anchor,
    Paragraph,
    TimeExpression,
    clause_span,
    paragraphs,
    time_expressions,
    vocabulary_patterns,
)
from ingest.numerals import parse_number
from ingest.records import Indicator
from ingest.vocabulary import load_vocabulary

# A longer stretch before a figure is a sentence, not a name; it is cut at its last 的.
LONGEST_NAME = 32
LONGEST_NOUN = 18
SHORTEST_ACTION = 4

_COMPARED = re.compile("低于|高于|超过|超出|优于")
_BREAK = re.compile(r"[,;:。!?|]")
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?)(?:[-—–~]\d+(?:\.\d+)?)?"


@dataclass(frozen=True, slots=True)
class _Words:
    """ingest/vocabulary/indicators.toml as patterns over folded text."""

    figure: re.Pattern[str]
    counted: frozenset[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    lead: re.Pattern[str]
    trail: re.Pattern[str]
    verbs_at_end: re.Pattern[str]
    only_verbs: re.Pattern[str]
    not_noun: re.Pattern[str]
    noun_end: re.Pattern[str]
    scope: re.Pattern[str]
    generic: re.Pattern[str]
    dimensionless: re.Pattern[str]
    bounding: re.Pattern[str]
    together: re.Pattern[str]


def _any(words: Sequence[str]) -> str:
    return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"


@cache
def _words() -> _Words:
    words = load_vocabulary("deadlines")["indicators"]
    units = (
        rf"[百千万亿]*(?:{_any(words['measuring_units'])}|{_any(words['counting_units'])}(?!百分))"
    )
    figure = (
        rf"(?<![A-Za-z\d.第+/-])(?:(?P<value>{_NUMBER})(?P<more>余|多)?(?P<unit>{units})?"
        r"|(?<![个”\"])百分之(?P<spelt>[一二三四五六七八九十百零]{1,5}))"
    )
    baseline = r"(?:较|比|与)(?:\d{4}年|上年|去年|上年同期|去年同期)(?:同期)?(?:相比)?"
    filler = (
        rf"(?:{_any(words['fillers'])}|{baseline}|由(?:\d{{4}}年(?:底|末)?的?)?{_NUMBER}{units})"
    )
    verbs = _any(words["verbs"])
    patterns = {
        "figure": figure,
        "before": rf"(?:{filler}|{_any(words['comparators'])})+$",
        "after": _any([*words["at_most_after"], *words["at_least_after"], *words["about_after"]]),
        "lead": rf"(?:{_any(words['leading'])}|[^,]{{0,8}}?(?:共有|现有)|[^,、]{{0,6}}?以来|[一二三四五六七八九十]{{1,2}}是|\(?[一二三四五六七八九十\d]{{1,2}}\)|[、“”‘’\ufffc)])+",
        "trail": r"(?:的|了|等|共|将|均|已|数为|[、“‘\ufffc(])+$",
        "verbs_at_end": rf"(?:{verbs}(?:或|和|并|、|了|共)?)+$",
        "only_verbs": rf"(?:{verbs}|已|共|了|或|和|并|、)*",
        "not_noun": rf"[,;:。、!?|)）”’]|{_any(words['not_nouns'])}|$",
        "noun_end": rf"[,;:。、!?|“\ufffc]|(?<=.)(?:{_any(words['noun_ends'])}|[及以](?!以?[上下]))|\d",
        "scope": _any(words["scopes"]),
        "generic": rf"{_any(words['generic'])}",
        "dimensionless": rf"{_any(words['dimensionless'])}$",
        # The longest word wins: 不超过 is not 超过.
        "bounding": _any(list(_symbols())),
        "together": rf"(?P<names>[^,;:。!?|]{{1,80}}?)分别(?P<before>[^,;:。!?|\d]{{0,8}})"
        rf"(?P<values>{_NUMBER}(?:{units})?(?:[、和及与]{_NUMBER}(?:{units})?)+)",
    }
    counted = frozenset(words["counting_units"])
    return _Words(
        counted=counted, **{name: re.compile(pattern) for name, pattern in patterns.items()}
    )


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number with its unit at folded offsets; `end` includes the limiting words after it."""

    start: int
    end: int
    value: str
    unit: str
    after: str
    counted: bool


@dataclass(frozen=True, slots=True)
class _Named:
    """A figure with its name; `start` and `end` cover name, figure and limiting words."""

    figure: _Figure
    name: str
    before: str
    start: int
    end: int


def find_indicators(
    text: str,
    start: int,
    end: int,
    anchor: Anchor,
    bounds: Sequence[tuple[int, int]] | None = None,
) -> tuple[Indicator, ...]:
    """Named figures in `text[start:end]`, in order; `bounds` as in `find_deadlines`."""
    return tuple(
        indicator
        for paragraph in paragraphs(text, start, end, bounds)
        for indicator in _ParagraphReader(paragraph, anchor).read(start, end)
    )


def _raw(paragraph: Paragraph, start: int, end: int) -> str:
    """The document's own characters of a folded range, without white space."""
    return "".join(paragraph.text[i] for i in paragraph.offsets[start:end])


def _figures(paragraph: Paragraph, times: Sequence[TimeExpression]) -> Iterator[_Figure]:
    """Numbers that measure or count something; dates, ordinals and bare numbers are left out."""
    words, masked = _words(), paragraph.masked
    for match in words.figure.finditer(masked):
        start, end = match.span()
        if any(time.start < end and start < time.end for time in times):
            continue
        if match["spelt"]:
            spelt = parse_number(match["spelt"]) or (100 if match["spelt"] == "百" else None)
            value, unit = str(spelt) if spelt else "", "%"
        else:
            value = _raw(paragraph, *match.span("value"))
            unit = _raw(paragraph, *match.span("unit")) if match["unit"] else ""
        after = words.after.match(masked, end)
        stop = after.end() if after else end
        limiting = (match["more"] or "") + (after.group() if after else "")
        counted = re.sub("^[百千万亿]+", "", match["unit"] or "") in words.counted
        if value and _means_something(masked, match, stop, after is not None):
            yield _Figure(start, stop, value, unit, limiting, counted)


def _means_something(masked: str, match: re.Match[str], stop: int, limited: bool) -> bool:
    words = _words()
    before = _comma_clause_before(masked, match.start())
    if match["unit"] is None and match["spelt"] is None:
        said = words.before.search(before)
        return bool(said and words.dimensionless.search(before[: said.start()]))
    bounded = words.before.search(before) is not None
    if match["unit"] in ("天", "个月") and re.match("(?:之|以)?内", masked[match.end() :]):
        return bool(re.search("[控保维]\\S{1,2}在$", before))  # otherwise a time limit: 3个月内
    if re.search("按照?$", before) and masked.startswith("的比例", match.end()):
        return False  # a way of working: 按照10%的比例抽取
    if match["unit"] == "个月" and re.search("不(?:得)?超过$", before):
        return False
    if re.search("每(?:年|季度?|月|周|日|天|半年)[^,]{0,6}$", before) and match["unit"] in (
        "次",
        "期",
    ):
        return False  # a frequency
    # 35蒸吨及以下燃煤锅炉: the size of the thing, not a figure about it.
    sizes = limited and not bounded and re.match(r"[^\W\d]", masked[stop : stop + 1])
    return not sizes


def _comma_clause_before(masked: str, position: int) -> str:
    return masked[_last_break(masked, position) : position]


def _last_break(masked: str, position: int) -> int:
    # No comma clause is longer; the bound keeps text without punctuation cheap.
    window = max(0, position - 200)
    return max((m.end() for m in _BREAK.finditer(masked, window, position)), default=window)


class _ParagraphReader:
    """Names the figures of one paragraph; each may lean on the one before it."""

    def __init__(self, paragraph: Paragraph, anchor: Anchor) -> None:
        self._paragraph = paragraph
        self._masked = paragraph.masked
        self._anchor = anchor
        self._times = time_expressions(paragraph, anchor)
        figures = tuple(_figures(paragraph, self._times))
        self._figures = tuple(one for one in figures if not self._is_inner(one, figures))

    def read(self, first: int, last: int) -> Iterator[Indicator]:
        """Indicators whose figure lies inside the raw range `[first, last)`."""
        for named in self._named():
            start, end = self._paragraph.clip(named.start, named.end, first, last)
            if start <= named.figure.start and end == named.end:
                yield self._record(named, start, first, last)

    def _named(self) -> Iterator[_Named]:
        together = self._shared_heads()
        previous: _Named | None = None
        for figure in self._figures:
            if figure.start in together:
                named: _Named | None = together[figure.start]
            else:
                named = self._name(figure, previous)
            if named is not None:
                yield named
                previous = named

    def _is_inner(self, figure: _Figure, figures: Sequence[_Figure]) -> bool:
        """由1.5万吨/日提升至3.5万吨/日 is one statement, made by its second figure."""
        origin = re.compile(r"由(?:\d{4}年(?:底|末)?的?)?$")
        return origin.search(
            self._masked, max(0, figure.start - 10), figure.start
        ) is not None and any(
            re.fullmatch(r"[^,;:。]{1,6}", self._masked[figure.end : other.start])
            for other in figures
        )

    # -- several names, several figures -----------------------------------------------------------

    def _shared_heads(self) -> dict[int, _Named]:
        """甲、乙和丙分别下降8%、9.1%和8%, by the offset of each figure."""
        found: dict[int, _Named] = {}
        for match in _words().together.finditer(self._masked):
            begin, end = match.span("values")
            figures = [one for one in self._figures if begin <= one.start and one.end <= end + 2]
            head = self._trimmed(*match.span("names"))
            names = self._split_names(*head, len(figures))
            for figure, name in zip(figures, names, strict=False):
                found[figure.start] = _Named(figure, name, match["before"], head[0], figure.end)
        return found

    def _split_names(self, start: int, end: int, count: int) -> list[str]:
        written = _raw(self._paragraph, start, end)
        names = next(
            (
                parts
                for marks in ("、和及与", "、和", "、")
                if len(parts := re.split(f"[{marks}]", written)) == count
            ),
            [],
        )
        symbol = re.compile(r"[A-Za-z][A-Za-z\d.]*")
        last = symbol.match(names[-1]) if names else None
        shared = names[-1][last.end() :] if last else ""
        return [name + shared if symbol.fullmatch(name) else name for name in names]

    # -- one figure -------------------------------------------------------------------------------

    def _name(self, figure: _Figure, previous: _Named | None) -> _Named | None:
        words = _words()
        start = max(
            [_last_break(self._masked, figure.start)]
            + [one.end for one in self._figures if one.end <= figure.start]
        )
        start = self._after_times(start, figure.start)
        said = words.before.search(self._masked, start, figure.start)
        head_end = said.start() if said else figure.start
        before = _raw(self._paragraph, head_end, figure.start)
        head = self._trimmed(start, head_end)
        if (
            figure.counted
            and not figure.after
            and not words.not_noun.match(self._masked, figure.end)
        ):
            return self._counted(figure, head, start, before)
        if head[0] < head[1] and not words.only_verbs.fullmatch(self._masked, *head):
            return self._measured(figure, head, before, previous)
        return self._leaning(figure, head, before, previous)

    def _after_times(self, start: int, end: int) -> int:
        """Past a date that opens the stretch; 较2015年 is a baseline and stays with the figure's words."""
        for time in self._times:
            between = self._masked[start : time.start]
            if start <= time.start and time.end <= end and not re.search("[较比与由]$", between):
                start = time.end
        return start

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        """A name without connectives, verbs of intent, own-area words and softening words around it."""
        words, soft = _words(), vocabulary_patterns().soft
        start = max(self._after_times(start, end), self._masked.rfind("\ufffc", start, end - 1) + 1)
        while softened := soft.search(self._masked, start, end):
            if softened.end() < end:
                start = softened.end()
            else:
                end = softened.start()
        while leading := words.lead.match(self._masked, start, end):
            start = leading.end()
        if trailing := words.trail.search(self._masked, start, end):
            end = trailing.start()
        start = self._balanced(start, end)
        if end - start > LONGEST_NAME and (cut := self._masked.rfind("的", start, end - 2)) > 0:
            start = cut + 1
        return start, max(start, end)

    def _balanced(self, start: int, end: int) -> int:
        """Past a closing mark whose opening mark is not in the range (…范围内)排放量)."""
        for opening, closing in (("(", ")"), ("“", "”")):
            depth = 0
            for position in range(start, end):
                depth += (self._masked[position] == opening) - (self._masked[position] == closing)
                if depth < 0:
                    start, depth = position + 1, 0
        return start

    def _counted(
        self, figure: _Figure, head: tuple[int, int], start: int, before: str
    ) -> _Named | None:
        """The name of what is counted follows: 淘汰或改造8台生物质锅炉."""
        words, masked = _words(), self._masked
        end = self._noun_end(figure.end)
        if masked[end : end + 1].isdigit():
            return None  # 1家年消纳能力54万吨的…: the figure that follows is the one that matters
        noun = _raw(self._paragraph, figure.end, end)
        verb = words.verbs_at_end.search(masked, start, figure.start)
        scope = words.scope.search(masked, start, figure.start)
        begin = figure.start
        if verb:
            begin = verb.start()
            prefix = _raw(self._paragraph, begin, figure.start).rstrip("共了")
        elif scope and scope.end() >= head[1]:
            begin, prefix = scope.start(), scope.group()
        elif len(noun) <= 3 and head[0] < head[1] and "、" not in masked[head[0] : figure.start]:
            begin, prefix = head[0], _raw(self._paragraph, *head)
        else:
            prefix = ""
        return _Named(figure, prefix + noun, "" if verb else before, begin, end)

    def _noun_end(self, start: int) -> int:
        """Where the noun that begins at `start` stops; 县(市、区) is one noun."""
        limit, position = min(len(self._masked), start + LONGEST_NOUN), start
        while stop := _words().noun_end.search(self._masked, position, limit):
            noun = self._masked[start : stop.start()]
            closing = self._masked.find(")", stop.start(), limit)
            if noun.count("(") <= noun.count(")") or closing < 0:
                return stop.start()
            position = closing + 1
        return limit

    def _measured(
        self, figure: _Figure, head: tuple[int, int], before: str, previous: _Named | None
    ) -> _Named:
        following = self._following_noun(figure)
        if following and (compared := _COMPARED.match(self._masked, *head)):
            head = (compared.end(), head[1])  # a figure to compare with is what it is
        name, start = _raw(self._paragraph, *head), head[0]
        if _words().generic.fullmatch(self._masked, *head) and (
            subject := self._subject(start, previous)
        ):
            start, name = subject[0], subject[1] + name
        return _Named(
            figure, name + following.removeprefix("的"), before, start, figure.end + len(following)
        )

    def _following_noun(self, figure: _Figure) -> str:
        """低于全区1.7%的整体水平: the noun after 的 completes the name."""
        noun = re.compile(r"的(?:总体|整体|平均)?(?:水平|比例|标准)").match(
            self._masked, figure.end
        )
        return _raw(self._paragraph, *noun.span()) if noun else ""

    def _leaning(
        self, figure: _Figure, head: tuple[int, int], before: str, previous: _Named | None
    ) -> _Named | None:
        """No name of its own: it goes on about the figure before, or about the clause before."""
        start = head[0] if head[0] < head[1] else figure.start - len(before)
        verb = _raw(self._paragraph, *head)
        if len(verb) >= SHORTEST_ACTION and not figure.counted:
            return _Named(figure, verb, before, start, figure.end)  # 立案处罚6万元
        if previous and self._same_clause(previous.figure.start, figure.start):
            # 培训4150人 after 讲座21次 counts something else than the figure before.
            alike = not verb or previous.figure.unit == figure.unit
            return _Named(
                figure, verb + previous.name if alike else verb, before, start, figure.end
            )
        subject = self._subject(start, None)
        return _Named(figure, subject[1], before, subject[0], figure.end) if subject else None

    def _subject(self, position: int, previous: _Named | None) -> tuple[int, str] | None:
        """What the comma clause before `position` is about, where it holds no figure of its own."""
        masked, comma = self._masked, _last_break(self._masked, position) - 1
        if comma < 1 or masked[comma] != ",":
            return None
        start = _last_break(masked, comma)
        if previous and start <= previous.figure.start < comma:
            return (previous.start, previous.name) if previous.figure.counted else None
        begin, end = self._trimmed(start, comma)
        verb = re.compile(_any(load_vocabulary("deadlines")["indicators"]["launching"])).match(
            masked, begin, end
        )
        begin = verb.end() if verb else begin
        if not 2 <= end - begin <= LONGEST_NAME:
            return None
        return begin, _raw(self._paragraph, begin, end)

    def _same_clause(self, earlier: int, later: int) -> bool:
        return self._paragraph.clause(earlier) == self._paragraph.clause(later)

    # -- records ----------------------------------------------------------------------------------

    def _record(self, named: _Named, start: int, first: int, last: int) -> Indicator:
        figure = named.figure
        date, year = self._time_of(figure.start)
        lead = self._masked[_last_break(self._masked, figure.start) : figure.start]
        soft = vocabulary_patterns().soft.search(lead)
        return Indicator(
            name=named.name,
            value=figure.value,
            unit=figure.unit,
            comparator=_comparator(named.before, figure.after),
            wording="…".join(part for part in (named.before, figure.after) if part),
            span=self._paragraph.span(start, named.end),
            clause=clause_span(self._paragraph, start, named.end, first, last),
            date=date,
            year=year,
            soft=soft["soft"] if soft else "",
        )

    def _time_of(self, position: int) -> tuple[str, int | None]:
        """The nearest time before a figure in its sentence; else the year that heads the paragraph's last
        dated sentence, in a plan (到2025年末，…。重点建设用地…达到100%)."""
        sentence = self._masked.rfind("。", 0, position) + 1
        times = [one for one in self._times if one.end <= position and not self._is_baseline(one)]
        if times and times[-1].start >= sentence:
            time = times[-1]
            towards = re.search("(?:截[至止])?[到至]?$", self._masked[sentence : time.start])
            begin = time.start - (len(towards.group()) if towards else 0)
            return _raw(self._paragraph, begin, time.end), time.latest.year
        heading = [one for one in times if self._heads_sentence(one)]
        if heading and not self._anchor.reports_progress:
            return "", heading[-1].latest.year
        return "", None

    def _is_baseline(self, time: TimeExpression) -> bool:
        return self._masked[time.start - 1 : time.start] in tuple("较比与由")

    def _heads_sentence(self, time: TimeExpression) -> bool:
        sentence = self._masked.rfind("。", 0, time.start) + 1
        return (
            time.level == "year"
            and re.fullmatch("[^,;]{0,6}?[到至]?", self._masked[sentence : time.start]) is not None
        )


def _comparator(before: str, after: str) -> str:
    """The words after a figure decide before those in front of it: 控制在40%左右 is about 40%."""
    for said in (after, before):
        if bounded := _words().bounding.search(said):
            return _symbols()[bounded.group()]
    return "="


@cache
def _symbols() -> dict[str, str]:
    words = load_vocabulary("deadlines")["indicators"]
    kinds = (("≤", "at_most"), ("≥", "at_least"), ("≈", "about"))
    return {
        word: symbol
        for symbol, kind in kinds
        for word in (*words[kind], *words.get(kind + "_after", ()))
    }
