"""What the text says of all rows that a list puts down alike: “暂不销号”的任务，由牵头单位提交延期整改方案."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.composers.limits.judging import judgements
from assistant.composers.wording import cite, flat
from assistant.draft import Block, Statement, paragraph
from assistant.ledger import TaskEntry
from assistant.library import Library
from assistant.query import Query
from assistant.understanding.task_conditions import names_values
from assistant.words import pairs
from ingest.records import SourceDocument, Span
from vectorstore.folding import fold

# Pairs of characters that a sentence has to share with the question beside the value, to be asked for.
_FEWEST_SHARED = 2


class ValueNotes:
    """Tells with a list by a value what the text has to say of that value, where the question asks for it."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def blocks(self, query: Query, entries: Sequence[TaskEntry]) -> list[Block]:
        """The sentences with the value in quotation marks, and what their limits mean on the day of the question."""
        values = [one.value for one in names_values(query, self._library) if not one.excluded]
        sources = {one.document.path: one.document for one in entries}.values()
        return [
            paragraph(*self._told(source, sentence, query))
            for source in sources
            for value in values
            for sentence in self._speaking_of(source, value, query)
        ]

    def _speaking_of(self, source: SourceDocument, value: str, query: Query) -> Iterator[Span]:
        asked = pairs(query.text) - pairs(value)
        for sentence in self._library[source.path].sentences:
            said = fold(sentence.quote)
            if f"“{value}”" in said and len(asked & pairs(said)) >= _FEWEST_SHARED:
                yield sentence

    def _told(self, source: SourceDocument, sentence: Span, query: Query) -> Iterator[Statement]:
        yield Statement(flat(sentence.quote), cite(self._library, source, sentence))
        for limit in self._library.limits(source.path):
            if sentence.covers(limit.phrase):
                yield from judgements(self._library, source, limit, sentence, query)
