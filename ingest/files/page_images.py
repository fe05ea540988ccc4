"""A page of a PDF file or a scan as its reader knows it: its picture, and where on it each character stands."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ingest.errors import FormatError
from ingest.files import ocr, pdf
from ingest.files.formats import IMAGE, PDF, format_of
from ingest.files.layout import Line, Page

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfPage

SUFFIXES = PDF.suffixes + IMAGE.suffixes
_WIDTH = 1240  # pixels: A4 at 150 dots an inch, twice the width it is shown at
_QUALITY = 80
_HALF_WIDTH = 0.5  # of a Chinese character, what Latin ones take on average


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character of a page; its box in shares of the page's width and height, from its top left corner."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


def page_picture(path: Path, index: int) -> bytes:
    """The page of a PDF file or of a picture with that index, from 0, as WebP.

    Raises:
        FormatError: the file has no such page, no pages at all, or is damaged.
    """
    if _is_pdf(path):
        with _opened(path, index) as page:
            return _webp(page.render(scale=_WIDTH / page.get_width()).to_pil())
    return _webp(_frame(path, index))


def page_glyphs(path: Path, index: int) -> tuple[Glyph, ...]:
    """The characters of a page; of a scan those that are recognised, none where no recognition is installed.

    Raises:
        FormatError: as for its picture.
    """
    if _is_pdf(path):
        return tuple(_of_pdf(path, index))
    if not ocr.is_installed():
        return ()
    return tuple(glyphs_of_lines(ocr.read_page(np.asarray(_frame(path, index)), index)))


def _is_pdf(path: Path) -> bool:
    kind = format_of(path)
    if kind not in (PDF, IMAGE):
        raise FormatError(path.name, "没有页面图像")
    return kind is PDF


@contextmanager
def _opened(path: Path, index: int) -> Iterator[PdfPage]:
    document = pdf.open_file(path)
    try:
        if not 0 <= index < len(document):
            raise FormatError(path.name, f"没有第 {index + 1} 页")
        yield document[index]
    finally:
        document.close()


def _of_pdf(path: Path, index: int) -> Iterator[Glyph]:
    import pdfplumber

    with _opened(path, index) as page, pdfplumber.open(path, pages=[index + 1]) as file:
        read = file.pages[0]
        if pdf.is_scanned(read):
            yield from glyphs_of_lines(pdf.recognised(page.pdf, index))
            return
        width, height = float(read.width), float(read.height)
        for one in read.dedupe_chars().chars:
            yield Glyph(
                one["text"],
                one["x0"] / width,
                one["top"] / height,
                one["x1"] / width,
                one["bottom"] / height,
            )


def _frame(path: Path, index: int) -> Image:
    """A page of a picture, upright as its camera or scanner says."""
    from PIL import Image, ImageOps

    try:
        with Image.open(path) as picture:
            picture.seek(index)
            return ImageOps.exif_transpose(picture).convert("RGB")
    except (OSError, SyntaxError, ValueError, EOFError) as exc:
        raise FormatError(path.name, f"没有第 {index + 1} 页，或图片已损坏") from exc


def glyphs_of_lines(page: Page) -> Iterator[Glyph]:
    """The characters of recognised lines, which are known only as wholes."""
    for line in page.lines:
        yield from _of_line(line, page)


def _of_line(line: Line, page: Page) -> Iterator[Glyph]:
    widths = [_HALF_WIDTH if one.isascii() else 1.0 for one in line.text]
    unit = (line.x1 - line.x0) / sum(widths)
    x = line.x0
    for character, width in zip(line.text, widths, strict=True):
        yield Glyph(
            character,
            x / page.width,
            line.top / page.height,
            (x + width * unit) / page.width,
            line.bottom / page.height,
        )
        x += width * unit


def _webp(picture: Image) -> bytes:
    if picture.width > _WIDTH:
        picture = picture.resize((_WIDTH, round(picture.height * _WIDTH / picture.width)))
    written = io.BytesIO()
    picture.convert("RGB").save(written, "WEBP", quality=_QUALITY)
    return written.getvalue()
