"""Word documents (.docx): what a reader of the printed page sees, with the numbers that Word generates.

Tracked changes are read as accepted. Text boxes follow the paragraph they are anchored to; footnotes and
endnotes stand behind the text. Running headers, tables of contents and hidden text are left out.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from ingest.errors import FormatError
from ingest.files.docx_numbering import Numbering, value, w
from ingest.files.extracted import Extracted, TextBuilder
from ingest.files.grid import Cell, continues, write_table
from ingest.files.limits import Limits
from ingest.files.packages import check_package

if TYPE_CHECKING:
    from docx.opc.part import Part

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_NOTES = {"footnotes": ("footnote", "脚注"), "endnotes": ("endnote", "尾注")}
# Wrappers that belong to the text whatever they mark; deletions are not among them.
_TRANSPARENT = frozenset(
    w(name)
    for name in ("ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "dir")
) | {w("bdo"), w("customXml")}
_BREAKS = {w("br"): "\n", w("cr"): "\n", w("tab"): " ", w("noBreakHyphen"): "-"}
_MOST_COLUMNS = 200
_DAMAGED = "Word 文件已损坏，请用 Word 或 WPS 打开后另存为 .docx"


def extract(path: Path, limits: Limits) -> Extracted:
    """The text of a Word document.

    Raises:
        FormatError: it is none, or damaged.
        LimitError: it holds more than the limits allow.
    """
    from docx.opc.exceptions import PackageNotFoundError
    from docx.opc.package import OpcPackage

    check_package(path, limits)
    damaged = (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile, etree.LxmlError)
    try:
        # Not `docx.Document`, which refuses documents with macros; none is ever run here.
        main = OpcPackage.open(str(path)).main_document_part
        root = etree.fromstring(main.blob, _parser())
    except damaged as exc:
        raise FormatError(path.name, _DAMAGED) from exc
    body = root.find(w("body"))
    if body is None:
        raise FormatError(path.name, _DAMAGED)
    return _Reader(main).read(body)


@dataclass(slots=True)
class _Words:
    """The text of a paragraph while it is read, and the text boxes anchored in it."""

    parts: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.parts)


class _Reader:
    def __init__(self, main: Part) -> None:
        self._parts = {
            relation.reltype.rpartition("/")[2]: relation.target_part
            for relation in main.rels.values()
            if not relation.is_external
        }
        styles = self._part("styles")
        self._numbering = Numbering(self._part("numbering"), styles)
        self._contents = _styles_of_contents(styles)
        self._default_style = _default_style(styles)
        self._builder = TextBuilder()
        self._paragraphs = 0
        self._tables = 0
        self._carried = ""
        self._open_table: list[list[Cell]] = []

    def read(self, body: etree._Element) -> Extracted:
        self._blocks(body)
        self._write_table()
        self._builder.end_body()
        self._notes()
        return self._builder.build()

    def _part(self, kind: str) -> etree._Element | None:
        part = self._parts.get(kind)
        return etree.fromstring(part.blob, _parser()) if part is not None and part.blob else None

    def _blocks(self, parent: etree._Element) -> None:
        """Paragraphs and tables in order; a table that goes on behind an empty line is one."""
        for child in parent.iterchildren():
            if child.tag == w("p"):
                self._paragraph(child)
            elif child.tag == w("tbl"):
                self._table(child)
            elif child.tag == w("sdt") and _is_table_of_contents(child):
                continue
            elif child.tag in _TRANSPARENT:
                self._blocks(child)
            elif child.tag == f"{_MC}AlternateContent":
                for chosen in _alternative(child):
                    self._blocks(chosen)

    def _paragraph(self, paragraph: etree._Element) -> None:
        self._paragraphs += 1
        words = self._words(paragraph)
        if words.text.strip():
            self._write_table()
        self._builder.line(words.text, f"第{self._paragraphs}段")
        for box in words.boxes:
            self._write_table()
            self._blocks(box)

    def _words(self, paragraph: etree._Element) -> _Words:
        """A paragraph with its number; one whose end was deleted goes over into the next."""
        words = _Words()
        properties = paragraph.find(w("pPr"))
        style = value(properties, "w:pStyle") or self._default_style
        if style in self._contents:
            return words
        _collect(paragraph, words)
        if properties is not None and properties.find(f"{w('rPr')}/{w('del')}") is not None:
            self._carried += words.text
            words.parts.clear()
            return words
        own, self._carried = self._carried + words.text, ""
        # An empty line of a list is not numbered on paper, but Word counts it.
        number = self._numbering.label(properties, style)
        words.parts[:] = [number, own] if own.strip() else []
        return words

    def _table(self, table: etree._Element) -> None:
        self._tables += 1
        grid = self._grid(table, f"表{self._tables}")
        if continues(self._open_table, grid):
            self._open_table.extend(grid)
            return
        self._write_table()
        self._open_table = grid

    def _write_table(self) -> None:
        grid, self._open_table = self._open_table, []
        write_table(self._builder, grid)

    def _grid(self, table: etree._Element, name: str) -> list[list[Cell]]:
        grid: list[list[Cell]] = []
        for number, row in enumerate(_rows(table), 1):
            cells = [Cell()] * _integer(value(row, "w:trPr/w:gridBefore"))
            for cell in _inside(row, w("tc")):
                column = len(cells)
                place = f"{name}第{number}行第{column + 1}列"
                merged = cell.find(f"{w('tcPr')}/{w('vMerge')}")
                if merged is not None and merged.get(w("val")) != "restart" and grid:
                    above = grid[-1][column] if column < len(grid[-1]) else Cell()
                    first = replace(above, place=above.place or place)
                else:
                    first = Cell(self._cell_text(cell), place)
                span = _integer(value(cell, "w:tcPr/w:gridSpan")) or 1
                cells += [first, *[replace(first, across=True)] * (span - 1)]
                del cells[_MOST_COLUMNS:]
            grid.append(cells)
        return grid

    def _cell_text(self, cell: etree._Element) -> str:
        """The paragraphs of a cell line by line, those of a table or text box inside it too."""
        lines = []
        for paragraph in _paragraphs(cell):
            words = self._words(paragraph)
            lines += [words.text, *map(self._cell_text, words.boxes)]
        return "\n".join(line for line in lines if line.strip())

    def _notes(self) -> None:
        """Footnotes and endnotes as an annex of their own, in the order of their ids."""
        heading = "附录"
        for kind, (element, name) in _NOTES.items():
            root = self._part(kind)
            notes = [] if root is None else list(root.iterchildren(w(element)))
            number = 0
            for note in notes:
                lines = [self._words(paragraph).text.strip() for paragraph in _paragraphs(note)]
                if note.get(w("type")) is None and any(lines):
                    number += 1
                    if heading:
                        self._builder.line(f"{heading}\n文中注释")
                        heading = ""
                    self._builder.line(f"{name}{number} {' '.join(lines)}", f"{name}{number}")


def _collect(parent: etree._Element, words: _Words) -> None:
    for child in parent.iterchildren():
        tag = child.tag
        if tag == w("r"):
            if not _is_hidden(child):
                _collect(child, words)
        elif tag in (w("t"), f"{_MATH}t"):
            words.parts.append(child.text or "")
        elif tag in _BREAKS:
            if child.get(w("type")) is None or child.get(w("type")) == "textWrapping":
                words.parts.append(_BREAKS[tag])
        elif tag == w("sym"):
            words.parts.append(_symbol(child))
        elif tag == w("ruby"):
            for base in child.iterchildren(w("rubyBase")):
                _collect(base, words)
        elif tag in (w("drawing"), w("pict"), w("object")):
            words.boxes.extend(_text_boxes(child))
        elif tag == f"{_MC}AlternateContent":
            for chosen in _alternative(child):
                _collect(chosen, words)
        elif tag in _TRANSPARENT or (isinstance(tag, str) and tag.startswith(_MATH)):
            _collect(child, words)


def _text_boxes(drawing: etree._Element) -> Iterator[etree._Element]:
    """The text boxes of a drawing; those inside a box are found when it is read."""
    if drawing.tag == w("txbxContent"):
        yield drawing
        return
    children = (
        _alternative(drawing) if drawing.tag == f"{_MC}AlternateContent" else drawing.iterchildren()
    )
    for child in children:
        yield from _text_boxes(child)


def _paragraphs(parent: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs of a cell, a note or a text box, those in tables inside it too."""
    for child in parent.iterchildren():
        if child.tag == w("p"):
            yield child
        elif child.tag in _TRANSPARENT or child.tag in (w("tbl"), w("tr"), w("tc")):
            yield from _paragraphs(child)


def _alternative(content: etree._Element) -> list[etree._Element]:
    """The first of the versions that Word stores of one thing: a drawing, and an older form of it."""
    choices = list(content.iterchildren(f"{_MC}Choice")) or list(
        content.iterchildren(f"{_MC}Fallback")
    )
    return choices[:1]


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for row in _inside(table, w("tr")):
        if row.find(f"{w('trPr')}/{w('del')}") is None:
            yield row


def _inside(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Children with a tag, those in content controls and insertions included."""
    for child in parent.iterchildren():
        if child.tag == tag:
            yield child
        elif child.tag in _TRANSPARENT:
            yield from _inside(child, tag)


def _is_hidden(run: etree._Element) -> bool:
    vanish = run.find(f"{w('rPr')}/{w('vanish')}")
    return vanish is not None and vanish.get(w("val")) not in ("0", "false")


def _symbol(element: etree._Element) -> str:
    """A character given by its code; codes of private use only mean something in their font."""
    code = _integer(element.get(w("char")), 16)
    return chr(code) if 0x20 < code < 0xD800 or 0xF900 <= code < 0xFFF0 else ""


def _is_table_of_contents(control: etree._Element) -> bool:
    gallery = value(control, "w:sdtPr/w:docPartObj/w:docPartGallery")
    return gallery == "Table of Contents"


def _styles_of_contents(styles: etree._Element | None) -> frozenset[str]:
    """Paragraph styles of the lines of a table of contents."""
    if styles is None:
        return frozenset()
    return frozenset(
        style.get(w("styleId"), "")
        for style in styles.iterchildren(w("style"))
        if (value(style, "w:name") or "").lower().startswith("toc ")
    )


def _default_style(styles: etree._Element | None) -> str | None:
    if styles is None:
        return None
    return next(
        (
            style.get(w("styleId"))
            for style in styles.iterchildren(w("style"))
            if style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true")
        ),
        None,
    )


def _integer(text: str | None, base: int = 10) -> int:
    try:
        return min(max(0, int(text or "0", base)), 0x10FFFF)
    except ValueError:
        return 0


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
