"""Tables of plain text drawn with strokes, whose rows are parted by lines of dashes or go on below their number.

│ 1 │ 河道黑臭 │ 市水利局 │ 2025年6 │ and below it │   │ 水体     │          │ 月底    │
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from ingest.files.table_parts import FEWEST_COLUMNS, Line, Row, TablePart, begun_rows, row_of
from ingest.line_cells import row_key
from ingest.tables import column_roles

_STROKE = re.compile(r"(?<!\\)[|｜│┃║]")
_RULE = re.compile(
    r"[\s+=|:│┃║┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝─━═-]*[─━═=-]{2}[\s+=|:│┃║┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝─━═-]*"
)
# Half characters that a line may be short of the widest of its column and still be full.
_SLACK = 4


def drawn_rows(lines: Sequence[str]) -> Iterator[TablePart]:
    """The tables among the lines of a text that are drawn so; one that goes on over pages is so on each of them."""
    found: list[tuple[TablePart, bool]] = []
    index = 0
    while index < len(lines):
        after = index
        while after < len(lines) and (_cells(lines[after]) or _is_rule(lines[after])):
            after += 1
        part = _part(lines, index, after) if after > index else None
        found += [part] if part is not None else []
        index = max(after, index + 1)
    going_on = {part.heads for part, goes_on in found if goes_on}
    yield from (part for part, _ in found if part.heads in going_on)


def _part(lines: Sequence[str], first: int, after: int) -> tuple[TablePart, bool] | None:
    """The table that lines are if its cells go on below their lines, and whether that shows."""
    groups: list[list[Line]] = [[]]
    for line in lines[first:after]:
        if _is_rule(line):
            groups.append([])
        else:
            groups[-1].append(_cells(line))
    groups = [one for one in groups if one]
    if not groups or len({len(line) for group in groups for line in group}) > 1:
        return None
    # Headings that stand once more on the next page have a line of dashes below them too.
    ruled = len(groups) > 2 and all(sum(bool(line[0]) for line in one) < 2 for one in groups[1:])
    heads = tuple("".join(pieces) for pieces in row_of(groups[0] if ruled else groups[0][:1]))
    roles = column_roles(heads)
    if len(heads) < FEWEST_COLUMNS or roles[:1] != ("number",):
        return None
    rows: Sequence[Sequence[Line]] = groups[1:]
    shows = ruled
    if not ruled:
        below = [line for group in (groups[0][1:], *groups[1:]) for line in group]
        broken = _broken_titles(below, roles.index("title"))
        rows, shows = begun_rows(below) if None not in broken else [], any(broken)
    read = tuple(row_of(one) for one in rows)
    return (TablePart(first, after, heads, read), shows) if _are_numbered(read) else None


def _are_numbered(rows: Sequence[Row]) -> bool:
    keys = [row_key("".join(row[0])) for row in rows if row[0]]
    return bool(keys) and bool(rows[0][0]) and None not in keys


def _broken_titles(lines: Sequence[Line], title: int) -> list[bool | None]:
    """For each line whether it goes on with a title that breaks off at the margin; None where a title begins.

    A row of its own may lack a number, where one cell of a number is merged over several rows.
    """
    widest = max((_width(line[title]) for line in lines), default=0)
    found: list[bool | None] = []
    above: Line | None = None
    for line in lines:
        goes_on = not line[0] and bool(line[title])
        full = above is not None and _width(above[title]) >= widest - _SLACK
        found.append(None if goes_on and not full else goes_on)
        above = line
    return found


def _width(words: Sequence[str]) -> int:
    return sum(
        2 if unicodedata.east_asian_width(one) in "WFA" else 1 for text in words for one in text
    )


def _is_rule(line: str) -> bool:
    return _RULE.fullmatch(line.strip()) is not None


def _cells(line: str) -> Line:
    """The words between the strokes of a line, a list of none or one for each; nothing where it has no frame."""
    written = line.strip()
    if len(written) < 2 or not (_STROKE.match(written) and _STROKE.match(written[-1])):
        return []
    words = [one.strip() for one in _STROKE.split(written)[1:-1]]
    return [[one] if one else [] for one in words]
