"""What happens when the user asks, stops, retries, judges or opens something.

Each handler takes the conversation of its own session and returns the new one with what to show; the only things
shared between sessions are the assistant and the store, which keeps every user's conversations apart.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from importlib.metadata import version

import gradio as gr

from assistant.answer import Answer
from ui.answering import Answering
from ui.board import Board
from ui.conversation import Conversation, Exchange, stopped
from ui.following import Following
from ui.hints import day_of, hint, require_idle
from ui.identity import user_of
from ui.markup import parse_cite_value
from ui.originals import Originals
from ui.protocol import Assistant
from ui.replies import Replies
from ui.screen import Screen, Shown
from ui.sources import NO_EXCHANGE
from ui.store import ConversationStore, Feedback
from ui.transcript import REASONS
from ui.words import words_for

_LONGEST_QUESTION = 2000
Unchanged = tuple[dict[str, str], dict[str, str], dict[str, str]]
_UNCHANGED: Unchanged = (gr.skip(), gr.skip(), gr.skip())


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
        self._answering = Answering(assistant, board)
        self._screen = Screen(assistant, store, originals)
        self._replies = Replies()

    # opening the page and its conversations

    def load(self, request: gr.Request) -> tuple[Conversation, str, str, str]:
        """The page as its address asks for it: with the conversation `c`, or a new one."""
        kept = self._store.load(user_of(request), str(request.query_params.get("c", "")))
        return self._screen.opened(kept or Conversation(), request)

    def open(self, event: gr.EventData, request: gr.Request) -> tuple[Conversation, str, str, str]:
        kept = self._store.load(user_of(request), str(event.id))
        if kept is None:
            raise hint("conversation_gone", request)
        self._replies.cut_short(request.session_hash)
        return self._screen.opened(kept, request)

    def new(self, request: gr.Request) -> tuple[Conversation, str, str, str]:
        self._replies.cut_short(request.session_hash)
        return self._screen.opened(Conversation(), request)

    def find(self, conversation: Conversation, event: gr.EventData, request: gr.Request) -> str:
        return self._screen.sidebar(conversation, request, str(event.words))

    def rename(self, conversation: Conversation, event: gr.EventData, request: gr.Request) -> str:
        title = str(event.title).strip()
        if title:
            self._store.rename(user_of(request), str(event.id), title[:_LONGEST_QUESTION])
        return self._screen.sidebar(conversation, request)

    def remove(
        self, conversation: Conversation, event: gr.EventData, request: gr.Request
    ) -> tuple[Conversation, str, str, str]:
        require_idle(conversation, request)
        self._store.delete(user_of(request), str(event.id))
        gone = conversation.id == event.id
        return self._screen.opened(Conversation() if gone else conversation, request)

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
            raise hint("empty_question", request)
        require_idle(conversation, request)
        day = day_of(as_of, request)
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
            require_idle(conversation, request)
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
            raise hint("nothing_asked", request)
        require_idle(conversation, request)
        last = len(conversation.exchanges) - 1
        question = conversation.exchanges[last].question
        return self.begin(question, conversation.until(last), as_of, documents, request)[1]

    def reply(self, conversation: Conversation, request: gr.Request) -> Iterator[Shown | Unchanged]:
        """Answer the last question, growing; keep the conversation, first as if it had been stopped."""
        self._keep(stopped(conversation), request)
        with self._replies.begun(request.session_hash) as reply:
            yield self._screen.shown(conversation, request)
            for grown in self._answering.grow(conversation):
                if not reply.wanted:
                    yield _UNCHANGED  # ended without it, Gradio would send what it showed last once more
                    return
                if not grown.running:
                    self._keep(grown, request)
                yield self._screen.shown(grown, request)

    def replied(self, conversation: Conversation, request: gr.Request) -> Shown | Unchanged:
        """What a reply leaves behind: one that was cancelled while a part of it was on its way is shown as stopped."""
        if not conversation.running or self._replies.under_way(request.session_hash):
            return _UNCHANGED
        return self.stop(conversation, request)

    def stop(self, conversation: Conversation, request: gr.Request) -> Shown:
        self._replies.cut_short(request.session_hash)
        ended = stopped(conversation)
        if ended.exchanges:
            self._keep(ended, request)
        return self._screen.shown(ended, request)

    def listed(self, conversation: Conversation, request: gr.Request) -> str:
        """The kept conversations, after one of them has changed."""
        return self._screen.sidebar(conversation, request)

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
            raise hint("citation_gone", request)
        exchange, number = chosen
        citations = conversation.exchanges[exchange].answer.citations
        return self._screen.sources(citations, exchange, words_for(request.cookies), number)

    def open_task(self, as_of: str | None, event: gr.EventData, request: gr.Request) -> str:
        """The panel with a task of the board in its document."""
        quotes = self._board().quotes(str(event.id), day_of(as_of, request))
        if not quotes:
            raise hint("task_gone", request)
        say = words_for(request.cookies)
        citations, fields = zip(*quotes, strict=True)
        names = [say(f"field_{field}") for field in fields]
        return self._screen.sources(citations, NO_EXCHANGE, say, 1, names)

    def vote(
        self, conversation: Conversation, event: gr.EventData, request: gr.Request
    ) -> tuple[Conversation, str]:
        """Note what the user thinks of an answer; the same thumb once more takes it back."""
        require_idle(conversation, request)
        index, verdict = event.exchange, event.verdict
        if not (isinstance(index, int) and 0 <= index < len(conversation.exchanges)):
            raise hint("answer_gone", request)
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
        return conversation, self._screen.chat(conversation, request)

    def _keep(self, conversation: Conversation, request: gr.Request) -> None:
        """Keep the conversation, where there is somebody to keep it for."""
        if user := user_of(request):
            self._store.save(user, conversation, datetime.now().astimezone())

    def _versions(self, answer: Answer) -> dict[str, str]:
        cited = {one.document for one in answer.citations}
        hashes = {
            document.source.path: document.source.sha256
            for document in self._assistant.documents()
            if document.source.path in cited
        }
        return {"duban": version("duban"), **hashes}
