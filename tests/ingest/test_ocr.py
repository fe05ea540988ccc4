"""Scans: recognised offline, with the confidence kept."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from written_files import write

from ingest.errors import EmptyFileError, FormatError, LimitError
from ingest.files.limits import Limits
from ingest.parse import read_file
from ingest.records import Obtained, ParsedDocument

pytest.importorskip("rapidocr", reason="the extra `ocr` is not installed")
import numpy as np
from PIL import Image, ImageDraw, ImageFont

FONTS = (
    *(
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    ),
    *("C:/Windows/Fonts/simsun.ttc", "/System/Library/Fonts/PingFang.ttc"),
)
LINES = (
    "青石县整改任务清单",
    "一、餐饮油烟扰民",
    "牵头单位：县城市管理局",
    "整改目标：投诉量下降30%",
    "整改时限：2026年6月底前",
)

ROWS = (
    ("1", "北河沿岸垃圾清理不及时", "县水务局", "2026年6月底前"),
    ("2", "餐饮油烟扰民", "县城市管理局", "2026年12月底前"),
)


def picture(lines: tuple[str, ...] = LINES) -> Image.Image:
    font = next((path for path in FONTS if Path(path).exists()), None)
    if font is None:
        pytest.skip("no Chinese font to draw a scan with")
    page = Image.new("RGB", (900, 500), "white")
    for number, line in enumerate(lines):
        ImageDraw.Draw(page).text(
            (80, 60 + 70 * number), line, "black", ImageFont.truetype(font, 36)
        )
    return page


def saved(page: Image.Image, kind: str, **options: object) -> bytes:
    content = io.BytesIO()
    page.save(content, kind, **options)
    return content.getvalue()


def read(folder: Path, name: str, content: bytes, limits: Limits | None = None) -> ParsedDocument:
    return read_file(write(folder, name, content), name, limits or Limits())


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> ParsedDocument:
    """A scanned PDF file, which is a picture on a page."""
    return read(
        tmp_path_factory.mktemp("scan"), "扫描.pdf", saved(picture(), "PDF", resolution=110)
    )


def test_a_scanned_page_becomes_tasks(scanned: ParsedDocument) -> None:
    (task,) = scanned.tasks
    assert task.title.quote == "餐饮油烟扰民"
    assert [unit.name for unit in task.lead_units] == ["县城市管理局"]
    assert task.deadline is not None
    assert str(task.deadline.latest) == "2026-06-30"
    assert scanned.source.pages == (0,)


def test_how_it_was_got_and_how_surely_is_kept(scanned: ParsedDocument) -> None:
    assert scanned.source.obtained is Obtained.OCR
    span = scanned.tasks[0].title
    confidence = scanned.source.confidence(span.start, span.end)
    assert confidence is not None
    assert 0.8 < confidence <= 1


def ruled(rows: tuple[tuple[str, ...], ...]) -> Image.Image:
    """A table with rules between its cells; the first row is the title above it."""
    page = picture((rows[0][0],)).resize((900, 500)).crop((0, 0, 900, 130))
    sheet = Image.new("RGB", (1300, 160 + 80 * len(rows)), "white")
    sheet.paste(page, (0, 0))
    font = ImageFont.truetype(next(path for path in FONTS if Path(path).exists()), 28)
    draw = ImageDraw.Draw(sheet)
    edges = (60, 150, 560, 860, 1240)
    for number, row in enumerate(rows[1:]):
        for words, left, right in zip(row, edges, edges[1:], strict=False):
            top = 130 + 80 * number
            draw.rectangle((left, top, right, top + 80), outline="black", width=2)
            draw.text((left + 12, top + 22), words, "black", font)
    return sheet


def test_a_ruled_table_in_a_scan_becomes_tasks(tmp_path: Path) -> None:
    sheet = ruled((
        ("青石县整改任务清单",),
        ("序号", "整改任务", "牵头单位", "完成时限"),
        *ROWS,
    ))
    document = read(tmp_path, "清单.png", saved(sheet.rotate(0.2, fillcolor="white"), "PNG"))
    found = [(task.title.quote, task.lead_units[0].name) for task in document.tasks]
    assert found == [("北河沿岸垃圾清理不及时", "县水务局"), ("餐饮油烟扰民", "县城市管理局")]
    assert [str(task.deadline and task.deadline.latest) for task in document.tasks] == [
        *("2026-06-30", "2026-12-31")
    ]
    title = document.tasks[1].title
    assert document.source.place(title.start) == "第1页表1第3行第2列"
    assert (document.source.confidence(title.start, title.end) or 0) > 0.8
    assert document.source.obtained is Obtained.OCR


def test_a_line_recognised_over_a_rule_is_read_again_in_its_cells() -> None:
    from ingest.files import ocr, scanned_tables
    from ingest.files.layout import Line
    from ingest.files.layout import Page as Sheet

    sheet = np.asarray(ruled((("清单",), ("序号", "整改任务", "牵头单位", "完成时限"), *ROWS)))
    torn = Line(150 + 12, 320, 850, 350, 0, "餐饮油烟扰民县城市管理局", 30.0, 0.9)
    page = Sheet(sheet.shape[1], sheet.shape[0], (torn,))
    found = scanned_tables.with_tables(page, sheet, lambda part: ocr._lines(part, 0))
    assert [cell.text for cell in found.tables[0].grid[2][1:3]] == ["餐饮油烟扰民", "县城市管理局"]


def test_brackets_of_a_line_are_of_one_width() -> None:
    from ingest.files.ocr import _with_brackets_alike

    assert _with_brackets_alike("（责任单位：甲局)") == "（责任单位：甲局）"
    assert _with_brackets_alike("PM(2.5)）") == "PM(2.5)）"


def test_pictures_and_their_pages_are_read(tmp_path: Path) -> None:
    second = picture(("第二页的文字内容",))
    document = read(
        tmp_path,
        "扫描.tif",
        saved(picture(LINES[:2]), "TIFF", save_all=True, append_images=[second]),
    )
    assert document.source.text.splitlines() == [*LINES[:2], "第二页的文字内容"]
    assert document.source.pages == (0, document.source.text.index("第二页"))


def test_an_empty_picture_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmptyFileError, match="没有识别出文字"):
        read(tmp_path, "空白.png", saved(Image.new("RGB", (300, 200), "white"), "PNG"))


def test_a_cut_off_picture_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="损坏"):
        read(tmp_path, "a.jpg", saved(Image.new("RGB", (900, 900), "white"), "JPEG")[:300])


def test_a_picture_of_too_many_pixels_is_refused(tmp_path: Path) -> None:
    huge = saved(Image.new("1", (20_000, 20_000)), "PNG")
    assert len(huge) < 100_000
    with pytest.raises(LimitError, match="像素"):
        read(tmp_path, "炸弹.png", huge)


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    pages = [Image.new("L", (20, 20))] * 4
    content = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    with pytest.raises(LimitError, match="超过 3 页"):
        read(tmp_path, "a.tiff", content, Limits(pages=3))
