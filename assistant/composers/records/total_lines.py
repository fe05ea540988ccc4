"""What a text says of the numbers of its tasks (共16项，已完成7项), set against the tasks themselves, counted one by one.

Nothing is chosen between the two. A state in other words (已整改5家) is counted with none, so it is told, since the
author of the line may have meant it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.composers.records.totals_said import Part, TotalLine, total_lines
from assistant.composers.wording import cite, flat
from assistant.draft import Block, Draft, Evidence, Statement, bullets, paragraph
from assistant.ledger import TaskEntry
from assistant.library import Library
from assistant.query import Query
from assistant.understanding.fields import asks_amount
from assistant.understanding.named_tables import table_named
from assistant.vocabulary import asks
from ingest.records import Task
from prompts import phrase

# A line that names one state alone does not mean to share out all rows.
_FEWEST_STATES = 2
# A state that is told in sentences may be said in other words than those of the line.
_LONGEST_STATE = 12


class TotalLineComposer:
    """Answers whether what is stated of tasks agrees with them, counted one by one."""

    def __init__(self, library: Library) -> None:
        # Every list is set against them, and reading them takes longer than the list.
        self._told = lru_cache(maxsize=None)(self._read)
        self._library = library

    def draft(self, query: Query) -> Draft | None:
        """Each number of the line beside the rows that bear it out; None where no such line is asked about."""
        # What is asked in a unit of its own (七家一天排多少吨) is no number of rows.
        if not asks("operations", "total_line", query.text) or asks_amount(query.text):
            return None
        lines = self._lines(query)
        table = table_named(query, self._library)
        found = [one for one in lines if table is None or one.tasks[0].caption == table.caption]
        # What only repeats the whole tells nothing beside a line that shares it out.
        found = [one for one in found if one.parts] or found[:1]
        blocks = [block for one in found for block in self._worded(one)]
        return Draft(tuple(blocks)) if blocks else None

    def _lines(self, query: Query) -> list[TotalLine]:
        """The lines of the one document that has any; of several the one where they stand by the list itself."""
        lines = [self._told(one.source.path) for one in self._library.within(query.documents)]
        found = [own for own in lines if own]
        told = [own for own in found if any(one.told_of for one in own)]
        if len(found) != 1:
            found = told
        return found[0] if len(found) == 1 else []

    def remark(self, entries: Sequence[TaskEntry]) -> list[Statement]:
        """That a line states another number of the very tasks that a list has just counted by state or limit."""
        lists = {(one.document.path, one.task.caption) for one in entries}
        if len(lists) != 1:
            return []
        path = entries[0].document.path
        listed = {one.task.id for one in entries}
        return [
            self._remark(one, part) for one, part in self._differing(path) if part.may_be(listed)
        ]

    def differing(self, path: str, *, by_day: bool) -> list[Statement]:
        """What lines state otherwise of the tasks of a document, by their limits or by their states."""
        return [
            self._remark(one, part) for one, part in self._differing(path) if part.by_day is by_day
        ]

    def _read(self, path: str) -> list[TotalLine]:
        return total_lines(self._library[path])

    def _differing(self, path: str) -> Iterator[tuple[TotalLine, Part]]:
        """The parts of lines whose number is not that of the tasks, as far as both plainly are of the same."""
        for one in self._told(path):
            if one.told_of or one.total == len(one.tasks):
                for part in one.parts:
                    if part.tasks and not part.holds and _is_told_exactly(one, part):
                        yield one, part

    def _remark(self, line: TotalLine, part: Part) -> Statement:
        text = phrase(
            "total_line_remark",
            where=_where(line),
            how=_how(line),
            state=part.name,
            number=part.number,
            count=len(part.tasks),
            also=_also(part),
        )
        evidence = cite(self._library, line.parsed.source, line.span)
        return Statement(text, evidence, computed=(text,))

    def _worded(self, one: TotalLine) -> list[Block]:
        holds = one.total == len(one.tasks) and all(part.holds for part in one.parts)
        known = "total_line_agrees" if all(map(_is_exact, one.parts)) else "total_line_open"
        text = phrase(
            known if holds else "total_line_differs",
            title=one.parsed.source.title,
            where=_where(one),
            how=_how(one),
            line=flat(one.span.quote).rstrip("。；;"),
        )
        cited = cite(self._library, one.parsed.source, one.span)
        items = [self._whole(one), *(self._item(one, part) for part in one.parts)]
        items += self._others(one)
        return [paragraph(Statement(text, cited, computed=(text,))), bullets(*items)]

    def _whole(self, one: TotalLine) -> Statement:
        text = phrase(
            "total_line_item",
            state="表中行数" if _are_rows(one) else "任务（问题）",
            how=_how(one),
            number=one.total,
            count=len(one.tasks),
            verdict=phrase("same" if one.total == len(one.tasks) else "not_same"),
            names="",
            also="",
        )
        spans = (one.span, one.tasks[0].title, one.tasks[-1].title)
        return Statement(text, cite(self._library, one.parsed.source, *spans), computed=(text,))

    def _item(self, one: TotalLine, part: Part) -> Statement:
        text = phrase(
            "total_line_item",
            state=f"“{part.name}”",
            how=_how(one),
            number=part.number,
            count=len(part.tasks),
            verdict=_verdict(part),
            names=_numbers(part.tasks),
            also=_also(part),
        )
        return Statement(text, self._evidence(one, part, part.counted), computed=(text,))

    def _others(self, one: TotalLine) -> list[Statement]:
        """The rows whose state is written in words that the line does not count."""
        states = [part for part in one.parts if not part.by_day]
        known = {task.id for part in states for task in part.counted}
        rest = [task for task in one.tasks if task.id not in known]
        if not rest or len(states) < _FEWEST_STATES:
            return []
        part = next(part for part in states if part.column == one.column)
        told = [(task, part.told_by(TaskEntry(one.parsed.source, task))) for task in rest]
        names = "、".join(
            f"{task.number}（{flat(cell.quote) if cell else '未填'}）" for task, cell in told
        )
        by = one.column or phrase("total_line_states")
        text = phrase("total_line_others", column=by, count=len(rest), names=names)
        return [Statement(text, self._evidence(one, part, rest), computed=(text,))]

    def _evidence(self, one: TotalLine, part: Part, tasks: Sequence[Task]) -> tuple[Evidence, ...]:
        source = one.parsed.source
        told = (part.told_by(TaskEntry(source, task)) or task.title for task in tasks)
        return cite(self._library, source, one.span, *told)


def _where(line: TotalLine) -> str:
    return phrase("total_line_below" if line.is_below else "total_line_in_text")


def _is_exact(part: Part) -> bool:
    """Whether a number is that of all or of none that it may count in, and of no such of them as nobody can tell."""
    return part.number in (len(part.tasks), len(part.counted))


def _verdict(part: Part) -> str:
    if not part.holds:
        return phrase("not_same")
    if _is_exact(part):
        return phrase("same")
    return phrase("same_perhaps" if part.number > len(part.tasks) else "same_but_for_at_once")


def _are_rows(line: TotalLine) -> bool:
    return all(one.row for one in line.tasks)


def _how(line: TotalLine) -> str:
    return phrase("by_rows" if _are_rows(line) else "by_tasks")


def _also(part: Part) -> str:
    """The tasks that the line may count in as well."""
    if not part.perhaps:
        return ""
    return phrase(
        "total_line_also",
        what=phrase("total_line_undated" if part.by_day else "total_line_two_states"),
        count=len(part.perhaps),
        names=_numbers(part.perhaps),
        whole=len(part.counted),
    )


def _is_told_exactly(line: TotalLine, part: Part) -> bool:
    """Whether all tasks say in a word or by a day what they are counted by, so that none is counted in other words."""
    if part.by_day:
        return True
    cells = (part.told_by(TaskEntry(line.parsed.source, task)) for task in line.tasks)
    return all(cell is not None and len(cell.quote) <= _LONGEST_STATE for cell in cells)


def _numbers(tasks: Sequence[Task]) -> str:
    """The tasks by their numbers, else by their titles."""
    names = "、".join(task.number or flat(task.title.quote) for task in tasks)
    return f"（{names}）" if names else ""
