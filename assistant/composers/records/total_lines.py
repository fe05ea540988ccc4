"""The line below a ledger that sums it up (小计：14个，其中完成4个，整治中6个), set against its rows.

A note may sum it up as well: 本台账共列14项，其中状态为“已完成”的4项.

Rows are counted by their states as they are written, or by the column whose values the line counts (省督察6项，市级检查6项).
A value in other words (已整改5家) is counted with none, so it is told, since the author of the line may have meant it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.composers.wording import cite, flat
from assistant.draft import Block, Draft, Evidence, Statement, bullets, paragraph
from assistant.ledger import TaskEntry
from assistant.library import Library
from assistant.query import Query
from assistant.understanding.fields import asks_amount
from assistant.understanding.named_tables import table_named
from assistant.understanding.task_conditions import names_values
from assistant.vocabulary import asks
from ingest.records import ParsedDocument, Span, Task
from prompts import phrase
from vectorstore.folding import fold_query

# A line that names one state alone does not mean to share out all rows.
_FEWEST_STATES = 2
_COUNT = r"(\d{1,4})\s*(?:个|项|条|件|家|处|宗|起)"
_SUM = r"(?:合计|小计|共计|总计)\s*[:：]?"
_NOTE = r"(?:[^\n]{0,3}[:：])?(?:\d{1,2}[.．、])?\s*本(?:台[账帐]|清单|表)(?:共|合计|总计)(?:列入?|有|计|收录?)*"
_LINE = re.compile(rf"^[ \t\u3000]*(?:{_SUM}|{_NOTE})\s*{_COUNT}[^\n]*", re.MULTILINE)
_OF_STATE = re.compile(rf"([\u4e00-\u9fff]{{2,8}}?)[”\"」]?的?{_COUNT}")
_IN_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
_LEAD = re.compile(r"^(?:其中|含|包括)+")
_DONE_PREFIX = re.compile(r"^已")


@dataclass(frozen=True, slots=True)
class _TotalLine:
    """A line that sums up a table: how many rows it states, and how many of each state.

    `column` is the heading of the column whose values the line counts; empty for the states of the rows.
    """

    parsed: ParsedDocument
    span: Span
    rows: tuple[Task, ...]
    total: int
    states: tuple[tuple[str, int], ...]
    column: str = ""

    def cell(self, task: Task) -> Span | None:
        """What the line counts a row by."""
        return task.columns.get(self.column) if self.column else task.state

    def having(self, state: str) -> list[Task]:
        """The rows with a state or value as the line words it."""
        return [task for task in self.rows if _is_worded(self.cell(task), state)]


class TotalLineComposer:
    """Answers whether what is stated below a table agrees with its rows, counted one by one."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def draft(self, query: Query) -> Draft | None:
        """Each number of the line beside the rows that bear it out; None where no such line is asked about."""
        # What is asked in a unit of its own (七家一天排多少吨) is no number of rows.
        if not asks("operations", "total_line", query.text) or asks_amount(query.text):
            return None
        documents = [one for one in self._library.within(query.documents) if _total_lines(one)]
        if len(documents) != 1:
            return None
        table = table_named(query, self._library)
        found = [
            one
            for one in _total_lines(documents[0])
            if table is None or one.rows[0].caption == table.caption
        ]
        blocks = [block for one in found for block in self._worded(one)]
        return Draft(tuple(blocks)) if blocks else None

    def remark(self, query: Query, counted: int, entries: Sequence[TaskEntry]) -> list[Statement]:
        """That the line below a table states another number of what a list has just counted by its state."""
        captions = {one.task.caption for one in entries}
        narrowed = query.units or query.people or query.windows or query.overdue
        if len(captions) != 1 or narrowed or names_values(query, self._library):
            return []
        parsed = self._library[entries[0].document.path]
        return [
            Statement(text, cite(self._library, parsed.source, one.span), computed=(text,))
            for one in _total_lines(parsed)
            if one.rows[0].caption in captions
            for state, number in one.states
            if _is_named(state, one, query.text) and number != counted
            for text in [phrase("total_line_remark", state=state, number=number, count=counted)]
        ]

    def _worded(self, one: _TotalLine) -> list[Block]:
        source = one.parsed.source
        stated = [("", one.total, list(one.rows))]
        stated += [(state, number, one.having(state)) for state, number in one.states]
        agrees = all(number == len(rows) for _, number, rows in stated)
        text = phrase(
            "total_line_agrees" if agrees else "total_line_differs",
            title=source.title,
            line=flat(one.span.quote).rstrip("。"),
        )
        cited = cite(self._library, source, one.span)
        items = [self._item(one, *each) for each in stated]
        items += self._others(one)
        return [paragraph(Statement(text, cited, computed=(text,))), bullets(*items)]

    def _item(self, one: _TotalLine, state: str, number: int, rows: Sequence[Task]) -> Statement:
        verdict = phrase("same" if number == len(rows) else "not_same")
        text = phrase(
            "total_line_item",
            state=f"“{state}”" if state else "表中行数",
            number=number,
            count=len(rows),
            verdict=verdict,
            names=f"（{'、'.join(task.number for task in rows)}）" if state and rows else "",
        )
        return Statement(text, self._evidence(one, rows, state), computed=(text,))

    def _others(self, one: _TotalLine) -> list[Statement]:
        """The rows whose state is written in words that the line does not count."""
        known = {id(task) for state, _ in one.states for task in one.having(state)}
        rest = [task for task in one.rows if id(task) not in known]
        if not one.states or not rest or len(one.states) < _FEWEST_STATES:
            return []
        names = "、".join(
            f"{task.number}（{flat(cell.quote) if (cell := one.cell(task)) else '未填'}）"
            for task in rest
        )
        by = one.column or phrase("total_line_states")
        text = phrase("total_line_others", column=by, count=len(rest), names=names)
        return [Statement(text, self._evidence(one, rest, by), computed=(text,))]

    def _evidence(self, one: _TotalLine, rows: Sequence[Task], state: str) -> tuple[Evidence, ...]:
        spans = [one.span]
        if state:
            spans += [cell for task in rows if (cell := one.cell(task)) is not None]
        else:
            spans += [rows[0].title, rows[-1].title]
        return cite(self._library, one.parsed.source, *spans)


def _is_named(state: str, line: _TotalLine, text: str) -> bool:
    """Whether a question names a state, and by it no longer one of the line: 完成 of 未完成."""
    said = fold_query(state)
    longer = (fold_query(one) for one, _ in line.states)
    return re.search(rf"(?<![未没不]){re.escape(said)}", text) is not None and not any(
        said != one and said in one and one in text for one in longer
    )


def _total_lines(parsed: ParsedDocument) -> list[_TotalLine]:
    """The lines that sum up the tables of tasks, each by the rows above it."""
    source = parsed.source
    found = []
    for match in _LINE.finditer(source.text):
        above = [task for task in parsed.tasks if task.row and task.span.end <= match.start()]
        if not above:
            continue
        rows = tuple(task for task in above if task.caption == above[-1].caption)
        span = source.span(match.start(), match.end())
        states = tuple(
            (_LEAD.sub("", state[1]) or state[1], int(state[2]))
            for state in _OF_STATE.finditer(
                _without_brackets(match.group()), match.end(1) - match.start()
            )
        )
        total = int(match.group(1))
        by_state = _TotalLine(parsed, span, rows, total, states)
        heads = dict.fromkeys(head for task in rows for head in task.columns)
        lines = (by_state, *(replace(by_state, column=head) for head in heads))
        counting = max(lines, key=lambda one: sum(bool(one.having(state)) for state, _ in states))
        told = any(counting.having(state) for state, _ in states)
        found.append(counting if told else replace(by_state, states=()))
    return found


def _without_brackets(line: str) -> str:
    """A line with what stands in brackets blanked out: what is counted there is a part already."""
    return _IN_BRACKETS.sub(lambda match: " " * len(match.group()), line)


def _is_worded(cell: Span | None, state: str) -> bool:
    """Whether a cell is worded so, with 已 before it or without."""
    if cell is None:
        return False
    bare = flat(cell.quote).rstrip("。；;")
    return _DONE_PREFIX.sub("", bare) == _DONE_PREFIX.sub("", state)
