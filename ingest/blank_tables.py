"""Tables of tasks set with blanks between the cells: 序号　　问题　　责任单位　　整改期限."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.blocks import Block, is_table_row
from ingest.brackets import trim
from ingest.line_tables import with_rows
from ingest.tables import Cell, column_roles

_BETWEEN = re.compile(r"[ \u3000]{2,}|\t")
_FEWEST_COLUMNS, _FEWEST_ROWS = 3, 2


def with_blank_tables(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a text with the lines of each such table as rows, which know their cells."""
    lines = [one for block in blocks for one in _lines_of(text, block)]
    rows = [_row(text, one) for table in _tables(text, lines) for one in table]
    return with_rows(text, blocks, rows) if rows else list(blocks)


def _lines_of(text: str, block: Block) -> Iterator[Cell]:
    begin = block.start
    is_row = (
        is_table_row(block) and len(block.cells) != 1
    )  # one cell: kept together for its figures
    for written in [] if is_row else block.text.split("\n"):
        start, end = trim(text, begin, begin + len(written))
        begin += len(written) + 1
        if start < end:
            yield start, end


def _tables(text: str, lines: Sequence[Cell]) -> Iterator[list[Cell]]:
    """The lines that head the columns of a list of tasks, each with those below it that have as many cells."""
    index = 0
    while index < len(lines):
        heads = [text[start:end] for start, end in _cells(text, lines[index])]
        below = index + 1
        if len(heads) >= _FEWEST_COLUMNS and column_roles(heads):
            while below < len(lines) and len(_cells(text, lines[below])) == len(heads):
                below += 1
            if below - index > _FEWEST_ROWS:
                yield list(lines[index:below])
        index = below


def _cells(text: str, line: Cell) -> list[Cell]:
    cells: list[Cell] = []
    begin, end = line
    for gap in _BETWEEN.finditer(text, begin, end):
        cells.append((begin, gap.start()))
        begin = gap.end()
    return [*cells, (begin, end)]


def _row(text: str, line: Cell) -> Block:
    return Block(*line, text[slice(*line)], tuple(_cells(text, line)))
