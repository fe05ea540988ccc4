"""Every model that sentence-transformers can load, from a folder or the hub."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from vectorstore.embedding.embedder import Vectors, normalized
from vectorstore.embedding.instructions import Instructions, instructions
from vectorstore.errors import EmbeddingError
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
    from sentence_transformers import SentenceTransformer

_PROBE_VALUES = 256  # values of each parameter that enter the fingerprint


class SentenceTransformerEmbedder:
    """Any sentence-transformers model: a folder or a hub id."""

    def __init__(self, model: str) -> None:
        wanted = Wanted(model)
        folder = wanted.folder()
        self._model = load_model(wanted, _load)
        full_name = str(folder.resolve()) if folder is not None else model
        self._instructions = instructions(full_name, self._model.prompts)
        # Left in place it would also be put before documents.
        self._model.default_prompt_name = None
        if (cut := longest(self._model.max_seq_length)) is not None:
            self._model.max_seq_length = cut
        size = sum(parameter.numel() for parameter in self._model.parameters())
        self._batch = batch_size(str(self._model.device), size)
        shown = Path(full_name).name if folder is not None else model
        self.name = f"{shown}:{_digest(self._model, self._instructions)}"
        self.dimension = int(self._model.get_embedding_dimension() or 0)

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        return self._embed(list(texts), self._instructions.document)

    def embed_query(self, text: str) -> Vectors:
        vector: Vectors = self._embed([text], self._instructions.query)[0]
        return vector

    def _embed(self, texts: list[str], prompt: str) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        try:
            vectors = self._model.encode(
                texts, prompt=prompt or None, batch_size=self._batch, show_progress_bar=False
            )
        except RuntimeError as exc:  # among others, a card without enough memory
            raise EmbeddingError(
                f"句向量模型 {self.name} 运行失败：{first_line(exc)}。"
                "显存不足时可设 CUDA_VISIBLE_DEVICES=-1 改用处理器，或换用小一些的模型。"
            ) from exc
        # Normalised here: a half-precision model makes NaN of a zero vector when it does it itself.
        return normalized(np.asarray(vectors, np.float32))


def _load(model: str, local_only: bool) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer

    where = device()
    loaded: SentenceTransformer = SentenceTransformer(
        model,
        device=where,
        local_files_only=local_only,
        model_kwargs={"dtype": precision(where)},
    )
    require_vocabulary(loaded.tokenizer)
    return loaded


def _digest(model: SentenceTransformer, prompts: Instructions) -> str:
    """A hash over what shapes the vectors, with a sample of every parameter.

    Hashing gigabytes would delay each start. The number type does not count: the sample is the same in full
    and in half precision where the file holds half.
    """
    digest = hashlib.sha256(f"{prompts.query}\0{prompts.document}".encode())
    digest.update(str(model.max_seq_length).encode())
    for part in model.children():
        settings: Callable[[], object] = getattr(part, "get_config_dict", dict)
        described = json.dumps(settings(), sort_keys=True, default=str)
        digest.update(f"{type(part).__name__}{described}".encode())
    for name, parameter in sorted(model.state_dict().items()):
        digest.update(f"{name}{tuple(parameter.shape)}".encode())
        digest.update(parameter.flatten()[:_PROBE_VALUES].float().cpu().numpy().tobytes())
    return digest.hexdigest()[:16]
