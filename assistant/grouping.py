"""Task lists in groups, by unit, leader, time limit or document, and in an order of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.ledger import Role
from assistant.taskrows import TaskRow

NOBODY, NO_DATE, ONGOING = "未载明", "无固定日期", "长期坚持"


class By(StrEnum):
    """What a list is grouped by."""

    UNIT = "unit"
    LEADER = "leader"
    DEADLINE = "deadline"
    DOCUMENT = "document"


class Sort(StrEnum):
    """What a list is sorted by; `DOCUMENT` is the order of the documents and of their text."""

    DOCUMENT = "document"
    DEADLINE = "deadline"
    UNIT = "unit"
    LEADER = "leader"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Group:
    """Tasks with something in common; one that names several units or leaders stands in the group of each."""

    name: str
    rows: tuple[TaskRow, ...]


def sorted_rows(rows: Iterable[TaskRow], sort: Sort, *, descending: bool) -> tuple[TaskRow, ...]:
    """The rows in order; those without what they are sorted by come last either way."""
    listed = list(rows)
    if sort is Sort.DOCUMENT:
        return tuple(reversed(listed)) if descending else tuple(listed)
    having = [row for row in listed if _SORT_KEYS[sort](row)]
    lacking = [row for row in listed if not _SORT_KEYS[sort](row)]
    return (*sorted(having, key=_SORT_KEYS[sort], reverse=descending), *lacking)


def grouped(rows: Sequence[TaskRow], by: By, role: Role | None = None) -> tuple[Group, ...]:
    """The rows in groups: those with the most tasks first, months in their order, documents in theirs.

    Units are those in `role`, or else who leads a task, or else who is responsible for it.
    """
    found: dict[str, list[TaskRow]] = {}
    for row in rows:
        for name in _names(row, by, role):
            found.setdefault(name, []).append(row)
    groups = [Group(name, tuple(listed)) for name, listed in found.items()]
    if by is By.DEADLINE:
        groups.sort(key=lambda group: (group.name in (ONGOING, NO_DATE), group.name))
    elif by is not By.DOCUMENT:
        groups.sort(key=lambda group: (group.name == NOBODY, -len(group.rows)))
    return tuple(groups)


def _names(row: TaskRow, by: By, role: Role | None) -> tuple[str, ...]:
    if by is By.DOCUMENT:
        return (row.document_title or row.document,)
    if by is By.LEADER:
        return row.leaders or (NOBODY,)
    if by is By.UNIT:
        return tuple(dict.fromkeys(_units(row, role))) or (NOBODY,)
    if row.due is None:
        return (ONGOING if row.ongoing else NO_DATE,)
    return (f"{row.due.year}年{row.due.month:02}月",)


def _units(row: TaskRow, role: Role | None) -> tuple[str, ...]:
    doing = (*row.responsible_units, *row.measure_units)
    by_role = {
        Role.LEAD: row.lead_units,
        Role.RESPONSIBLE: doing,
        Role.COOPERATING: row.cooperating_units,
        Role.ACCEPTANCE: row.acceptance_units,
        Role.SUPERVISING: row.supervising_units,
        Role.LEADER: row.leaders,
    }
    return by_role[role] if role is not None else row.lead_units or doing


def _due(row: TaskRow) -> tuple[dt.date, ...]:
    return (row.due,) if row.due is not None else ()


_SORT_KEYS: dict[Sort, Callable[[TaskRow], tuple[dt.date, ...] | tuple[str, ...]]] = {
    Sort.DEADLINE: _due,
    Sort.UNIT: lambda row: _units(row, None),
    Sort.LEADER: lambda row: row.leaders,
    Sort.TITLE: lambda row: (row.title,),
}
