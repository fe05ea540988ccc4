"""Rows of a table pasted as text: cells between tabs, with line breaks inside the cells.

A row is as wide as the table's header. A line with too few tabs leaves a cell open that the next line goes on with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ingest.vocabulary import load_vocabulary

NARROWEST = 3
"""Cells that a line must have to head a table: a pair of words with a tab between them is none."""

_FEWEST_ALIKE = 3

Line = tuple[int, int]


def join_rows(text: str, lines: Sequence[Line]) -> list[Line]:
    """The lines of a text, by offsets, with those of each table row joined into one range."""
    joined: list[Line] = []
    index = 0
    strokes = 0  # of the row above
    while index < len(lines):
        stop = _piped_row_end(text, lines, index, strokes)
        if stop is not None:
            joined.append((lines[index][0], lines[stop - 1][1]))
            index = stop
            continue
        own = text.count("|", *lines[index])
        strokes = own if own else strokes * bool(text[slice(*lines[index])].strip())
        width = _tabs(text, lines[index])
        rows, after = _table(text, lines, index, width) if width >= NARROWEST - 1 else ([], index)
        if len(rows) >= 2:
            joined += rows
            index = after
        else:
            joined.append(lines[index])
            index += 1
    return joined


def _piped_row_end(text: str, lines: Sequence[Line], begin: int, strokes: int) -> int | None:
    """The number of the line after a row between strokes that is broken within its cells, as wide as the row above."""
    own = text.count("|", *lines[begin])
    if strokes < NARROWEST or not 0 < own < strokes or _heads_narrower(text, lines[begin:], own):
        return None
    for index in range(begin + 1, min(begin + _LONGEST_ROW, len(lines))):
        own += text.count("|", *lines[index])
        if not text[slice(*lines[index])].strip() or own > strokes:
            return None
        if own == strokes:
            return index + 1
    return None


def _heads_narrower(text: str, lines: Sequence[Line], strokes: int) -> bool:
    """Whether lines begin another table, of fewer columns: several of them in a row have as many strokes."""
    alike = [text.count("|", *one) for one in lines[:_FEWEST_ALIKE]]
    return strokes >= NARROWEST - 1 and alike == [strokes] * _FEWEST_ALIKE


def tab_cells(text: str, row: Line) -> Iterator[Line]:
    """The cells of a row, with the white space around their words."""
    begin, end = row
    for written in text[begin:end].split("\t"):
        yield begin, begin + len(written)
        begin += len(written) + 1


def _table(text: str, lines: Sequence[Line], begin: int, width: int) -> tuple[list[Line], int]:
    """The rows of the table that the line at `begin` heads, and the number of the line after it."""
    rows: list[Line] = []
    index = begin
    while index < len(lines):
        end = _row_end(text, lines, index, width)
        if end is None:
            break
        rows.append((lines[index][0], lines[end - 1][1]))
        index = end
    return rows, index


def _row_end(text: str, lines: Sequence[Line], begin: int, width: int) -> int | None:
    """The number of the line after the row that begins here; None where no row does."""
    if not _tabs(text, lines[begin]):
        return None
    index = _whole_row(text, lines, begin, width)
    if index is None:
        return None
    # What stands below the last cell belongs to it as long as the table goes on afterwards.
    rest = index
    while rest < len(lines) and not _tabs(text, lines[rest]) and text[slice(*lines[rest])].strip():
        if _stands_below(text[slice(*lines[rest])].strip()):
            return index
        rest += 1
    goes_on = (
        rest - index <= _LONGEST_TAIL
        and rest < len(lines)
        and _tabs(text, lines[rest]) > 0
        and _whole_row(text, lines, rest, width) is not None
        and not _heads_columns(text, lines[rest])
    )
    return rest if goes_on else index


def _whole_row(text: str, lines: Sequence[Line], begin: int, width: int) -> int | None:
    """The number of the line after those that from one on have all cells of a row; None where they make no row."""
    tabs, index = 0, begin
    while index < len(lines) and tabs < width:
        tabs += _tabs(text, lines[index])
        index += 1
    return index if tabs == width else None


def _heads_columns(text: str, line: Line) -> bool:
    """Whether a line has the headings of another table, or of the next page of this one: 序号, …."""
    first = text[slice(*line)].split("\t", 1)[0].strip()
    return first in load_vocabulary("tables")["number_heads"]


def _stands_below(line: str) -> bool:
    """Whether a line is no part of a cell: it heads rows or a table, or is a note below one."""
    return _HEADING.fullmatch(line) is not None or is_note(line)


def is_note(line: str) -> bool:
    """Whether a line opens as the notes below a table do: 说明：1.…."""
    return _note().match(line) is not None


@cache
def _note() -> re.Pattern[str]:
    words = "|".join(map(re.escape, load_vocabulary("tables")["notes"]))
    return re.compile(rf"[（(]?(?:{words})\s*\d{{0,2}}\s*[:：]")


_LONGEST_TAIL = 3
_LONGEST_ROW = 16
# A line between two rows that heads those below it, （一）推进清洁取暖, or is the title of the next table: 表2 ….
_HEADING = re.compile(
    r"(?:附?表\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})(?![\d一二三四五六七八九十])"
    r"|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）])[^。；;，,]{2,30}"
    r"|[（(]?(?:[接续]上[页表]|[接转]下[页表])[)）]?"
)


def _tabs(text: str, line: Line) -> int:
    return text.count("\t", *line)
