"""What is reckoned from a table: ends, bounds, sums and differences, each with all that it was reckoned from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.composers.tables.bounds import Bounded, Bounds, bounded_statement
from assistant.composers.tables.change_columns import is_change
from assistant.composers.tables.changes import Changes
from assistant.composers.tables.cited import CitedTable
from assistant.composers.tables.reading import TableReading
from assistant.composers.tables.series import (
    Point,
    Series,
    column_series,
    decimal_text,
    is_better_lower,
    rounded_percent,
    row_series,
    unit_of_gap,
    with_figure,
)
from assistant.draft import Statement
from assistant.understanding.nth_places import NthPlace, asked_nth
from assistant.understanding.reckonings import asks_share
from assistant.understanding.row_bounds import picks_rows
from assistant.vocabulary import asks, wording
from ingest.records import FigureRow
from prompts import phrase

_ENDS = (
    ("most", True),
    ("fewest", False),
    ("loosest", None),
    ("strictest", None),
    ("best", None),
    ("worst", None),
)


class Reckoning:
    """Works out what a question asks of the figures of one table."""

    def __init__(self, reading: TableReading, cited: CitedTable) -> None:
        self._reading, self._cited = reading, cited
        self._table, self._text = reading.table, reading.text

    def statements(self) -> list[Statement]:
        """What the question's words ask to be reckoned; nothing where they ask for none of it."""
        if picks_rows(self._text) and (bounded := Bounds(self._reading).within(self.series())):
            return self._bounded(bounded)
        if picked := self._having_none() or self._moving():
            return picked
        if shares := self._shares_of_total():
            return shares
        changes = Changes(self._reading, self._cited).statements()
        if changes and len(self._reading.rows) != 1:
            return changes
        found: list[Statement] = []
        if self._asks("which") or len(self._reading.rows) > 1 or self._asks_both_ends():
            found += self._ends(self.series())
        if self._asks("sum"):
            found += self.sums()
        if not found and any(map(self._asks, ("difference", "looser", "stricter"))):
            found = self._difference()
        return found or changes

    def _shares_of_total(self) -> list[Statement]:
        """Which share of the line that adds up all others each row named has: 石门县占全市几成."""
        rows = [one for one in self._reading.named_rows if not one.total]
        if not asks_share(self._text) or self._reading.transposed:
            return []
        if not rows or (len(rows) > 1 and self._asks("sum")):
            return []
        found = []
        for i in sorted(self._reading.columns.keys() & set(self._reading.figure_columns)):
            whole = column_series(self._table, i)
            if len(whole.totals) != 1 or not whole.can_be_summed:
                continue
            total = whole.totals[0]
            for point in column_series(self._table, i, rows).filled:
                if total.value and point.value is not None and point.unit == total.unit:
                    about, share = rounded_percent(point.value * 100 / total.value)
                    text = phrase(
                        "table_share",
                        row=point.name,
                        column=whole.name,
                        figure=point.written,
                        label=total.name,
                        total=total.written,
                        about=about,
                        share=share,
                    )
                    found.append(self._cited.reckoned(text, [point, total]))
        return found

    def _having_none(self) -> list[Statement]:
        """The rows of which a column counts none, where they are asked for: 哪个县没有滞后任务."""
        if not self._asks("which") or self._reading.transposed:
            return []
        found: list[Statement] = []
        for series in self.series():
            index = [one.name for one in self._table.columns].index(series.name)
            said = "|".join(map(re.escape, self._reading.columns[index].stretches))
            if said and re.search(f"(?<!有)(?:没有?|无|零)(?:一[项个件])?(?:{said})", self._text):
                kept = tuple(one for one in series.filled if one.value == 0)
                bound = phrase("table_of_none")
                one = Bounded(series, kept, (), bound)
                found.append(bounded_statement(self._cited, one))
        return found

    def _moving(self) -> list[Statement]:
        """The rows whose figures rose, or fell, where that alone is asked: 哪些地区同比上升."""
        told = any(map(self._asks, ("most", "fewest", "difference", "change")))
        changes = [one for one in self.series() if is_change(one.name)]
        down, up = self._asks("falls"), self._asks("rises")
        if not self._asks("which") or told or len(changes) != 1 or down == up:
            return []
        series = changes[0]
        kept = [one for one in series.filled if _moves(one, down=down)]
        way = phrase("fell" if down else "rose")
        text = phrase("table_none_moving", column=series.name, way=way)
        if kept:
            names = "、".join(map(with_figure, kept))
            text = phrase("table_moving", column=series.name, way=way, count=len(kept), names=names)
        return [self._cited.reckoned(text, series.points), *self.left_open(series)]

    def _bounded(self, bounded: Sequence[Bounded]) -> list[Statement]:
        """Which lines are within a bound, and the sum of these where it is asked."""
        found: list[Statement] = []
        for one in bounded:
            found += [bounded_statement(self._cited, one), *self.left_open(one.series)]
            if self._asks("sum") and one.kept:
                found += self.sum(replace(one.series, points=one.kept, totals=()))
        return found

    def rows_at_ends(self) -> list[FigureRow]:
        """The rows with the largest or the smallest figure, where that is asked for."""
        ends = [
            end
            for one in self.series()
            for name, largest in _ENDS
            if (end := self._end(one, name, largest))
        ]
        return [point.row for _, points in ends for point in points]

    def sums(self) -> list[Statement]:
        """The sum of each column named, over the rows named."""
        return [one for each in self.series() for one in self.sum(each)]

    def series(self) -> list[Series]:
        """What is reckoned with: the columns named, or the rows named where these have several places."""
        rows, columns = self._reading.named_rows, sorted(self._reading.columns)
        figures = [i for i in columns if i in self._reading.figure_columns]
        if self._reading.transposed:
            over = figures if len(figures) > 1 else self._reading.figure_columns
            return [
                row_series(self._table, row, over) for row in rows if not figures or over == figures
            ]
        if len(rows) == 1 and not self._asks_among_all():
            return []
        rows = [] if len(rows) == 1 else rows
        found = [column_series(self._table, i, rows) for i in figures]
        return [one for one in found if one.can_be_reckoned]

    def sum(self, series: Series) -> list[Statement]:
        if not series.can_be_summed or len(series.filled) < 2:
            return []
        text = phrase(
            "table_sum",
            column=series.name,
            names="、".join(one.name for one in series.filled),
            count=len(series.filled),
            lines=self._cited.line_word(),
            total=self.total(series),
            parts="+".join(
                decimal_text(one.value) for one in series.filled if one.value is not None
            ),
        )
        statements = [self._cited.reckoned(text, series.filled), *self.left_open(series)]
        return [*statements, *self._stated_totals(series)]

    def total(self, series: Series) -> str:
        return f"{decimal_text(series.sum())}{series.filled[0].unit}"

    def _asks(self, name: str) -> bool:
        return asks("tables", name, self._text)

    def _asks_among_all(self) -> bool:
        """Whether the one row named is told beside, and that at an end is asked for: 甲厂都改完了，哪家剩得最多."""
        ends = any(self._asks(name) for name, _ in _ENDS)
        return ends and self._asks("which") and not self._reading.conditions

    def _asks_both_ends(self) -> bool:
        return self._asks("most") and self._asks("fewest")

    # -- one line among the others ---------------------------------------------------------------

    def _ends(self, series: Sequence[Series]) -> list[Statement]:
        statements = []
        for one in series:
            ends = [end for name, largest in _ENDS if (end := self._end(one, name, largest))]
            if not ends or not one.can_be_reckoned or len(one.filled) < 2:
                continue
            text = phrase(
                "table_ends",
                lines=self._cited.line_word(),
                column=one.name,
                ends="，".join(text for text, _ in ends),
            )
            winners = [point for _, points in ends for point in points]
            statements.append(self._cited.reckoned(text, winners, one.points))
            if self._asks_both_ends() and self._asks("difference"):
                low, high = one.ends(largest=False)[0], one.ends(largest=True)[0]
                statements.append(self.gap(one.name, low, high))
            statements += self.left_open(one)
        return statements

    def _end(
        self, series: Series, name: str, largest: bool | None
    ) -> tuple[str, tuple[Point, ...]] | None:
        """One end of a series in the question's own word: 最重的是东岭镇（9500吨）."""
        match = wording("tables", name).search(self._text)
        if match is None:
            return None
        if (nth := asked_nth(self._text)) is not None:
            return self._at(nth, series)
        if largest is None:
            # The larger end is the loosest of upper bounds, and the worst of what had better be low.
            of_quality = name in ("best", "worst")
            lower = series.is_upper_bound
            if of_quality:
                lower = is_better_lower(series.name, series.unit)
            if lower is None:
                return None
            largest = lower is (name in ("loosest", "worst"))
        word = match.group()
        if is_change(series.name):
            # 降得最多 is the lowest of the figures below zero; 涨得最少 may be any.
            down = self._asks("falls")
            points = series.ends(largest=not down)
            if name != "most" or not all(_moves(one, down=down) for one in points):
                return None
            word = phrase("fell_most" if down else "rose_most")
        points = series.ends(
            largest=largest and not (is_change(series.name) and self._asks("falls"))
        )
        names = "、".join(one.name for one in points)
        text = phrase(
            "table_end",
            word=word,
            names=names,
            figure=points[0].written,
        )
        return text, points

    def _at(self, asked: NthPlace, series: Series) -> tuple[str, tuple[Point, ...]] | None:
        """What has a place behind the first: 第二多的是东岭镇（8200吨）."""
        points = series.at(asked.place, from_largest=asked.from_largest)
        if not points or is_change(series.name):
            return None
        names = "、".join(one.name for one in points)
        return phrase("table_end", word=asked.said, names=names, figure=points[0].written), points

    # -- sums ------------------------------------------------------------------------------------

    def _stated_totals(self, series: Series) -> list[Statement]:
        """What the table itself writes as the total, and whether that is the sum."""
        statements = []
        for one in series.totals:
            if one.value is None or one.unit != series.filled[0].unit or "均" in one.name:
                continue
            agrees = one.value == series.sum()
            verdict = phrase("table_total_agrees" if agrees else "table_total_differs")
            text = phrase("table_total", label=one.name, figure=one.written, verdict=verdict)
            statements.append(self._cited.reckoned(text, [one]))
        return statements

    def left_open(self, series: Series) -> list[Statement]:
        """Which lines have no figure, each in the words of its cell."""
        blank = [one for one in series.points if one.cell.blank]
        if not blank or self._table.listed:
            return []
        return [self._left_as(words, blank) for words in dict.fromkeys(p.written for p in blank)]

    def _left_as(self, words: str, blank: Sequence[Point]) -> Statement:
        """Which lines are not counted in because their cells have nothing, or some words for nothing."""
        own = [one for one in blank if one.written == words]
        names = "、".join(one.name for one in own)
        return self._cited.reckoned(phrase("table_left_open", names=names, blank=words), own)

    # -- differences -----------------------------------------------------------------------------

    def _difference(self) -> list[Statement]:
        """Two rows of each column named, or two columns of the one row named."""
        statements = []
        for series in self._compared():
            if len(series.filled) != 2 or not series.can_be_reckoned:
                continue
            low, high = sorted(series.filled, key=lambda one: one.value or Decimal(0))
            if low.value == high.value:
                text = phrase("equal", names="、".join(with_figure(one) for one in series.filled))
                statements.append(self._cited.reckoned(text, series.filled))
                continue
            statements.append(self.gap(series.name, low, high))
            statements += self._strictness(series, low, high)
        return statements

    def _compared(self) -> list[Series]:
        rows, columns = self._reading.named_rows, sorted(self._reading.columns)
        figures = [i for i in columns if i in self._reading.figure_columns]
        if len(rows) == 2 and figures:
            return [column_series(self._table, i, rows) for i in figures]
        if len(figures) == 2:
            return [row_series(self._table, row, figures) for row in rows]
        if len(rows) == 1 and len(self._reading.figure_columns) == 2:
            return [row_series(self._table, rows[0], self._reading.figure_columns)]
        return []

    def gap(self, name: str, low: Point, high: Point) -> Statement:
        """By how much one figure is above another."""
        gap = decimal_text((high.value or Decimal(0)) - (low.value or Decimal(0)))
        if (
            is_change(name)
            and self._asks("falls")
            and _moves(low, down=True)
            and _moves(high, down=True)
        ):
            text = phrase(
                "table_fell_more",
                column=name,
                more=with_figure(low),
                less=with_figure(high),
                difference=f"{gap}{unit_of_gap(high.unit)}",
            )
            return self._cited.reckoned(text, [low, high])
        text = phrase(
            "table_difference",
            column=name,
            higher=with_figure(high),
            lower=with_figure(low),
            more="高" if "/" in high.unit or high.unit == "%" else "多",
            difference=f"{gap}{unit_of_gap(high.unit)}",
        )
        return self._cited.reckoned(text, [low, high])

    def _strictness(self, series: Series, low: Point, high: Point) -> list[Statement]:
        """Which of two bounds is the stricter, where the column says which way it bounds."""
        upper = series.is_upper_bound
        if upper is None:
            return []
        strict, loose = (low, high) if upper else (high, low)
        found = []
        for name, point in (("looser", loose), ("stricter", strict)):
            if self._asks(name):
                text = phrase(f"table_{name}", column=series.name, place=point.name)
                found.append(self._cited.reckoned(text, series.filled))
        return found


def _moves(point: Point, *, down: bool) -> bool:
    """Whether a change is one down, or up."""
    value = point.value or Decimal(0)
    return value < 0 if down else value > 0
