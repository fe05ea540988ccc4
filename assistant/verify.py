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
from assistant.proof.bindings import mixed_up
from assistant.proof.bodies import missing_bodies, missing_people, missing_titles
from assistant.proof.dates import DateCheck, check_dates
from assistant.proof.duties import misplaced_duties
from assistant.proof.limiting import turned_around
from assistant.proof.quantities import missing_quantities, without_proven
from assistant.proof.support import Support
from ingest.numerals import parse_number
from ingest.vocabulary import load_vocabulary
from prompts import phrase
from vectorstore.folding import fold_query

logger = logging.getLogger(__name__)

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_CHINESE_NUMBER = re.compile(r"[一二两三四五六七八九十百〇零]+")
_BETWEEN_FIGURES = re.compile(r"(?<=\d) (?=\d)")
_MARKS = re.compile(r"\[\d+\]")


class Verifier:
    """Checks drafts against the documents of a library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        units = {fold_query(unit.name) for _, unit in library.units}
        self._units = sorted(units, key=len, reverse=True)
        self._people = sorted(map(fold_query, library.people), key=len, reverse=True)

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
        """Figures, dates, bodies, persons, titles and duties of a statement that its evidence does not have."""
        for evidence in statement.evidence:
            span = evidence.span
            if evidence.document.text[span.start : span.end] != span.quote:
                return [f"引文与原文不符：{span.quote[:20]}"]
        support = Support.of(statement)
        # A figure before a date in the next cell (372 2025.06.30) is no part of its year.
        cells = _BETWEEN_FIGURES.sub("；", " ".join(statement.cells))
        text = fold_query(_MARKS.sub("", statement.text + cells))
        dates = check_dates(text, support.evidence, support.computed_text)
        missing = [*_figures(dates, support), *self._names(text, support)]
        if not _is_computed(text, support) and not _is_quotation(statement):
            missing += missing_titles(text, support) + missing_bodies(text, support)
            missing += missing_people(text, support) + turned_around(text, support.quotes)
            names = [fold_query(name) for name in self._named(text)]
            missing += mixed_up(dates.rest, support.quotes)
            missing += misplaced_duties(text, names, support, self._library)
        return list(dict.fromkeys(missing))

    def _names(self, text: str, support: Support) -> list[str]:
        return [name for name in self._named(text) if not _has_name(name, support.bare_names)]

    def _named(self, text: str) -> Iterable[str]:
        """Known bodies and persons in a folded text; a longer name hides the shorter ones inside it."""
        rest = text
        for name in (*self._units, *self._people):
            if name in rest:
                yield name
                rest = rest.replace(name, "\n")


def _figures(dates: DateCheck, support: Support) -> list[str]:
    """Numbers that are nowhere, else dates and figures that are nowhere as a whole."""
    rest = without_proven(dates.rest, support.figures)
    missing = [
        number
        for match in _NUMBER.finditer(dates.text)
        if not _has_number(match.group(), support.figures)
        # 2. and a proven 2023年 behind it look like one number.
        for number in _NUMBER.findall(rest[match.start() : match.end()])
        if not _has_number(number, support.figures)
    ]
    return missing or [*dates.missing, *missing_quantities(dates.rest, support.figures)]


def _is_computed(text: str, support: Support) -> bool:
    """Whether Duban itself worked the whole statement out."""
    return bool(support.computed_text) and text in support.computed_text


def _is_quotation(statement: Statement) -> bool:
    """Whether a statement is, behind the words of Duban's own, one quotation and nothing else."""
    said = "".join(statement.quoted.split())
    return any(said == "".join(one.span.quote.split()) for one in statement.evidence)


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
