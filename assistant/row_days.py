"""The days that a row of a ledger tells and that are no limits: a petition was received on 1月9日.

A day without a year is of the year that the title of its table names, else of the document's.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from assistant.closing import closed_on
from assistant.ledger import TaskEntry
from assistant.understanding.task_columns import DAY_HEAD, telling_pairs
from assistant.words import pairs
from ingest.records import Task
from vectorstore.folding import fold_query

_DAY = re.compile(
    r"(?:((?:19|20)\d{2})\s*[年./-]\s*)?(\d{1,2})\s*[月./-]\s*(\d{1,2})(?=\s*日|\s*$|\D)"
)
_ASKS_LIMIT = re.compile(
    r"(?:该|要|应|得|须)销|时限|期限|到期|到点|截止|[之以]前|底前|最晚|最迟|[拖延排推]到|收[尾口官]|[年月底末日号]才"
)
_CLOSING = "销号日期"
_YEAR = re.compile(r"(?:19|20)\d{2}(?=\s*年)")


def row_days(entry: TaskEntry, asked: str) -> Sequence[dt.date]:
    """The days of the column of dates that a question names, else of the first; none where a row has a limit."""
    task = entry.task
    if task.deadline is not None or "deadline" in task.fields:
        return []
    dated = _dated_columns(task)
    if not dated:
        return []
    grams = pairs(asked)
    head = max(dated, key=lambda one: len(pairs(fold_query(DAY_HEAD.sub("", one))) & grams))
    return days_under(entry, head)


def event_days(entry: TaskEntry, asked: str) -> Sequence[dt.date]:
    """The days on which happened what a question asks about, where the document tells them beside a limit.

    8月验收的 are those whose 验收日期 is in August, 2月10日销号的 those that were closed on that day.
    """
    head = event_asked(entry.task, asked)
    if head in entry.task.columns:
        return days_under(entry, head)
    closed = closed_on(entry) if head else None
    return [closed] if closed is not None else []


def event_asked(task: Task, asked: str) -> str:
    """What a question calls the event whose day is asked about, as a heading; empty where it asks about limits."""
    if _ASKS_LIMIT.search(asked):
        return ""
    grams = pairs(asked)
    named = (head for head in _dated_columns(task) if telling_pairs(head) & grams)
    return next(named, _CLOSING if "销" in asked else "")


def _dated_columns(task: Task) -> list[str]:
    """The headings of columns of days that are no limits."""
    limit = task.fields.get("deadline")
    return [head for head, cell in task.columns.items() if DAY_HEAD.search(head) and cell != limit]


def days_under(entry: TaskEntry, head: str) -> Sequence[dt.date]:
    """The days in the cell of a row below a heading."""
    task = entry.task
    title = _YEAR.search(task.caption.quote) if task.caption else None
    year = int(title.group()) if title else entry.document.year
    return [
        day
        for match in _DAY.finditer(task.columns[head].quote)
        if (day := _day(match[1] or year, match[2], match[3])) is not None
    ]


def _day(year: str | int | None, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day)) if year else None
    except ValueError:
        return None
