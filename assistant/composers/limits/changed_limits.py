"""A limit that was put off, told beside the original one: 时限延至2025年8月31日, 由8月31日调整为11月30日."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.composers.wording import cite, flat, heading_span, numbers_in, task_name
from assistant.draft import Block, Draft, Statement, paragraph
from assistant.ledger import TaskEntry
from assistant.library import Library
from assistant.query import Field, Query
from ingest.records import SourceDocument, Span, Task
from prompts import phrase

# What may be put off is a time; what may be adjusted or altered is anything.
_PUT_OFF = r"(?:延[长期迟后]?|顺延|推[迟后]|宽限|放宽|展期)(?:整改|完成)?(?:时限|期限|时间)?"
_ALTERED = r"(?:调整|变更|(?<!整)改)"
_DAY = r"(?:20\d\d\s*年|\d{1,2}\s*[月日]|[年月季]度?[底末])"
_CHANGED = re.compile(rf"(?:{_PUT_OFF}|{_ALTERED})(?:至|到|为)[^，,。；;\n|\t]{{0,8}}?{_DAY}")
_CLAUSE = re.compile(r"[^。；;\n|\t]+")
# 注：…, 备注：…, 2.第5项…
_LABEL = re.compile(
    r"\s*(?:(?:备?注|说明)\s*\d*\s*[:：])?\s*(?:\d{1,2}\s*[.．、](?!\d)|[(（]\d{1,2}[)）])?\s*"
)


class ChangedLimits:
    """Tells what a task, the row of a list and the text below that list say of a later limit."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def told_in(self, query: Query, tasks: Sequence[TaskEntry], draft: Draft) -> Draft:
        """An answer on some tasks with what is told of other limits, where a limit is asked for."""
        if Field.DEADLINE not in query.fields:
            return draft
        blocks = list(draft.blocks)
        for entry in tasks:
            behind = _behind_limit(blocks, entry.task)
            blocks[behind:behind] = self._untold(entry, blocks)
        return replace(draft, blocks=tuple(blocks))

    def _untold(self, entry: TaskEntry, answer: Sequence[Block]) -> list[Block]:
        """What is told of another limit, and not by the answer yet."""
        told = [
            text for block in answer for one in block.statements for text in (one.text, *one.cells)
        ]
        return [
            paragraph(self._statement(entry, span))
            for span in changes_of(entry.document, entry.task)
            if not any(flat(span.quote) in text for text in told)
        ]

    def _statement(self, entry: TaskEntry, span: Span) -> Statement:
        name = task_name(entry.task)
        heading = heading_span(entry.document, entry.task)
        return Statement(
            phrase("limit_put_off", task=name, said=flat(span.quote)),
            cite(self._library, entry.document, heading, span),
            computed=numbers_in(name),
        )


def _behind_limit(blocks: Sequence[Block], task: Task) -> int:
    """The place behind the limit of a task and what that means today; the end where no block cites the limit."""
    limit = task.deadline.phrase if task.deadline is not None else None
    citing = [
        limit is not None
        and any(one.span.covers(limit) for said in block.statements for one in said.evidence)
        for block in blocks
    ]
    if True not in citing:
        return len(blocks)
    first = citing.index(True)
    return next((i for i in range(first, len(blocks)) if not citing[i]), len(blocks))


def changes_of(source: SourceDocument, task: Task) -> Iterator[Span]:
    """The clauses that tell of another day than the limit itself."""
    limit = task.deadline.phrase if task.deadline is not None else None
    # A cell may be merged with those of the rows above.
    merged = (cell for cell in task.columns.values() if not task.span.covers(cell))
    for stretch in (*task.stretches, *merged):
        for clause in _CLAUSE.finditer(stretch.quote):
            start = stretch.start + clause.start()
            change = _CHANGED.search(clause.group())
            if change is None:
                continue
            said = source.span(start + change.start(), start + change.end())
            if limit is None or not said.overlaps(limit):
                yield _bare(source, start, stretch.start + clause.end())


def _bare(source: SourceDocument, start: int, end: int) -> Span:
    """A clause without the label that it begins with and the blanks around it."""
    text = source.text[start:end]
    label = _LABEL.match(text)
    return source.span(start + (label.end() if label else 0), start + len(text.rstrip()))
