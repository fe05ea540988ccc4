"""Sentence vectors in memory: what a search needs of the store, for texts that are not worth storing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ingest.records import ParsedDocument
from vectorstore.embedding import Embedder, Vectors
from vectorstore.folding import fold_query


class MemoryVectors:
    """The vectors of all sentences of `documents`, folded as in a `Store`, searched exactly."""

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

    def sentence_hits(
        self, vector: Vectors, k: int, documents: Sequence[str] | None = None
    ) -> list[tuple[str, int, float]]:
        """As `Store.sentence_hits`."""
        similarities = self._vectors @ vector
        if documents is not None:
            similarities[~np.isin(self._paths, list(documents))] = -np.inf
        nearest = np.argsort(-similarities, kind="stable")[: max(k, 0)]
        return [
            (*self._places[i], float(similarities[i])) for i in nearest if similarities[i] > -np.inf
        ]
