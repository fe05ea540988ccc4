"""PDF files: lines and tables from the page's characters and rules; pages without text are recognised.

Scripts, links and attachments of a file are never looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import EmptyFileError, FormatError, LimitError, MissingToolError
from ingest.files import ocr
from ingest.files.extracted import Extracted, TextBuilder
from ingest.files.layout import Page, TableBox, write_pages
from ingest.files.limits import Limits
from ingest.files.progress import page_done
from ingest.files.ruled import grid_of, holds_data, is_inside, lines_of

if TYPE_CHECKING:
    from pdfplumber.page import Page as PlumberPage
    from pdfplumber.table import Table
    from pypdfium2 import PdfDocument

_PASSWORD_NEEDED = 4  # FPDF_ERR_PASSWORD
_LEAST_CHARACTERS = 10
_MOST_UNREADABLE = 0.3
_LEAST_RULES = 3
_RESOLUTION = 200  # dots an inch: where Chinese at 10 points is 28 pixels high
_POINTS = 72


def extract(path: Path, limits: Limits) -> Extracted:
    """The text of a PDF file, page by page.

    Raises:
        FormatError: it is none, damaged, or opens with a password only.
        EmptyFileError: no page, or no text on any.
        LimitError: it has more pages than allowed.
        MissingToolError: nothing but scanned pages, and no recognition is installed.
    """
    document = open_file(path)
    try:
        count = len(document)
        if count == 0:
            raise EmptyFileError(path.name, "PDF 没有页面")
        if count > limits.pages:
            raise LimitError(
                path.name, f"共 {count} 页，超过 {limits.pages} 页的上限，请拆分后再导入"
            )
        return _read(path, document)
    finally:
        document.close()


def open_file(path: Path) -> PdfDocument:
    """A PDF file to draw pages of.

    Raises:
        FormatError: it is none, damaged, or opens with a password only.
    """
    import pypdfium2 as pdfium

    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as exc:
        if exc.err_code == _PASSWORD_NEEDED:
            raise FormatError(path.name, "PDF 有密码，请取消密码后再导入") from exc
        raise FormatError(path.name, "PDF 已损坏、不完整或没有页面，请重新获取后再导入") from exc


def _read(path: Path, document: PdfDocument) -> Extracted:
    import pdfplumber
    from pdfminer.pdfexceptions import PDFException
    from pdfplumber.utils.exceptions import PdfminerException

    builder = TextBuilder()
    pages: list[Page] = []
    scanned: list[int] = []
    try:
        with pdfplumber.open(path) as file:
            for index, page in enumerate(file.pages):
                if is_scanned(page):
                    scanned.append(index)
                    pages.append(recognised(document, index))
                else:
                    pages.append(_page(page, index))
                page.close()
                page_done(index + 1, len(document))
    except (PDFException, PdfminerException) as exc:
        raise FormatError(path.name, "PDF 已损坏或受保护，无法读取文字") from exc
    write_pages(builder, pages)
    extracted = builder.build(pages=len(pages))
    if scanned and not ocr.is_installed():
        if not extracted.text.strip():
            raise MissingToolError(path.name, f"PDF 是扫描件，{ocr.HOW_TO_INSTALL}")
        builder.remarks.append(f"{_listed(scanned)}是扫描的图像，未导入；{ocr.HOW_TO_INSTALL}")
        return builder.build(pages=len(pages))
    if not extracted.text.strip():
        raise EmptyFileError(path.name, "PDF 里没有文字，也没有识别出文字")
    return extracted


def _listed(pages: Sequence[int]) -> str:
    shown = "、".join(str(page + 1) for page in pages[:10])
    return f"第{shown}页" if len(pages) <= 10 else f"第{shown}等{len(pages)}页"


def is_scanned(page: PlumberPage) -> bool:
    """Whether the page is a picture of text, or its characters have lost their meaning."""
    characters = [one["text"] for one in page.chars if one["text"].strip()]
    if len(characters) < _LEAST_CHARACTERS:
        return bool(page.images)
    lost: int = sum(
        text.startswith("(cid:") or text == "\ufffd" or _is_private(text) for text in characters
    )
    return lost > _MOST_UNREADABLE * len(characters)


def _is_private(text: str) -> bool:
    return "\ue000" <= text[0] <= "\uf8ff"


def recognised(document: PdfDocument, index: int) -> Page:
    """The lines of a page read from its picture; an empty one where no recognition is installed."""
    page = document[index]
    width, height = page.get_size()
    if not ocr.is_installed():
        return Page(width, height, ())
    picture = page.render(scale=_RESOLUTION / _POINTS).to_numpy()
    return ocr.read_page(picture, index, _POINTS / _RESOLUTION)


def _page(page: PlumberPage, index: int) -> Page:
    whole = page.dedupe_chars()
    upright = [one for one in whole.chars if one["upright"]]
    characters = upright if 2 * len(upright) >= len(whole.chars) else whole.chars
    tables, boxes = [], []
    for number, table in enumerate(_data_tables(whole), 1):
        grid = grid_of(table, characters, f"第{index + 1}页表{number}", index)
        tables.append(TableBox(*table.bbox, index, grid))
        boxes.append(table.bbox)
    outside = [one for one in characters if not any(is_inside(one, box) for box in boxes)]
    return Page(
        float(page.width), float(page.height), tuple(lines_of(outside, index)), tuple(tables)
    )


def _data_tables(page: PlumberPage) -> list[Table]:
    found = page.find_tables({"explicit_horizontal_lines": _ends_of_rules(page)})
    return [table for table in found if holds_data(table)]


def _ends_of_rules(page: PlumberPage) -> list[float]:
    """Heights at which three vertical rules end together: a row that goes on over the page has no other border."""
    ends = Counter(
        round(height)
        for edge in page.edges
        if edge["orientation"] == "v"
        for height in {edge["top"], edge["bottom"]}
    )
    return [float(height) for height, rules in ends.items() if rules >= _LEAST_RULES]
