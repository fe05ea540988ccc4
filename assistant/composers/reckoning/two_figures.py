"""Two figures of one thing beside each other and what lies between them: 共1260亩, 其中退养300亩, so the first is 960亩 above.

The last resort of reckoning: where it is not told what the two have to do with each other, no more is said than how far
they are apart, or what share one is of the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.composers.reckoning.figures_said import (
    FigureSaid,
    figures_said,
    shared_pairs,
    units_of,
)
from assistant.composers.reckoning.remainders import in_unit
from assistant.composers.tables.series import decimal_text, rounded_percent, unit_of_gap
from assistant.composers.wording import cite
from assistant.draft import Block, Statement, paragraph
from assistant.library import Library
from assistant.query import Operation, Query
from assistant.search import Found, SentenceSearch
from assistant.synonyms import with_synonyms
from assistant.understanding.reckonings import (
    asked_gap,
    asked_years,
    asks_share,
    compared_parts,
    goes_a_year_back,
)
from ingest.records import SourceDocument, Span
from prompts import phrase
from vectorstore.folding import fold

_FEWEST_SHARED = 1
_MOST_SENTENCES = 2
# Times, and rates, of which two are seldom of one thing.
_NO_AMOUNTS = ("天", "日", "月", "年", "小时", "周", "时", "分钟", "%")
_DONE = re.compile(r"已|累计")
_PLANNED = re.compile(r"任务|目标|计划|应(?!急)|要求")
_CHANGE_SAID = re.compile(r"(?:同比|环比|[较比](?:上年|去年|前一年)(?:同期)?)[^,，。;；\d]{0,8}\d")
_LETTERS = re.compile(r"[a-z]+[\d.]*")
_YEAR = re.compile(r"20\d{2}(?=年)|[去上]年")


class TwoFiguresComposer:
    """Sets the only two figures of a unit in one of the best rows or sentences against each other."""

    def __init__(self, library: Library, search: SentenceSearch) -> None:
        self._library = library
        self._search = search

    def blocks(self, query: Query) -> list[Block]:
        """What lies between the two; nothing where there are not just two of one unit and one thing."""
        unit = asked_gap(query.text)
        share = unit is None and asks_share(query.text)
        if query.operation is not Operation.LOOK_UP or not (share or unit is not None):
            return []
        over_years = goes_a_year_back(query.text)
        if compared_parts(query.text) is not None and not over_years:
            return []  # two things by name have a figure each, or none is told
        asked = with_synonyms(f"{query.topic} {query.context}")
        found = self._search.find(query, query.documents)[:_MOST_SENTENCES]
        if over_years and any(_CHANGE_SAID.search(fold(one.span.quote)) for one in found):
            return []  # what the text says of the change is not reckoned anew
        for stretches in _places(found, across=over_years):
            said = " ".join(one.quote for one in stretches)
            if shared_pairs(asked, f"{found[0].place.title} {said}") < _FEWEST_SHARED:
                continue
            pair = _only_two(found[0].source, stretches, unit or "", over_years=over_years)
            if pair is None or not _are_of_its_time(query, pair):
                continue
            if not share or _is_reported(found[0], pair[1]) or _are_done_and_planned(pair):
                return [paragraph(self._worded(*pair, share=share))]
        return []

    def _worded(self, one: FigureSaid, other: FigureSaid, *, share: bool) -> Statement:
        if not share:
            return told_apart(self._library, one, other)
        first, second = one.in_unit_of(other), other.value
        part, whole = sorted((first, second))
        about, percent = rounded_percent(part * 100 / whole)
        names = ("前者", "后者") if part == first else ("后者", "前者")
        relation = phrase("one_is_of_other", part=names[0], whole=names[1], share=about + percent)
        return _side_by_side(self._library, one, other, relation)


def told_apart(library: Library, one: FigureSaid, other: FigureSaid) -> Statement:
    """By how much one figure is above or below another, in the unit of the other."""
    apart = one.in_unit_of(other) - other.value
    gap = f"{decimal_text(abs(apart))}{unit_of_gap(other.unit)}"
    relation = phrase("one_above_other" if apart > 0 else "one_below_other", gap=gap)
    return _side_by_side(library, one, other, relation)


def _side_by_side(library: Library, one: FigureSaid, other: FigureSaid, relation: str) -> Statement:
    text = phrase("two_figures", one=one.said, other=other.said, relation=relation)
    spans = dict.fromkeys([one.sentence, other.sentence])
    return Statement(text, cite(library, one.source, *spans), computed=(text,))


def _places(found: Sequence[Found], *, across: bool) -> Iterator[Sequence[Span]]:
    """Where the two figures may stand: in the row or sentence of each that was found, or `across` the first two."""
    for one in found:
        if one.source == found[0].source:
            yield _stretches(one)
    if across and len(found) > 1 and found[0].source == found[1].source:
        yield sorted((found[0].span, found[1].span), key=lambda one: one.start)


def _stretches(found: Found) -> Sequence[Span]:
    """The row that a sentence stands in, else the sentence."""
    task = found.place.task
    return task.stretches if task is not None and task.row else (found.span,)


def _only_two(
    source: SourceDocument, stretches: Sequence[Span], unit: str, *, over_years: bool
) -> tuple[FigureSaid, FigureSaid] | None:
    """The only two exact figures of a unit, of any one unit where none is asked for; None where there are not just two.

    Of more they are the only one that is done and the one above it of which it goes on.
    """
    units = [unit] if unit else list(dict.fromkeys(u for one in stretches for u in units_of(one)))
    pairs = []
    for one in units:
        if one in _NO_AMOUNTS:
            continue
        said = in_unit(figures_said(source, stretches, one), one)
        done = [figure for figure in said if _DONE.search(figure.before)]
        if len(said) > 2 and len(done) == 1:
            above = (figure for figure in said if figure.value > done[0].value)
            said = [*(figure for figure in above if done[0].follows(figure)), *done]
        if len(said) != 2 or (done and not over_years and max(said, key=_value) in done):
            continue  # 5座已拆，3座在拆 are two parts of a whole that is not told
        if said[0].value != said[1].value and _are_of_one_name(*said):
            pairs.append((said[0], said[1]))
    return pairs[0] if len(pairs) == 1 else None


def _value(one: FigureSaid) -> Decimal:
    return one.figure.value


def _are_done_and_planned(pair: Sequence[FigureSaid]) -> bool:
    """Whether one of two figures is what is to be done, and the other is no more than told: 14公里, 年度任务30公里."""
    return sum(_PLANNED.search(one.clause.quote) is not None for one in pair) == 1


def _are_of_one_name(one: FigureSaid, other: FigureSaid) -> bool:
    """Whether not each of two clauses names something else by its letters: PM2.5为36, PM10为61."""
    named = [set(_LETTERS.findall(said.before)) for said in (one, other)]
    return not all(named) or bool(named[0] & named[1])


def _are_of_its_time(query: Query, pair: Sequence[FigureSaid]) -> bool:
    """Whether a pair is of the years that the question asks for, or of last year."""
    years = {year for one in pair for year in _YEAR.findall(one.clause.quote)}
    asked = asked_years(query.text)
    return asked <= years if asked else bool(years) or not goes_a_year_back(query.text)


def _is_reported(found: Found, figure: FigureSaid) -> bool:
    """Whether a figure is that of the progress of a row: 已查760辆次 of 1200辆次."""
    task = found.place.task
    return task is not None and any(one.covers(figure.clause) for one in task.reported)
