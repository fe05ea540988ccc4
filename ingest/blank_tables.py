"""Tables of tasks set with blanks between the cells: 序号　　问题　　责任单位　　整改期限."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.blocks import Block, is_table_row
from ingest.brackets import trim
from ingest.line_cells import row_key
from ingest.line_tables import with_rows
from ingest.tables import Cell, column_roles

_BETWEEN = re.compile(r"[ \u3000]{2,}|\t")
# Where many columns are set with one blank between, rows begin with numbers.
_ONE_BLANK = re.compile(r"[ \u3000\t]+")
_FEWEST_COLUMNS, _FEWEST_ROWS, _FEWEST_NARROW = 3, 2, 5


def with_blank_tables(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a text with the lines of each such table as rows, which know their cells."""
    lines = [one for block in blocks for one in _lines_of(text, block)]
    rows = [_row(text, one, between) for table, between in _tables(text, lines) for one in table]
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


def _tables(text: str, lines: Sequence[Cell]) -> Iterator[tuple[Sequence[Cell], re.Pattern[str]]]:
    """The lines that head the columns of a list of tasks, each with those below it that have as many cells."""
    index = 0
    while index < len(lines):
        below = index + 1
        for between, fewest in ((_BETWEEN, _FEWEST_COLUMNS), (_ONE_BLANK, _FEWEST_NARROW)):
            below = _end(text, lines, index, between, fewest)
            if below - index > _FEWEST_ROWS:
                yield lines[index:below], between
                break
        index = max(below, index + 1)


def _end(
    text: str, lines: Sequence[Cell], first: int, between: re.Pattern[str], fewest: int
) -> int:
    """Where the table ends that a line heads; there where it heads none."""
    heads = [text[start:end] for start, end in _cells(text, lines[first], between)]
    roles = column_roles(heads) if len(heads) >= fewest else ()
    numbered = between is _ONE_BLANK
    wider = numbered and _BETWEEN.search(text, *lines[first]) is not None
    if not roles or wider or (numbered and roles[0] != "number"):
        return first
    below = first + 1
    while below < len(lines):
        cells = _cells(text, lines[below], between)
        if len(cells) != len(heads) or (numbered and row_key(text[slice(*cells[0])]) is None):
            break
        below += 1
    return below


def _cells(text: str, line: Cell, between: re.Pattern[str]) -> list[Cell]:
    cells: list[Cell] = []
    begin, end = line
    for gap in between.finditer(text, begin, end):
        cells.append((begin, gap.start()))
        begin = gap.end()
    return [*cells, (begin, end)]


def _row(text: str, line: Cell, between: re.Pattern[str]) -> Block:
    return Block(*line, text[slice(*line)], tuple(_cells(text, line, between)))
