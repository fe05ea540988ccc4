"""What is asked of a row that a question names by one of its cells: its fields, else what the row has to say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.closing import CLOSED, closed_on
from assistant.composers.records.fields import FieldComposer
from assistant.composers.records.row_names import RowNames
from assistant.composers.records.row_words import row_in_words
from assistant.composers.wording import cite_task
from assistant.draft import Block, Draft, Statement, paragraph
from assistant.ledger import TaskEntry
from assistant.library import Library
from assistant.query import Operation, Query
from assistant.search import Found
from assistant.understanding.task_columns import columns_asked
from assistant.vocabulary import asked_attributes, asks
from ingest.records import Span
from ingest.remarks import progress_told
from ingest.row_notes import notes_on
from prompts import phrase
from vectorstore.folding import fold_query


class NamedRowComposer:
    """Answers questions about a row by its own words, so that those of other rows are not taken for them."""

    def __init__(self, library: Library, fields: FieldComposer) -> None:
        self._library = library
        self._fields = fields
        self._names = RowNames(library)

    def scoped(self, query: Query) -> Query:
        """The query of the document alone whose row it names."""
        entries = self._names.named(query) if query.operation is Operation.LOOK_UP else []
        return replace(query, documents=(entries[0].document.path,)) if entries else query

    def is_of_another(self, query: Query, found: Found) -> bool:
        """Whether a sentence stands in a row that is none of those which the question names."""
        task, named = found.place.task, self._names.named(query)
        return (
            bool(named)
            and task is not None
            and task.row
            and all(one.task.id != task.id for one in named)
        )

    def consequence(self, query: Query) -> Draft | None:
        """What the row itself, or a note on it, says follows; None where neither does."""
        if not asks("operations", "consequence", query.text):
            return None
        return self.draft(query)

    def draft(self, query: Query) -> Draft | None:
        """What the rows named say; None where none is named, or they lack what is asked for by its kind."""
        entries = self._names.named(query) if query.operation is Operation.LOOK_UP else []
        entries = [one for one in entries if _has_what_is_asked(query, one)]
        blocks = [block for entry in entries for block in self._blocks(query, entry)]
        return Draft(tuple(blocks)) if blocks else None

    def _blocks(self, query: Query, entry: TaskEntry) -> list[Block]:
        told, answered = self._fields.blocks(query, entry, (), is_named=True, of_whole=True)
        wrong = [paragraph(one) for one in self._closed_otherwise(query, entry)]
        if told and not (query.fields - answered) and not query.asks_confirmation:
            return told
        cells = _telling_cells(entry, with_notes=not query.fields)
        return [*wrong, *told, paragraph(row_in_words(self._library, entry, cells))]

    def _closed_otherwise(self, query: Query, entry: TaskEntry) -> Iterator[Statement]:
        """That a row was closed on another day than the question takes it to be."""
        day = closed_on(entry, CLOSED) if CLOSED[:1] in query.text else None
        if day is None or not (query.asks_confirmation and query.windows):
            return
        if not any(one.holds(day) for one in query.windows):
            text = phrase(
                "closed_otherwise",
                asked="、".join(one.text for one in query.windows),
                day=f"{day.month}月{day.day}日",
            )
            cited = cite_task(self._library, entry, *progress_told(entry.task))
            yield Statement(text, cited, computed=(text,))


def _has_what_is_asked(query: Query, entry: TaskEntry) -> bool:
    """Whether a row shows what is known by its shape where that is asked for: money, a telephone, what follows."""
    if columns_asked(query, entry.task):
        return True
    said = fold_query(" ".join(one.quote for one in entry.task.stretches))
    return all(one.shows.search(said) for one in asked_attributes(query.text))


def _telling_cells(entry: TaskEntry, *, with_notes: bool) -> list[Span]:
    """The cells of a row that say what is to be done and by when, with the notes on it where these are wanted."""
    task = entry.task
    cells = [task.fields[role] for role in ("measures", "deadline") if role in task.fields]
    return [*cells, *(notes_on(task) if with_notes else ())]
