"""The sentences that bear on a question, ranked for being answers and not only for being similar."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock

from assistant.ledger import TaskEntry
from assistant.library import Library, Place
from assistant.query import Query
from assistant.ranking.asked import asked_in
from assistant.ranking.shapes import Group, Key, Shapes
from assistant.ranking.signals import OF_KIND, Candidate, measured
from assistant.ranking.weights import relevance
from assistant.synonyms import synonyms_of
from assistant.understanding.fields import asked_fields, asking_parts
from assistant.understanding.topic import topic_of
from ingest.records import SourceDocument, Span
from vectorstore.retriever import HybridIndex, SentenceHit

_DEPTH = 60
_CANDIDATES = 75
_REMEMBERED = 64
_CONTEXT_WEIGHT = 0.5
_SYNONYM_WEIGHT = 0.5
# One sentence that says what was said before weighs more than many that touch it.
_FOCUS_POWER = 3
_SHORTEST_PART = 5
_MOST_OF_PART = 4

_BREAKS = "?？;；。!！,，"
# 秸秆利用和农膜回收分别要做到多少 asks of two things.
_EACH = re.compile(r"分别|各(?:自|是|要|有|得|多少|几|占|定)")
_LISTED = re.compile(
    r"(?:[两三四五六七八几]|\d)(?:个|样|项|件|条)(?:数|事|东西|指标|数字|数据|要求)?[:：](?P<things>[^:：]*[、,，;；][^:：]*)"
)
_TOGETHER = re.compile(
    r"(?<=[\u4e00-\u9fffa-z\d]{2})(?:以及|还有|[和与跟及、])(?=[\u4e00-\u9fffa-z\d]{2})"
)

_Hits = dict[Key, SentenceHit]


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence and where it stands.

    `relevance` is 1 for the best of one search and comparable within it; `nearness` the same by what the
    sentence speaks of, whether or not it has the kind of thing that is asked for; `alike` its similarity by the
    embedding model to that of the sentence most similar by it.
    """

    source: SourceDocument
    span: Span
    relevance: float
    nearness: float
    alike: float
    place: Place

    @property
    def text(self) -> str:
        """The sentence for reading: line breaks and indents inside it are taken out."""
        return "".join(self.span.quote.split("\n")).strip()


@dataclass(frozen=True, slots=True)
class AskedPart:
    """One of several questions in a question, and the best sentences for it, best first."""

    text: str
    found: tuple[Found, ...]


class SentenceSearch:
    """Searches the library for one query."""

    def __init__(self, library: Library, index: HybridIndex) -> None:
        self._library = library
        self._index = index
        self._shapes = Shapes(library)
        # One question is searched for several times: to refuse, to match a task, to pick sentences.
        self._known: dict[tuple[str, tuple[str, ...] | None], _Hits] = {}
        self._lock = Lock()
        self._ranking = lru_cache(maxsize=_REMEMBERED)(self._ranked)

    def find(
        self,
        query: Query,
        documents: Sequence[str] | None,
        limit: int = 12,
        entry: TaskEntry | None = None,
    ) -> list[Found]:
        """The best sentences within `documents` (None is all), best first; those of the task `entry` are preferred.

        An elliptical question is searched together with what it goes back to, and one that says nothing
        specific itself (这事归谁管) only by that.
        """
        return list(self._ranking(query, _scope(documents), _within(entry))[:limit])

    def measured(
        self, query: Query, documents: Sequence[str] | None, entry: TaskEntry | None = None
    ) -> list[tuple[SourceDocument, Span, Mapping[str, float]]]:
        """The sentences that `find` ranks, unranked, with the signals that it ranks them by."""
        return [
            (self._library[path].source, self._library[path].source.span(start, end), signals)
            for (path, start, end), signals in self._signals(query, documents, _within(entry))
        ]

    def find_parts(
        self, query: Query, documents: Sequence[str] | None, best: Found
    ) -> list[AskedPart]:
        """For a question of several sentences, the best sentences of each, in the light of the whole.

        `best` is the best sentence for the whole question; what stands in its section or task is preferred.
        """
        parts = _parts(query.text)
        if len(parts) < 2:
            return []
        near = (best.source.path, best.place.around)
        whole = f"{query.topic} {query.context}".strip()
        asked = [
            replace(
                query,
                text=part,
                topic=topic_of(part, self._library),
                context=whole,
                fields=asked_fields(part) or query.fields,
            )
            for part in parts
        ]
        scope = _scope(documents)
        self._search(_with_other_words(whole, *(one.topic or one.text for one in asked)), scope)
        ranked = [self._ranking(one, scope, near)[:_MOST_OF_PART] for one in asked]
        return [AskedPart(part, found) for part, found in zip(parts, ranked, strict=True)]

    def _signals(
        self, query: Query, documents: Sequence[str] | None, near: tuple[str, str] | None
    ) -> list[tuple[Key, Mapping[str, float]]]:
        """The sentences that might answer, the most similar first, with how well they fit the question."""
        scope = _scope(documents)
        itself = query.topic or query.text
        self._search(_with_other_words(itself, query.context), scope)
        hits = self._hits(itself, scope)
        beside = self._hits(query.context, scope) if query.context else {}
        similarity = self._with_synonyms(itself, hits, scope)
        focus = None
        if query.context and itself != query.context:
            around = self._with_synonyms(query.context, beside, scope)
            for key, value in around.items():
                similarity[key] = similarity.get(key, 0.0) + _CONTEXT_WEIGHT * value
            focus = self._focus(around)
        found = [
            Candidate(
                key=key,
                similarity=value,
                lexical=hits[key].lexical if key in hits else 0.0,
                dense=hits[key].dense if key in hits else 0.0,
                context=beside[key].similarity if key in beside else 0.0,
            )
            for key, value in sorted(similarity.items(), key=lambda item: -item[1])[:_CANDIDATES]
        ]
        topic = f"{query.topic} {query.context}" if query.context else itself
        asked = asked_in(query, topic, self._shapes, documents, near, focus)
        signals = measured(asked, found, self._shapes, self._library)
        return [(one.key, said) for one, said in zip(found, signals, strict=True)]

    def _focus(self, around: Mapping[Key, float]) -> Group | None:
        """The task or section that what was said before is about: the one its sentences are most similar to."""
        groups: dict[Group, float] = {}
        for key, value in around.items():
            group = (key[0], self._shapes.of(key).around)
            groups[group] = groups.get(group, 0.0) + value**_FOCUS_POWER
        return max(groups, key=lambda one: groups[one], default=None)

    def _with_synonyms(
        self, topic: str, hits: _Hits, scope: tuple[str, ...] | None
    ) -> dict[Key, float]:
        """The similarity of sentences to a topic, and to the genre's other words for it with less weight."""
        similarity = {key: hit.similarity for key, hit in hits.items()}
        if added := synonyms_of(topic):
            for key, hit in self._hits(" ".join(added), scope).items():
                similarity[key] = similarity.get(key, 0.0) + _SYNONYM_WEIGHT * hit.similarity
        return similarity

    def _hits(self, topic: str, scope: tuple[str, ...] | None) -> _Hits:
        return self._search([topic], scope)[topic]

    def _search(self, topics: Sequence[str], scope: tuple[str, ...] | None) -> dict[str, _Hits]:
        """The hits of each topic. Those not known yet are searched for at once, which costs hardly more than one."""
        with self._lock:
            known = {one: self._known[one, scope] for one in topics if (one, scope) in self._known}
        unknown = [one for one in dict.fromkeys(topics) if one not in known]
        if not unknown:
            return known
        searched = self._index.search_sentences(unknown, _DEPTH, scope)
        found = {
            topic: {(hit.document, hit.span.start, hit.span.end): hit for hit in hits}
            for topic, hits in zip(unknown, searched, strict=True)
        }
        with self._lock:
            self._known |= {(topic, scope): hits for topic, hits in found.items()}
            for oldest in list(self._known)[: max(0, len(self._known) - _REMEMBERED)]:
                del self._known[oldest]
        return known | found

    def _ranked(
        self, query: Query, documents: tuple[str, ...] | None, near: tuple[str, str] | None
    ) -> tuple[Found, ...]:
        measured = self._signals(query, documents, near)
        signals = [one for _, one in measured]
        found = []
        for ((path, start, end), said), fits, speaks in zip(
            measured, *relevance(signals, (), OF_KIND), strict=True
        ):
            source, place = self._library[path].source, self._library.place(path, start)
            span = source.span(start, end)
            alike = said["dense"]
            found.append(Found(source, span, float(fits), float(speaks), alike, place))
        return tuple(sorted(found, key=lambda one: -one.relevance))


def _with_other_words(*topics: str) -> list[str]:
    """What is searched for of some topics: themselves, and the genre's other words for them."""
    stated = [topic for topic in topics if topic]
    others = (" ".join(synonyms_of(topic)) for topic in stated)
    return [*stated, *filter(None, others)]


def _scope(documents: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if documents is None else tuple(documents)


def _within(entry: TaskEntry | None) -> tuple[str, str] | None:
    """A task as the place to stay in, by its document and id."""
    return (entry.document.path, entry.task.id) if entry is not None else None


def _parts(text: str) -> list[str]:
    """The questions within a question; where it asks of each of several things, these."""
    if listed := _LISTED.search(text):
        # 给我三个数：利用率、合格率、多少亩
        parts = re.split("[、,，;；?？。]|(?<=.{3})(?:以及|还有|和)(?=.{3})", listed["things"])
        return [part for part in parts if len(part.strip()) >= 2]
    if _EACH.search(text):
        parts = [
            one for clause in re.split(f"[{_BREAKS}]", text) for one in _TOGETHER.split(clause)
        ]
        return [part for part in parts if len(part.strip()) >= 2]
    return [part for part in asking_parts(text, _BREAKS) if len(part.strip()) >= _SHORTEST_PART]
