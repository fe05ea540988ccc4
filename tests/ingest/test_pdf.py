"""PDF files: paragraphs from lines, tables from rules, page by page."""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Callable
from pathlib import Path

import pytest
import written_files as files
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from ingest.errors import EmptyFileError, FormatError, LimitError
from ingest.files.limits import Limits
from ingest.files.pdf import extract
from ingest.parse import parse_file

Draw = Callable[[Canvas], None]
LONG = "坚持问题导向和目标导向相统一，逐条逐项抓好整改落实，确保按期完成各项任务，"


def drawn(folder: Path, *pages: Draw) -> Path:
    """A PDF file of pages 595 by 842 points, each drawn by a function."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=(595, 842))
    for draw in pages:
        canvas.setFont("STSong-Light", 12)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return files.write(folder, "文件.pdf", content.getvalue())


def lines(path: Path) -> list[str]:
    return extract(path, Limits()).text.splitlines()


def written(*texts: str, x: float = 72, top: float = 700, step: float = 20) -> Draw:
    def draw(canvas: Canvas) -> None:
        for number, text in enumerate(texts):
            canvas.drawString(x, top - step * number, text)

    return draw


def test_running_heads_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    paragraphs = [f"第{n}项任务由县水务局负责。" for n in range(60)]
    content = files.as_pdf(
        ["青石县整改方案", *paragraphs], header="青石县督察整改办 2026", height=842
    )
    document = parse_file(files.write(tmp_path, "a.pdf", content), tmp_path)
    assert document.source.text.splitlines() == ["青石县整改方案", *paragraphs]
    assert len(document.source.pages) > 1


def test_a_head_that_counts_the_pages_is_left_out(tmp_path: Path) -> None:
    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            canvas.drawString(72, 800, f"督察整改简报 第{number}版 共3版")
            canvas.drawString(72, 700, f"第{number}项任务由县水务局负责。")

        return draw

    assert lines(drawn(tmp_path, *map(page, (1, 2, 3)))) == [
        f"第{number}项任务由县水务局负责。" for number in (1, 2, 3)
    ]


def test_a_paragraph_goes_on_over_lines_and_pages(tmp_path: Path) -> None:
    paragraphs = [LONG * n + "不留死角。" for n in (3, 1, 5, 2, 4, 6, 3, 8, 7)]
    content = files.as_pdf(["青石县整改方案", *paragraphs], height=420)
    source = parse_file(files.write(tmp_path, "a.pdf", content), tmp_path).source
    assert source.text.splitlines() == ["青石县整改方案", *paragraphs]
    assert len(source.pages) >= 4
    assert any(source.text[start - 1] != "\n" for start in source.pages[1:])


def test_an_offset_tells_its_page(tmp_path: Path) -> None:
    path = drawn(tmp_path, written("甲县。"), written(), written("丙县。"))
    extracted = extract(path, Limits())
    offset = extracted.text.index("丙县")
    assert bisect_right(extracted.pages, offset) == 3
    assert len(extracted.pages) == 3


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = [f"左栏第{n}行的文字在这里写满一整行字" for n in range(10)]
    right = [f"右栏第{n}行的文字在这里写满一整行字" for n in range(10)]

    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 740, "青石县生态环境保护督察整改工作简报横跨两栏的标题")
        written(*(f"　　{one}" for one in left), x=72)(canvas)
        written(*(f"　　{one}" for one in right), x=320)(canvas)

    text = "".join(lines(drawn(tmp_path, draw)))
    assert text.index("标题") < text.index("左栏第9行") < text.index("右栏第0行")


def test_labels_beside_values_are_no_columns(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for number, (label, value) in enumerate((
            ("牵头单位", "县水务局"),
            ("完成时限", "2026年底"),
        )):
            canvas.drawString(72, 700 - 20 * number, label)
            canvas.drawString(300, 700 - 20 * number, value)

    assert lines(drawn(tmp_path, draw)) == ["牵头单位", "县水务局", "完成时限", "2026年底"]


def rows_of_list(count: int) -> list[tuple[str, ...]]:
    return [(str(n + 1), *files.LIST_ROWS[n % 3][1:]) for n in range(count)]


@pytest.mark.parametrize("repeat", [0, 1], ids=["headed once", "headed on every page"])
def test_a_table_goes_on_over_pages(tmp_path: Path, repeat: int) -> None:
    table = [files.LIST_HEAD, *rows_of_list(12)]
    content = files.as_pdf([files.LIST_TITLE], table, height=420, header="内部资料", repeat=repeat)
    document = parse_file(files.write(tmp_path, "a.pdf", content), tmp_path)
    assert [task.number for task in document.tasks] == [str(n) for n in range(1, 13)]
    assert document.source.text.count("整改任务 |") == 1
    assert len(document.source.pages) > 2


@pytest.mark.parametrize("repeat", [0, 1], ids=["headed once", "headed on every page"])
def test_a_row_broken_at_the_end_of_a_page_is_one(tmp_path: Path, repeat: int) -> None:
    measures = [f"清理第{n}段河岸积存垃圾并运往县垃圾处理场" for n in range(1, 21)]
    cell = "".join(f"{n}.{one}；" for n, one in enumerate(measures, 1))
    first, second, third = rows_of_list(3)
    table = [files.LIST_HEAD, first, (*second[:3], cell, *second[4:]), third]
    content = files.as_pdf([files.LIST_TITLE], table, height=420, repeat=repeat)
    tasks = parse_file(files.write(tmp_path, "a.pdf", content), tmp_path).tasks
    assert len(tasks) == 3
    assert [measure.text.quote for measure in tasks[1].measures] == measures


def test_cells_merged_downwards_hold_for_each_row(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        columns, heights = (72, 132, 232, 352, 472), (700, 670, 640, 610)
        for x in columns:
            canvas.line(x, heights[0], x, heights[-1])
        for y in (heights[0], heights[1], heights[3]):
            canvas.line(columns[0], y, columns[-1], y)
        canvas.line(columns[2], heights[2], columns[-1], heights[2])
        rows = (
            ("序号", "问题", "整改措施", "责任单位"),
            ("1", "黑臭", "清淤", "县水务局"),
            ("", "", "截污", "县住建局"),
        )
        for y, row in zip(heights, rows, strict=False):
            for x, text in zip(columns, row, strict=False):
                canvas.drawString(x + 6, y - 20, text)

    (task,) = parse_file(drawn(tmp_path, draw), tmp_path).tasks
    assert [measure.text.quote for measure in task.measures] == ["清淤", "截污"]
    assert [unit.name for unit in task.responsible_units] == ["县水务局", "县住建局"]


def test_a_frame_around_text_is_no_table(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(60, 600, 400, 150)
        written("一、整改目标", "水质达标。")(canvas)

    assert lines(drawn(tmp_path, draw)) == ["一、整改目标", "水质达标。"]


def test_a_file_without_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmptyFileError, match="没有文字"):
        extract(drawn(tmp_path, written()), Limits())


def test_more_pages_than_allowed_are_refused(tmp_path: Path) -> None:
    with pytest.raises(LimitError, match="共 3 页，超过 2 页"):
        extract(drawn(tmp_path, *[written("甲")] * 3), Limits(pages=2))


def test_a_file_with_a_password_is_refused(tmp_path: Path) -> None:
    content = io.BytesIO()
    canvas = Canvas(content, encrypt="密码".encode().hex())
    canvas.drawString(72, 700, "secret")
    canvas.save()
    with pytest.raises(FormatError, match="密码"):
        extract(files.write(tmp_path, "a.pdf", content.getvalue()), Limits())


def test_a_cut_off_file_is_refused_or_read(tmp_path: Path) -> None:
    content = drawn(tmp_path, written("青石县整改方案")).read_bytes()
    with pytest.raises(FormatError, match="损坏"):
        extract(files.write(tmp_path, "b.pdf", content[:200]), Limits())
