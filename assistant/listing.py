"""The conditions of a question for a list of tasks, as a filter that a ledger can be shown with."""

from __future__ import annotations

from dataclasses import replace

from assistant.ledger import Role, TaskFilter
from assistant.query import Operation, Query


def task_filter(query: Query) -> TaskFilter | None:
    """The filter a question states; None when it asks for no list of tasks.

    It may be wider than the answer's list, because some conditions (the latest, shared duties) are no filter.
    """
    if query.operation not in (Operation.LIST_TASKS, Operation.LIST_LIMITS):
        return None
    wanted = TaskFilter(
        documents=query.documents,
        overdue_on=query.as_of if query.overdue else None,
        ongoing=query.ongoing,
    )
    if len(query.units) == 1:
        wanted = replace(wanted, unit=query.units[0].name, role=query.units[0].role)
    elif len(query.people) == 1:
        wanted = replace(wanted, unit=query.people[0], role=Role.LEADER)
    window = query.windows[0] if len(query.windows) == 1 else None
    if window is not None and (window.is_open or not window.any_year):
        wanted = replace(wanted, due_after=window.earliest, due_before=window.latest)
    return wanted
