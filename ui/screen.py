"""What a conversation looks like: the chat, the sources beside it, and the list it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import gradio as gr

from assistant.answer import Citation
from ui.conversation import Conversation
from ui.following import Following
from ui.identity import user_of
from ui.originals import Originals
from ui.protocol import Assistant
from ui.sidebar import render_sidebar
from ui.sources import render_empty, render_sources
from ui.store import ConversationStore
from ui.transcript import Transcript
from ui.words import Words, words_for

Shown = tuple[Conversation, str, Any]


class Screen:
    """Draws conversations for whoever sent a request, in their language."""

    def __init__(
        self, assistant: Assistant, store: ConversationStore, originals: Originals | None
    ) -> None:
        self._assistant = assistant
        self._store = store
        self._originals = originals
        self._transcript = Following(
            assistant, lambda documents: Transcript(documents, assistant.examples())
        )

    def chat(self, conversation: Conversation, request: gr.Request) -> str:
        """The questions and answers."""
        return self._transcript().html(conversation, words_for(request.cookies))

    def opened(
        self, conversation: Conversation, request: gr.Request
    ) -> tuple[Conversation, str, str, str]:
        """A conversation that is opened: itself, the chat, the sources and the list of all."""
        shown = self.shown(conversation, request)
        panel = shown[2] if conversation.exchanges else render_empty(words_for(request.cookies))
        return conversation, shown[1], panel, self.sidebar(conversation, request)

    def sidebar(self, conversation: Conversation, request: gr.Request, searched: str = "") -> str:
        """The kept conversations, those that hold the words searched for."""
        user = user_of(request)
        listed = self._store.listed(user, searched) if user else ()
        return render_sidebar(listed, conversation.id, words_for(request.cookies), searched)

    def shown(self, conversation: Conversation, request: gr.Request) -> Shown:
        """A conversation with the chat and the sources."""
        say = words_for(request.cookies)
        return conversation, self.chat(conversation, request), self._panel(conversation, say)

    def _panel(self, conversation: Conversation, say: Words) -> Any:  # noqa: ANN401 - HTML, or Gradio's "as it is"
        """The last answer's sources, once it is complete; until then the panel stays as it is."""
        if not conversation.exchanges or conversation.running:
            return gr.skip()
        last = len(conversation.exchanges) - 1
        citations = conversation.exchanges[last].answer.citations
        return self.sources(citations, last, say)

    def sources(
        self,
        citations: Sequence[Citation],
        exchange: int,
        say: Words,
        chosen: int | None = None,
        labels: Sequence[str] = (),
    ) -> str:
        """The panel with some citations; `labels` name them in its list."""
        documents = self._assistant.documents()
        return render_sources(citations, exchange, documents, say, chosen, labels, self._originals)
