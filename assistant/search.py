"""The sentences that bear on a question, ranked for being answers and not only for being similar."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.library import Library, Place
from assistant.query import Field, Query
from assistant.understanding.topic import topic_of
from ingest.markers import starts_with_label
from ingest.outline import ANNEX_LIST_TITLE
from ingest.records import SourceDocument, Span
from vectorstore.retriever import HybridIndex

_DEPTH = 60
_CONTEXT_WEIGHT = 0.5
_HEADING_WEIGHT = 0.55
_LABEL_WEIGHT = 0.7
_DATE = re.compile(r"\d{1,4}\s*[年月日号]|季度|之日起|期间|[个]月内|年底|每[日周月季年]")
_NUMERIC_QUESTION = re.compile(r"多少|几[^乎]|百分之|数值|比例|规模|浓度|多大|多高|幅度|率")


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence with its relevance (about 0 to 1.3, comparable within one search) and where it stands."""

    source: SourceDocument
    span: Span
    relevance: float
    place: Place

    @property
    def text(self) -> str:
        """The sentence for reading: line breaks and indents inside it are taken out."""
        return "".join(self.span.quote.split("\n")).strip()


class SentenceSearch:
    """Searches the library for one query."""

    def __init__(self, library: Library, index: HybridIndex) -> None:
        self._library = library
        self._index = index

    def find(self, query: Query, documents: Sequence[str] | None, limit: int = 12) -> list[Found]:
        """The best sentences within `documents` (None is all), best first.

        An elliptical question is searched together with what it goes back to.
        """
        relevance = self._relevance(query.topic, documents)
        if query.context:
            for key, value in self._relevance(query.context, documents).items():
                relevance[key] = relevance.get(key, 0.0) + _CONTEXT_WEIGHT * value
        return self._ranked(query, relevance, limit)

    def find_parts(self, query: Query, documents: Sequence[str] | None) -> list[list[Found]]:
        """For a question of several sentences, the best sentences of each."""
        parts = [part for part in re.split(r"[?？;；。!！]", query.text) if len(part.strip()) >= 5]
        if len(parts) < 2:
            return []
        found = []
        for part in parts:
            topic = topic_of(part, self._library)
            found.append(self._ranked(query, self._relevance(topic, documents), 3, part))
        return found

    def _relevance(
        self, topic: str, documents: Sequence[str] | None
    ) -> dict[tuple[str, int, int], float]:
        hits = self._index.search_sentences(topic, _DEPTH, documents)
        return {(hit.document, hit.span.start, hit.span.end): hit.similarity for hit in hits}

    def _ranked(
        self,
        query: Query,
        relevance: dict[tuple[str, int, int], float],
        limit: int,
        asked: str = "",
    ) -> list[Found]:
        found = []
        for (path, start, end), value in relevance.items():
            source = self._library[path].source
            span = source.span(start, end)
            place = self._library.place(path, start)
            found.append(
                Found(source, span, self._weighed(query, span, place, value, asked), place)
            )
        found.sort(key=lambda one: -one.relevance)
        return found[:limit]

    def _weighed(self, query: Query, span: Span, place: Place, value: float, asked: str) -> float:
        """Relevance with what the shape of the question says about the shape of its answer."""
        if place.section.title == ANNEX_LIST_TITLE:
            return value * 0.4
        if is_heading(span, place):
            return value * _HEADING_WEIGHT
        if starts_with_label(span.quote):
            value *= _LABEL_WEIGHT
        text = asked or query.text
        if Field.DEADLINE in query.fields and _DATE.search(span.quote):
            value += 0.12
        if _NUMERIC_QUESTION.search(text) and re.search(r"\d", span.quote):
            value += 0.06
        return value


def is_heading(span: Span, place: Place) -> bool:
    """Whether a sentence is nothing but its section's heading."""
    heading = place.section.heading
    return span.start >= heading.start and span.end <= heading.end + 1
