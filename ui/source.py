"""The cited source as HTML: the section around a quote, paragraph by paragraph, with the quotes marked.

Everything that comes from a document is escaped here and nowhere else, so whatever it holds is shown as
the characters it consists of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from assistant.answer import Citation
from ingest.records import ParsedDocument, Section, SourceDocument, Span

# A one-line section says little about its quote, so the view widens to the section above it, unless
# that one is too long to be read as context.
LEAST_CONTEXT_CHARS = 120
MOST_CONTEXT_CHARS = 3000


def surrounding_span(document: ParsedDocument, citation: Citation) -> Span:
    """The section to show around a citation; text outside all sections where none holds the quote."""
    around = _sections_around(document, citation)
    if not around:
        return _unsectioned_span(document, citation)
    span = _own_span(document, around[0], citation)
    for wider in around[1:]:
        candidate = _own_span(document, wider, citation)
        if (
            span.end - span.start >= LEAST_CONTEXT_CHARS
            or len(candidate.quote) > MOST_CONTEXT_CHARS
        ):
            break
        span = candidate
    return span


def render_source(document: ParsedDocument, citations: Sequence[Citation], chosen: Citation) -> str:
    """The chosen citation's document, section path and section text, all quotes in it marked."""
    shown = surrounding_span(document, chosen)
    quoted = [c for c in citations if c.document == chosen.document]
    paragraphs = "\n".join(
        _paragraph(document, start, end, quoted, chosen)
        for start, end in _lines(document.source.text, shown)
    )
    source = document.source
    path = f'<p class="path">{escape(chosen.section)}</p>' if chosen.section else ""
    return (
        f'<article class="source"><header><h3>{escape(source.title or source.path)}</h3>'
        f'<p class="meta">{escape(_origin(source, chosen))}</p>{path}</header>'
        f'<div class="text">{paragraphs}</div></article>'
    )


def _sections_around(document: ParsedDocument, citation: Citation) -> list[Section]:
    """Sections that hold the quote, the innermost first."""
    quote = Span(citation.start, citation.end, citation.quote)
    holding = [section for section in document.sections if section.span.covers(quote)]
    return sorted(holding, key=lambda section: section.span.end - section.span.start)


def _own_span(document: ParsedDocument, section: Section, citation: Citation) -> Span:
    """The section without the subsections that follow the quote, where the quote precedes them all."""
    children = [s.span.start for s in document.sections if s.parent == section.id]
    first = min(children, default=section.span.end)
    end = first if citation.end <= first else section.span.end
    return document.source.span(section.span.start, end)


def _unsectioned_span(document: ParsedDocument, citation: Citation) -> Span:
    """The text between the sections before and after a quote that is in none."""
    before = (s.span.end for s in document.sections if s.span.end <= citation.start)
    after = (s.span.start for s in document.sections if s.span.start >= citation.end)
    end = len(document.source.text)
    return document.source.span(max(before, default=0), min(after, default=end))


def _lines(text: str, shown: Span) -> Iterator[tuple[int, int]]:
    """Bounds of the paragraphs in the span, without their indents and without empty ones."""
    start = shown.start
    for line in shown.quote.split("\n"):
        stripped = line.strip()
        if stripped:
            indent = len(line) - len(line.lstrip())
            yield start + indent, start + indent + len(stripped)
        start += len(line) + 1


def _paragraph(
    document: ParsedDocument,
    start: int,
    end: int,
    citations: Sequence[Citation],
    chosen: Citation,
) -> str:
    kind = ' class="heading"' if _is_heading(document, start, end) else ""
    bounds = {start, end}
    for citation in citations:
        bounds.update(b for b in (citation.start, citation.end) if start < b < end)
    cuts = sorted(bounds)
    text = document.source.text
    pieces = (_piece(text[a:b], a, citations, chosen) for a, b in pairwise(cuts))
    return f"<p{kind}>{''.join(pieces)}</p>"


def _piece(text: str, start: int, citations: Sequence[Citation], chosen: Citation) -> str:
    """A stretch that no quote begins or ends in, marked when it lies inside one."""
    if chosen.start <= start < chosen.end:
        return f'<mark class="chosen">{escape(text)}</mark>'
    if any(c.start <= start < c.end for c in citations):
        return f"<mark>{escape(text)}</mark>"
    return escape(text)


def _is_heading(document: ParsedDocument, start: int, end: int) -> bool:
    """Whether the line is a heading by itself; a heading that runs into its text is not."""
    return any(
        s.heading.start <= start < s.heading.end and end <= s.heading.end for s in document.sections
    )


def _origin(source: SourceDocument, citation: Citation) -> str:
    parts = [source.issuer, source.document_number]
    if source.issued is not None:
        parts.append(f"{source.issued.year}年{source.issued.month}月{source.issued.day}日")
    parts.append(citation.document)
    if citation.page is not None:
        parts.append(f"第{citation.page}页")
    return " · ".join(part for part in parts if part)
