"""Reckoning with the figures of a table: a row or a column as a series, its sum, its ends, and amounts of other scales."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assistant.proof.quantities import quantities
from assistant.understanding.reckonings import POINTS
from assistant.vocabulary import load_words
from ingest.records import ColumnKind, FigureCell, FigureRow, FigureTable
from prompts import phrase
from vectorstore.folding import fold_query

# 吨 and 吨/日 add up, 微克/立方米 and % do not.
_ADDS_UP = re.compile(r"^(?!.*(?:%|‰|百分点|率))[^/]*(?:/(?:年|月|日|天|小时|时|次|a|d|h))?$")


_BOUNDED = re.compile(r"^[^\d.+-]|[上下内右]$")
_WORDS = re.compile(r"[\u4e00-\u9fff]")
_NOT_FILLED = "未填"
_CONCENTRATION = re.compile(r"(?:克|g)/(?:标?立方米|升|千克|m3|l|L|kg)")


@dataclass(frozen=True, slots=True)
class Point:
    """A cell of a series under the name that tells it from the others."""

    name: str
    row: FigureRow
    cell: FigureCell
    unit: str

    @property
    def value(self) -> Decimal | None:
        return Decimal(self.cell.value) if self.cell.value else None

    @property
    def written(self) -> str:
        """The figure as the cell has it, with its unit; that it was left open where it was, in its words (待定) if any."""
        words = "".join(self.cell.span.quote.split())
        if self.cell.blank:
            told = _WORDS.search(words) and words != _NOT_FILLED
            return phrase("table_left_as", words=words) if told else phrase("table_blank")
        # A grade (Ⅲ类) has no unit; a figure may have its own in its cell.
        own = self.cell.unit or not any(map(str.isdigit, words))
        return words if own or fold_query(words).endswith(self.unit) else f"{words}{self.unit}"


@dataclass(frozen=True, slots=True)
class Series:
    """The cells of a column, or of a row, in their order; `totals` are those that add up the others."""

    name: str
    unit: str
    points: tuple[Point, ...]
    totals: tuple[Point, ...] = ()

    @property
    def filled(self) -> tuple[Point, ...]:
        return tuple(one for one in self.points if one.value is not None)

    @property
    def can_be_reckoned(self) -> bool:
        """Whether there are figures of one unit, and none that is only a grade or a range."""
        open_or_figure = all(one.value is not None or one.cell.blank for one in self.points)
        return bool(self.filled) and open_or_figure and len({one.unit for one in self.filled}) == 1

    @property
    def can_be_summed(self) -> bool:
        """Whether its figures add up to something: amounts do, shares, concentrations and bounds (≥30) do not."""
        exact = not any(_BOUNDED.search(fold_query(one.cell.span.quote)) for one in self.filled)
        return self.can_be_reckoned and exact and _ADDS_UP.search(self.filled[0].unit) is not None

    def sum(self) -> Decimal:
        return sum((one.value or Decimal(0) for one in self.filled), Decimal(0))

    def ends(self, *, largest: bool) -> tuple[Point, ...]:
        """The points with the largest, or the smallest, figure."""
        values = [one.value for one in self.filled if one.value is not None]
        end = max(values) if largest else min(values)
        return tuple(one for one in self.filled if one.value == end)

    def at(self, place: int, *, from_largest: bool) -> tuple[Point, ...]:
        """The points with the figure at a place from one end; none where there are not so many."""
        values = [one.value for one in self.filled if one.value is not None]
        if len(values) < place:
            return ()
        value = sorted(values, reverse=from_largest)[place - 1]
        return tuple(one for one in self.filled if one.value == value)

    @property
    def is_upper_bound(self) -> bool | None:
        """Whether the figures are upper bounds, of which the lower is the stricter; None where that is not said."""
        words = load_words("questions")["tables"]
        said = self.name + "".join(one.cell.span.quote for one in self.points)
        for upper, name in ((True, "upper_bounds"), (False, "lower_bounds")):
            if any(word in said for word in words[name]):
                return upper
        # Of what is in the air or in water, less is stricter.
        return True if _CONCENTRATION.search(self.unit) else None


def is_better_lower(name: str, unit: str) -> bool | None:
    """Whether the lower of figures of a name is the better one; None where that does not say which is."""
    words, folded = load_words("questions")["tables"], fold_query(name)
    for lower, kind in ((True, "never_more"), (False, "better_more"), (True, "better_less")):
        if any(word in folded for word in words[kind]):
            return lower
    return True if _CONCENTRATION.search(unit) else None


def column_series(table: FigureTable, column: int, rows: Sequence[FigureRow] = ()) -> Series:
    """A column, of some rows or of all."""
    points = [_point(table, row, column, row.name) for row in rows or table.rows]
    own = tuple(one for one in points if rows or not (one.row.total or one.row.part))
    totals = tuple(one for one in points if one.row.total and not rows)
    return Series(table.columns[column].name, own[0].unit if own else "", own, totals)


def row_series(table: FigureTable, row: FigureRow, columns: Sequence[int]) -> Series:
    """A row over some columns; those that add up the others are its totals."""
    points = {i: _point(table, row, i, table.columns[i].name) for i in columns}
    own = tuple(one for i, one in points.items() if not table.columns[i].total)
    totals = tuple(one for i, one in points.items() if table.columns[i].total)
    return Series(row.name, own[0].unit if own else "", own, totals)


def cell_point(table: FigureTable, row: FigureRow, column: int) -> Point:
    """One cell of a row, be it one that adds up the others."""
    series = row_series(table, row, [column])
    return (series.totals if table.columns[column].total else series.points)[0]


def amount(value: Decimal, unit: str) -> tuple[Decimal, str] | None:
    """A figure in its plain unit, so that 2.6万吨 and 25000吨 can be compared; None where it is no amount."""
    found = quantities(fold_query(f"{value:f}{unit}"))
    return (found[0].value, found[0].unit) if found else None


def in_unit(plain: Decimal, unit: str) -> Decimal:
    """A plain amount in a unit that may have a scale of its own (万户)."""
    one = amount(Decimal(1), unit)
    return plain / one[0] if one else plain


def decimal_text(value: Decimal) -> str:
    """A number without an exponent and without zeros behind its point."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded_percent(share: Decimal) -> tuple[str, str]:
    """A share in per cent to one place, behind 约 where that is not all of it: ("约", "34.3%"), ("", "25%")."""
    rounded = share.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return "" if rounded == share else "约", f"{decimal_text(rounded)}%"


def with_figure(point: Point) -> str:
    """A point by its name with what is written of it: 东岭镇（9500吨）."""
    return f"{point.name}（{point.written}）"


def unit_of_gap(unit: str) -> str:
    """The unit of a difference between two figures: shares are percentage points apart."""
    return POINTS if unit == "%" else unit


def _point(table: FigureTable, row: FigureRow, column: int, name: str) -> Point:
    # What a line above says of all figures (单位：万元) is no unit of words and dates.
    figures = table.columns[column].kind is ColumnKind.FIGURES
    return Point(name, row, row.cells[column], table.unit_of(row, column) if figures else "")
