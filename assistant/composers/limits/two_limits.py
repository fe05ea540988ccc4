"""Which of two tasks, or two rows of a table, that a question names is due first, or last, and how far they are apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.composers.limits.days_apart import days_apart
from assistant.composers.reckoning.figures_said import shared_pairs
from assistant.composers.records.task_table import TaskTable
from assistant.composers.text.two_clauses import two_clauses
from assistant.composers.wording import cite, flat
from assistant.draft import Block, Draft, Statement, bullets, own_words, paragraph
from assistant.ledger import TaskEntry
from assistant.library import Library
from assistant.query import Query
from assistant.understanding.row_conditions import day_told, limit_column, year_of
from assistant.understanding.table_names import named_of
from assistant.understanding.task_numbers import task_numbers
from assistant.understanding.topic import topic_of
from assistant.understanding.two_things import TwoThings, asked_of_two
from ingest.dates import chinese_date
from ingest.passages import split_sentences
from ingest.records import FigureRow, FigureTable, ParsedDocument
from prompts import phrase
from vectorstore.folding import fold

_FEWEST_SHARED = 2


@dataclass(frozen=True, slots=True)
class _Limited:
    """What is due on a day."""

    name: str
    day: dt.date


class TwoLimitsComposer:
    """Answers with both, and which of their limits comes first."""

    def __init__(self, library: Library, task_asked: Callable[[Query], TaskEntry | None]) -> None:
        self._library = library
        self._task_asked = task_asked
        self._table = TaskTable(library)

    def draft(self, query: Query) -> Draft | None:
        """Both tasks; None where a question compares no two, or one of them is not found or has no date."""
        asked = asked_of_two(query.text)
        if asked is None:
            return None
        query = self._where_both_stand(query, asked)
        entries = [
            self._meant(query, name) or self._in_short(query, name, beside)
            for name, beside in ((asked.one, asked.other), (asked.other, asked.one))
        ]
        found = [
            (_Limited(flat(one.task.title.quote), one.due), one)
            for one in entries
            if one is not None and one.due is not None
        ]
        if len(found) < 2 or found[0][1].task.id == found[1][1].task.id:
            return self._of_clauses(query, asked)
        found.sort(key=lambda pair: pair[0].day, reverse=asked.later)
        said = _said(asked, [limited for limited, _ in found])
        ordered = [entry for _, entry in found]
        return Draft((paragraph(own_words(said)), self._table.block(ordered)))

    def _where_both_stand(self, query: Query, asked: TwoThings) -> Query:
        """The query about the one document that has both as they are called: 问题二和问题三 are no rows 2 and 3 elsewhere."""
        if query.documents is not None or not (
            task_numbers(asked.one) and task_numbers(asked.other)
        ):
            return query
        having = [
            one.source.path
            for one in self._library.documents
            if all(name in self._library.folded((one.source.path,)) for name in asked.names)
        ]
        return replace(query, documents=(having[0],)) if len(having) == 1 else query

    def _meant(self, query: Query, name: str) -> TaskEntry | None:
        """The task with a dated limit of its own that is meant by a name."""
        numbers = task_numbers(name)
        one = replace(
            query,
            text=name,
            topic=topic_of(name, self._library) or name,
            units=(),
            task_numbers=numbers,
        )
        entry = self._task_asked(one)
        if entry is None or entry.task.deadline is None or entry.due is None:
            return None
        if numbers:
            return entry
        return entry if shared_pairs(one.topic, entry.task.words) >= _FEWEST_SHARED else None

    def _in_short(self, query: Query, name: str, beside: str) -> TaskEntry | None:
        """The task of a name that leaves to the other what both are called: 甲镇 of 甲镇和乙镇污水管网."""
        if len(name) >= len(beside):
            return None
        entry = self._meant(query, f"{name}{beside[len(name) :]}")
        return entry if entry is not None and name in fold(entry.task.title.quote) else None

    def _of_clauses(self, query: Query, asked: TwoThings) -> Draft | None:
        """Two clauses of one line with limits of their own, where it is asked how far they are apart."""
        found = two_clauses(self._library, query, asked) if asked.gap else None
        if found is None:
            return None
        limited = [(_Limited(one.name, one.day), one.sentence) for one in found.clauses]
        limited.sort(key=lambda pair: pair[0].day, reverse=asked.later)
        text = _said(asked, [one for one, _ in limited])
        spans = dict.fromkeys(sentence for _, sentence in limited)
        evidence = cite(self._library, found.source, *spans)
        return Draft((paragraph(Statement(text, evidence, computed=(text,))),))

    def of_rows(self, query: Query) -> Draft | None:
        """Two rows of the one table that has both names and a column of limits; None where there is no such."""
        asked = asked_of_two(query.text)
        if asked is None:
            return None
        found = [
            (parsed, table, rows, column)
            for parsed in self._library.within(query.documents)
            for table in parsed.tables
            if not (table.of_tasks or table.listed)
            if (column := limit_column(table)) is not None
            and len(rows := _rows_named(table, asked)) == 2
        ]
        if len(found) != 1:
            return None
        parsed, table, rows, column = found[0]
        year = year_of(table, parsed.source.year)
        days = [(row, day_told(row.cells[column].span.quote, year)) for row in rows]
        dated = [(_Limited(row.name, day), row) for row, day in days if day is not None]
        if len(dated) < 2:
            return None
        dated.sort(key=lambda pair: pair[0].day, reverse=asked.later)
        text = _said(asked, [limited for limited, _ in dated])
        evidence = cite(self._library, parsed.source, *(row.span for _, row in dated))
        said = Statement(text, evidence, computed=(text,))
        return Draft((paragraph(said), *self._notes(parsed, table, rows)))

    def _notes(
        self, parsed: ParsedDocument, table: FigureTable, rows: Sequence[FigureRow]
    ) -> Iterator[Block]:
        """What the notes below the table say of the rows."""
        notes = [
            Statement(flat(one.quote), cite(self._library, parsed.source, one))
            for note in table.notes
            for one in split_sentences(parsed.source.text, note.start, note.end)
            if any(row.name in one.quote for row in rows)
        ]
        if notes:
            yield bullets(*notes)


def _said(asked: TwoThings, ordered: Sequence[_Limited]) -> str:
    """Which of two comes first in the question's sense, and by how much where it asks that."""
    first, second = ordered
    name = "two_limits_later" if asked.later else "two_limits_sooner"
    if first.day == second.day:
        name = "two_limits_alike"
    text = phrase(
        name,
        first=first.name,
        day=chinese_date(first.day),
        second=second.name,
        other=chinese_date(second.day),
    )
    if asked.gap and first.day != second.day:
        text += phrase(
            "two_limits_gap", gap=days_apart(first.day, second.day, in_days=asked.in_days)
        )
    return text


def _rows_named(table: FigureTable, asked: TwoThings) -> list[FigureRow]:
    """The rows of two names, where each names one."""
    rows = [one for one in table.rows if not one.total]
    named = [named_of(name, [one.name for one in rows]) for name in (asked.one, asked.other)]
    found = [next(iter(one)) for one in named if len(one) == 1]
    return [rows[i] for i in dict.fromkeys(found)]
