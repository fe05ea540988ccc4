"""Columns that say by how much the figures beside them changed (同比, 环比), and those of two years of one measure."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from assistant.composers.tables.reading import TableReading
from assistant.understanding.table_names import Named
from assistant.vocabulary import asks, load_words, wording
from ingest.records import ColumnKind, FigureTable

_CHANGE = re.compile(
    r"(?:同比|环比)(?:变化|变幅|增减|升降|增幅|涨幅|改善)?(?:率|幅度)?|(?:升降|变化|增减)幅度?"
)
# 2024—2025年 is a season that goes on into the next year.
_YEAR = re.compile(r"((?:19|20)\d{2})(?:年?[—–~-](?:(?:19|20)\d{2}|\d{2}))?年?[度底末]?")
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


def with_years_compared(reading: TableReading) -> TableReading:
    """With the only two columns of years, where it is asked which of the rows changes most and no column is named."""
    pairs = year_pairs(reading.table)
    unnamed = reading.of_kind and not (reading.columns or reading.rows)
    ends = any(asks("tables", name, reading.text) for name in ("most", "fewest"))
    if not (unnamed and ends and len(pairs) == 1 and asks("tables", "change", reading.text)):
        return reading
    (pair,) = pairs.values()
    said = wording("tables", "change").search(reading.text)
    named = Named(frozenset([said.group()]) if said else frozenset(), 1)
    return replace(reading, columns=dict.fromkeys(pair, named))


def year_pairs(table: FigureTable) -> dict[str, tuple[int, int]]:
    """The two columns of each measure that a table has for two years, the earlier first."""
    columns: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for i, one in enumerate(table.columns):
        year = _YEAR.search(one.name)
        if one.kind is ColumnKind.FIGURES and not one.total and year:
            columns[_measure(one.name)].append((year[1], i))
    if len(columns) == 2 and "" in columns and {len(own) for own in columns.values()} == {1}:
        # 2024年底治理率 and 2025年目标: what is aimed at is of the only measure.
        (aim,) = columns.pop("")
        next(iter(columns.values())).append(aim)
    pairs = {name: sorted(own) for name, own in columns.items() if len(own) == 2}
    return {name: (own[0][1], own[1][1]) for name, own in pairs.items()}


def _measure(name: str) -> str:
    """What a column measures, without its year and whether it is an aim: PM2.5 of 2026年PM2.5目标."""
    bare = re.sub("^[底末]", "", _YEAR.sub("", name))
    for word in load_words("questions")["tables"]["aims"]:
        bare = bare.replace(word, "")
    return bare


def changed_by(table: FigureTable, column: int) -> int | None:
    """The column of figures whose changes a column tells: the nearest one before it."""
    before = (
        i
        for i in range(column - 1, -1, -1)
        if table.columns[i].kind is ColumnKind.FIGURES and not is_change(table.columns[i].name)
    )
    return next(before, None)
