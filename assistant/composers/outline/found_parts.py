"""The parts of what a question describes without naming its heading, found by the sentences that speak of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from assistant.composers.outline.divisions import Division, divisions, worded
from assistant.composers.refusals import RefusalComposer
from assistant.draft import Draft
from assistant.library import Library
from assistant.query import Query
from assistant.search import Found, SentenceSearch
from assistant.understanding.parts import asks_division, stated_count
from assistant.understanding.topic import specific_words
from vectorstore.folding import fold_query

# What the question describes holds so much more of the sentences found, weighed by their relevance, than its length
# alone would bring it. Where the question states how many parts there are, little else fits, if it has its words.
_AHEAD = 0.6
_AHEAD_BY_COUNT = 0.15


class FoundPartsComposer:
    """Answers how what a question describes is divided."""

    def __init__(self, library: Library, search: SentenceSearch, refusals: RefusalComposer) -> None:
        self._library = library
        self._search = search
        self._refusals = refusals

    def draft(self, query: Query) -> Draft | None:
        """Its parts; None where the question asks for none, or nothing with parts holds what was found."""
        if not asks_division(query):
            return None
        found = self._search.find(query, query.documents)
        if self._refusals.after_search(query, found):
            return None  # what the documents do not speak of has no parts
        division = self._meant(query, found)
        return Draft(tuple(worded(self._library, division))) if division is not None else None

    def _meant(self, query: Query, found: Sequence[Found]) -> Division | None:
        """The division that what was found speaks of, the smallest or that with so many parts."""
        if not found:
            return None
        count, words = stated_count(query), specific_words(query)
        paths = {one.source.path for one in found}
        ahead = [
            (_ahead(division, found), division)
            for parsed in self._library.documents
            if parsed.source.path in paths
            for division in divisions(parsed)
            if not _is_of_one_part(division, words)
        ]
        if count is not None:
            fits = [(by, one) for by, one in ahead if len(one.parts) == count]
            by, best = max(fits, key=lambda one: one[0], default=(0.0, None))
            if best is None:
                return None
            text = fold_query(best.span.quote)
            told = not words or any(word in text for word in words)
            return best if by >= (_AHEAD_BY_COUNT if told else _AHEAD) else None
        held = [one for by, one in ahead if by >= _AHEAD]
        return min(held, key=lambda one: len(one.span.quote), default=None)


def _is_of_one_part(division: Division, words: Sequence[str]) -> bool:
    """Whether the words of a question that a division has stand all in one part, and not in its heading."""
    if any(word in fold_query(head.quote) for head in division.heads for word in words):
        return False
    starts = [part.start for part in division.parts]
    texts = [
        fold_query(division.source.text[start:end])
        for start, end in pairwise((*starts, division.span.end))
    ]
    return sum(any(word in text for word in words) for text in texts) == 1


def _ahead(division: Division, found: Sequence[Found]) -> float:
    """The share of what was found that stands in a division, less the share of the document that it is."""
    held = sum(
        one.relevance
        for one in found
        if one.source.path == division.source.path and division.span.covers(one.span)
    )
    share = held / sum(one.relevance for one in found)
    return share - len(division.span.quote) / len(division.source.text)
