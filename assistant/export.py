"""Task lists as files: a table for the terminal, JSON, CSV, Excel, Word, Markdown and calendar dates."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import itertools
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from assistant.answer import Citation
from assistant.grouping import Group
from assistant.taskrows import MeasureRow, TaskRow
from ingest.dates import chinese_date

if TYPE_CHECKING:
    from icalendar import Event
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

TABLE_WIDTH = 160

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SHEET_TITLE_CHARS = 31
_OVERDUE_FILL = "FFF2CC"
_GROUP_WIDTH = 24


class Format(StrEnum):
    """The forms a task list can be written in."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    DOCX = "docx"
    ICS = "ics"
    MARKDOWN = "md"


@dataclass(frozen=True, slots=True)
class Export:
    """A finished file, UTF-8 where it is text, and remarks for the person who asked for it."""

    content: bytes
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a task list; `width` is in the half-width characters of a spreadsheet."""

    title: str
    value: Callable[[TaskRow], str]
    width: int


COLUMNS = (
    Column("文件", lambda row: row.document_title or row.document, 24),
    Column("编号", lambda row: row.number, 7),
    Column("问题/任务", lambda row: row.title, 40),
    Column("区级领导(责任领导)", lambda row: _joined(row.leaders), 14),
    Column("牵头单位", lambda row: _joined(row.lead_units), 22),
    Column("责任单位", lambda row: _responsible(row), 36),
    Column("配合单位", lambda row: _joined(row.cooperating_units), 18),
    Column("验收单位", lambda row: _joined(row.acceptance_units), 22),
    Column("督导单位", lambda row: _joined(row.supervising_units), 18),
    Column("整改目标", lambda row: row.target, 44),
    Column("整改时限", lambda row: row.time_limit, 18),
    Column("截止日期", lambda row: row.due.isoformat() if row.due else "", 12),
    Column("状态/提示", lambda row: row.hint, 30),
    Column("来源", lambda row: row.source, 40),
)
# A terminal has no room for the long ones; the document is the table's caption.
_TABLE_LEAVES_OUT = {"文件", "整改目标", "验收单位", "来源"}

# The paper names the document above each table, and has no room for more columns.
_PAPER_LEAVES_OUT = {"文件", "配合单位", "截止日期", "来源"}


def export_tasks(
    rows: Sequence[TaskRow], form: Format, as_of: dt.date, width: int = TABLE_WIDTH
) -> Export:
    """Write rows in one form.

    `as_of` stamps the calendar's events, so that the same list gives the same file; `width` is the
    terminal's and concerns the table only.
    """
    if form is Format.TABLE:
        return Export(_table(_by_document(rows), width).encode())
    if form is Format.ICS:
        return _calendar(rows, as_of)
    if form is Format.DOCX:
        return Export(_docx(_by_document(rows, with_path=False), len(rows), as_of))
    writers: dict[Format, Callable[[Sequence[TaskRow]], bytes]] = {
        Format.JSON: _json,
        Format.CSV: _csv,
        Format.XLSX: _xlsx,
        Format.MARKDOWN: _markdown,
    }
    return Export(writers[form](rows))


def export_groups(
    groups: Sequence[Group], form: Format, as_of: dt.date, width: int = TABLE_WIDTH
) -> Export:
    """Write groups in one form, each with the number of its tasks.

    A calendar knows no groups: it has each task once.
    """
    rows = tuple({row.id: row for group in groups for row in group.rows}.values())
    if form is Format.ICS:
        return _calendar(rows, as_of)
    if form is Format.TABLE:
        return Export(_table([(_counted(one), one.rows, True) for one in groups], width).encode())
    if form is Format.DOCX:
        parts = [(_counted(one), one.rows, True) for one in groups]
        return Export(_docx(parts, len(rows), as_of))
    writers: dict[Format, Callable[[Sequence[Group]], bytes]] = {
        Format.JSON: _json_groups,
        Format.CSV: _csv_groups,
        Format.XLSX: _xlsx_groups,
        Format.MARKDOWN: _markdown_groups,
    }
    return Export(writers[form](groups))


Part = tuple[str, Sequence[TaskRow], bool]
"""A heading, the rows below it, and whether they stand in several documents."""


def _counted(group: Group) -> str:
    return f"{group.name}（{len(group.rows)}项）"


def _by_document(rows: Sequence[TaskRow], *, with_path: bool = True) -> list[Part]:
    """The rows below their document; one list where an order of their own mixes the documents."""
    parts: list[Part] = []
    for path, group in itertools.groupby(rows, key=lambda row: row.document):
        listed = list(group)
        title = listed[0].document_title or path
        parts.append((f"{title}（{path}）" if with_path else title, listed, False))
    mixed = len(parts) > len({row.document for row in rows})
    return [("全部文件", rows, True)] if mixed else parts


def harmless(cell: str) -> str:
    """A cell that a spreadsheet program will not run as a formula.

    Source: OWASP, CSV Injection. Documents come from anywhere, and so may their first characters.
    """
    return "'" + cell if cell.startswith(_FORMULA_STARTS) else cell


def _joined(names: Iterable[str]) -> str:
    return "、".join(names)


def _responsible(row: TaskRow) -> str:
    if not row.responsible_units or not row.measure_units:
        return _joined(row.responsible_units or row.measure_units)
    return f"{_joined(row.responsible_units)}（措施中另有：{_joined(row.measure_units)}）"


def _json(rows: Sequence[TaskRow]) -> bytes:
    records = [task_record(row) for row in rows]
    return (json.dumps(records, ensure_ascii=False, indent=2) + "\n").encode()


def task_record(row: TaskRow) -> dict[str, Any]:
    """A row as JSON has it."""
    record = {name: value for name, value in asdict(row).items() if name != "measures"}
    record["due"] = row.due.isoformat() if row.due else None
    record["citation"] = _json_citation(row.citation)
    record["citations"] = {
        name: [_json_citation(cited) for cited in cites] for name, cites in row.citations.items()
    }
    record["measures"] = [_json_measure(measure) for measure in row.measures]
    return record


def _json_measure(measure: MeasureRow) -> dict[str, Any]:
    return {**asdict(measure), "citation": _json_citation(measure.citation)}


def _json_citation(cited: Citation) -> dict[str, Any]:
    """The same keys as `duban ask --batch` writes; the number means something in an answer only."""
    return {name: value for name, value in asdict(cited).items() if name != "number"}


def _csv(rows: Sequence[TaskRow]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([column.title for column in COLUMNS])
    writer.writerows([harmless(column.value(row)) for column in COLUMNS] for row in rows)
    # Excel takes a CSV file for GBK unless it begins with a byte order mark.
    return buffer.getvalue().encode("utf-8-sig")


def _markdown(rows: Sequence[TaskRow]) -> bytes:
    lines = [[column.title for column in COLUMNS], ["---"] * len(COLUMNS)]
    lines += [[_markdown_cell(column.value(row)) for column in COLUMNS] for row in rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines).encode()


def _markdown_cell(text: str) -> str:
    """Text that Markdown shows as it is; titles of laws in angle brackets are no HTML."""
    escaped = re.sub(r"([\\`*_\[\]|~])", r"\\\1", html.escape(text, quote=False))
    return re.sub(r"\s*[\r\n]+\s*", "<br>", escaped)


def _json_groups(groups: Sequence[Group]) -> bytes:
    records = [
        {
            "group": group.name,
            "count": len(group.rows),
            "tasks": [task_record(row) for row in group.rows],
        }
        for group in groups
    ]
    return (json.dumps(records, ensure_ascii=False, indent=2) + "\n").encode()


def _csv_groups(groups: Sequence[Group]) -> bytes:
    """A first column tells the group, so that the file stays one table."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(["分组", *(column.title for column in COLUMNS)])
    for group in groups:
        for row in group.rows:
            cells = (group.name, *(column.value(row) for column in COLUMNS))
            writer.writerow([harmless(cell) for cell in cells])
    return buffer.getvalue().encode("utf-8-sig")


def _markdown_groups(groups: Sequence[Group]) -> bytes:
    parts = [
        f"## {_markdown_cell(_counted(group))}\n\n".encode() + _markdown(group.rows)
        for group in groups
    ]
    return b"\n".join(parts)


def _table(parts: Sequence[Part], width: int) -> str:
    """One table a part, without columns that would be empty throughout."""
    from rich.console import Console
    from rich.text import Text

    buffer = io.StringIO()
    console = Console(file=buffer, width=width, color_system=None, legacy_windows=False)
    for heading, rows, mixed in parts:
        # Text keeps brackets of the documents from being read as rich's markup.
        console.print(Text(heading))
        console.print(_part_table(rows, mixed=mixed))
    return buffer.getvalue()


def _part_table(rows: Sequence[TaskRow], *, mixed: bool) -> Any:  # noqa: ANN401 - rich is imported when needed
    from rich.box import SQUARE
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SQUARE, show_lines=True)
    columns = [column for column in COLUMNS if column.title not in _TABLE_LEAVES_OUT]
    shown = [column for column in columns if any(column.value(row) for row in rows)]
    # Where the caption has the path, the place within the document is enough in each row.
    shown.append(Column("来源", lambda row: row.source if mixed else row.place, 0))
    for column in shown:
        table.add_column(Text(column.title), overflow="fold")
    for row in rows:
        table.add_row(*(Text(column.value(row)) for column in shown))
    return table


def _xlsx(rows: Sequence[TaskRow]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    by_document: dict[str, list[TaskRow]] = {}
    for row in rows:
        by_document.setdefault(row.document, []).append(row)
    for path, group in by_document.items():
        _fill_sheet(_new_sheet(book, group[0].document_title or path), group)
    if not by_document:
        _fill_sheet(_new_sheet(book, "任务清单"), [])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _xlsx_groups(groups: Sequence[Group]) -> bytes:
    """A first sheet with the number of tasks in each group, then a sheet a document with a column for the group."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    counts = book.worksheets[0]
    counts.title = "汇总"
    for line, cells in enumerate((("分组", "任务数"), *((g.name, len(g.rows)) for g in groups)), 1):
        _write_cell(counts.cell(line, 1), str(cells[0]))
        counts.cell(line, 2, cells[1])
    for cell in counts[1]:
        cell.font = Font(bold=True)
    counts.column_dimensions["A"].width = 40
    counts.freeze_panes = "A2"
    by_document: dict[str, list[tuple[str, TaskRow]]] = {}
    for group in groups:
        for row in group.rows:
            by_document.setdefault(row.document, []).append((group.name, row))
    for path, listed in by_document.items():
        sheet = _new_sheet(book, listed[0][1].document_title or path)
        _fill_sheet(sheet, [row for _, row in listed], [name for name, _ in listed])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _new_sheet(book: Workbook, wanted: str) -> Worksheet:
    """A sheet whose title Excel accepts: 31 characters, none of []:*?/\\, unlike any other."""
    plain = re.sub(r"[\[\]:*?/\\]", " ", _CONTROL.sub("", wanted)).strip(" '") or "任务清单"
    title, taken = plain[:_SHEET_TITLE_CHARS], {sheet.title.lower() for sheet in book.worksheets}
    for count in itertools.count(2):
        if title.lower() not in taken:
            break
        suffix = f"({count})"
        title = plain[: _SHEET_TITLE_CHARS - len(suffix)] + suffix
    sheet: Worksheet = book.create_sheet(title)
    return sheet


def _fill_sheet(sheet: Worksheet, rows: Sequence[TaskRow], groups: Sequence[str] = ()) -> None:
    """Write the rows below a header; `groups` are the names of the rows' groups, for a last column."""
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    for index, column in enumerate(COLUMNS, start=1):
        _write_cell(sheet.cell(1, index), column.title)
        sheet.cell(1, index).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(index)].width = column.width
    for line, row in enumerate(rows, start=2):
        for index, column in enumerate(COLUMNS, start=1):
            cell = sheet.cell(line, index)
            _write_cell(cell, column.value(row))
            if column.title == "截止日期" and row.due is not None:
                cell.value, cell.number_format = row.due, "yyyy-mm-dd"
            if row.overdue:
                cell.fill = PatternFill("solid", start_color=_OVERDUE_FILL)
    last = len(COLUMNS) + bool(groups)
    for line, name in enumerate(("分组", *groups) if groups else (), start=1):
        _write_cell(sheet.cell(line, last), name)
        sheet.cell(line, last).font = Font(bold=line == 1)
        sheet.column_dimensions[get_column_letter(last)].width = _GROUP_WIDTH
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(last)}{max(len(rows) + 1, 2)}"
    _set_print_layout(sheet)


def _write_cell(cell: Cell, text: str) -> None:
    from openpyxl.styles import Alignment

    cell.value = _CONTROL.sub("", text) or None
    if text.startswith(_FORMULA_STARTS):
        # A workbook states the type of a cell, so the text can stay as it is; the quote prefix keeps it
        # text when somebody edits it.
        cell.data_type, cell.quotePrefix = "s", True
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _set_print_layout(sheet: Worksheet) -> None:
    """Lists get printed for meetings: landscape, one page wide, the header on every page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _docx(parts: Sequence[Part], count: int, as_of: dt.date) -> bytes:
    """A landscape paper with one table a part, the source in the last column."""
    from assistant.word import add_paragraph, add_table, new_document, to_bytes

    paper = new_document("督察整改任务清单", landscape=True)
    add_paragraph(paper, f"截至{chinese_date(as_of)}，共{count}项。时限已过不等于未完成。")
    columns = [column for column in COLUMNS if column.title not in _PAPER_LEAVES_OUT]
    for heading, rows, mixed in parts:
        add_paragraph(paper, heading, heading=True)
        cells = [
            [*(column.value(row) for column in columns), row.source if mixed else row.place]
            for row in rows
        ]
        header = [*(column.title for column in columns), "来源"]
        add_table(paper, header, cells, [*(column.width for column in columns), 24])
    return to_bytes(paper)


def _calendar(rows: Sequence[TaskRow], as_of: dt.date) -> Export:
    """An all-day event on the last day of each fixed limit."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Duban//tasks//ZH-CN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "整改任务时限")
    for row in rows:
        if row.due is not None and not row.ongoing:
            calendar.add_component(_event(row, row.due, as_of))
    ongoing = sum(row.ongoing for row in rows)
    undated = sum(row.due is None and not row.ongoing for row in rows)
    notes = [f"{ongoing}项长期坚持"] * (ongoing > 0) + [f"{undated}项没有确定日期"] * (undated > 0)
    left_out = (f"未写入日历：{'，'.join(notes)}。",) if notes else ()
    return Export(calendar.to_ical(), left_out)


def _event(row: TaskRow, due: dt.date, as_of: dt.date) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{row.id}@duban")
    # The clock is read once, where the command starts; a file made again is the same file.
    event.add("dtstamp", dt.datetime.combine(as_of, dt.time(), dt.UTC))
    event.add("dtstart", due)
    event.add("dtend", due + dt.timedelta(days=1))
    event.add("summary", f"整改时限：{row.title}")
    shown = [f"{column.title}：{column.value(row)}" for column in COLUMNS if column.value(row)]
    event.add("description", _CONTROL.sub("", "\n".join([*shown, f"原文：{row.citation.quote}"])))
    event.add("transp", "TRANSPARENT")
    return event
