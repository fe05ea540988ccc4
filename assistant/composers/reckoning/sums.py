"""Sums of figures that one paragraph states for years, stages or kinds of one thing: 2026年120公里, 2027年140公里."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby, pairwise

from assistant.composers.reckoning.figures_said import FigureSaid, figures_said, shared_pairs
from assistant.composers.reckoning.paragraphs import paragraphs_of
from assistant.composers.reckoning.series_said import by_time
from assistant.composers.tables.series import decimal_text
from assistant.composers.wording import cite
from assistant.draft import Block, Statement, paragraph
from assistant.library import Library
from assistant.query import Query
from assistant.search import SentenceSearch
from assistant.understanding.reckonings import asked_sum, asked_total, asked_years
from assistant.words import pairs, tagged
from ingest.numerals import parse_number
from prompts import phrase
from vectorstore.folding import fold_query

_FEWEST_SHARED = 2
_STRETCH = re.compile(r"([两二三四五])(?:个)?(?:年|期|季度)")
_SUMMABLE = re.compile(r"^[^%/率]+$")
_BOUND = re.compile(r"以上|以下|以内|以外|不少于|不超过|不低于|不高于|至少|最多|累计")
_SHORTEST_KIND = 2
_NAMED = re.compile(
    r"((?:[A-Za-z\u4e00-\u9fff]{2,6}[、和跟与])+[A-Za-z\u4e00-\u9fff]{2,6}?)(?:这?[几两三四五]\S)?(?=一共|合计|总共|共计|加起来|加一块|加在?一起|合起来|相加)"
)


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
        asked = f"{query.topic} {query.context}"
        for source, stretch, title in paragraphs_of(self._search.find(query, query.documents)):
            shared = shared_pairs(asked, f"{title} {stretch.quote}")
            figures = list(figures_said(source, [stretch], unit))
            figures = [one for one in figures if not _BOUND.search(one.clause.quote)]
            said = [one for one in figures if one.unit == unit] or figures
            # Figures of the very names in question need less of a common thing to be meant.
            addends = _named_ones(query.text, said) if shared else []
            if not addends and shared >= _FEWEST_SHARED:
                addends = _series(query.text, said)
            if addends:
                return [paragraph(self._worded(addends, asked_total(query.text)))]
        return []

    def _worded(self, addends: Sequence[FigureSaid], stated: str) -> Statement:
        """The sum, and whether it is what the question sets it against."""
        total = sum((one.value for one in addends), Decimal(0))
        summed = f"{decimal_text(total)}{addends[0].unit}"
        said = "".join(f"“{one.said}”" for one in addends)
        text = phrase("sum", addends=said, total=summed)
        if stated:
            verdict = phrase("same" if summed == stated else "not_same")
            text += phrase("sum_against", stated=stated, verdict=verdict)
        spans = dict.fromkeys(one.sentence for one in addends)
        evidence = cite(self._library, addends[0].source, *spans)
        return Statement(text, evidence, computed=(text,))


def _named_ones(text: str, figures: Sequence[FigureSaid]) -> list[FigureSaid]:
    """The figures of the kinds that the question adds up by name; none where it names one that has no figure."""
    match = _NAMED.search(text)
    if match is None:
        return []
    first, *between, last = re.split("[、和跟与]", match.group(1))
    # Before the first stands what leads up to it (靠选调), behind the last what all of them are (乙级企业).
    endings = [first[start:] for start in range(len(first) - _SHORTEST_KIND + 1)]
    openings = [last[:end] for end in range(len(last), _SHORTEST_KIND - 1, -1)]
    kinds = [_said_of(endings, figures), *between, _said_of(openings, figures)]
    # Kinds are wholes of their own, or all of them parts of one: 其中甲区27家、乙区24家.
    chosen = next(
        (
            [one for one in alike if any(_is_of(kind, one) for kind in kinds)]
            for alike in ([one for one in figures if one.part is part] for part in (False, True))
            if all(kind and any(_is_of(kind, one) for one in alike) for kind in kinds)
        ),
        [],
    )
    alike = len({one.unit for one in chosen}) == 1
    return chosen if alike and len(chosen) >= len(kinds) else []


def _said_of(names: Sequence[str], figures: Sequence[FigureSaid]) -> str:
    """The first of some forms of a name that a figure is said of, or nothing."""
    return next((one for one in names if any(_is_of(one, said) for said in figures)), "")


def _is_of(name: str, figure: FigureSaid) -> bool:
    """Whether a figure is said of what a folded question names: a级."""
    return name in fold_query(figure.said)


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


def _asked_of(text: str, series: Sequence[tuple[str, FigureSaid]]) -> list[FigureSaid]:
    """The members that the question names, or all if it says as many as there are."""
    named = asked_years(text) | {label for label, _ in series if label in text}
    chosen = [one for label, one in series if label in named]
    if chosen:
        years = {label for label in named if label.isdigit()}
        complete = years <= {label for label, _ in series}
        return chosen if len(chosen) > 1 and complete else []
    number = _STRETCH.search(text)
    count = parse_number(number.group(1).replace("两", "二")) if number else None
    return [one for _, one in series] if series and count == len(series) else []


def _of_kind(text: str, figures: Sequence[FigureSaid]) -> list[FigureSaid]:
    """Neighbouring figures of one kind, which the question names: 正科级干部1名，副科级干部2名."""
    befores = [one.before for one in figures]
    kind = _common_ending(befores)
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


def _common_ending(texts: Sequence[str]) -> str:
    """The longest ending that all texts have."""
    shortest = min(texts, key=len, default="")
    endings = (shortest[start:] for start in range(len(shortest) + 1))
    return next(end for end in endings if all(text.endswith(end) for text in texts))
