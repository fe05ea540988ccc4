"""Measures that are due in a stretch of time while the limit of their task is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.composers.records.selection import TaskSelection
from assistant.composers.wording import cite, flat, task_name
from assistant.draft import Block, Statement, bullets, own_words, paragraph
from assistant.ledger import Reported, TaskEntry
from assistant.library import Library
from assistant.query import Query
from ingest.records import Deadline, Measure
from prompts import phrase

_MOST = 20


class DueMeasureComposer:
    """Adds to a list of what is still to come the measures with limits of their own."""

    def __init__(self, library: Library, selection: TaskSelection) -> None:
        self._library = library
        self._selection = selection

    def blocks(self, query: Query, listed: Sequence[TaskEntry]) -> list[Block]:
        """Measures due from today on whose tasks are not listed; nothing where another time is asked for."""
        if not any(window.earliest == query.as_of for window in query.windows):
            return []
        anytime = replace(query, windows=(), remaining=False, extreme=None)
        due = [
            (entry, measure, limit)
            for entry in self._selection.entries(anytime)
            if entry not in listed and entry.reported is not Reported.DONE
            for measure in entry.task.measures
            if (limit := _due(query, entry, measure)) is not None
        ]
        if not 0 < len(due) <= _MOST:
            return []
        text = phrase("measures_due", count=len(due))
        return [
            paragraph(own_words(text)),
            bullets(*(self._line(entry, measure, limit) for entry, measure, limit in due)),
        ]

    def _line(self, entry: TaskEntry, measure: Measure, limit: Deadline) -> Statement:
        """The clause that the limit governs; in a table the limit stands in another cell than the measure."""
        inside = measure.span.covers(limit.clause)
        said = limit.clause.quote if inside else f"{measure.span.quote}（{limit.phrase.quote}）"
        spans = (limit.clause,) if inside else (measure.span, limit.phrase)
        name = task_name(entry.task)
        return Statement(
            f"{name}：{flat(said)}",
            cite(self._library, entry.document, entry.task.title, *spans),
            computed=(name,),
        )


def _due(query: Query, entry: TaskEntry, measure: Measure) -> Deadline | None:
    """The limit of a measure that is due in the time asked for, other than that of its task."""
    return next(
        (
            limit
            for limit in measure.deadlines
            if limit.latest != entry.due
            and any(window.holds(limit.latest) for window in query.windows)
        ),
        None,
    )
