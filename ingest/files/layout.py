"""From lines on pages to paragraphs: reading order, running heads, and which lines belong together.

Shared by PDF files and scans: both give lines with their boxes. Lengths are in points (1/72 inch) or pixels,
as long as one document uses one of them; `top` grows downwards.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, groupby

from ingest.files.extracted import Piece, TextBuilder
from ingest.files.grid import Cell, Grid, continues, is_header, words, write_table
from ingest.markers import find_marker, starts_with_label
from ingest.tables import column_roles

_PAGE_NUMBER = re.compile(
    r"[-—–－―·•\s]*(?:第\s*)?(?:\d{1,4}|[ivxlc]{1,6})\s*页?(?:\s*[,，/／]?\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–－―·•\s]*",
    re.IGNORECASE,
)
# Running heads and page numbers stand within this share of the page from its edges.
_EDGE = 0.12
_MOST_EDGE_LINES = 3
_REPEATED_SHARE = 0.4
_FREE = 1.0  # of a full line, in characters, beside the word that did not fit any more
_LEAST_FULL = 0.85  # of the width between even margins
_INDENT = 0.9  # in characters
_NARROWEST_COLUMN = 0.3  # of the text's width
# Opening marks with what they open, a word of letters or digits, closing marks with what they close.
_UNBROKEN = re.compile(
    r"[“‘《〈（(〔\[【「]*(?:[!-~]+|.)(?:[，。、；：！？》〉）〕】」…—]|[“”‘’]+.?|[,.;:!?)\]%]+[!-~]*)*"
)
_FINISHED = "。；;！!？?"


@dataclass(frozen=True, slots=True)
class Box:
    """Something on a page, `page` counted from 0."""

    x0: float
    top: float
    x1: float
    bottom: float
    page: int


@dataclass(frozen=True, slots=True)
class Line(Box):
    """A line of text: the height of its characters, and how surely it was recognised, if it was."""

    text: str
    size: float
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class TableBox(Box):
    grid: Grid


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page, in any order."""

    width: float
    height: float
    lines: tuple[Line, ...]
    tables: tuple[TableBox, ...] = ()


@dataclass(frozen=True, slots=True)
class _Placed:
    """A box in reading order with the left and right edge of the column it stands in."""

    box: Line | TableBox
    left: float
    right: float


def write_pages(builder: TextBuilder, pages: Sequence[Page]) -> None:
    """Add the text of the pages: paragraphs put together from lines, tables from their parts."""
    writer = _Writer(builder)
    for placed in _placed(without_running_heads(pages)):
        writer.take(placed)
    writer.finish()


def without_running_heads(pages: Sequence[Page]) -> list[Page]:
    """The pages without page numbers and without what stands at the edge of page after page."""
    edges = [_edge_lines(page) for page in pages]
    seen = Counter(key for lines in edges for key in {key for one in lines for key in _keys(one)})
    often = max(2, _REPEATED_SHARE * len(pages))
    return [
        replace(
            page,
            lines=tuple(
                line
                for line in page.lines
                if line not in edge
                or not (
                    _PAGE_NUMBER.fullmatch(line.text)
                    or max(seen[key] for key in _keys(line)) >= often
                )
            ),
        )
        for page, edge in zip(pages, edges, strict=True)
    ]


def _edge_lines(page: Page) -> list[Line]:
    lines = sorted(page.lines, key=lambda line: line.top)
    heads = [line for line in lines if line.bottom < _EDGE * page.height]
    feet = [line for line in lines if line.top > (1 - _EDGE) * page.height]
    return heads[:_MOST_EDGE_LINES] + feet[-_MOST_EDGE_LINES:]


def _keys(line: Line) -> list[str]:
    """Height and words of a line, and the same with a number told by its distance from the page's."""
    text = f"{line.top / max(line.size, 1):.0f} {''.join(line.text.split())}"
    numbers = [
        f"{text[: one.start()]}{int(one.group()) - line.page:+}{text[one.end() :]}"
        for one in re.finditer(r"(?<=\D)\d{1,4}", text)
    ]
    return [text, *numbers]


def _placed(pages: Sequence[Page]) -> Iterator[_Placed]:
    """Everything in reading order.

    Pages of one width share their margins, for the last may be nearly empty. Where no line is long enough to
    tell the right margin, it is taken to be as wide as the left one.
    """
    margins: dict[int, tuple[float, float]] = {}
    for width, alike in groupby(sorted(pages, key=_width), key=_width):
        all_boxes = [box for page in alike for box in (*page.lines, *page.tables)]
        if all_boxes:
            left, right = min(b.x0 for b in all_boxes), max(b.x1 for b in all_boxes)
            full = right - left >= _LEAST_FULL * (width - 2 * left)
            margins[width] = (left, right if full else width - left)
    for page in pages:
        boxes: list[Line | TableBox] = [*page.lines, *page.tables]
        if boxes:
            yield from _ordered(boxes, *margins[_width(page)])


def _width(page: Page) -> int:
    return round(page.width)


def _ordered(boxes: Sequence[Line | TableBox], left: float, right: float) -> Iterator[_Placed]:
    """Recursive XY cut: columns where a gutter runs through, else parts one below the other.

    Source: Nagy and Seth, "Hierarchical representation of optically scanned documents", 1984.
    """
    gutter = _gutter(boxes, right - left)
    if gutter is not None:
        sides = ([b for b in boxes if b.x1 <= gutter], [b for b in boxes if b.x0 >= gutter])
        for side in sides:
            yield from _ordered(side, min(b.x0 for b in side), max(b.x1 for b in side))
        return
    upper, lower = _halves(boxes)
    if not lower:
        for box in sorted(upper, key=lambda b: (b.x0, b.top)):
            yield _Placed(box, left, right)
        return
    yield from _ordered(upper, left, right)
    yield from _ordered(lower, left, right)


def _gutter(boxes: Sequence[Line | TableBox], width: float) -> float | None:
    """The middle of a gap that runs from top to bottom between two columns of text."""
    reached = float("-inf")
    for box in sorted(boxes, key=lambda b: b.x0):
        if box.x0 - reached > width * 0.02 and reached > float("-inf"):
            middle = (reached + box.x0) / 2
            if _are_columns(boxes, middle, width):
                return middle
        reached = max(reached, box.x1)
    return None


def _are_columns(boxes: Sequence[Line | TableBox], middle: float, width: float) -> bool:
    sides = ([b for b in boxes if b.x1 <= middle], [b for b in boxes if b.x0 >= middle])
    if min(map(len, sides)) < 2:
        return False
    return all(max(b.x1 - b.x0 for b in side) >= _NARROWEST_COLUMN * width for side in sides)


def _halves(
    boxes: Sequence[Line | TableBox],
) -> tuple[list[Line | TableBox], list[Line | TableBox]]:
    """The boxes above and below the widest horizontal gap; all above where there is none."""
    ordered = sorted(boxes, key=lambda b: b.top)
    widest, cut = 0.0, len(ordered)
    reached = ordered[0].bottom
    for index, box in enumerate(ordered[1:], 1):
        # Lines set tightly overlap a little.
        gap = box.top - reached + 0.3 * min(box.bottom - box.top, 12)
        if gap > widest:
            widest, cut = gap, index
        reached = max(reached, box.bottom)
    return ordered[:cut], ordered[cut:]


class _Writer:
    """Puts lines together to paragraphs and tables to one where they go on over a page."""

    def __init__(self, builder: TextBuilder) -> None:
        self._builder = builder
        self._paragraph: list[_Placed] = []
        self._table: list[list[Cell]] = []

    def take(self, placed: _Placed) -> None:
        if isinstance(placed.box, TableBox):
            self._end_paragraph()
            self._take_table(placed.box.grid)
            return
        self._end_table()
        if self._paragraph and not _goes_on(self._paragraph, placed):
            self._end_paragraph()
        self._paragraph.append(placed)

    def finish(self) -> None:
        self._end_paragraph()
        self._end_table()

    def _take_table(self, grid: Grid) -> None:
        if continues(self._table, grid):
            rows = list(dropwhile(is_header, grid))
            if rows and _is_rest_of_row(self._table, rows[0]):
                self._table[-1] = _merged(self._table[-1], rows[0])
                rows = rows[1:]
            self._table.extend(map(list, rows))
            return
        self._end_table()
        self._table = [list(row) for row in grid]

    def _end_table(self) -> None:
        grid, self._table = self._table, []
        write_table(self._builder, grid)

    def _end_paragraph(self) -> None:
        lines = [one.box for one in self._paragraph if isinstance(one.box, Line)]
        self._paragraph = []
        pieces = [
            Piece(spaced(before, line.text), page=line.page, confidence=line.confidence)
            for before, line in zip(["", *(one.text for one in lines)], lines, strict=False)
        ]
        if pieces:
            self._builder.pieces(pieces)


def spaced(before: str, text: str) -> str:
    """The words of a line, with a space where they follow a word of letters on the line before."""
    text = text.strip()
    ends = before.strip()[-1:]
    gap = ends.isascii() and ends.isalnum() and text[:1].isascii() and text[:1].isalnum()
    return f" {text}" if gap else text


def _goes_on(paragraph: Sequence[_Placed], following: _Placed) -> bool:
    """Whether a line continues the paragraph: the line before is full, and this one begins at the margin."""
    first, last, line = paragraph[0].box, paragraph[-1].box, following.box
    if not (isinstance(last, Line) and isinstance(line, Line) and isinstance(first, Line)):
        return False
    size = min(last.size, line.size)
    if max(last.size, line.size) > 1.25 * size:
        return False
    if last.x1 < paragraph[-1].right - (_FREE + _first_word(line.text)) * last.size:
        return False
    below = line.page == last.page and line.top >= last.top
    if below and line.top - last.bottom > 1.6 * size:
        return False
    if find_marker(line.text) is not None or starts_with_label(line.text):
        return False
    if line.x0 <= following.left + _INDENT * size:
        return True
    if len(paragraph) > 1:
        return abs(line.x0 - last.x0) < 0.5 * size
    return find_marker(first.text) is not None and line.x0 > first.x0 + 0.5 * size


def _first_word(text: str) -> float:
    """The width of what cannot be parted at the head of a line, in characters: 强” has two, 〔2023〕 four."""
    word = _UNBROKEN.match(text)
    return sum(0.5 if one.isascii() else 1.0 for one in word.group()) if word else 1.0


def _is_rest_of_row(table: Sequence[Sequence[Cell]], row: Sequence[Cell]) -> bool:
    """Whether the first row of a page is the end of the last row of the page before.

    Its number is empty (its title, where rows have none), and the longest cell leaves a sentence unfinished.
    """
    last = table[-1]
    if len(last) != len(row):
        return False
    roles = next((roles for cells in reversed(table) if (roles := column_roles(words(cells)))), ())
    named = [index for index, role in enumerate(roles) if role in ("number", "title")] or [0]
    if not any(cell.text.strip() for cell in row) or row[named[0]].text.strip():
        return False
    longest = max(range(len(row)), key=lambda index: len(row[index].text))
    return not last[longest].text.rstrip().endswith(tuple(_FINISHED))


def _merged(row: Sequence[Cell], rest: Sequence[Cell]) -> list[Cell]:
    return [
        replace(cell, text=f"{cell.text}{spaced(cell.text, more.text)}")
        for cell, more in zip(row, rest, strict=True)
    ]
