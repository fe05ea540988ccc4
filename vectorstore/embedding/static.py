"""Static models: a vector a token, averaged.

Read with safetensors and numpy, and `tokenizers` for those of others, because importing torch and
sentence_transformers takes ten seconds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vectorstore.embedding.embedder import Vectors, normalized
from vectorstore.embedding.instructions import Instructions, instructions
from vectorstore.embedding.longest_match import LongestMatch, Tokens
from vectorstore.errors import EmbeddingError
from vectorstore.model_files import first_line

Encode = Callable[[Sequence[str]], Tokens]

_BATCH = 1024  # texts tokenised at once, to bound memory
_STATIC = "StaticEmbedding"
_NORMALIZE = "Normalize"


@dataclass(frozen=True, slots=True)
class TokenTable:
    """The vector of token i: `vectors[mapping[i]] * weights[i]`; left out, they are i and 1."""

    vectors: NDArray[Any]
    mapping: NDArray[np.integer[Any]] | None = None
    weights: NDArray[np.floating[Any]] | None = None

    def add_means(self, tokens: Tokens, out: Vectors) -> None:
        """Add to each row of `out` the mean of the vectors of a text's tokens; nothing where it has none."""
        rows = tokens.ids if self.mapping is None else self.mapping[tokens.ids]
        weights = np.ones(len(rows), np.float32)
        if self.weights is not None:
            weights = self.weights[tokens.ids].astype(np.float32)
        starts = np.cumsum(tokens.lengths) - tokens.lengths
        # Texts of one length together: a product of matrices is ten times as fast as `np.add.reduceat`.
        for length in np.unique(tokens.lengths[tokens.lengths > 0]):
            texts = np.flatnonzero(tokens.lengths == length)
            places = starts[texts][:, None] + np.arange(length)
            vectors = self.vectors[rows[places]].astype(np.float32)
            out[texts] += np.matmul(weights[places][:, None, :], vectors)[:, 0] / length


class StaticEmbedder:
    """A sentence-transformers folder whose module is `StaticEmbedding`, without torch."""

    def __init__(self, folder: Path) -> None:
        files = static_files(folder)
        if files is None:
            raise EmbeddingError(f"{folder} 不是静态句向量模型（modules.json 中没有 {_STATIC}）。")
        tokenizer_file, weights_file = files
        resolved = folder.resolve()
        self._instructions = instructions(str(resolved), _read_prompts(folder))
        self._encode = _load_tokenizer(tokenizer_file)
        self._table = _load_table(weights_file)
        self.name = f"{resolved.name}:{_digest(files, self._instructions)}"
        self.dimension = int(self._table.vectors.shape[1])

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        return self._embed([self._instructions.document + text for text in texts])

    def embed_query(self, text: str) -> Vectors:
        vector: Vectors = self._embed([self._instructions.query + text])[0]
        return vector

    def _embed(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for start in range(0, len(texts), _BATCH):
            batch = texts[start : start + _BATCH]
            self._table.add_means(self._encode(batch), vectors[start : start + len(batch)])
        return normalized(vectors)


def static_files(folder: Path) -> tuple[Path, Path] | None:
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


def _read_json(file: Path) -> object:
    if not file.exists():
        return None
    try:
        content: object = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as exc:
        raise _damaged(file, exc) from exc
    return content


def _load_tokenizer(file: Path) -> Encode:
    """The built-in model's kind is read by `LongestMatch`, every other by `tokenizers`."""
    content = _read_json(file)
    longest_match = LongestMatch.of(content) if isinstance(content, dict) else None
    if longest_match is not None:
        return longest_match.encode
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(file))
    except Exception as exc:  # tokenizers raises a bare `Exception` for any bad file
        raise _damaged(file, exc) from exc
    tokenizer.no_padding()

    def encode(texts: Sequence[str]) -> Tokens:
        encoded = tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        lengths = np.array([len(one.ids) for one in encoded], np.int64)
        ids = chain.from_iterable(one.ids for one in encoded)
        return Tokens(np.fromiter(ids, np.int64, int(lengths.sum())), lengths)

    return encode


def _load_table(file: Path) -> TokenTable:
    """Also reads the layout that model2vec saves."""
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        tensors = load_file(file)
        if "embedding.weight" in tensors:
            return TokenTable(tensors["embedding.weight"])
        table = TokenTable(tensors["embeddings"], tensors.get("mapping"), tensors.get("weights"))
    except (OSError, ValueError, KeyError, SafetensorError) as exc:
        raise _damaged(file, exc) from exc
    return table


def _damaged(file: Path, exc: Exception) -> EmbeddingError:
    return EmbeddingError(
        f"句向量模型文件 {file} 缺失或已损坏（{first_line(exc)}）。请重新下载该模型；"
        "若是内置模型，请重新安装 duban。"
    )


def _digest(files: Sequence[Path], prompts: Instructions) -> str:
    digest = hashlib.sha256(f"{prompts.query}\0{prompts.document}".encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
