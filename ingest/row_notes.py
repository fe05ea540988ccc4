"""What a document tells of the rows of its list below it, each paragraph under the code of its row: ZD-05：…"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from ingest.outline import Node
from ingest.records import Span, Task

# 3 numbers a paragraph of its own as well, ZD-03 only a row.
_CODE = re.compile(r"[A-Z]{1,4}[-－—–]?\d{1,3}")


def with_notes_below(tasks: tuple[Task, ...], root: Node, text: str) -> tuple[Task, ...]:
    """Rows with the paragraphs under their codes as what goes on with them."""
    counted = Counter(task.number for task in tasks if task.row)
    codes = {code for code, times in counted.items() if times == 1 and _CODE.fullmatch(code)}
    notes: dict[str, list[Span]] = {code: [] for code in codes}
    for node in root.walk() if codes else ():
        number = node.marker.number if node.marker else ""
        if number in notes:
            notes[number].append(Span(node.start, node.end, text[node.start : node.end]))
    return tuple(
        replace(task, beside=(*task.beside, *notes[task.number]))
        if notes.get(task.number)
        else task
        for task in tasks
    )
