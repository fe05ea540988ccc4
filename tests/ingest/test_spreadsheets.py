"""Spreadsheets: what the sheet shows."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from written_files import LIST_HEAD, LIST_ROWS, LIST_TITLE, as_csv, write

from ingest.errors import DecodingError
from ingest.parse import parse_file
from ingest.records import ParsedDocument

HEAD = ["序号", "问题", "整改措施", "责任单位", "完成时限"]


def parsed(folder: Path, book: Workbook) -> ParsedDocument:
    content = io.BytesIO()
    book.save(content)
    return parse_file(write(folder, "清单.xlsx", content.getvalue()), folder)


def sheet_of(rows: list[list[Any]]) -> Workbook:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return book


def test_merged_cells_join_the_rows_of_a_task(tmp_path: Path) -> None:
    book = sheet_of([
        HEAD,
        [1, "黑臭", "清淤", "县水务局", "2026年6月"],
        [None, None, "截污", "县住建局", "2026年底"],
        [2, "油烟", "净化", "县城管局", "长期坚持"],
    ])
    for column in "AB":
        book.active.merge_cells(f"{column}2:{column}3")
    first, second = parsed(tmp_path, book).tasks
    assert [measure.text.quote for measure in first.measures] == ["清淤", "截污"]
    assert [unit.name for unit in first.responsible_units] == ["县水务局", "县住建局"]
    assert second.number == "2"


def test_values_are_written_as_they_are_shown(tmp_path: Path) -> None:
    book = sheet_of([["问题", "责任单位", "完成时限", "目标"]])
    sheet = book.active
    sheet.append(["黑臭", "县水务局", dt.date(2026, 6, 30), 0.726])
    sheet.append(["油烟", "县城管局", dt.date(2026, 12, 1), 3.0])
    sheet["D2"].number_format = "0.0%"
    sheet["C3"].number_format = 'yyyy"年"m"月"'
    document = parsed(tmp_path, book)
    assert "| 黑臭 | 县水务局 | 2026年6月30日 | 72.6% |" in document.source.text
    assert "| 油烟 | 县城管局 | 2026年12月 | 3 |" in document.source.text
    assert document.tasks[1].deadline is not None
    assert document.tasks[1].deadline.latest == dt.date(2026, 12, 31)


def test_a_formula_is_never_computed_and_its_cell_named(tmp_path: Path) -> None:
    book = sheet_of([
        HEAD,
        [1, "黑臭", "清淤", "县水务局", '=HYPERLINK("http://example.com","点")'],
    ])
    document = parsed(tmp_path, book)
    assert "example.com" not in document.source.text
    assert any("Sheet!E2" in note for note in document.remarks)


def test_a_hidden_sheet_is_left_out_and_named(tmp_path: Path) -> None:
    book = sheet_of([HEAD, [1, "黑臭", "清淤", "县水务局", "2026年"]])
    hidden = book.create_sheet("选项")
    hidden.append(["机密"])
    hidden.sheet_state = "hidden"
    document = parsed(tmp_path, book)
    assert "机密" not in document.source.text
    assert any("选项" in note for note in document.remarks)


def test_every_sheet_is_a_table_under_its_name(tmp_path: Path) -> None:
    book = sheet_of([HEAD, [1, "黑臭", "清淤", "县水务局", "2026年"]])
    other = book.create_sheet("大气")
    other.append(HEAD)
    other.append([1, "油烟", "净化", "县城管局", "2027年"])
    document = parsed(tmp_path, book)
    assert [task.title.quote for task in document.tasks] == ["黑臭", "油烟"]
    assert document.source.place(document.tasks[1].title.start) == "大气!B2"


def test_a_cell_far_away_costs_nothing(tmp_path: Path) -> None:
    book = sheet_of([HEAD, [1, "黑臭", "清淤", "县水务局", "2026年"]])
    book.active["XFD1048576"].number_format = "0.0"
    book.active["A1048576"] = "完"
    assert parsed(tmp_path, book).source.text.endswith("| 完 | | | | |\n")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_csv_comes_in_the_encodings_of_excel(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path, "清单.csv", as_csv(LIST_TITLE, [LIST_HEAD, *LIST_ROWS], encoding))
    assert len(parse_file(path, tmp_path).tasks) == 3


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_comes_with_any_delimiter(tmp_path: Path, delimiter: str) -> None:
    text = "\n".join(
        delimiter.join(row) for row in (HEAD, ["1", "黑臭", "清淤", "县水务局", "2026年"])
    )
    assert len(parse_file(write(tmp_path, "a.csv", text.encode()), tmp_path).tasks) == 1


def test_csv_that_is_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DecodingError, match="UTF-8"):
        parse_file(write(tmp_path, "a.csv", b"\x89PNG\x00\xff\xfe\xff"), tmp_path)
