"""Tables of scanned pages: their rules are found in the picture, and recognised lines are put into the cells between.

Only tables with printed rules, as task lists have them; without rules the columns would be guessed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ingest.files.layout import Line, Page, TableBox
from ingest.files.ruled import Character, grid_of, holds_data, is_inside

if TYPE_CHECKING:
    from pdfplumber.table import Table

Picture = NDArray[np.uint8]
Box = tuple[float, float, float, float]

_SHORTEST_RULE = 0.02  # of the page's longer side; strokes of characters are shorter
_DARK_BELOW = 0.75  # of the paper's brightness
_THICKEST = 0.012  # of the longer side; what is thicker is a picture, or a page scanned askew
_SNAP = 0.004
_RULE, _MARGIN = 3, 30  # in pixels: what is cut off beside a rule, and the white around a cell
_OVERLAP = 0.6  # of a character's height that a line may reach over a rule


def with_tables(page: Page, picture: Picture, recognise: Callable[[Picture], list[Line]]) -> Page:
    """The page with its ruled tables taken together, all in pixels of `picture`.

    A line that was recognised across a rule is read again cell by cell with `recognise`.
    """
    tables = [table for table in _tables(picture) if holds_data(table)]
    found, lines = [], list(page.lines)
    number_of_page = page.lines[0].page if page.lines else 0
    for number, table in enumerate(tables, 1):
        inside = [line for line in lines if is_inside(_character(line), table.bbox)]
        if not inside:
            continue
        lines = [line for line in lines if line not in inside]
        words = _words(table, inside, picture, recognise)
        grid = grid_of(table, words, f"第{number_of_page + 1}页表{number}", number_of_page)
        found.append(TableBox(*table.bbox, number_of_page, grid))
    return Page(page.width, page.height, tuple(lines), tuple(found))


def _tables(picture: Picture) -> list[Table]:
    from pdfplumber import table as plumber

    longer = max(picture.shape[:2])
    snap = max(3.0, _SNAP * longer)
    edges = plumber.merge_edges(_rules(picture), snap, snap, snap, snap)
    crossings = plumber.edges_to_intersections(edges, snap, snap)
    groups = plumber.cells_to_tables(plumber.intersections_to_cells(crossings))
    # Of its page a table needs nothing but for reading characters.
    return [plumber.Table(None, cells) for cells in groups]  # type: ignore[arg-type]


def _rules(picture: Picture) -> list[dict[str, Any]]:
    """Printed rules as pdfplumber's edges: what stays of the dark after opening it with a long thin element."""
    import cv2

    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY) if picture.ndim == 3 else picture
    paper = float(np.percentile(grey, 90))
    dark = (grey < _DARK_BELOW * paper).astype(np.uint8)
    longer = max(grey.shape)
    length, thickest = max(20, int(_SHORTEST_RULE * longer)), max(6, int(_THICKEST * longer))
    rules = []
    for orientation, element in (("h", (length, 1)), ("v", (1, length))):
        kept = cv2.morphologyEx(
            dark, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, element)
        )
        _, _, boxes, _ = cv2.connectedComponentsWithStats(kept, connectivity=8)
        for left, top, width, height, _ in boxes[1:].tolist():  # the first is the paper
            thick = height if orientation == "h" else width
            if thick <= thickest:
                rules.append(_edge(orientation, left, top, width, height))
    return rules


def _edge(orientation: str, left: int, top: int, width: int, height: int) -> dict[str, Any]:
    x, y = left + width / 2, top + height / 2
    if orientation == "h":
        box = {"x0": left, "x1": left + width, "top": y, "bottom": y}
    else:
        box = {"x0": x, "x1": x, "top": top, "bottom": top + height}
    size = {"width": box["x1"] - box["x0"], "height": box["bottom"] - box["top"]}
    return {**box, **size, "orientation": orientation, "object_type": "line"}


def _words(
    table: Table,
    lines: Sequence[Line],
    picture: Picture,
    recognise: Callable[[Picture], list[Line]],
) -> list[Character]:
    """The lines of a table, those that reach over a rule read again in the cells they touch."""
    whole = [line for line in lines if not _reaches_over(line, table)]
    torn = [line for line in lines if line not in whole]
    touched = [cell for cell in table.cells if any(_touches(line, cell) for line in torn)]
    words = [
        _character(line)
        for line in whole
        if not any(is_inside(_character(line), cell) for cell in touched)
    ]
    return words + (_read_again(touched, picture, recognise) if touched else [])


def _read_again(
    cells: Sequence[Box], picture: Picture, recognise: Callable[[Picture], list[Line]]
) -> list[Character]:
    """The words of some cells, each taken out of its rules; one below the other, so that one look is enough."""
    parts = [
        picture[int(top) + _RULE : int(bottom) - _RULE, int(x0) + _RULE : int(x1) - _RULE]
        for x0, top, x1, bottom in cells
    ]
    height = sum(part.shape[0] + _MARGIN for part in parts) + _MARGIN
    width = max(part.shape[1] for part in parts) + 2 * _MARGIN
    sheet = np.full((height, width, *picture.shape[2:]), 255, np.uint8)
    tops, top = [], _MARGIN
    for part in parts:
        sheet[top : top + part.shape[0], _MARGIN : _MARGIN + part.shape[1]] = part
        tops.append(top)
        top += part.shape[0] + _MARGIN
    words = []
    for line in recognise(sheet):
        index = max(bisect_right(tops, (line.top + line.bottom) / 2) - 1, 0)
        x = cells[index][0] + _RULE - _MARGIN
        y = cells[index][1] + _RULE - tops[index]
        words.append({**_character(line), **_moved(line, x, y)})
    return words


def _reaches_over(line: Line, table: Table) -> bool:
    cell = next((one for one in table.cells if is_inside(_character(line), one)), None)
    free = _OVERLAP * line.size
    return cell is not None and (line.x0 < cell[0] - free or line.x1 > cell[2] + free)


def _touches(line: Line, cell: Box) -> bool:
    middle = (line.top + line.bottom) / 2
    return cell[1] <= middle <= cell[3] and line.x0 < cell[2] and line.x1 > cell[0]


def _moved(line: Line, x: float, y: float) -> dict[str, float]:
    return {
        "x0": line.x0 + x,
        "x1": line.x1 + x,
        "top": line.top + y,
        "bottom": line.bottom + y,
    }


def _character(line: Line) -> Character:
    return {
        "text": line.text,
        "x0": line.x0,
        "x1": line.x1,
        "top": line.top,
        "bottom": line.bottom,
        "confidence": line.confidence,
    }
