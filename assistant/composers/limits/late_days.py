"""How many days behind its limit a row was done: a limit of 7月20日, and 8月26日完成调试, so 37天."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator

from assistant.composers.reckoning.figures_said import shared_pairs
from assistant.composers.wording import cite, flat, task_name
from assistant.draft import Block, Statement, paragraph
from assistant.ledger import TaskEntry
from assistant.library import Library
from assistant.query import Query
from assistant.vocabulary import asks
from ingest.dates import chinese_date
from ingest.records import Span
from ingest.remarks import progress_told
from prompts import phrase

_FEWEST_SHARED = 2
_CLAUSE = re.compile(r"[^，,。；;\n]+")
# What is told of a day, and not what is planned for it.
_DONE_ON = re.compile(
    r"^(?:(?P<year>20\d\d)年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?![前内起至]|之前|以前)[^\d，。；;]*"
    r"(?:完成|完毕|完工|竣工|建成|合格|到位|投用|投运|通过|办结|销号|封堵|拆除|清理)"
)
_TO_COME = re.compile(r"拟|将|计划|预计|力争|确保|争取|未|尚")


class LateDayComposer:
    """Subtracts the limit of the row asked about from the one day on which it tells that something was done."""

    def __init__(self, library: Library, task_asked: Callable[[Query], TaskEntry | None]) -> None:
        self._library = library
        self._task_asked = task_asked

    def blocks(self, query: Query) -> list[Block]:
        """By how many days that is late; nothing where the row tells no such day, or several."""
        if not asks("reckonings", "late_days", query.text):
            return []
        entry = self._task_asked(query)
        if entry is None or not entry.task.row or entry.due is None or entry.limit is None:
            return []
        if shared_pairs(f"{query.topic} {query.context}", entry.task.words) < _FEWEST_SHARED:
            return []
        told = list(_days_done(entry))
        if len(told) != 1 or told[0][1] <= entry.due:
            return []
        said, day = told[0]
        text = phrase(
            "days_late",
            task=task_name(entry.task),
            said=flat(said.quote),
            limit=chinese_date(entry.due),
            days=(day - entry.due).days,
        )
        evidence = cite(self._library, entry.document, said, entry.limit.phrase)
        return [paragraph(Statement(text, evidence, computed=(text,)))]


def _days_done(entry: TaskEntry) -> Iterator[tuple[Span, dt.date]]:
    """The clauses of a row's progress that begin with a day and say what was done on it.

    A day without a year is one of the document's year, where its limit is of that year too.
    """
    limit_year = entry.due.year if entry.due is not None else None
    year = limit_year if entry.document.year in (None, limit_year) else None
    for told in progress_told(entry.task):
        for match in _CLAUSE.finditer(told.quote):
            done = _DONE_ON.match(match.group())
            if done is None or _TO_COME.search(match.group()):
                continue
            own = int(done["year"]) if done["year"] else year
            if own is None:
                continue
            start = told.start + match.start()
            span = entry.document.span(start, start + len(match.group()))
            try:
                yield span, dt.date(own, int(done["month"]), int(done["day"]))
            except ValueError:
                continue
