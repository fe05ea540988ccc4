"""Rows of a table copied from a page with every cell in lines as narrow as its column, one below the other.

What belongs to a cell is told by where lines break off: within a cell only at the margin of the column or behind a
sentence, and a numbered point goes on with the one before it. Columns of bodies, persons and times hold nothing else.
A row is cut in the way that breaks the fewest of these rules, if no other way is about as good.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from heapq import nsmallest
from itertools import pairwise

from ingest.line_cells import Cell, Columns, Line, cell_ranges, row_key
from ingest.responsibility import UNIT_ROLES
from ingest.tasks.states import is_state
from ingest.unit_lists import is_group, is_kind, is_unit_name

_MOST_LINES, _MOST_IN_LIST = 60, 10
_WAYS = 8
_POINT = re.compile(r"[（(]?(\d{1,2})(?:[)）、]|[.．](?!\d(?!\d{3}年|\d?月)))|([①-⑳])")
_GOES_ON = "、，,（("
_ENDS = "。；;！!"
# What a way to cut a row costs for each line that stands where the rules do not put it.
_WRONG, _SHORT, _SENTENCE, _FULL, _EMPTY = 3.0, 1.5, 0.7, 0.4, 2.0
_HIGHEST, _CLEARLY = 2.5, 0.3
# Characters that a line may be short of the margin.
_SLACK = 2

# Rows with one body each that leads, and how the names of those end that only carry out what a department leads.
_ENOUGH_ROWS = 4
_LOCAL = ("政府", "办事处", "街道", "镇", "乡", "公司", "集团", "厂")

_Way = tuple[float, tuple[int, ...]]


def cut_at_keys(lines: Sequence[Line]) -> list[int]:
    """Where rows begin that are numbered one after the other, from the first line on."""
    found: list[int] = []
    last = 0
    for place, line in enumerate(lines):
        key = row_key(line.text)
        if key is None or key.kind != "number":
            continue
        if not found or key.value[0] == last + 1:
            found.append(place)
            last = key.value[0]
    return found if found[:1] == [0] else []


def broken_cells(
    columns: Columns, row: Sequence[Line], *, is_last: bool, one_leads: int = 0
) -> tuple[Cell, ...] | None:
    """The cells of a row, whose first line is its number; None where they can be cut in several ways.

    Below the last row there may be text that does not belong to it. `one_leads` is the number of
    other tasks of which each has one body that leads, if all do: so has this one, where they are enough or a place or a
    firm stands next.
    """
    return _Row(columns, row[:_MOST_LINES]).cells(is_last=is_last, one_leads=one_leads)


class _Row:
    def __init__(self, columns: Columns, lines: Sequence[Line]) -> None:
        self._columns, self._lines, self._width = columns, lines, len(columns.roles)
        self._lengths = [_length(line.text) for line in lines]
        self._points = [_point(line.text) for line in lines]

    def cells(self, *, is_last: bool, one_leads: int) -> tuple[Cell, ...] | None:
        ways = self._ways
        ends = range(self._width, len(self._lines) + 1) if is_last else (len(self._lines),)
        best, *others = sorted(way for end in ends for way in ways.get(end, ())) or [(_HIGHEST, ())]
        if best[0] >= _HIGHEST:
            return None
        as_good = [one for one in others if one[0] - best[0] < _CLEARLY]
        unsure = {i for _, cuts in as_good for i, cut in enumerate(cuts) if cut != best[1][i]}
        if not all(self._parts_bodies(cut) for cut in unsure):
            return None
        if one_leads and unsure:
            ways_of_one = [one for one in (best, *as_good) if self._has_one_lead(one[1])]
            if len(ways_of_one) == 1 and (
                one_leads >= _ENOUGH_ROWS or self._is_local(ways_of_one[0][1])
            ):
                best, unsure = ways_of_one[0], set()
        cells = [self._lines[start:end] for start, end in pairwise((0, *best[1]))]
        # Whose of two columns a body is cannot be told: they are left open.
        return cell_ranges([[] if {i - 1, i} & unsure else cell for i, cell in enumerate(cells)])

    def _has_one_lead(self, cuts: Sequence[int]) -> bool:
        """Whether the column of those who lead has one body in a way to cut the row."""
        if "lead" not in self._columns.roles:
            return False
        place = self._columns.roles.index("lead")
        start, end = cuts[place - 1], cuts[place]
        lines = self._lines[start:end]
        return is_unit_name("".join(one.text for one in lines)) and not any(
            self._begins_body(place, start, one) for one in range(start + 1, end)
        )

    def _is_local(self, cuts: Sequence[int]) -> bool:
        """Whether behind the one that leads stands a place's government, a firm or a group: none that leads beside it."""
        following = self._lines[cuts[self._columns.roles.index("lead")]].text
        return following.endswith(_LOCAL) or is_group(following)

    def _parts_bodies(self, cut: int) -> bool:
        """Whether the columns on both sides of a cut hold bodies."""
        return set(self._columns.roles[cut : cut + 2]) <= set(UNIT_ROLES)

    @cached_property
    def _ways(self) -> dict[int, list[_Way]]:
        """The best ways to share out the lines before each over all columns, with the end of each cell."""
        ways: dict[int, list[_Way]] = {1: [(0.0, (1,))]}
        for column in range(1, self._width):
            following: dict[int, list[_Way]] = {}
            for start, before in ways.items():
                for end in range(start, len(self._lines) + 1):
                    cost = self._cost(column, start, end)
                    if cost < _HIGHEST:
                        longer = [(spent + cost, (*cuts, end)) for spent, cuts in before]
                        kept = (one for one in longer if one[0] < _HIGHEST)
                        following.setdefault(end, []).extend(kept)
            ways = {end: nsmallest(_WAYS, found) for end, found in following.items() if found}
        return ways

    def _cost(self, column: int, start: int, end: int) -> float:
        """What it costs that some lines are the cell of a column."""
        if start == end:
            return _EMPTY
        if end - start > _MOST_IN_LIST and self._columns.is_listing(column):
            return _WRONG
        lines = self._lines[start:end]
        breaks = (one for one in range(start + 1, end) if not self._begins_body(column, start, one))
        cost = sum(self._break(start, end, place) for place in breaks)
        if lines[-1].text[-1] in _GOES_ON or self._points[start] > 1:
            cost += _WRONG
        elif self._may_go_on(start, end) and not self._begins_body(column, start, end - 1):
            cost += _FULL * (self._lengths[end - 1] >= max(self._lengths[start:end]))
        if self._columns.is_listing(column) and is_kind(lines[0].text):
            cost += _WRONG  # 管理委员会 alone is the rest of a name.
        if self._columns.roles[column] == "status" and not is_state("".join(x.text for x in lines)):
            cost += _FULL
        if cost < _HIGHEST and not self._columns.may_be_cell(column, [x.text for x in lines]):
            cost += _WRONG
        return cost

    def _may_go_on(self, start: int, end: int) -> bool:
        """Whether a cell of several lines is not known to end with the last of them."""
        below = end < len(self._lines)
        return below and end - start > 1 and self._lines[end - 1].text[-1] not in _ENDS

    def _begins_body(self, column: int, start: int, place: int) -> bool:
        """Whether a line begins another body of a list: the one before it, in a line or several, is whole."""
        if self._columns.roles[column] not in UNIT_ROLES or is_kind(self._lines[place].text):
            return False
        above = [one.text for one in self._lines[start:place]]
        return any(is_unit_name("".join(above[first:])) for first in range(len(above)))

    def _break(self, start: int, end: int, place: int) -> float:
        """What it costs that a line goes on with the cell that the one before it belongs to."""
        before = self._lines[place - 1].text
        if point := self._points[place]:
            counted = any(one == point - 1 for one in self._points[start:place])
            if point > 1 and counted:
                return 0.0
            return _WRONG if point == 1 or before[-1] in _ENDS else 0.0
        if before[-1] in _ENDS:
            return _SHORT if is_unit_name(self._lines[place].text) else _SENTENCE
        margin = max(self._lengths[start:end]) - _SLACK
        return 0.0 if before[-1] in "、" or self._lengths[place - 1] >= margin else _SHORT


def _length(line: str) -> float:
    """How wide a line is, in Chinese characters."""
    return sum(0.5 if one.isascii() else 1.0 for one in line)


def _point(line: str) -> int:
    """The number of the point that a line begins; 0 where it begins none."""
    match = _POINT.match(line)
    if match is None:
        return 0
    return int(match[1]) if match[1] else ord(match[2]) - ord("①") + 1
