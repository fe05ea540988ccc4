"""Hybrid search over sentences: BM25 and vectors, fused by score.

Score fusion beat reciprocal rank fusion, which lost to BM25 alone on most sets measured; the best sentence
of a passage beat one score for the whole passage. What is found is read with all of its numbered item.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.passages import whole_items
from ingest.records import ParsedDocument, Passage, Span
from vectorstore.embedding import Embedder, Vectors
from vectorstore.folding import fold_query
from vectorstore.lexical import LexicalIndex
from vectorstore.reranker import Reranker, reranked

if TYPE_CHECKING:
    from vectorstore.langchain_retriever import DubanRetriever as DubanRetriever

# The share of the vectors in a fused score. On text kept back from the built-in model's training
# (`python -m evals.fit_fusion`) .3 to .5 lie close together, and min-max and z-scores do not differ; the
# smallest is taken, because exact words matter most in these documents.
DENSE_WEIGHT = 0.3

# The same where whole items are ranked, with the vectors of the items beside those of the sentences: the largest
# at which questions in the text's own words lose no recall@5 there.
ITEM_DENSE_WEIGHT = 0.4

# Scores are scaled by the best and the 50th: further down there is only noise to stretch.
DEPTH = 50

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage to be read, a whole item where that is short (`ingest.passages.whole_items`), by its best sentence.

    `sentence` is that sentence's number in the passage; `similarity` the fused score, 0 to 1 relative to the
    best of this search, not comparable between searches; `lexical` its BM25 score, `dense` its cosine
    similarity, 0 beyond the nearest `DEPTH` sentences.
    """

    document: str
    passage: Passage
    sentence: int
    similarity: float
    lexical: float
    dense: float


@dataclass(frozen=True, slots=True)
class SentenceHit:
    """A sentence found; the scores are those of `Hit`."""

    document: str
    passage: Passage
    span: Span
    similarity: float
    lexical: float
    dense: float


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a sentence stands."""

    document: str
    passage: int
    sentence: int


class StoredVectors(Protocol):
    """Where the vectors of sentences and items are: a `Store`, or `MemoryVectors`."""

    @property
    def embedder(self) -> Embedder: ...

    def sentence_hits(
        self, vectors: Vectors, k: int, documents: Sequence[str] | None = ...
    ) -> list[list[tuple[str, int, float]]]:
        """For each vector the `k` nearest sentences as (passage id, number of the sentence, similarity)."""

    def item_hits(
        self, vectors: Vectors, k: int, documents: Sequence[str] | None = ...
    ) -> list[list[tuple[str, float]]]:
        """For each vector the `k` nearest whole items as (item id, similarity), best first."""


class HybridIndex:
    """Search over the passages of `documents`, whose vectors are in `store`.

    The lexical half lives in memory and is made from the documents; make a new one when the store's version
    changes. A passage and a sentence are both matched together with their headings, because the headings
    often hold the words that the question uses. A reranker, where there is one, has the larger say in the order
    of the best sentences.
    """

    def __init__(
        self,
        store: StoredVectors,
        documents: Sequence[ParsedDocument],
        *,
        dense_weight: float = DENSE_WEIGHT,
        item_dense_weight: float = ITEM_DENSE_WEIGHT,
        reranker: Reranker | None = None,
    ) -> None:
        self._store = store
        self._reranker = reranker
        self._dense_weight = dense_weight
        self._item_dense_weight = item_dense_weight
        self._passages = [p for parsed in documents for p in parsed.passages]
        owners = [parsed.source.path for parsed in documents for _ in parsed.passages]
        self._places = [
            _Place(owner, i, j)
            for i, (owner, passage) in enumerate(zip(owners, self._passages, strict=True))
            for j in range(len(passage.sentences))
        ]
        self._owner = np.array([place.passage for place in self._places], np.intp)
        self._of_document = _numbers(place.document for place in self._places)
        self._alike_by_id = self._sentences_alike_by_id()
        self._items = [(p.source.path, item) for p in documents for item in whole_items(p)]
        self._item = self._item_of_sentences()
        self._items_by_id = _numbers(item.id for _, item in self._items)
        self._bare_headings = self._headings_alone()
        self._passage_index = LexicalIndex([_with_headings(p, p.span) for p in self._passages])
        self._sentence_index = LexicalIndex([self._text(row) for row in range(len(self._places))])

    def search(self, query: str, k: int = 10, documents: Sequence[str] | None = None) -> list[Hit]:
        """The `k` best passages by their best sentence, best first.

        `documents` limits the search to these paths; None means all, an empty sequence nothing.
        """
        hits: dict[int, Hit] = {}
        (ranked,) = self._ranked([query], documents, by_item=True)
        for row, fused, lexical, dense in ranked:
            if len(hits) >= k:
                break
            if self._item[row] not in hits:
                document, passage = self._items[self._item[row]]
                sentence = passage.sentences.index(self._span(self._places[row]))
                hits[self._item[row]] = Hit(document, passage, sentence, fused, lexical, dense)
        return list(hits.values())

    def item_at(self, document: str, offset: int) -> Passage | None:
        """The passage to be read that holds an offset of a document."""
        return next(
            (item for path, item in self._items if path == document and offset in item.span), None
        )

    def search_sentences(
        self, queries: Sequence[str], k: int = 10, documents: Sequence[str] | None = None
    ) -> list[list[SentenceHit]]:
        """For each query the `k` best sentences, best first; `documents` as in `search`."""
        return [
            [
                SentenceHit(
                    self._places[sentence].document,
                    self._passages[self._places[sentence].passage],
                    self._span(self._places[sentence]),
                    fused,
                    lexical,
                    dense,
                )
                for sentence, fused, lexical, dense in islice(ranked, max(k, 0))
            ]
            for ranked in self._ranked(queries, documents)
        ]

    def _ranked(
        self, queries: Sequence[str], documents: Sequence[str] | None, *, by_item: bool = False
    ) -> list[Iterator[tuple[int, float, float, float]]]:
        """For each query (number of the sentence, fused, lexical, dense), best first, without what matches nothing.

        With `by_item`, a sentence is near also because its whole item is.
        """
        allowed = self._allowed(documents)
        if not queries or not allowed.any():
            return [iter(()) for _ in queries]
        vectors = np.stack([self._store.embedder.embed_query(fold_query(one)) for one in queries])
        dense = self._dense(vectors, documents)
        around = self._item_dense(vectors, documents) if by_item else [None] * len(queries)
        return [
            self._fused(query, allowed, near, item)
            for query, near, item in zip(queries, dense, around, strict=True)
        ]

    def _fused(
        self, query: str, allowed: NDArray[np.bool_], dense: Scores, around: Scores | None
    ) -> Iterator[tuple[int, float, float, float]]:
        """One query's ranking from its words, its nearest sentences and, where there are any, its nearest items."""
        lexical = self._sentence_index.scores(query)
        context = self._passage_index.scores(query)[self._owner]
        words = (_scaled(lexical, allowed) + _scaled(context, allowed)) / 2
        weight, near = self._dense_weight, _of_best(dense)
        if around is not None:
            near = ((near + _of_best(around)[self._item]) / 2).astype(np.float32)
            weight = self._item_dense_weight
        near = np.where(allowed, near, np.float32(0))
        fused = ((1 - weight) * words + weight * near).astype(np.float32)
        if self._reranker is not None:
            fused = reranked(self._reranker, query, fused, self._text)
        order = np.argsort(-fused, kind="stable")
        return (
            (int(i), float(fused[i]), float(lexical[i]), float(dense[i]))
            for i in order[: int(np.count_nonzero(fused > 0))]
        )

    def _allowed(self, documents: Sequence[str] | None) -> NDArray[np.bool_]:
        if documents is None:
            return np.ones(len(self._places), np.bool_)
        allowed = np.zeros(len(self._places), np.bool_)
        for document in documents:
            allowed[self._of_document.get(document, [])] = True
        return allowed

    def _dense(self, vectors: Vectors, documents: Sequence[str] | None) -> list[Scores]:
        """For each vector the cosine similarity of the nearest sentences, 0 for all others."""
        found = []
        for hits in self._store.sentence_hits(vectors, DEPTH, documents):
            similarities = np.zeros(len(self._places), np.float32)
            for passage, sentence, similarity in hits:
                # A passage that is not here was ingested since.
                similarities[self._alike_by_id.get((passage, sentence), [])] = similarity
            # A heading by itself is the nearest vector to many questions, and the answer to none.
            similarities[self._bare_headings] = 0
            found.append(similarities)
        return found

    def _item_dense(self, vectors: Vectors, documents: Sequence[str] | None) -> list[Scores]:
        """For each vector the cosine similarity of the nearest items, 0 for all others."""
        found = []
        for hits in self._store.item_hits(vectors, DEPTH, documents):
            similarities = np.zeros(len(self._items), np.float32)
            for item, similarity in hits:
                similarities[self._items_by_id.get(item, [])] = similarity
            found.append(similarities)
        return found

    def _item_of_sentences(self) -> NDArray[np.intp]:
        """The number of the item that each sentence stands in."""
        number = {
            (path, sentence.start, sentence.end): i
            for i, (path, item) in enumerate(self._items)
            for sentence in item.sentences
        }
        spans = [self._span(place) for place in self._places]
        keys = [(p.document, s.start, s.end) for p, s in zip(self._places, spans, strict=True)]
        return np.array([number[key] for key in keys], np.intp)

    def _headings_alone(self) -> NDArray[np.bool_]:
        """Which sentences are only a heading that other sentences stand under."""
        words = [_words(self._span(place)) for place in self._places]
        headed = {
            (place.document, label)
            for place, own in zip(self._places, words, strict=True)
            for label in self._passages[place.passage].path
            if label != own
        }
        return np.array(
            [
                self._passages[place.passage].path[-1:] == (own,)
                and (place.document, own) in headed
                for place, own in zip(self._places, words, strict=True)
            ],
            np.bool_,
        )

    def _sentences_alike_by_id(self) -> dict[tuple[str, int], list[int]]:
        """For each sentence all that are worded like it: their vectors are one, and which of them are among the
        nearest is left to chance where the cells of a column (整改中) fill the last places."""
        alike: defaultdict[str, list[int]] = defaultdict(list)
        for row, place in enumerate(self._places):
            alike[fold_query(self._span(place).quote)].append(row)
        return {
            (self._passages[place.passage].id, place.sentence): rows
            for rows in alike.values()
            for place in (self._places[row] for row in rows)
        }

    def _text(self, sentence: int) -> str:
        place = self._places[sentence]
        return _with_headings(self._passages[place.passage], self._span(place))

    def _span(self, place: _Place) -> Span:
        return self._passages[place.passage].sentences[place.sentence]


def __getattr__(name: str) -> object:
    # On demand: importing langchain_core takes a second that a plain search need not wait for.
    if name == "DubanRetriever":
        from vectorstore.langchain_retriever import DubanRetriever

        return DubanRetriever
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _numbers(ids: Iterable[str]) -> dict[str, list[int]]:
    """Where each id stands; the sentences of a document share its path, and files of equal content all ids."""
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(ids):
        numbers[one].append(number)
    return dict(numbers)


def _words(span: Span) -> str:
    """A sentence as a heading is written: without blanks and the mark at its end."""
    return "".join(span.quote.split()).rstrip("。：:")


def _with_headings(passage: Passage, span: Span) -> str:
    return "\n".join((*passage.path, span.quote))


def _of_best(similarities: Scores) -> Scores:
    """Similarities as shares of the best one. What is among the nearest at all counts, so none is made 0."""
    best = max(float(similarities.max(initial=0)), 1e-9)
    return (np.maximum(similarities, 0) / best).astype(np.float32)


def _scaled(scores: Scores, allowed: NDArray[np.bool_]) -> Scores:
    """Scores from 0 (the one at `DEPTH` or nothing in common) to 1 (the best), 0 where not allowed."""
    ranked = np.sort(scores[allowed])[::-1]
    best = float(ranked[0])
    floor = max(float(ranked[DEPTH - 1]), 0.0) if len(ranked) >= DEPTH else 0.0
    if best <= 0:
        return np.zeros_like(scores)
    if best == floor:
        return np.where(allowed & (scores >= best), np.float32(1), np.float32(0))
    scaled = np.clip((scores - floor) / (best - floor), 0, 1)
    return np.where(allowed, scaled, np.float32(0)).astype(np.float32)
