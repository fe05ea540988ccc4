"""A whole document as HTML, as it reads: headings, paragraphs, list items and tables, with quotes marked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby, pairwise

from assistant.answer import Citation
from ingest.records import ParsedDocument, Section, SourceDocument
from ui.lines import Line, document_lines
from ui.markup import colour, text
from ui.words import Words

# Tables break a line inside a cell with this one tag; pasted ones have the break itself.
_LINE_BREAK = re.compile(r"<br\s*/?>|\n")
# h1 is the page, h2 the panel, h3 the document.
_TOP_HEADING, _LOWEST_HEADING = 4, 6


def document_body(
    document: ParsedDocument, citations: Sequence[Citation], chosen: int | None, say: Words
) -> str:
    """The text of a document; the quotes of `citations` are marked, that of number `chosen` most strongly."""
    marker = _Marker(document.source, citations, chosen, say)
    shown = document_lines(document)
    marker.top_level = min((line.section.level for line in shown if line.section), default=0)
    pieces = []
    for kind, group in groupby(shown, key=lambda line: line.kind):
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
    return (
        f'<div class="scroll"><table>{"".join(_row(line, marker) for line in lines)}</table></div>'
    )


def _row(line: Line, marker: _Marker) -> str:
    tag = "th" if line.is_head else "td"
    cells = (f"<{tag}>{marker.html(start, end)}</{tag}>" for start, end in line.cells)
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
        words = "<br>".join(text(part) for part in _LINE_BREAK.split(self.source[start:end]))
        holding = [one.number for one in self._citations if one.start <= start < one.end]
        if not holding:
            return words
        first = self._chosen if self._chosen in holding else holding[0]
        chosen = " chosen" if self._chosen in holding else ""
        numbers = " ".join(map(str, holding))
        return f'<mark class="{colour(first or 1)}{chosen}" data-n="{numbers}">{words}</mark>'
