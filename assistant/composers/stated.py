"""Whether sentences state a figure of the kind that a question asks for, of the thing it asks about.

A document may speak of a thing without the figure asked for (加快国四货车淘汰) beside other things that have one.
Such a question has no answer, however near the sentence is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from assistant.composers.wording import ROLE_FIELDS
from assistant.library import task_units
from assistant.query import Field, Query
from assistant.search import Found, with_synonyms
from assistant.understanding.fields import asks_amount, asks_beyond_fields
from assistant.vocabulary import load_words
from assistant.words import pairs
from vectorstore.folding import fold_query

_ASKS_DUTY = re.compile(
    r"谁(?:来|去)?(?:负责|管|牵头|主管|落实|承担|配合|验收)|由谁|归(?:谁|哪)|哪(?:个|家|些|几个)(?:局|委|部门|单位|科室|办|口)|(?:牵头|责任|配合|验收|承办|主办)(?:单位|部门|科室)"
)
# Whatever a text may call somebody who does something: generous, since a wrong refusal hides an answer.
_BODY = re.compile(
    r"[\u4e00-\u9fff](?:局|委|办|厅|部|镇|乡|街|村|科|队|中心|政府|公司|集团|园区|社区|街道|党组)|(?:各|有关|相关|责任|主管|执法)(?:部门|单位)|由[\u4e00-\u9fff]{2,}|负责人|[书县区市镇局]长"
)
_NUMERAL = r"(?:\d+(?:[.,]\d+)*|[一二两三四五六七八九十百千万半]+)"
_ANY_FIGURE = re.compile(
    r"\d|百分之|[一二两三四五六七八九十百千万]+(?:个|家|台|辆|座|处|成|倍|项|次|吨|亩|户|人)"
)
_PERCENT = re.compile(r"\d%|百分之|[一二三四五六七八九]成")
_ASKS_PERCENT = re.compile(r"百分之(?:几|多少)|几成|百分比")
_ASKS_FIGURE = re.compile(r"(?<!编号)(?<!文号)(?<!号码)多少|百分之几|几成")
# Dates and numbers of clauses are no figures of a thing.
_NO_FIGURE = re.compile(
    r"(?:19|20)\d{2}\s*[年—\-~至]|\d{1,2}\s*[月日号](?!均)|^\s*[(（]?\d{1,2}\s*[)）.．、]|十[三四五]五"
)
_SENTENCES = re.compile(r"[。；;\n]")
_CLAUSES = re.compile(r"[，,：:]")
# From this share of the question's character pairs on, a clause is about the very thing.
_NEARLY_ALL = 0.6


def figure_unstated(query: Query, chosen: Sequence[Found]) -> str:
    """What is asked for and not stated (以“辆”计的数量, 数值); empty where it is, or where no figure is asked for."""
    if query.asks_confirmation or not chosen or Field.DEADLINE in query.fields:
        return ""
    texts = [_bare(fold_query(one.span.quote)) for one in chosen]
    if unit := asks_amount(query.text):
        return "" if any(map(states_amount(unit), texts)) else f"以“{unit}”计的数量"
    if _ASKS_FIGURE.search(query.text):
        wanted = _PERCENT if _ASKS_PERCENT.search(query.text) else _ANY_FIGURE
        if _said_without(query, texts, wanted):
            return "所问的数值"
    return ""


def states_amount(unit: str) -> Callable[[str], bool]:
    """A test whether a text has a figure with a unit of measurement, or one that stands for it."""
    pattern = _amount(unit)
    return lambda text: pattern.search(_bare(fold_query(text))) is not None


def duty_unstated(query: Query, chosen: Sequence[Found]) -> bool:
    """Whether it is asked who has a duty, and what is said of the thing asked about names nobody.

    The sentences that say the most of what the question says count, with the units of their measure and task.
    """
    if query.fields - ROLE_FIELDS.keys() or asks_beyond_fields(query.text):
        return False  # the rest of the question has an answer
    if query.asks_confirmation or not _ASKS_DUTY.search(query.text) or not chosen:
        return False
    asked = pairs(with_synonyms(query.topic))
    shares = [len(asked & pairs(fold_query(one.span.quote))) for one in chosen]
    best = max(shares)
    nearest = [one for one, share in zip(chosen, shares, strict=True) if share == best]
    return best > 0 and not any(_names_a_body(one) for one in nearest)


def _names_a_body(one: Found) -> bool:
    task, measure = one.place.task, one.place.measure
    if (measure is not None and measure.units) or (task is not None and task_units(task)):
        return True
    return (task is not None and bool(task.leaders)) or _BODY.search(one.span.quote) is not None


@cache
def _amount(unit: str) -> re.Pattern[str]:
    """Figures with a unit of measurement or one that stands for it: 多少台 may be answered with 8辆."""
    sets: list[list[str]] = load_words("questions")["amounts"]["sets"]
    same = next((words for words in sets if unit in words), [unit])
    return re.compile(
        rf"{_NUMERAL}[余多]?[万亿千百]?(?:个|立方)?(?:{'|'.join(map(re.escape, same))})"
    )


def _bare(text: str) -> str:
    return _NO_FIGURE.sub(" ", "".join(text.split("\n")))


def _said_without(query: Query, texts: Iterable[str], wanted: re.Pattern[str]) -> bool:
    """Whether a clause says nearly all that the question says and no figure, and none with one says as much."""
    asked = pairs(with_synonyms(query.topic))
    without, with_figure = 0.0, 0.0
    for sentence in (part for text in texts for part in _SENTENCES.split(text)):
        named = 0.0  # a figure may belong to what a clause before it names
        for clause in _CLAUSES.split(sentence):
            share = len(asked & pairs(clause)) / max(1, len(asked))
            named = max(named, share)
            if wanted.search(clause):
                with_figure = max(with_figure, named)
            else:
                without = max(without, share)
    return without >= _NEARLY_ALL and without > with_figure
