"""Columns that say by how much the figures beside them changed: 同比, 环比, 增幅."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.composers.tables.reading import TableReading
from assistant.vocabulary import asks
from ingest.records import ColumnKind, FigureTable

_CHANGE = re.compile(
    r"(?:同比|环比)(?:变化|变幅|增减|升降|增幅|涨幅|改善)?(?:率|幅度)?|(?:升降|变化|增减)幅度?"
)
_RECKONS = ("difference", "which", "most")


def is_change(name: str) -> bool:
    """Whether the figures of a column of this name are changes."""
    return _CHANGE.fullmatch(name) is not None


def with_changes(reading: TableReading) -> TableReading:
    """Without the changes of other figures than those that the question names; alone where changes are compared."""
    changes = {i for i in reading.columns if is_change(reading.table.columns[i].name)}
    others = {i for i in reading.columns.keys() & set(reading.figure_columns) if i not in changes}
    of_others = {i for i in changes if others and changed_by(reading.table, i) not in others}
    columns = {i: one for i, one in reading.columns.items() if i not in of_others}
    compared = any(asks("tables", name, reading.text) for name in _RECKONS)
    if (kept := changes - of_others) and compared and asks("tables", "moves", reading.text):
        columns = {i: one for i, one in columns.items() if i in kept}
    return replace(reading, columns=columns)


def changed_by(table: FigureTable, column: int) -> int | None:
    """The column of figures whose changes a column tells: the nearest one before it."""
    before = (
        i
        for i in range(column - 1, -1, -1)
        if table.columns[i].kind is ColumnKind.FIGURES and not is_change(table.columns[i].name)
    )
    return next(before, None)
