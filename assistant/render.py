"""A verified draft as the Markdown the reader sees, with its numbered citations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.answer import Answer, Citation
from assistant.draft import Block, Draft, Evidence, Statement
from assistant.library import page_of
from assistant.origin import with_origin

_MARKUP = re.compile(r"([\\`*_\[\]])")
_OPENS_A_TAG = re.compile(r"<(?=[!-/:-~])")
_QUOTING = re.compile(r"^>")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>|])")


def render(draft: Draft) -> Answer:
    """Markdown with marks `[n]` at the end of each statement, and the citations they stand for."""
    numbers: dict[tuple[str, int, int], Citation] = {}
    parts = [_block(block, numbers) for block in draft.blocks]
    if draft.notices:
        parts.insert(0, f"（{'；'.join(draft.notices)}）")
    text = "\n\n".join(part for part in parts if part)
    return Answer(text, tuple(numbers.values()), draft.refused, draft.notices)


def _block(block: Block, numbers: dict[tuple[str, int, int], Citation]) -> str:
    if block.style == "table":
        header = (*block.header, "出处")
        rows = [[*map(_cell, one.cells), _marks(one.evidence, numbers)] for one in block.statements]
        table: list[Sequence[str]] = [header, ["---"] * len(header), *rows]
        return "\n".join(f"| {' | '.join(line)} |" for line in table)
    lines = [_statement(one, numbers) for one in block.statements]
    return "\n".join(f"- {line}" for line in lines) if block.style == "bullets" else "".join(lines)


def _statement(statement: Statement, numbers: dict[tuple[str, int, int], Citation]) -> str:
    return escape(statement.text) + _marks(statement.evidence, numbers)


def _marks(evidence: Iterable[Evidence], numbers: dict[tuple[str, int, int], Citation]) -> str:
    marks = []
    for one in evidence:
        key = (one.document.path, one.span.start, one.span.end)
        if key not in numbers:
            numbers[key] = Citation(
                number=len(numbers) + 1,
                document=one.document.path,
                title=one.document.title,
                section=with_origin(one.section, one.document, one.span),
                quote=one.span.quote,
                start=one.span.start,
                end=one.span.end,
                page=page_of(one.document, one.span.start),
            )
        marks.append(f"[{numbers[key].number}]")
    return "".join(dict.fromkeys(marks))


def _cell(text: str) -> str:
    return escape(text).replace("|", "\\|") or "—"


def escape(text: str) -> str:
    """Document text made harmless as Markdown: brackets of links and images, tags and emphasis are text.

    《关于印发<方案>的通知》 has no tag, for none begins with a Chinese character, and stays as it is written.
    """
    flat = " ".join(text.split())
    return _QUOTING.sub("&gt;", _OPENS_A_TAG.sub("&lt;", _MARKUP.sub(r"\\\1", flat)))


def unescaped(markdown: str) -> str:
    """Markdown as plain text has it, for readers who are shown no Markdown: what `escape` put in is taken out."""
    return _ESCAPED.sub(r"\1", markdown).replace("&lt;", "<").replace("&gt;", ">")
