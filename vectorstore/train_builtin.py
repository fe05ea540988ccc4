"""Fit the built-in embedding model: `python -m vectorstore.train_builtin DATA_FOLDER`.

It is a latent semantic analysis: tf-idf of words and characters, reduced by a truncated SVD. A token's
vector is its row of the components weighted by idf, so that the mean over a text's tokens points the
way the reduced vector of the text does, and the result can be exported as a sentence-transformers
`StaticEmbedding`, which needs no torch to use. scikit-learn and jieba are needed for training only.
"""

from __future__ import annotations

import argparse
import logging
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from vectorstore.embedding import BUILTIN_MODEL
from vectorstore.training_corpus import LAWS, read_paragraphs
from vectorstore.training_export import export, model_card
from vectorstore.training_tokenizer import (
    UNKNOWN,
    character_rows,
    traditional_rows,
    train_tokenizer,
)

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
    from tokenizers import Tokenizer

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recipe:
    """What shapes the model; the defaults give the one that ships."""

    dimension: int = 128
    words: int = 8_500
    paragraphs: int = 60_000  # from each source
    counted: int = 25_000  # paragraphs that words are counted on; jieba is the slow part
    seed: int = 20240910


def fit(texts: list[str], recipe: Recipe) -> tuple[Tokenizer, NDArray[np.float16]]:
    """The tokenizer and its token vectors of shape (vocabulary, dimension)."""
    logger.info("counting words")
    tokenizer = train_tokenizer(texts[: recipe.counted], recipe.words)
    logger.info("%d tokens; terms of %d texts", tokenizer.get_vocab_size(), len(texts))
    expansion = _expansion(tokenizer)
    terms = _term_matrix(tokenizer, texts) @ expansion
    weighted, idf = _weigh(terms)
    logger.info("reducing")
    components = _reduce(weighted, recipe)
    rows = _give_unseen_a_direction(components, np.asarray(terms.sum(axis=0)).ravel(), recipe.seed)
    # idf twice: a mean over tokens has no other way to play down what stands in every text.
    vectors = expansion @ (rows * np.square(idf)[:, None])
    for traditional, simplified in traditional_rows(tokenizer):
        vectors[traditional] = vectors[simplified]
    vectors[tokenizer.token_to_id(UNKNOWN)] = 0
    vectors /= np.linalg.norm(vectors, axis=1).max()  # float16 has few digits for large numbers
    return tokenizer, vectors.astype(np.float16)


def _expansion(tokenizer: Tokenizer) -> csr_matrix:
    """Identity plus word → its characters: each word also counts as the characters it is made of."""
    from scipy.sparse import csr_matrix, identity

    rows = character_rows(tokenizer)
    pairs = [(word, character) for word, characters in enumerate(rows) for character in characters]
    words, characters = zip(*pairs, strict=True)
    size = len(rows)
    spelling = csr_matrix(
        (np.ones(len(pairs), np.float32), (words, characters)), shape=(size, size)
    )
    return (identity(size, dtype=np.float32, format="csr") + spelling).tocsr()


def _term_matrix(tokenizer: Tokenizer, texts: list[str]) -> csr_matrix:
    """Counts of shape (texts, vocabulary), sparse."""
    from scipy.sparse import csr_matrix

    encodings = tokenizer.encode_batch(texts, add_special_tokens=False)
    lengths = [len(encoding.ids) for encoding in encodings]
    columns = np.fromiter((i for e in encodings for i in e.ids), np.int32, sum(lengths))
    starts = np.concatenate([[0], np.cumsum(lengths)])
    shape = (len(texts), tokenizer.get_vocab_size())
    matrix = csr_matrix((np.ones(len(columns), np.float32), columns, starts), shape=shape)
    matrix.sum_duplicates()
    return matrix


def _weigh(terms: csr_matrix) -> tuple[csr_matrix, NDArray[np.float32]]:
    """Rows of log tf times idf, L2-normalised, and the idf of each term."""
    from sklearn.preprocessing import normalize  # type: ignore[import-untyped]

    texts = terms.shape[0]
    frequency = np.bincount(terms.indices, minlength=terms.shape[1])
    idf = (np.log((1 + texts) / (1 + frequency)) + 1).astype(np.float32)
    weighted = terms.copy()
    weighted.data = np.log1p(weighted.data) * idf[weighted.indices]
    return normalize(weighted, copy=False), idf


def _reduce(weighted: csr_matrix, recipe: Recipe) -> NDArray[np.float32]:
    """Term components of shape (vocabulary, dimension), each scaled by its inverse singular value.

    The scaling keeps the few broadest topics from deciding every comparison.
    """
    from sklearn.decomposition import TruncatedSVD  # type: ignore[import-untyped]

    reduction = TruncatedSVD(recipe.dimension, n_iter=4, random_state=recipe.seed)
    reduction.fit(weighted)
    components: NDArray[np.float32] = reduction.components_.T / reduction.singular_values_
    return components.astype(np.float32)


def _give_unseen_a_direction(
    components: NDArray[np.float32], counts: NDArray[np.float32], seed: int
) -> NDArray[np.float32]:
    """A random direction for terms the texts do not hold, so that a rare name still matches itself."""
    norms = np.linalg.norm(components, axis=1)
    typical = float(np.median(norms[counts > 0]))
    unseen = np.flatnonzero(counts == 0)
    directions = np.random.default_rng(seed).standard_normal((len(unseen), components.shape[1]))
    directions *= typical / np.linalg.norm(directions, axis=1, keepdims=True)
    filled = components.copy()
    filled[unseen] = directions
    return filled


def main(arguments: list[str] | None = None) -> int:
    """Fit the model on a data folder and write it."""
    parser = argparse.ArgumentParser(
        prog="python -m vectorstore.train_builtin", description=main.__doc__
    )
    parser.add_argument(
        "data", type=Path, help="folder with laws.tar.xz (and crud_news_40k.jsonl.xz)"
    )
    parser.add_argument("--output", type=Path, default=BUILTIN_MODEL, help="folder to write")
    parser.add_argument(
        "--paragraphs", type=int, default=Recipe().paragraphs, help="from each source"
    )
    options = parser.parse_args(arguments)
    if not (options.data / LAWS).is_file():
        parser.error(f"{options.data} has no {LAWS}")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    recipe = Recipe(paragraphs=options.paragraphs)
    logger.info("reading %s", options.data)
    texts = read_paragraphs(options.data, recipe.paragraphs, recipe.seed)
    tokenizer, vectors = fit(texts, recipe)
    export(options.output, tokenizer, vectors, model_card(vectors.shape, len(texts), recipe.seed))
    logger.info("wrote %s", options.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
