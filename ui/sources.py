"""The panel beside the chat and the board: citations, and the whole document of the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Citation
from ingest.dates import chinese_date
from ingest.records import ParsedDocument, SourceDocument
from ui.document import document_body, outline, section_anchor
from ui.markdown import where
from ui.markup import CHINESE, cite_value, colour, text
from ui.originals import Originals
from ui.page_marks import page_of
from ui.words import Words

# What the quotes of a task on the board belong to, where those of an answer name their exchange.
NO_EXCHANGE = -1


def render_empty(say: Words, key: str = "sources_empty") -> str:
    """The panel without a document, and why."""
    heading = text(say("sources"))
    return (
        f'<section class="sources empty" aria-label="{heading}"><h2>{heading}</h2>'
        f"<p>{text(say(key))}</p></section>"
    )


def render_sources(
    citations: Sequence[Citation],
    exchange: int,
    documents: Sequence[ParsedDocument],
    say: Words,
    chosen: int | None = None,
    labels: Sequence[str] = (),
    originals: Originals | None = None,
) -> str:
    """The citations with the document of citation number `chosen` (the first by default) opened.

    `labels` name the citations in the list, where title and headings of all are the same; `originals` draws the
    document's pages, where it has any.
    """
    if not citations:
        return render_empty(say, "nothing_cited")
    opened = next((one for one in citations if one.number == chosen), citations[0])
    entries = "".join(
        _entry(one, exchange, one is opened, labels[index] if labels else "")
        for index, one in enumerate(citations)
    )
    position = f"{citations.index(opened) + 1} / {len(citations)}"
    name = text(say("sources"))
    return (
        f'<section class="sources" aria-label="{name}"><header class="bar"><h2>{name}</h2>'
        f'<span class="position" aria-live="polite">{position}</span>'
        f"{icon('step', '‹', say('previous_source'), -1)}{icon('step', '›', say('next_source'), 1)}"
        f'<details class="all"><summary>{text(say("all_sources"))}</summary>'
        f'<ol class="citations">{entries}</ol></details>'
        f"{icon('close', '×', say('close_sources'))}</header>"
        f"{_source(opened, citations, documents, say, originals)}</section>"
    )


def icon(kind: str, sign: str, label: str, step: int | None = None) -> str:
    """A button that shows a sign and is read out by its label."""
    data = "" if step is None else f' data-step="{step}"'
    return (
        f'<button type="button" class="icon {kind}"{data} aria-label="{text(label)}" '
        f'title="{text(label)}">{sign}</button>'
    )


def _entry(citation: Citation, exchange: int, opened: bool, label: str) -> str:
    number = citation.number
    title, section = (label, citation.quote) if label else (citation.title, citation.section)
    # A label is one of the page's own words.
    tongue = "" if label else f" {CHINESE}"
    return (
        f'<li><button type="button" class="cite-entry" data-cite="{cite_value(exchange, number)}" '
        f'aria-pressed="{"true" if opened else "false"}" title="{text(where(citation))}">'
        f'<span class="number {colour(number)}">{number}</span>'
        f'<span class="title"{tongue}>{text(title or citation.document)}</span>'
        f'<span class="section" {CHINESE}><bdi>{text(section)}</bdi></span></button></li>'
    )


def _source(
    opened: Citation,
    citations: Sequence[Citation],
    documents: Sequence[ParsedDocument],
    say: Words,
    originals: Originals | None,
) -> str:
    document = next((d for d in documents if d.source.path == opened.document), None)
    if document is None:
        return f'<p class="missing">{text(say("document_missing"))}</p>'
    quoted = [
        _located(one, document.source) for one in citations if one.document == opened.document
    ]
    known = [one for one in quoted if one is not None]
    lost = "" if opened.number in {one.number for one in known} else _changed(opened, say)
    source = document.source
    path = f'<p class="path" {CHINESE}>{text(opened.section)}</p>' if opened.section else ""
    pages = _pages(source, known, say) if originals and originals.has(source) else ""
    return (
        f'<article class="source"><header><h3 {CHINESE}>{text(source.title or source.path)}</h3>'
        f"{_meta(source, opened, say)}{path}{lost}</header>{_finder(document, say, pages != '')}"
        f'<div class="text" {CHINESE} tabindex="0" role="region" aria-label="{text(say("document_text"))}">'
        f"{document_body(document, known, opened.number, say)}</div>{pages}</article>"
    )


def _changed(citation: Citation, say: Words) -> str:
    quote = f"<q {CHINESE}>{text(citation.quote.strip())}</q>"
    return f'<p class="missing">{text(say("document_changed"))}{quote}</p>'


def _located(citation: Citation, source: SourceDocument) -> Citation | None:
    """The citation where its words stand now: a kept conversation may be older than its document."""
    if source.text[citation.start : citation.end] == citation.quote:
        return citation
    start = source.text.find(citation.quote)
    if start < 0:
        return None
    return replace(citation, start=start, end=start + len(citation.quote))


def _pages(source: SourceDocument, known: Sequence[Citation], say: Words) -> str:
    """Room for the original pages, and what a script needs to fill it."""
    quotes = ",".join(f"{one.number}:{one.start}-{one.end}" for one in known)
    pages = "&".join(
        f"{one.number}={page_of(source, one.start)}-{page_of(source, one.end - 1)}" for one in known
    )
    return (
        f'<div class="pages" hidden tabindex="0" role="region" aria-label="{text(say("original_pages"))}" '
        f'data-document="{text(source.path)}" data-version="{source.sha256[:12]}" '
        f'data-count="{len(source.pages)}" data-quotes="{quotes}" data-pages="{text(pages)}"></div>'
    )


def _views(say: Words) -> str:
    """The switch between a document's text and its pages."""
    buttons = "".join(
        f'<button type="button" data-view="{view}" aria-pressed="{pressed}">{text(say(f"view_{view}"))}</button>'
        for view, pressed in (("text", "true"), ("pages", "false"))
    )
    return (
        f'<span class="views" role="group" aria-label="{text(say("view_label"))}">{buttons}</span>'
    )


def _finder(document: ParsedDocument, say: Words, has_pages: bool) -> str:
    sections = "".join(
        f'<li class="level-{min(max(one.level, 0), 4)}"><button type="button" class="jump" {CHINESE} '
        f'data-anchor="{section_anchor(one)}" data-page="{page_of(document.source, one.heading.start)}">'
        f"{text(one.heading.quote.strip())}</button></li>"
        for one in outline(document)
    )
    contents = f'<details class="outline"><summary>{text(say("outline"))}</summary><ol>{sections}</ol></details>'
    find = text(say("find_in_document"))
    return (
        f'<div class="find">{_views(say) if has_pages else ""}{contents if sections else ""}'
        f'<input type="search" class="find-words" placeholder="{find}" aria-label="{find}">'
        '<span class="found" role="status"></span>'
        f"{icon('find-step', '↑', say('previous_match'), -1)}"
        f"{icon('find-step', '↓', say('next_match'), 1)}</div>"
    )


def _meta(source: SourceDocument, citation: Citation, say: Words) -> str:
    """Issuer, number, date and file, in the document's language, and the page in the reader's."""
    parts = [source.issuer, source.document_number]
    if source.issued is not None:
        parts.append(chinese_date(source.issued))
    parts.append(citation.document)
    known = " · ".join(part for part in parts if part)
    page = "" if citation.page is None else f" · {text(say('page_number', page=citation.page))}"
    return f'<p class="meta"><span {CHINESE}>{text(known)}</span>{page}</p>'
