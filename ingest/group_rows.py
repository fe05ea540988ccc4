"""Headings between the rows of a pasted table, which stand over the rows below them: 一、大气污染防治.

Such a line is a row of one cell. Taken for a heading of the text it would part the rows from the header.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from ingest.blocks import Block, has_strokes, is_table_row
from ingest.line_cells import heads_group
from ingest.tables import column_roles

_MOST_ROWS_ABOVE = 4  # the header
_STROKE = re.compile(r"(?<!\\)\|")


def with_group_rows(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with each such heading as a row of the table that goes on below it."""
    found: list[Block] = []
    run: list[Block] = []  # the rows of the table so far
    for block, below in zip_longest(blocks, blocks[1:]):
        if _is_pasted(block):
            run.append(block)
        elif below is not None and heads_group(block.text) and _go_on(run, below):
            width = len(_words(below))
            cells = ((block.start, block.end), *[(block.end, block.end)] * (width - 1))
            found.append(Block(block.start, block.end, block.text, cells))
            continue
        else:
            run = []
        found.append(block)
    return found


def _is_pasted(block: Block) -> bool:
    return is_table_row(block) and not block.cells and not block.text.startswith("|")


def _go_on(rows: Sequence[Block], below: Block) -> bool:
    """Whether a row goes on with a table of tasks, and is no header of another."""
    if not rows or not _is_pasted(below) or len(_words(rows[-1])) != len(_words(below)):
        return False
    headed = any(column_roles(_words(row)) for row in rows[:_MOST_ROWS_ABOVE])
    return headed and not column_roles(_words(below))


def _words(row: Block) -> list[str]:
    """What the cells of a pasted row hold."""
    parts = _STROKE.split(row.text) if has_strokes(row.text) else row.text.split("\t")
    return [one.strip() for one in parts]
