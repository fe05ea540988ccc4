"""What another table says of a task that it refers to by its number: 对应表一序号 5, 业主单位 麻石镇."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.composers.wording import cite, flat, task_name
from assistant.draft import Statement
from assistant.ledger import TaskEntry
from assistant.library import Library
from assistant.query import Query
from assistant.understanding.task_columns import telling_pairs
from assistant.words import pairs
from ingest.records import FigureRow, FigureTable, Task
from ingest.tables import refers_to_number
from prompts import phrase
from vectorstore.folding import fold_query

_TABLE = re.compile(r"(?:附?表|台[账帐]|清单)[一二三四五六七八九十\d]{1,3}")


class LinkedRows:
    """Tells of a task what a question asks by the headings of a table that refers to it."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def statements(self, query: Query, entry: TaskEntry) -> list[Statement]:
        """One statement for each row that refers to the task and has a column which the question names."""
        return [
            statement
            for table in self._library[entry.document.path].tables
            for row in _rows_of(table, entry.task)
            for statement in self._said(query, entry, table, row)
        ]

    def _said(
        self, query: Query, entry: TaskEntry, table: FigureTable, row: FigureRow
    ) -> Iterator[Statement]:
        asked = pairs(query.text)
        shown = [
            i
            for i, one in enumerate(table.columns)
            if not refers_to_number(one.name)
            and telling_pairs(one.name) & asked
            and row.cells[i].span.quote
            and row.cells[i].span != row.labels[0]
        ]
        if not shown:
            return
        said = "，".join(
            f"{table.columns[i].name}为{flat(row.cells[i].span.quote)}"
            f"{'' if row.cells[i].unit or not row.cells[i].value else table.unit_of(row, i)}"
            for i in shown
        )
        name = task_name(entry.task)
        text = phrase("linked_row", task=name, row=row.name, fields=said)
        spans = (row.span, *(row.cells[i].span for i in shown), table.unit_span)
        outside = [one for one in spans if one and (one == row.span or not row.span.covers(one))]
        yield Statement(text, cite(self._library, entry.document, *outside), computed=(name,))


def _rows_of(table: FigureTable, task: Task) -> list[FigureRow]:
    """The rows that refer to a task by its number, in the table where it stands."""
    for i, column in enumerate(table.columns):
        if not refers_to_number(column.name) or not task.number or task.caption is None:
            continue
        named = _TABLE.search(fold_query(column.name))
        if named and not fold_query(task.caption.quote).startswith(named.group()):
            continue
        if named or not task.number.isdigit():
            return [row for row in table.rows if row.cells[i].span.quote == task.number]
    return []
