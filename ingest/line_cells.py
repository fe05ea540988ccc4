"""Lines as the cells of a table: what a line can be, and which column each line of a row belongs to.

A cell is told by what its column holds: bodies, persons or a time, and a title is none of these. So a row with a
line too few or too many is cut only where one way alone puts such cells into such columns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from ingest.anchor import Anchor
from ingest.deadlines import is_status, parse_deadline_field
from ingest.markers import find_marker, ordinal, value_of
from ingest.unit_lists import are_names, looks_like_units, names_nobody, parse_people

Cell = tuple[int, int]

_NUMERAL = r"\d{1,3}|[一二三四五六七八九十百]{1,4}"
# The first cell of a row: 3, 三、, 第3项, TX-01, 央督3, 2-1.
_KEYS = (
    ("number", re.compile(r"(\d{1,12})[.．、]?")),
    ("numeral", re.compile(r"([一二三四五六七八九十百]{1,4})[.．、]?")),
    ("ordinal", re.compile(rf"第\s*({_NUMERAL})\s*[项条号件类个]")),
    ("nested", re.compile(r"(\d{1,3}(?:[-－–.．]\d{1,3}){1,2})")),
    (
        "code",
        re.compile(
            r"[【〔\[]?[A-Za-z\u4e00-\u9fff]{1,6}[-－—–_]?(\d{1,8}(?:[-－—–]\d{1,8})*)[】〕\]]?"
        ),
    ),
)
_LONGEST_HEAD = 16
_SENTENCE_MARKS = re.compile(r"[。；;，,：:？?！!]")
_RANK_PART, _RANK_POINT = 4, 5
_LONGEST_TIME = 30
_ANY_YEAR = Anchor(None, 2000, False)
# Of a row that is short or long; more is no slip but another table.
MOST_MISSING, MOST_SURPLUS = 3, 6


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text without the white space around it, and how many empty lines stand above it."""

    start: int
    end: int
    text: str
    gap: int


@dataclass(frozen=True, slots=True)
class Key:
    """What a row begins with: the way it is written, what stands before its figures, and these."""

    kind: str
    prefix: str
    value: tuple[int, ...]

    def precedes(self, other: Key) -> bool:
        """Whether a row with the other key may stand below one with this."""
        return self.kind == other.kind and (self.prefix != other.prefix or self.value < other.value)


def row_key(line: str) -> Key | None:
    """The key that a line is, where it can be the first cell of a row."""
    for kind, pattern in _KEYS:
        if match := pattern.fullmatch(line):
            parts = re.split(r"[-－—–.．]", match.group(1))
            prefix = line[: match.start(1)] if kind == "code" else ""
            return Key(kind, prefix, tuple(ordinal(part) or 0 for part in parts))
    return None


def may_head(line: str) -> bool:
    """Whether a line is short and plain enough to head a column."""
    return (
        len(line) <= _LONGEST_HEAD
        and _SENTENCE_MARKS.search(line) is None
        and row_key(line) is None
        and find_marker(line) is None
    )


def heads_group(line: str) -> bool:
    """Whether a line between two rows is a heading of those that follow: 一、大气污染防治."""
    marker = find_marker(line)
    return marker is not None and marker.rank <= _RANK_PART and "。" not in line


def goes_on(cell: str, line: str) -> bool:
    """Whether a line goes on with the cell above it: with its list, or with the next of its numbered points."""
    if cell.endswith(("，", ",", "、")):
        return True
    marker = find_marker(line)
    if marker is None or marker.rank < _RANK_POINT or marker.length == len(line):
        return False
    points = [find_marker(one.strip()) for one in cell.split("\n")]
    last = next((one for one in reversed(points) if one is not None), None)
    return (
        last is not None
        and last.rank == marker.rank
        and (value_of(marker) or 0) == (value_of(last) or 0) + 1 > 1
    )


def _names_bodies(cell: str) -> bool:
    return looks_like_units(cell, 0, len(cell))


def _names_persons(cell: str) -> bool:
    people = parse_people(cell, 0, len(cell))
    return bool(people) and are_names(people) and not _names_bodies(cell)


def _names_posts(cell: str) -> bool:
    """Whether names with their posts are all that is written: 副市长王建国."""
    people = parse_people(cell, 0, len(cell))
    posts = any(len(one.name) < len(one.span.quote) for one in people)
    return posts and _names_persons(cell)


def _tells_time(cell: str) -> bool:
    if len(cell) > _LONGEST_TIME:
        return False
    return parse_deadline_field(cell, 0, len(cell), _ANY_YEAR).tells_when or is_status(cell)


def _names_matter(cell: str) -> bool:
    return not (_names_bodies(cell) or _names_posts(cell) or _tells_time(cell))


_HOLDS: Mapping[str, Callable[[str], bool]] = {
    "lead": _names_bodies,
    "responsible": _names_bodies,
    "cooperating": _names_bodies,
    "acceptance": _names_bodies,
    "leader": _names_persons,
    "deadline": _tells_time,
}
_TEXTS = ("number", "title", "target", "measures", "problem")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table by their roles; `parted` tells that empty lines stand between all of its lines."""

    roles: tuple[str, ...]
    parted: bool

    def cells(self, row: Sequence[Line], below: int) -> tuple[Cell, ...] | None:
        """The cells of a row's lines, of which the first is its key; None where they can be cut in several ways.

        `below` is the number of empty lines under the last one, each of which may be an empty cell.
        """
        width = len(self.roles)
        if len(row) == width:
            return cell_ranges([[one] for one in row]) if self.are_cells(row) else None
        if len(row) < width and not self.parted:
            drawn = self._with_empty_lines(row, below)
            if drawn is not None:
                return cell_ranges(drawn)
        if not width - MOST_MISSING <= len(row) <= width + MOST_SURPLUS:
            return None
        if self._lacks_remark(row):
            return cell_ranges([*([one] for one in row), []])
        ways = list(islice(self._ways(row[1:], 1, width - len(row)), 2))
        return cell_ranges([[row[0]], *ways[0]]) if len(ways) == 1 else None

    def _lacks_remark(self, row: Sequence[Line]) -> bool:
        """Whether a row is short of nothing but its last cell, below a heading of remarks: all others are what they say."""
        held = zip(self.roles[:-1], row, strict=False)
        return (
            not self.roles[-1]
            and len(row) == len(self.roles) - 1
            and all(role in _HOLDS or role in _TEXTS for role, _ in held)
            and self.roles[-2] in _HOLDS
            and all(
                self._holds(role, one.text) for role, one in zip(self.roles[:-1], row, strict=True)
            )
        )

    def _holds(self, role: str, cell: str) -> bool:
        return _names_matter(cell) if role == "title" else _HOLDS.get(role, bool)(cell)

    def together(self, row: Sequence[Line]) -> tuple[Cell, ...]:
        """The key of a row, and all of its words in place of its title; fewer cells than there are columns."""
        title = self.roles.index("title")
        return cell_ranges([[row[0]], *([] for _ in range(title - 1)), list(row[1:])])

    def are_cells(self, row: Sequence[Line]) -> bool:
        """Whether lines are a row with no cell moved: as many as columns, most bodies, persons and times in theirs."""
        if len(row) != len(self.roles):
            return False
        told = [pair for pair in zip(self.roles, row, strict=True) if pair[0] in _HOLDS]
        moved = sum(not self._may_hold(role, one.text) for role, one in told)
        return not moved or 2 * moved < len(told)

    def hold_all(self, row: Sequence[Line]) -> bool:
        """Whether every line of a row is what its column holds, and its first one the name of a matter."""
        held = zip(self.roles, row, strict=True)
        return all(
            names_nobody(one.text) or self._holds(role, one.text)
            if role in _HOLDS
            else _names_matter(one.text)
            for role, one in held
        )

    def is_listing(self, column: int) -> bool:
        """Whether the cells of a column hold bodies, persons or a time, and nothing else."""
        return self.roles[column] in _HOLDS

    def may_be_cell(self, column: int, lines: Sequence[str]) -> bool:
        """Whether lines can be the cell of a column; bodies, persons and times stand in theirs alone."""
        role, cell = self.roles[column], "".join(lines)
        if role in ("target", "measures"):
            return not (_names_bodies(cell) or _names_posts(cell))
        if role == "deadline" and any(map(_names_bodies, lines)):
            return False
        return self._may_hold(role, cell)

    def _may_hold(self, role: str, cell: str) -> bool:
        return not cell or names_nobody(cell) or self._holds(role, cell)

    def _with_empty_lines(self, row: Sequence[Line], below: int) -> list[list[Line]] | None:
        """The row with its empty lines as empty cells, where that makes it as long as the others."""
        cells: list[list[Line]] = []
        for one in row:
            cells += [*([] for _ in range(one.gap if cells else 0)), [one]]
        missing = len(self.roles) - len(cells)
        if missing not in (0, below):
            return None
        cells += [[] for _ in range(missing)]
        held = zip(self.roles, cells, strict=True)
        fit = all(self._may_hold(role, one.text) for role, cell in held for one in cell)
        return cells if fit else None

    def _ways(self, lines: Sequence[Line], column: int, missing: int) -> Iterator[list[list[Line]]]:
        """The ways to share out lines over the columns from one on, of which some are empty or have several."""
        left = len(self.roles) - column
        if not left:
            if not lines:
                yield []
            return
        if missing > 0:
            sizes = range(0, 2)
        else:
            sizes = range(1, (1 if self.roles[column] in _HOLDS else 1 - missing) + 1)
        for size in sizes:
            rest = missing - 1 if not size else missing + size - 1 if missing < 0 else missing
            if size > len(lines) or (missing > 0 and rest < 0):
                continue
            cell = list(lines[:size])
            if self._may_hold(self.roles[column], "\n".join(one.text for one in cell)):
                for others in self._ways(lines[size:], column + 1, rest):
                    yield [cell, *others]


def cell_ranges(cells: Sequence[Sequence[Line]]) -> tuple[Cell, ...]:
    """From where to where each cell reaches; an empty one stands at the end of the one before it."""
    found: list[Cell] = []
    for cell in cells:
        end = found[-1][1] if found else 0
        found.append((cell[0].start, cell[-1].end) if cell else (end, end))
    return tuple(found)
