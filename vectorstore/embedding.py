"""Embedding models behind one small interface.

Always a sentence-transformers model. A static one (a vector a token, averaged) is read with tokenizers, safetensors
and numpy alone, because importing torch and sentence_transformers takes ten seconds.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from vectorstore.errors import EmbeddingError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

Vectors = NDArray[np.float32]

BUILTIN_MODEL = Path(__file__).parent / "model"

_BATCH = 1024  # texts tokenised at once, to bound memory
_PROBE_VALUES = 256  # values of each parameter that enter the fingerprint
_HUB_TIMEOUT_S = 10.0
_STATIC = "StaticEmbedding"
_NORMALIZE = "Normalize"

# The model's card asks for an instruction before a query, its files do not carry it.
_QUERY_INSTRUCTIONS = {"bge-small-zh", "bge-base-zh", "bge-large-zh"}
_BGE_INSTRUCTION = "为这个句子生成表示以用于检索相关文章："


class Embedder(Protocol):
    """Turns texts into vectors whose dot product is their cosine similarity."""

    @property
    def name(self) -> str:
        """The model's name with a hash of its content: equal names give equal vectors."""

    @property
    def dimension(self) -> int: ...

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        """Shape (n, dimension) float32, L2-normalised; a text without a known token gives zeros."""

    def embed_query(self, text: str) -> Vectors:
        """Shape (dimension,) float32, L2-normalised, with the model's query instruction."""


class StaticEmbedder:
    """A sentence-transformers folder whose module is `StaticEmbedding`, without torch."""

    def __init__(self, folder: Path) -> None:
        files = _static_files(folder)
        if files is None:
            raise EmbeddingError(f"{folder} 不是静态句向量模型（modules.json 中没有 {_STATIC}）。")
        tokenizer_file, weights_file = files
        self._prompts = _read_prompts(folder)
        self._tokenizer = _load_tokenizer(tokenizer_file)
        self._table = _load_table(weights_file)
        self.name = f"{folder.resolve().name}:{_digest(files, self._prompts)}"
        self.dimension = int(self._table.shape[1])

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        prompt = _document_prompt(self._prompts)
        return self._embed([prompt + text for text in texts])

    def embed_query(self, text: str) -> Vectors:
        vector: Vectors = self._embed([self._prompts.get("query", "") + text])[0]
        return vector

    def _embed(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for start in range(0, len(texts), _BATCH):
            batch = list(texts[start : start + _BATCH])
            encodings = self._tokenizer.encode_batch(batch, add_special_tokens=False)
            for row, encoding in enumerate(encodings, start):
                if encoding.ids:
                    vectors[row] = self._table[encoding.ids].mean(axis=0)
        return _normalized(vectors)


class SentenceTransformerEmbedder:
    """Any other sentence-transformers model: a folder or a hub id."""

    def __init__(self, model: str) -> None:
        self._model = _load_sentence_transformer(model)
        instruction = _query_instruction(model)
        prompts = {k: v for k, v in self._model.prompts.items() if v}
        if instruction and "query" not in prompts:
            prompts["query"] = instruction
        self._prompts = prompts
        name = Path(model).resolve().name if Path(model).exists() else model
        self.name = f"{name}:{_model_digest(self._model, prompts)}"
        self.dimension = int(self._model.get_embedding_dimension() or 0)

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        return self._embed(list(texts), _document_prompt(self._prompts))

    def embed_query(self, text: str) -> Vectors:
        vector: Vectors = self._embed([text], self._prompts.get("query", ""))[0]
        return vector

    def _embed(self, texts: list[str], prompt: str) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        # Normalised here: a half-precision model makes NaN of a zero vector when it does it itself.
        vectors = self._model.encode(texts, prompt=prompt or None, show_progress_bar=False)
        return _normalized(np.asarray(vectors, np.float32))


def load_embedder(model: str = "") -> Embedder:
    """The model named by a folder or a hub id; empty is the one that ships with Duban.

    Raises:
        EmbeddingError: the model is missing, damaged or cannot be reached.
    """
    folder = Path(model) if model else BUILTIN_MODEL
    if not folder.is_dir() and (not model or _looks_like_a_path(model)):
        raise EmbeddingError(
            f"找不到句向量模型文件夹 {folder}。请检查 DUBAN_EMBEDDING_MODEL；"
            "留空则使用内置模型（若内置模型缺失，请重新安装 duban）。"
        )
    if not model or _static_files(folder) is not None:
        return StaticEmbedder(folder)
    return SentenceTransformerEmbedder(model)


def _looks_like_a_path(model: str) -> bool:
    """Whether the name cannot be a hub id, which is `owner/name` or `name`."""
    return model.startswith((".", "/", "~", "\\")) or "\\" in model or model.count("/") > 1


def _static_files(folder: Path) -> tuple[Path, Path] | None:
    """The tokenizer and the weights of a static model, None where the folder holds another kind."""
    listed = _read_json(folder / "modules.json")
    modules = [m for m in listed if isinstance(m, dict)] if isinstance(listed, list) else []
    kinds = [str(module.get("type", "")).rpartition(".")[2] for module in modules]
    if not kinds or kinds[0] != _STATIC or any(kind != _NORMALIZE for kind in kinds[1:]):
        return None
    part = folder / str(modules[0].get("path", ""))
    return part / "tokenizer.json", part / "model.safetensors"


def _read_prompts(folder: Path) -> dict[str, str]:
    config = _read_json(folder / "config_sentence_transformers.json")
    prompts = config.get("prompts") if isinstance(config, dict) else None
    return {str(name): str(text) for name, text in (prompts or {}).items() if text}


def _document_prompt(prompts: Mapping[str, str]) -> str:
    """The names and their order are those of `SentenceTransformer.encode_document`."""
    return next(
        (prompts[name] for name in ("document", "passage", "corpus") if name in prompts), ""
    )


def _query_instruction(model: str) -> str:
    name = model.rstrip("/").rpartition("/")[2].lower()
    return _BGE_INSTRUCTION if any(known in name for known in _QUERY_INSTRUCTIONS) else ""


def _read_json(file: Path) -> object:
    if not file.exists():
        return None
    try:
        content: object = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as exc:
        raise _damaged(file, exc) from exc
    return content


def _load_tokenizer(file: Path) -> Tokenizer:
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(file))
    except Exception as exc:  # tokenizers raises a bare `Exception` for any bad file
        raise _damaged(file, exc) from exc
    tokenizer.no_padding()
    return tokenizer


def _load_table(file: Path) -> Vectors:
    """Token vectors of shape (vocabulary, dimension); also reads the layout that model2vec saves."""
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        tensors = load_file(file)
        if "embedding.weight" in tensors:
            return np.asarray(tensors["embedding.weight"], np.float32)
        table = np.asarray(tensors["embeddings"], np.float32)
    except (OSError, ValueError, KeyError, SafetensorError) as exc:
        raise _damaged(file, exc) from exc
    if "mapping" in tensors:
        table = table[tensors["mapping"]]
    if "weights" in tensors:
        table = table * np.asarray(tensors["weights"], np.float32)[:, None]
    return table


def _load_sentence_transformer(model: str) -> SentenceTransformer:
    # Read when huggingface_hub is imported, so it has to stand before that.
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    import httpx
    from sentence_transformers import SentenceTransformer

    offline = not Path(model).exists() and not _hub_is_reachable()
    try:
        return SentenceTransformer(model, local_files_only=offline)
    except (OSError, ValueError, RuntimeError, ImportError, KeyError, httpx.HTTPError) as exc:
        raise EmbeddingError(
            f"无法加载句向量模型 {model!r}：{_first_line(exc)}。"
            "请检查 DUBAN_EMBEDDING_MODEL 是否写对、能否联网下载（可用 HF_ENDPOINT 指定镜像）；"
            "不能联网时，先在别的机器下载好，再把 DUBAN_EMBEDDING_MODEL 设为模型文件夹；"
            "留空则使用内置模型。"
        ) from exc


def _hub_is_reachable() -> bool:
    """Whether the model hub answers at all; without asking, its client retries for over a minute."""
    import httpx
    from huggingface_hub import constants

    if constants.HF_HUB_OFFLINE:
        return False
    try:
        httpx.head(constants.ENDPOINT, timeout=_HUB_TIMEOUT_S)
    except httpx.HTTPError:
        return False
    return True


def _first_line(exc: Exception) -> str:
    return (str(exc).strip().splitlines() or [type(exc).__name__])[0].rstrip("。.")


def _damaged(file: Path, exc: Exception) -> EmbeddingError:
    return EmbeddingError(
        f"句向量模型文件 {file} 缺失或已损坏（{_first_line(exc)}）。请重新下载该模型；"
        "若是内置模型，请重新安装 duban。"
    )


def _normalized(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    normalized: Vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return normalized


def _digest(files: Sequence[Path], prompts: Mapping[str, str]) -> str:
    digest = hashlib.sha256(json.dumps(prompts, sort_keys=True).encode("utf-8"))
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _model_digest(model: SentenceTransformer, prompts: Mapping[str, str]) -> str:
    """A hash over a sample of every parameter: hashing gigabytes would delay each start."""
    digest = hashlib.sha256(json.dumps(prompts, sort_keys=True).encode("utf-8"))
    for name, parameter in sorted(model.state_dict().items()):
        digest.update(f"{name}{tuple(parameter.shape)}".encode())
        digest.update(parameter.flatten()[:_PROBE_VALUES].float().cpu().numpy().tobytes())
    return digest.hexdigest()[:16]
