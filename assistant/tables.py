"""Tasks that are rows of a table, whose values stand in cells without a label beside them."""

from __future__ import annotations

from ingest.records import Task


def is_row(task: Task) -> bool:
    """Whether a task is a row of a table, Markdown's or with tabs between its cells."""
    return task.span.quote.startswith("|") or "\t" in task.span.quote
