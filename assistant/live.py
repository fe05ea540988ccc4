"""An assistant that follows the store: after an ingest it answers from the new generation, without a restart."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from assistant.answer import Answer, Turn
from assistant.app import Assistant, open_chat_model, open_generations, read_generation
from assistant.errors import NotIngestedError
from assistant.ledger import TaskFilter
from assistant.settings import Settings
from ingest.records import ParsedDocument
from vectorstore.errors import StoreError
from vectorstore.reranker import load_reranker
from vectorstore.retriever import HybridIndex
from vectorstore.store import Store

logger = logging.getLogger(__name__)

_LOOK_EVERY_S = 2.0


@dataclass(slots=True)
class _Opened:
    """A generation that is being answered from, and by how many questions at the moment."""

    generation: int
    assistant: Assistant
    store: Store
    questions: int = 0
    replaced: bool = False


class LiveAssistant:
    """Answers like an `Assistant`, each question from the one generation that was current when it was asked.

    Documents, ledger, lexical index and vectors are exchanged together. The models are loaded once.
    """

    def __init__(self, settings: Settings) -> None:
        self._generations = open_generations(settings)
        self._folder = settings.documents
        self._reranker = load_reranker(settings.reranker)
        self._model = open_chat_model(settings)
        self._lock = threading.Lock()
        self._refreshing = threading.Lock()
        self._closed = threading.Event()
        self._opened = self._open()

    def answer(
        self,
        question: str,
        history: Sequence[Turn] = (),
        as_of: dt.date | None = None,
        documents: Sequence[str] | None = (),
    ) -> Answer:
        """As `Assistant.answer`."""
        with self._in_use() as assistant:
            return assistant.answer(question, history, as_of, documents)

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        as_of: dt.date | None = None,
        documents: Sequence[str] | None = (),
    ) -> Iterator[Answer]:
        """As `Assistant.stream`; the whole answer is of one generation."""
        with self._in_use() as assistant:
            yield from assistant.stream(question, history, as_of, documents)

    def documents(self) -> tuple[ParsedDocument, ...]:
        """The documents of the newest generation, the same tuple until there is another."""
        return self._opened.assistant.documents()

    def examples(self) -> tuple[str, ...]:
        return self._opened.assistant.examples()

    def suggestions(
        self, history: Sequence[Turn], answer: Answer, as_of: dt.date, documents: Sequence[str] = ()
    ) -> tuple[str, ...]:
        """As `Assistant.suggestions`."""
        with self._in_use() as assistant:
            return assistant.suggestions(history, answer, as_of, documents)

    def asked_filter(
        self, question: str, history: Sequence[Turn], as_of: dt.date, documents: Sequence[str] = ()
    ) -> TaskFilter | None:
        """As `Assistant.asked_filter`."""
        with self._in_use() as assistant:
            return assistant.asked_filter(question, history, as_of, documents)

    def warm_up(self) -> None:
        """As `Assistant.warm_up`."""
        with self._in_use() as assistant:
            assistant.warm_up()

    def refresh(self) -> bool:
        """Answer from the newest generation from now on; whether there is a newer one.

        Where that cannot be read, or holds nothing, the one at hand is kept, and the log says so.
        """
        with self._refreshing:
            try:
                if self._generations.current() in (0, self._opened.generation):
                    return False
                fresh = self._open()
            except (StoreError, NotIngestedError) as exc:
                logger.warning("the new state of the store is not used: %s", exc)
                return False
            with self._lock:
                old, self._opened = self._opened, fresh
                old.replaced = True
                unused = old.questions == 0
            if unused:
                old.store.close()
            logger.info("answering from generation %d", fresh.generation)
            return True

    def follow(self) -> None:
        """Look for newer generations in the background until `close`."""

        def look() -> None:
            while not self._closed.wait(_LOOK_EVERY_S):
                self.refresh()

        threading.Thread(target=look, name="duban-refresh", daemon=True).start()

    def close(self) -> None:
        """End following and release the store."""
        self._closed.set()
        with self._refreshing:
            self._opened.store.close()

    def _open(self) -> _Opened:
        generation, store, documents = read_generation(self._generations, self._folder)
        try:
            index = HybridIndex(store, documents, reranker=self._reranker)
            assistant = Assistant(documents, index, self._model)
        except BaseException:
            store.close()
            raise
        return _Opened(generation, assistant, store)

    @contextmanager
    def _in_use(self) -> Iterator[Assistant]:
        with self._lock:
            opened = self._opened
            opened.questions += 1
        try:
            yield opened.assistant
        finally:
            with self._lock:
                opened.questions -= 1
                unused = opened.replaced and opened.questions == 0
            if unused:
                opened.store.close()
