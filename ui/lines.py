"""The lines of a document as its reader tells them apart: headings, rows of tables, list items, paragraphs, pages.

Rows come in the ways that people write and paste tables: Markdown's bars, tabs, drawn or full-width bars, columns set
apart by spaces. A table is several neighbouring lines with as many dividers of one kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile

from ingest.records import ParsedDocument, Section
from ingest.tab_rows import join_rows

Range = tuple[int, int]

_RULE_ROW = re.compile(r"\|[\s:|-]+\|?$")
_MARKDOWN_CELL = re.compile(r"(?:\\.|[^|\\])+")
_ITEM = re.compile(r"(?:[-*•·]|[（(]?\d{1,2}[)）.、．](?!\d)|[①-⑳])\s*")
_HASHES = re.compile(r"#{1,6}\s+")
_TAB = re.compile(r"\t")
# Columns of spaces are a guess, so three rows have to agree.
_DIVIDERS = (
    (_TAB, 2),
    (re.compile(r"[｜│┃]"), 2),
    (re.compile(r"(?<=\S)[ \u00a0\u3000]{2,}(?=\S)"), 3),
)
_FEWEST_DIVIDERS = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its indent: its kind and its range in the document's text.

    `cells` are the ranges of a row's cells; `is_head` tells the row that names the columns.
    """

    kind: str  # heading, row, item, paragraph, or page: the beginning of one, without words
    start: int
    end: int
    section: Section | None = None
    cells: tuple[Range, ...] = ()
    is_head: bool = False


def document_lines(document: ParsedDocument) -> tuple[Line, ...]:
    """The lines of a document that show something."""
    text = document.source.text
    headings = {section.heading.start: section for section in document.sections if section.title}
    rows = _rows(text)
    lines: list[Line] = []
    # An empty page begins where the next one does.
    pages = sorted(set(document.source.pages))
    for start, end in _ranges(text):
        begin, stop = _stripped(text, start, end)
        if begin == stop:
            continue
        while pages and pages[0] < end:
            lines.append(Line("page", pages[0], pages.pop(0)))
        if _RULE_ROW.fullmatch(text[begin:stop]):
            _make_heads(lines)
        else:
            lines.append(rows.get(start) or _kind(text, begin, stop, headings))
    return tuple(lines)


def _make_heads(lines: list[Line]) -> None:
    """Make the rows above a rule the table's head; where tables follow each other, the last one only."""
    above = list(takewhile(lambda line: line.cells, reversed(lines)))
    heads = above[:1] if any(line.is_head for line in above) else above
    for index in range(len(lines) - len(heads), len(lines)):
        lines[index] = replace(lines[index], is_head=True)


def _ranges(text: str) -> list[Range]:
    """The lines, with a row of a pasted table that has line breaks in its cells as one of them."""
    bounds, begin = [], 0
    for line in text.split("\n"):
        bounds.append((begin, begin + len(line)))
        begin += len(line) + 1
    return join_rows(text, bounds)


def _stripped(text: str, start: int, end: int) -> Range:
    words = text[start:end]
    begin = start + len(words) - len(words.lstrip())
    return begin, max(begin, start + len(words.rstrip()))


def _kind(text: str, begin: int, end: int, headings: dict[int, Section]) -> Line:
    words = text[begin:end]
    if words.startswith("|"):
        return Line("row", begin, end, cells=tuple(_markdown_cells(text, begin, end)))
    hashes = _HASHES.match(words)
    shown = begin + (hashes.end() if hashes else 0)
    section = headings.get(begin) or headings.get(shown)
    # A heading that runs into its text is a paragraph to the reader.
    if section is not None and end <= max(section.heading.end, shown):
        return Line("heading", shown, end, section)
    if hashes:
        return Line("heading", shown, end)
    return Line("item" if _ITEM.match(words) else "paragraph", begin, end, section)


def _markdown_cells(text: str, begin: int, end: int) -> Iterator[Range]:
    inside = text[begin + 1 : end].removesuffix("|")
    for cell in _MARKDOWN_CELL.finditer(inside):
        yield _stripped(text, begin + 1 + cell.start(), begin + 1 + cell.end())


def _rows(text: str) -> dict[int, Line]:
    """The rows of tables that are no Markdown, by the offset their line begins at."""
    found: dict[int, Line] = {}
    for divider, fewest_rows in _DIVIDERS:
        # An empty first or last cell between tabs is a cell; other lines are measured without their indent.
        counted = [
            (start, cells)
            for start, end in _ranges(text)
            for cells in [
                _cells(
                    text,
                    *((start, end) if divider is _TAB else _stripped(text, start, end)),
                    divider,
                )
            ]
        ]
        for width, group in groupby(counted, key=lambda one: len(one[1])):
            table = [] if width <= _FEWEST_DIVIDERS else list(group)
            if len(table) < fewest_rows:
                continue
            for index, (start, cells) in enumerate(table):
                line = Line(
                    "row", cells[0][0], cells[-1][1], cells=tuple(cells), is_head=index == 0
                )
                found.setdefault(start, line)
    return found


def _cells(text: str, begin: int, end: int, divider: re.Pattern[str]) -> Sequence[Range]:
    """The cells between the dividers of a line; none where it is a row of Markdown."""
    if begin == end or text[begin] == "|":
        return ()
    # A bar before the first cell or after the last stands for the table's edge.
    first, last = divider.match(text, begin, end), text[end - 1 : end]
    if divider is not _TAB and first:
        begin = first.end()
    if divider is not _TAB and divider.fullmatch(last):
        end -= 1
    dividers = [*divider.finditer(text, begin, end)]
    starts = [begin, *(one.end() for one in dividers)]
    ends = [*(one.start() for one in dividers), end]
    return [_stripped(text, a, b) for a, b in zip(starts, ends, strict=True)]
