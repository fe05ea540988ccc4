"""A verified draft as the Markdown the reader sees, with its numbered citations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.answer import Answer, Citation
from assistant.draft import Block, Draft, Evidence, Statement
from assistant.library import page_of
from assistant.origin import with_origin

_FINAL = re.compile(r"[。；;]$")


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
    """Document text made harmless as Markdown: brackets of links and images, tags and emphasis are text."""
    flat = " ".join(text.split())
    return re.sub(r"([\\`*_\[\]<>])", _escaped, flat)


def _escaped(match: re.Match[str]) -> str:
    mark = match.group(1)
    return {"<": "&lt;", ">": "&gt;"}.get(mark, f"\\{mark}")
