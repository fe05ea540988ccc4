"""What a figure was in one report of a place and is in a later one: 滞后任务从几项变成几项, 比上半年降了多少."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.composers.reckoning.reported import (
    StatedFigure,
    asked_of,
    compared,
    display_name,
    figures_reported,
)
from assistant.composers.wording import cite
from assistant.draft import Block, Statement, paragraph
from assistant.library import Library
from assistant.query import Query
from assistant.understanding.periods import periods
from assistant.vocabulary import asks
from ingest.records import ParsedDocument
from prompts import phrase
from vectorstore.folding import fold_query

_FEWEST = 2
_YEAR_ALONE = re.compile(r"\d{4}年度?")


class OverTimeComposer:
    """Sets the figure of a report beside that of the one before it, each of which the answer cites."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def blocks(self, query: Query) -> list[Block]:
        """How the figure asked for has changed; nothing unless one figure of one place alone is asked for."""
        text = query.text
        if not asks("reckonings", "over_time", text) or asks("tables", "which", text):
            return []
        for reports in _reports_by_place(self._library.within(query.documents)):
            if (two := _two_of(reports, text)) is None:
                continue
            earlier, later = two
            pairs = compared(
                figures_reported(self._library, earlier), figures_reported(self._library, later)
            )
            if (pair := asked_of(text, pairs)) is not None:
                return [paragraph(self._worded(*pair))]
        return []

    def _worded(self, before: StatedFigure, now: StatedFigure) -> Statement:
        change = phrase("unchanged_since")
        if now.value != before.value:
            way = "more" if now.value > before.value else "less"
            kind = "level" if "/" in now.unit or now.unit == "%" else "amount"
            change = phrase(f"{kind}_{way}", difference=now.gap_to(before))
        text = phrase(
            "over_time",
            thing=f"{now.place}的{now.name}" if now.place else display_name(before, now),
            before=told_in(before),
            now=told_in(now),
            change=change,
        )
        evidence = [
            one
            for figure in (before, now)
            for one in cite(self._library, figure.parsed.source, *figure.spans)
        ]
        return Statement(text, tuple(evidence), computed=(text,))


def told_in(figure: StatedFigure) -> str:
    """A figure with the document that states it, and its time."""
    values = {"title": figure.parsed.source.title, "figure": figure.written}
    if not figure.when or _YEAR_ALONE.fullmatch(figure.when):
        return phrase("figure_told", **values)
    return phrase("figure_told_of_time", **values, when=figure.when)


def _reports_by_place(documents: Sequence[ParsedDocument]) -> list[list[ParsedDocument]]:
    """The reports of each place of which there are several, the oldest first."""
    places: dict[str, list[ParsedDocument]] = {}
    for parsed in documents:
        if parsed.source.reports_progress and parsed.source.region and parsed.source.issued:
            places.setdefault(parsed.source.region, []).append(parsed)
    return [
        sorted(own, key=lambda one: (one.source.issued is None, one.source.issued))
        for own in places.values()
        if len(own) >= _FEWEST
    ]


def _two_of(
    reports: Sequence[ParsedDocument], text: str
) -> tuple[ParsedDocument, ParsedDocument] | None:
    """The two reports that a question compares: of the parts of the year it names, else the newest and the one before."""
    ends = {last for _, last in periods(text)}
    named = [
        i
        for i, one in enumerate(reports)
        if ends & {last for _, last in periods(fold_query(one.source.title))}
    ]
    newest = len(reports) - 1
    if not named:
        return (reports[newest - 1], reports[newest]) if not ends else None
    first, last = named[0], named[-1]
    if first == last:
        first, last = (first - 1, first) if first == newest else (first, newest)
    return (reports[first], reports[last]) if first >= 0 else None
