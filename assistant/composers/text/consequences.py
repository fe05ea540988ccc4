"""What follows where something is not done in time or done badly: 逾期未完成的，限产30%."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from assistant.composers.text.clauses import ClauseComposer
from assistant.draft import Draft
from assistant.library import Library
from assistant.query import Query
from assistant.search import Found, SentenceSearch
from assistant.understanding.topic import specific_words
from assistant.vocabulary import asked_attributes, asks, load_words, wording
from vectorstore.folding import fold_query

# A condition and what follows stand in one clause.
_END = re.compile(r"[。;；!！]")
_MOST = 4
_WIDE = 200
# Of the best one's nearness, what is still about the same thing.
_NEAR = 0.5


class ConsequenceComposer:
    """Answers with the sentences that set a condition of the kind asked about and what follows from it."""

    def __init__(self, library: Library, search: SentenceSearch, clauses: ClauseComposer) -> None:
        self._library = library
        self._search = search
        self._clauses = clauses

    def draft(self, query: Query) -> Draft | None:
        """Those sentences; None where nothing of the kind is asked, or none is there.

        Of what the question names, one that names it as well is told alone; a rule for all holds for each.
        """
        if not asks("operations", "consequence", query.text):
            return None
        kinds = _kinds(query.text)
        shows = [one.shows for one in asked_attributes(query.text)]
        found = [
            one
            for one in self._candidates(query)
            if not _is_progress(one)
            and any(_follows(fold_query(one.text), kinds, pattern) for pattern in shows)
        ]
        if not found:
            return None
        words = set(specific_words(query))
        naming = [one for one in found if any(word in fold_query(one.text) for word in words)]
        least = found[0].nearness * _NEAR
        told = naming or [one for one in found if one.nearness >= least]
        return Draft(tuple(self._clauses.blocks(told[:_MOST])))

    def _candidates(self, query: Query) -> Iterator[Found]:
        """All sentences asked of, those that the search finds first."""
        nearest = self._search.find(query, query.documents, _WIDE)
        yield from sorted(nearest, key=lambda one: -one.nearness)
        seen = {(one.source.path, one.span.start) for one in nearest}
        for parsed in self._library.within(query.documents):
            path = parsed.source.path
            for span in parsed.sentences:
                if (path, span.start) not in seen:
                    place = self._library.place(path, span.start)
                    yield Found(parsed.source, span, 0.0, 0.0, 0.0, place)


def _is_progress(one: Found) -> bool:
    """Whether a sentence reports how far a task is, and so sets no condition."""
    task = one.place.task
    return task is not None and task.status is not None and task.status.covers(one.span)


def _follows(text: str, kinds: Collection[str], shows: re.Pattern[str]) -> bool:
    """Whether a clause of a folded sentence sets a condition of one of some kinds, and behind it what follows."""
    conditions = (
        match.end()
        for kind in kinds or load_words("questions")["shortcomings"]
        for match in wording("shortcomings", kind).finditer(text)
    )
    return any(shows.search(_END.split(text[end:], maxsplit=1)[0]) for end in conditions)


def _kinds(text: str) -> frozenset[str]:
    """The kinds of condition that a folded text sets or asks about."""
    return frozenset(
        kind for kind in load_words("questions")["shortcomings"] if asks("shortcomings", kind, text)
    )
