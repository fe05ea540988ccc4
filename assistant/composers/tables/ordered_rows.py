"""The rows of a table in the order of a column: 总投资从大到小, 最大的三个."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.composers.tables.reading import TableReading
from assistant.composers.tables.series import Point, Series
from assistant.understanding.orders import Order, asked_order
from assistant.understanding.table_ranks import asked_rank, rank_column
from prompts import phrase


@dataclass(frozen=True, slots=True)
class Ordered:
    """Points of a series in the order asked for, those with one figure as they stand in the table."""

    series: Series
    order: Order
    points: tuple[Point, ...]

    def said(self) -> str:
        """By what, and which way, they are put in order."""
        way = phrase("table_falling" if self.order.from_largest else "table_rising")
        first = phrase("table_first_of", count=self.order.count) if self.order.count else ""
        return phrase("table_ordered", column=self.series.name, way=way, first=first)


def ordered(reading: TableReading, series: list[Series]) -> Ordered | None:
    """The rows that a question asks for in order; None where it asks for none, or by no one column of figures.

    The column named first is the one to go by; a ranking that the table has tells the places itself.
    """
    order = asked_order(reading.text)
    if order is None or reading.transposed or reading.table.of_tasks:
        return None
    if asked_rank(reading.text) is not None and rank_column(reading.table) is not None:
        return None
    meant = min(
        (one for one in series if len(one.filled) > 1),
        key=lambda one: _place_of(reading, one),
        default=None,
    )
    if meant is None:
        return None
    sign = -1 if order.from_largest else 1
    line = sorted(meant.filled, key=lambda one: sign * (one.value or 0))
    # Those that have the figure of the last one asked for are no further behind.
    last = line[min(order.count or len(line), len(line)) - 1].value or 0
    kept = tuple(one for one in line if sign * (one.value or 0) <= sign * last)
    return Ordered(meant, order, kept)


def _place_of(reading: TableReading, series: Series) -> int:
    """Where the text names the column of a series; behind all others where it does not."""
    columns = [one.name for one in reading.table.columns]
    stretches = reading.columns[columns.index(series.name)].stretches
    found = [at for one in stretches if (at := reading.text.find(one)) >= 0]
    return min(found, default=len(reading.text))
