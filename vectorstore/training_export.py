"""Writing a table of vectors as a sentence-transformers `StaticEmbedding` folder.

In the layout of model2vec, which sentence-transformers reads too: one byte a number, `weights` to scale each
token back, and `mapping` from a token to its row, so that tokens of equal vector are stored once.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_MODULE_FOLDER = "0_StaticEmbedding"
# The name that every release of sentence-transformers resolves.
_MODULE_TYPE = "sentence_transformers.models.StaticEmbedding"
_LARGEST = 127


def export(
    folder: Path, tokenizer: Tokenizer, vectors: NDArray[np.float32], rows: NDArray[np.int32]
) -> None:
    """Write a folder that `SentenceTransformer(folder)` loads; token i has the vector `vectors[rows[i]]`."""
    from safetensors.numpy import save_file

    module = folder / _MODULE_FOLDER
    module.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(module / "tokenizer.json"), pretty=False)
    table, scales = quantised(vectors)
    tensors: dict[str, NDArray[Any]] = {
        "embeddings": table,
        "mapping": rows,
        "weights": scales[rows],
    }
    save_file(tensors, module / "model.safetensors")
    (module / "model.safetensors").chmod(0o644)
    modules = [{"idx": 0, "name": "0", "path": _MODULE_FOLDER, "type": _MODULE_TYPE}]
    config: dict[str, object] = {
        "model_type": "SentenceTransformer",
        "prompts": {},
        "default_prompt_name": None,
        "similarity_fn_name": "cosine",
    }
    _write_json(folder / "modules.json", modules)
    _write_json(folder / "config_sentence_transformers.json", config)


def quantised(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Each row as whole numbers up to 127, and what to multiply them by."""
    scales = np.abs(vectors).max(axis=1) / _LARGEST
    divisors = np.where(scales > 0, scales, 1)[:, None]
    return np.rint(vectors / divisors).astype(np.int8), scales.astype(np.float32)


def _write_json(file: Path, content: object) -> None:
    file.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
