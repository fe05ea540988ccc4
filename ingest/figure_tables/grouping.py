"""Lines that stand in columns: between strokes (| or ｜), tabs, or blanks, as tables are pasted into text.

Readers of Word, Excel, PDF and web pages write every table with strokes, so that all formats meet here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, product

from ingest.blocks import Block, is_table_rule
from ingest.brackets import trim
from ingest.figure_tables.cells import read_figure
from ingest.figure_tables.lined import lined_rows
from ingest.tab_rows import tab_cells

Cell = tuple[int, int]
Split = Callable[[str, Block, bool], tuple[Cell, ...]]

_STROKES = "|｜│┃"
_GAP = re.compile(r"[ \u3000\u00a0]{2,}|\t+|\u3000")
_BLANK = re.compile(r"\s+")
# 合  计, 市  州: a word of two or three characters set as wide as the others.
_SPREAD = re.compile(r"(?<!\S)[\u4e00-\u9fff](?:[ \u3000\u00a0]+[\u4e00-\u9fff]){1,2}(?!\S)")
_ROW_NUMBER = re.compile(r"\d{1,3}\s*[.．、]")
_LONGEST_SET_CELL = 30
# Of a table set with blanks, so that two lines of running words are none.
_FEWEST_COLUMNS, _FEWEST_LINES = 3, 3


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its cells, without the white space around them."""

    start: int
    end: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one table, and the place of its first and of the line after its last in the text's lines.

    `marked` tells that strokes or tabs stand between the cells, so that an empty one is seen. The rows of one that
    is `upright` are forms, whose headings stand beside the cells; the cells of one that is `lined` stand on lines of
    their own.
    """

    lines: tuple[Line, ...]
    first: int
    after: int
    marked: bool
    upright: bool = False
    lined: bool = False


def table_groups(text: str, lines: Sequence[Block]) -> Iterator[Group]:
    """Stretches of lines that are cut into columns alike."""
    index = 0
    while index < len(lines):
        group = _marked(text, lines, index) or _set(text, lines, index) or _lined(lines, index)
        if group is not None:
            yield group
        index = group.after if group else index + 1


def form_groups(text: str, lines: Sequence[Block], forms: Sequence[Block]) -> Iterator[Group]:
    """Forms with the same labels, in the order of the text, as the rows of one table each."""

    def labels(form: Block) -> tuple[str, ...]:
        return tuple(text[slice(*head)] for head in form.heads)

    for _, alike in groupby(forms, key=labels):
        rows = list(alike)
        heads = rows[0].heads
        below = bisect_left(lines, rows[-1].end, key=lambda line: line.start)
        header = Line(heads[0][0], heads[0][1], heads)
        cells = (Line(one.start, one.end, one.cells) for one in rows)
        yield Group((header, *cells), 0, below, marked=True, upright=True)


def _marked(text: str, lines: Sequence[Block], first: int) -> Group | None:
    """The lines from here on that have strokes, or tabs, between their cells."""
    split = _splitter(lines[first])
    if split is None:
        return None
    after = first
    # Where the first line has no stroke before its first cell, one at the beginning of a row follows an empty cell.
    framed = lines[first].text[0] in _STROKES
    rows: list[Line] = []
    while after < len(lines) and (_splitter(lines[after]) is split or is_table_rule(lines[after])):
        one = lines[after]
        row = Line(one.start, one.end, split(text, one, framed))
        if rows and _begins_another(text, rows, row):
            break
        if not is_table_rule(one):
            rows.append(row)
        after += 1
    return Group(tuple(rows), first, after, marked=True) if len(rows) > 1 else None


def _begins_another(text: str, rows: Sequence[Line], row: Line) -> bool:
    """Whether a row behind an empty line is the head of another table: in more or fewer columns, and without figures."""
    empty = text[rows[-1].end : row.start].count("\n") > 1
    return (
        empty
        and len(row.cells) != len(rows[0].cells)
        and not any(read_figure(text[slice(*cell)]) for cell in row.cells)
    )


def _splitter(line: Block) -> Split | None:
    if any(stroke in line.text for stroke in _STROKES):
        return _by_strokes
    return _by_tabs if "\t" in line.text.strip() else None


def _set(text: str, lines: Sequence[Block], first: int) -> Group | None:
    """The lines from here on that blanks cut into as many cells; wide gaps count before single blanks."""
    for gap, spread in product((_GAP, _BLANK), (False, True)):
        columns = len(_by(gap, text, lines[first], spread=spread))
        if columns < _FEWEST_COLUMNS:
            continue
        rows: list[Line] = []
        for line in lines[first:]:
            cells = _set_cells(text, line, gap, columns, spread=spread and not rows)
            if _splitter(line) is not None or cells is None:
                break
            rows.append(Line(line.start, line.end, cells))
        if len(rows) >= _FEWEST_LINES:
            return Group(tuple(rows), first, first + len(rows), marked=False)
    return None


def _set_cells(
    text: str, line: Block, gap: re.Pattern[str], columns: int, *, spread: bool
) -> tuple[Cell, ...] | None:
    """A line's cells where it has one for each column; a long name may leave a single blank before the next cell.

    Words of headings may be `spread`, and the first of any row.
    """
    first = _SPREAD.match(text, line.start, line.end)
    for width, whole in product(dict.fromkeys((gap, _BLANK)), (False, True)):
        cells = _by(width, text, line, spread=spread and whole)
        if whole and not spread and first is not None:
            cells = (first.span(), *(one for one in cells if one[0] >= first.end()))
        if len(cells) == columns + 1 and _ROW_NUMBER.fullmatch(text, *cells[0]):
            # The number of a row has no heading of its own where it belongs to the name.
            cells = ((cells[0][0], cells[1][1]), *cells[2:])
        if len(cells) == columns and all(end - s <= _LONGEST_SET_CELL for s, end in cells):
            return cells
    return None


def _lined(lines: Sequence[Block], first: int) -> Group | None:
    """The lines from here on, or from below a title here, that are a cell each."""
    rows = lined_rows(lines, first)
    if not rows:
        return None
    begin = next(i for i in range(first, len(lines)) if lines[i] is rows[0][0])
    cells = [tuple((one.start, one.end) for one in row) for row in rows]
    found = tuple(Line(own[0][0], own[-1][1], own) for own in cells)
    return Group(found, begin, begin + len(rows) * len(rows[0]), marked=True, lined=True)


def _by_strokes(text: str, line: Block, framed: bool) -> tuple[Cell, ...]:
    """Cells between strokes; a framed line has no cell before its first stroke, nor behind one at its end."""
    cuts = [
        position
        for position in range(line.start, line.end)
        if text[position] in _STROKES and text[position - 1 : position] != "\\"
    ]
    framed = framed and bool(cuts) and cuts[0] == line.start
    bounds = cuts if framed else [line.start - 1, *cuts]
    if not framed or bounds[-1] != line.end - 1:
        bounds = [*bounds, line.end]
    return tuple(trim(text, begin + 1, end) for begin, end in pairwise(bounds))


def _by_tabs(text: str, line: Block, _: bool) -> tuple[Cell, ...]:
    return tuple(trim(text, *cell, '"') for cell in tab_cells(text, (line.start, line.end)))


def _by(gap: re.Pattern[str], text: str, line: Block, *, spread: bool = False) -> tuple[Cell, ...]:
    """Cells between gaps; none of these is within a word that is `spread`."""
    words = [one.span() for one in _SPREAD.finditer(text, line.start, line.end)] if spread else []
    cells, begin = [], line.start
    for match in gap.finditer(text, line.start, line.end):
        if any(start < match.start() < end for start, end in words):
            continue
        cells.append((begin, match.start()))
        begin = match.end()
    return tuple(trim(text, *cell) for cell in (*cells, (begin, line.end)))
