"""What a question asks of the tasks of a list beside bodies, persons, dates and progress.

Each kind is one recogniser: it reads the question and returns the condition, or None. A new kind is one more of
them in `_RECOGNISERS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.ledger import Role, TaskEntry
from assistant.library import Library
from assistant.query import Query
from assistant.role_labels import role_name
from assistant.understanding.body_numbers import asked_body_number
from assistant.vocabulary import asks
from ingest.records import Task, Unit
from vectorstore.folding import fold

_SHORTEST_VALUE, _LONGEST_VALUE = 3, 8
_MOST_DOCUMENTS = 8


@dataclass(frozen=True, slots=True)
class TaskCondition:
    """A condition on tasks: how an answer says it, which tasks it keeps, and the words of the question it is read from.

    Without `wording` an answer need not say it.
    """

    wording: str
    keep: Callable[[Sequence[TaskEntry]], list[TaskEntry]]
    words: tuple[str, ...] = ()


def task_conditions(query: Query, library: Library) -> tuple[TaskCondition, ...]:
    """The conditions that a question states."""
    found = (recognise(query, library) for recognise in _RECOGNISERS)
    return tuple(one for one in found if one is not None)


def _stated_limit(query: Query, library: Library) -> TaskCondition | None:
    """Tasks with a time limit, or without: 没写时限的, 有明确时限的."""
    if asks("conditions", "without_limit", query.text):
        return TaskCondition("未写明时限", _without_limit)
    if asks("conditions", "with_limit", query.text):
        return TaskCondition("写明时限", lambda entries: [e for e in entries if e.limit_wording])
    return None


def _without_limit(entries: Sequence[TaskEntry]) -> list[TaskEntry]:
    """Tasks that say nothing of a limit; where all say something (立行立改), those without a date."""
    silent = [one for one in entries if one.limit_wording is None]
    return silent or [one for one in entries if one.due is None]


def _own_acceptance(query: Query, library: Library) -> TaskCondition | None:
    """Tasks whose lead also accepts them: 自己干自己验."""
    if not asks("conditions", "own_acceptance", query.text):
        return None
    return TaskCondition(
        "牵头单位同时是验收单位", lambda entries: [e for e in entries if _accepts_itself(e.task)]
    )


def _accepts_itself(task: Task) -> bool:
    accepting = {unit.name for unit in task.acceptance_units}
    return any(unit.name in accepting for unit in task.lead_units)


def _single_bodies(query: Query, library: Library) -> TaskCondition | None:
    """Tasks whose responsible bodies are all named one by one, by no group."""
    if not asks("conditions", "single_bodies", query.text):
        return None
    paths = {parsed.source.path for parsed in library.within(query.documents)}
    groups = tuple(unit.name for path, unit in library.units if unit.group and path in paths)
    return TaskCondition(
        "责任单位未用统称", lambda entries: [e for e in entries if _names_each(e.task)], groups
    )


def _names_each(task: Task) -> bool:
    units = task.responsible_units or task.lead_units
    return bool(units) and not any(unit.group for unit in units)


def _body_number(query: Query, library: Library) -> TaskCondition | None:
    """Tasks with so many bodies in a role, in their own lines; a group is no single body, but several."""
    asked = asked_body_number(query.text)
    # Who leads by itself or together has its own place in the query.
    if asked is None or query.task_numbers or (asked.role is Role.LEAD and query.joint is not None):
        return None

    def holds(task: Task) -> bool:
        units = _own_units(task, asked.role)
        grouped = any(unit.group for unit in units)
        return asked.at_least if grouped else asked.holds(len(units))

    tasks = [task for parsed in library.within(query.documents) for task in parsed.tasks]
    many = f"{asked.number}家{'以上' if asked.at_least else ''}"
    return TaskCondition(
        f"{role_name(asked.role, tasks)}{many}",
        lambda entries: [entry for entry in entries if holds(entry.task)],
        (asked.said,),
    )


def _own_units(task: Task, role: Role) -> tuple[Unit, ...]:
    by_role = {
        Role.LEAD: task.lead_units,
        Role.RESPONSIBLE: task.responsible_units,
        Role.COOPERATING: task.cooperating_units,
        Role.ACCEPTANCE: task.acceptance_units,
        Role.SUPERVISING: task.supervising_units,
    }
    return by_role[role]


def _groups_counted_in(query: Query, library: Library) -> TaskCondition | None:
    """That tasks of groups count as a body's own (连“各镇街”一并算): the groups are then no topic."""
    if not asks("conditions", "with_groups", query.text):
        return None
    paths = {parsed.source.path for parsed in library.within(query.documents)}
    groups = tuple(unit.name for path, unit in library.units if unit.group and path in paths)
    return TaskCondition("", list, groups)


def _column_value(query: Query, library: Library) -> TaskCondition | None:
    """Rows with a value of a column that sorts them, named by the question: 群众信访 as 问题来源."""
    documents = library.within(query.documents)
    # Without a place named a word may be a value of any table.
    for parsed in documents if len(documents) <= _MOST_DOCUMENTS else ():
        rows = [task for task in parsed.tasks if task.row]
        values = (value for column in _sorting_columns(rows) for value in column)
        named = [one for one in values if fold(one) in query.text and not _is_known(one, rows)]
        if named:
            return _having(max(named, key=len))
    return None


def _sorting_columns(rows: Sequence[Task]) -> Iterator[list[str]]:
    """The values of each column that has few of them, all short, so that it sorts the rows into kinds."""
    cells = [_cells(task) for task in rows]
    width = min(map(len, cells), default=0)
    for index in range(width):
        values = {row[index] for row in cells} - {""}
        if 1 < len(values) <= len(rows) / 2 and all(len(one) <= _LONGEST_VALUE for one in values):
            yield [one for one in values if len(one) >= _SHORTEST_VALUE]


def _having(value: str) -> TaskCondition:
    return TaskCondition(
        value,
        lambda entries: [e for e in entries if value in _cells(e.task)],
        (value,),
    )


def _cells(task: Task) -> list[str]:
    return [cell.strip() for cell in re.split(r"[\t|]", task.span.quote)]


def _is_known(value: str, rows: Sequence[Task]) -> bool:
    """Whether a value is a body or a person, which are asked for as such, or what a task says of itself."""
    return any(
        value
        in (
            *(unit.span.quote for unit in (*task.lead_units, *task.responsible_units)),
            *(unit.span.quote for unit in (*task.cooperating_units, *task.acceptance_units)),
            *(person.span.quote for person in task.leaders),
            *(span.quote for span in (task.status, task.fields.get("deadline")) if span),
        )
        for task in rows
    )


_RECOGNISERS: tuple[Callable[[Query, Library], TaskCondition | None], ...] = (
    _stated_limit,
    _own_acceptance,
    _single_bodies,
    _body_number,
    _groups_counted_in,
    _column_value,
)
