"""What the row of a list of tasks remarks beside its fields: 备注, 处理结果."""

from __future__ import annotations

from ingest.records import Span, Task
from ingest.vocabulary import load_vocabulary


def progress_told(task: Task) -> list[Span]:
    """All that a row tells of its progress: by its status, its state and its remarks."""
    return [*task.reported, *remarks(task)]


def remarks(task: Task) -> list[Span]:
    """The cells of a row in columns of remarks and results."""
    heads = tuple(load_vocabulary("tables")["remark_heads"])
    fields = task.fields.values()
    return [
        span
        for head, span in task.columns.items()
        if head.endswith(heads) and not any(span.overlaps(one) for one in fields)
    ]
