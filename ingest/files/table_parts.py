"""Tables of plain text whose cells go on over several lines, in the pieces that they are put together from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# For each column its words on a line, and those of its cell from line to line.
Line = list[list[str]]
Row = list[list[str]]

FEWEST_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class TablePart:
    """A table, or the part of one on a page: its lines, the headings of its columns and its rows."""

    first: int
    after: int
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


def row_of(lines: Sequence[Line]) -> Row:
    """The row that lines are: for each column its pieces from line to line."""
    return [[words for line in lines for words in line[i]] for i in range(len(lines[0]))]


def begun_rows(lines: Iterable[Line]) -> list[list[Line]]:
    """The lines from each that has a number to the next."""
    found: list[list[Line]] = []
    for line in lines:
        if line[0] or not found:
            found.append([])
        found[-1].append(line)
    return found
