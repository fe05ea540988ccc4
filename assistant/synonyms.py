"""The genre's other words for what a question names."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from assistant.vocabulary import load_words

# 五厂 is the fifth of the works that a place numbers.
_NUMBERED_WORKS = re.compile(r"(?<!第)([一二三四五六七八九])厂(?!房|区|家|长|界)")


def with_synonyms(topic: str) -> str:
    """A topic with the genre's other words for what it names (趴窝 → 停运)."""
    return " ".join((topic, *synonyms_of(topic)))


def says(word: str, text: str) -> bool:
    """Whether a text has a word, or another word of the genre for the same."""
    return any(one in text for one in (word, *synonyms_of(word)))


def other_names(word: str) -> tuple[str, ...]:
    """The other names of one and the same thing: 危险废物 for 危废."""
    return _beside(word, load_words("questions")["synonyms"]["names"])


def words_for(word: str) -> tuple[str, ...]:
    """The genre's other words for what is called by exactly a word: 黑臭水体 for 臭水沟."""
    return _beside(word, _sets()[0])


def _beside(word: str, sets: list[list[str]]) -> tuple[str, ...]:
    """What stands beside a word in some sets of words."""
    return tuple(one for known in sets if word in known for one in known if one != word)


# Ranking, refusing and composing all ask for those of one topic.
@lru_cache(maxsize=64)
def synonyms_of(topic: str) -> tuple[str, ...]:
    """The genre's other words for what a topic names."""
    sets, beginnings = _sets()
    named = {
        number
        for start in range(len(topic) - 1)
        for word, number in beginnings.get(topic[start : start + 2], ())
        if topic.startswith(word, start)
    }
    added = [word for number in sorted(named) for word in sets[number] if word not in topic]
    added += [f"第{number}污水处理厂" for number in _NUMBERED_WORKS.findall(topic)]
    return tuple(dict.fromkeys(added))


@cache
def _sets() -> tuple[list[list[str]], dict[str, list[tuple[str, int]]]]:
    """The sets of words of one meaning, and the words of two characters and more by their first two, with their set's
    number: a question is looked through once, however many words are known."""
    words = load_words("questions")["synonyms"]
    sets: list[list[str]] = [*words["names"], *words["sets"]]
    beginnings: dict[str, list[tuple[str, int]]] = {}
    for number, words in enumerate(sets):
        for word in words:
            if len(word) > 1:
                beginnings.setdefault(word[:2], []).append((word, number))
    return sets, beginnings
