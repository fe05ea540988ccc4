"""What a question reckons with cells of a table that it points to otherwise than by their names alone.

A sum is of as many rows as the question says, of all that it refers to, or of those that it names; a difference is of two
places of a ranking, or of two columns of one row, which the question tells apart by their years and by whether they
are aims. Nothing is said where two tables, rows or columns may be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from assistant.composers.tables.cited import CitedTable
from assistant.composers.tables.named_parts import (
    columns_named,
    in_words_of,
    rows_named,
    with_years,
    without_region,
)
from assistant.composers.tables.naming import is_referred_to
from assistant.composers.tables.picked_rows import with_conditions
from assistant.composers.tables.reading import TableReading, is_verdict
from assistant.composers.tables.reckoning import Reckoning
from assistant.composers.tables.series import Point, column_series, decimal_text, unit_of_gap
from assistant.draft import Block, Statement, paragraph
from assistant.library import Library
from assistant.proof.quantities import quantities
from assistant.query import Query
from assistant.understanding.operands import asks_gap, ranks_compared, things_said
from assistant.understanding.reckonings import (
    POINTS,
    asked_count,
    asked_remainder,
    asked_sum,
    without_left_out,
)
from assistant.understanding.table_names import Named
from assistant.understanding.table_ranks import RankAsked, place_in, rank_column
from assistant.vocabulary import asks
from assistant.words import chinese_pairs
from ingest.records import ColumnKind, FigureCell, FigureRow, FigureTable, ParsedDocument
from prompts import phrase
from vectorstore.folding import fold, fold_query

_FEWEST = 2
# How much naming a table counts beside words of its headings.
_REFERRED = 3
# What columns of their own tell, and what is asked beside.
_ASKS_MORE = re.compile(r"同比|环比|现在(?:是)?多少|分别")
# All rows of a table: 附表1那几家, 表里各镇.
_OF_ALL = re.compile(
    r"[这那]几|各|每|所有|全部|全[省市县区镇乡]|附?表[一二三四五六七八九十\d里中上]"
)
# 多少农户 asks for 农户数.
_COUNTED = re.compile(r"(?:多少|几)[个家户名]?(?P<what>[\u4e00-\u9fff]{2,4})")
_MONEY = re.compile(r"钱|投资|资金|经费")
_OF_MONEY = re.compile("元$")
_MEASURED = re.compile(r"[吨亩里米元克升%]|公顷|千瓦|头|户$")
_THIS_YEAR = re.compile(r"今年|本年|年内|当年")
_OF_THIS_YEAR = re.compile(r"年度|本年|今年|当年")
_AIM = re.compile(r"目标|任务|计划|限值|上限|下限|标准|红线|要求|规定|考核|控制")
_AIM_ASKED = re.compile(
    r"目标|任务|计划|限值|上限|下限|标准|红线|要求|规定|考核线?|该[完达]|应[完达]"
)
_BOUND = re.compile(r"限值|上限|标准|红线")
_ACTUAL = re.compile(r"实际|实绩|完成|现状|实测|监测|现在|目前|眼下|上半年|截至")
_BEFORE = re.compile(r"去年|上年|上一年|前一年|头年|同期")
_SAME_TIME = re.compile("同期")
_YEAR = re.compile(r"(?<!\d)(20[1-4]\d)")
_SHORT_YEAR = re.compile(r"(?<![\d.])(2\d)(?=年)")
_NO_UNIT = re.compile(r"几个(?:[,，。?？]|$)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_NO_VALUE = re.compile(r"名次|排名|位次|排序|同比|环比|增幅|降幅|变幅|差距|完成率$|序号|编号")


@dataclass(frozen=True, slots=True)
class _Meant:
    """What may be meant: how well the question names it, and what is said of it."""

    weight: int
    table: TableReading
    statements: tuple[Statement, ...]


class CellsReckoned:
    """Adds up or subtracts cells, where only one table has those that the question points to."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def blocks(self, query: Query) -> list[Block]:
        """What was reckoned, with all cells that it comes from; nothing where the question asks for none of it."""
        adds = asked_sum(query.text) is not None or asks("tables", "sum", query.text)
        if not adds and not asks_gap(query.text):
            return []
        if _ASKS_MORE.search(query.text) or asks("tables", "agrees", query.text):
            return []
        if adds and (asked_remainder(query.text) is not None or _asks_ends(query.text)):
            return []
        ways = [self._sums] if adds else [self._of_ranks, self._of_row]
        for way in ways:
            found = [
                one
                for parsed in self._library.within(query.documents)
                for table in parsed.tables
                if not (table.listed or table.in_words)
                for one in way(query, parsed, table)
            ]
            best = max((one.weight for one in found), default=0)
            meant = [one for one in found if one.weight == best]
            if len(meant) == 1:
                cited = CitedTable(self._library, meant[0].table)
                return [paragraph(cited.lead(reckoned=True), *meant[0].statements)]
        return []

    def _reading(
        self, query: Query, parsed: ParsedDocument, table: FigureTable, text: str
    ) -> TableReading:
        """A table with the question in its words."""
        path = self._library.place(parsed.source.path, table.span.start).section.path
        above = table.caption.quote if table.caption else [parsed.source.title, *path][-1]
        caption = " ".join(above.split())
        referred = is_referred_to(query.text, table, path, caption)
        return TableReading(parsed, table, text, {}, {}, caption, referred=referred)

    def _text(self, query: Query, parsed: ParsedDocument, table: FigureTable, text: str) -> str:
        heads = "".join(one.name for one in table.columns)
        named = with_years(
            without_region(text, parsed.source, table),
            query.as_of.year,
            heads,
            parsed.source.year,
        )
        return in_words_of(table, named)

    # -- sums ------------------------------------------------------------------------------------

    def _sums(self, query: Query, parsed: ParsedDocument, table: FigureTable) -> Iterator[_Meant]:
        """The sum of the one column asked for over the rows asked for."""
        asked, left_out = without_left_out(query.text)
        text = self._text(query, parsed, table, asked)
        reading = self._reading(query, parsed, table, text)
        if with_conditions(reading, query).conditions:
            return
        rows = _rows_added(reading, left_out)
        column = _column_added(reading, query) if rows else None
        if column is None:
            return
        series = column_series(table, column[0], rows)
        words = [reading.caption, *(one.name for one in table.columns)]
        shared = len(chinese_pairs(text) & chinese_pairs(fold_query("，".join(words))))
        shared += _REFERRED * reading.referred
        whole = len(rows) == len(_own_rows(table))
        chosen = replace(
            reading,
            rows={} if whole else {table.rows.index(one): Named(frozenset(), 1) for one in rows},
            columns={column[0]: Named(frozenset(), 1)},
        )
        cited = CitedTable(self._library, chosen)
        of_all = column_series(table, column[0]) if whole else series
        if shared and (said := Reckoning(chosen, cited).sum(of_all)):
            notes = cited.notes([column[0]], rows)
            yield _Meant(2 * column[1] + shared, chosen, (*said, *notes))

    # -- differences -----------------------------------------------------------------------------

    def _of_ranks(
        self, query: Query, parsed: ParsedDocument, table: FigureTable
    ) -> Iterator[_Meant]:
        """By how much one place of a ranking is above another, in the one column named."""
        ranks, by = ranks_compared(query.text), rank_column(table)
        if ranks is None or by is None:
            return
        text = self._text(query, parsed, table, query.text)
        reading = self._reading(query, parsed, table, text)
        rows = [row for one in ranks if (row := _row_at(table, by, one)) is not None]
        columns = [
            i
            for i in columns_named(table, text)
            if i in reading.figure_columns and not _NO_VALUE.search(table.columns[i].name)
        ]
        if len(rows) != len(ranks) or len(columns) != 1:
            return
        series = column_series(table, columns[0], rows)
        if not series.can_be_reckoned or len(series.filled) != len(rows):
            return
        low, high = sorted(series.filled, key=lambda one: one.value or Decimal(0))
        if low.value != high.value:
            cited = CitedTable(self._library, reading)
            shared = len(chinese_pairs(text) & chinese_pairs(fold_query(reading.caption)))
            said = Reckoning(reading, cited).gap(series.name, low, high)
            yield _Meant(1 + shared, reading, (said,))

    def _of_row(self, query: Query, parsed: ParsedDocument, table: FigureTable) -> Iterator[_Meant]:
        """By how much two columns of the one row named are apart."""
        text = self._text(query, parsed, table, query.text)
        strong = rows_named(table, text)
        if not strong:
            return
        weight = max(one.weight for one in strong.values())
        rows = [i for i, one in strong.items() if one.weight == weight]
        if len(rows) != 1:
            return
        row = table.rows[rows[0]]
        points = _points(table, row)
        pair = _pair_asked(query, parsed.source.year, points, _unit_asked(query.text))
        # 388户 and 37% are no two states of one thing.
        if pair is None or len({one.unit for one in pair}) > 1:
            return
        reading = self._reading(query, parsed, table, text)
        reading = replace(reading, rows={rows[0]: strong[rows[0]]})
        cited = CitedTable(self._library, reading)
        point, aim = sorted(pair, key=lambda one: _BOUND.search(one.name) is not None)
        if _BOUND.search(aim.name) and not _AIM.search(point.name):
            said = _against_bound(cited, row, point, aim)
        else:
            low, high = sorted(pair, key=lambda one: one.value or Decimal(0))
            said = Reckoning(reading, cited).gap(row.name, low, high)
        yield _Meant(weight, reading, (said, *cited.notes([], [row])))


def _against_bound(cited: CitedTable, row: FigureRow, point: Point, aim: Point) -> Statement:
    """How far a figure of a row is above or below the bound that stands beside it."""
    gap = (point.value or Decimal(0)) - (aim.value or Decimal(0))
    text = phrase(
        "table_apart_from_bound",
        row=row.name,
        column=point.name,
        figure=point.written,
        aim=aim.name,
        aimed=aim.written,
        way="高" if gap > 0 else "低",
        difference=f"{decimal_text(abs(gap))}{unit_of_gap(point.unit)}",
        verdict=phrase("table_over_bound" if gap > 0 else "table_within_bound"),
    )
    return cited.reckoned(text, [point, aim])


def _asks_ends(text: str) -> bool:
    return any(asks("tables", name, text) for name in ("most", "fewest"))


def _own_rows(table: FigureTable) -> list[FigureRow]:
    return [one for one in table.rows if not (one.total or one.part)]


def _rows_added(reading: TableReading, left_out: str) -> list[FigureRow]:
    """The rows that a sum is asked of; empty where that is not told."""
    table, text = reading.table, reading.text
    own = _own_rows(table)
    if left_out:
        without = {table.rows[i].name for i in rows_named(table, left_out)}
        own = [one for one in own if one.name not in without]
    count = things_said(text)
    named = [table.rows[i] for i in rows_named(table, text) if table.rows[i] in own]
    by = rank_column(table)
    foremost = re.search(r"[前头][两二三四五六七八九十\d]", text)
    if by is not None and foremost and count is not None and count < len(own):
        asked = RankAsked(foremost.group(), 1, count)
        size = len(own)
        return [one for one in own if (at := place_in(one, by)) and asked.holds(at, size)]
    if count is not None:
        return own if count == len(own) else named if count == len(named) >= _FEWEST else []
    if len(named) >= _FEWEST:
        return named
    return own if not named and _OF_ALL.search(text) and len(own) >= _FEWEST else []


def _column_added(reading: TableReading, query: Query) -> tuple[int, int] | None:
    """The one column that is asked for, and how surely; None where there is none or several."""
    table, text = reading.table, reading.text
    unit = asked_sum(query.text) or asked_count(query.text) or ""
    named = columns_named(table, text)
    counted = {match["what"] for match in _COUNTED.finditer(text)}
    weighed: list[tuple[int, int]] = []
    for i in reading.figure_columns:
        name, own = table.columns[i].name, table.unit_of(table.rows[0], i)
        if table.columns[i].total or _NO_VALUE.search(name) or is_verdict(name):
            continue
        sure = 0 if i not in named else 1 if named[i].weak else 2
        sure += 2 * any(name.removesuffix("数").endswith(one[: len(name)]) for one in counted)
        if _MONEY.search(text):
            sure += 2 * bool(_OF_MONEY.search(own))
        elif unit and own:
            if not _of_one_measure(unit, own):
                continue
            sure += 2
        elif unit and _MEASURED.search(unit) and sure < 2:
            continue
        if sure:
            of_year = _THIS_YEAR.search(text) is not None
            sure += of_year and _OF_THIS_YEAR.search(name) is not None
            weighed.append((sure, i))
    best = max((sure for sure, _ in weighed), default=0)
    chosen = [i for sure, i in weighed if sure == best]
    return (chosen[0], best) if len(chosen) == 1 else None


def _of_one_measure(unit: str, own: str) -> bool:
    """Whether two units are of one measure, whatever their scales: 吨 and 万吨."""
    first, second = quantities(fold_query(f"2{unit}")), quantities(fold_query(f"2{own}"))
    return unit in own or bool(first and second and first[0].unit == second[0].unit)


def _row_at(table: FigureTable, by: int, asked: RankAsked) -> FigureRow | None:
    """The only row at the place asked for."""
    own = _own_rows(table)
    size = max((place_in(one, by) or 0 for one in own), default=0)
    found = [one for one in own if (at := place_in(one, by)) and asked.holds(at, size)]
    return found[0] if len(found) == 1 and asked.first == asked.last else None


def _unit_asked(text: str) -> str:
    unit = asked_count(text) or ""
    # 降了几个 says of no unit, 多几个村 of one.
    bare = unit == "个" and _NO_UNIT.search(text)
    return "%" if unit == POINTS else "" if bare else unit


def _points(table: FigureTable, row: FigureRow) -> list[Point]:
    """The cells of a row that state one figure, be it one that is aimed at (力争48%)."""
    found = []
    for i, column in enumerate(table.columns):
        cell = row.cells[i]
        if column.kind not in (ColumnKind.FIGURES, ColumnKind.TEXT) or cell.blank:
            continue
        if _NO_VALUE.search(column.name):
            continue
        written = fold("".join(cell.span.quote.split()))
        numbers = _NUMBER.findall(written)
        bare = _NUMBER.sub("", written)
        if len(numbers) != 1 or (column.kind is ColumnKind.TEXT and len(bare) > 5):
            continue
        own = cell.unit or next((one.unit for one in quantities(written) if one.unit), "")
        unit = own or table.unit_of(row, i) or row.unit
        value = cell if cell.value else FigureCell(cell.span, numbers[0], own)
        found.append(Point(column.name, row, value, unit))
    return found


def _pair_asked(
    query: Query, own_year: int | None, points: Sequence[Point], unit: str
) -> tuple[Point, Point] | None:
    """The two cells of a row that the question tells apart from the others; None where several may be meant."""
    text = query.text
    years = {int(one) for one in _YEAR.findall(text)}
    years |= {2000 + int(one) for one in _SHORT_YEAR.findall(text)}
    figures = {Decimal(one) for one in _NUMBER.findall(text)}
    aim, before = _AIM_ASKED.search(text) is not None, _BEFORE.search(text) is not None
    # Without a word for one of the columns the question may set this row against another.
    told = aim or before or years or _ACTUAL.search(text)
    if not (told or figures & {one.value for one in points}):
        return None
    pairs = []
    for one, other in combinations(points, 2):
        both = (one, other)
        units = {point.unit for point in both if point.unit}
        if one.value == other.value or len(units) > 1:
            continue
        if unit and units and not any(_of_one_measure(unit, point) for point in units):
            continue
        aims = [_AIM.search(point.name) is not None for point in both]
        of_years = [_year_of(point.name, own_year) for point in both]
        alike = len(set(of_years)) == 1 and aims[0] == aims[1] and own_year is not None
        if alike and not _SAME_TIME.search(one.name + other.name):
            continue
        if years and not years <= {year for year in of_years if year}:
            continue
        if aim and not any(aims):
            continue
        if before and not any(_is_before(point.name, own_year) for point in both):
            continue
        if _ACTUAL.search(text) and (aim or years) and all(aims):
            continue
        said = sum(point.value in figures for point in both)
        stray = sum(not before and not years and _is_before(p.name, own_year) for p in both)
        pairs.append((said - stray - (0 if aim else sum(aims)), both))
    best = max((weight for weight, _ in pairs), default=0)
    kept = [both for weight, both in pairs if weight == best]
    return kept[0] if len(kept) == 1 else None


def _year_of(name: str, own: int | None) -> int | None:
    """The year that a heading names, be it from that of its document."""
    if match := _YEAR.search(name):
        return int(match[1])
    return own - 1 if own and _BEFORE.search(name) else own


def _is_before(name: str, own: int | None) -> bool:
    year = _year_of(name, own)
    return _BEFORE.search(name) is not None or bool(own and year and year < own)
