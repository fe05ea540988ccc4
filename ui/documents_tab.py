"""The tab that manages documents: for those who may, and where the server takes any."""

from __future__ import annotations

import gradio as gr
from gradio.components import Component

from ui.documents import opening
from ui.identity import visitor_of
from ui.originals import Originals
from ui.protocol import Assistant
from ui.sources import NO_EXCHANGE, render_empty, render_sources
from ui.words import words_for

TAB = "documents"


class DocumentsTab:
    """What happens on the tab beside the requests that its script sends by itself."""

    def __init__(
        self, assistant: Assistant, originals: Originals | None, *, takes_documents: bool
    ) -> None:
        self._assistant = assistant
        self._originals = originals
        self._takes_documents = takes_documents

    def is_open_to(self, request: gr.Request) -> bool:
        return self._takes_documents and visitor_of(request).manages

    def shown(self, request: gr.Request) -> gr.Tab:
        """The tab with its name, visible to those who may use it."""
        return gr.Tab(
            label=words_for(request.cookies)("tab_documents"), visible=self.is_open_to(request)
        )

    def open(self, event: gr.EventData, request: gr.Request) -> str:
        """The panel of sources with a whole document."""
        say = words_for(request.cookies)
        documents = self._assistant.documents()
        source = next((one.source for one in documents if one.source.path == event.document), None)
        if source is None:
            return render_empty(say, "document_gone")
        name = say("document_opening")
        cited = [opening(source)]
        return render_sources(
            cited, NO_EXCHANGE, documents, say, labels=[name], originals=self._originals
        )

    def scope(self) -> Component:
        """The documents to narrow a question down to, after some have come or gone."""
        return gr.Dropdown(document_choices(self._assistant))


def document_choices(assistant: Assistant) -> list[tuple[str, str]]:
    """The documents of now by title."""
    sources = [document.source for document in assistant.documents()]
    return [(source.title or source.path, source.path) for source in sources]
