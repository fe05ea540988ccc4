"""How many rows of a ledger have each of the values of a column: 水5件、大气5件、噪声2件."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.composers.records.lists import ListComposer
from assistant.composers.wording import cite, cite_task, counts_compared, heading_span, row_name
from assistant.draft import Block, Draft, Statement, own_words, paragraph, table
from assistant.ledger import TaskEntry
from assistant.library import Library
from assistant.query import Operation, Query
from assistant.understanding.column_counts import CountedColumn, counted_column
from assistant.understanding.named_tables import table_named
from assistant.understanding.task_conditions import names_values
from assistant.understanding.topic import topic_of
from ingest.records import SourceDocument
from prompts import phrase
from vectorstore.folding import fold_query


class ColumnCountComposer:
    """Counts the rows of each value, and lists what the rest of the question asks of the same table."""

    def __init__(self, library: Library, lists: ListComposer) -> None:
        self._library = library
        self._lists = lists

    def draft(self, query: Query) -> Draft | None:
        """The counts as a table; None where no values of a column are counted apart."""
        counted = counted_column(query, self._library)
        if counted is None:
            return None
        source = self._library.within(query.documents)[0].source
        text = phrase("column_counted", title=source.title, column=counted.heading)
        rows = [self._row(source, counted, value) for value in counted.values]
        head = (counted.heading, "数量", "编号和任务")
        ahead = [paragraph(self._ahead(source, counted))] if counted.compared else []
        return Draft((
            *ahead,
            paragraph(own_words(text)),
            table(head, tuple(rows)),
            *self._rest(query, counted),
        ))

    def _ahead(self, source: SourceDocument, counted: CountedColumn) -> Statement:
        """Which has more, with the sentence that states the same numbers where the document has one."""
        counts = {one: len(counted.having(one)) for one in counted.values}
        parts = [f"{value}{count}" for value, count in counts.items()]
        sentences = self._library[source.path].sentences
        stated = next((one for one in sentences if all(part in one.quote for part in parts)), None)
        text = counts_compared(counts)
        return Statement(text, cite(self._library, source, stated), computed=(text,))

    def _row(self, source: SourceDocument, counted: CountedColumn, value: str) -> Statement:
        own = counted.having(value)
        names = "；".join(row_name(one) for one in own)
        evidence = [
            one
            for task in own
            for one in cite_task(
                self._library,
                TaskEntry(source, task),
                heading_span(source, task),
                task.columns[counted.heading],
            )
        ]
        cells = (value, f"{len(own)}项", names)
        return Statement("", tuple(dict.fromkeys(evidence)), cells, computed=cells)

    def _rest(self, query: Query, counted: CountedColumn) -> Sequence[Block]:
        """The rows with a value that another part of the question names: 不属实的是哪几件."""
        named = table_named(query, self._library)
        title = fold_query(named.caption.quote) if named else ""
        # The title says which table the rest is of, too.
        said = (
            " ".join([*(one for one in named.words if one in title), counted.rest]) if named else ""
        )
        topic = topic_of(counted.rest, self._library)
        rest = replace(
            query, text=said or counted.rest, topic=topic, operation=Operation.LIST_TASKS
        )
        if not names_values(rest, self._library):
            return ()
        listed = self._lists.tasks(rest)
        return () if listed.refused else listed.blocks
