"""One list of tasks written as several tables: 问题清单, 措施清单 and 责任清单, whose rows share their numbers.

The table that names the tasks comes first. One beside it has the same numbers, each once, and either no names or
the same ones: its columns are further fields of the same tasks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.tables import Row, Table

_FEWEST_ROWS = 2


@dataclass(frozen=True, slots=True)
class JoinedTable:
    """A table of tasks, and others whose rows go on with its rows, in the same order."""

    table: Table
    others: tuple[Table, ...]

    @property
    def beside(self) -> tuple[tuple[tuple[Table, Row], ...], ...]:
        """By position of the table's rows, those that go on with each."""
        return tuple(
            tuple((other, other.rows[index]) for other in self.others)
            for index in range(len(self.table.rows))
        )


def joined_tables(tables: Sequence[Table], text: str) -> list[JoinedTable]:
    """The lists of tasks among the tables of a document, with what other tables add to them."""
    lists: list[tuple[Table, list[Table]]] = []
    for table in tables:
        if lists and _goes_with(lists[-1][0], table, text):
            lists[-1][1].append(table)
        else:
            lists.append((table, []))
    return [
        JoinedTable(table, tuple(others))
        for table, others in lists
        if table.is_list or (others and "title" in table.roles)
    ]


def _goes_with(first: Table, table: Table, text: str) -> bool:
    numbers = _column(first, "number", text)
    if "title" not in first.roles or len(set(numbers)) < max(len(numbers), _FEWEST_ROWS):
        return False
    if _column(table, "number", text) != numbers or not table.roles_beside_names():
        return False
    titles = _column(table, "title", text)
    return not any(titles) or titles == _column(first, "title", text)


def _column(table: Table, role: str, text: str) -> list[str]:
    """What is written in a column, row by row; empty where there is none."""
    if role not in table.roles:
        return ["" for _ in table.rows]
    place = table.roles.index(role)
    cells = (row.cells[place] if place < len(row.cells) else (0, 0) for row in table.rows)
    return [text[start:end].strip() for start, end in cells]
