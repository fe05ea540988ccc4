"""Spreadsheets (.xlsx) and comma-separated values: each sheet is a table of the text.

Formulas are never computed: what counts is the value that the program saved with them.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import warnings
import zipfile
from pathlib import Path
from typing import Any

from ingest.dates import chinese_date
from ingest.errors import DecodingError, FormatError, LimitError
from ingest.files.extracted import Extracted, TextBuilder
from ingest.files.grid import Cell, Grid, write_table
from ingest.files.limits import Limits
from ingest.files.packages import check_package

_DELIMITERS = ",\t;，"
_MOST_CELLS = 1_000_000
_MOST_COLUMNS = 200
_SECTIONS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


def extract(path: Path, limits: Limits) -> Extracted:
    """The sheets of a workbook that are shown, one after the other.

    Raises:
        FormatError: it is no workbook, or damaged.
        LimitError: it holds more than the limits allow.
    """
    check_package(path, limits)
    builder = TextBuilder()
    try:
        book = _load(path, data_only=True)
    except (KeyError, ValueError, TypeError, SyntaxError, zipfile.BadZipFile) as exc:
        raise FormatError(
            path.name, "表格文件已损坏，请用 Excel 或 WPS 打开后另存为 .xlsx"
        ) from exc
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    uncomputed = _formulas_without_value(path, book) if _has_formulas(path) else []
    for sheet in shown:
        grid = _grid(sheet, path.name)
        if len(shown) > 1 and any(cell.text for row in grid for cell in row):
            builder.line(sheet.title, f"{sheet.title}!A1")
        write_table(builder, grid)
    builder.remarks += [
        f"工作表“{sheet.title}”是隐藏的，未导入" for sheet in book.worksheets if sheet not in shown
    ]
    if uncomputed:
        builder.remarks.append(
            f"{len(uncomputed)} 个公式没有保存计算结果（{'、'.join(uncomputed[:5])}），"
            "请用 Excel 或 WPS 打开后保存一次再导入"
        )
    return builder.build()


def _load(path: Path, *, data_only: bool) -> Any:  # noqa: ANN401 - openpyxl has no types
    from openpyxl import load_workbook

    # A file and not its path, whose suffix may be wrong.
    with path.open("rb") as file, warnings.catch_warnings():
        # Of parts that are not read here anyway: data validation, conditional formats.
        warnings.simplefilter("ignore")
        return load_workbook(file, data_only=data_only, keep_links=False)


def extract_csv(path: Path, limits: Limits) -> Extracted:
    """Values separated by commas, semicolons or tabs.

    Raises:
        DecodingError: the bytes are neither UTF-8 nor GB18030.
        FormatError: the quotation marks do not close.
    """
    text = _decode(path)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    builder = TextBuilder()
    csv.field_size_limit(limits.characters)
    try:
        rows = [row[:_MOST_COLUMNS] for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    except csv.Error as exc:
        raise FormatError(
            path.name, "逗号分隔的内容有误（引号不成对），请用 Excel 另存后再导入"
        ) from exc
    write_table(
        builder,
        [
            [
                Cell(text.strip(), f"第{number}行第{column}列")
                for column, text in enumerate(_filled(row), 1)
            ]
            for number, row in enumerate(rows, 1)
        ],
    )
    return builder.build()


def _decode(path: Path) -> str:
    content = path.read_bytes()
    for encoding in (
        ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    ):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise DecodingError(
        path.name, "编码既不是 UTF-8 也不是 GB18030（GBK），请用 Excel 另存为 .xlsx 后重试"
    )


def _filled(row: list[str]) -> list[str]:
    """A row without the empty cells at its end, which lines above a header have many of."""
    while row and not row[-1].strip():
        row.pop()
    return row


def _grid(sheet: Any, name: str) -> Grid:  # noqa: ANN401 - openpyxl has no types
    # `_cells` holds only the cells there are: a sheet that ends in row 1,048,576 because somebody once
    # coloured a cell there has few. https://foss.heptapod.net/openpyxl/openpyxl/-/issues/1587
    filled = {place: text for place, cell in sheet._cells.items() if (text := _written(cell))}
    for box in sheet.merged_cells.ranges:
        _spread(box, filled)
    if not filled:
        return []
    last_column = min(max(column for _, column in filled), _MOST_COLUMNS)
    rows = sorted({row for row, _ in filled})
    if len(rows) * last_column > _MOST_CELLS:
        raise LimitError(name, f"工作表“{sheet.title}”超过 {_MOST_CELLS} 个单元格，请拆分后再导入")
    merged = _continued(sheet)
    return [
        [
            Cell(
                filled.get((row, column), ""),
                f"{sheet.title}!{_column_name(column)}{row}",
                across=(row, column) in merged,
            )
            for column in range(1, last_column + 1)
        ]
        for row in rows
    ]


def _spread(box: Any, filled: dict[tuple[int, int], str]) -> None:  # noqa: ANN401
    """Repeat the words of a merged range in each of its rows that has other cells filled in."""
    words = filled.get((box.min_row, box.min_col), "")
    if not words:
        return
    rows = {row for row, _ in filled if box.min_row <= row <= box.max_row}
    for row in rows:
        for column in range(box.min_col, min(box.max_col, _MOST_COLUMNS) + 1):
            filled[row, column] = words


def _continued(sheet: Any) -> set[tuple[int, int]]:  # noqa: ANN401
    """Cells that only continue the one to their left."""
    return {
        (row, column)
        for box in sheet.merged_cells.ranges
        if box.max_col > box.min_col
        for row in range(box.min_row, min(box.max_row, box.min_row + 10_000) + 1)
        for column in range(box.min_col + 1, min(box.max_col, _MOST_COLUMNS) + 1)
    }


def _column_name(column: int) -> str:
    name = ""
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def _written(cell: Any) -> str:  # noqa: ANN401
    """A value as the sheet shows it, near enough to be read: dates, percentages, figures."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.datetime | dt.date):
        return _date(value, _SECTIONS.sub("", cell.number_format or ""))
    if isinstance(value, int | float):
        if "%" in (cell.number_format or ""):
            return f"{round(value * 100, 6):g}%"
        return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else str(value)
    return str(value).strip()


def _date(value: dt.datetime | dt.date, shown: str) -> str:
    """A date in the precision that its format shows: 2025年12月 where the day is not shown."""
    if "d" not in shown.lower() and "y" in shown.lower():
        return f"{value.year}年{value.month}月"
    return chinese_date(value)


def _has_formulas(path: Path) -> bool:
    with zipfile.ZipFile(path) as package:
        return any(
            b"<f" in package.read(part)
            for part in package.namelist()
            if part.startswith("xl/worksheets/") and part.endswith(".xml")
        )


def _formulas_without_value(path: Path, computed: Any) -> list[str]:  # noqa: ANN401
    """Places of formulas whose result was never saved, because no office program has opened the file."""
    written = _load(path, data_only=False)
    return [
        f"{sheet.title}!{cell.coordinate}"
        for sheet in written.worksheets
        for place, cell in sheet._cells.items()
        if cell.data_type == "f" and computed[sheet.title]._cells[place].value is None
    ]
