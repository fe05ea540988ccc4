"""Pages of PDF files and scans: their pictures, and where on them the quoted words stand."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from fastapi import FastAPI
from hand_made import SentenceFinder
from PIL import Image
from starlette.testclient import TestClient
from written_files import as_pdf, write

from ingest.files.layout import Line, Page
from ingest.files.limits import Limits
from ingest.files.page_images import Glyph, glyphs_of_lines, page_glyphs
from ingest.parse import read_file
from ingest.records import ParsedDocument, Span
from ui.original_routes import original_routes
from ui.originals import Originals
from ui.page_marks import Box, page_of, quote_boxes

TITLE = "青石县生态环境保护督察整改任务清单"
HEAD = ("序号", "整改任务", "牵头单位", "整改目标", "整改时限")
ROWS = [
    (str(n), f"{n}号河道水质不达标", "县水务局", f"达到Ⅳ类，\n消除率{80 + n}%", "2026年6月底前")
    for n in range(1, 31)
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A task list of three pages, and a scan of its first."""
    folder = tmp_path_factory.mktemp("documents")
    path = write(folder, "清单.pdf", as_pdf([TITLE], [HEAD, *ROWS], header="青石县"))
    file = pypdfium2.PdfDocument(path)
    # Its first lines only, because recognising takes long.
    page = file[0].render(scale=1.5).to_pil()
    page.crop((0, 0, page.width, 240)).save(folder / "扫描.png")
    file.close()
    return folder


def read(folder: Path, name: str) -> ParsedDocument:
    return read_file(folder / name, name, Limits())


@pytest.fixture(scope="module")
def listed(folder: Path) -> ParsedDocument:
    return read(folder, "清单.pdf")


def fold(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split())


def words_in(boxes: Sequence[Box], glyphs: Sequence[Glyph]) -> str:
    """What stands inside the boxes, by the middle of each character."""
    inside = [
        one.text
        for one in glyphs
        for box in boxes
        if box.left <= (one.x0 + one.x1) / 2 <= box.left + box.width
        and box.top <= (one.top + one.bottom) / 2 <= box.top + box.height
    ]
    return fold("".join(inside))


def test_every_field_of_every_task_is_found_at_its_place(
    folder: Path, listed: ParsedDocument
) -> None:
    """30 rows with the same body and the same limit: each has to be marked in its own row."""
    pages = {
        n: page_glyphs(folder / "清单.pdf", n - 1) for n in range(1, len(listed.source.pages) + 1)
    }
    assert len(pages) > 1
    assert len(listed.tasks) == len(ROWS)
    tops = []
    for task in listed.tasks:
        assert task.target
        assert task.deadline
        spans: list[Span] = [task.title, task.target, task.deadline.phrase]
        page = page_of(listed.source, task.title.start)
        for span in spans:
            boxes = quote_boxes(listed.source, span.start, span.end, page, pages[page])
            assert words_in(boxes, pages[page]) == fold(span.quote.replace("<br>", ""))
        limit = quote_boxes(listed.source, *_range(task.deadline.phrase), page, pages[page])
        title = quote_boxes(listed.source, *_range(task.title), page, pages[page])
        assert limit[0].top == pytest.approx(title[0].top, abs=0.001)
        tops.append((page, limit[0].top))
    assert len(set(tops)) == len(ROWS)


def _range(span: Span) -> tuple[int, int]:
    return span.start, span.end


def test_a_quote_that_is_not_on_the_page_has_no_boxes(listed: ParsedDocument) -> None:
    assert quote_boxes(listed.source, 0, 5, 1, ()) == ()
    far = (Glyph("别", 0, 0, 0.1, 0.1), Glyph("的", 0.1, 0, 0.2, 0.1))
    assert quote_boxes(listed.source, 0, 5, 1, far) == ()


def test_characters_of_a_recognised_line_share_its_length() -> None:
    line = Line(100, 50, 160, 70, 0, "PM2.5达标", 20, 0.9)
    glyphs = list(glyphs_of_lines(Page(200, 100, (line,))))
    assert "".join(one.text for one in glyphs) == line.text
    assert (glyphs[0].x0, glyphs[-1].x1) == (0.5, pytest.approx(0.8))
    assert {(one.top, one.bottom) for one in glyphs} == {(0.5, 0.7)}
    widths = [one.x1 - one.x0 for one in glyphs]
    assert widths[-1] == pytest.approx(2 * widths[0])
    assert all(one.x1 == pytest.approx(after.x0) for one, after in pairwise(glyphs))


@pytest.mark.long
def test_words_of_a_scan_are_found_too(folder: Path) -> None:
    pytest.importorskip("rapidocr", reason="the extra `ocr` is not installed")
    scan = read(folder, "扫描.png")
    glyphs = page_glyphs(folder / "扫描.png", 0)
    start = scan.source.text.index(TITLE)
    (box,) = quote_boxes(scan.source, start, start + len(TITLE), 1, glyphs)
    assert words_in([box], glyphs) == TITLE
    assert 0.4 < box.top < 0.8
    assert box.width > 0.3


# by address


@pytest.fixture(scope="module")
def originals(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Originals]:
    originals = Originals(folder, tmp_path_factory.mktemp("state"), Limits())
    yield originals
    originals.close()


@pytest.fixture(scope="module")
def client(originals: Originals, listed: ParsedDocument) -> TestClient:
    app = FastAPI()
    app.include_router(original_routes(originals, SentenceFinder(listed)))
    return TestClient(app)


def test_a_page_is_drawn_once_and_its_quotes_are_placed(
    client: TestClient, originals: Originals, listed: ParsedDocument
) -> None:
    answer = client.get("/originals/1.webp", params={"document": "清单.pdf"})
    assert Image.open(io.BytesIO(answer.content)).size == (1240, 1755)
    drawn = originals.picture(listed.source, 1).stat().st_mtime_ns
    client.get("/originals/1.webp", params={"document": "清单.pdf"})
    assert originals.picture(listed.source, 1).stat().st_mtime_ns == drawn
    title = listed.tasks[0].title
    quotes = f"7:{title.start}-{title.end},x,9:0"
    marks = client.get(
        "/originals/1.json", params={"document": "清单.pdf", "quotes": quotes}
    ).json()
    assert {mark["number"] for mark in marks} == {7}
    assert all(
        0 <= mark[side] <= 1 for mark in marks for side in ("left", "top", "width", "height")
    )


@pytest.mark.parametrize("document", ["扫描.png", "../清单.pdf", "/etc/passwd", ""])
def test_only_pages_of_documents_that_were_read_are_given(
    client: TestClient, document: str
) -> None:
    answer = client.get("/originals/1.webp", params={"document": document})
    assert (answer.status_code, answer.json()["detail"][:5]) == (404, "没有这一页")


def test_there_is_no_page_zero_and_none_after_the_last(client: TestClient) -> None:
    for number in (0, 99):
        given = client.get(f"/originals/{number}.webp", params={"document": "清单.pdf"})
        assert given.status_code == 404


def test_a_file_that_has_changed_shows_no_pages(
    tmp_path: Path, folder: Path, listed: ParsedDocument
) -> None:
    copy = write(tmp_path, "清单.pdf", (folder / "清单.pdf").read_bytes())
    originals = Originals(tmp_path, tmp_path, Limits())
    assert originals.has(listed.source)
    copy.write_bytes(copy.read_bytes() + b"\n")
    assert not originals.has(listed.source)
    copy.unlink()
    assert not originals.has(listed.source)
