"""The numbered evidence a model writes from: what records decided, then the passages that were found.

The model sees text; each number stands for exact places in documents. Long lists and tables are not for the model
to copy: they have a code, and Duban puts them where the code stands.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
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


class Gathered:
    """Everything for one answer: numbered items, the blocks that Duban lays out by their codes, and what was left out.

    It grows while a model asks for more. `room_chars` is how much more the model's context holds. Of the layouts,
    those `owed` are part of the answer wherever the model puts them.
    """

    def __init__(self, library: Library, room_chars: int) -> None:
        self.items: tuple[Item, ...] = ()
        self.layouts: dict[str, Block] = {}
        self.owed: tuple[str, ...] = ()
        self.left_out = 0
        self.room_chars = room_chars
        self.fence = f"duban-{secrets.token_hex(8)}"
        self._library = library
        # Several look-ups may run at once.
        self._lock = threading.Lock()

    def item(self, number: int) -> Item | None:
        return self.items[number - 1] if 0 < number <= len(self.items) else None

    def shown(self) -> str:
        """The evidence as the model reads it."""
        return "\n".join([
            *(item.shown() for item in self.items),
            *(_shown_layout(code, block) for code, block in self.layouts.items()),
        ])

    def join(self, blocks: Sequence[Block], found: Sequence[Found]) -> str:
        """Take in what was looked up, as much as fits; tells the model what is new, and what it has already."""
        with self._lock:
            items, layouts, left_out = len(self.items), len(self.layouts), self.left_out
            known = self.add(blocks, found)
            lines = [item.shown() for item in self.items[items:]]
            lines += [_shown_layout(*one) for one in list(self.layouts.items())[layouts:]]
            left_out = self.left_out - left_out
        if known:
            lines.append(f"此前已有的依据：{''.join(f'[{number}]' for number in known)}")
        if left_out:
            lines.append(f"篇幅已满，另有{left_out}条没有列出。")
        if not lines:
            return "没有找到相关内容。"
        return "\n".join((f"<{self.fence}>", *lines, f"</{self.fence}>"))

    def add(self, blocks: Sequence[Block], found: Sequence[Found]) -> tuple[int, ...]:
        """Number statements and passages as far as there is room; the numbers of those that are there already."""
        by_text = {one.text: one.number for one in self.items}
        by_place = {place: one.number for one in self.items for place in _places(one.evidence)}
        candidates = list(self._candidates(blocks))
        cited = {place for one in candidates for place in _places(one.evidence)}
        known: list[int] = []
        for one in (*candidates, *_passages(found, self._library)):
            places = _places(one.evidence)
            if one.text in by_text:
                known.append(by_text[one.text])
            elif one.origin != PASSAGE or not places <= cited | by_place.keys():
                self._take(one)
            else:
                known += sorted(by_place[place] for place in places & by_place.keys())
        return tuple(dict.fromkeys(known))

    def _candidates(self, blocks: Sequence[Block]) -> Iterator[_Candidate]:
        for block in blocks:
            origin, statements = RECORD, block.statements
            if block in self.layouts.values():
                continue
            if _is_long(block):
                origin = f"表{len(self.layouts) + 1}"
                self.layouts[origin] = block
                statements = statements[:_MOST_ROWS_SHOWN]
            for one in statements:
                yield _Candidate(origin, _said(one), one.evidence, one)

    def _take(self, one: _Candidate) -> None:
        item = Item(len(self.items) + 1, one.origin, one.text, one.evidence, one.statement)
        self.room_chars -= len(item.shown())
        # The first one is kept whatever its length: without any there is nothing to answer from.
        if self.room_chars >= 0 or not self.items:
            self.items = (*self.items, item)
        else:
            self.left_out += 1


def gather(draft: Draft, found: Sequence[Found], library: Library, room_chars: int) -> Gathered:
    """The evidence of a built-in draft and of the passages found, as much as fits."""
    gathered = Gathered(library, room_chars)
    gathered.add(draft.blocks, found)
    gathered.owed = tuple(gathered.layouts)
    return gathered


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An item before it is known whether it fits."""

    origin: str
    text: str
    evidence: tuple[Evidence, ...]
    statement: Statement | None = None


def _shown_layout(code: str, block: Block) -> str:
    count = len(block.statements)
    return f"[{code}]（由督办排版，共{count}条）{'、'.join(block.header)}".rstrip()


def _places(evidence: Iterable[Evidence]) -> set[tuple[str, int]]:
    return {(one.document.path, one.span.start) for one in evidence}


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
