"""Made-up tables as files of other formats, so that reading them passes the loaders too."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from html import escape

Rows = Sequence[Sequence[str | None]]


def as_docx(lines: Sequence[str], rows: Rows) -> bytes:
    from docx import Document

    document = Document()
    for line in lines:
        document.add_paragraph(line)
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for index, row in enumerate(rows):
        for column, written in enumerate(row):
            if written is None:
                table.cell(index, column).merge(table.cell(_top(rows, index, column), column))
            else:
                table.cell(index, column).text = written
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def as_xlsx(lines: Sequence[str], rows: Rows) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    for line in lines:
        sheet.append([line])
    for row in rows:
        sheet.append(list(row))
    for index, row in enumerate(rows):
        for column, written in enumerate(row):
            below = rows[index + 1][column] if index + 1 < len(rows) else ""
            if written is None and below is not None:
                top = _top(rows, index, column)
                sheet.merge_cells(
                    start_row=len(lines) + top + 1, end_row=len(lines) + index + 1,
                    start_column=column + 1, end_column=column + 1,
                )  # fmt: skip
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def as_html(lines: Sequence[str], rows: Rows) -> bytes:
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in lines)
    body = "".join(f"<tr>{_cells(rows, index)}</tr>" for index in range(len(rows)))
    page = f'<html><head><meta charset="utf-8"></head><body>{paragraphs}<table border="1">{body}</table></body></html>'
    return page.encode()


def _cells(rows: Rows, index: int) -> str:
    written = ""
    for column, cell in enumerate(rows[index]):
        if cell is not None:
            span = 1
            while index + span < len(rows) and rows[index + span][column] is None:
                span += 1
            merged = f' rowspan="{span}"' if span > 1 else ""
            written += f"<td{merged}>{escape(cell).replace(chr(10), '<br>')}</td>"
    return written


def as_csv(lines: Sequence[str], rows: Rows) -> bytes:
    content = io.StringIO()
    writer = csv.writer(content)
    writer.writerows([line] for line in lines)
    writer.writerows([cell or "" for cell in row] for row in rows)
    return content.getvalue().encode("gb18030")


def _top(rows: Rows, index: int, column: int) -> int:
    """The row in which a merged cell begins."""
    while rows[index][column] is None:
        index -= 1
    return index
