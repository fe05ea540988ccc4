"""The pipeline Duban is measured against: split, index words, take the top k.

It is what most document chats do without an embedding model: LangChain's recursive splitter at 500
characters with an overlap of 50, breaking at Chinese sentence marks, and BM25 (bm25s' default, Lucene's
variant, k1 1.5, b 0.75) over jieba words in lower case. With an overlap of 0 the figures differ; 50 gives
those the project was planned with (see `evals.retrieval`).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from evals.evidence import Stretch
from ingest.records import SourceDocument

if TYPE_CHECKING:
    import bm25s

CHUNK_CHARS = 500
OVERLAP_CHARS = 50
SEPARATORS = ("\n\n", "\n", "。", "！", "？", "；", "，", "")


class PlainPipeline:
    """Chunks of fixed size, found by the words they share with the query."""

    def __init__(self, chunks: Sequence[Stretch], words: bm25s.BM25) -> None:
        self.chunks = tuple(chunks)
        self._words = words

    @classmethod
    def over(cls, documents: Iterable[SourceDocument]) -> PlainPipeline:
        """Split and index the documents, of which there must be at least one with text."""
        import bm25s

        # bm25s sets its own logger to DEBUG, which would reach the handlers of the command line.
        logging.getLogger("bm25s").setLevel(logging.WARNING)
        sources = sorted(documents, key=lambda document: document.path)
        chunks = [(source, chunk) for source in sources for chunk in split(source)]
        words = bm25s.BM25()
        words.index(
            [cut_words(source.text[chunk.start : chunk.end]) for source, chunk in chunks],
            show_progress=False,
        )
        return cls([chunk for _, chunk in chunks], words)

    def search(self, query: str, k: int) -> list[Stretch]:
        """The `k` best chunks, best first; none when no word of the query is known."""
        import numpy as np

        known = [word for word in cut_words(query) if word in self._words.vocab_dict]
        if not known:
            return []
        ranking = np.argsort(-self._words.get_scores(known), kind="stable")
        return [self.chunks[int(position)] for position in ranking[:k]]


def split(source: SourceDocument) -> list[Stretch]:
    """The document's chunks in order, each with its place in the text."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        chunk_size=CHUNK_CHARS,
        chunk_overlap=OVERLAP_CHARS,
        separators=list(SEPARATORS),
        add_start_index=True,
    )
    chunks = splitter.create_documents([source.text])
    starts = [(int(chunk.metadata["start_index"]), len(chunk.page_content)) for chunk in chunks]
    return [Stretch(source.path, start, start + length) for start, length in starts]


def cut_words(text: str) -> list[str]:
    """The words of a text as jieba cuts them, in lower case, without blanks."""
    import jieba

    # jieba installs a handler of its own that announces its dictionary on stderr.
    jieba.setLogLevel(logging.WARNING)
    return [word.lower() for word in jieba.lcut(text) if word.strip()]
