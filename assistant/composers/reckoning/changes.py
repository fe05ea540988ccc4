"""How far a level rises or falls that a clause states from and to: 由5%提高至8%, 从2600头压减至1500头."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.composers.reckoning.paragraphs import paragraphs_about
from assistant.composers.tables.series import decimal_text, unit_of_gap
from assistant.composers.wording import cite, flat
from assistant.draft import Block, Statement, paragraph
from assistant.library import Library
from assistant.proof.quantities import Quantity, quantities
from assistant.query import Query
from assistant.search import SentenceSearch
from assistant.synonyms import with_synonyms
from assistant.understanding.reckonings import (
    asked_added,
    asks_change,
    changed_together,
    compared_parts,
)
from assistant.understanding.table_names import is_of_another_number, names_the_number
from assistant.words import chinese_pairs, pairs
from ingest.records import SourceDocument, Span
from prompts import phrase
from vectorstore.folding import fold

_CLAUSE = re.compile(r"[^，,。；;\n\t|（()）]+")
_FROM = re.compile(r"[由从]")
_TO = re.compile(r"[至到为]")
_BOUND = re.compile(r"以内|以下|以上|不高于|不低于|不超过|不少于")
_FIGURE = re.compile(r"^[\d.,\s]+")
_MOST_PARAGRAPHS = 6


@dataclass(frozen=True, slots=True)
class _Change:
    """A clause with the levels that it states, and what is told up to there of what it is of."""

    clause: Span
    before: Quantity
    after: Quantity
    told: str


class ChangeComposer:
    """Subtracts the two levels of one clause, where the question asks how far it is from one to the other."""

    def __init__(self, library: Library, search: SentenceSearch) -> None:
        self._library = library
        self._search = search

    def blocks(self, query: Query) -> list[Block]:
        """The change of the one level that the best paragraph about the thing states; nothing where it states more."""
        # 设计能力比实际处理量多多少 sets two things against each other.
        added = asked_added(query.text) if compared_parts(query.text) is None else None
        together = changed_together(query.text)
        if together and (each := self._of_each(query, together)):
            return [paragraph(self._added(each))]
        if not (asks_change(query.text) or added):
            return []
        topic = with_synonyms(f"{query.topic} {query.context}")
        for source, stretch in paragraphs_about(query, self._search.find(query, query.documents)):
            told = [one for one in _changes(source, stretch) if not added or _rises_in(added, one)]
            changes = _named(topic, told)
            if changes:
                return [paragraph(self._worded(source, changes[0]))]
        return []

    def _of_each(self, query: Query, parts: Sequence[str]) -> list[tuple[SourceDocument, _Change]]:
        """For each part the one change whose sentence alone names it; empty where one has none, or they are not alike."""
        found = self._search.find(query, query.documents)
        told = [
            (source, change)
            for source, stretch in paragraphs_about(query, found, most=_MOST_PARAGRAPHS)
            for change in _changes(source, stretch)
        ]
        chosen: list[tuple[SourceDocument, _Change]] = []
        for part in parts:
            words = [len(pairs(fold(part)) & pairs(fold(one.told))) for _, one in told]
            best = max(words, default=0)
            if not best or words.count(best) != 1:
                return []
            chosen.append(told[words.index(best)])
        ways = {
            (one.after.unit, one.after.value > one.before.value, source.path)
            for source, one in chosen
        }
        apart = len({one.clause for _, one in chosen}) == len(parts)
        return chosen if len(ways) == 1 and apart else []

    def _added(self, changes: Sequence[tuple[SourceDocument, _Change]]) -> Statement:
        """What several changes come to."""
        source, first = changes[0]
        unit = _FIGURE.sub("", first.after.written.strip())
        scale = quantities(f"1{unit}")[0].value if unit else Decimal(1)
        sizes = [abs(one.after.value - one.before.value) / scale for _, one in changes]
        text = phrase(
            "changes_added",
            said="".join(f"“{flat(one.clause.quote)}”" for _, one in changes),
            parts="＋".join(decimal_text(one) for one in sizes),
            total=f"{decimal_text(sum(sizes, Decimal(0)))}{unit_of_gap(unit)}",
            way=phrase("grown" if first.after.value > first.before.value else "fallen"),
        )
        spans = dict.fromkeys(one.clause for _, one in changes)
        return Statement(text, cite(self._library, source, *spans), computed=(text,))

    def _worded(self, source: SourceDocument, change: _Change) -> Statement:
        clause, before, after = change.clause, change.before, change.after
        unit = _FIGURE.sub("", after.written.strip())
        scale = quantities(f"1{unit}")[0].value if unit else Decimal(1)
        difference = decimal_text(abs(after.value - before.value) / scale)
        least = "至少" if _BOUND.search(clause.quote) else ""
        text = phrase(
            "change_up" if after.value > before.value else "change_down",
            said=flat(clause.quote),
            difference=f"{least}{difference}{unit_of_gap(unit)}",
        )
        return Statement(text, cite(self._library, source, clause), computed=(text,))


def _rises_in(unit: str, change: _Change) -> bool:
    """Whether something rises in a unit: 由118家增至131家 tells how many 家 were added."""
    (wanted,) = quantities(f"2{unit}")
    return change.after.unit == wanted.unit and change.after.value > change.before.value


def _named(topic: str, changes: Sequence[_Change]) -> list[_Change]:
    """The one change that a topic names, by words that stand before no other one: of 一厂由… and 二厂由…."""
    if any(is_of_another_number(fold(topic), fold(one.told)) for one in changes):
        # Of numbered works (三厂) it is none that has another number or none.
        changes = [one for one in changes if names_the_number(fold(topic), fold(one.told))]
    if len(changes) < 2:
        return list(changes)
    asked = chinese_pairs(fold(topic))
    words = [pairs(fold(one.told)) & asked for one in changes]
    own = [
        len(each - set().union(*words[:place], *words[place + 1 :]))
        for place, each in enumerate(words)
    ]
    best = max(own)
    return [changes[own.index(best)]] if best and own.count(best) == 1 else []


def _changes(source: SourceDocument, stretch: Span) -> Iterator[_Change]:
    """The clauses of a stretch that state one level to leave and one to reach, of one unit."""
    told = 0
    for match in _CLAUSE.finditer(stretch.quote):
        text = fold(match.group())
        opening = _FROM.search(text)
        if opening is None:
            continue
        levels = [one for one in quantities(text) if one.start >= opening.end()]
        if len(levels) != 2 or levels[0].unit != levels[1].unit:
            continue
        if _TO.search(text, levels[0].end, levels[1].start) and levels[0].value != levels[1].value:
            start = stretch.start + match.start()
            clause = source.span(start, start + len(match.group()))
            # Of what it is stands in its sentence, behind the change told before it.
            told = max(told, stretch.quote.rfind("。", 0, match.start()) + 1)
            yield _Change(clause, levels[0], levels[1], stretch.quote[told : match.end()])
            told = match.end()
