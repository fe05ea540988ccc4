"""A conversation as a file: Markdown, or a Word document in official layout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.word import add_paragraph, new_document, to_bytes
from ingest.dates import chinese_date
from ingest.records import SourceDocument
from ui.conversation import Conversation, Exchange
from ui.memo import reference


def conversation_markdown(
    title: str, conversation: Conversation, sources: Sequence[SourceDocument]
) -> bytes:
    """Questions as headings, answers as they are, references below each."""
    parts = [f"# {title}"]
    for one in conversation.exchanges:
        parts += [f"## {one.question}", f"（{_about(one)}）", one.error or one.answer.text]
        parts += [f"- {line}" for line in _references(one, sources)]
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def conversation_docx(
    title: str, conversation: Conversation, sources: Sequence[SourceDocument]
) -> bytes:
    from ui.blocks import add_answer

    paper = new_document(title)
    for number, one in enumerate(conversation.exchanges, start=1):
        add_paragraph(paper, f"{number}. {one.question}", heading=True)
        add_paragraph(paper, f"（{_about(one)}）")
        if one.error:
            add_paragraph(paper, one.error)
        else:
            add_answer(paper, one.answer.text)
        for line in _references(one, sources):
            add_paragraph(paper, line)
    return to_bytes(paper)


def _about(exchange: Exchange) -> str:
    return f"截至{chinese_date(exchange.as_of)}"


def _references(exchange: Exchange, sources: Sequence[SourceDocument]) -> Iterator[str]:
    by_path = {source.path: source for source in sources}
    for one in exchange.answer.citations:
        quote = " ".join(one.quote.split())
        yield f"[{one.number}] {reference(one, by_path.get(one.document))}：“{quote}”"
