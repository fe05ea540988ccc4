"""What a question asks for, as far as the words of a sentence can show it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.amounts import states_amount
from assistant.query import DUTY_FIELDS, Field, Query, Window
from assistant.ranking.shapes import Group, Shape, Shapes
from assistant.synonyms import with_synonyms
from assistant.understanding.fields import asks_amount
from assistant.understanding.topic import specific_words
from assistant.vocabulary import Attribute, asked_attributes
from assistant.words import cut, pairs
from vectorstore.folding import fold

_NUMBER = re.compile(r"多少|几[^乎]|百分之|数值|比例|规模|浓度|多大|多高|幅度|率")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_HOW = re.compile(r"怎么|咋|如何|办法|措施|干啥|做什么|干什么|干点|[用拿](?:啥|什么)")
_OFTEN = re.compile(r"多久|几[次遍轮回]|频次|频率|多长时间|多少[次遍]|隔")
_DUTY = re.compile(
    r"谁(?:来|去)?(?:负责|管|牵头|主管|落实|承担|配合|验收)|由谁|归(?:谁|哪)"
    r"|哪(?:个|家|些|几个)(?:局|委|部门|单位|科室|办|口)|(?:牵头|责任|配合|验收|承办|主办)(?:单位|部门|科室)"
)
_KIND = re.compile(r"(?:哪[一几两三四]?|第几)(?:个|家|位|些|种|类|条|项|座)?([\u4e00-\u9fff]{2,5})")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in the parts that sentences are measured by.

    `weights` are shares of the topic's pairs of characters, synonyms included, that the documents have: what
    few sentences hold counts more; `years` are those named or meant; `near` is the task or section to stay in, `focus` the one that an elliptical
    question goes back to, and `told` the pairs of what was said before.
    """

    query: Query
    weights: Mapping[str, float]
    pairs: frozenset[str]
    characters: frozenset[str]
    runs: tuple[str, ...]
    words: tuple[str, ...]
    numbers: tuple[str, ...]
    years: frozenset[str]
    attributes: tuple[Attribute, ...]
    kind: str
    states_amount: Callable[[str], bool] | None
    asks_number: bool
    asks_how: bool
    asks_how_often: bool
    asks_duty: bool
    near: Group | None = None
    focus: Group | None = None
    told: frozenset[str] = frozenset()

    def asks(self, field: Field) -> bool:
        return field in self.query.fields

    def mentions_window(self, shape: Shape) -> bool:
        """Whether a sentence names the month or the year-end that the question names."""
        return any(_mentions(window, shape.text) for window in self.query.windows)


def asked_in(
    query: Query,
    topic: str,
    shapes: Shapes,
    documents: Sequence[str] | None,
    near: Group | None = None,
    focus: Group | None = None,
) -> Asked:
    """What a question asks, searched by `topic` within `documents` (None is all)."""
    wanted = pairs(with_synonyms(topic))
    total = shapes.sentences(documents)
    counts = {pair: shapes.holding(pair, documents) for pair in wanted}
    rarity = {
        pair: math.log((total + 1) / (count + 0.5)) for pair, count in counts.items() if count
    }
    whole = math.fsum(rarity.values()) or 1.0
    text, unit = query.text, asks_amount(query.text)
    folded = fold(topic)
    return Asked(
        query=query,
        weights={pair: weight / whole for pair, weight in rarity.items()},
        pairs=frozenset(pairs(folded)),
        characters=frozenset(re.findall(r"[\u4e00-\u9fff]", topic)),
        runs=tuple(folded.split()),
        words=tuple(map(fold, specific_words(query))),
        numbers=tuple(re.findall(r"\d+(?:\.\d+)?", text)),
        years=years_meant(query),
        attributes=tuple(asked_attributes(text)),
        kind=asked_kind(text),
        states_amount=states_amount(unit) if unit else None,
        asks_number=_NUMBER.search(text) is not None,
        asks_how=_HOW.search(text) is not None,
        asks_how_often=_OFTEN.search(text) is not None,
        asks_duty=asks_duty(text) or bool(query.fields & DUTY_FIELDS),
        near=near,
        focus=focus,
        told=frozenset(pairs(fold(query.context))) if focus else frozenset(),
    )


def years_meant(query: Query) -> frozenset[str]:
    """The years that a question names or means."""
    meant = {
        str(one.year)
        for window in query.windows
        if not window.any_year
        for one in (window.earliest, window.latest)
        if one is not None
    }
    return frozenset(meant | set(_YEAR.findall(query.text)))


def asks_duty(text: str) -> bool:
    """Whether it is asked who has a duty."""
    return _DUTY.search(text) is not None


@lru_cache(maxsize=64)
def asked_kind(text: str) -> str:
    """What kind of thing a question asks for by name: 督察组 of 哪个督察组; its answer has that word."""
    match = _KIND.search(text)
    return next((word for word in cut(match.group(1)) if len(word) >= 2), "") if match else ""


def _mentions(window: Window, text: str) -> bool:
    first, last = window.earliest, window.latest
    if first is None or last is None or (first.year, first.month) != (last.year, last.month):
        return False
    year_fits = window.any_year or f"{last.year}年" in text
    return year_fits and (
        f"{last.month}月" in text or (last.month == 12 and bool(re.search("年底|年末", text)))
    )
