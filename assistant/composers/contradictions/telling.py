"""Tells with an answer that the document it cites says something else of the same matter in another place.

Both are quoted as they are written, and neither is chosen. A question that asks whether places agree hears of the two
even where the answer has none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.composers.contradictions.duties import duties_twice
from assistant.composers.contradictions.figures import figures_twice
from assistant.composers.contradictions.limits import limits_twice
from assistant.composers.contradictions.said import Contradiction, Matter, Said
from assistant.composers.contradictions.sums import SumApart, sums_apart
from assistant.composers.wording import (
    ROLE_FIELDS,
    cite,
    flat,
    heading_span,
    label_of,
    names,
    numbers_in,
    people_or_units,
    readable,
    task_name,
)
from assistant.draft import Draft, Evidence, Statement, bullets, own_words, paragraph
from assistant.library import Library
from assistant.query import Field, Operation, Query
from assistant.synonyms import with_synonyms
from assistant.understanding.reckonings import asked_years
from assistant.vocabulary import asks
from assistant.words import chinese_pairs
from ingest.records import ParsedDocument
from prompts import phrase
from vectorstore.folding import fold

_ASKS_FIGURE = re.compile(r"多[少大长高宽]|几|规模|数|百分|还是|目标|达到")
_ASKED_OF = {
    Matter.LIMIT: {Field.DEADLINE},
    Matter.FIGURE: {Field.TARGET},
    Matter.DUTY: {Field.LEADER, Field.LEAD, Field.RESPONSIBLE},
}
_PARTS = re.compile("[^；;。]+")
_DAY = re.compile(r"\d{1,4}[年月]")
_SHORTEST_VALUE = 5
_MOST_TOLD = 2
# From this share of what two places call a thing on, a question that asks about contradictions asks about it.
_NAMED = 0.5
_FEWEST_NAMED = 2


@dataclass(frozen=True, slots=True)
class _Found:
    """A contradiction of a document, and which of its sides an answer tells."""

    parsed: ParsedDocument
    one: Contradiction
    told: tuple[Said, ...]


class Contradictions:
    """What documents say twice and differently, found once for each."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._of = lru_cache(maxsize=None)(self._read)

    def _read(self, path: str) -> tuple[Contradiction, ...]:
        parsed, library = self._library[path], self._library
        return (
            *limits_twice(library, parsed),
            *figures_twice(library, parsed),
            *duties_twice(parsed),
        )

    def told_in(self, query: Query, draft: Draft) -> Draft:
        """An answer with what is said otherwise of the matters asked about that it tells."""
        checks = query.operation is Operation.CHECK_WORDING or asks(
            "operations", "contradicts", query.text
        )
        if draft.refused and not checks:
            return draft
        found = list(self._found(query, draft, checks=checks))[:_MOST_TOLD]
        others = [
            self._statement(one.parsed, side)
            for one in found
            for side in one.one.sides
            if side not in one.told
        ]
        if others:
            told_one = all(one.told for one in found)
            lead = phrase("stated_otherwise" if told_one else "stated_in_two_places")
            told = (paragraph(own_words(lead)), bullets(*others))
            blocks = () if draft.refused else draft.blocks
            return replace(draft, blocks=(*blocks, *told), refused=False)
        if found and not _remarked(draft):
            remark = paragraph(own_words(phrase("stated_twice_of_one")))
            return replace(draft, blocks=(*draft.blocks, remark))
        asks_figure = _ASKS_FIGURE.search(query.text) is not None
        return self._with_sums(draft) if checks or asks_figure else draft

    def _with_sums(self, draft: Draft) -> Draft:
        """An answer with what the parts come to that a sentence counts, where they are more than the whole it states."""
        found = {
            (one.document.path, one.span.start + apart.start): self._sum(one, apart)
            for said in draft.statements()
            for one in said.evidence
            for apart in sums_apart(one.span.quote)
            if apart.whole in said.text
        }
        told = [paragraph(*list(found.values())[:_MOST_TOLD])] if found else []
        return replace(draft, blocks=(*draft.blocks, *told))

    def _sum(self, quoted: Evidence, apart: SumApart) -> Statement:
        parts = "、".join(apart.parts)
        text = phrase("parts_exceed", whole=apart.whole, parts=parts, total=apart.total)
        return Statement(text, (quoted,), computed=(text,))

    def _found(self, query: Query, draft: Draft, *, checks: bool) -> Iterator[_Found]:
        """The contradictions of which the answer tells a side, or which the question itself asks about."""
        cited = {one.document.path for said in draft.statements() for one in said.evidence}
        paths = [*cited, *(self._paths(query) if checks else ())]
        having = [path for path in dict.fromkeys(paths) if self._of(path)]
        asked = chinese_pairs(fold(with_synonyms(query.topic))) if having else set()
        for path in having:
            for one in self._of(path):
                told = tuple(side for side in one.sides if _tells(draft, path, side))
                if _is_asked(query, asked, one, told, checks=checks):
                    yield _Found(self._library[path], one, told)

    def _paths(self, query: Query) -> tuple[str, ...]:
        return query.documents if query.documents is not None else self._library.paths()

    def _statement(self, parsed: ParsedDocument, side: Said) -> Statement:
        source, task = parsed.source, side.task
        if task is not None:
            name = task_name(task)
            text = phrase("limit_elsewhere", task=name, limit=flat(side.value.quote))
            for field, role in ROLE_FIELDS.items():
                entries = people_or_units(task, field)
                if side.value in (one.span for one in entries):
                    label = label_of(task, field.value, role)
                    text = phrase("duty_elsewhere", task=name, role=label, names=names(entries))
            evidence = cite(self._library, source, heading_span(source, task), side.value)
            return Statement(text, evidence, computed=numbers_in(name))
        if side.column:
            cell = phrase("table_cell", column=side.column, figure=flat(side.value.quote))
            text = phrase("table_cells", row=side.row, cells=cell)
            evidence = cite(self._library, source, side.quoted)
            return Statement(text, evidence, computed=(side.row, side.column))
        around = self._library.place(source.path, side.quoted.start).task
        evidence = cite(self._library, source, side.quoted)
        return Statement(readable(side.quoted.quote, around), evidence)


def _is_asked(
    query: Query, asked: set[str], one: Contradiction, told: Sequence[Said], *, checks: bool
) -> bool:
    """Whether a question is about the very thing of which two places differ, some of which the answer tells."""
    years = asked_years(query.text)
    if one.year and years and str(one.year) not in years:
        return False
    if any(_is_asked_for(query, side) for side in one.sides):
        return True
    about = asked & chinese_pairs(" ".join(one.names))
    if not (about or (query.task_numbers and told)):
        return False
    if not (checks or _is_of_the_matter(query, one.matter)):
        return False
    if not told:
        return checks and _is_named(asked, one)
    if len(told) == len(one.sides):
        return True
    # A sentence may be quoted for another thing that it tells.
    of_it = len(about) >= _FEWEST_NAMED
    return any(
        _is_meant(query, asked, side) and bool(side.task or side.row or of_it) for side in told
    )


def _is_of_the_matter(query: Query, matter: Matter) -> bool:
    """Whether a question asks for what two places say differently."""
    if query.fields & _ASKED_OF[matter]:
        return True
    return matter is Matter.FIGURE and _ASKS_FIGURE.search(query.text) is not None


def _is_meant(query: Query, asked: set[str], side: Said) -> bool:
    """Whether a side told is what a question is about, and not what its row or sentence tells beside it."""
    if side.task is not None:
        return True
    if side.row:
        name = fold(side.row)
        return name in query.text or _is_most(asked, chinese_pairs(name))
    parts = [(one.start(), one.end()) for one in _PARTS.finditer(side.quoted.quote)]
    at = side.value.start - side.quoted.start
    weights = [len(asked & chinese_pairs(fold(side.quoted.quote[a:b]))) for a, b in parts]
    own = next((w for (a, b), w in zip(parts, weights, strict=True) if a <= at < b), 0)
    return own == max(weights, default=0)


def _is_most(asked: set[str], name: set[str]) -> bool:
    return len(asked & name) >= max(_FEWEST_NAMED, _NAMED * len(name))


def _is_named(asked: set[str], one: Contradiction) -> bool:
    """Whether a question names what two places speak of, by most of what one of them calls it."""
    return any(_is_most(asked, chinese_pairs(name)) for name in one.names)


def _is_asked_for(query: Query, side: Said) -> bool:
    """Whether a question asks for a cell by its row and by what stands above it, be it in other words: 扣了几分 for 扣分."""
    head = "[^,，。;；]{0,3}".join(map(re.escape, fold(side.column)))
    return bool(head and fold(side.row) in query.text and re.search(head, query.text) is not None)


def _tells(draft: Draft, path: str, side: Said) -> bool:
    """Whether an answer cites a side and has its value as it is written."""
    return any(
        _has(said, side)
        and any(one.document.path == path and one.span.covers(side.value) for one in said.evidence)
        for said in draft.statements()
    )


def _has(said: Statement, side: Said) -> bool:
    """Whether a statement has the value of a side; one that is but a number may be that of another column."""
    value, text = _bare(side.value.quote), _bare(said.text)
    if side.column and len(value) < _SHORTEST_VALUE:
        cells = map(_bare, said.cells)
        return value in cells or f"{_bare(side.column)}为{value}" in text
    # 3.2026年9月底前: a day may follow the number of its item, 2.5 is no 5.
    before = r"(?<!\d)" if _DAY.match(value) else r"(?<![\d.])"
    number = re.compile(rf"{before}{re.escape(value)}(?![\d.])")
    return any(map(number.search, (text, *map(_bare, said.cells))))


def _bare(text: str) -> str:
    return "".join(fold(text).split())


def _remarked(draft: Draft) -> bool:
    """Whether an answer already says that places differ."""
    said = ("stated_twice_of_one", "wording_differs", "stated_otherwise")
    return any(one.text in map(phrase, said) for one in draft.statements())
