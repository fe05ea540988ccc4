"""A limit that was put off, told beside the one in its own column: 暂不销号，延期至2026年12月底, 由8月31日调整为11月30日."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.composers.wording import cite, flat, heading_span, task_name
from assistant.draft import Block, Statement, paragraph
from assistant.ledger import TaskEntry
from assistant.library import Library
from assistant.query import Field, Query
from ingest.records import Span, Task
from prompts import phrase

_CHANGED = re.compile(
    r"(?:延期|顺延|推迟|展期|延长|延|调整|变更|改)(?:整改|完成)?(?:时限|期限|时间)?(?:至|到|为)[^，,。；;]{0,16}?[月日底末年]"
)


class ChangedLimits:
    """Tells what the row of a list, and the text below the list, say of a later limit."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def blocks(self, query: Query, entry: TaskEntry, said: Sequence[Block]) -> list[Block]:
        """What is told of another limit, where the limit is asked for and the answer does not have it yet."""
        if Field.DEADLINE not in query.fields:
            return []
        known = {proof.span for block in said for one in block.statements for proof in one.evidence}
        return [
            paragraph(self._statement(entry, head, span))
            for head, span in _changed(entry.task)
            if span not in known
        ]

    def _statement(self, entry: TaskEntry, head: str, span: Span) -> Statement:
        name = task_name(entry.task)
        lead = f"{head}为：" if head else ""
        text = phrase("task_field", task=name, fields=f"{lead}{flat(span.quote).rstrip('。；;')}")
        heading = heading_span(entry.document, entry.task)
        evidence = cite(self._library, entry.document, heading, span)
        return Statement(text, evidence, computed=(name, lead))


def _changed(task: Task) -> Iterator[tuple[str, Span]]:
    """The cells of a row, under their headings, and the notes on it that tell of a changed limit."""
    limit = task.fields.get("deadline")
    for head, cell in task.columns.items():
        if cell != limit and _CHANGED.search(cell.quote):
            yield head, cell
    for note in task.beside:
        if "|" not in note.quote and _CHANGED.search(note.quote):
            yield "", note
