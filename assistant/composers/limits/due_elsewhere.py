"""Limits set outside of all tasks, beside a list of those that are due: what a bulletin goes on to require, rows of works."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from assistant.composers.limits.limits import where_of
from assistant.composers.tables.row_words import row_told, table_row_at
from assistant.composers.wording import cite, flat
from assistant.draft import Block, Statement, bullets, own_words, paragraph
from assistant.ledger import TaskEntry, is_begun_within
from assistant.library import Library
from assistant.query import Operation, Query, Window
from assistant.understanding.row_conditions import days_told, limit_column, year_of
from assistant.understanding.table_names import row_places_named
from assistant.understanding.topic import is_about_the_whole
from ingest.records import ParsedDocument, Span
from prompts import phrase
from vectorstore.folding import fold_query

_MOST = 15
# 清单里年底到期的有几条 asks for items of a list, 年底要完成什么 for whatever is due.
_OF_A_LIST = re.compile(
    r"问题|任务|事项|清单|台账|台帐|名单|单子|方案里|[里这]头|其中|[几多哪\d][些几]?[项条件桩宗]"
)
# 到2026年 is when an aim is to be reached, and no limit of a piece of work.
_AIM = re.compile(r"^(?:到|至|力争)")
# Of a longer time only what is still to come is told.
_SHORT = dt.timedelta(days=100)


class DueElsewhereComposer:
    """Adds to a list by time the sentences and the rows of tables, outside of tasks, that have a limit in that time."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def blocks(self, query: Query, listed: Sequence[TaskEntry]) -> list[Block]:
        """What is due beside the tasks listed; nothing where not all is asked for, or where it is too much to be read."""
        narrowed = (
            query.status
            or query.people
            or query.listed
            or query.overdue
            or query.extreme
            or query.with_ongoing
            or query.ongoing is not None
            or query.joint is not None
            or query.holding is not None
            or query.wanted_units != query.units
            or _OF_A_LIST.search(query.text)
        )
        if not query.windows or narrowed or query.operation is not Operation.LIST_TASKS:
            return []
        places = row_places_named(query.text, self._library.within(query.documents))
        bodies = [
            *(self._library.names_of(one.name) for one in query.wanted_units),
            *((place,) for place in places),
        ]
        if not is_about_the_whole(query, self._library, places):
            return []
        found = [
            (parsed, sentence)
            for parsed in self._library.within(query.documents)
            for sentence in (
                *self._due(query, parsed, bodies),
                *_rows_due(query, parsed, listed, bodies),
            )
        ]
        if not 0 < len(found) <= _MOST:
            return []
        text = phrase("limits_elsewhere", count=len(found))
        return [paragraph(own_words(text)), bullets(*(self._line(*one) for one in found))]

    def _due(
        self, query: Query, parsed: ParsedDocument, bodies: Sequence[Sequence[str]]
    ) -> Iterator[Span]:
        """The sentences of a document, each once, that set a limit in the time asked for and stand in no task."""
        taken = [stretch for task in parsed.tasks for stretch in task.stretches]
        taken += [table.span for table in parsed.tables]
        issued = parsed.source.issued or dt.date.min
        limits = [
            one.phrase
            for one in parsed.deadlines
            if one.latest is not None
            # What a report tells of days before it has happened.
            and (one.latest >= issued or not parsed.source.reports_progress)
            and any(_holds(window, one.latest, query.as_of) for window in query.windows)
            and not (is_begun_within(one) or _AIM.match(one.phrase.quote))
            and not any(stretch.overlaps(one.phrase) for stretch in taken)
        ]
        for sentence in parsed.sentences:
            is_due = any(sentence.covers(limit) for limit in limits)
            if is_due and _names_all(fold_query(sentence.quote), bodies):
                yield sentence

    def _line(self, parsed: ParsedDocument, sentence: Span) -> Statement:
        if (row := table_row_at(self._library, parsed.source.path, sentence)) is not None:
            told = row_told(*row)
            return Statement(told, cite(self._library, parsed.source, sentence), computed=(told,))
        where = where_of(self._library.place(parsed.source.path, sentence.start))
        text = flat(sentence.quote)
        lead = "" if text in where or text.startswith(where.rstrip("：")) else where
        return Statement(
            f"{lead}{text}", cite(self._library, parsed.source, sentence), computed=(lead,)
        )


def _rows_due(
    query: Query,
    parsed: ParsedDocument,
    listed: Sequence[TaskEntry],
    bodies: Sequence[Sequence[str]],
) -> Iterator[Span]:
    """The rows of tables that are no tasks and are due in the time asked for, without those that a task is listed for."""
    titles = [fold_query(one.task.title.quote) for one in listed]
    for table in parsed.tables:
        column = limit_column(table)
        if column is None or table.of_tasks or table.listed:
            continue
        year = year_of(table, parsed.source.year)
        for row in table.rows:
            days = days_told(row.cells[column].span.quote, year)
            name, text = fold_query(row.name), fold_query(row.span.quote)
            is_due = any(_holds(one, day, query.as_of) for one in query.windows for day in days)
            is_told = any(name in title or title in name for title in titles)
            if is_due and not is_told and _names_all(text, bodies):
                yield row.span


def _names_all(text: str, bodies: Sequence[Sequence[str]]) -> bool:
    """Whether a text names each of some bodies, by any of its names."""
    return all(any(name in text for name in names) for names in bodies)


def _holds(window: Window, day: dt.date, today: dt.date) -> bool:
    if window.earliest is None or window.latest is None or window.any_year:
        return window.holds(day) and day >= today
    return window.holds(day) and (window.latest - window.earliest <= _SHORT or day >= today)
