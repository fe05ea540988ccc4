"""The assistant: understand, gather and write, verify, render. The one place that wires objects."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.answer import Answer, Turn
from assistant.chat.endpoint import ChatEndpoint
from assistant.chat.provider import ChatModel
from assistant.chat.understand import ModelUnderstanding, Planned, with_plan
from assistant.chat.write import ModelWriter
from assistant.composers import BuiltInWriter
from assistant.draft import Draft, Statement, own_words, paragraph
from assistant.errors import ChatError, NotIngestedError
from assistant.examples import example_questions
from assistant.greetings import greeting
from assistant.ledger import TaskFilter
from assistant.library import Library
from assistant.listing import task_filter
from assistant.passages import FoundPassage, find_passages
from assistant.query import Query
from assistant.render import render
from assistant.search import SentenceSearch
from assistant.settings import Settings
from assistant.suggestions import follow_up_questions
from assistant.understanding import RuleUnderstanding
from assistant.verify import Verifier
from ingest.records import ParsedDocument, SourceDocument
from prompts import phrase
from vectorstore.embedding import Embedder, Endpoint, load_embedder
from vectorstore.generations import Generations
from vectorstore.reranker import load_reranker
from vectorstore.retriever import HybridIndex
from vectorstore.store import Store

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _ModelSide:
    """The two things a chat model does."""

    client: ChatModel
    understanding: ModelUnderstanding
    writer: ModelWriter


class Assistant:
    """Answers questions over what a store holds. Safe to use from several threads: it keeps no conversation."""

    def __init__(
        self,
        documents: Sequence[ParsedDocument],
        index: HybridIndex,
        model: ChatModel | None = None,
    ) -> None:
        self.index = index
        self._library = Library(documents)
        self._understanding = RuleUnderstanding(self._library)
        search = SentenceSearch(self._library, index)
        self._writer = BuiltInWriter(self._library, search)
        self._verifier = Verifier(self._library)
        self._model = None
        if model is not None:
            self._model = _ModelSide(
                model,
                ModelUnderstanding(self._library, model),
                ModelWriter(self._library, search, self._verifier, model, self._drafted),
            )

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
        return list(self._answers(question, history, as_of, documents))[-1]

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        as_of: dt.date | None = None,
        documents: Sequence[str] | None = (),
    ) -> Iterator[Answer]:
        """The answer as it grows; the last one is complete. Closing it stops a chat model at once."""
        for answer in self._answers(question, history, as_of, documents):
            if answer.writing is None or answer.writing.built_in:
                yield from _by_paragraph(answer)
            else:
                yield answer

    def _answers(
        self,
        question: str,
        history: Sequence[Turn],
        as_of: dt.date | None,
        documents: Sequence[str] | None,
    ) -> Iterator[Answer]:
        """The one answer of the built-in writer, or those of a chat model as they grow."""
        if not question.strip():
            yield render(Draft((paragraph(Statement(phrase("nothing_to_search"))),), refused=True))
            return
        if (greeted := greeting(question, self._library.within(documents or None))) is not None:
            yield render(greeted)
            return
        query = self._understanding.understand(
            question, history, as_of or dt.date.today(), documents or ()
        )
        if self._model is None:
            draft = self._drafted(query)
            yield render(Draft(draft.blocks, draft.refused, query.notices))
        else:
            yield from self._answers_of(self._model, query, history)

    def _answers_of(
        self, model: _ModelSide, query: Query, history: Sequence[Turn]
    ) -> Iterator[Answer]:
        """The growing answer of a chat model, the built-in one where it cannot be asked."""
        planned = Planned(query)
        reason = ""
        try:
            for one in model.understanding.planned(query, history):
                if isinstance(one, Planned):
                    planned = one
                else:
                    yield Answer("")
        except ChatError as exc:
            reason = str(exc)
            logger.warning("chat model failed: %s", reason)
        draft = self._drafted(planned.query)
        if draft.refused and planned.query != query:
            # What a plan adds may not take an answer away.
            draft = self._drafted(query)
        writer = model.writer
        growing = (
            [writer.unwritten(draft, reason)]
            if reason
            else writer.write(planned.query, draft, history)
        )
        for written in growing:
            notices = (*query.notices, *written.draft.notices)
            answer = render(Draft(written.draft.blocks, written.draft.refused, notices))
            yield replace(answer, writing=with_plan(written.writing, planned))

    def passages(
        self,
        question: str,
        history: Sequence[Turn] = (),
        as_of: dt.date | None = None,
        documents: Sequence[str] = (),
        *,
        most: int = 5,
    ) -> tuple[FoundPassage, ...]:
        """The passages that a question is answered from, best first; the arguments as in `answer`."""
        if not question.strip():
            return ()
        query = self._understanding.understand(
            question, history, as_of or dt.date.today(), documents
        )
        # A question that goes back to earlier ones is searched together with them.
        said = [turn.content for turn in history if turn.role == "user"]
        searched = " ".join([*said, query.text])
        return find_passages(query, self._drafted(query), self.index, searched, most)

    def _drafted(self, query: Query) -> Draft:
        """What the built-in writer has to say, as far as it is proven."""
        draft = self._verifier.verified(self._writer.write(query))
        if not draft.refused and not any(one.evidence for one in draft.statements()):
            draft = self._verifier.verified(self._writer.quote(query))
        if any(one.evidence for one in draft.statements()) or draft.refused:
            return draft
        nothing = own_words(phrase("not_found", what="与提问相关的内容"))
        return Draft((paragraph(nothing),), refused=True)

    def warm_up(self) -> None:
        """Load what the first question would wait for; a chat model is not asked."""
        if self._model is not None:
            self._model.client.prepare()
        for question in self.examples()[:1]:
            self._drafted(self._understanding.understand(question, (), dt.date.today()))

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


def _by_paragraph(answer: Answer) -> Iterator[Answer]:
    """An answer that is there at once, growing for the reader."""
    parts = answer.text.split("\n\n")
    for count in range(1, len(parts)):
        yield replace(answer, text="\n\n".join(parts[:count]))
    yield answer


def open_generations(settings: Settings) -> Generations:
    """The store of these settings, with its embedding model."""
    return Generations(settings.state_folder, open_embedder(settings), settings.chroma_url)


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
    _, store, documents = read_generation(open_generations(settings), settings.documents)
    store.close()
    return documents


def open_assistant(settings: Settings) -> Assistant:
    """An assistant over everything that has been ingested.

    Raises:
        NotIngestedError: nothing has been ingested yet.
    """
    reranker = load_reranker(settings.reranker)
    model = open_chat_model(settings)
    _, store, documents = read_generation(open_generations(settings), settings.documents)
    return Assistant(documents, HybridIndex(store, documents, reranker=reranker), model)


def read_generation(
    generations: Generations, folder: Path
) -> tuple[int, Store, tuple[ParsedDocument, ...]]:
    """The number, the store and the documents of the current generation; `folder` is where they come from.

    Raises:
        NotIngestedError: nothing has been ingested yet.
        StoreError: it is damaged or cannot be reached.
    """
    opened = generations.open()
    if opened is not None:
        generation, store = opened
        try:
            documents = store.load()
        except BaseException:
            store.close()
            raise
        if documents:
            return generation, store, documents
        store.close()
    raise NotIngestedError(f"还没有导入任何文件，请先运行：duban ingest（文件夹：{folder}）")


def open_chat_model(settings: Settings) -> ChatModel | None:
    """The chat model of these settings, None where none is named. Nothing is sent before it is asked.

    Raises:
        ChatError: the address or the key cannot be right.
    """
    if not settings.chat_model:
        return None
    return ChatModel(
        ChatEndpoint(
            model=settings.chat_model,
            base_url=settings.chat_base_url,
            api_key=settings.chat_api_key.get_secret_value(),
            connect_s=settings.chat_connect_timeout,
            first_token_s=settings.chat_first_token_timeout,
            total_s=settings.chat_timeout,
            context_tokens=settings.chat_context,
            lookups=settings.chat_lookups,
            record_dir=settings.record_dir,
        )
    )
