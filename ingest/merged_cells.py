"""What a cell left open stands for where tables were pasted as text: the cell above that it was merged with.

A mark (同上, 〃) says so by itself. A blank says so where the document does (表中空格内容同上一行), in all columns but
those that it names; without such a word only the first columns, which sort the rows into groups, are filled in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

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
# Of the rows, how many a column that sorts them may have filled in.
_MOST_FILLED = 0.6
# A title merged over rows stands further to the left than what the rows say each for itself.
_MOST_SORTING = 3


@dataclass(frozen=True, slots=True)
class MergedCells:
    """Whether a document says that its open cells are as the ones above, and for which columns it does not."""

    stated: bool = False
    but: tuple[str, ...] = ()

    def holds_for(self, heading: str) -> bool:
        """Whether a blank below a heading is said to be as the cell above."""
        exempted = any(one in heading or heading in one for one in self.but)
        return self.stated and bool(heading) and not exempted


def merged_cells(text: str) -> MergedCells:
    """What a document says of its open cells."""
    for sentence in _SENTENCE.findall(text):
        said = _QUOTES.sub("", sentence)
        if _STATED.search(said) is None:
            continue
        exempted = (match["before"] or match["after"] for match in _EXEMPTED.finditer(said))
        return MergedCells(True, tuple(name for one in exempted for name in one.split("、")))
    return MergedCells()


def with_cells_above(
    text: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]], merged: MergedCells
) -> list[tuple[Cell, ...]]:
    """The rows with each cell that stands for one above replaced by that cell.

    A row with one cell alone is a heading or a remark, one of a total sums up: neither takes anything over.
    """
    sorting = _sorting_columns(text, heads, rows)
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
            open_blank = not written and (sorted_on or merged.holds_for(heading))
            if (written in _marks() or open_blank) and column in above:
                cells[column] = above[column]
        above = {i: cell for i, cell in enumerate(cells) if cell[0] < cell[1]}
        filled.append(tuple(cells))
    return filled


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
