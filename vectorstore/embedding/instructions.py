"""What to put before a query and before a passage, which many models were trained with.

Models that say it in their own files are taken at their word. Others say it only on their card, and an
embeddings endpoint adds nothing of itself; for those the words are here, by the model's name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_TASK = (
    "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:"
)
_SNAPSHOTS = "snapshots"


@dataclass(frozen=True, slots=True)
class Instructions:
    """Texts put before a query and before a document, word for word."""

    query: str = ""
    document: str = ""


# By name, first match wins; sources: the cards of the models at huggingface.co. bge-m3, gte-*-zh,
# gte-multilingual and every model not listed want none.
_BY_NAME = (
    (r"bge-(?:small|base|large)-zh", Instructions("为这个句子生成表示以用于检索相关文章：")),
    (
        r"bge-(?:small|base|large)-en",
        Instructions("Represent this sentence for searching relevant passages: "),
    ),
    (r"qwen3-embedding", Instructions(_TASK)),
    (r"gte-qwen2-.*instruct", Instructions(f"{_TASK} ")),
    (r"(?:^|-)e5-.*instruct", Instructions(f"{_TASK} ")),
    (r"(?:^|-)e5-(?:small|base|large)", Instructions("query: ", "passage: ")),
)


def instructions(model: str, written: Mapping[str, str | None]) -> Instructions:
    """Those in the model's files (`written`, by prompt name), else those of its card.

    The prompt names and their order are those of `SentenceTransformer.encode_query` and `encode_document`.
    """
    given = {name: text for name, text in written.items() if text}
    document = next(
        (given[name] for name in ("document", "passage", "corpus") if name in given), ""
    )
    if "query" in given or document:
        return Instructions(given.get("query", ""), document)
    return of_card(model)


def of_card(model: str) -> Instructions:
    """By a model's name, hub id or folder."""
    name = model_name(model).lower().replace("_", "-")
    return next((known for pattern, known in _BY_NAME if re.search(pattern, name)), Instructions())


def model_name(model: str) -> str:
    """The last part of a hub id or folder; of a snapshot in the hub's cache, the model's own name."""
    path = Path(model.replace("\\", "/"))
    if path.parent.name == _SNAPSHOTS:
        return path.parent.parent.name.rpartition("--")[2]
    return path.name
