"""The board (台账): all tasks as rows that the browser filters and sorts, and addresses that filter it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from assistant.answer import Answer, Citation
from assistant.ledger import Ledger, Reported, Role, TaskEntry, TaskFilter, units_in_role
from assistant.taskrows import TaskRow, task_rows
from assistant.units import matches
from ingest.records import ParsedDocument

SOON = timedelta(days=30)
_SHORT_ID_CHARS = 10
_KEPT_DAYS = 8
# Whose quotes are listed for a task, in this order; the page's words name them as `field_…`.
_FIELDS = (
    "problem",
    "leaders",
    "lead_units",
    "responsible_units",
    "measure_units",
    "cooperating_units",
    "acceptance_units",
    "supervising_units",
    "target",
    "time_limit",
    "status",
    "progress",
)


class Board:
    """The tasks of all documents, as the page shows them."""

    def __init__(self, documents: Sequence[ParsedDocument]) -> None:
        self._documents = tuple(documents)
        self._ledger = Ledger(documents)
        self._entries = {entry.task.id: entry for entry in self._ledger.tasks()}
        self._by_path: dict[str, list[TaskEntry]] = {}
        for entry in self._entries.values():
            self._by_path.setdefault(entry.document.path, []).append(entry)
        self.as_json = lru_cache(maxsize=_KEPT_DAYS)(self._as_json)

    def _as_json(self, as_of: date) -> bytes:
        """All rows as the browser gets them, judged on a day; short keys, because there may be many."""
        paths = [document.source.path for document in self._documents]
        entries = tuple(self._entries.values())
        rows = zip(entries, task_rows(entries, as_of), strict=True)
        board = {
            "asOf": as_of.isoformat(),
            "documents": [
                {"path": one.source.path, "title": one.source.title or one.source.path}
                for one in self._documents
            ],
            "tasks": [_browser_row(entry, row, paths, as_of) for entry, row in rows],
        }
        return json.dumps(board, ensure_ascii=False, separators=(",", ":")).encode()

    def rows(self, ids: Iterable[str], as_of: date) -> tuple[TaskRow, ...]:
        """The rows of these tasks in this order; ids of tasks that are gone are passed over."""
        return task_rows((self._entries[one] for one in ids if one in self._entries), as_of)

    def quotes(self, id_: str, as_of: date) -> tuple[tuple[Citation, str], ...]:
        """The title and the fields of a task as numbered citations, each with its field; none if it is gone."""
        rows = self.rows([id_], as_of)
        if not rows:
            return ()
        found = {(rows[0].citation.start, rows[0].citation.end): (rows[0].citation, "task")}
        for field in _FIELDS:
            for cited in rows[0].citations.get(field, ()):
                found.setdefault((cited.start, cited.end), (cited, field))
        return tuple(
            (replace(cited, number=number), field)
            for number, (cited, field) in enumerate(found.values(), start=1)
        )

    def question(self, id_: str) -> str:
        """What “ask about this” asks; empty if the task is gone."""
        entry = self._entries.get(id_)
        if entry is None:
            return ""
        title = "".join(entry.task.title.quote.split())
        return f"{entry.document.region}“{title}”的整改目标、措施、责任单位和时限是什么？"

    def cited(self, answer: Answer) -> tuple[str, ...]:
        """The tasks that an answer quotes, each once."""
        ids: dict[str, None] = {}
        for one in answer.citations:
            for entry in self._by_path.get(one.document, ()):
                if one.start in entry.task:
                    ids.setdefault(entry.task.id)
        return tuple(ids)

    def address(self, wanted: TaskFilter, ids: Sequence[str], as_of: date) -> str:
        """The query of the page's address that shows these tasks on the board.

        By the filter itself where it gives just these tasks, so that its conditions can be changed; else by naming
        them.
        """
        shown = {entry.task.id for entry in self._ledger.tasks(wanted)}
        conditions = self._conditions(wanted) if shown == set(ids) else [("tasks", _short(ids))]
        return urlencode([("view", "board"), *conditions, ("as_of", as_of.isoformat())])

    def _conditions(self, wanted: TaskFilter) -> list[tuple[str, str]]:
        conditions = [("doc", path) for path in wanted.documents or ()]
        if wanted.role is Role.LEADER:
            conditions.append(("leader", wanted.unit))
        elif wanted.unit:
            conditions += [("unit", name) for name in self._unit_names(wanted)]
            conditions += [("role", wanted.role.value)] if wanted.role else []
        conditions += [("from", wanted.due_after.isoformat())] if wanted.due_after else []
        conditions += [("to", wanted.due_before.isoformat())] if wanted.due_before else []
        conditions += [("status", "overdue")] if wanted.overdue_on else []
        conditions += [("status", "ongoing")] if wanted.ongoing else []
        return conditions

    def _unit_names(self, wanted: TaskFilter) -> list[str]:
        """The names that the filter's unit goes by in the documents."""
        roles = [wanted.role] if wanted.role else list(Role)
        names = {
            unit.name: None
            for entry in self._ledger.tasks(wanted)
            for role in roles
            for unit in units_in_role(entry.task, role)
            if matches(wanted.unit, unit)
        }
        return list(names)


def _browser_row(
    entry: TaskEntry, row: TaskRow, paths: Sequence[str], as_of: date
) -> dict[str, Any]:
    return {
        "id": row.id,
        "doc": paths.index(row.document),
        "number": row.number,
        "title": row.title,
        "lead": row.lead_units,
        "responsible": (*row.responsible_units, *row.measure_units),
        "cooperating": row.cooperating_units,
        "acceptance": row.acceptance_units,
        "supervising": row.supervising_units,
        "leaders": row.leaders,
        "limit": row.time_limit,
        "due": row.due.isoformat() if row.due else "",
        "states": _states(entry, as_of),
        "hint": row.hint,
        "text": "".join(entry.task.words.split()).lower(),
    }


def _states(entry: TaskEntry, as_of: date) -> list[str]:
    """What is to be said of a task and its time limit on a day; several may hold."""
    due = entry.due
    done = entry.reported is Reported.DONE
    soon = due is not None and as_of <= due <= as_of + SOON and not done
    holds = {
        "done": done,
        "overdue": entry.overdue(as_of),
        "soon": soon,
        "ongoing": entry.ongoing,
        "undated": due is None and not entry.ongoing,
        "review": bool(entry.task.review),
    }
    return [state for state, holding in holds.items() if holding]


def _short(ids: Sequence[str]) -> str:
    return ",".join(one[:_SHORT_ID_CHARS] for one in ids)
