"""The panel beside the chat: an answer's citations and the source of the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.answer import Answer, Citation
from ingest.records import ParsedDocument
from ui.markup import cite_value, plain_text
from ui.source import render_source

EMPTY = (
    '<section class="sources empty"><h2>出处</h2>'
    "<p>回答中的每一句都标有出处。点击 [1] 这样的标记，这里会显示原文并标出引用的文字。</p></section>"
)
NOTHING_CITED = (
    '<section class="sources empty"><h2>出处</h2><p>这条回答没有引用文件。</p></section>'
)
MISSING = '<p class="missing">找不到这份文件的原文，可能已被移走，请重新运行 duban ingest。</p>'


def render_panel(
    answer: Answer,
    exchange: int,
    documents: Sequence[ParsedDocument],
    chosen: int | None = None,
) -> str:
    """The citations of an answer, with the source of citation number `chosen` opened."""
    if not answer.citations:
        return NOTHING_CITED
    entries = "\n".join(_entry(c, exchange, c.number == chosen) for c in answer.citations)
    opened = next((c for c in answer.citations if c.number == chosen), None)
    return (
        '<section class="sources"><header class="bar">'
        f"<h2>出处（{len(answer.citations)}）</h2>{_copy_button(answer)}</header>"
        f'<ol class="citations">{entries}</ol>'
        f"{_source(opened, answer, documents) if opened else ''}</section>"
    )


def copy_text(answer: Answer) -> str:
    """The answer with its list of citations, as plain text."""
    listed = (f"[{c.number}] {_where(c)}：“{c.quote.strip()}”" for c in answer.citations)
    return "\n".join([plain_text(answer.text), "", "出处：", *listed])


def _entry(citation: Citation, exchange: int, chosen: bool) -> str:
    value = escape(cite_value(exchange, citation.number))
    return (
        f'<li><button type="button" class="cite-entry" value="{value}" '
        f'aria-pressed="{"true" if chosen else "false"}" title="{escape(_where(citation))}">'
        f'<span class="number">[{citation.number}]</span>'
        f'<span class="title">{escape(citation.title)}</span>'
        f'<span class="section"><bdi>{escape(citation.section)}</bdi></span></button></li>'
    )


def _where(citation: Citation) -> str:
    return " · ".join(part for part in (citation.title, citation.section) if part)


def _copy_button(answer: Answer) -> str:
    return (
        f'<button type="button" class="copy-answer" value="{escape(copy_text(answer))}">'
        "复制回答和出处</button>"
    )


def _source(chosen: Citation, answer: Answer, documents: Sequence[ParsedDocument]) -> str:
    document = next((d for d in documents if d.source.path == chosen.document), None)
    return render_source(document, answer.citations, chosen) if document else MISSING
