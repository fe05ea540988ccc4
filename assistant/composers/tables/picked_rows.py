"""The rows that a question picks out otherwise than by their names, and the columns that it asks of them."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.composers.tables.reading import BESIDE_FIGURES, TableReading, is_verdict
from assistant.query import Field, Query
from assistant.understanding.phases import is_of_phase
from assistant.understanding.row_bounds import bound_asked, picks_rows
from assistant.understanding.row_conditions import conditions_named, meets, year_of
from assistant.understanding.table_names import Named
from assistant.understanding.table_ranks import (
    asked_rank,
    asked_rank_move,
    rank_column,
    rank_column_of_time,
    rank_columns_compared,
)
from assistant.vocabulary import asks
from ingest.records import ColumnKind
from ingest.tables import heading_of_column
from vectorstore.folding import fold_query

_UNIT_BEHIND = re.compile(r"\d+(?:\.\d+)?(?P<unit>[\u4e00-\u9fff]|%)")


def with_conditions(reading: TableReading, query: Query) -> TableReading:
    """With the rows that have in their columns what the question names, where it names any such thing.

    A row that is named by itself is one of them, or what the columns have in common with the question is no condition.
    """
    table = reading.table
    year = year_of(table, reading.parsed.source.year)
    named = tuple(conditions_named(table, query, year))
    own = {i for i, row in enumerate(table.rows) if not row.total}
    kept = {i for i in own if meets(table.rows[i], named)}
    # 甲镇管网 is not named by the body that its column has (甲镇政府负责的).
    by_themselves = {
        i
        for i, one in reading.rows.items()
        if not all(any(part in each.stretch for each in named) for part in one.stretches)
    }
    # 甲镇管网二期 is one work, of which the town and the month asked about are no conditions.
    if is_of_phase(reading.text, [table.rows[i].name for i in by_themselves]):
        return reading
    # 乙河和甲镇管网: what would be a condition only names one of the two.
    said = {part for i in by_themselves for part in reading.rows[i].stretches}
    of_names = all(any(one.stretch in part for part in said) for one in named)
    if len(by_themselves) > 1 and of_names and not by_themselves <= kept:
        return reading
    rows = kept if table.of_tasks else kept & by_themselves or kept
    by_name = by_themselves and not table.of_tasks and not rows <= by_themselves
    # Of a row that is named it is asked when it is due, and not of the others that are due then: 二期26年几月完.
    of_time = bool(named) and all(one.is_of_time for one in named)
    if by_themselves and of_time and not picks_rows(reading.text):
        return reading
    # Of a row that is named, its verdict is asked and not the other rows that have it: 总锌超标多少.
    of_one = by_themselves == rows and all(is_verdict(one.heading) for one in named)
    if not named or not kept or kept == own or by_name or of_one:
        return reading
    stretches = frozenset(one.stretch for one in named)
    meant = Named(stretches, sum(map(len, stretches)))
    # The year in which rows are finished names no column of that year's figures.
    times = [one.stretch for one in named if one.is_of_time]
    columns = {
        i: one
        for i, one in reading.columns.items()
        if not all(any(part in said for said in times) for part in one.stretches)
    }
    return replace(
        reading, rows=dict.fromkeys(sorted(rows), meant), columns=columns, conditions=named
    )


def with_rows_by_number(reading: TableReading, query: Query) -> TableReading:
    """With the rows that the question names by their numbers: 第4项 of a table that is no list of tasks."""
    table = reading.table
    if not query.task_numbers or table.of_tasks or table.listed:
        return reading
    if asked_rank(reading.text) is not None and rank_column(table) is not None:
        return reading  # 排第二 is a place of the ranking
    own = [i for i, row in enumerate(table.rows) if not row.total]
    numbered = next(
        (i for i, one in enumerate(table.columns) if one.kind is ColumnKind.NUMBER), None
    )
    numbers = {
        str(place)
        if numbered is None
        else "".join(table.rows[i].cells[numbered].span.quote.split()): i
        for place, i in enumerate(own, start=1)
    }
    found = [numbers[str(one)] for one in query.task_numbers if str(one) in numbers]
    if len(found) < len(query.task_numbers):
        return reading
    rows = dict.fromkeys(found, Named(frozenset(), 2))
    return replace(reading, rows={**reading.rows, **rows}, by_number=True)


def with_row_answered(reading: TableReading, before: str) -> TableReading:
    """With the one row that the answer before told of, where the question goes on from it: 跟它后面第3项差多少."""
    table = reading.table
    told = [
        i for i, one in enumerate(table.rows) if not one.total and fold_query(one.name) in before
    ]
    goes_on = not asks("tables", "which", reading.text)
    if len(told) != 1 or not goes_on or table.of_tasks or (reading.rows and not reading.by_number):
        return reading
    rows = {**reading.rows, told[0]: Named(frozenset(), len(table.rows[told[0]].name))}
    return replace(reading, rows=rows)


def with_rank(reading: TableReading) -> TableReading:
    """With the column of places, where the question asks for places of a ranking (垫底的, 排第几) or how they moved."""
    compared, move = rank_columns_compared(reading.table), asked_rank_move(reading.text)
    if compared and move:
        moved = dict.fromkeys(compared, Named(frozenset([move.said]), len(move.said)))
        return replace(reading, columns={**reading.columns, **moved})
    rank = asked_rank(reading.text)
    column = rank_column_of_time(reading.table, reading.text)
    if rank is None or column is None or (rank.of_row and not reading.rows):
        return reading
    if rank.by_quality and reading.names_figures:
        return reading  # what is best in one column need not be the first of all
    named = Named(frozenset([rank.said]), len(rank.said))
    return replace(reading, rank=rank, columns={**reading.columns, column: named})


def with_only_figures(reading: TableReading) -> TableReading:
    """With the column of figures that rows picked out are reckoned by, where the question leaves it out.

    It is the one whose figures have what is asked beside them (（自筹）), or the only one there is.
    """
    reckons = any(asks("tables", name, reading.text) for name in ("sum", "most", "fewest"))
    figures = reading.figure_columns
    if not (reading.conditions and reckons) or reading.columns.keys() & set(figures):
        return reading
    beside = [one.column for one in reading.conditions if one.column in figures]
    meant = beside or (figures if len(figures) == 1 else [])
    return replace(
        reading, columns={**reading.columns, **dict.fromkeys(meant, Named(frozenset(), 0))}
    )


def with_bounded_column(reading: TableReading) -> TableReading:
    """With the one column that has the unit of the bound, where that is all that names it: 上了90分的镇."""
    bound = bound_asked(reading.text)
    table, figures = reading.table, reading.figure_columns
    if bound is None or bound.figure is None or reading.columns.keys() & set(figures):
        return reading
    unit = _UNIT_BEHIND.match(reading.text[bound.figure_at :])
    said = unit["unit"] if unit else ""
    having = [
        i
        for i in figures
        if said
        and (said in table.unit_of(table.rows[0], i) or _is_score(table.columns[i].name, said))
    ]
    if len(having) != 1:
        return reading
    return replace(reading, columns={**reading.columns, having[0]: Named(frozenset([said]), 1)})


def _is_score(heading: str, unit: str) -> bool:
    """Whether a heading is of points that were reached, and not of those taken off."""
    return unit == "分" and heading.endswith(("得分", "总分", "评分", "分数"))


def with_total_column(reading: TableReading) -> TableReading:
    """With the column that adds up the others, where rows are compared or asked for by what they have in all: 总盘子."""
    columns = reading.table.columns
    totals = [i for i in reading.figure_columns if columns[i].total]
    named = reading.columns.keys() & set(reading.figure_columns)
    in_all = asks("tables", "in_all", reading.text)
    if len(totals) != 1 or named or not reading.rows or not in_all:
        return reading
    return replace(reading, columns={**reading.columns, totals[0]: Named(frozenset(), 0)})


def with_fields(reading: TableReading, fields: frozenset[Field]) -> TableReading:
    """With the columns of words that have the fields asked for: 完成时间 where it is asked when.

    What was set at first (原定时限) may have been changed in the text: it is shown only where it is asked for by name.
    """
    having = {
        i: Named(frozenset(), 0)
        for i, one in enumerate(reading.table.columns)
        if one.kind is ColumnKind.TEXT
        and not one.name.startswith("原")
        and heading_of_column(one.name) in {field.value for field in fields - BESIDE_FIGURES}
    }
    if not reading.rows or not having:
        return reading
    return replace(reading, columns={**reading.columns, **having})
