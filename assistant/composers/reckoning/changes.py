"""How far a level rises or falls that a clause states from and to: 由5%提高至8%, 从2600头压减至1500头."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.composers.reckoning.figures_said import shared_pairs
from assistant.composers.reckoning.paragraphs import paragraphs_about
from assistant.composers.tables.series import decimal_text, unit_of_gap
from assistant.composers.wording import cite, flat
from assistant.draft import Block, Statement, paragraph
from assistant.library import Library
from assistant.proof.quantities import Quantity, quantities
from assistant.query import Query
from assistant.search import SentenceSearch
from assistant.understanding.reckonings import asks_change
from ingest.records import SourceDocument, Span
from prompts import phrase
from vectorstore.folding import fold

_CLAUSE = re.compile(r"[^，,。；;\n\t|（()）]+")
_FROM = re.compile(r"[由从]")
_TO = re.compile(r"[至到为]")
_BOUND = re.compile(r"以内|以下|以上|不高于|不低于|不超过|不少于")
_FIGURE = re.compile(r"^[\d.,\s]+")


class ChangeComposer:
    """Subtracts the two levels of one clause, where the question asks how far it is from one to the other."""

    def __init__(self, library: Library, search: SentenceSearch) -> None:
        self._library = library
        self._search = search

    def blocks(self, query: Query) -> list[Block]:
        """The change of the one level that the best paragraph about the thing states; nothing where it states more."""
        if not asks_change(query.text):
            return []
        topic = f"{query.topic} {query.context}"
        for source, stretch in paragraphs_about(query, self._search.find(query, query.documents)):
            changes = list(_changes(source, stretch))
            if len(changes) > 1:
                named = [one for one in changes if shared_pairs(topic, one[0].quote)]
                changes = named if len(named) == 1 else []
            if changes:
                return [paragraph(self._worded(source, *changes[0]))]
        return []

    def _worded(
        self, source: SourceDocument, clause: Span, before: Quantity, after: Quantity
    ) -> Statement:
        unit = _FIGURE.sub("", after.written.strip())
        scale = quantities(f"1{unit}")[0].value if unit else Decimal(1)
        difference = decimal_text(abs(after.value - before.value) / scale)
        least = "至少" if _BOUND.search(clause.quote) else ""
        text = phrase(
            "change_up" if after.value > before.value else "change_down",
            said=flat(clause.quote),
            difference=f"{least}{difference}{unit_of_gap(unit)}",
        )
        return Statement(text, cite(self._library, source, clause), computed=(text,))


def _changes(source: SourceDocument, stretch: Span) -> Iterator[tuple[Span, Quantity, Quantity]]:
    """The clauses of a stretch that state one level to leave and one to reach, of one unit."""
    for match in _CLAUSE.finditer(stretch.quote):
        text = fold(match.group())
        opening = _FROM.search(text)
        if opening is None:
            continue
        levels = [one for one in quantities(text) if one.start >= opening.end()]
        if len(levels) != 2 or levels[0].unit != levels[1].unit:
            continue
        if _TO.search(text, levels[0].end, levels[1].start) and levels[0].value != levels[1].value:
            start = stretch.start + match.start()
            clause = source.span(start, start + len(match.group()))
            yield clause, levels[0], levels[1]
