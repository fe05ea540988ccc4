"""The page: chat on the left, the cited sources on the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.events import Dependency

from ingest.records import SourceDocument
from ui.handlers import SUBMIT, Assistant, Handlers
from ui.panel import EMPTY

__all__ = ["Assistant", "build_app"]

TITLE = "督办"
SUBTITLE = "环保督察整改文件问答，句句有出处"
SIMULTANEOUS_ANSWERS = 8
# Only queued events can tell the user something beside their outputs.
_QUEUED: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
_QUICK: dict[str, Any] = {**_QUEUED, "queue": False}
_FOLDER = Path(__file__).parent
_DATE_FIELD = (
    '<label class="field"><span>截至日期</span>'
    '<input type="date" title="回答以哪一天为“今天”，留空即今天"></label>'
)
_PLACEHOLDER = "### 想查什么？\n问整改目标、措施、责任单位、时限，都会给出原文出处。"


@dataclass(frozen=True, slots=True)
class Page:
    """The components that events read and write."""

    as_of: gr.HTML
    scope: gr.Dropdown
    chat: gr.Chatbot
    question: gr.Textbox
    retry: gr.Button
    clear: gr.Button
    sources: gr.HTML
    conversation: gr.State


def build_app(assistant: Assistant) -> gr.Blocks:
    """The application over an assistant, not yet serving."""
    app = gr.Blocks(title=TITLE, analytics_enabled=False, fill_height=True, fill_width=True)
    with app:
        page = _lay_out(assistant)
        _wire(page, Handlers(assistant))
    app.queue(default_concurrency_limit=SIMULTANEOUS_ANSWERS)
    return app


def _lay_out(assistant: Assistant) -> Page:
    with gr.Column(elem_id="page"):
        with gr.Row(elem_id="top"):
            gr.HTML(f"<h1>{TITLE}</h1><p>{SUBTITLE}</p>", elem_id="brand")
            as_of, scope = _filters(assistant)
        with gr.Row(elem_id="main"):
            with gr.Column(elem_id="talk", scale=3, min_width=320):
                chat = _chat(assistant)
                question = _question()
                with gr.Row(elem_id="actions"):
                    retry = gr.Button("重新回答", size="sm", elem_id="retry")
                    clear = gr.Button("清空对话", size="sm", elem_id="clear")
            with gr.Column(elem_id="side", scale=2, min_width=320):
                sources = gr.HTML(EMPTY, elem_id="sources", js_on_load=_script("panel.js"))
    return Page(as_of, scope, chat, question, retry, clear, sources, gr.State(()))


def _filters(assistant: Assistant) -> tuple[gr.HTML, gr.Dropdown]:
    choices = [(_name(d.source), d.source.path) for d in assistant.documents()]
    as_of = gr.HTML("", elem_id="as-of", html_template=_DATE_FIELD, js_on_load=_script("date.js"))
    scope = gr.Dropdown(choices, value=[], multiselect=True, label="文件范围", elem_id="scope")
    return as_of, scope


def _chat(assistant: Assistant) -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="chat",
        show_label=False,
        height="100%",
        buttons=[],
        latex_delimiters=[],
        allow_tags=False,
        group_consecutive_messages=False,
        placeholder=_PLACEHOLDER,
        examples=[{"text": example} for example in assistant.examples()],
    )


def _question() -> gr.Textbox:
    return gr.Textbox(
        elem_id="question",
        show_label=False,
        placeholder="输入问题，按回车提问",
        lines=1,
        max_lines=4,
        max_length=2000,
        autofocus=True,
        submit_btn=SUBMIT,
    )


def _wire(page: Page, handlers: Handlers) -> None:
    """Connect events; every question goes through the same steps: begin, reply, settle."""
    shown = [page.conversation, page.chat, page.sources]
    begun = [page.question, page.conversation]
    starts = [
        page.question.submit(handlers.begin, begun, begun, **_QUEUED),
        page.chat.example_select(handlers.begin_example, page.conversation, begun, **_QUEUED),
        page.retry.click(handlers.retry, page.conversation, page.conversation, **_QUEUED),
    ]
    asked = [page.conversation, page.as_of, page.scope]
    # A step that raises a hint ends its chain, so only a question that was taken gets a reply.
    taken = [_settle(start.success, page, handlers) for start in starts]
    replies = [step.success(handlers.reply, asked, shown, **_QUEUED) for step in taken]
    for reply in replies:
        _settle(reply.then, page, handlers)
    stop = page.question.stop(handlers.stop, page.conversation, shown, cancels=replies, **_QUICK)
    clear = page.clear.click(handlers.clear, None, shown, cancels=replies, **_QUICK)
    for ended in (stop, clear):
        _settle(ended.then, page, handlers)
    page.sources.select(handlers.choose, page.conversation, page.sources, **_QUEUED)


def _settle(after: Callable[..., Dependency], page: Page, handlers: Handlers) -> Dependency:
    return after(handlers.buttons, page.conversation, page.question, **_QUICK)


def _name(source: SourceDocument) -> str:
    return source.title or source.path


def _script(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
