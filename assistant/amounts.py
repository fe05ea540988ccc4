"""Figures with a unit of measurement, as a question asks for them and a text states them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from assistant.vocabulary import load_words
from vectorstore.folding import fold_query

_NUMERAL = r"(?:\d+(?:[.,]\d+)*|[一二两三四五六七八九十百千万半]+)"
# Dates and numbers of clauses are no figures of a thing.
_NO_FIGURE = re.compile(
    r"(?:19|20)\d{2}\s*[年—\-~至]|\d{1,2}\s*[月日号](?!均)|^\s*[(（]?\d{1,2}\s*[)）.．、]|十[三四五]五"
)

# 146, 百分之五, 三家; a numeral alone may be part of a word.
FIGURE = re.compile(
    r"\d|百分之|[一二两三四五六七八九十百千万]+(?:个|家|台|辆|座|处|成|倍|项|次|吨|亩|户|人)"
)


def states_amount(unit: str) -> Callable[[str], bool]:
    """A test whether a text has a figure with a unit of measurement, or one that stands for it."""
    pattern = _amount(unit)
    return lambda text: pattern.search(without_dates(fold_query(text))) is not None


def without_dates(text: str) -> str:
    """A folded text in one line, blank where its digits are those of dates and numbers of clauses."""
    return _NO_FIGURE.sub(" ", "".join(text.split("\n")))


@cache
def _amount(unit: str) -> re.Pattern[str]:
    """Figures with a unit of measurement or one that stands for it: 多少台 may be answered with 8辆."""
    sets: list[list[str]] = load_words("questions")["amounts"]["sets"]
    same = next((words for words in sets if unit in words), [unit])
    return re.compile(
        rf"{_NUMERAL}[余多]?[万亿千百]?(?:个|立方)?(?:{'|'.join(map(re.escape, same))})"
    )
