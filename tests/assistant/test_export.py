"""Each form of a task list opens in a real reader and says the same, with its evidence."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from dataclasses import replace
from typing import Any

import pytest
from docx import Document
from icalendar import Calendar
from ledger_documents import LIST_TEXT, REPORT_TEXT, library
from openpyxl import load_workbook
from rich.cells import cell_len

from assistant.export import COLUMNS, Format, export_groups, export_tasks, harmless
from assistant.grouping import By, Group, grouped
from assistant.ledger import Ledger
from assistant.taskrows import NOT_KNOWN_DONE, STAGE_PASSED, TaskRow, one_line, task_rows

AS_OF = dt.date(2025, 1, 10)
TITLES = [column.title for column in COLUMNS]
TEXTS = {"plans/donghu-2024.txt": LIST_TEXT, "xishan-2021.txt": REPORT_TEXT}


@pytest.fixture(name="rows")
def _rows() -> tuple[TaskRow, ...]:
    return task_rows(Ledger(library()).tasks(), AS_OF)


def records(rows: tuple[TaskRow, ...]) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads(export_tasks(rows, Format.JSON, AS_OF).content)
    return loaded


def citations(record: dict[str, Any]) -> list[dict[str, Any]]:
    per_value = [cited for cites in record["citations"].values() for cited in cites]
    return [record["citation"], *per_value, *(each["citation"] for each in record["measures"])]


def test_passed_is_never_called_not_done(rows: tuple[TaskRow, ...]) -> None:
    hints = {row.number: row.hint for row in rows}
    assert hints["一"] == STAGE_PASSED
    assert hints["二"] == NOT_KNOWN_DONE
    assert hints["三"] == "未载明确定日期"
    assert hints["四"] == "时限已过；文件载明：已完成"
    assert hints["五"] == "完成时间尚未确定"
    assert hints["1"].startswith("通报所载日期，办理情况见原文")


def test_before_its_day_a_limit_is_not_yet_reached() -> None:
    rows = task_rows(Ledger(library()).tasks(), dt.date(2024, 1, 1))
    hints = {row.number: row.hint for row in rows}
    assert (hints["一"], hints["二"]) == ("长期坚持，阶段时限未到", "时限未到")


def test_a_soft_limit_keeps_its_word() -> None:
    entry = Ledger(library()).tasks()[1]
    assert entry.task.deadline is not None
    soft = replace(entry.task, deadline=replace(entry.task.deadline, soft="力争"))
    row = task_rows([replace(entry, task=soft)], dt.date(2024, 1, 1))[0]
    assert row.hint == "时限未到；原文为“力争”"


def test_every_citation_is_verbatim_at_its_offsets(rows: tuple[TaskRow, ...]) -> None:
    cited = [each for record in records(rows) for each in citations(record)]
    assert len(cited) > len(rows)
    for each in cited:
        assert set(each) == {"document", "title", "section", "quote", "start", "end", "page"}
        assert TEXTS[each["document"]][each["start"] : each["end"]] == each["quote"]


def test_json_gives_values_dates_and_the_evidence_of_each(rows: tuple[TaskRow, ...]) -> None:
    coal, sewage, *_ = records(rows)
    assert coal["lead_units"] == ["区商务局", "区市场监管局"]
    assert coal["citations"]["lead_units"][0]["quote"] == "牵头单位：区商务局、区市场监管局"
    assert coal["citations"]["time_limit"][0]["quote"] == "整改时限：2024年12月并长期坚持"
    assert (coal["due"], coal["ongoing"], coal["overdue"]) == ("2024-12-31", True, True)
    assert records(rows)[2]["time_limit"] == "按序时进度推进"
    assert coal["measures"][0]["time_limits"] == ["2024年10月底前"]
    assert sewage["responsible_units"] == ["云河园（原云山园）"]
    assert "cooperating_units" not in sewage["citations"]


def test_pages_are_given_where_the_document_has_them(rows: tuple[TaskRow, ...]) -> None:
    pages = {record["number"]: record["citation"]["page"] for record in records(rows)}
    assert (pages["一"], pages["三"], pages["1"]) == (1, 2, None)


def test_csv_opens_in_excel_and_holds_no_formula(rows: tuple[TaskRow, ...]) -> None:
    content = export_tasks(rows, Format.CSV, AS_OF).content
    assert content.startswith(b"\xef\xbb\xbf")
    header, *lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert header == TITLES
    assert len(lines) == len(rows)
    first = dict(zip(header, lines[0], strict=True))
    assert first["问题/任务"] == "'=散煤治理“回潮”，落实《条例<试行>》不力"
    assert first["责任单位"] == "区商务局、各镇人民政府（措施中另有：区城市管理委）"
    assert (first["整改时限"], first["截止日期"]) == ("2024年12月并长期坚持", "2024-12-31")
    assert first["来源"].startswith("plans/donghu-2024.txt；东湖区整改任务清单 > 一、")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_a_cell_that_could_be_a_formula_is_made_text(start: str) -> None:
    assert harmless(f"{start}1") == f"'{start}1"
    assert harmless(f"1{start}") == f"1{start}"


def test_the_workbook_has_a_sheet_for_each_document(rows: tuple[TaskRow, ...]) -> None:
    book = load_workbook(io.BytesIO(export_tasks(rows, Format.XLSX, AS_OF).content))
    assert book.sheetnames == ["东湖区整改任务清单", "西山市整改情况通报"]
    sheet = book["东湖区整改任务清单"]
    assert [cell.value for cell in sheet[1]] == TITLES
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:N6"
    assert all(cell.alignment.wrap_text for line in sheet.iter_rows() for cell in line)


def test_the_workbook_keeps_text_as_text_and_dates_as_dates(rows: tuple[TaskRow, ...]) -> None:
    book = load_workbook(io.BytesIO(export_tasks(rows, Format.XLSX, AS_OF).content))
    first = dict(zip(TITLES, book.worksheets[0][2], strict=True))
    assert first["问题/任务"].value == "=散煤治理“回潮”，落实《条例<试行>》不力"
    assert first["问题/任务"].data_type == "s"
    assert first["截止日期"].value == dt.datetime(2024, 12, 31)


def test_the_workbook_marks_what_is_overdue(rows: tuple[TaskRow, ...]) -> None:
    sheet = load_workbook(io.BytesIO(export_tasks(rows, Format.XLSX, AS_OF).content)).worksheets[0]
    filled = [sheet.cell(line, 1).fill.fill_type == "solid" for line in range(2, 7)]
    assert filled == [True, True, False, False, False]


def test_sheets_get_titles_that_excel_accepts(rows: tuple[TaskRow, ...]) -> None:
    title = "某市：关于[督察]/反馈?问题*整改\\方案" * 3
    copies = [replace(rows[0], document=f"{n}.txt", document_title=title) for n in range(3)]
    book = load_workbook(io.BytesIO(export_tasks(copies, Format.XLSX, AS_OF).content))
    assert len(set(book.sheetnames)) == 3
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in book.sheetnames)


def test_control_characters_do_not_break_a_workbook(rows: tuple[TaskRow, ...]) -> None:
    broken = [replace(rows[0], target="目\x0b标\x00")]
    book = load_workbook(io.BytesIO(export_tasks(broken, Format.XLSX, AS_OF).content))
    assert book.worksheets[0].cell(2, TITLES.index("整改目标") + 1).value == "目标"


def test_the_word_paper_is_laid_out_as_an_official_one(rows: tuple[TaskRow, ...]) -> None:
    broken = [replace(rows[0], title="甲\x0b乙")]
    paper = Document(io.BytesIO(export_tasks([*broken, *rows[1:]], Format.DOCX, AS_OF).content))
    assert paper.paragraphs[0].text == "督察整改任务清单"
    assert [p.text for p in paper.paragraphs if "截至2025年1月10日" in p.text]
    assert len(paper.tables) == len({row.document for row in rows})
    header = [cell.text for cell in paper.tables[0].rows[0].cells]
    assert header[:3] == ["编号", "问题/任务", "区级领导(责任领导)"]
    assert paper.tables[0].rows[1].cells[1].text == "甲乙"
    assert rows[0].place in paper.tables[0].rows[1].cells[-1].text
    assert 'w:eastAsia="仿宋_GB2312"' in paper.tables[0]._tbl.xml
    assert 'w:instr="PAGE"' in paper.sections[0].footer._element.xml


def test_the_calendar_has_a_day_for_each_fixed_limit(rows: tuple[TaskRow, ...]) -> None:
    export = export_tasks(rows[:5], Format.ICS, AS_OF)
    events = list(Calendar.from_ical(export.content).walk("VEVENT"))
    assert [str(event["uid"]) for event in events] == [f"{rows[n].id}@duban" for n in (1, 3)]
    assert events[0].decoded("dtstart") == dt.date(2024, 12, 31)
    assert events[0].decoded("dtend") == dt.date(2025, 1, 1)
    assert str(events[0]["summary"]) == "整改时限：污水处理能力不足"
    assert "来源：plans/donghu-2024.txt" in str(events[0]["description"])
    assert export.notes == ("未写入日历：1项长期坚持，2项没有确定日期。",)


def test_making_a_calendar_again_changes_nothing(rows: tuple[TaskRow, ...]) -> None:
    twice = {export_tasks(rows, Format.ICS, AS_OF).content for _ in range(2)}
    assert len(twice) == 1


def test_markdown_shows_text_as_it_is_written(rows: tuple[TaskRow, ...]) -> None:
    header, rule, first, *_ = (
        export_tasks(rows, Format.MARKDOWN, AS_OF).content.decode().splitlines()
    )
    assert header == f"| {' | '.join(TITLES)} |"
    assert rule.count("---") == len(TITLES)
    assert "《条例&lt;试行&gt;》" in first
    assert r"散煤动态清零\|全域达标。" in first


@pytest.mark.parametrize("width", [80, 160])
def test_the_table_is_aligned_in_any_terminal(rows: tuple[TaskRow, ...], width: int) -> None:
    text = export_tasks(rows[:5], Format.TABLE, AS_OF, width).content.decode()
    lines = [line for line in text.splitlines() if line.startswith(("│", "├", "┌", "└"))]
    assert {cell_len(line) for line in lines} == {cell_len(lines[0])}
    assert cell_len(lines[0]) <= width
    assert "东湖区整改任务清单（plans/donghu-2024.txt）" in text


@pytest.mark.parametrize("form", list(Format))
def test_an_empty_list_is_a_valid_file(form: Format) -> None:
    content = export_tasks((), form, AS_OF).content
    if form is Format.JSON:
        assert json.loads(content) == []
    elif form is Format.XLSX:
        assert load_workbook(io.BytesIO(content)).sheetnames == ["任务清单"]
    elif form is Format.ICS:
        assert not Calendar.from_ical(content).walk("VEVENT")


def test_line_breaks_within_chinese_text_disappear() -> None:
    assert one_line("贯彻落实\n\n督察组 意见") == "贯彻落实督察组 意见"
    assert one_line("PM2.5 and\nPM10") == "PM2.5 and PM10"


# --- groups ---------------------------------------------------------------------------------------


@pytest.fixture(name="by_leader")
def _by_leader(rows: tuple[TaskRow, ...]) -> tuple[Group, ...]:
    return grouped(rows, By.LEADER)


LED = {"李明": ["一", "二"], "王芳": ["二"], "未载明": ["三", "四", "五", "1", "2"]}


def test_grouped_csv_tells_the_group_in_its_first_column(by_leader: tuple[Group, ...]) -> None:
    content = export_groups(by_leader, Format.CSV, AS_OF).content
    assert content.startswith(b"\xef\xbb\xbf")
    header, *lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert header == ["分组", *TITLES]
    found: dict[str, list[str]] = {}
    for line in lines:
        found.setdefault(line[0], []).append(line[2])
    assert found == LED
    assert lines[0][3].startswith("'=")


def test_grouped_json_counts_each_group(by_leader: tuple[Group, ...]) -> None:
    loaded = json.loads(export_groups(by_leader, Format.JSON, AS_OF).content)
    assert {one["group"]: [task["number"] for task in one["tasks"]] for one in loaded} == LED
    assert [one["count"] for one in loaded] == [2, 1, 5]


def test_a_grouped_workbook_begins_with_the_counts(by_leader: tuple[Group, ...]) -> None:
    book = load_workbook(io.BytesIO(export_groups(by_leader, Format.XLSX, AS_OF).content))
    assert book.sheetnames == ["汇总", "东湖区整改任务清单", "西山市整改情况通报"]
    assert [tuple(cell.value for cell in line) for line in book["汇总"].iter_rows()] == [
        ("分组", "任务数"), ("李明", 2), ("王芳", 1), ("未载明", 5),
    ]  # fmt: skip
    sheet = book["东湖区整改任务清单"]
    assert [cell.value for cell in sheet[1]] == [*TITLES, "分组"]
    assert [sheet.cell(line, len(TITLES) + 1).value for line in range(2, 8)] == [
        "李明", "李明", "王芳", "未载明", "未载明", "未载明",
    ]  # fmt: skip
    assert sheet.auto_filter.ref == "A1:O7"


def test_grouped_papers_have_a_heading_with_a_count(by_leader: tuple[Group, ...]) -> None:
    paper = Document(io.BytesIO(export_groups(by_leader, Format.DOCX, AS_OF).content))
    texts = [paragraph.text for paragraph in paper.paragraphs]
    assert [text for text in texts if text.endswith("项）")] == [
        "李明（2项）",
        "王芳（1项）",
        "未载明（5项）",
    ]
    assert len(paper.tables) == 3
    assert "plans/donghu-2024.txt" in paper.tables[0].rows[1].cells[-1].text
    markdown = export_groups(by_leader, Format.MARKDOWN, AS_OF).content.decode()
    assert markdown.startswith("## 李明（2项）\n\n| 文件 |")
    table = export_groups(by_leader, Format.TABLE, AS_OF).content.decode()
    assert table.startswith("李明（2项）\n┌")


def test_a_grouped_calendar_has_each_day_once(by_leader: tuple[Group, ...]) -> None:
    content = export_groups(by_leader, Format.ICS, AS_OF).content
    events = Calendar.from_ical(content).walk("VEVENT")
    assert len(events) == len({str(event["uid"]) for event in events}) == 4


def test_a_list_that_mixes_documents_is_one_table(rows: tuple[TaskRow, ...]) -> None:
    mixed = [rows[0], rows[5], rows[1]]
    text = export_tasks(mixed, Format.TABLE, AS_OF).content.decode()
    assert text.startswith("全部文件\n")
    assert text.count("┌") == 1
    assert "plans/donghu" in text
