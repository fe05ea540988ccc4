"""Tables between rules: the words of each cell, from characters of a PDF file or from recognised lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from ingest.files.grid import Cell, Grid
from ingest.files.layout import Line, spaced

if TYPE_CHECKING:
    from pdfplumber.table import Table

_GAP_OF_COLUMNS = 2.5  # in characters; closer words are on one line
_GAP_OF_WORDS = 0.2

# With `text` and its box, as pdfplumber has it; a recognised one is a whole line and has its `confidence`.
Character = dict[str, Any]


def lines_of(characters: Sequence[Character], page: int) -> Iterator[Line]:
    """Characters to lines; a wide gap parts two lines side by side."""
    rows: list[list[Character]] = []
    for one in sorted(characters, key=lambda c: (c["top"] + c["bottom"]) / 2):
        middle = (one["top"] + one["bottom"]) / 2
        if rows and rows[-1][0]["top"] <= middle <= rows[-1][0]["bottom"]:
            rows[-1].append(one)
        else:
            rows.append([one])
    for row in rows:
        yield from _split(sorted(row, key=lambda c: c["x0"]), page)


def _split(row: Sequence[Character], page: int) -> Iterator[Line]:
    size = median(one["bottom"] - one["top"] for one in row)
    parts: list[list[Character]] = []
    words, spaced_out = "", False
    for one in row:
        if one["text"].isspace():
            spaced_out = True
            continue
        gap = one["x0"] - parts[-1][-1]["x1"] if parts else 0.0
        if not parts or gap > _GAP_OF_COLUMNS * size:
            if parts and words:
                yield _line(parts[-1], words, size, page)
            parts.append([one])
            words, spaced_out = one["text"], False
            continue
        latin = one["text"].isascii() and words[-1].isascii()
        if gap > _GAP_OF_WORDS * size and (latin or spaced_out):
            words += " "
        spaced_out = False
        parts[-1].append(one)
        words += one["text"]
    if parts and words:
        yield _line(parts[-1], words, size, page)


def _line(characters: Sequence[Character], words: str, size: float, page: int) -> Line:
    return Line(
        x0=min(one["x0"] for one in characters),
        top=min(one["top"] for one in characters),
        x1=max(one["x1"] for one in characters),
        bottom=max(one["bottom"] for one in characters),
        page=page,
        text=words,
        size=size,
    )


def is_inside(one: Character, box: tuple[float, float, float, float]) -> bool:
    """Whether the middle of a character lies in a box."""
    x, y = (one["x0"] + one["x1"]) / 2, (one["top"] + one["bottom"]) / 2
    return _holds(box, x, y)


def holds_data(table: Table) -> bool:
    """Two rows and columns at least, or a row of several cells; frames around text are no tables."""
    return max(len(row.cells) for row in table.rows) >= (2 if len(table.rows) >= 2 else 3)


def grid_of(table: Table, characters: Sequence[Character], name: str, page: int) -> Grid:
    """The cells of a table; one that reaches over rows or columns is found again in each of them."""
    edges = sorted({round(x, 1) for cell in table.cells for x in (cell[0], cell[2])})
    columns = [(a + b) / 2 for a, b in pairwise(edges) if b - a > 1]
    inside = [one for one in characters if is_inside(one, table.bbox)]
    written: dict[tuple[float, float, float, float], Cell] = {}
    grid = []
    for number, row in enumerate(table.rows, 1):
        middle = _middle(row.cells)
        line: list[Cell] = []
        previous = None
        for column, x in enumerate(columns, 1):
            box = next((c for c in table.cells if _holds(c, x, middle)), None)
            if box is None:
                line.append(Cell(place=f"{name}第{number}行第{column}列", page=page))
            elif box == previous:
                first = written[box]
                line.append(replace(first, across=True))
            else:
                if box not in written:
                    own = [one for one in inside if is_inside(one, box)]
                    written[box] = Cell(
                        cell_text(own, box),
                        f"{name}第{number}行第{column}列",
                        page=page,
                        confidence=_confidence(own),
                    )
                line.append(written[box])
            previous = box
        grid.append(line)
    return grid


def _confidence(characters: Sequence[Character]) -> float | None:
    """How surely a cell's words were recognised; None where they were written."""
    weighed = [(one["confidence"], len(one["text"])) for one in characters if "confidence" in one]
    length = sum(weight for _, weight in weighed)
    return sum(sure * weight for sure, weight in weighed) / length if length else None


def _middle(cells: Sequence[tuple[float, float, float, float] | None]) -> float:
    """The height of a row: that of its lowest cell, the others may reach further down."""
    own = [cell for cell in cells if cell is not None]
    top = max(cell[1] for cell in own)
    return (top + min(cell[3] for cell in own)) / 2


def _holds(cell: tuple[float, float, float, float], x: float, y: float) -> bool:
    return cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]


def cell_text(characters: Sequence[Character], box: tuple[float, float, float, float]) -> str:
    """The words of a cell: a line that fills it goes on in the next, one that does not ends a paragraph."""
    lines = list(lines_of(characters, 0))
    if not lines:
        return ""
    # Punctuation may hang over the right edge, so the left one tells how wide the margins are.
    padding = max(0.0, min(line.x0 - box[0] for line in lines))
    text = ""
    for line, before in zip(lines, [None, *lines], strict=False):
        if before is None:
            text = line.text
            continue
        free = box[2] - box[0] - (before.x1 - before.x0) - 2 * padding
        text += spaced(before.text, line.text) if free < 1.2 * line.size else f"\n{line.text}"
    return text
