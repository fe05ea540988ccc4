"""The days that a row of a ledger tells and that are no limits: a petition was received on 1月9日.

A day without a year is of the year that the title of its table names, else of the document's.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from assistant.ledger import TaskEntry
from assistant.understanding.task_columns import DAY_HEAD
from assistant.words import pairs
from vectorstore.folding import fold_query

_DAY = re.compile(
    r"(?:((?:19|20)\d{2})\s*[年./-]\s*)?(\d{1,2})\s*[月./-]\s*(\d{1,2})(?=\s*日|\s*$|\D)"
)
_YEAR = re.compile(r"(?:19|20)\d{2}(?=\s*年)")


def row_days(entry: TaskEntry, asked: str) -> Sequence[dt.date]:
    """The days of the column of dates that a question names, else of the first; none where a row has a limit."""
    task = entry.task
    if task.deadline is not None or "deadline" in task.fields:
        return []
    dated = [head for head in task.columns if DAY_HEAD.search(head)]
    if not dated:
        return []
    grams = pairs(asked)
    head = max(dated, key=lambda one: len(pairs(fold_query(DAY_HEAD.sub("", one))) & grams))
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
