"""The things of one kind that a paragraph has made: 登记台账、巡查台账、处罚台账."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.composers.reckoning.paragraphs import paragraphs_of
from assistant.composers.wording import cite, flat
from assistant.draft import Draft, Statement, bullets, paragraph
from assistant.library import Library
from assistant.query import Query
from assistant.search import SentenceSearch
from assistant.understanding.things_made import ThingsMade, things_made
from ingest.passages import split_sentences
from ingest.records import SourceDocument, Span
from prompts import phrase

_CLAUSE = re.compile(r"[^,，。;；:：、]+")
# Only the best sentences tell which paragraph is meant.
_BEST = 3


class ThingsMadeComposer:
    """Answers with the sentences of a paragraph that each have one of the things made."""

    def __init__(self, library: Library, search: SentenceSearch) -> None:
        self._library = library
        self._search = search

    def draft(self, query: Query) -> Draft | None:
        """The things counted and named; None where none are asked for, or no paragraph has so many."""
        asked = things_made(query)
        if asked is None:
            return None
        for source, stretch, _ in paragraphs_of(self._search.find(query, query.documents)[:_BEST]):
            things = list(_things(source, stretch, asked))
            names = list(dict.fromkeys(name for name, _ in things))
            if len(names) >= 2 and asked.count in (None, len(names)):
                lead = phrase(
                    "things_made",
                    title=source.title,
                    noun=_common_end(names),
                    count=len(names),
                    measure=asked.measure,
                )
                sentences = dict.fromkeys(sentence for _, sentence in things)
                items = [
                    Statement(flat(one.quote), cite(self._library, source, one))
                    for one in sentences
                ]
                proof = cite(self._library, source, *sentences)
                return Draft((paragraph(Statement(lead, proof, computed=(lead,))), bullets(*items)))
        return None


def _things(source: SourceDocument, stretch: Span, asked: ThingsMade) -> Iterator[tuple[str, Span]]:
    """The clauses of a paragraph that have such a thing made, each with its sentence."""
    for sentence in split_sentences(source.text, stretch.start, stretch.end):
        for clause in _CLAUSE.findall(sentence.quote):
            if clause.strip().endswith(asked.noun) and asked.verb in clause:
                yield clause.strip(), sentence


def _common_end(names: list[str]) -> str:
    """What all the names end with: 台账."""
    shortest = min(names, key=len)
    return next(
        shortest[start:]
        for start in range(len(shortest))
        if all(name.endswith(shortest[start:]) for name in names)
    )
