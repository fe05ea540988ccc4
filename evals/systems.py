"""Ways of finding passages, side by side: words, characters, vectors, and Duban's fusion of the last two."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from evals.baselines import cut_words
from evals.ranking import CUTOFF, Ranking
from ingest.passages import whole_items
from ingest.records import ParsedDocument
from vectorstore.embedding import Embedder
from vectorstore.folding import fold_query
from vectorstore.lexical import tokenize
from vectorstore.memory import MemoryVectors
from vectorstore.retriever import HybridIndex

if TYPE_CHECKING:
    import bm25s

FUSION = "融合（督办）"
BM25_BEST = "BM25 单字＋二元"


def build_systems(documents: Sequence[ParsedDocument], embedder: Embedder) -> Mapping[str, Ranking]:
    """Every system over the whole items of the documents, which it numbers through; best system last.

    The lexical ones and the vector of a whole passage see it with its headings.
    """
    texts = [
        "\n".join((*passage.path, passage.span.quote))
        for parsed in documents
        for passage in whole_items(parsed)
    ]
    return {
        "BM25 结巴分词": _bm25(texts, _words),
        "BM25 二元": _bm25(texts, _bigrams),
        BM25_BEST: _bm25(texts, tokenize),
        "向量·整段": _by_passage(texts, embedder),
        "向量·最佳句": _by_sentence(documents, embedder),
        FUSION: _fusion(documents, embedder),
    }


def _words(text: str) -> list[str]:
    return cut_words(fold_query(text))


def _bigrams(text: str) -> list[str]:
    """Bigrams of characters; a single character where there is no neighbour."""
    characters = fold_query(text)
    return [a + b for a, b in pairwise(characters) if (a + b).isalnum()] or list(characters)


def _bm25(texts: Sequence[str], tokens: Callable[[str], list[str]]) -> Ranking:
    index = _indexed([tokens(text) for text in texts])

    def rank(query: str) -> list[int]:
        known = [token for token in tokens(query) if token in index.vocab_dict]
        return _best(index.get_scores(known)) if known else []

    return rank


def _indexed(tokenized: list[list[str]]) -> bm25s.BM25:
    import bm25s

    index = bm25s.BM25(method="lucene")
    index.index(tokenized, show_progress=False)
    return index


def _by_passage(texts: Sequence[str], embedder: Embedder) -> Ranking:
    vectors = embedder.embed_documents([fold_query(text) for text in texts])
    return lambda query: _best(vectors @ embedder.embed_query(fold_query(query)))


def _by_sentence(documents: Sequence[ParsedDocument], embedder: Embedder) -> Ranking:
    passages = [passage for parsed in documents for passage in whole_items(parsed)]
    sentences = [sentence.quote for passage in passages for sentence in passage.sentences]
    vectors = embedder.embed_documents([fold_query(sentence) for sentence in sentences])
    counts = np.array([len(p.sentences) for p in passages])
    filled = np.flatnonzero(counts)
    starts = (np.cumsum(counts) - counts)[filled]

    def rank(query: str) -> list[int]:
        scores = np.full(len(passages), -np.inf, np.float32)
        scores[filled] = np.maximum.reduceat(
            vectors @ embedder.embed_query(fold_query(query)), starts
        )
        return _best(scores)

    return rank


def _fusion(documents: Sequence[ParsedDocument], embedder: Embedder) -> Ranking:
    index = HybridIndex(MemoryVectors(embedder, documents), documents)
    numbers: dict[tuple[str, int], int] = {}
    for parsed in documents:
        for passage in whole_items(parsed):
            numbers[parsed.source.path, passage.span.start] = len(numbers)
    return lambda query: [
        numbers[hit.document, hit.passage.span.start] for hit in index.search(query, CUTOFF)
    ]


def _best(scores: NDArray[np.float32]) -> list[int]:
    return [int(i) for i in np.argsort(-scores, kind="stable")[:CUTOFF]]
