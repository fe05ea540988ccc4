"""Whether those who lead tasks also accept them, in all of a list or in which not."""

from __future__ import annotations

from assistant.composers.records.task_table import TaskTable
from assistant.composers.wording import scope_name
from assistant.draft import Draft, own_words, paragraph
from assistant.ledger import Role, TaskEntry
from assistant.library import Library
from assistant.query import Field, Query
from assistant.role_labels import role_name
from assistant.understanding.topic import asks_of_all
from assistant.vocabulary import asks
from ingest.records import Task, Unit
from prompts import phrase


class AcceptanceComposer:
    """Compares the bodies that lead with those that accept, task by task."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._table = TaskTable(library)

    def draft(self, query: Query) -> Draft | None:
        """The tasks in which they differ, or that they are the same in all; None where that is not asked."""
        if not asks("conditions", "acceptance_compared", query.text):
            return None
        if query.task_numbers or not asks_of_all(query, self._library):
            return None
        listed = asks("operations", "list", query.text) or asks("operations", "count", query.text)
        differing = asks("conditions", "acceptance_differs", query.text)
        if listed and not differing:
            return None  # 牵头和验收是同一家的有哪些 is a list like any other
        told = [
            TaskEntry(parsed.source, task)
            for parsed in self._library.within(query.documents)
            for task in parsed.tasks
            if task.lead_units and task.acceptance_units
        ]
        if not told:
            return None
        others = [one for one in told if not _the_same(one.task)]
        text = phrase(
            "acceptance_differs" if others else "acceptance_same",
            scope=scope_name(query, self._library),
            role=role_name(Role.ACCEPTANCE, [one.task for one in told]),
            count=len(told),
            **({"others": len(others)} if others else {}),
        )
        fields = {Field.LEAD, Field.ACCEPTANCE}
        return Draft((paragraph(own_words(text)), self._table.block(others or told, fields=fields)))


def _the_same(task: Task) -> bool:
    return _names(task.lead_units) == _names(task.acceptance_units)


def _names(units: tuple[Unit, ...]) -> frozenset[str]:
    return frozenset(unit.name for unit in units)
