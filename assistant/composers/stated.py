"""Whether sentences state a figure of the kind that a question asks for, of the thing it asks about.

A document may speak of a thing without the figure asked for (加快国四货车淘汰) beside other things that have one.
Such a question has no answer, however near the sentence is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.amounts import states_amount, without_dates
from assistant.composers.wording import ROLE_FIELDS
from assistant.library import task_units
from assistant.query import Field, Query
from assistant.ranking.asked import asks_duty
from assistant.ranking.shapes import names_body
from assistant.search import Found
from assistant.synonyms import with_synonyms
from assistant.understanding.fields import asks_amount, asks_beyond_fields
from assistant.words import pairs
from vectorstore.folding import fold_query

_ANY_FIGURE = re.compile(
    r"\d|百分之|[一二两三四五六七八九十百千万]+(?:个|家|台|辆|座|处|成|倍|项|次|吨|亩|户|人)"
)
_PERCENT = re.compile(r"\d%|百分之|[一二三四五六七八九]成")
_ASKS_PERCENT = re.compile(r"百分之(?:几|多少)|几成|百分比")
_ASKS_FIGURE = re.compile(r"(?<!编号)(?<!文号)(?<!号码)多少|百分之几|几成")
_SENTENCES = re.compile(r"[。；;\n]")
_CLAUSES = re.compile(r"[，,：:]")
# From this share of the question's character pairs on, a clause is about the very thing.
_NEARLY_ALL = 0.6


def figure_unstated(query: Query, chosen: Sequence[Found]) -> str:
    """What is asked for and not stated (以“辆”计的数量, 数值); empty where it is, or where no figure is asked for."""
    if query.asks_confirmation or not chosen or Field.DEADLINE in query.fields:
        return ""
    texts = [without_dates(fold_query(one.span.quote)) for one in chosen]
    if unit := asks_amount(query.text):
        return "" if any(map(states_amount(unit), texts)) else f"以“{unit}”计的数量"
    if _ASKS_FIGURE.search(query.text):
        wanted = _PERCENT if _ASKS_PERCENT.search(query.text) else _ANY_FIGURE
        if _said_without(query, texts, wanted):
            return "所问的数值"
    return ""


def duty_unstated(query: Query, chosen: Sequence[Found]) -> bool:
    """Whether it is asked who has a duty, and what is said of the thing asked about names nobody.

    The sentences that say the most of what the question says count, with the units of their measure and task.
    """
    if query.fields - ROLE_FIELDS.keys() or asks_beyond_fields(query.text):
        return False  # the rest of the question has an answer
    if query.asks_confirmation or not asks_duty(query.text) or not chosen:
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
    return (task is not None and bool(task.leaders)) or names_body(one.span.quote)


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
