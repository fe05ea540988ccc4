"""A row of a table that a sentence search found, with the headings of its cells: 全区（2024年实绩：50；天数上限：6天）."""

from __future__ import annotations

from assistant.composers.tables.series import cell_point
from assistant.composers.wording import flat
from assistant.library import Library
from assistant.understanding.table_ranks import rank_column
from ingest.records import ColumnKind, FigureRow, FigureTable, Span
from prompts import phrase

_NO_CELLS = (ColumnKind.NUMBER, ColumnKind.UNIT)


def table_row_at(library: Library, path: str, span: Span) -> tuple[FigureTable, FigureRow] | None:
    """The row of a table that a sentence is, where it is no task's and holds no other."""
    return next(
        (
            (table, row)
            for table in library[path].tables
            if not (table.of_tasks or table.listed) and table.span.overlaps(span)
            for row in table.rows
            if span.quote.strip() == row.span.quote.strip() and span.overlaps(row.span)
        ),
        None,
    )


def row_told(table: FigureTable, row: FigureRow) -> str:
    """The name of a row with its other cells, each under its heading, figures with their unit."""
    cells = [
        f"{column.name}：{_written(table, row, i)}"
        for i, column in enumerate(table.columns)
        if (column.kind not in _NO_CELLS or i == rank_column(table))
        and not row.cells[i].blank
        and row.cells[i].span not in row.labels[:1]
    ]
    return f"{row.name}（{'；'.join(cells)}）" if cells else row.name


def _written(table: FigureTable, row: FigureRow, column: int) -> str:
    if column == rank_column(table):
        return phrase("table_place", place=flat(row.cells[column].span.quote))
    if table.columns[column].kind is ColumnKind.FIGURES:
        return cell_point(table, row, column).written
    return flat(row.cells[column].span.quote)
