"""What the rest is of which a text gives no number: 混接点312处, 2025年底前改造180处, 2026年完成其余混接点改造."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.composers.reckoning.figures_said import FigureSaid, figures_said
from assistant.composers.tables.series import decimal_text
from assistant.composers.wording import cite
from assistant.draft import Block, Statement, paragraph
from assistant.library import Library
from assistant.proof.quantities import quantities
from assistant.query import Query
from assistant.search import Found, SentenceSearch
from assistant.understanding.reckonings import asked_count
from assistant.words import chinese_pairs
from ingest.records import Span
from prompts import phrase
from vectorstore.folding import fold

_MOST_SENTENCES = 4
# 其余混接点: what the rest is of, without a number of its own.
_REST = re.compile(r"(?:其余|剩余|余下|剩下)的?(?P<thing>[\u4e00-\u9fff]{2,6})")
_CLAUSE = re.compile(r"[^，,。；;\n]+")
# No more than when and what is done: 2025年底前改造.
_BARE = re.compile(
    r"^\s*(?:其中)?(?:20\d{2}年)?(?:\d{1,2}月)?(?:\d{1,2}日|年?[底末])?前?(?:已|先|计划)?(?:完成)?[\u4e00-\u9fff]{0,2}$"
)
_ASKED = re.compile(r"[剩余还再]|清零|另外|没")


class RestComposer:
    """Subtracts the only stated part of a thing from the only whole, where the text speaks of the rest of it."""

    def __init__(self, library: Library, search: SentenceSearch) -> None:
        self._library = library
        self._search = search

    def blocks(self, query: Query) -> list[Block]:
        """The rest; nothing unless one task states the whole, one part and that the rest comes after it."""
        unit = asked_count(query.text)
        if unit is None or query.fields or not _ASKED.search(query.text):
            return []
        for found in self._search.find(query, query.documents)[:_MOST_SENTENCES]:
            for thing, clause in _rests(found, query):
                stated = _stated(found, thing, unit)
                if len(stated) == 2:
                    return [paragraph(self._worded(stated, clause, found))]
        return []

    def _worded(self, stated: Sequence[FigureSaid], rest: Span, found: Found) -> Statement:
        whole, part = stated
        text = phrase(
            "rest_of",
            whole=whole.said,
            part=part.said,
            rest=rest.quote.strip(),
            left=f"{decimal_text(whole.value - part.value)}{whole.unit}",
        )
        spans = dict.fromkeys([whole.sentence, part.sentence, rest])
        return Statement(text, cite(self._library, found.source, *spans), computed=(text,))


def _rests(found: Found, query: Query) -> list[tuple[str, Span]]:
    """The things of a sentence of which it names the rest without its number, where the question names them."""
    asked = chinese_pairs(query.text)
    rests = []
    for match in _CLAUSE.finditer(found.span.quote):
        rest = _REST.search(match.group())
        if rest is None or quantities(fold(match.group()[rest.start() :])):
            continue
        words = rest["thing"]
        shared = next((words[:n] for n in range(len(words), 1, -1) if words[:n] in query.text), "")
        if shared and chinese_pairs(shared) & asked:
            start = found.span.start + match.start()
            rests.append((shared, found.source.span(start, start + len(match.group()))))
    return rests


def _stated(found: Found, thing: str, unit: str) -> list[FigureSaid]:
    """The whole of a thing and the one part of it that is told before the rest; empty where there are more."""
    figures = [
        one
        for one in figures_said(found.source, _stretches(found), unit)
        if one.clause.start < found.span.end
    ]
    named = [one for one in figures if one.before.rstrip().endswith(thing)]
    # 改造150处 behind 错接点260处 is of these.
    goes_on = [
        one for one in figures if named and one.follows(named[0]) and _BARE.match(one.before)
    ]
    kept = list({one.figure.value: one for one in (*named, *goes_on)}.values())
    if len(kept) != 2 or any(one.is_about for one in kept):
        return []
    whole, part = sorted(kept, key=lambda one: -one.figure.value)
    return (
        [whole, part] if whole.unit == part.unit and whole.clause.start < part.clause.start else []
    )


def _stretches(found: Found) -> Sequence[Span]:
    """The task that a sentence stands in, or its paragraph."""
    if found.place.task is not None:
        return found.place.task.stretches
    text = found.source.text
    end = text.find("\n", found.span.end)
    start = text.rfind("\n", 0, found.span.start) + 1
    return [found.source.span(start, end if end >= 0 else len(text))]
