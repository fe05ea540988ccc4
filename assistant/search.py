"""The sentences that bear on a question, ranked for being answers and not only for being similar."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.ledger import TaskEntry
from assistant.library import Library, Place
from assistant.query import Field, Query, Window
from assistant.understanding.topic import specific_words, topic_of
from assistant.vocabulary import Attribute, attributes, load_words
from assistant.words import cut
from ingest.markers import find_labels
from ingest.outline import ANNEX_LIST_TITLE
from ingest.records import Indicator, SourceDocument, Span
from vectorstore.folding import fold
from vectorstore.retriever import HybridIndex

_DEPTH = 60
_REMEMBERED = 64
_CONTEXT_WEIGHT = 0.5
_WHOLE_WEIGHT = 0.6
_SYNONYM_WEIGHT = 0.5
_NEARBY = 0.25
_HEADING_WEIGHT = 0.55
_LONGEST_HEADING = 45
_LABEL_WEIGHT = 0.7
_PROBLEM_WEIGHT = 0.75
# Lines that only name somebody or a date: matched by their neighbours, they answer through the records.
_SHORT_ROLES = frozenset(("leader", "lead", "responsible", "cooperating", "acceptance", "deadline"))
_FORMALITY_WEIGHT = 0.4
# A stretch of the question so long, in so few of the sentences found, is a name: 高村污水处理厂.
_NAME_LENGTH = 5
_NAME_SENTENCES = 3
_NAME_BONUS = 0.25
_FIGURE_BONUS = 0.25
# This share of a figure's name in the question, or all that the question says in the figure's name.
_NAMED = 0.6
_MOST_SAID = 0.4
_ASKED_NOUN = re.compile(
    r"(?:哪[一几两三四]?|第几)(?:个|家|位|些|种|类|条|项|座)?([\u4e00-\u9fff]{2,5})"
)
_DATE = re.compile(r"\d{1,4}\s*[年月日号]|季度|之日起|期间|[个]月内|年底|每[日周月季年]")
_SIZE = re.compile(r"规模(?!以)|产能|处理能力|库容")
_NUMERIC_QUESTION = re.compile(r"多少|几[^乎]|百分之|数值|比例|规模|浓度|多大|多高|幅度|率")


# Relevance of a sentence by its document and offsets.
Relevance = dict[tuple[str, int, int], float]


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
        # One question is searched for several times: to refuse, to match a task, to pick sentences.
        self._similarity = lru_cache(maxsize=_REMEMBERED)(self._similar)

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
        relevance: Relevance = {}
        if not query.context or specific_words(query):
            relevance = self._relevance(query.topic or query.text, documents)
        if query.context:
            weight = _CONTEXT_WEIGHT if relevance else 1.0
            _add(relevance, self._relevance(query.context, documents), weight)
        if entry is not None:
            relevance = _preferred(relevance, entry.document.path, entry.task.span)
        return self._ranked(query, relevance, limit)

    def find_parts(
        self, query: Query, documents: Sequence[str] | None, best: Found
    ) -> list[list[Found]]:
        """For a question of several sentences, the best sentences of each, in the light of the whole.

        `best` is the best sentence for the whole question; what stands in its section or task is preferred.
        """
        parts = [part for part in re.split(r"[?？;；。!！]", query.text) if len(part.strip()) >= 5]
        if len(parts) < 2:
            return []
        whole = self._relevance(query.topic, documents)
        found = []
        for part in parts:
            relevance = self._relevance(topic_of(part, self._library), documents)
            _add(relevance, whole, _WHOLE_WEIGHT)
            found.append(self._ranked(query, _nearer(relevance, best), 3, part))
        return found

    def _relevance(self, topic: str, documents: Sequence[str] | None) -> Relevance:
        """Relevance to a topic, and to the genre's other words for it with less weight."""
        scope = None if documents is None else tuple(documents)
        relevance = dict(self._similarity(topic, scope))
        if added := synonyms_of(topic):
            _add(relevance, self._similarity(" ".join(added), scope), _SYNONYM_WEIGHT)
        return relevance

    def _similar(self, topic: str, documents: tuple[str, ...] | None) -> Relevance:
        hits = self._index.search_sentences(topic, _DEPTH, documents)
        return {(hit.document, hit.span.start, hit.span.end): hit.similarity for hit in hits}

    def _ranked(
        self,
        query: Query,
        relevance: Relevance,
        limit: int,
        asked: str = "",
    ) -> list[Found]:
        spans = {key: self._library[key[0]].source.span(*key[1:]) for key in relevance}
        named: set[tuple[str, int, int]] = set()
        # Each of a list of works has a date and a size, so the name decides.
        if Field.DEADLINE in query.fields or _SIZE.search(query.text):
            named = _named({key: span.quote for key, span in spans.items()}, query.topic)
        found = []
        for key, value in relevance.items():
            source, span = self._library[key[0]].source, spans[key]
            place = self._library.place(source.path, span.start)
            weight = self._weighed(query, source, span, place, value, asked)
            found.append(Found(source, span, weight + _NAME_BONUS * (key in named), place))
        found.sort(key=lambda one: -one.relevance)
        return found[:limit]

    def _weighed(
        self,
        query: Query,
        source: SourceDocument,
        span: Span,
        place: Place,
        value: float,
        asked: str,
    ) -> float:
        """Relevance with what the shape of the question says about the shape of its answer."""
        if place.section.title == ANNEX_LIST_TITLE:
            return value * 0.4
        if is_heading(span, place):
            return value * _HEADING_WEIGHT
        if is_formality(span, place):
            return value * _FORMALITY_WEIGHT
        labels = find_labels(span.quote, 0, len(span.quote))
        if labels and labels[0].start == 0 and labels[0].role in _SHORT_ROLES:
            value *= _LABEL_WEIGHT
        if Field.MEASURES in query.fields and _describes_problem(span, place):
            value *= _PROBLEM_WEIGHT
        text = asked or query.text
        if any(wanted.shows.search(span.quote) for wanted in _attributes(text)):
            value += 0.3
        if (noun := asked_noun(text)) and noun in span.quote:
            value += 0.2
        if Field.DEADLINE in query.fields and _DATE.search(span.quote):
            value += 0.12
        if any(_mentions(window, span.quote) for window in query.windows):
            value += 0.15
        if _NUMERIC_QUESTION.search(text) and re.search(r"\d", span.quote):
            value += 0.06
        if Field.TARGET in query.fields or _NUMERIC_QUESTION.search(text):
            value += _FIGURE_BONUS * self._states_figure(source, span, query)
        return value

    def _states_figure(self, source: SourceDocument, span: Span, query: Query) -> bool:
        """Whether a sentence has a figure by the name that the question calls it."""
        return any(
            span.covers(indicator.span) and _says_all(indicator, query)
            for indicator in self._library.indicators(source.path)
        )


def _add(relevance: Relevance, other: Relevance, weight: float) -> None:
    for key, value in other.items():
        relevance[key] = relevance.get(key, 0.0) + weight * value


def _named(quotes: Mapping[tuple[str, int, int], str], topic: str) -> set[tuple[str, int, int]]:
    """The sentences that hold the longest stretch of the topic that any holds, where they are few.

    Other sentences may say the same words more often, but of another thing of the kind.
    """
    texts = {key: fold(quote) for key, quote in quotes.items()}
    runs = fold(topic).split()
    for length in range(max(map(len, runs), default=0), _NAME_LENGTH - 1, -1):
        stretches = {run[i : i + length] for run in runs for i in range(len(run) - length + 1)}
        holding = {key for key, text in texts.items() if any(one in text for one in stretches)}
        if holding:
            return holding if len(holding) <= _NAME_SENTENCES else set()
    return set()


def _mentions(window: Window, text: str) -> bool:
    """Whether a sentence names the month or the year-end that the question names."""
    first, last = window.earliest, window.latest
    if first is None or last is None or (first.year, first.month) != (last.year, last.month):
        return False
    year_fits = window.any_year or f"{last.year}年" in text
    return year_fits and (
        f"{last.month}月" in text or (last.month == 12 and bool(re.search("年底|年末", text)))
    )


def _nearer(relevance: Relevance, best: Found) -> Relevance:
    around = best.place.task.span if best.place.task else best.place.section.span
    return _preferred(relevance, best.source.path, around)


def _preferred(relevance: Relevance, document: str, around: Span) -> Relevance:
    """The same with more for the sentences of one stretch of a document."""
    return {
        (path, start, end): value + (_NEARBY if path == document and start in around else 0.0)
        for (path, start, end), value in relevance.items()
    }


def is_asked(indicator: Indicator, query: Query) -> bool:
    """Whether a question names a figure: most of its name, or by words that are all in it (PM2.5目标)."""
    name = fold(indicator.name)
    parts = {name[i : i + 2] for i in range(len(name) - 1)}
    asked = with_synonyms(f"{query.topic} {query.context}")
    if len(parts) < 2:
        return False  # a name is more than its unit's word
    if sum(part in asked for part in parts) >= _NAMED * len(parts):
        return True
    return _says_all(indicator, query)


def _says_all(indicator: Indicator, query: Query) -> bool:
    """Whether a figure's name holds all that a question says: PM2.5目标 of 全区PM2.5年均浓度."""
    name, words = fold(indicator.name), specific_words(query)
    said = sum(map(len, words)) >= _MOST_SAID * len("".join(query.topic.split()))
    return bool(words) and said and all(fold(word) in name for word in words)


def asks_attribute(text: str) -> bool:
    """Whether money, a telephone number or the like is asked for, which few sentences have."""
    return bool(_attributes(text))


def shows_attribute(text: str, one: Found) -> bool:
    """Whether a sentence shows what the question asks for by kind."""
    return any(wanted.shows.search(one.span.quote) for wanted in _attributes(text))


def asked_noun(text: str) -> str:
    """What kind of thing a question asks for by name: 督察组 of 哪个督察组; its answer has that word."""
    match = _ASKED_NOUN.search(text)
    return next((word for word in cut(match.group(1)) if len(word) >= 2), "") if match else ""


def with_synonyms(topic: str) -> str:
    """A topic with the genre's other words for what it names (趴窝 → 停运)."""
    return " ".join((topic, *synonyms_of(topic)))


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


def _attributes(text: str) -> list[Attribute]:
    """The kinds of thing the question asks for (money, a telephone number)."""
    return [attribute for attribute in attributes() if attribute.ask.search(text)]


def _describes_problem(span: Span, place: Place) -> bool:
    """Whether a sentence belongs to an issue's description, which says what was wrong and not what to do."""
    problem = place.task.problem if place.task is not None and place.task.labelled else None
    return problem is not None and problem.covers(span)


def is_formality(span: Span, place: Place) -> bool:
    """Salutation, title, signature and date lines, and lists of recipients: they frame the document."""
    text = span.quote.strip()
    if place.task is not None and place.task.row:
        return False
    if place.section.parent is None and "。" not in text:
        return True
    return text.startswith(("抄送", "附件", "（此件", "(此件")) or (
        text.endswith(("：", ":")) and len(text) < 60
    )


def is_heading(span: Span, place: Place) -> bool:
    """Whether a sentence is nothing but its section's heading; a long one states facts and is text."""
    heading = place.section.heading
    if len(span.quote) > _LONGEST_HEADING:
        return False
    if place.measure is not None and place.measure.span.covers(span):
        return False  # a measure of one line is all text
    return span.start >= heading.start and span.end <= heading.end + 1
