"""How far the figures of rows are from the aims that stand beside them in a table: PM2.5浓度 and 全年PM2.5控制目标."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.composers.tables.cited import CitedTable
from assistant.composers.tables.reading import TableReading
from assistant.composers.tables.series import (
    Point,
    column_series,
    decimal_text,
    unit_of_gap,
    with_figure,
)
from assistant.draft import Statement
from assistant.vocabulary import asks
from ingest.records import ColumnKind, FigureTable
from prompts import phrase
from vectorstore.folding import fold_query

_AIM = re.compile("目标|限值|上限|红线|控制值")
# What is no aim itself, nor what is held against one.
_OTHER = re.compile("同比|环比|增幅|降幅|变幅|差距|完成率|达标率|排名|名次")
_MEASURE = re.compile(r"[a-z]+\d*(?:\.\d+)?|[\u4e00-\u9fff]{2,}")
_AIM_WORDS = re.compile(
    r"(?:19|20)\d{2}年?度?|全年|年度|目标值?|限值|上限|红线|控制值?|浓度|均值|平均|实际值?|现状值?|1?\d?[—–-]?\d{1,2}月"
)


def aim_asked(reading: TableReading) -> tuple[int, int] | None:
    """The columns of what is and of what is aimed at, where a question asks for the one beside the other."""
    if not asks("tables", "against_aim", reading.text):
        return None
    pairs = _pairs(reading.table)
    named = [(is_, aim) for is_, aim in pairs if {is_, aim} & reading.columns.keys()]
    found = named or pairs
    return found[0] if len(found) == 1 else None


def _pairs(table: FigureTable) -> list[tuple[int, int]]:
    """The columns that measure one thing, of which one alone is what is aimed at."""
    figures = [
        i
        for i, one in enumerate(table.columns)
        if one.kind is ColumnKind.FIGURES and not one.total and not _OTHER.search(one.name)
    ]
    names = {i: _measure(table.columns[i].name) for i in figures}
    found = []
    for aim in figures:
        if not _AIM.search(table.columns[aim].name) or not names[aim]:
            continue
        same = [i for i in figures if i != aim and names[i] == names[aim]]
        if len(same) == 1 and not _AIM.search(table.columns[same[0]].name):
            found.append((same[0], aim))
    return found


def _measure(name: str) -> str:
    """What a column measures, without its time and whether it is an aim."""
    return "".join(_MEASURE.findall(_AIM_WORDS.sub(" ", fold_query(name))))


class Aims:
    """Holds the figures of rows against their aims."""

    def __init__(self, reading: TableReading, cited: CitedTable) -> None:
        self._reading, self._cited, self._table = reading, cited, reading.table

    def statements(self) -> list[Statement]:
        """For each row named, how far it is from its aim; of all rows, those that are above theirs."""
        columns = aim_asked(self._reading)
        if columns is None:
            return []
        rows = self._reading.named_rows or [one for one in self._table.rows if not one.total]
        is_, aims = (column_series(self._table, i, rows).points for i in columns)
        held = [pair for pair in zip(is_, aims, strict=True) if _are_alike(*pair)]
        if self._reading.rows:
            return [self._apart(*pair, columns) for pair in held]
        return [self._above(held, columns)] if len(held) == len(rows) else []

    def _apart(self, point: Point, aim: Point, columns: tuple[int, int]) -> Statement:
        gap = (point.value or Decimal(0)) - (aim.value or Decimal(0))
        name = (
            "table_aim_met_exactly"
            if not gap
            else "table_above_aim"
            if gap > 0
            else "table_below_aim"
        )
        text = phrase(
            name,
            row=point.name,
            column=self._table.columns[columns[0]].name,
            figure=point.written,
            aim=self._table.columns[columns[1]].name,
            aimed=aim.written,
            difference=f"{decimal_text(abs(gap))}{unit_of_gap(point.unit)}",
        )
        return self._cited.reckoned(text, [point, aim])

    def _above(self, held: Sequence[tuple[Point, Point]], columns: tuple[int, int]) -> Statement:
        above = [(a, b) for a, b in held if (a.value or Decimal(0)) > (b.value or Decimal(0))]
        names = "、".join(
            f"{with_figure(a)[:-1]}，{self._table.columns[columns[1]].name}{b.written}）"
            for a, b in above
        )
        text = phrase(
            "table_rows_above_aim" if above else "table_no_row_above_aim",
            column=self._table.columns[columns[0]].name,
            aim=self._table.columns[columns[1]].name,
            count=len(above),
            names=names,
        )
        return self._cited.reckoned(text, [one for pair in held for one in pair])


def _are_alike(point: Point, aim: Point) -> bool:
    """Whether both are figures, in one unit where both state it."""
    units = {point.unit, aim.unit} - {""}
    return point.value is not None and aim.value is not None and len(units) < 2
