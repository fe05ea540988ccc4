"""The numbered evidence a model writes from: what records decided, then the passages that were found.

The model sees text; each number stands for exact places in documents. Long lists and tables are not for the model
to copy: they have a code, and Duban puts them where the code stands.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from assistant.draft import Block, Draft, Evidence, Statement
from assistant.library import Library
from assistant.search import Found
from assistant.words import pairs
from ingest.markers import find_labels
from ingest.records import Span
from vectorstore.folding import fold_query

RECORD = "台账"
PASSAGE = "原文"
# From so many entries on, a list is laid out by Duban.
_LONG_LIST = 6
_MOST_ROWS_SHOWN = 40
_ENDS = "。！？；："


@dataclass(frozen=True, eq=False)
class Item:
    """One numbered piece of evidence.

    `statement` is what Duban itself would say, already proven; a passage has none, and its evidence is a sentence
    each. `origin` tells the model where it is from: 台账 (a record), 表1 (a row of that table) or 原文 (a passage).
    """

    number: int
    origin: str
    text: str
    evidence: tuple[Evidence, ...]
    statement: Statement | None = None

    @property
    def computed(self) -> tuple[str, ...]:
        """What may be said without finding it in the quotations: what the proven statement says."""
        return (*self.statement.computed, self.text) if self.statement is not None else ()

    @cached_property
    def pairs(self) -> frozenset[str]:
        """Neighbouring characters of everything it may bear out, headings and title included."""
        parts = [self.text]
        for one in self.evidence:
            parts += [one.span.quote, one.section, one.document.title]
        return frozenset(pairs(fold_query("\n".join(parts))))

    def shown(self) -> str:
        """The item as the model reads it."""
        where = [self.origin]
        if self.evidence:
            document = self.evidence[0].document
            where.append(f"《{document.title}》")
            where += [f"{document.issued.isoformat()}印发"] if document.issued else []
            where += [self.evidence[0].section] if self.evidence[0].section else []
        return f"[{self.number}]（{'，'.join(where)}）{self.text}"


@dataclass(frozen=True)
class Gathered:
    """Everything for one answer: the items, the blocks that Duban lays out by their codes, and what was left out."""

    items: tuple[Item, ...]
    layouts: dict[str, Block]
    left_out: int = 0
    fence: str = field(default_factory=lambda: f"duban-{secrets.token_hex(8)}")

    def item(self, number: int) -> Item | None:
        return self.items[number - 1] if 0 < number <= len(self.items) else None

    def shown(self) -> str:
        """The evidence as the model reads it."""
        lines = [item.shown() for item in self.items]
        lines += [
            f"[{code}]（由督办排版，共{len(block.statements)}条）{'、'.join(block.header)}".rstrip()
            for code, block in self.layouts.items()
        ]
        return "\n".join(lines)


def gather(draft: Draft, found: Sequence[Found], library: Library, budget_chars: int) -> Gathered:
    """The evidence of a built-in draft and of the passages found, as much as fits."""
    layouts: dict[str, Block] = {}
    candidates: list[_Candidate] = []
    for block in draft.blocks:
        origin, statements = RECORD, block.statements
        if _is_long(block):
            origin = f"表{len(layouts) + 1}"
            layouts[origin] = block
            statements = statements[:_MOST_ROWS_SHOWN]
        candidates += [_Candidate(origin, _said(one), one.evidence, one) for one in statements]
    cited = {(e.document.path, e.span.start) for one in candidates for e in one.evidence}
    candidates += [
        one
        for one in _passages(found, library)
        if not all((e.document.path, e.span.start) in cited for e in one.evidence)
    ]
    items: list[Item] = []
    for one in candidates:
        item = Item(len(items) + 1, one.origin, one.text, one.evidence, one.statement)
        budget_chars -= len(item.shown())
        # The first one is kept whatever its length: without any there is nothing to answer from.
        if budget_chars >= 0 or not items:
            items.append(item)
    return Gathered(tuple(items), layouts, len(candidates) - len(items))


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An item before it is known whether it fits."""

    origin: str
    text: str
    evidence: tuple[Evidence, ...]
    statement: Statement | None = None


def _is_long(block: Block) -> bool:
    return block.style == "table" or (
        block.style == "bullets" and len(block.statements) >= _LONG_LIST
    )


def _said(statement: Statement) -> str:
    cells = "；".join(filter(None, statement.cells))
    return "".join(filter(None, (statement.text, cells)))


def _passages(found: Sequence[Found], library: Library) -> Iterator[_Candidate]:
    """The passages that sentences stand in, best first, each once, a quotation for each sentence."""
    seen: set[tuple[str, int]] = set()
    for one in found:
        parsed = library[one.source.path]
        passage = next((p for p in parsed.passages if p.span.covers(one.span)), None)
        spans: tuple[Span, ...] = passage.sentences if passage is not None else (one.span,)
        key = (one.source.path, spans[0].start)
        if key not in seen:
            seen.add(key)
            evidence = tuple(library.evidence(one.source, span) for span in spans)
            yield _Candidate(PASSAGE, _on_one_line(spans), evidence)


def _on_one_line(sentences: Sequence[Span]) -> str:
    """Sentences one after the other, labelled lines and headings set apart."""
    text = ""
    for sentence in sentences:
        if text and text[-1] not in _ENDS:
            text += "；"
        for line in filter(None, map(str.strip, sentence.quote.split("\n"))):
            begins_field = any(label.start == 0 for label in find_labels(line, 0, len(line)))
            text += ("；" if text and text[-1] not in _ENDS and begins_field else "") + line
    return text
