"""What a cell left open stands for where tables were pasted as text: the cell above that it was merged with.

A mark (同上, 〃) says so by itself, as does one that names the row (同第3项). A blank says so where the document does: for
all columns (表中空格内容同上一行) but those that it exempts, for the columns that it names, or for a row of its own
(第4项牵头单位与第3项相同). Without such a word only the first columns are filled in, which sort the rows into groups, and
those that are written exactly where the groups begin; and in rows that are parts of one matter (子项) all that stands
before the part, with who bears it and by when.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ingest.markers import ordinal
from ingest.vocabulary import load_vocabulary

Cell = tuple[int, int]

_OPEN_CELL = r"(?:空白|空格|空着|留空|空项|空栏|空的|未填|没填|为空)"
_AS_ABOVE = (
    r"(?:同上|同前|与上.{0,4}(?:相同|一致|同)|承上|沿用上|照上|上一[行格栏]|上[行格]|合并单元格)"
)
_STATED = re.compile(rf"{_OPEN_CELL}[^。；;\n]*{_AS_ABOVE}|{_AS_ABOVE}[^。；;\n]*{_OPEN_CELL}")
_SENTENCE = re.compile(r"[^。；;\n]+")
_QUOTES = re.compile(r"[“”\"「」《》]")
_EXEMPTED = re.compile(
    r"(?P<before>[\u4e00-\u9fff、]{2,20}?)(?:[一两]?[栏列项])?(?:除外|不在此列|不算)"
    r"|除(?:了)?(?P<after>[\u4e00-\u9fff、]{2,20}?)(?:[一两]?[栏列项])?(?:之?外|以外)"
)
# 责任单位一栏空白的…: said of these columns alone.
_NAMED = re.compile(
    rf"(?P<names>[\u4e00-\u9fff、]{{2,20}}?)[一两]?[栏列]中?的?(?:为|是)?{_OPEN_CELL}"
)
_ROW = r"第\s*(?P<{}>\d{{1,3}}|[一二三四五六七八九十]{{1,3}})\s*[项号行条件](?:任务|问题|事项|工作)?的?"
# 第4项任务牵头单位、责任领导与第3项相同.
_AS_ROW = re.compile(
    _ROW.format("row")
    + r"(?P<names>[\u4e00-\u9fff、]{2,30}?)(?:均|都|分别)?[与和同]"
    + _ROW.format("other")
    + r"(?:相同|一致|同|一样)"
)
# A cell that names the row whose words it stands for: 同第3项, 同序号3.
_CELL_AS_ROW = re.compile(
    r"[同见](?:第\s*(?P<ordinal>\d{1,3}|[一二三四五六七八九十]{1,3})\s*[项号行条]|序号\s*(?P<number>\d{1,3}))"
)
# Of the rows, how many a column that sorts them may have filled in.
_MOST_FILLED = 0.6
# A title merged over rows stands further to the left than what the rows say each for itself.
_MOST_SORTING = 3
# Headings of what several tasks may have in common: who, and by when.
_BORNE = re.compile("单位|部门|科室|领导|责任|负责|时限|期限|时间")
_HELPING = re.compile("[配协助]|参与")
# Groups of rows, and rows in them below the first, that show where cells of a column were merged.
_FEWEST_GROUPS, _FEWEST_OPEN = 2, 2


@dataclass(frozen=True, slots=True)
class AsRow:
    """That open cells of a row, below the headings named, are as those of another row, both by their numbers."""

    row: int | None
    names: tuple[str, ...]
    other: int | None


@dataclass(frozen=True, slots=True)
class MergedCells:
    """Whether a document says that its open cells are as the ones above, and for which columns it does or does not."""

    stated: bool = False
    but: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    rows: tuple[AsRow, ...] = ()

    def holds_for(self, heading: str) -> bool:
        """Whether a blank below a heading is said to be as the cell above."""
        named = not self.only or _is_named(heading, self.only)
        return self.stated and bool(heading) and named and not _is_named(heading, self.but)


def _is_named(heading: str, names: Sequence[str]) -> bool:
    return any(one in heading or heading in one for one in names)


def merged_cells(text: str) -> MergedCells:
    """What a document says of its open cells."""
    rows = tuple(
        AsRow(ordinal(match["row"]), tuple(match["names"].split("、")), ordinal(match["other"]))
        for match in _AS_ROW.finditer(text)
    )
    for sentence in _SENTENCE.findall(text):
        said = _QUOTES.sub("", sentence)
        if _STATED.search(said) is None:
            continue
        exempted = (match["before"] or match["after"] for match in _EXEMPTED.finditer(said))
        but = tuple(name for one in exempted for name in one.split("、"))
        named = _NAMED.search(said)
        return MergedCells(True, but, tuple(named["names"].split("、")) if named else (), rows)
    return MergedCells(rows=rows)


def with_cells_above(
    text: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]], merged: MergedCells
) -> list[tuple[Cell, ...]]:
    """The rows with each cell that stands for one above, or in a row named, replaced by that cell.

    A row with one cell alone is a heading or a remark, one of a total sums up: neither takes anything over.
    """
    sorting = _sorting_columns(text, heads, rows)
    with_groups = _columns_of_groups(text, heads, rows, sorting)
    parting = parting_column(heads)
    filled: list[tuple[Cell, ...]] = []
    above: dict[int, Cell] = {}
    for row in rows:
        words = [text[start:end].strip() for start, end in row]
        if sum(map(bool, words)) < 2 or _sums_up(words):
            filled.append(tuple(row))
            above = {} if len([one for one in words if one]) == 1 else above
            continue
        cells = list(row)
        for column, written in enumerate(words):
            heading = heads[column] if column < len(heads) else ""
            # Where a wider group begins, a narrower one left open is not known.
            sorted_on = column in sorting and not any(words[i] for i in sorting if i < column)
            of_whole = parting is not None and _is_of_whole(column, heading, parting, words)
            taken_over = sorted_on or of_whole or column in with_groups or merged.holds_for(heading)
            if (written in _marks() or (not written and taken_over)) and column in above:
                cells[column] = above[column]
        above = {i: cell for i, cell in enumerate(cells) if cell[0] < cell[1]}
        filled.append(tuple(cells))
    return _with_cells_of_rows(text, heads, filled, merged.rows)


def parting_column(heads: Sequence[str]) -> int | None:
    """The column that parts the matter of a number into rows: 子项."""
    parts = load_vocabulary("tables")["part_heads"]
    return next((i for i, heading in enumerate(heads) if heading in parts), None)


def _is_of_whole(column: int, heading: str, parting: int, words: Sequence[str]) -> bool:
    """Whether a part of a matter has a cell in common with the part above: its row has a part, and no number or title."""
    if parting >= len(words) or not words[parting] or any(words[:parting]):
        return False
    borne = _BORNE.search(heading) is not None and _HELPING.search(heading) is None
    return column < parting or borne


def _with_cells_of_rows(
    text: str, heads: Sequence[str], rows: Sequence[tuple[Cell, ...]], said: Sequence[AsRow]
) -> list[tuple[Cell, ...]]:
    """The rows with each cell that is as one of another row, by what it says itself or what is said of it."""
    numbers = load_vocabulary("tables")["number_heads"]
    place = next((i for i, heading in enumerate(heads) if heading in numbers), None)
    if place is None:
        return list(rows)
    keys = [ordinal(text[slice(*row[place])].strip()) if place < len(row) else None for row in rows]
    by_key = {key: row for key, row in zip(keys, rows, strict=True) if keys.count(key) == 1}

    def other(key: int | None, column: int, cell: Cell) -> Cell:
        written = text[slice(*cell)].strip()
        named = _CELL_AS_ROW.fullmatch(written)
        if named:
            as_row = ordinal(named["ordinal"] or named["number"])
        else:
            as_row = next(
                (
                    one.other
                    for one in said
                    if not written and key == one.row and _is_named(heads[column], one.names)
                ),
                None,
            )
        found = by_key.get(as_row, ()) if as_row else ()
        return found[column] if column < len(found) else cell

    return [
        tuple(
            other(key, i, cell) if key and i < len(heads) and heads[i] else cell
            for i, cell in enumerate(row)
        )
        for key, row in zip(keys, rows, strict=True)
    ]


def _columns_of_groups(
    text: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]], sorting: frozenset[int]
) -> frozenset[int]:
    """The columns that are written in the rows where the groups of the first columns begin, and open in several others.

    Only of those who help may there be none, so that theirs have to be written in no other row.
    """
    if not sorting:
        return frozenset()

    def written(column: int) -> list[bool]:
        return [column < len(row) and bool(text[slice(*row[column])].strip()) for row in rows]

    groups = written(min(sorting))
    if sum(groups) < _FEWEST_GROUPS or len(groups) - sum(groups) < _FEWEST_OPEN:
        return frozenset()

    def is_merged(column: int, heading: str) -> bool:
        own = written(column)
        if own == groups or _HELPING.search(heading):
            return own == groups
        begun = all(one for one, begins in zip(own, groups, strict=True) if begins)
        return begun and own.count(False) >= _FEWEST_OPEN

    return frozenset(
        column
        for column, heading in enumerate(heads)
        if _BORNE.search(heading) and is_merged(column, heading)
    )


def _sorting_columns(
    text: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> frozenset[int]:
    """The first columns that sort the rows by source, place or kind, each value written where it begins."""
    words = load_vocabulary("tables")
    found: set[int] = set()
    for column, heading in enumerate(heads):
        if heading in words["number_heads"] or heading.endswith("编号"):
            continue
        cells = [text[slice(*row[column])].strip() for row in rows if column < len(row)]
        sorts = any(heading.endswith(kind) for kind in words["sorting_heads"])
        rare = cells and cells[0] and sum(map(bool, cells)) <= _MOST_FILLED * len(cells)
        if not (sorts and rare) or len(found) == _MOST_SORTING:
            break
        found.add(column)
    return frozenset(found)


def _sums_up(words: Sequence[str]) -> bool:
    first = next((word for word in words if word), "")
    return first.startswith(tuple(load_vocabulary("tables")["totals"]))


@cache
def _marks() -> frozenset[str]:
    return frozenset(load_vocabulary("tables")["as_above"])
