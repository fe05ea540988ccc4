"""What happens when the user asks, stops, retries, judges or opens something.

Each handler takes the conversation of its own session and returns the new one with what to show; the only things
shared between sessions are the assistant and the store, which keeps every user's conversations apart.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from importlib.metadata import version
from typing import Any, Protocol

import gradio as gr

from assistant.answer import Answer, Citation, Turn
from assistant.errors import AssistantError, UsageError
from assistant.ledger import TaskFilter
from ingest.records import ParsedDocument
from ui.board import Board
from ui.conversation import UNEXPECTED, Conversation, Exchange, stopped
from ui.following import Following
from ui.identity import user_of
from ui.markup import parse_cite_value
from ui.originals import Originals
from ui.sidebar import render_sidebar
from ui.sources import NO_EXCHANGE, render_empty, render_sources
from ui.store import ConversationStore, Feedback
from ui.transcript import REASONS, Transcript
from ui.words import Words, words_for
from vectorstore.errors import StoreError

logger = logging.getLogger(__name__)

_LONGEST_QUESTION = 2000
Shown = tuple[Conversation, str, Any]


class Assistant(Protocol):
    """What the page needs of an assistant. Called from several threads at once."""

    def answer(
        self,
        question: str,
        history: Sequence[Turn] = (),
        as_of: date | None = None,
        documents: Sequence[str] = (),
    ) -> Answer: ...

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        as_of: date | None = None,
        documents: Sequence[str] = (),
    ) -> Iterator[Answer]:
        """Growing partial answers; the last one is complete."""
        ...

    def documents(self) -> tuple[ParsedDocument, ...]: ...

    def examples(self) -> tuple[str, ...]: ...

    def suggestions(
        self, history: Sequence[Turn], answer: Answer, as_of: date, documents: Sequence[str] = ()
    ) -> tuple[str, ...]:
        """Questions to ask next, each of which has an answer."""
        ...

    def asked_filter(
        self, question: str, history: Sequence[Turn], as_of: date, documents: Sequence[str] = ()
    ) -> TaskFilter | None:
        """The filter on tasks that a question states; None when it asks for no list."""
        ...


class Handlers:
    """The page's event handlers over one assistant."""

    def __init__(
        self,
        assistant: Assistant,
        store: ConversationStore,
        board: Following[Board],
        originals: Originals | None = None,
    ) -> None:
        self._assistant = assistant
        self._store = store
        self._board = board
        self._originals = originals
        self._transcript = Following(
            assistant, lambda documents: Transcript(documents, assistant.examples())
        )

    # opening the page and its conversations

    def load(self, request: gr.Request) -> tuple[Conversation, str, str, str]:
        """The page as its address asks for it: with the conversation `c`, or a new one."""
        kept = self._store.load(user_of(request), str(request.query_params.get("c", "")))
        return self._opened(kept or Conversation(), request)

    def open(self, event: gr.EventData, request: gr.Request) -> tuple[Conversation, str, str, str]:
        kept = self._store.load(user_of(request), str(event.id))
        if kept is None:
            raise _hint("conversation_gone", request)
        return self._opened(kept, request)

    def new(self, request: gr.Request) -> tuple[Conversation, str, str, str]:
        return self._opened(Conversation(), request)

    def find(self, conversation: Conversation, event: gr.EventData, request: gr.Request) -> str:
        return self._sidebar(conversation, request, str(event.words))

    def rename(self, conversation: Conversation, event: gr.EventData, request: gr.Request) -> str:
        title = str(event.title).strip()
        if title:
            self._store.rename(user_of(request), str(event.id), title[:_LONGEST_QUESTION])
        return self._sidebar(conversation, request)

    def remove(
        self, conversation: Conversation, event: gr.EventData, request: gr.Request
    ) -> tuple[Conversation, str, str, str]:
        _require_idle(conversation, request)
        self._store.delete(user_of(request), str(event.id))
        gone = conversation.id == event.id
        return self._opened(Conversation() if gone else conversation, request)

    # asking

    def begin(
        self,
        question: str,
        conversation: Conversation,
        as_of: str | None,
        documents: Sequence[str] | None,
        request: gr.Request,
    ) -> tuple[str, Conversation]:
        """Empty the question box into the conversation, where the question waits for its answer."""
        if not question.strip():
            raise _hint("empty_question", request)
        _require_idle(conversation, request)
        day = _day(as_of, request)
        asked = Exchange(question.strip()[:_LONGEST_QUESTION], day, tuple(documents or ()))
        kept = conversation.id or secrets.token_hex(16)
        return "", Conversation(kept, (*conversation.exchanges, asked))

    def begin_offered(
        self,
        conversation: Conversation,
        as_of: str | None,
        documents: Sequence[str] | None,
        event: gr.EventData,
        request: gr.Request,
    ) -> Conversation:
        """Ask a question offered on the page, or an earlier one in new words from where it stood."""
        changed = event._data.get("exchange")
        if isinstance(changed, int):
            _require_idle(conversation, request)
            conversation = conversation.until(changed)
        return self.begin(str(event.question), conversation, as_of, documents, request)[1]

    def begin_about_task(
        self,
        conversation: Conversation,
        as_of: str | None,
        event: gr.EventData,
        request: gr.Request,
    ) -> Conversation:
        question = self._board().question(str(event.id))
        return self.begin(question, conversation, as_of, None, request)[1]

    def retry(
        self,
        conversation: Conversation,
        as_of: str | None,
        documents: Sequence[str] | None,
        request: gr.Request,
    ) -> Conversation:
        """Ask the last question again, with the date and the documents chosen now."""
        if not conversation.exchanges:
            raise _hint("nothing_asked", request)
        _require_idle(conversation, request)
        last = len(conversation.exchanges) - 1
        question = conversation.exchanges[last].question
        return self.begin(question, conversation.until(last), as_of, documents, request)[1]

    def reply(self, conversation: Conversation, request: gr.Request) -> Iterator[Shown]:
        """Answer the last question, growing; keep the conversation, first as if it had been stopped."""
        self._keep(stopped(conversation), request)
        yield self._shown(conversation, request)
        for exchange in self._answering(conversation):
            conversation = conversation.with_last(exchange)
            if not exchange.running:
                conversation = conversation.with_last(self._enriched(conversation, exchange))
                self._keep(conversation, request)
            yield self._shown(conversation, request)

    def stop(self, conversation: Conversation, request: gr.Request) -> Shown:
        ended = stopped(conversation)
        if ended.exchanges:
            self._keep(ended, request)
        return self._shown(ended, request)

    def listed(self, conversation: Conversation, request: gr.Request) -> str:
        """The kept conversations, after one of them has changed."""
        return self._sidebar(conversation, request)

    def buttons(self, conversation: Conversation, request: gr.Request) -> gr.Textbox:
        """The question box with the button that fits: stop while an answer is running, else submit."""
        say = words_for(request.cookies)
        if conversation.running:
            return gr.Textbox(submit_btn=False, stop_btn=say("stop"))
        return gr.Textbox(submit_btn=say("submit"), stop_btn=False)

    # looking at sources and judging answers

    def choose(self, conversation: Conversation, event: gr.EventData, request: gr.Request) -> str:
        """The panel with the citation whose mark or list entry was clicked."""
        chosen = parse_cite_value(event.cite)
        if chosen is None or chosen[0] >= len(conversation.exchanges):
            raise _hint("citation_gone", request)
        exchange, number = chosen
        citations = conversation.exchanges[exchange].answer.citations
        return self._sources(citations, exchange, words_for(request.cookies), number)

    def open_task(self, as_of: str | None, event: gr.EventData, request: gr.Request) -> str:
        """The panel with a task of the board in its document."""
        quotes = self._board().quotes(str(event.id), _day(as_of, request))
        if not quotes:
            raise _hint("task_gone", request)
        say = words_for(request.cookies)
        citations, fields = zip(*quotes, strict=True)
        names = [say(f"field_{field}") for field in fields]
        return self._sources(citations, NO_EXCHANGE, say, 1, names)

    def vote(
        self, conversation: Conversation, event: gr.EventData, request: gr.Request
    ) -> tuple[Conversation, str]:
        """Note what the user thinks of an answer; the same thumb once more takes it back."""
        _require_idle(conversation, request)
        index, verdict = event.exchange, event.verdict
        if not (isinstance(index, int) and 0 <= index < len(conversation.exchanges)):
            raise _hint("answer_gone", request)
        reason = str(event.reason)
        judged = replace(
            conversation.exchanges[index],
            verdict=verdict if verdict in ("up", "down") else "",
            reason=reason if reason in REASONS else "",
        )
        conversation = conversation.with_exchange(index, judged)
        feedback = Feedback(
            judged,
            tuple((turn.role, turn.content) for turn in conversation.until(index).history()),
            self._versions(judged.answer),
            datetime.now().astimezone(),
        )
        self._store.vote(user_of(request), conversation, index, feedback)
        self._keep(conversation, request)
        return conversation, self._transcript().html(conversation, words_for(request.cookies))

    # inner workings

    def _opened(
        self, conversation: Conversation, request: gr.Request
    ) -> tuple[Conversation, str, str, str]:
        shown = self._shown(conversation, request)
        panel = shown[2] if conversation.exchanges else render_empty(words_for(request.cookies))
        return conversation, shown[1], panel, self._sidebar(conversation, request)

    def _answering(self, conversation: Conversation) -> Iterator[Exchange]:
        exchange = conversation.exchanges[-1]
        earlier = conversation.until(len(conversation.exchanges) - 1).history()
        try:
            for answer in self._assistant.stream(
                exchange.question, earlier, exchange.as_of, exchange.documents
            ):
                exchange = replace(exchange, answer=answer)
                yield exchange
        except (AssistantError, StoreError) as exc:
            logger.exception("question could not be answered")
            exchange = replace(exchange, error=str(exc))
        except Exception:
            logger.exception("unexpected error while answering")
            exchange = replace(exchange, error=UNEXPECTED)
        yield replace(exchange, running=False)

    def _enriched(self, conversation: Conversation, last: Exchange) -> Exchange:
        """A complete answer with questions to go on with and its list on the board.

        All in one event: a later one could meet a conversation that has gone on meanwhile.
        """
        if last.error:
            return last
        try:
            suggestions = self._assistant.suggestions(
                conversation.history(), last.answer, last.as_of, last.documents
            )
            return self._on_board(conversation, replace(last, suggestions=suggestions))
        except Exception:
            logger.exception("no suggestions for an answer")
            return last

    def _on_board(self, conversation: Conversation, last: Exchange) -> Exchange:
        tasks = self._board().cited(last.answer)
        earlier = conversation.until(len(conversation.exchanges) - 1).history()
        wanted = (
            self._assistant.asked_filter(last.question, earlier, last.as_of, last.documents)
            if tasks
            else None
        )
        if wanted is None:
            return last
        address = self._board().address(wanted, tasks, last.as_of)
        return replace(last, tasks=tasks, board_address=address)

    def _keep(self, conversation: Conversation, request: gr.Request) -> None:
        """Keep the conversation, where there is somebody to keep it for."""
        if user := user_of(request):
            self._store.save(user, conversation, datetime.now().astimezone())

    def _sidebar(self, conversation: Conversation, request: gr.Request, searched: str = "") -> str:
        user = user_of(request)
        listed = self._store.listed(user, searched) if user else ()
        return render_sidebar(listed, conversation.id, words_for(request.cookies), searched)

    def _shown(self, conversation: Conversation, request: gr.Request) -> Shown:
        say = words_for(request.cookies)
        return (
            conversation,
            self._transcript().html(conversation, say),
            self._panel(conversation, say),
        )

    def _panel(self, conversation: Conversation, say: Words) -> Any:  # noqa: ANN401 - HTML, or Gradio's "as it is"
        """The last answer's sources, once it is complete; until then the panel stays as it is."""
        if not conversation.exchanges or conversation.running:
            return gr.skip()
        last = len(conversation.exchanges) - 1
        citations = conversation.exchanges[last].answer.citations
        return self._sources(citations, last, say)

    def _sources(
        self,
        citations: Sequence[Citation],
        exchange: int,
        say: Words,
        chosen: int | None = None,
        labels: Sequence[str] = (),
    ) -> str:
        documents = self._assistant.documents()
        return render_sources(citations, exchange, documents, say, chosen, labels, self._originals)

    def _versions(self, answer: Answer) -> dict[str, str]:
        cited = {one.document for one in answer.citations}
        hashes = {
            document.source.path: document.source.sha256
            for document in self._assistant.documents()
            if document.source.path in cited
        }
        return {"duban": version("duban"), **hashes}


def parse_date(typed: str | None) -> date | None:
    """The as-of date; None when the field is empty.

    Raises:
        UsageError: the field holds something else than a date.
    """
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError as exc:
        raise UsageError(f"截至日期 {typed!r} 不是有效日期，请重新选择，或留空表示今天。") from exc


def _day(typed: str | None, request: gr.Request) -> date:
    try:
        return parse_date(typed) or date.today()
    except UsageError as exc:
        raise _hint("bad_date", request) from exc


def _require_idle(conversation: Conversation, request: gr.Request) -> None:
    if conversation.running:
        raise _hint("still_running", request)


def _hint(key: str, request: gr.Request) -> gr.Error:
    """Tell the user why nothing happens; raising the result ends the event without an alarm."""
    say = words_for(request.cookies)
    gr.Info(say(key), title=say("note"), duration=4)
    return gr.Error(say(key), visible=False, print_exception=False)
