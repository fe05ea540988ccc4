"""First vectors of tokens: which tokens stand near which (PPMI), reduced by a singular value decomposition.

Source: Levy and Goldberg (2014), Neural word embedding as implicit matrix factorization, NIPS 27.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

_WINDOW = 5
_SMOOTHING = 0.75  # of the context's frequency, so that rare contexts do not dominate
_ITERATIONS = 3


def first_vectors(
    tokens: NDArray[np.int32], sentences: NDArray[np.int32], size: int, dimension: int, seed: int
) -> NDArray[np.float32]:
    """Vectors of shape (size, dimension), unit length times idf; tokens that never occur get a random one.

    `tokens` is the whole text, `sentences` the number of the sentence that each token stands in.
    """
    together = _cooccurrences(tokens, sentences, size)
    vectors = _reduce(_ppmi(together), dimension, seed)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unseen = np.flatnonzero(lengths[:, 0] < 1e-6)
    vectors[unseen] = np.random.default_rng(seed).standard_normal((len(unseen), dimension))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors * _idf(tokens, sentences, size)[:, None]).astype(np.float32)


def _cooccurrences(
    tokens: NDArray[np.int32], sentences: NDArray[np.int32], size: int
) -> csr_matrix:
    """How often two tokens stand within the window in one sentence; nearer ones count more."""
    from scipy.sparse import csr_matrix

    total = csr_matrix((size, size), dtype=np.float32)
    for distance in range(1, _WINDOW + 1):
        near = sentences[:-distance] == sentences[distance:]
        left, right = tokens[:-distance][near], tokens[distance:][near]
        ones = np.full(len(left), 1 / distance, np.float32)
        total = total + csr_matrix((ones, (left, right)), shape=(size, size))
    return (total + total.T).tocsr()


def _ppmi(together: csr_matrix) -> csr_matrix:
    own = np.asarray(together.sum(axis=1)).ravel()
    context = own**_SMOOTHING
    context /= context.sum()
    rows = np.repeat(np.arange(together.shape[0]), np.diff(together.indptr))
    ratio = together.data / np.maximum(own[rows] * context[together.indices], 1e-9)
    information = together.copy()
    information.data = np.maximum(np.log(np.maximum(ratio, 1e-9)), 0).astype(np.float32)
    information.eliminate_zeros()
    return information


def _reduce(information: csr_matrix, dimension: int, seed: int) -> NDArray[np.float32]:
    from sklearn.utils.extmath import randomized_svd  # type: ignore[import-untyped]

    left, values, _ = randomized_svd(
        information, dimension, n_iter=_ITERATIONS, random_state=seed, n_oversamples=10
    )
    # The square root of the values: with all of their weight the first directions would drown the rest.
    return np.asarray(left * np.sqrt(values), np.float32)


def _idf(tokens: NDArray[np.int32], sentences: NDArray[np.int32], size: int) -> NDArray[np.float32]:
    distinct = np.unique(sentences.astype(np.int64) * size + tokens)
    frequency = np.bincount(distinct % size, minlength=size)
    count = int(sentences[-1]) + 1
    idf: NDArray[np.float32] = np.log((1 + count) / (1 + frequency)) / np.log(1 + count)
    return idf.astype(np.float32)
