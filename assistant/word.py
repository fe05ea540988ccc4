"""Word documents in the layout of official papers (GB/T 9704): A4, 仿宋 body, a centred heading, page numbers.

Fonts are named, not embedded; a computer without them shows its own Chinese font instead.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Row
    from docx.text.paragraph import Paragraph

BODY_FONT = "仿宋_GB2312"
TITLE_FONT = "方正小标宋简体"
HEADING_FONT = "黑体"
# 二号, 三号 and 小五 in points.
TITLE_PT, BODY_PT, CELL_PT = 22.0, 16.0, 9.0
# Between the margins of a landscape page.
_ROOM_MM = 243
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def new_document(title: str, *, landscape: bool = False) -> Document:
    """An empty document with its heading, margins and page numbers."""
    from docx import Document as new
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    document = new()
    section = document.sections[0]
    width, height = (297, 210) if landscape else (210, 297)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin = Mm(37 if not landscape else 26), Mm(26)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(heading, title, TITLE_FONT, TITLE_PT)
    document.core_properties.title = _CONTROL.sub("", title)
    _number_pages(section.footer.paragraphs[0])
    return document


def add_paragraph(
    document: Document, words: str, *, heading: bool = False, indent: bool = True
) -> Paragraph:
    """A paragraph of body text, or a heading of a part."""
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.line_spacing = Pt(28)
    paragraph.paragraph_format.space_after = Pt(0)
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * BODY_PT)
    write(paragraph, words, HEADING_FONT if heading else BODY_FONT, BODY_PT)
    return paragraph


def add_table(
    document: Document,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float] = (),
) -> None:
    """A ruled table whose header stands on every page; `widths` are relative, for a landscape page."""
    from docx.shared import Mm

    table = document.add_table(rows=1, cols=len(header), style="Table Grid")
    _fill(table.rows[0], header, HEADING_FONT)
    _repeat_on_every_page(table.rows[0])
    for row in rows:
        _fill(table.add_row(), row, BODY_FONT)
    if widths:
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            for cell in column.cells:
                cell.width = Mm(_ROOM_MM * width / sum(widths))


def to_bytes(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def write(paragraph: Paragraph, words: str, font: str, size_pt: float) -> None:
    """Add words in a font; Word takes the font of Chinese characters from an attribute of its own."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run = paragraph.add_run(_CONTROL.sub("", words))
    run.font.name, run.font.size = "Times New Roman", Pt(size_pt)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _fill(row: _Row, cells: Sequence[str], font: str) -> None:
    from docx.shared import Pt

    for cell, words in zip(row.cells, cells, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        write(paragraph, words, font, CELL_PT)


def _repeat_on_every_page(row: _Row) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _number_pages(paragraph: Paragraph) -> None:
    """— 1 — in the middle of the foot, as official papers have it."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(paragraph, "— ", BODY_FONT, 14)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    write(paragraph, " —", BODY_FONT, 14)
