"""Whether a question names a figure of the text."""

from __future__ import annotations

from assistant.amounts import states_amount
from assistant.query import Query
from assistant.synonyms import synonyms_of, with_synonyms
from assistant.understanding.fields import asks_amount
from assistant.understanding.topic import specific_words
from ingest.records import Indicator
from vectorstore.folding import fold

# This share of a figure's name in the question, or all that the question says in the figure's name.
_NAMED = 0.6
_MOST_SAID = 0.4


def is_asked(indicator: Indicator, query: Query) -> bool:
    """Whether a question names a figure: most of its name, or by words that are all in it (PM2.5目标)."""
    name = fold(indicator.name)
    parts = {name[i : i + 2] for i in range(len(name) - 1)}
    asked = with_synonyms(f"{query.topic} {query.context}")
    if len(parts) < 2:
        return False  # a name is more than its unit's word
    unit = asks_amount(query.text)
    if unit and not states_amount(unit)(f"{indicator.value}{indicator.unit}"):
        return False  # 多少公里 asks for no 800吨/日
    if sum(part in asked for part in parts) >= _NAMED * len(parts):
        return True
    return says_all(indicator, query)


def says_all(indicator: Indicator, query: Query) -> bool:
    """Whether a figure's name holds all that a question says: PM2.5目标 of 全区PM2.5年均浓度."""
    name, words = fold(indicator.name), specific_words(query)
    said = sum(map(len, words)) >= _MOST_SAID * len("".join(query.topic.split()))
    return bool(words) and said and all(_names(name, word) for word in words)


def _names(name: str, word: str) -> bool:
    """Whether a folded name has a word, or another word for it."""
    return any(fold(one) in name for one in (word, *synonyms_of(word)))
