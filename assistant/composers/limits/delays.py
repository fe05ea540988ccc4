"""By how much a limit was put off: 原定9月30日, 延期至12月31日, so 3个月."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.composers.limits.changed_limits import changes_of
from assistant.composers.limits.days_apart import days_apart
from assistant.composers.reckoning.figures_said import shared_pairs
from assistant.composers.wording import cite, flat
from assistant.draft import Block, Statement, paragraph
from assistant.ledger import TaskEntry
from assistant.library import Library
from assistant.query import Query
from assistant.understanding.row_conditions import day_told, limit_column, year_of
from assistant.understanding.table_names import named_of
from assistant.vocabulary import asks
from ingest.dates import chinese_date
from ingest.passages import split_sentences
from ingest.records import SourceDocument, Span
from prompts import phrase

_FEWEST_SHARED = 2
_CLAUSE = re.compile(r"[^。；;\n|\t]+")
_DAY = r"(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日|底|末)?"
_FIRST = re.compile(rf"(?:原[^\d，,。；;]{{0,8}}|由|从)(?P<day>{_DAY})")
_LATER = re.compile(
    rf"(?:延[长期迟后]?|顺延|推[迟后]|宽限|展期|调整|变更|改)(?:整改|完成)?(?:时限|期限|时间)?(?:至|到|为)[^\d，,。；;]{{0,4}}(?P<day>{_DAY})"
)


@dataclass(frozen=True, slots=True)
class _PutOff:
    """A first limit and a later one, with the clause that tells of it and what bears out the other."""

    source: SourceDocument
    said: Span
    beside: tuple[Span, ...]
    first: dt.date
    later: dt.date


class DelayComposer:
    """Subtracts a first limit from the one that it was put off to, where the question asks by how much."""

    def __init__(self, library: Library, task_asked: Callable[[Query], TaskEntry | None]) -> None:
        self._library = library
        self._task_asked = task_asked

    def blocks(self, query: Query) -> list[Block]:
        """Each delay that is told of the task or the row asked about; nothing where none is."""
        if not asks("reckonings", "delay", query.text):
            return []
        found = list(self._of_rows(query)) or list(self._of_task(query))
        days = "天" in query.text
        return [paragraph(*(self._worded(one, in_days=days) for one in found))] if found else []

    def _worded(self, one: _PutOff, *, in_days: bool) -> Statement:
        text = phrase(
            "limit_put_off_by",
            said=flat(one.said.quote).rstrip("。；;"),
            first=chinese_date(one.first),
            later=chinese_date(one.later),
            gap=days_apart(one.first, one.later, in_days=in_days),
        )
        return Statement(
            text, cite(self._library, one.source, one.said, *one.beside), computed=(text,)
        )

    def _of_task(self, query: Query) -> Iterator[_PutOff]:
        entry = self._task_asked(query)
        if entry is None or entry.due is None or entry.task.deadline is None:
            return
        if shared_pairs(f"{query.topic} {query.context}", entry.task.words) < _FEWEST_SHARED:
            return
        limit = entry.task.deadline.phrase
        changed = [
            *changes_of(entry.document, entry.task),
            *_original(entry),
            *_noted(self._library, entry),
        ]
        for said in dict.fromkeys(changed):
            if (put_off := _read(entry.document, said, limit, entry.due)) is not None:
                yield put_off

    def _of_rows(self, query: Query) -> Iterator[_PutOff]:
        """What the notes below a table tell of the limit of the one row that is named."""
        for parsed in self._library.within(query.documents):
            for table in parsed.tables:
                column = limit_column(table)
                if table.of_tasks or table.listed or column is None or not table.notes:
                    continue
                named = named_of(query.text, [row.name for row in table.rows])
                if len(named) != 1:
                    continue
                row = table.rows[next(iter(named))]
                due = day_told(row.cells[column].span.quote, year_of(table, parsed.source.year))
                for note in table.notes:
                    for said in split_sentences(parsed.source.text, note.start, note.end):
                        if due is None or row.name not in said.quote:
                            continue
                        put_off = _read(parsed.source, said, row.span, due)
                        if put_off is not None:
                            yield put_off


def _original(entry: TaskEntry) -> Iterator[Span]:
    """The clauses of a task that tell what its limit was first: 原时限2024年12月31日."""
    for stretch in entry.task.stretches:
        for one in _clauses(entry.document, stretch):
            if _FIRST.search(one.quote) and "原" in one.quote:
                yield one


def _noted(library: Library, entry: TaskEntry) -> Iterator[Span]:
    """What notes elsewhere tell of a task by its number: 第5项已申请延期至9月30日."""
    if not entry.task.number:
        return
    numbered = re.compile(rf"第\s*{re.escape(entry.task.number)}\s*[项号条]")
    for sentence in library[entry.document.path].sentences:
        if numbered.search(sentence.quote) and not entry.task.span.covers(sentence):
            yield from (
                one for one in _clauses(entry.document, sentence) if _LATER.search(one.quote)
            )


def _clauses(source: SourceDocument, stretch: Span) -> Iterator[Span]:
    for match in _CLAUSE.finditer(stretch.quote):
        yield source.span(stretch.start + match.start(), stretch.start + match.end())


def _read(source: SourceDocument, said: Span, limit: Span, due: dt.date) -> _PutOff | None:
    """The two days of a clause, or its one and the limit itself; None where they are no delay."""
    year = due.year
    before, after = _FIRST.search(said.quote), _LATER.search(said.quote)
    first = day_told(before["day"], year) if before else due
    later = day_told(after["day"], year) if after else due
    if first is None or later is None or first >= later:
        return None
    beside = () if before and after else (limit,)
    return _PutOff(source, said, beside, first, later)
