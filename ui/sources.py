"""The panel beside the chat and the board: citations, and the whole document of the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Citation
from ingest.dates import chinese_date
from ingest.records import ParsedDocument, SourceDocument
from ui.document import document_body, outline, section_anchor
from ui.markdown import where
from ui.markup import cite_value, colour, text

EMPTY = (
    '<section class="sources empty" aria-label="出处"><h2>出处</h2>'
    "<p>回答中的每一句都标有出处。点击句末的小号数字，这里会打开原文，并标出引用的那几个字。</p></section>"
)
NOTHING_CITED = '<section class="sources empty" aria-label="出处"><h2>出处</h2><p>这条回答没有引用文件。</p></section>'
MISSING = '<p class="missing">找不到这份文件的原文，可能已被移走，请重新运行 duban ingest。</p>'
CHANGED = '<p class="missing">这份文件后来有改动，已找不到当时引用的文字，请重新提问。引用的原文是：“{quote}”</p>'
# What the quotes of a task on the board belong to, where those of an answer name their exchange.
NO_EXCHANGE = -1


def render_sources(
    citations: Sequence[Citation],
    exchange: int,
    documents: Sequence[ParsedDocument],
    chosen: int | None = None,
    labels: Sequence[str] = (),
) -> str:
    """The citations with the document of citation number `chosen` (the first by default) opened.

    `labels` name the citations in the list, where title and headings of all are the same.
    """
    if not citations:
        return NOTHING_CITED
    opened = next((one for one in citations if one.number == chosen), citations[0])
    entries = "".join(
        _entry(one, exchange, one is opened, labels[index] if labels else "")
        for index, one in enumerate(citations)
    )
    position = f"{citations.index(opened) + 1} / {len(citations)}"
    return (
        f'<section class="sources" aria-label="出处"><header class="bar"><h2>出处</h2>'
        f'<span class="position" aria-live="polite">{position}</span>'
        '<button type="button" class="icon step" data-step="-1" aria-label="上一处出处">‹</button>'
        '<button type="button" class="icon step" data-step="1" aria-label="下一处出处">›</button>'
        f'<details class="all"><summary>全部出处</summary><ol class="citations">{entries}</ol></details>'
        '<button type="button" class="icon close" aria-label="收起出处">×</button></header>'
        f"{_source(opened, citations, documents)}</section>"
    )


def _entry(citation: Citation, exchange: int, opened: bool, label: str) -> str:
    number = citation.number
    title, section = (label, citation.quote) if label else (citation.title, citation.section)
    return (
        f'<li><button type="button" class="cite-entry" data-cite="{cite_value(exchange, number)}" '
        f'aria-pressed="{"true" if opened else "false"}" title="{text(where(citation))}">'
        f'<span class="number {colour(number)}">{number}</span>'
        f'<span class="title">{text(title or citation.document)}</span>'
        f'<span class="section"><bdi>{text(section)}</bdi></span></button></li>'
    )


def _source(
    opened: Citation, citations: Sequence[Citation], documents: Sequence[ParsedDocument]
) -> str:
    document = next((d for d in documents if d.source.path == opened.document), None)
    if document is None:
        return MISSING
    quoted = [
        _located(one, document.source) for one in citations if one.document == opened.document
    ]
    known = [one for one in quoted if one is not None]
    lost = "" if opened.number in {one.number for one in known} else _changed(opened)
    source = document.source
    path = f'<p class="path">{text(opened.section)}</p>' if opened.section else ""
    return (
        f'<article class="source"><header><h3>{text(source.title or source.path)}</h3>'
        f'<p class="meta">{text(_origin(source, opened))}</p>{path}{lost}</header>{_finder(document)}'
        '<div class="text" tabindex="0" role="region" aria-label="原文">'
        f"{document_body(document, known, opened.number)}</div></article>"
    )


def _changed(citation: Citation) -> str:
    return CHANGED.format(quote=text(citation.quote.strip()))


def _located(citation: Citation, source: SourceDocument) -> Citation | None:
    """The citation where its words stand now: a kept conversation may be older than its document."""
    if source.text[citation.start : citation.end] == citation.quote:
        return citation
    start = source.text.find(citation.quote)
    if start < 0:
        return None
    return replace(citation, start=start, end=start + len(citation.quote))


def _finder(document: ParsedDocument) -> str:
    sections = "".join(
        f'<li class="level-{min(max(one.level, 0), 4)}"><button type="button" class="jump" '
        f'data-anchor="{section_anchor(one)}">{text(one.heading.quote.strip())}</button></li>'
        for one in outline(document)
    )
    contents = f'<details class="outline"><summary>目录</summary><ol>{sections}</ol></details>'
    return (
        f'<div class="find">{contents if sections else ""}'
        '<input type="search" class="find-words" placeholder="在本文件中查找" aria-label="在本文件中查找">'
        '<span class="found" role="status"></span>'
        '<button type="button" class="icon find-step" data-step="-1" aria-label="上一个匹配">↑</button>'
        '<button type="button" class="icon find-step" data-step="1" aria-label="下一个匹配">↓</button></div>'
    )


def _origin(source: SourceDocument, citation: Citation) -> str:
    parts = [source.issuer, source.document_number]
    if source.issued is not None:
        parts.append(chinese_date(source.issued))
    parts.append(citation.document)
    if citation.page is not None:
        parts.append(f"第{citation.page}页")
    return " · ".join(part for part in parts if part)
