"""By how much the figures of each row change from one year to the next: 2025年PM2.5 and 2026年PM2.5目标."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.composers.tables.change_columns import year_pairs
from assistant.composers.tables.cited import CitedTable
from assistant.composers.tables.reading import TableReading
from assistant.composers.tables.series import Point, column_series, decimal_text, unit_of_gap
from assistant.draft import Statement
from assistant.understanding.table_names import named_of
from assistant.vocabulary import asks
from prompts import phrase


@dataclass(frozen=True, slots=True)
class _Change:
    before: Point
    after: Point

    @property
    def by(self) -> Decimal:
        return (self.after.value or Decimal(0)) - (self.before.value or Decimal(0))

    @property
    def size(self) -> str:
        return f"{decimal_text(abs(self.by))}{unit_of_gap(self.after.unit)}"


class Changes:
    """Compares, row by row, two columns of one measure."""

    def __init__(self, reading: TableReading, cited: CitedTable) -> None:
        self._reading, self._cited, self._table = reading, cited, reading.table

    def statements(self) -> list[Statement]:
        """The rows that change most, or by how much each does; nothing where no such thing is asked."""
        if not asks("tables", "change", self._reading.text):
            return []
        return [
            statement
            for before, after in self._measures()
            for changes in self._of_one_unit(before, after)
            for statement in self._worded(before, after, changes)
        ]

    def _measures(self) -> list[tuple[int, int]]:
        """The two columns of each measure that the question names, the earlier year first."""
        pairs = year_pairs(self._table)
        named = named_of(self._reading.text, list(pairs))
        meant = [name for i, name in enumerate(pairs) if i in named or not name]
        if not meant and self._reading.refers:
            meant = [name for name, own in pairs.items() if set(own) & self._reading.columns.keys()]
        return [own for name, own in pairs.items() if name in meant]

    def _of_one_unit(self, before: int, after: int) -> list[list[_Change]]:
        """The changes of the rows, those in one unit together; of one row alone none is the largest."""
        rows = self._reading.named_rows or [one for one in self._table.rows if not one.total]
        befores = column_series(self._table, before, rows).points
        afters = column_series(self._table, after, rows).points
        units: defaultdict[str, list[_Change]] = defaultdict(list)
        for early, late in zip(befores, afters, strict=True):
            if early.value is not None and late.value is not None and early.unit == late.unit:
                units[late.unit].append(_Change(early, late))
        return [own for own in units.values() if len(own) > 1 or len(rows) == 1]

    def _worded(self, before: int, after: int, changes: Sequence[_Change]) -> list[Statement]:
        text = self._reading.text
        down = asks("tables", "down", text)
        moving = [one for one in changes if (one.by < 0 if down else one.by > 0)]
        least = asks("tables", "least_change", text)
        if asks("tables", "end_of_change", text):
            end = (min if least else max)((abs(one.by) for one in moving), default=None)
            shown = [one for one in moving if abs(one.by) == end]
        else:
            shown = list(changes)
        if not shown:
            return []
        names = [self._table.columns[i].name for i in (before, after)]
        lines = "、".join(self._line(one) for one in shown)
        if len(shown) < len(changes):
            word = f"{'降幅' if down else '升幅'}{'最小' if least else '最大'}"
            said = phrase(
                "table_change_ends", before=names[0], after=names[1], word=word, lines=lines
            )
        else:
            said = phrase("table_changes", before=names[0], after=names[1], lines=lines)
        points = [point for one in shown for point in (one.before, one.after)]
        compared = [point for one in changes for point in (one.before, one.after)]
        return [self._cited.reckoned(said, points, compared)]

    def _line(self, one: _Change) -> str:
        if one.by == 0:
            return phrase("table_unchanged", row=one.after.name, figure=one.after.written)
        return phrase(
            "table_change",
            row=one.after.name,
            before=one.before.written,
            after=one.after.written,
            word="下降" if one.by < 0 else "上升",
            size=one.size,
        )
