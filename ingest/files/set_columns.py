"""Tables of plain text whose columns are set side by side with blanks: 序号  整改任务  牵头单位."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.blocks import is_chrome
from ingest.files.table_parts import FEWEST_COLUMNS, Line, Row, TablePart, begun_rows, row_of
from ingest.line_cells import row_key
from ingest.tables import column_roles

_PIECE = re.compile(r"\S+(?:[ \u3000]\S+)*")
_WIDE = "WFA"


@dataclass(frozen=True, slots=True)
class _Words:
    """Words of a line and where they stand, in half characters from its beginning."""

    text: str
    left: int
    right: int


def _words(line: str) -> Iterator[_Words]:
    """The words of a line that stand apart from each other by more than a blank."""
    places = [0]
    for one in line:
        places.append(places[-1] + (2 if unicodedata.east_asian_width(one) in _WIDE else 1))
    for match in _PIECE.finditer(line):
        begin = match.start()
        for gap in re.finditer(r"\u3000", match.group()):
            # A blank of full width parts columns as two narrow ones do.
            stop = match.start() + gap.start()
            yield _Words(line[begin:stop], places[begin], places[stop])
            begin = stop + 1
        yield _Words(line[begin : match.end()], places[begin], places[match.end()])


def set_columns(lines: Sequence[str]) -> Iterator[TablePart]:
    """The tables among the lines of a text whose columns are set with blanks."""
    words = [list(_words(line)) for line in lines]
    index = 0
    while index < len(lines):
        heads = words[index]
        part = None
        if len(heads) >= FEWEST_COLUMNS and "|" not in lines[index]:
            roles = column_roles([one.text for one in heads])
            part = _part(words, lines, index) if roles[:1] in (("number",), ("title",)) else None
        if part is not None:
            yield part
        index = part.after if part is not None else index + 1


def _part(words: Sequence[Sequence[_Words]], lines: Sequence[str], first: int) -> TablePart | None:
    """The table below headings, down to a line that reaches over several columns."""
    heads = words[first]
    groups: list[list[Line]] = [[]]
    after = index = first + 1
    titles = {line.strip() for line in lines[:first]} - {""}
    while index < len(lines) and lines[index].strip() not in titles:
        if is_chrome(lines[index].strip()) and lines[index].strip():
            index += 1
            continue
        cells = _cells(heads, words[index])
        if cells is None:
            break
        if words[index]:
            groups[-1].append(cells)
            after = index + 1
        elif groups[-1]:
            groups.append([])
        index += 1
    names = tuple(one.text for one in heads)
    numbered = column_roles(names)[0] == "number"
    rows = _rows([one for one in groups if one], numbered=numbered)
    return TablePart(first, after, names, tuple(rows)) if rows else None


def _cells(heads: Sequence[_Words], line: Sequence[_Words]) -> Line | None:
    """The words of a line by the columns that they stand in; None where some reach over several."""
    cells: Line = [[] for _ in heads]
    for one in line:
        below = [
            i for i, head in enumerate(heads) if one.left < head.right and head.left < one.right
        ]
        if len(below) > 1:
            return None
        # A narrow word may stand beside its heading.
        nearest = min(
            range(len(heads)),
            key=lambda i: max(heads[i].left - one.right, one.left - heads[i].right),
        )
        cells[below[0] if below else nearest].append(one.text)
    return cells


def _rows(groups: Sequence[Sequence[Line]], *, numbered: bool) -> list[Row]:
    """The rows of lines that empty ones part, or of lines of which each numbered one begins a row.

    Numbers stand beside the middle of a row or at its top; without empty lines only the latter can be told.
    """
    begun = [sum(bool(line[0]) for line in group) for group in groups]
    several = numbered or len(groups) > 1
    if begun and several and all(one == 1 if numbered else one > 0 for one in begun):
        rows = [row_of(group) for group in groups]
    elif numbered and begun and groups[0][0][0]:
        rows = [row_of(lines) for lines in begun_rows(line for group in groups for line in group)]
    else:
        return []
    keys = [row_key("".join(row[0])) for row in rows]
    counted = all(one and other and one.precedes(other) for one, other in pairwise(keys))
    return rows if not numbered or (counted and None not in keys) else []
