"""When a task was closed or accepted, as its progress says: 2025年9月10日通过市级核查销号, 已销号（2025年7月18日）."""

from __future__ import annotations

import datetime as dt
import re

from assistant.ledger import TaskEntry
from ingest.remarks import progress_told
from vectorstore.folding import fold

_DAY = r"(?:(?P<y{0}>(?:19|20)\d{{2}})年)?(?P<m{0}>\d{{1,2}})月(?P<d{0}>\d{{1,2}})日"
CLOSED, ACCEPTED = "销号", "验收"
_TOLD_ON = {
    event: re.compile(
        _DAY.format(1)
        + rf"(?:已|经|正式)?(?:通过[^,。;]{{0,10}}?)?(?:[省市县区镇乡]级)?(?:完成|公示)?{event}|已?(?:完成)?{event}[(（]"
        + _DAY.format(2)
    )
    for event in (CLOSED, ACCEPTED)
}
_YEAR = re.compile(r"((?:19|20)\d{2})年")


def closed_on(entry: TaskEntry, event: str = CLOSED) -> dt.date | None:
    """The day a task was closed (销号), or accepted (验收); None where neither its progress nor its remarks tell one.

    A day without a year is of the year named last before it, else of the document's.
    """
    told = (fold(one.quote) for one in progress_told(entry.task))
    said, match = next(
        ((one, match) for one in told if (match := _TOLD_ON[event].search(one))), ("", None)
    )
    if match is None:
        return None
    which = "1" if match["m1"] else "2"
    named = _YEAR.findall(said[: match.start()])
    year = match[f"y{which}"] or (named[-1] if named else None) or _year_of(entry)
    try:
        return (
            dt.date(int(year), int(match[f"m{which}"]), int(match[f"d{which}"])) if year else None
        )
    except ValueError:
        return None


def _year_of(entry: TaskEntry) -> int | None:
    reported = entry.task.status_as_of or entry.document.issued
    return reported.year if reported else entry.document.year
