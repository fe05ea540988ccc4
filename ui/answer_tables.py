"""A table of an answer as a file: Excel, Word or CSV, its marks written out as references."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markdown_it.tree import SyntaxTreeNode

from assistant.answer import Answer
from assistant.export import harmless
from ingest.records import SourceDocument
from ui.blocks import words_of
from ui.markdown import parse
from ui.memo import reference

_WIDEST = 60
_NOT_IN_WORKBOOKS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Table:
    """Header and rows, as plain text."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def answer_table(answer: Answer, index: int, sources: Sequence[SourceDocument]) -> Table | None:
    """The answer's table of that index, from 0; None if it has no such table."""
    blocks = SyntaxTreeNode(parse(answer.text, answer.citations)).children
    tables = [block for block in blocks if block.type == "table"]
    if not 0 <= index < len(tables):
        return None
    places = {source.path: source for source in sources}
    head, *rows = (
        tuple(_cell(cell, places) for cell in row.children)
        for part in tables[index].children
        for row in part.children
    )
    return Table(head, tuple(rows))


def in_order(table: Table, order: Sequence[int]) -> Table:
    """The table with its rows in another order, as its reader has sorted them; an order of other rows is none."""
    if sorted(order) != list(range(len(table.rows))):
        return table
    return Table(table.head, tuple(table.rows[index] for index in order))


def _cell(cell: SyntaxTreeNode, places: Mapping[str, SourceDocument]) -> str:
    """The words of a cell, with what its marks refer to after them."""
    cited = [node.meta["citation"] for node in cell.walk() if node.type == "cite"]
    references = dict.fromkeys(reference(one, places.get(one.document)) for one in cited)
    return "；".join(filter(None, (words_of(cell).strip(), *references)))


def _csv(table: Table, _title: str) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written).writerows(
        [harmless(cell) for cell in row] for row in (table.head, *table.rows)
    )
    # Excel takes a CSV file for GBK unless it begins with a byte order mark.
    return written.getvalue().encode("utf-8-sig")


def _xlsx(table: Table, _title: str) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.worksheets[0]
    for line, row in enumerate((table.head, *table.rows), start=1):
        for column, words in enumerate(row, start=1):
            cell = sheet.cell(line, column)
            cell.value = _NOT_IN_WORKBOOKS.sub("", words) or None
            if harmless(words) != words:
                # Text that begins like a formula stays text, also when somebody edits it.
                cell.data_type, cell.quotePrefix = "s", True
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=line == 1)
    for column, cells in enumerate(zip(table.head, *table.rows, strict=True), start=1):
        # A Chinese character is twice as wide as what a spreadsheet measures columns in.
        longest = max(2 * len(part) for cell in cells for part in cell.split("\n"))
        width = min(longest + 2, _WIDEST)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _docx(table: Table, title: str) -> bytes:
    from assistant.word import add_table, new_document, to_bytes

    paper = new_document(title, landscape=True)
    add_table(paper, table.head, table.rows)
    return to_bytes(paper)


# What writes a table under a title, by the ending of its file.
FORMS: dict[str, Callable[[Table, str], bytes]] = {"xlsx": _xlsx, "docx": _docx, "csv": _csv}
