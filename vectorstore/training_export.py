"""Writing token vectors as a sentence-transformers `StaticEmbedding` folder with its model card."""

from __future__ import annotations

import json
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_MODULE_FOLDER = "0_StaticEmbedding"
# The name that every release of sentence-transformers resolves.
_MODULE_TYPE = "sentence_transformers.models.StaticEmbedding"
_CARD = """\
---
language: zh
library_name: sentence-transformers
license: apache-2.0
pipeline_tag: sentence-similarity
tags: [static-embedding, lsa]
---

# Duban 内置句向量模型（替身）

This is a stand-in, not a trained neural model: a latent semantic analysis (tf-idf of words and characters
reduced by a truncated SVD) stored as a sentence-transformers `StaticEmbedding`, so that Duban works with the
network cable out and without torch. $tokens tokens, $dimension dimensions, float16.

- **Fitted on** $texts paragraphs: Chinese statutes, regulations and judicial interpretations (github:
  LawRefBook/Laws; texts of law are not subject to copyright, Copyright Law of the PRC, art. 5) and, where the
  training folder had them, news texts (github: IAAR-Shanghai/CRUD_RAG, Apache-2.0).
- **Made by** `python -m vectorstore.train_builtin DATA_FOLDER`, seed $seed; it can be made again at any time.
- **Good for** a small push to passages on the same matter when the question uses other words.
- **It cannot** read word order, negation, numbers or dates; it does not know names it never saw (a rare
  character only matches itself); it knows no language but Chinese; alone it is far behind BM25. Duban gives it a
  small weight beside BM25 for that reason. Set `DUBAN_EMBEDDING_MODEL` to a real model, such as
  `BAAI/bge-small-zh-v1.5`, where one can be had.
"""


def export(folder: Path, tokenizer: Tokenizer, vectors: NDArray[np.float16], card: str) -> None:
    """Write a folder that `SentenceTransformer(folder)` loads."""
    from safetensors.numpy import save_file

    module = folder / _MODULE_FOLDER
    module.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(module / "tokenizer.json"), pretty=False)
    save_file({"embedding.weight": vectors}, module / "model.safetensors")
    modules = [{"idx": 0, "name": "0", "path": _MODULE_FOLDER, "type": _MODULE_TYPE}]
    config: dict[str, object] = {
        "model_type": "SentenceTransformer",
        "prompts": {},
        "default_prompt_name": None,
        "similarity_fn_name": "cosine",
    }
    _write_json(folder / "modules.json", modules)
    _write_json(folder / "config_sentence_transformers.json", config)
    (folder / "README.md").write_text(card, encoding="utf-8")


def model_card(shape: tuple[int, ...], texts: int, seed: int) -> str:
    """What the model is, what it was fitted on and what it cannot do; `shape` is (tokens, dimension)."""
    tokens, dimension = shape
    return Template(_CARD).substitute(
        dimension=dimension, tokens=f"{tokens:,}", texts=f"{texts:,}", seed=seed
    )


def _write_json(file: Path, content: object) -> None:
    file.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
