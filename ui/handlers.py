"""What happens when the user asks, stops, retries, clears or opens a citation.

Each handler takes the conversation of its own session and returns the new one with what to show; the
only thing shared between sessions is the assistant.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

import gradio as gr

from assistant.answer import Answer, Turn
from assistant.errors import AssistantError, UsageError
from ingest.records import ParsedDocument
from ui.conversation import (
    Conversation,
    Exchange,
    Message,
    asked_again,
    history,
    is_running,
    messages,
    stopped,
    with_last,
)
from ui.markup import parse_cite_value
from ui.panel import EMPTY, render_panel
from vectorstore.errors import StoreError

logger = logging.getLogger(__name__)

UNEXPECTED = "程序出了意外错误，详情已写入运行日志。可以换一种问法，或点“重新回答”再试一次。"
SUBMIT = "提问"
STOP = "停止"
Shown = tuple[Conversation, list[Message], str]


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


class Handlers:
    """The page's event handlers over one assistant."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def begin(self, question: str, conversation: Conversation) -> tuple[str, Conversation]:
        """Empty the question box into the conversation, where the question waits for its answer."""
        if not question.strip():
            raise _hint("请先输入问题。")
        _require_idle(conversation)
        return "", (*conversation, Exchange(question.strip()))

    def begin_example(
        self, conversation: Conversation, chosen: gr.SelectData
    ) -> tuple[str, Conversation]:
        return self.begin(chosen.value["text"], conversation)

    def retry(self, conversation: Conversation) -> Conversation:
        if not conversation:
            raise _hint("还没有提过问题。")
        _require_idle(conversation)
        return asked_again(conversation)

    def clear(self) -> Shown:
        return (), [], EMPTY

    def stop(self, conversation: Conversation) -> Shown:
        return self._shown(stopped(conversation))

    def reply(
        self, conversation: Conversation, as_of: str | None, documents: Sequence[str] | None
    ) -> Iterator[Shown]:
        """Answer the last question, growing."""
        yield self._shown(conversation)
        for exchange in self._answering(conversation, as_of, tuple(documents or ())):
            yield self._shown(with_last(conversation, exchange))

    def buttons(self, conversation: Conversation) -> gr.Textbox:
        """The question box with the button that fits: stop while an answer is running, else submit."""
        if is_running(conversation):
            return gr.Textbox(submit_btn=False, stop_btn=STOP)
        return gr.Textbox(submit_btn=SUBMIT, stop_btn=False)

    def choose(self, conversation: Conversation, event: gr.EventData) -> str:
        """The panel with the citation whose mark or list entry was clicked."""
        chosen = parse_cite_value(event.cite)
        if chosen is None or chosen[0] >= len(conversation):
            raise _hint("这条出处已不在当前对话里。")
        exchange, number = chosen
        documents = self._assistant.documents()
        return render_panel(conversation[exchange].answer, exchange, documents, number)

    def _answering(
        self, conversation: Conversation, as_of: str | None, documents: Sequence[str]
    ) -> Iterator[Exchange]:
        exchange = conversation[-1]
        try:
            for answer in self._assistant.stream(
                exchange.question, history(conversation[:-1]), parse_date(as_of), documents
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

    def _shown(self, conversation: Conversation) -> Shown:
        return conversation, messages(conversation), self._panel(conversation)

    def _panel(self, conversation: Conversation) -> str:
        """The last answer's citations; the first one is opened once the answer is complete."""
        if not conversation or not conversation[-1].answer.text:
            return EMPTY
        last = conversation[-1]
        citations = last.answer.citations
        first = citations[0].number if citations and not last.running else None
        documents = self._assistant.documents() if first is not None else ()
        return render_panel(last.answer, len(conversation) - 1, documents, first)


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


def _require_idle(conversation: Conversation) -> None:
    if is_running(conversation):
        raise _hint("上一个问题还在回答，请稍候，或先点“停止”。")


def _hint(message: str) -> gr.Error:
    """Tell the user why nothing happens; raising the result ends the event without an alarm."""
    gr.Info(message, title="提示", duration=4)
    return gr.Error(message, visible=False, print_exception=False)
