"""The assistant: understand, gather and write, verify, render. The one place that wires objects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.answer import Answer, Turn
from assistant.composers import BuiltInWriter
from assistant.draft import Draft, Statement, paragraph
from assistant.errors import NotIngestedError
from assistant.examples import example_questions
from assistant.ledger import TaskFilter
from assistant.library import Library
from assistant.listing import task_filter
from assistant.render import render
from assistant.settings import Settings
from assistant.suggestions import follow_up_questions
from assistant.understanding import RuleUnderstanding
from assistant.verify import Verifier
from ingest.records import ParsedDocument, SourceDocument
from prompts import phrase
from vectorstore.embedding import Embedder, Endpoint, load_embedder
from vectorstore.reranker import load_reranker
from vectorstore.retriever import HybridIndex
from vectorstore.store import Store


class Assistant:
    """Answers questions over what a store holds. Safe to use from several threads: it keeps no conversation."""

    def __init__(self, documents: Sequence[ParsedDocument], index: HybridIndex) -> None:
        self.index = index
        self._library = Library(documents)
        self._understanding = RuleUnderstanding(self._library)
        self._writer = BuiltInWriter(self._library, index)
        self._verifier = Verifier(self._library)

    def answer(
        self,
        question: str,
        history: Sequence[Turn] = (),
        as_of: dt.date | None = None,
        documents: Sequence[str] | None = (),
    ) -> Answer:
        """Answer one question.

        `as_of` is today for the question, by default the clock's date; `documents` are the paths to answer
        from, empty for all.
        """
        if not question.strip():
            return render(Draft((paragraph(Statement(phrase("nothing_to_search"))),), refused=True))
        today = as_of or dt.date.today()
        query = self._understanding.understand(question, history, today, documents or ())
        draft = self._verifier.verified(self._writer.write(query))
        if not draft.blocks:
            text = phrase("not_found", what="与提问相关的内容")
            draft = Draft((paragraph(Statement(text, computed=(text,))),), refused=True)
        return render(Draft(draft.blocks, draft.refused, query.notices))

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        as_of: dt.date | None = None,
        documents: Sequence[str] | None = (),
    ) -> Iterator[Answer]:
        """The answer as it grows, paragraph by paragraph; the last one is complete."""
        answer = self.answer(question, history, as_of, documents)
        parts = answer.text.split("\n\n")
        for count in range(1, len(parts)):
            yield Answer(
                "\n\n".join(parts[:count]), answer.citations, answer.refused, answer.notices
            )
        yield answer

    def documents(self) -> tuple[ParsedDocument, ...]:
        return self._library.documents

    def sources(self) -> tuple[SourceDocument, ...]:
        return tuple(parsed.source for parsed in self._library.documents)

    def examples(self) -> tuple[str, ...]:
        """Questions to begin with, which the documents at hand can answer."""
        return example_questions(self._library.documents)

    def suggestions(
        self,
        history: Sequence[Turn],
        answer: Answer,
        as_of: dt.date,
        documents: Sequence[str] = (),
        *,
        most: int = 3,
    ) -> tuple[str, ...]:
        """Questions to ask next, none of which would be refused; `history` ends with the answer."""
        asked = {turn.content for turn in history}
        answered: list[str] = []
        for question in dict.fromkeys(follow_up_questions(answer, self._library)):
            if len(answered) == most:
                break
            if question not in asked and self._is_answered(question, history, as_of, documents):
                answered.append(question)
        return tuple(answered)

    def asked_filter(
        self, question: str, history: Sequence[Turn], as_of: dt.date, documents: Sequence[str] = ()
    ) -> TaskFilter | None:
        """The filter on tasks that a question states; None when it asks for no list."""
        return task_filter(self._understanding.understand(question, history, as_of, documents))

    def _is_answered(
        self, question: str, history: Sequence[Turn], as_of: dt.date, documents: Sequence[str]
    ) -> bool:
        """Whether the built-in writer finds something to say that survives verification."""
        query = self._understanding.understand(question, history, as_of, documents)
        draft = self._verifier.verified(self._writer.write(query))
        return bool(draft.blocks) and not draft.refused


def open_store(settings: Settings, *, rebuild: bool = False) -> Store:
    """The store of these settings, with its embedding model; `rebuild` allows to begin a new one."""
    embedder = open_embedder(settings)
    return Store.open(settings.state_folder, embedder, settings.chroma_url, rebuild=rebuild)


def open_embedder(settings: Settings) -> Embedder:
    """The embedding model of these settings: built in, from a folder or the hub, or at an endpoint."""
    endpoint = None
    if settings.embedding_base_url:
        key = settings.embedding_api_key.get_secret_value()
        endpoint = Endpoint(settings.embedding_base_url, key)
    return load_embedder(settings.embedding_model, endpoint)


def open_library(settings: Settings) -> tuple[ParsedDocument, ...]:
    """All ingested documents.

    Raises:
        NotIngestedError: there are none yet.
    """
    store = open_store(settings)
    try:
        return _loaded(store, settings.documents)
    finally:
        store.close()


def open_assistant(settings: Settings) -> Assistant:
    """An assistant over everything that has been ingested.

    Raises:
        NotIngestedError: nothing has been ingested yet.
    """
    reranker = load_reranker(settings.reranker)
    store = open_store(settings)
    documents = _loaded(store, settings.documents)
    return Assistant(documents, HybridIndex(store, documents, reranker=reranker))


def _loaded(store: Store, folder: Path) -> tuple[ParsedDocument, ...]:
    documents = store.load()
    if not documents:
        raise NotIngestedError(f"还没有导入任何文件，请先运行：duban ingest（文件夹：{folder}）")
    return documents
