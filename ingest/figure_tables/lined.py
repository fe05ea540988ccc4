"""Tables of figures pasted with every cell on a line of its own: the headings, then the cells row by row.

What parts the rows is that figures and words take turns as in the row above. The lines are a table only where one
way alone of telling its title, headings and rows leaves the fewest cells over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from ingest.blocks import Block, is_table_row
from ingest.figure_tables.cells import begins_note, folded, is_blank, is_total, read_figure
from ingest.markers import find_marker
from ingest.tables import column_roles, heading_of_column, is_column, numbers_rows
from ingest.vocabulary import load_vocabulary

_FEWEST_COLUMNS, _MOST_COLUMNS = 3, 12
_FEWEST_ROWS = 3
# Below a title that says it is a table.
_FEWEST_BELOW_TITLE = 2
_MOST_LINES_OF_TITLE = 2
_LONGEST_CELL = 30
_NUMBERED = re.compile(r"(?:附?表|附件|附录)\s*[\d一二三四五六七八九十]")
_NO_CELL = re.compile("[。；;：:？?！!，,]")
_FIGURE, _WORDS, _OPEN = "figure", "words", ""


def lined_rows(lines: Sequence[Block], first: int) -> Sequence[Sequence[Block]]:
    """The rows of a table that begins with a line or has that for its title, the headings as the first; or none."""
    if first and is_cell(lines[first - 1]) and not _NUMBERED.match(lines[first].text):
        return ()
    after = first
    while after < len(lines) and is_cell(lines[after]) and not _ends_table(lines, first, after):
        after += 1
    run = lines[first:after]
    if _head_tasks([one.text for one in run[: _MOST_LINES_OF_TITLE + _MOST_COLUMNS]]):
        return ()
    kinds = [_kind(one.text) for one in run]
    titled = _NUMBERED.match(lines[first].text) is not None
    fewest_rows = _FEWEST_BELOW_TITLE if titled else _FEWEST_ROWS
    found = [
        (len(run) - title - len(rows) * width, rows)
        for title in range(_MOST_LINES_OF_TITLE + 1)
        for width in range(_FEWEST_COLUMNS, _MOST_COLUMNS + 1)
        if len(rows := _rows(run[title:], kinds[title:], width)) > fewest_rows
    ]
    # Cut in the wrong place, the last row leaves cells over.
    fewest = min((left for left, _ in found), default=0)
    best = [rows for left, rows in found if left == fewest]
    return best[0] if len(best) == 1 else ()


def _ends_table(lines: Sequence[Block], first: int, line: int) -> bool:
    """Whether a line below the title of a table is the title of the next: 表2 …."""
    below = line - first > _MOST_LINES_OF_TITLE
    return below and _NUMBERED.match(lines[line].text) is not None


def _head_tasks(written: Sequence[str]) -> bool:
    """Whether a row of headings of a list of tasks stands among lines, from the number of its rows on."""
    begin = next((i for i, one in enumerate(written) if heading_of_column(one) == "number"), None)
    if begin is None:
        return False
    heads = list(takewhile(lambda one: heading_of_column(one) or is_column(one), written[begin:]))
    return bool(column_roles(heads))


def is_cell(line: Block) -> bool:
    """Whether a line may be a cell: a figure, or words that are neither a sentence nor a numbered heading."""
    words = line.text
    if is_table_row(line) or begins_note(words) or len(words) > _LONGEST_CELL:
        return False
    if read_figure(words) or is_blank(words):
        return True
    marker = find_marker(words)
    headed = marker is not None and marker.length < len(words)
    return not headed and _NO_CELL.search(words) is None and "\t" not in words


def _rows(run: Sequence[Block], kinds: Sequence[str], width: int) -> list[list[Block]]:
    """The headings and the rows of a table of a width; empty where a row does not look like the one above it."""
    if _FIGURE in kinds[:width] or any(is_blank(one.text) for one in run[:width]):
        return []
    rows = [run[:width]]
    pattern: list[str] = []
    for begin in range(width, len(run) - width + 1, width):
        own = list(kinds[begin : begin + width])
        if is_total(run[begin].text):
            own[0] = _OPEN
        if pattern and not _is_alike(own, pattern):
            break
        rows.append(run[begin : begin + width])
        pattern = [a or b for a, b in zip(pattern or own, own, strict=True)]
    # A figure below the last row tells that a cell of one more was dropped, or stands elsewhere.
    left = kinds[len(rows) * width : (len(rows) + 1) * width]
    if _OPEN in pattern or _FIGURE in left:
        return []
    return [list(one) for one in rows] if _is_of_figures(rows, pattern) else []


def _kind(words: str) -> str:
    if is_blank(words):
        return _OPEN
    return _FIGURE if read_figure(words, among_figures=True) else _WORDS


def _is_alike(own: Sequence[str], pattern: Sequence[str]) -> bool:
    return all(a == b or not a or not b for a, b in zip(own, pattern, strict=True))


def _is_of_figures(rows: Sequence[Sequence[Block]], pattern: Sequence[str]) -> bool:
    """Whether the rows have names of their own, and figures beside the numbers that count them."""
    heads = [folded(one.text) for one in rows[0]]
    if len(set(heads)) < len(heads) or _WORDS not in pattern:
        return False
    label = pattern.index(_WORDS)
    named = [i for i, one in enumerate(pattern) if one == _WORDS]
    names = {tuple(folded(row[i].text) for i in named) for row in rows[1:]}
    if len(names) < len(rows) - 1 or pattern.count(_FIGURE) <= label:
        return False
    # Figures that stand before the names number the rows, or the lines are cut in the wrong place.
    return label == 0 or (label == 1 and _numbers(heads[0]))


def _numbers(head: str) -> bool:
    return head in load_vocabulary("tables")["number_heads"] or numbers_rows(head)
