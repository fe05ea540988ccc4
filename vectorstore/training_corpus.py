"""Texts for fitting the built-in model: paragraphs of statutes and, where present, of news."""

from __future__ import annotations

import json
import lzma
import random
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path

LAWS = "laws.tar.xz"
NEWS = "crud_news_40k.jsonl.xz"

MIN_CHARS = 15  # shorter lines are headings and signatures
CHUNK_CHARS = 160  # about two sentences: what the model will have to compare
_HEADER_END = "<!-- INFO END -->"
_SENTENCE = re.compile(r"[^。！？!?；\n]+[。！？!?；]?")


def read_paragraphs(folder: Path, limit: int, seed: int) -> list[str]:
    """Up to `limit` distinct paragraphs from each source in `folder`, in a seeded order.

    Raises:
        FileNotFoundError: the folder has no `laws.tar.xz`; the news are optional.
    """
    paragraphs = _sample(_law_paragraphs(folder / LAWS), limit, seed)
    if (folder / NEWS).exists():
        paragraphs += _sample(_news_paragraphs(folder / NEWS), limit, seed)
    random.Random(seed).shuffle(paragraphs)
    return paragraphs


def _sample(paragraphs: Iterator[str], limit: int, seed: int) -> list[str]:
    distinct = list(dict.fromkeys(paragraphs))
    random.Random(seed).shuffle(distinct)
    return distinct[:limit]


def _law_paragraphs(archive: Path) -> Iterator[str]:
    with tarfile.open(archive, "r:xz") as tar:
        for member in tar:
            file = tar.extractfile(member) if member.name.endswith(".md") else None
            if file is None:
                continue
            text = file.read().decode("utf-8")
            for line in text.partition(_HEADER_END)[2].splitlines():
                if len(line) >= MIN_CHARS and not line.startswith("#"):
                    yield from _chunks(line)


def _news_paragraphs(archive: Path) -> Iterator[str]:
    with lzma.open(archive, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield from _chunks(json.loads(line))


def _chunks(text: str) -> Iterator[str]:
    """Whole sentences joined up to `CHUNK_CHARS`."""
    chunk = ""
    for sentence in _SENTENCE.findall(text):
        if chunk and len(chunk) + len(sentence) > CHUNK_CHARS:
            yield chunk
            chunk = ""
        chunk += sentence
    if len(chunk) >= MIN_CHARS:
        yield chunk
