"""A whole document as HTML, as it reads: headings, paragraphs, list items and tables, with quotes marked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from assistant.answer import Citation
from ingest.records import ParsedDocument, Section, SourceDocument
from ui.markup import colour, text
from ui.words import Words

_RULE_ROW = re.compile(r"\|[\s:|-]+\|?$")
_CELL = re.compile(r"(?:\\.|[^|\\])+")
_ITEM = re.compile(r"(?:[-*•·]|[（(]?\d{1,2}[)）.、．](?!\d)|[①-⑳])\s*")
_HASHES = re.compile(r"#{1,6}\s+")
_LINE_BREAK = re.compile(r"<br\s*/?>")
# h1 is the page, h2 the panel, h3 the document.
_TOP_HEADING, _LOWEST_HEADING = 4, 6


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its indent: its kind and its range in the document's text."""

    kind: str  # heading, row, item, paragraph, or page: the beginning of one, without words
    start: int
    end: int
    section: Section | None = None


def document_body(
    document: ParsedDocument, citations: Sequence[Citation], chosen: int | None, say: Words
) -> str:
    """The text of a document; the quotes of `citations` are marked, that of number `chosen` most strongly."""
    marker = _Marker(document.source, citations, chosen, say)
    levels = [line.section.level for line in document_lines(document) if line.section]
    marker.top_level = min(levels, default=0)
    pieces = []
    for kind, group in groupby(document_lines(document), key=lambda line: line.kind):
        lines = list(group)
        if kind == "row":
            pieces.append(_table(lines, marker))
        else:
            pieces += [_line(line, marker) for line in lines]
    return "\n".join(pieces)


def outline(document: ParsedDocument) -> tuple[Section, ...]:
    """The sections whose headings the body shows, to navigate by."""
    return tuple(line.section for line in document_lines(document) if line.section is not None)


def section_anchor(section: Section) -> str:
    return f"s-{section.heading.start}"


def document_lines(document: ParsedDocument) -> tuple[Line, ...]:
    """The lines of a document that show something."""
    headings = {section.heading.start: section for section in document.sections if section.title}
    return tuple(_classified(document.source, headings))


def _classified(document: SourceDocument, headings: dict[int, Section]) -> Iterator[Line]:
    start, source = 0, document.text
    # An empty page begins where the next one does.
    pages = sorted(set(document.pages))
    for raw in source.split("\n"):
        words = raw.strip()
        while words and pages and pages[0] < start + len(raw):
            yield Line("page", pages[0], pages.pop(0))
        if words:
            begin = start + len(raw) - len(raw.lstrip())
            yield _kind(source, begin, begin + len(words), headings)
        start += len(raw) + 1


def _kind(source: str, begin: int, end: int, headings: dict[int, Section]) -> Line:
    words = source[begin:end]
    if words.startswith("|"):
        return Line("row", begin, end)
    hashes = _HASHES.match(words)
    shown = begin + (hashes.end() if hashes else 0)
    section = headings.get(begin) or headings.get(shown)
    # A heading that runs into its text is a paragraph to the reader.
    if section is not None and end <= max(section.heading.end, shown):
        return Line("heading", shown, end, section)
    if hashes:
        return Line("heading", shown, end)
    return Line("item" if _ITEM.match(words) else "paragraph", begin, end, section)


def _line(line: Line, marker: _Marker) -> str:
    anchor = f' id="{section_anchor(line.section)}"' if line.section else ""
    words = marker.html(line.start, line.end)
    if line.kind == "page":
        return f'<p class="page" lang="{marker.say.language}">{marker.page_name(line.start)}</p>'
    if line.kind == "heading":
        depth = max(line.section.level - marker.top_level, 0) if line.section else 0
        tag = f"h{min(_TOP_HEADING + depth, _LOWEST_HEADING)}"
        return f"<{tag}{anchor}>{words}</{tag}>"
    kind = ' class="item"' if line.kind == "item" else ""
    return f"<p{anchor}{kind}>{words}</p>"


def _table(lines: Sequence[Line], marker: _Marker) -> str:
    source = marker.source
    has_head = len(lines) > 1 and _RULE_ROW.fullmatch(source[lines[1].start : lines[1].end])
    rows = [line for line in lines if not _RULE_ROW.fullmatch(source[line.start : line.end])]
    shown = [
        _row(marker, line, "th" if has_head and index == 0 else "td")
        for index, line in enumerate(rows)
    ]
    return f'<div class="scroll"><table>{"".join(shown)}</table></div>'


def _row(marker: _Marker, line: Line, tag: str) -> str:
    cells = []
    inside = marker.source[line.start + 1 : line.end].removesuffix("|")
    for cell in _CELL.finditer(inside):
        begin = line.start + 1 + cell.start() + len(cell[0]) - len(cell[0].lstrip())
        end = line.start + 1 + cell.start() + len(cell[0].rstrip())
        cells.append(f"<{tag}>{marker.html(begin, end)}</{tag}>")
    return f"<tr>{''.join(cells)}</tr>"


class _Marker:
    """Turns ranges of a document into HTML with the quotes in it marked."""

    def __init__(
        self,
        document: SourceDocument,
        citations: Sequence[Citation],
        chosen: int | None,
        say: Words,
    ) -> None:
        self.say = say
        self.source = document.text
        self._pages = document.pages
        self.top_level = 0  # of the document's headings in its outline
        self._citations = citations
        self._chosen = chosen
        self._bounds = sorted({bound for one in citations for bound in (one.start, one.end)})

    def page_name(self, start: int) -> str:
        """The number of the page that begins at an offset, as HTML."""
        return text(self.say("page_number", page=bisect_right(self._pages, start)))

    def html(self, start: int, end: int) -> str:
        if start >= end:
            return ""
        inner = [bound for bound in self._bounds if start < bound < end]
        return "".join(self._piece(a, b) for a, b in pairwise([start, *inner, end]))

    def _piece(self, start: int, end: int) -> str:
        """A stretch that no quote begins or ends in."""
        # Tables break a line inside a cell with this one tag.
        words = "<br>".join(text(part) for part in _LINE_BREAK.split(self.source[start:end]))
        holding = [one.number for one in self._citations if one.start <= start < one.end]
        if not holding:
            return words
        first = self._chosen if self._chosen in holding else holding[0]
        chosen = " chosen" if self._chosen in holding else ""
        numbers = " ".join(map(str, holding))
        return f'<mark class="{colour(first or 1)}{chosen}" data-n="{numbers}">{words}</mark>'
