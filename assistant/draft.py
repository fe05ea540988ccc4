"""An answer in the making: statements, each with the evidence it rests on.

Both writers, the built-in composers and a chat model, fill this same shape; verification and rendering are
shared and see nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce

from ingest.records import SourceDocument, Span


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quotation that supports a statement, with the heading path it stands under."""

    document: SourceDocument
    span: Span
    section: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence, list item or table row and its evidence.

    `cells` hold the row where it is part of a table. `computed` are figures that Duban worked out itself
    (a count, a difference, a date derived from “年底”): verification accepts them, and only them, without
    finding them in the evidence. A statement without evidence says something about the answer itself
    (what was looked for); it may carry no figure that is not `computed`.
    """

    text: str
    evidence: tuple[Evidence, ...] = ()
    cells: tuple[str, ...] = ()
    computed: tuple[str, ...] = ()

    @property
    def quoted(self) -> str:
        """The statement without the words that Duban put before the document's."""
        return reduce(lambda text, own: text.removeprefix(own), self.computed, self.text)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a bullet list, or a table (with a `header`) of statements."""

    statements: tuple[Statement, ...]
    style: str = "paragraph"  # paragraph, bullets or table
    header: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """The blocks of an answer in order, and whether it is a refusal."""

    blocks: tuple[Block, ...] = ()
    refused: bool = False
    notices: tuple[str, ...] = field(default=())

    def statements(self) -> Iterator[Statement]:
        for block in self.blocks:
            yield from block.statements


def own_words(text: str) -> Statement:
    """A sentence that says something about the answer itself: its figures are Duban's own."""
    return Statement(text, computed=(text,))


def paragraph(*statements: Statement) -> Block:
    return Block(tuple(statements))


def bullets(*statements: Statement) -> Block:
    return Block(tuple(statements), "bullets")


def table(header: tuple[str, ...], rows: tuple[Statement, ...]) -> Block:
    return Block(rows, "table", header)
