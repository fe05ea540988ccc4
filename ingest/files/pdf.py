"""PDF files: lines and tables from the page's characters and rules; pages without text are recognised.

Scripts, links and attachments of a file are never looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from ingest.errors import EmptyFileError, FormatError, LimitError, MissingToolError
from ingest.files import ocr
from ingest.files.extracted import Extracted, TextBuilder
from ingest.files.grid import Cell, Grid
from ingest.files.layout import Line, Page, TableBox, spaced, write_pages
from ingest.files.limits import Limits
from ingest.files.progress import page_done

if TYPE_CHECKING:
    from pdfplumber.page import Page as PlumberPage
    from pdfplumber.table import Table
    from pypdfium2 import PdfDocument

_PASSWORD_NEEDED = 4  # FPDF_ERR_PASSWORD
_LEAST_CHARACTERS = 10
_MOST_UNREADABLE = 0.3
_GAP_OF_COLUMNS = 2.5  # in characters; closer words are on one line
_GAP_OF_WORDS = 0.2
_LEAST_RULES = 3
_RESOLUTION = 200  # dots an inch: where Chinese at 10 points is 28 pixels high
_POINTS = 72

Character = dict[str, Any]


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
        raise FormatError(path.name, "PDF 已损坏或不完整，请重新获取后再导入") from exc


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
        grid = _grid(table, characters, f"第{index + 1}页表{number}", index)
        tables.append(TableBox(*table.bbox, index, grid))
        boxes.append(table.bbox)
    outside = [one for one in characters if not any(_is_inside(one, box) for box in boxes)]
    return Page(
        float(page.width), float(page.height), tuple(lines_of(outside, index)), tuple(tables)
    )


def _data_tables(page: PlumberPage) -> list[Table]:
    """Tables with two rows and columns at least, or a row of several cells; frames around text are none."""
    return [
        table
        for table in page.find_tables({"explicit_horizontal_lines": _ends_of_rules(page)})
        if max(len(row.cells) for row in table.rows) >= (2 if len(table.rows) >= 2 else 3)
    ]


def _ends_of_rules(page: PlumberPage) -> list[float]:
    """Heights at which three vertical rules end together: a row that goes on over the page has no other border."""
    ends = Counter(
        round(height)
        for edge in page.edges
        if edge["orientation"] == "v"
        for height in {edge["top"], edge["bottom"]}
    )
    return [float(height) for height, rules in ends.items() if rules >= _LEAST_RULES]


def lines_of(characters: Sequence[Character], page: int) -> Iterator[Line]:
    """Characters to lines; a wide gap parts two lines side by side."""
    rows: list[list[Character]] = []
    for one in sorted(characters, key=lambda c: (c["top"] + c["bottom"]) / 2):
        middle = (one["top"] + one["bottom"]) / 2
        if rows and rows[-1][0]["top"] <= middle <= rows[-1][0]["bottom"]:
            rows[-1].append(one)
        else:
            rows.append([one])
    for row in rows:
        yield from _split(sorted(row, key=lambda c: c["x0"]), page)


def _split(row: Sequence[Character], page: int) -> Iterator[Line]:
    size = median(one["bottom"] - one["top"] for one in row)
    parts: list[list[Character]] = []
    words, spaced_out = "", False
    for one in row:
        if one["text"].isspace():
            spaced_out = True
            continue
        gap = one["x0"] - parts[-1][-1]["x1"] if parts else 0.0
        if not parts or gap > _GAP_OF_COLUMNS * size:
            if parts and words:
                yield _line(parts[-1], words, size, page)
            parts.append([one])
            words, spaced_out = one["text"], False
            continue
        latin = one["text"].isascii() and words[-1].isascii()
        if gap > _GAP_OF_WORDS * size and (latin or spaced_out):
            words += " "
        spaced_out = False
        parts[-1].append(one)
        words += one["text"]
    if parts and words:
        yield _line(parts[-1], words, size, page)


def _line(characters: Sequence[Character], words: str, size: float, page: int) -> Line:
    return Line(
        x0=min(one["x0"] for one in characters),
        top=min(one["top"] for one in characters),
        x1=max(one["x1"] for one in characters),
        bottom=max(one["bottom"] for one in characters),
        page=page,
        text=words,
        size=size,
    )


def _is_inside(one: Character, box: tuple[float, float, float, float]) -> bool:
    x, y = (one["x0"] + one["x1"]) / 2, (one["top"] + one["bottom"]) / 2
    return _holds(box, x, y)


def _grid(table: Table, characters: Sequence[Character], name: str, page: int) -> Grid:
    """The cells of a table; one that reaches over rows or columns is found again in each of them."""
    edges = sorted({round(x, 1) for cell in table.cells for x in (cell[0], cell[2])})
    columns = [(a + b) / 2 for a, b in pairwise(edges) if b - a > 1]
    inside = [one for one in characters if _is_inside(one, table.bbox)]
    written: dict[tuple[float, float, float, float], Cell] = {}
    grid = []
    for number, row in enumerate(table.rows, 1):
        middle = _middle(row.cells)
        line: list[Cell] = []
        previous = None
        for column, x in enumerate(columns, 1):
            box = next((c for c in table.cells if _holds(c, x, middle)), None)
            if box is None:
                line.append(Cell(place=f"{name}第{number}行第{column}列", page=page))
            elif box == previous:
                first = written[box]
                line.append(Cell(first.text, first.place, across=True, page=page))
            else:
                if box not in written:
                    text = cell_text([one for one in inside if _is_inside(one, box)], box)
                    written[box] = Cell(text, f"{name}第{number}行第{column}列", page=page)
                line.append(written[box])
            previous = box
        grid.append(line)
    return grid


def _middle(cells: Sequence[tuple[float, float, float, float] | None]) -> float:
    """The height of a row: that of its lowest cell, the others may reach further down."""
    own = [cell for cell in cells if cell is not None]
    top = max(cell[1] for cell in own)
    return (top + min(cell[3] for cell in own)) / 2


def _holds(cell: tuple[float, float, float, float], x: float, y: float) -> bool:
    return cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]


def cell_text(characters: Sequence[Character], box: tuple[float, float, float, float]) -> str:
    """The words of a cell: a line that fills it goes on in the next, one that does not ends a paragraph."""
    lines = list(lines_of(characters, 0))
    if not lines:
        return ""
    # Punctuation may hang over the right edge, so the left one tells how wide the margins are.
    padding = max(0.0, min(line.x0 - box[0] for line in lines))
    text = ""
    for line, before in zip(lines, [None, *lines], strict=False):
        if before is None:
            text = line.text
            continue
        free = box[2] - box[0] - (before.x1 - before.x0) - 2 * padding
        text += spaced(before.text, line.text) if free < 1.2 * line.size else f"\n{line.text}"
    return text
