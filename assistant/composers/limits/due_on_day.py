"""What is due on one day in each of several documents: every limit of that day, yearly ones too."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from assistant.composers.limits.limits import where_of
from assistant.composers.wording import cite, flat, task_name
from assistant.draft import Block, Draft, Statement, bullets, own_words, paragraph
from assistant.library import Library
from assistant.query import Operation, Query, Window
from assistant.vocabulary import asks
from ingest.records import Deadline, ParsedDocument, Span
from prompts import phrase

_YEARLY = re.compile(r"每年(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日|(?P<end>底|末))")


class DueOnDayComposer:
    """Puts the limits of one day of several documents under one another; what is alike in words is not asked for."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def draft(self, query: Query) -> Draft | None:
        """The limits of each document; None where no single day, one document, or something else is asked for."""
        documents = self._library.within(query.documents)
        if query.operation is not Operation.COMPARE or len(documents) < 2:
            return None
        if len(query.windows) != 1 or not asks("operations", "due_things", query.text):
            return None
        window = query.windows[0]
        if window.earliest is None or window.earliest != window.latest:
            return None
        limits = [(parsed, list(_due(parsed, window))) for parsed in documents]
        if not any(found for _, found in limits):
            return None
        blocks = (block for one in limits for block in self._told(query, *one))
        return Draft(tuple(blocks))

    def _told(
        self, query: Query, parsed: ParsedDocument, limits: list[Deadline]
    ) -> Iterator[Block]:
        title, day = parsed.source.title, query.windows[0].text
        if not limits:
            yield paragraph(own_words(phrase("due_on_day_none", title=title, day=day)))
            return
        clauses: dict[Span, Deadline] = {}
        for one in limits:
            clauses.setdefault(one.clause, one)
        text = phrase("due_on_day", title=title, day=day, count=len(clauses))
        yield paragraph(own_words(text))
        yield bullets(*(self._line(parsed, one) for one in clauses.values()))

    def _line(self, parsed: ParsedDocument, limit: Deadline) -> Statement:
        place = self._library.place(parsed.source.path, limit.phrase.start)
        task = place.task
        name = f"{task_name(task)}：" if task is not None else where_of(place)
        said = flat(limit.clause.quote)
        inferred = (
            phrase("limit_year_inferred", year=limit.latest.year)
            if limit.year_inferred and limit.latest is not None
            else ""
        )
        spans = (*((task.title,) if task is not None else ()), limit.clause)
        return Statement(
            f"{name}{said}{inferred}",
            cite(self._library, parsed.source, *spans),
            computed=(name, inferred),
        )


def _due(parsed: ParsedDocument, window: Window) -> Iterator[Deadline]:
    """The limits of a document that end on the day of a window, in the order of the text."""
    for one in sorted(parsed.deadlines, key=lambda limit: limit.phrase.start):
        if window.holds(one.latest) or _is_yearly_on(one, window):
            yield one


def _is_yearly_on(limit: Deadline, window: Window) -> bool:
    match, day = _YEARLY.search(limit.phrase.quote), window.latest
    if match is None or day is None or int(match["month"]) != day.month:
        return False
    if match["end"]:
        return (day + dt.timedelta(days=1)).day == 1
    return int(match["day"]) == day.day
