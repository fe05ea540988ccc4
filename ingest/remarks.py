"""What the row of a list of tasks remarks beside its fields: 备注, 处理结果."""

from __future__ import annotations

import re

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


_NEXT = re.compile("下一?步|后续|后期|接下来|打算|拟采取")


def next_steps(task: Task) -> list[Span]:
    """The cells of a row that tell what is done next: 下一步安排, 后续措施; what is no field of it."""
    return [
        cell
        for head, cell in task.columns.items()
        if _NEXT.search(head)
        and cell not in task.fields.values()
        and cell.quote.strip("—-－/无 \n")
    ]
