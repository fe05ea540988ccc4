"""Tables copied from a web page with every cell on a line of its own: the headings below each other, then row by row.

A row begins with a number, a code or 第3项, and has a line for each heading. Where one has more or fewer, a cell is
empty, was dropped or is broken over lines: such a row is cut where that can be done in one way alone, and stays
together otherwise, to be looked at by a person. A table with too many of them is left as text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from ingest.blocks import Block, is_table_row
from ingest.brackets import trim
from ingest.broken_cells import broken_cells, cut_at_keys
from ingest.line_cells import (
    MOST_MISSING,
    MOST_SURPLUS,
    Cell,
    Columns,
    Key,
    Line,
    goes_on,
    heads_group,
    may_head,
    row_key,
)
from ingest.markers import known_labels
from ingest.tab_rows import is_note
from ingest.tables import column_roles, heading_of_column, is_column
from ingest.unit_lists import is_unit_name, parse_units

_FEWEST_COLUMNS, _MOST_COLUMNS = 3, 16
_FEWEST_ROWS = 2
_FEWEST_UNNUMBERED = 4  # columns of a table whose rows have no numbers


def with_line_tables(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a text with the lines of each such table put together to rows, which know their cells."""
    lines = [one for block in blocks for one in _lines_of(text, block)]
    return with_rows(text, blocks, list(_rows(text, _with_gaps(text, lines))))


def with_rows(text: str, blocks: Sequence[Block], rows: Sequence[Block]) -> list[Block]:
    """The blocks of a text with rows of tables, given in order, in the place of the lines that they are made of."""
    found = list(rows)
    for block in blocks:
        own = list(_lines_of(text, block))
        outside = [one for one in own if not _is_within(one, rows)]
        found += [block] if len(outside) == len(own) else outside
    return sorted(found, key=lambda block: block.start)


def _lines_of(text: str, block: Block) -> Iterator[Block]:
    """The lines of a block; a row of another table is one."""
    begin = block.start
    for written in [block.text] if is_table_row(block) else block.text.split("\n"):
        start, end = trim(text, begin, begin + len(written))
        begin += len(written) + 1
        if start < end:
            yield Block(start, end, text[start:end])


def _with_gaps(text: str, lines: Sequence[Block]) -> list[Line]:
    last, found = 0, []
    for one in lines:
        between = text[last : one.start].split("\n")[1:-1]
        gap = sum(not written.strip() for written in between)
        found.append(Line(one.start, one.end, one.text, gap))
        last = one.end
    return found


def _is_within(line: Block, rows: Sequence[Block]) -> bool:
    before = bisect_right(rows, line.start, key=lambda row: row.start)
    return before > 0 and line.start < rows[before - 1].end


def _rows(text: str, lines: Sequence[Line]) -> Iterator[Block]:
    """The rows of all such tables, the headings of each as its first one."""
    index = 0
    above: list[str] = []
    while index < len(lines):
        heads = _heads(lines, index)
        # The last page of a table may have one row.
        names = [one.text for one in heads]
        fewest = 1 if names == above else _FEWEST_ROWS
        reader = _Reader(text, heads, lines[index + len(heads) :], fewest) if heads else None
        table = reader.read() or reader.read_broken() if reader else []
        table = table or _without_numbers(text, lines[index:])
        yield from table
        above = names if table else above
        end = table[-1].end if table else lines[index].end
        while index < len(lines) and lines[index].start < end:
            index += 1


def _without_numbers(text: str, lines: Sequence[Line]) -> list[Block]:
    """The headings that lines begin with and the rows below them, a line for each cell, where no row has a number.

    Only where every cell of each holds what its heading says can the rows be told apart.
    """
    heads = [*takewhile(lambda one: may_head(one.text) and heading_of_column(one.text), lines)]
    names = [one.text for one in heads[:_MOST_COLUMNS]]
    roles = column_roles(names) if len(set(names)) == len(names) >= _FEWEST_UNNUMBERED else ()
    if roles[:1] != ("title",):
        return []
    columns, width = Columns(roles, parted=False), len(roles)
    starts = range(width, len(lines) - width + 1, width)
    rows = [lines[start : start + width] for start in starts]
    read = [*takewhile(columns.hold_all, rows)]
    if len(read) < _FEWEST_ROWS:
        return []
    return [_block(text, [(one.start, one.end) for one in row]) for row in (heads, *read)]


def _heads(lines: Sequence[Line], first: int) -> Sequence[Line]:
    """The lines from one on that head the columns of a list of tasks, down to its first row; none where they do not."""
    after = first
    while after < len(lines) and after - first <= _MOST_COLUMNS and may_head(lines[after].text):
        after += 1
    heads = lines[first:after]
    if not _FEWEST_COLUMNS <= len(heads) <= _MOST_COLUMNS:
        return ()
    names = ["".join(one.text.split()) for one in _whole_heads(heads)]
    roles = column_roles(names)
    known = [one for one, role in zip(names, roles, strict=False) if role or is_column(one)]
    if sum(map(bool, roles)) < _FEWEST_COLUMNS or 2 * len(known) < len(roles):
        return ()
    # A code of the row may follow its number: 序号, 受理编号.
    if "number" in (roles[1:] if roles[0] != "number" else roles[2:]):
        return ()
    return () if roles.index("title") in (0, len(roles) - 1) else heads


def _whole_heads(heads: Sequence[Line]) -> list[Line]:
    """The headings with those joined that are broken over two lines: 县级责任⏎领导."""
    whole: list[Line] = []
    for one in heads:
        begun = whole[-1].text if whole else ""
        known = heading_of_column(begun) or is_column(begun)
        if begun and not known and begun + one.text in known_labels():
            first = whole.pop()
            whole.append(Line(first.start, one.end, begun + one.text, first.gap))
        else:
            whole.append(one)
    return whole


def _block(text: str, cells: Sequence[Cell]) -> Block:
    start, end = cells[0][0], cells[-1][1]
    return Block(start, end, text[start:end], tuple(cells))


def _with_broken_cells(text: str, lines: Sequence[Line]) -> list[Line]:
    """The lines with those joined that are one cell for certain."""
    joined: list[Line] = []
    for one in lines:
        if joined and row_key(one.text) is None and goes_on(joined[-1].text, one.text):
            begin = joined.pop()
            joined.append(Line(begin.start, one.end, text[begin.start : one.end], begin.gap))
        else:
            joined.append(one)
    return joined


def _above_next_heads(heads: Sequence[Line], lines: Sequence[Line]) -> Sequence[Line]:
    """The lines down to where the same headings stand once more."""
    names = [one.text for one in heads]
    written = [one.text for one in lines]
    repeated = (
        place
        for place, words in enumerate(written)
        if words == names[0] and written[place : place + len(names)] == names
    )
    return lines[: next(repeated, len(lines))]


class _Reader:
    """Reads the rows below the headings of one table."""

    def __init__(
        self, text: str, heads: Sequence[Line], below: Sequence[Line], fewest: int
    ) -> None:
        self._fewest = fewest
        self._broken = _above_next_heads(heads, below)
        heads = _whole_heads(heads)
        self._text, self._heads, self._width = text, heads, len(heads)
        self._is_cut = len(self._broken) < len(below)
        self._lines = _with_broken_cells(text, self._broken)
        # Where empty lines stand between all cells, one more of them may be an empty cell or none.
        gaps = [bool(one.gap) for one in self._lines[1 : self._width]]
        self._parted = 2 * sum(gaps) > len(gaps)
        self._columns = Columns(column_roles([one.text for one in heads]), self._parted)

    def read(self) -> list[Block]:
        """The headings and the rows; none where not most of these have a line for each heading."""
        rows = [self._row(self._heads)]
        read = whole = place = 0
        key: Key | None = None
        while (begin := self._row_start(place, key)) is not None:
            if begin > place:
                rows.append(self._row(self._lines[place:begin]))
            key = row_key(self._lines[begin].text)
            end = self._row_end(begin, key) if key else None
            if end is None:
                return []
            lines = self._lines[begin:end]
            if len(lines) < self._width - MOST_MISSING:
                break  # A number in the text below the table.
            follows = self._row_start(end, key) is not None
            cells = self._columns.cells(lines, self._lines[end].gap if follows else 0)
            rows.append(_block(self._text, cells or self._columns.together(lines)))
            read, whole = read + 1, whole + (cells is not None and self._is_whole(cells))
            place = end
        return rows if whole >= self._fewest and 2 * whole >= read else []

    def _is_whole(self, cells: Sequence[Cell]) -> bool:
        """Whether all cells of a row are filled in, but for a last one of remarks."""
        filled = [start < end for start, end in cells]
        return all(filled) or (all(filled[:-1]) and not self._columns.roles[-1])

    def read_broken(self) -> list[Block]:
        """The headings and the rows of a table whose cells are broken into lines; none where not most can be cut.

        Where the rows that can be cut have one body each that leads, so do the others.
        """
        rows = self._broken_rows()
        one_leads = self._one_leads(rows[1:])
        return self._broken_rows(one_leads) if one_leads else rows

    def _one_leads(self, rows: Sequence[Block]) -> int:
        """How many rows have one body that leads, if all do where it is known."""
        roles = self._columns.roles
        place = roles.index("lead") if "lead" in roles else len(roles)
        cells = [self._text[slice(*one.cells[place])] for one in rows if place < len(one.cells)]
        named = ["".join(one.split()) for one in cells if one]
        single = (is_unit_name(one) and len(parse_units(one, 0, len(one))) == 1 for one in named)
        return len(named) if all(single) else 0

    def _broken_rows(self, one_leads: int = 0) -> list[Block]:
        starts = cut_at_keys(self._broken)
        rows = [self._row(self._heads)]
        read = 0
        below = self._end_of_words(self._broken, starts[-1], len(self._broken)) if starts else 0
        for begin, end in pairwise((*starts, below)):
            lines = self._broken[begin:end]
            # What the same headings follow ends above them.
            is_last = end == below and not (self._is_cut and end == len(self._broken))
            cells = broken_cells(self._columns, lines, is_last=is_last, one_leads=one_leads)
            if cells is None and is_last:
                break  # Where it ends cannot be told.
            rows.append(_block(self._text, cells or self._columns.together(lines)))
            read += cells is not None
        return rows if read >= self._fewest and 2 * read >= len(starts) else []

    def _row(self, lines: Sequence[Line]) -> Block:
        """The headings, or a heading between the rows, which fills the first cell alone."""
        cells = [(one.start, one.end) for one in lines]
        empty = (cells[-1][1], cells[-1][1])
        return _block(self._text, (*cells, *[empty] * (self._width - len(cells))))

    def _row_start(self, place: int, above: Key | None) -> int | None:
        """The line that begins the row below the one with a key: one given, or that below a heading of rows there."""
        if self._has_key(place, above):
            return place
        if place < len(self._lines) and heads_group(self._lines[place].text):
            anew = above and replace(above, value=())
            return place + 1 if self._has_key(place + 1, anew) else None
        return None

    def _has_key(self, place: int, above: Key | None) -> bool:
        key = row_key(self._lines[place].text) if place < len(self._lines) else None
        return key is not None and (above is None or above.precedes(key))

    def _row_end(self, begin: int, key: Key) -> int | None:
        """Where the row ends that begins at a line; None where several lines may begin the next one."""
        regular = begin + self._width
        if self._row_start(regular, key) is not None:
            return regular
        starts = {
            place: start
            for place in range(begin + 2, regular + MOST_SURPLUS + 1)
            if (start := self._row_start(place, key)) is not None
        }
        ends = [place for place in starts if starts.get(place - 1) != place]
        likely = [place for place in ends if self._are_cells(starts[place])]
        if not likely and (not ends or self._are_cells(begin)):
            return self._last_row_end(begin)
        first, *others = likely or ends
        # Further ones may begin the rows below the next.
        return first if all(place - first >= self._width for place in others) else None

    def _are_cells(self, begin: int) -> bool:
        return self._columns.are_cells(self._lines[begin : begin + self._width])

    def _last_row_end(self, begin: int) -> int:
        """Where the last row ends: it is as long as the table is wide, unless a gap or a text comes first.

        Where it cannot be so cut, but up to the gap it can, a cell of it is broken over lines.
        """
        end = self._end_of_words(self._lines, begin, self._width)
        if not self._are_cells(begin) and not self._parted:
            longer = self._end_of_words(self._lines, begin, self._width + MOST_SURPLUS)
            if longer > end and self._columns.cells(self._lines[begin:longer], 0):
                return longer
        return end

    def _end_of_words(self, lines: Sequence[Line], begin: int, longest: int) -> int:
        """Where the lines of a row end at the latest."""
        end = begin + 1
        while end < min(begin + longest, len(lines)):
            line = lines[end]
            is_below = (line.gap and not self._parted) or heads_group(line.text)
            if is_below or line.text.endswith(("：", ":")) or is_note(line.text):
                break
            end += 1
        return end
