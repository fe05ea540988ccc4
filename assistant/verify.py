"""Proof of an answer: every figure, date, body and person of a statement stands in its quotations.

What fails is taken out and the reader is told; nothing unproven is shown as fact. The check is the same
for the built-in composers and for a chat model.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable

from assistant.draft import Block, Draft, Statement
from assistant.library import Library
from ingest.numerals import parse_number
from ingest.vocabulary import load_vocabulary
from prompts import phrase
from vectorstore.folding import fold_query

logger = logging.getLogger(__name__)

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_CHINESE_NUMBER = re.compile(r"[一二两三四五六七八九十百〇零]+")
_MARKS = re.compile(r"\[\d+\]")


class Verifier:
    """Checks drafts against the documents of a library."""

    def __init__(self, library: Library) -> None:
        self._units = sorted({unit.name for _, unit in library.units}, key=len, reverse=True)
        self._people = sorted(library.people, key=len, reverse=True)

    def verified(self, draft: Draft) -> Draft:
        """The draft without statements that their evidence does not bear out."""
        removed = 0
        blocks = []
        for block in draft.blocks:
            kept = tuple(statement for statement in block.statements if self._holds(statement))
            removed += len(block.statements) - len(kept)
            if kept:
                blocks.append(Block(kept, block.style, block.header))
        if removed:
            note = Statement(phrase("removed", count=removed), computed=(str(removed),))
            blocks.append(Block((note,)))
        return Draft(tuple(blocks), draft.refused, draft.notices)

    def _holds(self, statement: Statement) -> bool:
        missing = self.unsupported(statement)
        if missing:
            logger.warning("statement removed, not in its evidence: %s", "、".join(missing))
        return not missing

    def unsupported(self, statement: Statement) -> list[str]:
        """Figures, bodies and persons of a statement that its evidence does not have."""
        for evidence in statement.evidence:
            span = evidence.span
            if evidence.document.text[span.start : span.end] != span.quote:
                return [f"引文与原文不符：{span.quote[:20]}"]
        text = _MARKS.sub("", statement.text + " ".join(statement.cells))
        figures = _figures_support(statement)
        names = "".join(_names_support(statement).split())
        numbers = _NUMBER.findall(fold_query(text))
        missing = [number for number in numbers if not _has_number(number, figures)]
        missing += [name for name in self._named(text) if not _has_name(fold_query(name), names)]
        return missing

    def _named(self, text: str) -> Iterable[str]:
        """Known bodies and persons in a text; a longer name hides the shorter ones inside it."""
        rest = text
        for name in (*self._units, *self._people):
            if name in rest:
                yield name
                rest = rest.replace(name, "\n")


def _figures_support(statement: Statement) -> str:
    """Where figures may come from: the quotations, the document's number and date, and what was computed.

    Not from headings: the number of a section would bear out any figure that happens to equal it.
    """
    parts = [
        f"{one.span.quote}\n{one.document.document_number}\n{one.document.issued or ''}"
        for one in statement.evidence
    ]
    return fold_query("\n".join((*parts, *statement.computed)))


def _names_support(statement: Statement) -> str:
    """Where names may come from: the quotations, their headings and the document's own particulars."""
    parts = [
        f"{one.span.quote}\n{one.section}\n{one.document.title}\n{one.document.issuer}\n{one.document.region}"
        for one in statement.evidence
    ]
    return fold_query("\n".join((*parts, *statement.computed)))


def _has_number(number: str, support: str) -> bool:
    """Whether the evidence has a number, in digits or in Chinese numerals, and not inside a longer one."""
    plain = number.replace(",", "")
    if plain in {found.replace(",", "") for found in _NUMBER.findall(support)}:
        return True
    numerals = (parse_number(found) for found in _CHINESE_NUMBER.findall(support))
    return plain.isdigit() and int(plain) in numerals


def _has_name(name: str, bare: str) -> bool:
    """Whether a name stands in the evidence, whole or with an ending it shares with others (甲镇、乙镇人民政府)."""
    name = "".join(name.split())
    if name in bare:
        return True
    shared: list[str] = load_vocabulary("units")["shared"]
    return any(
        name.endswith(ending) and name.removesuffix(ending) in bare and ending in bare
        for ending in shared
    )
