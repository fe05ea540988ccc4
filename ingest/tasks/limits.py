"""The limit of a task where no field has it: in the bracket of its heading, on a line of its own, in a heading above.

1.2 民间河长招募（4月底前完成）, ——4月25日前完成, A类：立行立改类（4月底前办结）.
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.anchor import Anchor
from ingest.brackets import closing_bracket, trim
from ingest.deadlines import find_deadlines
from ingest.outline import Node
from ingest.records import Deadline

# What Markdown and word processors put before the lines of a list.
BULLETS = "-—–*•·●"
_LONGEST_LINE = 24


def own_limit(text: str, node: Node, anchor: Anchor) -> Deadline | None:
    """The limit in the bracket behind the words of a section's heading, or on a line of its own below it."""
    return _of_heading(text, node, anchor) or next(_of_lines(text, node, anchor), None)


def limit_above(text: str, node: Node, anchor: Anchor) -> Deadline | None:
    """The limit that the nearest heading above sets for all that stands below it."""
    above = node.parent
    while above is not None and above.parent is not None:
        if limit := _of_heading(text, above, anchor):
            return limit
        above = above.parent
    return None


def _of_heading(text: str, node: Node, anchor: Anchor) -> Deadline | None:
    bracket = closing_bracket(text, node.start, node.heading_end)
    if bracket is None:
        return None
    limits = find_deadlines(text, bracket[0] + 1, bracket[1], anchor)
    return limits[0] if len(limits) == 1 else None


def _of_lines(text: str, node: Node, anchor: Anchor) -> Iterator[Deadline]:
    for block in node.blocks[1:]:
        start, end = trim(text, block.start, block.end, BULLETS + "。；;")
        if end - start <= _LONGEST_LINE:
            found = find_deadlines(text, start, end, anchor)
            yield from (one for one in found if one.phrase.start == start)
