"""Closed or accepted tasks in the order in which they were."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from assistant.closing import ACCEPTED, CLOSED, closed_on
from assistant.composers.records.selection import TaskSelection
from assistant.composers.records.task_table import TaskTable
from assistant.composers.wording import scope_name
from assistant.draft import Draft, own_words, paragraph
from assistant.ledger import Reported, TaskEntry
from assistant.library import Library
from assistant.query import Query
from assistant.row_days import days_under
from assistant.understanding.task_columns import DAY_HEAD
from assistant.understanding.topic import asks_of_all
from assistant.vocabulary import asks
from prompts import phrase

_PLANNED = re.compile("计划|预计|拟|应|要求|目标")


class ClosingComposer:
    """Answers which tasks were closed or accepted when, first, or last."""

    def __init__(self, library: Library, selection: TaskSelection) -> None:
        self._library = library
        self._selection = selection
        self._table = TaskTable(library)

    def draft(self, query: Query) -> Draft | None:
        """The tasks by day; None where no such order is asked for or no day is told."""
        first = asks("closings", "first", query.text)
        last = asks("closings", "last", query.text)
        if not (first or last or asks("closings", "order", query.text)):
            return None
        if not (first or last or asks_of_all(query, self._library)):
            return None  # the day of one task, which its own row tells
        event = ACCEPTED if CLOSED not in query.text and ACCEPTED in query.text else CLOSED
        # 到3月底销号的几个 goes by the days on which they were closed, and not by their limits.
        closed_in = query.windows if query.status is Reported.DONE else ()
        wanted = replace(query, extreme=None, status=None, remaining=False)
        dated = [
            (day, entry)
            for entry in self._selection.entries(
                replace(wanted, windows=()) if closed_in else wanted
            )
            if (day := closed_on(entry, event) or _day_of_column(entry, event)) is not None
            and (not closed_in or any(window.holds(day) for window in closed_in))
        ]
        if not dated:
            return None
        dated = sorted(
            dated, key=lambda one: one[0], reverse=asks("closings", "reversed", query.text)
        )
        days = [day for day, _ in dated]
        ends = {*([min(days)] if first else []), *([max(days)] if last else [])}
        shown = [one for one in dated if one[0] in ends] if ends else dated
        head = phrase(
            "closed_at_ends" if ends else "closed_in_order",
            scope=scope_name(query, self._library),
            event=event,
            count=len(dated),
            days="、".join(f"{day.isoformat()}（{_short(entry)}）" for day, entry in shown),
        )
        return Draft((paragraph(own_words(head)), self._table.block([e for _, e in shown])))


def _day_of_column(entry: TaskEntry, event: str) -> dt.date | None:
    """The day in a column of its own: 验收日期; 计划销号时间 is the day by which it is to be."""
    heads = (
        one
        for one in entry.task.columns
        if event in one and DAY_HEAD.search(one) and not _PLANNED.match(one)
    )
    return next((day for head in heads for day in days_under(entry, head)), None)


def _short(entry: TaskEntry) -> str:
    return f"编号{entry.task.number}" if entry.task.number else entry.task.title.quote
