"""Differences of two figures that the text states of things of one kind: 管网比磷石膏多花多少, 2025年和2027年差多少."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.composers.reckoning.addends import of_years
from assistant.composers.reckoning.figures_said import (
    FigureSaid,
    figures_said,
    units_of,
)
from assistant.composers.reckoning.paragraphs import paragraphs_about
from assistant.composers.reckoning.parts_said import selected
from assistant.composers.reckoning.series_said import by_time
from assistant.composers.reckoning.two_figures import told_apart
from assistant.composers.tables.series import decimal_text, unit_of_gap
from assistant.composers.wording import cite, flat
from assistant.draft import Block, Statement, paragraph
from assistant.library import Library
from assistant.proof.quantities import quantities
from assistant.query import Query
from assistant.search import SentenceSearch
from assistant.understanding.reckonings import (
    POINTS,
    asked_years,
    asks_rise,
    compared_parts,
    goes_a_year_back,
    years_compared,
)
from assistant.understanding.table_names import named_of
from assistant.vocabulary import asks
from assistant.words import chinese_pairs, pairs
from ingest.records import Indicator, SourceDocument, Span
from prompts import phrase
from vectorstore.folding import fold

_MOST_SENTENCES = 3
_FEWEST_SHARED = 2
_TWO = re.compile(
    r"(?P<one>[\u4e00-\u9fff]{2,4})(?:跟|和|与|比|同|、)(?P<other>[\u4e00-\u9fff]{2})"
)
_OF_TIME = re.compile(
    r"[差早晚隔](?:了|出)?(?:几|多少)(?:个?月|天|年)|[差早晚隔](?:了|出)?多[久长]"
)
_SENTENCE = re.compile(r"[^。；;\n]+")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class _Stated:
    """A figure as the text states it, in the sentence that is cited for it."""

    source: SourceDocument
    sentence: Span
    said: str
    value: Decimal
    unit: str


class DifferenceComposer:
    """Subtracts one figure that the text states from another, where the question names both."""

    def __init__(self, library: Library, search: SentenceSearch) -> None:
        self._library = library
        self._search = search

    def blocks(self, query: Query) -> list[Block]:
        """By how much one is above the other; nothing where the two are not sure."""
        if _OF_TIME.search(query.text):
            return []
        pair = self._of_parts(query)
        if pair is None:
            pair = self._of_years(query)
        if pair is None and (over_years := self._told_of_years(query)):
            before, after = over_years
            return [paragraph(told_apart(self._library, after, before))]
        if pair is None and asks("reckonings", "difference", query.text):
            pair = self._told_apart(query)
        if pair is None and (asks_rise(query.text) or asks("reckonings", "difference", query.text)):
            pair = self._of_series(query)
        return [paragraph(self._worded(*pair))] if pair is not None else []

    def _worded(self, one: _Stated, other: _Stated) -> Statement:
        high, low = (one, other) if one.value >= other.value else (other, one)
        text = phrase(
            "figures_apart",
            high=high.said,
            low=low.said,
            difference=f"{decimal_text(high.value - low.value)}{unit_of_gap(high.unit)}",
        )
        spans = dict.fromkeys([one.sentence, other.sentence])
        return Statement(text, cite(self._library, one.source, *spans), computed=(text,))

    def _told_of_years(self, query: Query) -> tuple[FigureSaid, FigureSaid] | None:
        """The figures of one thing that a paragraph states, each in a sentence of one of the two years asked about."""
        if not (asks_rise(query.text) or asks("reckonings", "more_or_less", query.text)):
            return None
        for source, stretch in paragraphs_about(query, self._search.find(query, query.documents)):
            if years_compared(query.text, source.year) is None:
                continue
            for unit in units_of(stretch):
                said = of_years(query, list(figures_said(source, [stretch], unit)))
                if (
                    len(said) == 2
                    and said[0].unit == said[1].unit
                    and said[0].value != said[1].value
                ):
                    return said[0], said[1]
        return None

    def _of_parts(self, query: Query) -> tuple[_Stated, _Stated] | None:
        """The figures of the two things that the question compares, stated side by side in one unit."""
        compared = compared_parts(query.text)
        if compared is None:
            return None
        parts, unit = compared
        found = self._search.find(query, query.documents)
        said = selected(query, found, parts, "%" if unit == POINTS else unit, bounds=True)
        if len(said) != len(parts) or any(one.is_about for one in said):
            return None
        return _stated(said[0]), _stated(said[1])

    def _told_apart(self, query: Query) -> tuple[_Stated, _Stated] | None:
        """The two figures of a sentence that words of the question tell from all others of it: 甲镇和乙镇哪个大，大多少."""
        asked = chinese_pairs(query.text)
        match = _TWO.search(query.text)
        two = chinese_pairs(match["one"]) | chinese_pairs(match["other"]) if match else set()
        for found in self._search.find(query, query.documents)[:_MOST_SENTENCES]:
            for said in _by_unit(found.source, found.span):
                words = [chinese_pairs(one.said) & asked for one in said]
                own = [
                    one
                    for place, one in enumerate(said)
                    if words[place] - set().union(*words[:place], *words[place + 1 :])
                ]
                if len(own) > 2:  # their total is told from them too
                    own = [one for one in own if two & chinese_pairs(one.said)]
                if len(own) == 2 and own[0].value != own[1].value:
                    return own[0], own[1]
        return None

    def _of_years(self, query: Query) -> tuple[_Stated, _Stated] | None:
        """The figures that one indicator has in the two years which the question names."""
        compared = compared_parts(query.text)
        documents = self._library.within(query.documents)
        if len(documents) != 1 or not (
            compared or asks("tables", "difference", query.text) or asks_rise(query.text)
        ):
            return None
        unit = compared[1] if compared is not None else ""
        source = documents[0].source
        years = years_compared(query.text, source.year)
        if years is None:
            return None
        meant = [
            (one.year or source.year, one)
            for one in documents[0].indicators
            if _is_named(query.text, one) and _is_in(one, unit)
        ]
        matched = [
            (_shared(query.text, first.name), first, second)
            for year, first in meant
            for other, second in meant
            if (year, other) == years and _of_one_thing(first, second)
        ]
        best = max((shared for shared, *_ in matched), default=0)
        found = {
            (first.value, second.value): (first, second)
            for shared, first, second in matched
            if shared == best
        }
        if len(found) != 1:
            return None
        first, second = next(iter(found.values()))
        return _of_indicator(source, first), _of_indicator(source, second)

    def _of_series(self, query: Query) -> tuple[_Stated, _Stated] | None:
        """The figures that one sentence states for the two years that the question sets against each other."""
        for source, stretch in paragraphs_about(query, self._search.find(query, query.documents)):
            for sentence in _sentences(source, stretch):
                for unit in units_of(sentence):
                    series = dict(by_time(list(figures_said(source, [sentence], unit))))
                    years = _years_compared(query, source.year, list(series))
                    if len(years) == 2 and series[years[0]].value != series[years[1]].value:
                        return _stated(series[years[0]]), _stated(series[years[1]])
        return None


def _years_compared(query: Query, own: int | None, known: Sequence[str]) -> list[str]:
    """Of the years of a series the two that a question sets against each other.

    One alone, or the one that the question goes back to, or this year, or a document's `own`, is set against the
    year before it.
    """
    named = asked_years(query.text)
    if len(named) == 2 or not goes_a_year_back(query.text):
        return sorted(named) if len(named) == 2 and named <= set(known) else []
    this = (asked_years(query.earlier), asked_years(query.context), {f"{query.as_of.year}"})
    for years in (named,) if named else (*this, {f"{own}"}):
        pair = [f"{int(year) - change}" for year in years if year.isdigit() for change in (1, 0)]
        if len(pair) == 2 and set(pair) <= set(known):
            return pair
    return []


def _sentences(source: SourceDocument, stretch: Span) -> Iterator[Span]:
    for match in _SENTENCE.finditer(stretch.quote):
        yield source.span(stretch.start + match.start(), stretch.start + match.end())


def _of_one_thing(first: Indicator, second: Indicator) -> bool:
    """Whether two indicators are figures of one thing: PM2.5年均浓度 and 中心城区PM2.5年均浓度."""
    alike = first.name in second.name or second.name in first.name
    exact = _FIGURE.fullmatch(first.value) and _FIGURE.fullmatch(second.value)
    return alike and first.unit == second.unit and exact is not None


def _is_named(text: str, one: Indicator) -> bool:
    named = named_of(text, [one.name]).get(0)
    return _shared(text, one.name) >= _FEWEST_SHARED or (named is not None and not named.weak)


def _is_in(one: Indicator, unit: str) -> bool:
    """Whether an indicator is in the unit that a question asks in; points are of shares."""
    if not unit:
        return True
    own, asked = quantities(fold(f"2{one.unit}")), quantities(f"2{unit}")
    return (
        one.unit == "%" if unit == POINTS else bool(own and asked and own[0].unit == asked[0].unit)
    )


def _shared(text: str, name: str) -> int:
    """How many neighbouring characters a question shares with the name of an indicator: 优良天比例, 优良天数比率."""
    asked, said = (fold(one).replace("比例", "比率") for one in (text, name))
    return len(pairs(asked) & pairs(said))


def _by_unit(source: SourceDocument, sentence: Span) -> Iterator[list[_Stated]]:
    """The figures of a sentence, those of one unit together."""
    for unit in units_of(sentence):
        yield [_stated(one) for one in figures_said(source, [sentence], unit) if one.unit == unit]


def _stated(one: FigureSaid) -> _Stated:
    return _Stated(one.source, one.sentence, _bare(one), one.value, one.unit)


def _bare(one: FigureSaid) -> str:
    return re.sub(r"^(?:其中|包括)[:：]?", "", one.said)


def _of_indicator(source: SourceDocument, one: Indicator) -> _Stated:
    date = one.date if one.date and one.date not in one.span.quote else ""
    said = f"{date}{flat(one.span.quote)}"
    return _Stated(source, one.clause, said, Decimal(one.value), one.unit)
