"""Figures that a question adds up without naming each: as many kinds as it says, one for each year, those of all rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise

from assistant.composers.reckoning.figures_said import FigureSaid, figures_said
from assistant.composers.reckoning.parts_said import label_of
from assistant.query import Query
from assistant.understanding.reckonings import asked_years, with_years
from assistant.understanding.topic import specific_words
from assistant.words import chinese_pairs
from ingest.numerals import parse_spoken
from ingest.records import ParsedDocument
from vectorstore.folding import fold_query

# 两种改造, 三笔罚款: how many figures there are to add.
_AS_MANY = re.compile(
    r"(?<!第)(?P<count>[两二三四五六])(?:个|种|类|样|项|笔|块|家|处|拨|批)(?!月|年)"
)
_BESIDE = re.compile(r"^[\s\"“”]*[、和及][\s\"“”]*$")
_YEAR = re.compile(r"(?<!\d)(20\d{2})年")
_DONE = re.compile(r"已(?!下达)|完成")
_IN_ALL = re.compile(r"共|合计|累计|总计")
_NEAR = 6
_NOUN = 2


def of_as_many(text: str, figures: Sequence[FigureSaid]) -> list[FigureSaid]:
    """The figures that one sentence lists side by side, where they are as many as the question says: 两种改造."""
    count = _count(text)
    for _, group in groupby(figures, key=lambda one: one.place[0]):
        listed = list(group)
        beside = all(_are_listed(one, other) for one, other in pairwise(listed))
        if len(listed) == count and beside and len({one.unit for one in listed}) == 1:
            return listed
    return []


def of_years(query: Query, figures: Sequence[FigureSaid]) -> list[FigureSaid]:
    """For each year that the question names the one figure of what it asks last: 两年总共销号多少.

    A sentence that names no year tells of none, as 比上季度新增5项.
    """
    if not figures:
        return []
    text = with_years(query.text, figures[0].source.year)
    years = sorted(asked_years(text))
    if len(years) < 2:
        return []
    for word in reversed(_pairs_in_order(text)):
        chosen = [
            [one for one in figures if _year(one) == year and word in one.before[-_NEAR:]]
            for year in years
        ]
        if all(len(own) == 1 for own in chosen):
            return [own[0] for own in chosen]
    return []


def of_rows(query: Query, parsed: ParsedDocument, unit: str) -> list[FigureSaid]:
    """The figures of one noun that the question adds up, all over a document: 两笔罚款.

    They are as many as the question says, or each stands in a task of its own. What one of these states as a sum is of
    that task alone; a sum that the text states beside them stands for itself.
    """
    source, count = parsed.source, _count(query.text)
    if query.units or query.people or query.windows or query.status or query.task_numbers:
        return []  # those of some rows are not those of all
    figures = list(figures_said(source, [source.span(0, len(source.text))], unit))
    for noun in _nouns(query, figures):
        named = [one for one in figures if noun in one.before[-_NEAR:]]
        homes = [
            next((task.id for task in parsed.tasks if one.clause.start in task), "")
            for one in named
        ]
        alone = all(homes) and len(set(homes)) == len(homes)
        single = alone or not any(_IN_ALL.search(one.before) for one in named)
        others = (word for word in specific_words(query) if noun not in word)
        narrowed = any(word in fold_query(source.text) for word in others)
        if narrowed or len(named) < 2 or not single:
            continue
        if len(named) == count or (count is None and alone):
            return named
    return []


def holds_its_part(addends: Sequence[FigureSaid]) -> bool:
    """Whether one of some figures is what is done of another: 任务6项，已销号5项 are no two kinds."""
    return any(
        after.follows(before) and _DONE.search(after.before) and not _DONE.search(before.before)
        for before, after in pairwise(addends)
    )


def _count(text: str) -> int | None:
    match = _AS_MANY.search(text)
    return parse_spoken(match["count"]) if match else None


def _are_listed(one: FigureSaid, other: FigureSaid) -> bool:
    """Whether nothing but a mark of a list stands between two figures."""
    return _BESIDE.match(one.source.text[one.clause.end : other.clause.start]) is not None


def _year(one: FigureSaid) -> str | None:
    """The last year that the sentence of a figure names up to it."""
    said = _YEAR.findall(one.source.text[one.sentence.start : one.clause.end])
    return said[-1] if said else None


def _pairs_in_order(text: str) -> list[str]:
    """The neighbouring characters of a question in its order."""
    own = chinese_pairs(text)
    return [text[at : at + _NOUN] for at in range(len(text) - 1) if text[at : at + _NOUN] in own]


def _nouns(query: Query, figures: Sequence[FigureSaid]) -> list[str]:
    """The words of a question that stand right before figures."""
    nouns = (fold_query(label_of(one))[-_NOUN:] for one in figures)
    return [noun for noun in dict.fromkeys(nouns) if len(noun) == _NOUN and noun in query.text]
