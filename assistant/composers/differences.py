"""How far two figures that one sentence states side by side are apart: 甲区674个、乙区462个."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.composers.figures_said import FigureSaid, figures_said, shared_pairs
from assistant.composers.sums import paragraphs_of
from assistant.composers.tables.series import decimal_text
from assistant.composers.wording import cite
from assistant.draft import Block, Statement, paragraph
from assistant.library import Library
from assistant.query import Query
from assistant.search import SentenceSearch
from assistant.understanding.reckonings import asked_difference
from prompts import phrase

_FEWEST_SHARED = 2
_SHORTEST_NAME = 2


class DifferenceComposer:
    """Compares the figures of two things that the question names, where one sentence states both."""

    def __init__(self, library: Library, search: SentenceSearch) -> None:
        self._library = library
        self._search = search

    def blocks(self, query: Query) -> list[Block]:
        """Which is more and by how much; nothing where the two are not sure to be of one thing."""
        asked = asked_difference(query.text)
        if asked is None:
            return []
        topic = f"{query.topic} {query.context}"
        for source, stretch, title in paragraphs_of(self._search.find(query, query.documents)):
            if shared_pairs(topic, f"{title} {stretch.quote}") < _FEWEST_SHARED:
                continue
            figures = list(figures_said(source, [stretch], asked.unit))
            first, second = (_of(name, figures) for name in asked.names)
            if first and second and first.place[0] == second.place[0] and first != second:
                return [paragraph(self._worded(first, second))]
        return []

    def _worded(self, first: FigureSaid, second: FigureSaid) -> Statement:
        higher, lower = sorted((first, second), key=lambda one: one.value, reverse=True)
        text = phrase(
            "difference_said",
            higher=_bare(higher),
            lower=_bare(lower),
            difference=f"{decimal_text(higher.value - lower.value)}{higher.unit}",
        )
        spans = dict.fromkeys([first.sentence, second.sentence])
        return Statement(text, cite(self._library, first.source, *spans), computed=(text,))


def _of(name: str, figures: Sequence[FigureSaid]) -> FigureSaid | None:
    """The one figure of what a name means; a speaker may put words before the name or leave off its end."""
    for start in range(len(name) - _SHORTEST_NAME + 1):
        found = [one for one in figures if name[start:] in one.before]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _bare(one: FigureSaid) -> str:
    """The clause without 其中, which leads up to parts."""
    return re.sub("^其中[:：]?", "", one.said)
