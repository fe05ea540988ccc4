"""The hybrid search as a LangChain retriever; LangChain's types go no further than this module."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from vectorstore.retriever import Hit, HybridIndex


class DubanRetriever(BaseRetriever):
    """Passages of the ingested documents, best first; `documents` limits the search to these paths."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: HybridIndex
    k: int = 10
    documents: tuple[str, ...] | None = None

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        return [_to_document(hit) for hit in self.index.search(query, self.k, self.documents)]


def _to_document(hit: Hit) -> Document:
    passage = hit.passage
    return Document(
        id=passage.id,
        page_content=passage.span.quote,
        metadata={
            "document": hit.document,
            "section": " / ".join(passage.path),
            "start": passage.span.start,
            "end": passage.span.end,
            "page": passage.page,
            "similarity": hit.similarity,
        },
    )
