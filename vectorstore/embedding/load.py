"""From a setting to an embedding model."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from vectorstore.embedding.embedder import Embedder
from vectorstore.embedding.endpoint import Endpoint, EndpointEmbedder
from vectorstore.embedding.static import StaticEmbedder, static_files
from vectorstore.embedding.transformer import SentenceTransformerEmbedder
from vectorstore.errors import EmbeddingError
from vectorstore.model_files import Wanted

BUILTIN_MODEL = Path(__file__).parents[1] / "model"


def load_embedder(model: str = "", endpoint: Endpoint | None = None) -> Embedder:
    """The model named by a folder or a hub id, or `model` at an endpoint; empty is the one that ships with Duban.

    Raises:
        EmbeddingError: the model is missing, damaged or cannot be reached. An endpoint is asked later, when
            the first text is embedded.
    """
    if endpoint is not None:
        return EndpointEmbedder(endpoint, model)
    if not model:
        return _built_in()
    folder = Wanted(model).folder()
    if folder is not None and static_files(folder) is not None:
        return StaticEmbedder(folder)
    return SentenceTransformerEmbedder(model)


@cache
def _built_in() -> StaticEmbedder:
    """Loaded once in a process: the chat, each of its ingests and each new state ask for it, and none changes it."""
    if not BUILTIN_MODEL.is_dir():
        raise EmbeddingError(f"内置句向量模型 {BUILTIN_MODEL} 缺失，请重新安装 duban。")
    return StaticEmbedder(BUILTIN_MODEL)
