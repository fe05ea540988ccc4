"""Which task has the most, or the fewest, measures or bodies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.composers.records.selection import TaskSelection
from assistant.composers.wording import cite, heading_span, scope_name, task_name
from assistant.draft import Draft, Evidence, Statement, paragraph
from assistant.ledger import Role, TaskEntry
from assistant.library import Library, task_units
from assistant.query import Extreme, Query
from assistant.understanding.task_sizes import Size, asked_size
from assistant.vocabulary import asks
from ingest.records import Span
from prompts import phrase

_COUNTED = {Size.MEASURES: "条措施", Size.BODIES: "家单位"}
_MOST_TIES = 6


class TaskSizeComposer:
    """Answers superlatives over single tasks by what they have."""

    def __init__(self, library: Library, selection: TaskSelection) -> None:
        self._library = library
        self._selection = selection

    def draft(self, query: Query) -> Draft | None:
        """The task ahead, ties with it; None where none is asked for or too many are alike."""
        size = asked_size(query)
        if size is None:
            return None
        entries = self._selection.entries(replace(query, extreme=None))
        role = Role.RESPONSIBLE if asks("grouping_roles", "responsible", query.text) else None
        sizes = [(one, spans) for one in entries if (spans := _parts(one, size, role))]
        if not sizes:
            return None
        counts = [len(spans) for _, spans in sizes]
        most = query.extreme is Extreme.MOST
        count = max(counts) if most else min(counts)
        ahead = [(one, spans) for one, spans in sizes if len(spans) == count]
        if len(ahead) > _MOST_TIES:
            return None
        text = phrase(
            "task_size",
            scope=scope_name(query, self._library),
            what=_COUNTED[size][1:],
            extreme="最多" if most else "最少",
            tasks="、".join(task_name(one.task) for one, _ in ahead),
            count=f"{count}{_COUNTED[size]}",
        )
        evidence = tuple(piece for one, spans in ahead for piece in self._proof(one, spans))
        return Draft((paragraph(Statement(text, evidence, computed=(text,))),))

    def _proof(self, entry: TaskEntry, spans: Sequence[Span]) -> tuple[Evidence, ...]:
        """The heading, and the lines or measures that what is counted stands in, the first and the last."""
        lines = [line for line in entry.task.fields.values() if line.covers(spans[0])]
        ends = lines[-1:] if lines and lines[-1].covers(spans[-1]) else [spans[0], spans[-1]]
        heading = heading_span(entry.document, entry.task)
        return cite(self._library, entry.document, heading, *dict.fromkeys(ends))


def _parts(entry: TaskEntry, size: Size, role: Role | None) -> list[Span]:
    """The measures of a task, or the single bodies it names, each once; in one role where that is asked."""
    if size is Size.MEASURES:
        return [measure.span for measure in entry.task.measures]
    units = entry.task.responsible_units if role else task_units(entry.task)
    named = {unit.name: unit.span for unit in units if not unit.group}
    return list(named.values())
