"""The rows of a table whose figures are on the side of a bound that the question sets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.composers.tables.cited import CitedTable
from assistant.composers.tables.reading import TableReading
from assistant.composers.tables.series import (
    Point,
    Series,
    amount,
    column_series,
    decimal_text,
    with_figure,
)
from assistant.draft import Statement
from assistant.proof.quantities import quantities
from assistant.understanding.row_bounds import Bound, bound_asked
from assistant.understanding.table_names import named_of
from ingest.records import FigureRow
from prompts import phrase

_COUNTERS = "个项件条处家"


@dataclass(frozen=True, slots=True)
class Bounded:
    """The points of a series within a bound, what they were held against, and the bound in words."""

    series: Series
    kept: tuple[Point, ...]
    against: tuple[Point, ...]
    said: str

    @property
    def rows(self) -> list[FigureRow]:
        return [one.row for one in self.kept]


class Bounds:
    """Holds the figures of a table against the bound of a question."""

    def __init__(self, reading: TableReading) -> None:
        self._reading, self._table = reading, reading.table
        self._bound = bound_asked(reading.text)

    def within(self, series: Sequence[Series]) -> list[Bounded]:
        """For each series that the bound is set to, what is within it."""
        if self._bound is None:
            return []
        found = (self._held(self._bound, one) for one in self._nearest(self._bound, series))
        return [one for one in found if one is not None]

    def _nearest(self, bound: Bound, series: Sequence[Series]) -> list[Series]:
        """The series named last before the bound, or all where none is told apart so."""
        text = self._reading.text[: bound.start]
        ends = {
            one.name: max(text.rfind(part) + len(part) for part in named.stretches)
            for one in series
            if (named := named_of(text, [one.name]).get(0)) and named.stretches
        }
        if not ends:
            return list(series)
        named_of_all = named_of(text, list(ends))
        names = [name for i, name in enumerate(ends) if i in named_of_all] or list(ends)
        last = max(ends[name] for name in names)
        return [one for one in series if one.name in names and ends[one.name] == last]

    def _held(self, bound: Bound, series: Series) -> Bounded | None:
        if not series.can_be_reckoned:
            return None
        unit = series.filled[0].unit
        if bound.figure is not None:
            figure = self._in_unit(bound, unit)
            if figure is None:
                return None
            said = bound.said(f"{decimal_text(figure)}{unit}")
            return _split(bound, series, dict.fromkeys(series.filled, figure), (), said)
        return self._against_row(bound, series) or self._against_column(bound, series)

    def _in_unit(self, bound: Bound, unit: str) -> Decimal | None:
        """The bound in the unit of the figures: 超过5000户 is 0.5 of 万户. None where it is in another unit."""
        text = self._reading.text
        given = next((one for one in quantities(text) if one.start == bound.figure_at), None)
        one = amount(Decimal(1), unit)
        if given is None or one is None or not given.unit:
            return bound.figure
        if not unit and given.unit in _COUNTERS:
            return bound.figure  # 3个 of a column 问题数
        if given.unit == one[1] or one[1].startswith(f"{given.unit}/"):
            return given.value / one[0]
        return None

    def _against_row(self, bound: Bound, series: Series) -> Bounded | None:
        """Held against the figure of another row, which is none of those asked for."""
        column = [one.name for one in self._table.columns].index(series.name)
        everything = column_series(self._table, column, self._table.rows).points
        named = named_of(bound.other, [one.name for one in everything])
        others = [everything[i] for i in named if everything[i].value is not None]
        if len(others) != 1 or (value := others[0].value) is None:
            return None
        said = bound.said(f"（{others[0].written}）", others[0].name)
        kept = [one for one in series.filled if one.row.span != others[0].row.span]
        return _split(bound, series, dict.fromkeys(kept, value), tuple(others), said)

    def _against_column(self, bound: Bound, series: Series) -> Bounded | None:
        """Held, row by row, against the figure of another column."""
        figures = self._reading.figure_columns
        names = [self._table.columns[i].name for i in figures]
        named = [figures[i] for i in named_of(bound.other, names) if names[i] != series.name]
        if len(named) != 1:
            return None
        rows = [one.row for one in series.filled]
        other = column_series(self._table, named[0], rows)
        if not other.can_be_reckoned or other.filled[0].unit != series.filled[0].unit:
            return None
        pairs = zip(series.filled, other.points, strict=True)
        bounds = {one: against.value for one, against in pairs if against.value is not None}
        return _split(bound, series, bounds, other.filled, bound.said("", other.name))


def bounded_statement(cited: CitedTable, one: Bounded) -> Statement:
    """Which lines are within the bound, each with its figure."""
    text = phrase("table_none_bounded", column=one.series.name, bound=one.said)
    if one.kept:
        text = phrase(
            "table_bounded",
            column=one.series.name,
            bound=one.said,
            count=len(one.kept),
            names="、".join(map(with_figure, one.kept)),
        )
    return cited.reckoned(text, one.series.points, one.against)


def _split(
    bound: Bound,
    series: Series,
    bounds: dict[Point, Decimal],
    against: tuple[Point, ...],
    said: str,
) -> Bounded | None:
    held = {
        one: bound.holds(one.value, value, is_upper_bound=series.is_upper_bound)
        for one, value in bounds.items()
        if one.value is not None
    }
    if None in held.values():
        return None
    return Bounded(series, tuple(one for one, holds in held.items() if holds), against, said)
