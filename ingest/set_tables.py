"""Tables set with blanks between the cells: their rows are no numbered paragraphs, though they begin with a number."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.blocks import Block, split_lines
from ingest.figure_tables.grouping import table_groups
from ingest.line_tables import with_rows
from ingest.markers import find_marker


def with_set_tables(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a text with each line of such a table as a row of one cell, so that it is quoted as it stands."""
    rows = [
        Block(line.start, line.end, text[line.start : line.end], ((line.start, line.end),))
        for group in table_groups(text, split_lines(text))
        if not group.marked and any(find_marker(text[one.start : one.end]) for one in group.lines)
        for line in group.lines
    ]
    return with_rows(text, blocks, rows) if rows else list(blocks)
