"""The genre's other words for what a question names."""

from __future__ import annotations

from functools import lru_cache

from assistant.vocabulary import load_words


def with_synonyms(topic: str) -> str:
    """A topic with the genre's other words for what it names (趴窝 → 停运)."""
    return " ".join((topic, *synonyms_of(topic)))


def says(word: str, text: str) -> bool:
    """Whether a text has a word, or another word of the genre for the same."""
    return any(one in text for one in (word, *synonyms_of(word)))


# Ranking, refusing and composing all ask for those of one topic.
@lru_cache(maxsize=64)
def synonyms_of(topic: str) -> tuple[str, ...]:
    """The genre's other words for what a topic names."""
    sets: list[list[str]] = load_words("questions")["synonyms"]["sets"]
    added = [
        word
        for words in sets
        if any(len(known) > 1 and known in topic for known in words)
        for word in words
        if word not in topic
    ]
    return tuple(dict.fromkeys(added))
