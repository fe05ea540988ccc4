"""One plan and one list of tasks in every format: each gives the same ledger."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import written_files as files
from invented import measures, names, quote, spans_of

from ingest.parse import parse_file
from ingest.records import Deadline, ParsedDocument, Task

LINES = files.PLAN.splitlines()
TABLE = (files.LIST_HEAD, *files.LIST_ROWS)
MARKDOWN = f"# {files.LIST_TITLE}\n\n" + "\n".join(
    f"| {' | '.join(row).replace(chr(10), ' ')} |"
    for row in (TABLE[0], ["---"] * len(TABLE[0]), *TABLE[1:])
)


def read(folder: Path, name: str, content: bytes) -> ParsedDocument:
    document = parse_file(files.write(folder, name, content), folder)
    text = document.source.text
    assert all(text[span.start : span.end] == span.quote for span in spans_of(document))
    return document


def limit(deadline: Deadline | None) -> tuple[object, ...] | None:
    return deadline and (deadline.latest, deadline.ongoing, deadline.soft)


def ledger(document: ParsedDocument) -> list[tuple[object, ...]]:
    """What the tasks say, without where."""

    def facts(task: Task) -> tuple[object, ...]:
        return (
            *(task.number, task.title.quote, quote(task.problem), quote(task.target)),
            *(names(task.leaders), names(task.lead_units), names(task.responsible_units)),
            limit(task.deadline),
            measures(task),
            [names(measure.units) for measure in task.measures],
            [[limit(one) for one in measure.deadlines] for measure in task.measures],
        )

    return [facts(task) for task in document.tasks]


PLANS = {
    "方案.docx": lambda: files.as_docx(LINES),
    "方案.html": lambda: files.as_html(LINES),
    "GBK.htm": lambda: files.as_html(LINES, encoding="gb2312"),
    "方案.pdf": lambda: files.as_pdf(LINES, header="内部资料", height=500),
}
LISTS = {
    "清单.docx": lambda: files.as_docx([files.LIST_TITLE], TABLE),
    "清单.html": lambda: files.as_html([files.LIST_TITLE], TABLE),
    "清单.xlsx": lambda: files.as_xlsx(files.LIST_TITLE, TABLE),
    "清单.csv": lambda: files.as_csv(files.LIST_TITLE, TABLE),
    "UTF-8.csv": lambda: files.as_csv(files.LIST_TITLE, TABLE, "utf-8-sig"),
    "清单.pdf": lambda: files.as_pdf([files.LIST_TITLE], TABLE, header="内部资料", height=420),
}


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_says_the_same_in_every_format(tmp_path: Path, name: str) -> None:
    expected = read(tmp_path, "方案.txt", files.PLAN.encode())
    document = read(tmp_path, name, PLANS[name]())
    assert len(ledger(expected)) == 2
    assert ledger(document) == ledger(expected)
    assert document.source.title == expected.source.title
    assert document.source.issued == expected.source.issued
    assert "《青石县关于印发<青石县督察整改工作办法>的通知》" in document.source.text
    assert "隐藏的文字" not in document.source.text


@pytest.mark.parametrize("name", LISTS)
def test_a_list_says_the_same_in_every_format(tmp_path: Path, name: str) -> None:
    expected = read(tmp_path, "清单.md", MARKDOWN.encode())
    document = read(tmp_path, name, LISTS[name]())
    assert len(ledger(expected)) == 3
    assert ledger(document) == ledger(expected)
    assert document.source.title == files.LIST_TITLE


def scanned(content: bytes, kind: str) -> bytes:
    """A printed document after the scanner, 300 dots an inch."""
    import pypdfium2

    with pypdfium2.PdfDocument(content) as document:
        pages = [page.render(scale=300 / 72).to_pil().convert("L") for page in document]
    written = io.BytesIO()
    pages[0].save(written, kind, resolution=300, save_all=True, append_images=pages[1:])
    return written.getvalue()


@pytest.mark.long
@pytest.mark.parametrize(("name", "kind"), [("扫描.pdf", "PDF"), ("扫描.tif", "TIFF")])
def test_scans_say_the_same(tmp_path: Path, name: str, kind: str) -> None:
    """Up to a character in running text: marks of punctuation get lost in recognition."""
    pytest.importorskip("rapidocr", reason="the extra `ocr` is not installed")
    printed = {
        "清单.md": (MARKDOWN.encode(), files.as_pdf([files.LIST_TITLE], TABLE)),
        "方案.txt": (files.PLAN.encode(), files.as_pdf(LINES)),
    }
    for original, (content, pdf) in printed.items():
        expected = read(tmp_path, original, content)
        document = read(tmp_path, name, scanned(pdf, kind))
        for task, other in zip(document.tasks, expected.tasks, strict=True):
            assert facts_of_records(task) == facts_of_records(other)
            assert len(task.measures) == len(other.measures)


def facts_of_records(task: Task) -> tuple[object, ...]:
    """What a list of tasks is filtered and counted by."""
    return (
        *(task.number, task.title.quote, quote(task.target), names(task.leaders)),
        *(names(task.lead_units), names(task.responsible_units), limit(task.deadline)),
        [names(measure.units) for measure in task.measures],
    )


def test_the_list_and_the_plan_agree_on_their_common_task(tmp_path: Path) -> None:
    plan = read(tmp_path, "方案.docx", PLANS["方案.docx"]()).tasks[0]
    row = read(tmp_path, "清单.xlsx", LISTS["清单.xlsx"]()).tasks[0]
    assert plan.title.quote == row.title.quote
    assert names(plan.responsible_units) == names(row.responsible_units)
    assert limit(plan.deadline) == limit(row.deadline)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("清单.docx", "表1第3行第2列"),
        ("清单.html", "表1第3行第2列"),
        ("清单.xlsx", "清单!B4"),
        ("清单.csv", "第4行第2列"),
        ("清单.pdf", "第1页表1第3行第2列"),
    ],
)
def test_a_place_leads_back_to_the_cell(tmp_path: Path, name: str, place: str) -> None:
    document = read(tmp_path, name, LISTS[name]())
    assert document.source.place(document.tasks[1].title.start) == place


def test_a_place_leads_back_to_the_paragraph(tmp_path: Path) -> None:
    source = read(tmp_path, "方案.docx", PLANS["方案.docx"]()).source
    assert source.place(source.text.index("二、组织保障")) == "第5段"


def test_reading_twice_gives_the_same_records(tmp_path: Path) -> None:
    path = files.write(tmp_path, "方案.docx", PLANS["方案.docx"]())
    assert parse_file(path, tmp_path) == parse_file(path, tmp_path)
