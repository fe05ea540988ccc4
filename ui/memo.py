"""An answer as it goes into a memo: its text, then each reference as 《文件名》（文号）第X部分第（Y）条."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Answer, Citation
from assistant.render import unescaped
from ingest.records import SourceDocument

# How the parts of such documents are numbered, from the top down, and what a reference calls each.
_MARKERS = (
    (re.compile(r"(第[一二三四五六七八九十百零\d]+[编章节条款])"), "{}"),
    (re.compile(r"([一二三四五六七八九十百]+)[、.．]"), "第{}部分"),
    (re.compile(r"[（(]([一二三四五六七八九十百]+)[)）]"), "第（{}）条"),
    (re.compile(r"(\d{1,3})[、.．](?!\d)"), "第{}项"),
    (re.compile(r"[（(](\d{1,3})[)）]"), "第（{}）目"),
)
_SEPARATORS = re.compile(r" [>›] ")


def memo_text(answer: Answer, sources: Sequence[SourceDocument]) -> str:
    """The answer with its references, as plain text."""
    if not answer.citations:
        return plain_text(answer.text)
    by_path = {source.path: source for source in sources}
    listed = [
        f"[{one.number}] {reference(one, by_path.get(one.document))}：“{one.quote.strip()}”"
        for one in answer.citations
    ]
    return "\n".join([plain_text(answer.text), "", "依据：", *listed])


def reference(citation: Citation, source: SourceDocument | None) -> str:
    """《文件名》（文号）附件第X部分第（Y）条; headings without a number are named as they are."""
    number = f"（{source.document_number}）" if source and source.document_number else ""
    return f"《{citation.title or citation.document}》{number}{_place(citation)}"


def plain_text(markdown: str) -> str:
    """An answer's Markdown without its signs, for pasting into a document."""
    bare = re.sub(r"(?<!\\)(?:\*\*|`)", "", markdown)
    return unescaped(bare).strip()


def _place(citation: Citation) -> str:
    headings = [part for part in _SEPARATORS.split(citation.section) if part.strip()]
    place = "".join(_part(heading.strip()) for heading in headings)
    page = f"第{citation.page}页" if citation.page is not None else ""
    return place + page


def _part(heading: str) -> str:
    for marker, called in _MARKERS:
        if found := marker.match(heading):
            return called.format(found[1])
    return "附件" if heading.startswith("附件") else f"“{heading}”"
