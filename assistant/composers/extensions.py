"""Limits that were put off later: 经市整改办批准，完成时限延至2026年8月底."""

from __future__ import annotations

import re

from assistant.composers.wording import cite, flat, heading_span, numbers_in, task_name
from assistant.draft import Statement
from assistant.ledger import TaskEntry
from assistant.library import Library
from ingest.records import SourceDocument, Span, Task
from prompts import phrase

_PUT_OFF = (
    r"(?:(?:延长|延期|延迟|延后|顺延|推迟|推后|宽限|放宽|展期|延)(?:到|至)|(?:时限|期限|时间|日期)[^，,。；;\n]{0,4}(?:调整|变更)(?:到|至|为))"
    r"\s*(?:20\d\d\s*年)?[^，,。；;\n|]{0,2}\d{1,2}\s*(?:年|月)"
)
_CLAUSE = rf"[^。；;\n|\t]*{_PUT_OFF}[^。；;\n|\t]*"
_INSIDE = re.compile(_CLAUSE)


def extensions(library: Library, entry: TaskEntry) -> list[Statement]:
    """What the document says of a task's limit having been put off, in the task or by its number in a note."""
    name = task_name(entry.task)
    return [
        Statement(
            phrase("limit_put_off", task=name, said=flat(span.quote)),
            cite(library, entry.document, heading_span(entry.document, entry.task), span),
            computed=numbers_in(name),
        )
        for span in _said(entry.document, entry.task)
    ]


def _said(source: SourceDocument, task: Task) -> list[Span]:
    limit = task.deadline.phrase if task.deadline is not None else None
    inside = [
        _bare(source, task.span.start + match.start(), task.span.start + match.end())
        for match in _INSIDE.finditer(task.span.quote)
    ]
    if not (task.row and task.number.isdigit()):
        return [one for one in inside if limit is None or not one.overlaps(limit)]
    by_number = re.compile(rf"[^。；;\n|\t]*(?:第|序号|编号)\s*{task.number}(?!\d)(?={_CLAUSE})")
    noted = [
        _bare(source, match.start(), _end(source, match.start()))
        for match in by_number.finditer(source.text)
        if not task.span.covers(source.span(*match.span()))
    ]
    return [*inside, *noted]


def _end(source: SourceDocument, start: int) -> int:
    match = _INSIDE.match(source.text, start)
    return match.end() if match is not None else start


def _bare(source: SourceDocument, start: int, end: int) -> Span:
    """A clause without the blanks and the label that it begins with: 注：…, 备注：…."""
    text = source.text[start:end]
    lead = re.match(r"\s*(?:(?:备?注|说明)\s*\d*\s*[:：])?\s*", text)
    return source.span(start + (lead.end() if lead else 0), start + len(text.rstrip()))
