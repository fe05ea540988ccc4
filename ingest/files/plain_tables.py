"""Tables of plain text whose cells go on over several lines, written as those of a PDF file are: a line for each row.

What belongs to one cell stands in pieces on several lines, with the words of its neighbours between.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.blocks import is_chrome
from ingest.files.drawn_rows import drawn_rows
from ingest.files.extracted import joined
from ingest.files.set_columns import set_columns
from ingest.files.side_by_side import with_sheets_apart
from ingest.files.table_parts import TablePart
from ingest.responsibility import UNIT_ROLES
from ingest.tables import column_roles
from ingest.unit_lists import is_kind, is_unit_name


def with_plain_tables(text: str) -> str:
    """The text with each such table written as rows between strokes, and sheets side by side one below the other.

    It is the same where there is none.
    """
    lines = with_sheets_apart(text.split("\n"))
    parts = [*set_columns(lines), *drawn_rows(lines)]
    if not any(len(pieces) > 1 for part in parts for row in part.rows for pieces in row):
        return "\n".join(lines)
    written: list[str] = []
    heads: tuple[str, ...] = ()
    after = 0
    for part in sorted(parts, key=lambda one: one.first):
        between = lines[after : part.first]
        if part.heads != heads or not all(_says_nothing(one, lines[:after]) for one in between):
            between += [_row(part.heads), "|" + "---|" * len(part.heads)]
            written += between
        written += _rows(part)
        heads, after = part.heads, part.after
    return "\n".join([*written, *lines[after:]])


def _rows(part: TablePart) -> list[str]:
    roles = column_roles(part.heads)
    return [_row([_cell(*one) for one in zip(roles, row, strict=True)]) for row in part.rows]


def _cell(role: str, pieces: Sequence[str]) -> str:
    """The words of a cell; a blank parts the bodies of a list, and nothing the halves of a name."""
    if role not in UNIT_ROLES:
        return joined(pieces)
    text = ""
    for one in pieces:
        last = text.split(" ")[-1]
        text += f" {one}" if is_unit_name(last) and not is_kind(one) else one
    return text


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(one.replace("|", "\\|") for one in cells) + " |"


def _says_nothing(line: str, above: Sequence[str]) -> bool:
    """Whether a line between two pages of a table is empty, a page's number, or its title once more."""
    words = line.strip()
    return not words or is_chrome(words) or any(one.strip() == words for one in above)
