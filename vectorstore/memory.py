"""Vectors in memory: what a search needs of the store, for texts that are not worth storing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.passages import whole_items
from ingest.records import ParsedDocument
from vectorstore.embedding import Embedder, Vectors
from vectorstore.folding import fold_query
from vectorstore.rows import embedded_item


class MemoryVectors:
    """The vectors of all sentences and items of `documents`, folded as in a `Store`, searched exactly."""

    def __init__(self, embedder: Embedder, documents: Sequence[ParsedDocument]) -> None:
        self.embedder = embedder
        rows = [
            (passage.id, i, parsed.source.path, sentence.quote)
            for parsed in documents
            for passage in parsed.passages
            for i, sentence in enumerate(passage.sentences)
        ]
        self._places = [(passage, i) for passage, i, _, _ in rows]
        self._paths = np.array([path for _, _, path, _ in rows], np.str_)
        self._vectors = embedder.embed_documents([fold_query(q) for _, _, _, q in rows])
        items = [(one, parsed.source.path) for parsed in documents for one in whole_items(parsed)]
        self._items = [item.id for item, _ in items]
        self._item_paths = np.array([path for _, path in items], np.str_)
        texts = [fold_query(embedded_item(item)) for item, _ in items]
        self._item_vectors = embedder.embed_documents(texts)

    def sentence_hits(
        self, vectors: Vectors, k: int, documents: Sequence[str] | None = None
    ) -> list[list[tuple[str, int, float]]]:
        """As `Store.sentence_hits`."""
        return [
            [
                (*self._places[i], similarity)
                for i, similarity in _nearest(self._vectors @ vector, self._paths, k, documents)
            ]
            for vector in vectors
        ]

    def item_hits(
        self, vectors: Vectors, k: int, documents: Sequence[str] | None = None
    ) -> list[list[tuple[str, float]]]:
        """As `Store.item_hits`."""
        return [
            [
                (self._items[i], similarity)
                for i, similarity in _nearest(
                    self._item_vectors @ vector, self._item_paths, k, documents
                )
            ]
            for vector in vectors
        ]


def _nearest(
    similarities: Vectors, paths: NDArray[np.str_], k: int, documents: Sequence[str] | None
) -> list[tuple[int, float]]:
    if documents is not None:
        similarities[~np.isin(paths, list(documents))] = -np.inf
    nearest = np.argsort(-similarities, kind="stable")[: max(k, 0)]
    return [(int(i), float(similarities[i])) for i in nearest if similarities[i] > -np.inf]
