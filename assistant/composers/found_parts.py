"""The parts of what a question describes without naming its heading, found by the sentences that speak of it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.composers.divisions import Division, divisions, worded
from assistant.draft import Draft
from assistant.library import Library
from assistant.query import Query
from assistant.search import Found, SentenceSearch
from assistant.understanding.parts import asks_division, stated_count

# What the question describes holds so much more of the sentences found, weighed by their relevance, than its length
# alone would bring it. Where the question states how many parts there are, little else fits.
_AHEAD = 0.6
_AHEAD_BY_COUNT = 0.15


class FoundPartsComposer:
    """Answers how what a question describes is divided."""

    def __init__(self, library: Library, search: SentenceSearch) -> None:
        self._library = library
        self._search = search

    def draft(self, query: Query) -> Draft | None:
        """Its parts; None where the question asks for none, or nothing with parts holds what was found."""
        if not asks_division(query):
            return None
        found = self._search.find(query, query.documents)
        division = self._meant(found, stated_count(query))
        return Draft(tuple(worded(self._library, division))) if division is not None else None

    def _meant(self, found: Sequence[Found], count: int | None) -> Division | None:
        """The division that what was found speaks of, the smallest or that with so many parts."""
        paths = {one.source.path for one in found}
        ahead = [
            (_ahead(division, found), division)
            for parsed in self._library.documents
            if parsed.source.path in paths
            for division in divisions(parsed)
        ]
        if count is not None:
            fits = [(by, one) for by, one in ahead if len(one.parts) == count]
            best = max(fits, key=lambda one: one[0], default=None)
            return best[1] if best is not None and best[0] >= _AHEAD_BY_COUNT else None
        held = [one for by, one in ahead if by >= _AHEAD]
        return min(held, key=lambda one: len(one.span.quote), default=None)


def _ahead(division: Division, found: Sequence[Found]) -> float:
    """The share of what was found that stands in a division, less the share of the document that it is."""
    held = sum(
        one.relevance
        for one in found
        if one.source.path == division.source.path and division.span.covers(one.span)
    )
    share = held / sum(one.relevance for one in found)
    return share - len(division.span.quote) / len(division.source.text)
