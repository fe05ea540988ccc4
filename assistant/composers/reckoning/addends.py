"""Figures that a question adds up without naming each: as many kinds as it says, one for each year, those of all rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from assistant.composers.reckoning.figures_said import FigureSaid, figures_said
from assistant.composers.reckoning.parts_said import label_of
from assistant.query import Query
from assistant.understanding.operands import things_said
from assistant.understanding.reckonings import asked_years, with_years
from assistant.understanding.topic import specific_words
from assistant.words import chinese_pairs, tagged
from ingest.records import ParsedDocument
from vectorstore.folding import fold_query

_YEAR = re.compile(r"(?<!\d)(20\d{2})年")
_DONE = re.compile(r"已(?!下达)|完成|实际")
_LEFT, _NOT_DONE = re.compile(r"剩余|其余|尚|仍|还有"), re.compile(r"[未没]")
_IN_ALL = re.compile(r"共(?!享|用)|合计|累计|总计|总量|总数|总规模")
_NAMES = ("nr", "ns", "nt", "nz")
_PLACES = ("镇", "乡", "街道", "村", "县", "厂", "公司", "园区", "河", "湖")
_UNTIL = re.compile(r"截[至止]到?20\d{2}年[底末]?")
_BESIDE = re.compile(r"^[\s\"“”]*[、和及][\s\"“”]*$")
_LONGEST_BARE = 4
_NEAR = 6
_NOUN = 2
_A_PLACE = re.compile(r"\W*[\u4e00-\u9fff]{1,4}(?:镇|乡|街道|村|县|区|市)\W*")
_LONGEST_NAME = 6


def of_as_many(count: int, parts: Sequence[str], figures: Sequence[FigureSaid]) -> list[FigureSaid]:
    """The figures of a sentence, where they are as many as the things that are added up: 两批小区, 砍掉的和往后推的.

    What shares out another one of them, or adds them up, is none of these. Where the sentence has more, they are those
    that the one part of a question names (西河区 in two stages).
    """
    whole = [
        one for one in figures if not one.part and not _adds_up(one, figures) and _is_amount(one)
    ]
    if len(parts) == 1:
        named = [one for one in figures if _is_named(parts[0], one, figures)]
        if len(named) == count < len(figures):
            return named if len({one.unit for one in named}) == 1 else []
        others = (word for one in whole if one not in named for word, _ in tagged(label_of(one)))
        if named and any(word.endswith(_PLACES) and word not in parts[0] for word in others):
            return []
    if len(whole) != count or len({one.unit for one in whole}) > 1 or not _are_of_one_thing(whole):
        return []
    return whole if _may_be_called_so(parts, whole) else []


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
    source, count = parsed.source, things_said(query.text)
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
    return any(_is_part_of(after, before) for before, after in pairwise(addends))


def _is_part_of(after: FigureSaid, before: FigureSaid) -> bool:
    """Whether a figure is what is done of the one before it, or what is left of it: 剩余9家未装 behind 完成49家."""
    if _LEFT.search(after.before) and _NOT_DONE.search(after.clause.quote):
        return True
    is_done = _DONE.search(after.before) is not None and _DONE.search(before.before) is None
    # 截至2022年底 tells until when, 2024年已完成 of another year.
    return is_done and _YEAR.search(_UNTIL.sub(" ", after.before)) is None


def _adds_up(one: FigureSaid, figures: Sequence[FigureSaid]) -> bool:
    """Whether a figure is said to be a sum, or is that of the others."""
    others = [other for other in figures if other is not one and other.unit == one.unit]
    total = sum((other.value for other in others), Decimal(0))
    return _IN_ALL.search(one.before) is not None or (len(others) > 1 and total == one.value)


def _is_amount(one: FigureSaid) -> bool:
    return one.figure.unit != "%" and not one.is_set_aside


def _is_named(part: str, one: FigureSaid, figures: Sequence[FigureSaid]) -> bool:
    """Whether the label of a figure ends with a word of a part that other figures have not all."""
    label = fold_query(label_of(one))
    ends = [label[-length:] for length in range(_NOUN, min(len(label), _LONGEST_NAME) + 1)]
    own = [end for end in ends if end in part]
    return any(sum(end in label_of(other) for other in figures) < len(figures) for end in own)


def _are_of_one_thing(figures: Sequence[FigureSaid]) -> bool:
    """Whether what each figure is of stands beside the fullest of them too, if it says more than a place or a time.

    Nothing but a mark between them makes them one list: 空气源热泵改造1800户、生物质炉具更换650户.
    """
    text = figures[0].source.text
    if all(
        _BESIDE.match(text[one.clause.end : other.clause.start]) for one, other in pairwise(figures)
    ):
        return True
    fullest = max((one.pairs for one in figures), key=len)
    return all(
        one.pairs & fullest or len(one.pairs) <= 1 or _A_PLACE.fullmatch(one.words)
        for one in figures
    )


def _may_be_called_so(parts: Sequence[str], figures: Sequence[FigureSaid]) -> bool:
    """Whether each part has a word of the sentence, or no name that would tell it from what the sentence has."""
    text = fold_query(figures[0].source.text)
    sentence = fold_query(" ".join(one.sentence.quote for one in figures))
    # Where some stand there by their names, one that does not is another thing: 西坪 of 东岭、南桥、西坪.
    heads = [part.strip()[:_NOUN] in sentence for part in parts]
    if any(len(part) <= _LONGEST_BARE and part in sentence for part in parts) and not all(heads):
        return False
    for part in parts:
        if chinese_pairs(part) & chinese_pairs(sentence):
            continue
        names = (word for word, flag in tagged(part) if flag in _NAMES or word.endswith(_PLACES))
        if len(parts) > 1 and any(word not in text or word not in sentence for word in names):
            return False
    return True


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
