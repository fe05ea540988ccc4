"""Whether the best sentences found have anything to do with the question."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from assistant.library import Library
from assistant.query import Query
from assistant.search import Found
from assistant.synonyms import with_synonyms
from assistant.understanding.topic import generic_pairs, quoted_terms, specific_words
from assistant.vocabulary import generic_words
from assistant.words import pairs
from vectorstore.folding import fold_query

# Sentences that may hold a character or a pair for it to count as telling.
_RARE_SHARE = 0.02
# A sentence that is nearly the most alike by the embedding model answers a question in other words where it also has
# as much of it as so many characters which stand nowhere else tell. Questions about anything else (when the canteen
# opens, what a licence costs) were measured to reach less, by either alone to reach more. A short question has fewer
# characters to share: so much of what all of its own tell is as good.
_LOOKED_AT = 6
_ALIKE = 0.8
_TOLD = 3.2
_TOLD_OF_SHORT = 2.2
_SHARE_TOLD = 0.45
# How many days something of every task is given (验收要几天) is told where that is said with a number of them.
_ASKS_DAYS = re.compile("几(?:个(?:工作)?日|天)|多少(?:天|个?工作日)")
_DAYS = re.compile(r"\d+个?(?:工作)?[日天](?!\d)")
_COPULA = re.compile("[是的了呢啊那]+$|^那")
_SHORTEST_NAME = 2
# 什么是LDAR, PM2.5目标: a short name in Latin letters is a term like one in quotation marks.
_LATIN_TERM = re.compile(r"(?<![a-z])(?:[a-z]{3,8}|[a-z]{2,4}\d+(?:\.\d+)?)(?![a-z\d])")


class TopicGuard:
    """Tells off-topic questions from oddly worded ones, by the rare characters they share with the text."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def is_off_topic(self, query: Query, found: Sequence[Found]) -> bool:
        """Whether the best sentences share nothing telling with the question.

        A question that names a place is about its documents, however it is worded: one pair of characters that is not of
        every task, or one rare character will do. One that names none has to share two pairs, one of them rare, or a term that
        it quotes, or a person whom it names, or all its words, or many single characters with a sentence that is alike in meaning.
        """
        asked = with_synonyms(f"{query.topic} {query.context}")
        text = fold_query(" ".join(map(_with_headings, found[:_LOOKED_AT])))
        persons = (name for name in self._library.persons_in_text if name in query.text)
        terms = (*quoted_terms(query.text), *_LATIN_TERM.findall(query.text), *persons)
        if any(term in text for term in terms):
            return False
        shared = {pair for pair in pairs(asked) if pair in text}
        words = specific_words(query)
        telling = any(self._is_rare(pair) for pair in shared)
        if telling and words and all(fold_query(word) in text for word in words):
            return False
        if telling and _is_name_alone(query.topic, text):
            return False
        if (
            not words
            and _ASKS_DAYS.search(query.text)
            and any(
                _DAYS.search(said) and any(pair in said for pair in shared)
                for said in (fold_query(one.span.quote) for one in found[:_LOOKED_AT])
            )
        ):
            return False
        if query.documents is not None or query.refers_back:
            here = self._library.folded(query.documents)
            if words and not any(fold_query(word) in here for word in words):
                # 治理 alone, which every task has, makes 光伏治理 no topic of theirs.
                shared -= generic_pairs()
                asked = _without_generic(asked)
            rare = any(self._is_rare(one) and one in text for one in set(asked))
            return not shared and not rare
        alike = [one for one in found[:_LOOKED_AT] if one.alike >= _ALIKE]
        told = max((self._told(query.topic, _with_headings(one)) for one in alike), default=0.0)
        of_all = self._told(query.topic, query.topic)
        if told >= _TOLD or (told >= _TOLD_OF_SHORT and told >= _SHARE_TOLD * of_all):
            return False
        return len(shared) < 2 or not telling

    def _told(self, topic: str, said: str) -> float:
        """How much the characters that a text shares with a topic tell, one that stands nowhere else as 1."""
        text = fold_query(said)
        everything = math.log(len(self._sentences) + 1)
        shared = (char for char in set(topic) if "\u4e00" <= char <= "\u9fff" and char in text)
        return math.fsum(1 - math.log(self._counts[char] + 1) / everything for char in shared)

    def _is_rare(self, stretch: str) -> bool:
        return "\u4e00" <= stretch[0] <= "\u9fff" and 0 < self._counts[stretch] <= self._limit

    @cached_property
    def _sentences(self) -> list[str]:
        return [
            sentence
            for path in self._library.paths()
            for _, sentence in self._library.folded_sentences(path)
        ]

    @cached_property
    def _limit(self) -> float:
        return max(2.0, _RARE_SHARE * len(self._sentences))

    @cached_property
    def _counts(self) -> Counter[str]:
        """In how many sentences each character and each pair of characters stands."""
        counts: Counter[str] = Counter()
        for sentence in self._sentences:
            counts.update(set(sentence) | pairs(sentence))
        return counts


def _is_name_alone(topic: str, text: str) -> bool:
    """Whether all that is left of a question is one name that a text has: 捷诚是怎么回事."""
    name = _COPULA.sub("", topic)
    return len(name) >= _SHORTEST_NAME and name in text


def _without_generic(text: str) -> str:
    """A text without the words that all tasks have."""
    for word in generic_words():
        text = text.replace(word, " ")
    return text


def _with_headings(one: Found) -> str:
    """A sentence with what stands above it; a cell with the title of its row."""
    task = one.place.task
    row = task.title.quote if task is not None and task.row else ""
    return f"{one.span.quote}{row}{''.join(one.place.section.path)}"
