"""Tables of figures set with blanks between the cells, or with a line for each: their rows are paragraphs of their own.

Without that the rows would be numbered paragraphs where they begin with a number, and each cell one where it is a line.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.blocks import Block, split_lines
from ingest.figure_tables.grouping import Group, table_groups
from ingest.line_tables import with_rows
from ingest.markers import find_marker


def with_set_tables(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a text with each row of such a table as one of one cell, so that it is quoted as it stands."""
    rows = [
        Block(line.start, line.end, text[line.start : line.end], ((line.start, line.end),))
        for group in table_groups(text, split_lines(text))
        if group.lined or (not group.marked and _looks_numbered(text, group))
        for line in group.lines
    ]
    return with_rows(text, blocks, rows) if rows else list(blocks)


def _looks_numbered(text: str, group: Group) -> bool:
    return any(find_marker(text[one.start : one.end]) for one in group.lines)
