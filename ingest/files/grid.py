"""Tables of any format as the lines that `ingest.tables` reads, with the place of every cell.

A cell merged downwards is repeated in each row it covers, so that a row says by itself whom it concerns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.files.extracted import Piece, TextBuilder, without_unseen
from ingest.tables import column_roles, heading_of_column

_MOST_TITLE_ROWS = 8
_LEAST_FIELDS = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's words and place; `across` marks one that only continues the cell to its left."""

    text: str = ""
    place: str = ""
    across: bool = False
    page: int | None = None
    confidence: float | None = None

    @property
    def own(self) -> str:
        """The words that stand in this cell and in none to its left."""
        return "" if self.across else self.text


Grid = Sequence[Sequence[Cell]]


def write_table(builder: TextBuilder, grid: Grid) -> None:
    """Add a table: titles above its header as plain lines, then header, rule and rows.

    The header is written once, although it may be printed at the top of every page.
    """
    rows = [row for row in grid if any(words(row))]
    if not rows:
        return
    first, last = header_rows(rows)
    if not is_header(rows[first]) and (fields := _form(rows)):
        for pieces in fields:
            builder.pieces(pieces)
        return
    for row in rows[:first]:
        builder.pieces(list(_plain(row)))
    columns = max(len(row) for row in rows[first:])
    for row in rows[first:last]:
        builder.pieces(list(_line([replace(cell, across=False) for cell in row], columns)))
    builder.pieces([Piece("|" + "---|" * columns)])
    heads = [words(row) for row in rows[first:last]]
    for row in rows[last:]:
        if words(row) not in heads:
            builder.pieces(list(_line(row, columns)))


def header_rows(rows: Grid) -> tuple[int, int]:
    """Where the header begins and ends; the first row where no header of a list of tasks is known."""
    for first in range(min(len(rows), _MOST_TITLE_ROWS)):
        if is_header(rows[first]):
            last = first + 1
            while last < len(rows) and is_header(rows[last]):
                last += 1
            return first, last
    return 0, 1


def is_header(row: Sequence[Cell]) -> bool:
    return bool(column_roles(words(row)))


def words(row: Sequence[Cell]) -> list[str]:
    """The row as written, for comparing rows."""
    return ["".join(without_unseen(cell.text).split()) for cell in row]


def continues(grid: Grid, following: Grid) -> bool:
    """Whether a table goes on with the one before: as many columns, and no header but the same."""
    if not grid or not following or len(grid[-1]) != len(following[0]):
        return False
    first, last = header_rows(grid)
    if not is_header(grid[first]):
        return False
    return not is_header(following[0]) or words(following[0]) in map(words, grid[first:last])


def _form(rows: Grid) -> list[list[Piece]]:
    """The lines of a table that is a form of one task: label beside value, one or two pairs a row.

    Nothing where it is none. A row of one cell, such as the form's title, stays a line by itself.
    """
    lines: list[list[Piece]] = []
    number: Cell | None = None
    titled, labelled = False, 0
    for row in rows:
        filled = [cell for cell in _each_once(row) if cell.own.strip()]
        if len(filled) == 1:
            lines.append(list(_plain(filled)))
            continue
        for label, value in zip(filled[::2], filled[1::2], strict=False):
            role = heading_of_column(_one_line(label))
            labelled += bool(role)
            if role == "number":
                number = value
            elif role == "title" and not titled:
                titled = True
                mark = [_piece(f"{_one_line(number)}、", number)] if number else []
                lines.append([*mark, *_plain([value])])
            else:
                name = _piece(f"{_one_line(label)}：", label)
                lines.append([name, *_plain([value])])
        if len(filled) % 2:
            return []
    return lines if titled and labelled >= _LEAST_FIELDS else []


def _each_once(row: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in row if not cell.across]


def _one_line(cell: Cell) -> str:
    return "".join(without_unseen(cell.text).split())


def _plain(row: Sequence[Cell]) -> Iterator[Piece]:
    """A row above the header as running words: the table's title, who reports and when."""
    filled = [cell for cell in row if cell.own.strip()]
    for index, cell in enumerate(filled):
        text = without_unseen(cell.own).replace("\n", " ").strip()
        yield _piece(text if index == 0 else f"　{text}", cell)


def _line(row: Sequence[Cell], columns: int) -> Iterator[Piece]:
    yield Piece("|", row[0].place if row else "", row[0].page if row else None)
    for cell in (*row, *([Cell()] * (columns - len(row)))):
        text = without_unseen(cell.own).replace("\n", " ").replace("|", "\\|").strip()
        yield _piece(f" {text} |" if text else " |", cell)


def _piece(text: str, cell: Cell) -> Piece:
    return Piece(text, cell.place, cell.page, cell.confidence)
