"""Sums of figures that one paragraph states for years, stages or kinds of one thing: 2026年120公里, 2027年140公里."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby, pairwise

from assistant.composers.reckoning.addends import (
    holds_its_part,
    of_as_many,
    of_rows,
    of_years,
)
from assistant.composers.reckoning.figures_said import (
    FigureSaid,
    amounts_said,
    figures_said,
    shared_pairs,
    units_of,
    whole_sentence,
)
from assistant.composers.reckoning.paragraphs import paragraphs_about
from assistant.composers.reckoning.parts_said import common_ending, selected
from assistant.composers.reckoning.remainders import in_unit
from assistant.composers.reckoning.series_said import by_time
from assistant.composers.tables.series import decimal_text
from assistant.composers.wording import cite
from assistant.draft import Block, Statement, paragraph
from assistant.library import Library
from assistant.query import Query
from assistant.search import Found, SentenceSearch
from assistant.understanding.operands import things_said
from assistant.understanding.reckonings import (
    asked_sum,
    asked_total,
    asked_years,
    summed_parts,
    without_left_out,
)
from assistant.words import pairs, tagged
from ingest.numerals import parse_spoken
from prompts import phrase

_STRETCH = re.compile(r"([两二三四五])(?:个)?(?:年|期|季度)")
# 再建40公里 comes on top of what was told before.
_ON_TOP = re.compile(r"(?:再|另|又)(?!次|生)[\u4e00-\u9fff]{0,6}(?:约|不少于|不低于)?$")
_AT_LEAST = re.compile(r"以上|不少于|不低于|至少")
_AT_MOST = re.compile(r"以内|以下|不超过|不高于|最多|累计")
_SUMMABLE = re.compile(r"^[^%/率]*$")
_SHORTEST_KIND = 2
_MOST_SENTENCES, _FEWEST_SHARED = 4, 2
_JOINED = "(?:加上?|连上|连同|外加|算上|以及|和|跟|与|、)"


class SumComposer:
    """Adds up figures of one unit that the text states side by side, where the question asks for their sum."""

    def __init__(self, library: Library, search: SentenceSearch) -> None:
        self._library = library
        self._search = search

    def blocks(self, query: Query) -> list[Block]:
        """The sum and what it is made of; nothing where the figures are not sure to be of one thing."""
        unit = asked_sum(query.text)
        if unit is None or not _SUMMABLE.search(unit):
            return []
        found = self._search.find(query, query.documents)
        text, left_out = without_left_out(query.text)
        parts = summed_parts(text)
        count = len(parts) if len(parts) > 1 else things_said(text)
        addends = selected(query, found, parts, unit, left_out=left_out)
        # Of parts some may be named with nothing to join them; how many there are may be said outright.
        unsure = count is not None and len(parts) < 2 and len(addends) != count
        if not left_out and (not addends or unsure or holds_its_part(addends)):
            candidates = [
                *_as_many(query, found, unit, parts, count),
                *([] if not addends or unsure else [addends]),
                *self._candidates(query, found, unit),
            ]
            addends = next((one for one in candidates if one and not holds_its_part(one)), [])
        return [paragraph(self._worded(addends, asked_total(query.text)))] if addends else []

    def _candidates(
        self, query: Query, found: Sequence[Found], unit: str
    ) -> Iterator[list[FigureSaid]]:
        """The neighbouring figures of one thing in the paragraphs that state such, and those of a whole document."""
        for source, stretch in paragraphs_about(query, found):
            for one in [unit] if unit else units_of(stretch):
                said = amounts_said(source, stretch, one)
                yield _series(query.text, said)
                yield _steps(query.text, amounts_said(source, stretch, one, bounds=True))
                yield of_years(query, said)
        if found and unit:
            yield of_rows(query, self._library[found[0].source.path], unit)

    def _worded(self, addends: Sequence[FigureSaid], stated: str) -> Statement:
        """The sum, and whether it is what the question sets it against."""
        # 5000元 and 3万元 are added up in the larger unit.
        largest = max(addends, key=lambda one: one.figure.value / (one.value or 1))
        total = sum((one.in_unit_of(largest) for one in addends), Decimal(0))
        about = "约" if any(one.is_about for one in addends) else ""
        if any(_AT_LEAST.search(one.clause.quote) for one in addends):
            about = phrase("at_least")
        summed = f"{about}{decimal_text(total)}{largest.unit}"
        said = "".join(f"“{one.said}”" for one in addends)
        text = phrase("sum", addends=said, total=summed)
        if stated:
            verdict = phrase("same" if summed == stated else "not_same")
            text += phrase("sum_against", stated=stated, verdict=verdict)
        spans = dict.fromkeys(one.sentence for one in addends)
        evidence = cite(self._library, addends[0].source, *spans)
        return Statement(text, evidence, computed=(text,))


def _as_many(
    query: Query, found: Sequence[Found], unit: str, parts: Sequence[str], count: int | None
) -> Iterator[list[FigureSaid]]:
    """As many figures as the question adds up, in one of the best sentences or in a row of a list."""
    if count is None or not (unit or len(parts) > 1) or len(asked_years(query.text)) > 1:
        return
    asked = f"{query.topic} {query.context}"
    for one in found[:_MOST_SENTENCES]:
        stretch = whole_sentence(one)
        # The very best sentence may call what is asked otherwise.
        fewest = 1 if one is found[0] and len(parts) > 1 else _FEWEST_SHARED
        if shared_pairs(asked, f"{one.place.title} {stretch.quote}") < fewest:
            continue
        for own in [unit] if unit else units_of(stretch):
            said = figures_said(one.source, [stretch], own, near=True, each=True)
            yield of_as_many(count, parts, in_unit(said, own))


def _series(text: str, said: Sequence[FigureSaid]) -> list[FigureSaid]:
    """The one series of neighbouring figures that the question asks the sum of."""
    sentences = [list(group) for _, group in groupby(said, key=lambda one: one.place[0])]
    found = [
        chosen
        for figures in sentences
        if (
            chosen := _asked_of(text, by_time(figures))
            or _of_kind(text, figures)
            or _told_apart(text, figures)
        )
    ]
    return found[0] if len(found) == 1 else []


def _steps(text: str, figures: Sequence[FigureSaid]) -> list[FigureSaid]:
    """What is done first and what is done on top of it, where the question asks what both come to: 再建40公里."""
    number = _STRETCH.search(text)
    count = parse_spoken(number.group(1)) if number else None
    steps = [one for one in figures if not (one.part or _AT_MOST.search(one.clause.quote))]
    on_top = [one for one in steps if _ON_TOP.search(one.before)]
    return steps if len(steps) == count and on_top == steps[1:] else []


def _asked_of(text: str, series: Sequence[tuple[str, FigureSaid]]) -> list[FigureSaid]:
    """The members that the question names, or all if it says as many as there are."""
    named = asked_years(text) | {label for label, _ in series if label in text}
    chosen = [one for label, one in series if label in named]
    if chosen:
        years = {label for label in named if label.isdigit()}
        complete = years <= {label for label, _ in series}
        return chosen if len(chosen) > 1 and complete else []
    number = _STRETCH.search(text)
    count = parse_spoken(number.group(1)) if number else None
    return [one for _, one in series] if series and count == len(series) else []


def _of_kind(text: str, figures: Sequence[FigureSaid]) -> list[FigureSaid]:
    """Neighbouring figures of one kind, which the question names: 正科级干部1名，副科级干部2名."""
    befores = [one.before for one in figures]
    kind = common_ending(befores)
    neighbours = all(after.follows(before) for before, after in pairwise(figures))
    if len(figures) < 2 or not neighbours or any(one.part for one in figures):
        return []
    # 查出企业5家，整改企业4家 are no two kinds of one thing: each has a verb of its own.
    if any(flag.startswith("v") for before in befores[1:] for _, flag in tagged(before)):
        return []
    # Where only some of them are named, not all are asked for.
    named = [bool(pairs(before.removesuffix(kind)) & pairs(text)) for before in befores]
    said = any(kind[start:] in text for start in range(len(kind) - _SHORTEST_KIND + 1))
    return list(figures) if said and len(set(named)) == 1 else []


def _told_apart(text: str, figures: Sequence[FigureSaid]) -> list[FigureSaid]:
    """Neighbouring figures each of which has a word of its own in the question: 公交车36辆，环卫车9辆."""
    words = [pairs(one.before) & pairs(text) for one in figures]
    own = [
        one
        for place, one in enumerate(figures)
        if words[place] - set().union(*words[:place], *words[place + 1 :])
    ]
    neighbours = all(after.follows(before) for before, after in pairwise(own))
    units = {one.unit for one in own}
    if len(own) < 2 or not neighbours or len(units) > 1 or any(one.part for one in own):
        return []
    # What is found and what is mended of it are no two kinds of one thing, unless the question adds them up itself.
    verbs = (word for one in own[1:] for word, flag in tagged(one.before) if flag.startswith("v"))
    return own if all(re.search(f"{_JOINED}{word}", text) for word in verbs) else []
