"""A second, slower look at the best sentences found: question and sentence are read together.

Optional (`DUBAN_RERANKER`). The built-in search does not need it, and no cross-encoder is small enough to ship.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from vectorstore.errors import RerankerError
from vectorstore.model_files import (
    Wanted,
    batch_size,
    device,
    first_line,
    load_model,
    longest,
    precision,
    require_vocabulary,
)

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

Scores = NDArray[np.float32]

# How many sentences are looked at again: on a processor each costs about as much as embedding it anew.
RERANKED = 30

# The share of the reranker in the fused score. Set, not fitted: most to the model that reads both texts,
# enough to the search that its order stands where the reranker sees no difference.
RERANKER_WEIGHT = 0.7


class Reranker(Protocol):
    """Judges how well texts answer a query."""

    def scores(self, query: str, texts: Sequence[str]) -> Scores:
        """Shape (n,) float32, higher is better; the scale is the model's own."""


class CrossEncoderReranker:
    """A sentence-transformers cross-encoder with one output: a folder or a hub id, loaded when first used."""

    def __init__(self, model: str) -> None:
        self._wanted = Wanted(
            model, "DUBAN_RERANKER", "重排模型", "留空则不使用重排", RerankerError
        )
        self._wanted.folder()  # a wrong path is said at the start, not with the first question
        self._lock = Lock()
        self._loaded: CrossEncoder | None = None

    def scores(self, query: str, texts: Sequence[str]) -> Scores:
        """As `Reranker.scores`: the model's raw output, before any activation.

        Raises:
            RerankerError: the model cannot be loaded or run, or is none that judges a pair by one number.
        """
        if not texts:
            return np.zeros(0, np.float32)
        model = self._model()
        try:
            judged = _judged(model, [(query, text) for text in texts])
        except (RuntimeError, ValueError, TypeError, LookupError) as exc:
            raise RerankerError(
                f"重排模型 {self._wanted.name!r} 运行失败：{first_line(exc)}。请换用别的重排模型，"
                "显存不足时可设 CUDA_VISIBLE_DEVICES=-1；DUBAN_RERANKER 留空则不使用重排。"
            ) from exc
        if judged.shape != (len(texts),) or not np.isfinite(judged).all():
            raise RerankerError(
                f"重排模型 {self._wanted.name!r} 没有给每段文字一个分数，不是重排模型。"
                "请检查 DUBAN_RERANKER，留空则不使用重排。"
            )
        return judged

    def _model(self) -> CrossEncoder:
        with self._lock:
            if self._loaded is None:
                self._loaded = load_model(self._wanted, _load)
            return self._loaded


def load_reranker(model: str = "") -> Reranker | None:
    """The reranker named by a folder or a hub id; None for an empty name.

    Raises:
        RerankerError: the folder does not exist. What else is wrong shows when it is first used.
    """
    return CrossEncoderReranker(model) if model else None


def reranked(
    reranker: Reranker, query: str, similarities: Scores, text: Callable[[int], str]
) -> Scores:
    """`similarities` (0 to 1) fused with the reranker's view of the best `RERANKED` above 0.

    All others count as if the reranker thought the least of them, so their order stays. `text` gives the
    text of a row.
    """
    best = np.argsort(-similarities, kind="stable")[:RERANKED]
    best = best[similarities[best] > 0]
    fused = (1 - RERANKER_WEIGHT) * similarities
    if len(best):
        judged = reranker.scores(query, [text(int(row)) for row in best])
        fused[best] += RERANKER_WEIGHT * _spread(judged)
    return fused.astype(np.float32)


def _spread(judged: Scores) -> Scores:
    """From 0 (the worst) to 1 (the best): models differ in scale, and few are calibrated."""
    width = float(judged.max() - judged.min())
    if width <= 0:
        return np.zeros_like(judged)
    spread: Scores = ((judged - judged.min()) / width).astype(np.float32)
    return spread


def _load(model: str, local_only: bool) -> CrossEncoder:
    from sentence_transformers import CrossEncoder

    where = device()
    loaded: CrossEncoder = CrossEncoder(
        model,
        device=where,
        local_files_only=local_only,
        model_kwargs={"dtype": precision(where)},
    )
    require_vocabulary(loaded.tokenizer)
    _require_trained_head(loaded)
    if (cut := longest(loaded.max_seq_length)) is not None:
        loaded.max_seq_length = cut
    return loaded


def _require_trained_head(model: CrossEncoder) -> None:
    """Refuse an embedding or a language model: it would get a last layer of random numbers.

    Raises:
        ValueError: the class that was saved is not the class that was loaded.
    """
    network = model.transformers_model
    saved = getattr(network.config, "architectures", None) if network is not None else None
    if saved and type(network).__name__ not in saved:
        raise ValueError(f"这是 {saved[0]}，不是重排模型")


def _judged(model: CrossEncoder, pairs: list[tuple[str, str]]) -> Scores:
    from torch.nn import Identity

    size = sum(parameter.numel() for parameter in model.parameters())
    outputs = model.predict(
        pairs,
        batch_size=batch_size(str(model.device), size),
        show_progress_bar=False,
        activation_fn=Identity(),  # a sigmoid would make equals of all that is clearly relevant
    )
    return np.asarray(outputs, np.float32)
