"""Persons in further columns of a ledger, beside those who answer for its rows: 包联领导 镇长 向明远.

A column of contacts has their telephones beside them (经办人及电话), one of those who press a matter their bodies.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.vocabulary import load_words
from ingest.records import ColumnKind, FigureTable, Task
from ingest.tables import bare_heading, heading_of_column
from ingest.unit_lists import are_names, is_unit_name, parse_people

_AND_TELEPHONE = re.compile(r"[及和与、/]?(?:联系)?(?:电话|方式|手机)(?:号码)?$")
_TELEPHONE = re.compile(r"[（(]?\+?\d[\d\s*-]{5,}[)）]?")


@lru_cache(maxsize=4096)
def _named(head: str, cell: str) -> tuple[str, ...]:
    """The persons of a cell below a heading of persons; nobody where the words below it are no names."""
    endings = tuple(load_words("questions")["columns"]["person_heads"])
    bare = _AND_TELEPHONE.sub("", bare_heading(head))
    if heading_of_column(head) != "leader" and not bare.endswith(endings):
        return ()
    words = _TELEPHONE.sub(" ", cell).split()
    written = " ".join(one for one in words if not is_unit_name(one))
    people = parse_people(written, 0, len(written))
    return tuple(one.name for one in people) if are_names(people) else ()


def persons_beside(task: Task) -> dict[str, str]:
    """The headings that persons of a row stand below, by their names, beside its leaders."""
    leading = {person.name for person in task.leaders}
    return {
        name: head
        for head, cell in task.columns.items()
        for name in _named(head, cell.quote)
        if name not in leading
    }


def persons_of(task: Task) -> frozenset[str]:
    """The leaders of a task and the persons of its further columns."""
    return frozenset((*(person.name for person in task.leaders), *persons_beside(task)))


def persons_of_table(table: FigureTable) -> frozenset[str]:
    """The persons of a table's columns of such: 分管负责人 副镇长 向明远."""
    return frozenset(
        name
        for i, column in enumerate(table.columns)
        if column.kind is not ColumnKind.FIGURES
        for row in table.rows
        for name in _named(column.name, row.cells[i].span.quote)
    )
