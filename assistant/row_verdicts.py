"""What a list of petitions says of whether a complaint is true: where it is not, nothing of the row stands without that."""

from __future__ import annotations

import re

from ingest.records import Span, Task

_DENIED = re.compile(r"^\s*(?:基本|经查|均|全部)?(?:不属实|不实|查无实据|无此事|子虚乌有)")


def denial(task: Task) -> Span | None:
    """The cell of a row that says that what was complained of is not so; None where none says that."""
    return next((cell for cell in task.columns.values() if _DENIED.match(cell.quote)), None)
