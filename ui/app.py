"""The page: kept conversations on the left, chat and board in the middle, the cited sources on the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr
from gradio.components import Component
from gradio.events import Dependency
from gradio.events import api as gradio_endpoint

from ui.board import Board
from ui.conversation import Conversation
from ui.documents_tab import TAB, DocumentsTab, document_choices
from ui.doors import Doors
from ui.following import Following
from ui.handlers import Handlers
from ui.look import script
from ui.originals import Originals
from ui.protocol import Assistant
from ui.sources import render_empty
from ui.store import ConversationStore
from ui.words import Words, words_for

__all__ = ["Assistant", "build_app"]

SIMULTANEOUS_ANSWERS = 8
# What a component says until the reader's language is known.
_CHINESE = Words()
# Only queued events can tell the user something beside their outputs.
_QUEUED: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
_QUICK: dict[str, Any] = {**_QUEUED, "queue": False}
# Fixed parts of the page are templates whose words the browser fills in, in its reader's language.
_BRAND = (
    '<button type="button" class="icon fold" aria-label="${duban.say("history_toggle")}" aria-controls="history">☰</button>'
    '<span class="seal" aria-hidden="true">督</span><h1>${duban.say("title")}</h1><p>${duban.say("subtitle")}</p>'
)
_DATE_FIELD = (
    '<label class="field"><span>${duban.say("as_of")}</span>'
    '<input type="date" title="${duban.say("as_of_hint")}"></label>'
)
_SWITCHES = (
    '<button type="button" class="icon language" lang="${duban.language === "en" ? "zh-CN" : "en"}" title="${duban.say("language_switch_hint")}">'
    '${duban.say("language_switch")}</button>'
    '<button type="button" class="icon theme" aria-label="${duban.say("theme_switch")}" '
    'title="${duban.say("theme_switch")}">◐</button>'
)
_ACCOUNT = (
    '<div class="account"><details class="menu" hidden><summary class="quiet"></summary><div>'
    '<span class="role"></span><form method="post" action="/sign-out"><button type="submit">'
    '${duban.say("sign_out")}</button></form></div></details>'
    '<button type="button" class="quiet enter" hidden>${duban.say("sign_in")}</button></div>'
)
_CONVERSATION = '<div class="view" role="log" aria-label="${duban.say("conversation")}"></div>'
_HISTORY = (
    '<div class="history-tools"><button type="button" class="new">${duban.say("new_conversation")}</button>'
    '<input type="search" class="find-kept" placeholder="${duban.say("find_conversation")}" '
    'aria-label="${duban.say("find_conversation")}"></div>${value}'
)


@dataclass(frozen=True, slots=True)
class Page:
    """The components that events read and write."""

    as_of: gr.HTML
    scope: gr.Dropdown
    tabs: gr.Tabs
    chat_tab: gr.Tab
    board_tab: gr.Tab
    documents_tab: gr.Tab
    history: gr.HTML
    chat: gr.HTML
    question: gr.Textbox
    board: gr.HTML
    documents: gr.HTML
    sources: gr.HTML
    conversation: gr.State


def build_app(
    assistant: Assistant,
    store: ConversationStore,
    board: Following[Board],
    doors: Doors,
    originals: Originals | None = None,
    *,
    takes_documents: bool = False,
) -> gr.Blocks:
    """The application over an assistant, not yet serving."""
    documents = DocumentsTab(assistant, originals, takes_documents=takes_documents)
    app = gr.Blocks(
        title=_CHINESE("title"), analytics_enabled=False, fill_height=True, fill_width=True
    )
    handlers = Handlers(assistant, store, board, originals)
    with app:
        page = _lay_out(assistant)
        replies = _wire_chat(page, handlers)
        _wire_history(page, handlers, replies)
        opened = [page.conversation, page.chat, page.sources, page.history]
        app.load(handlers.load, None, opened, **_QUEUED)
        app.load(documents.shown, None, page.documents_tab, **_QUICK).then(
            opened_tab, None, page.tabs, **_QUICK
        )
        page.documents.show(documents.open, None, page.sources, **_QUEUED)
        page.documents.change_scope(documents.scope, None, page.scope, **_QUICK)
        named = [page.scope, page.chat_tab, page.board_tab, page.question]
        app.load(words_of_components, None, named, **_QUICK)
        app.load(documents.scope, None, page.scope, **_QUICK)
        for function in (doors.ask, doors.list_tasks, doors.read_source):
            gradio_endpoint(function, api_name=function.__name__)
    app.queue(default_concurrency_limit=SIMULTANEOUS_ANSWERS)
    return app


def opened_tab(request: gr.Request) -> gr.Tabs:
    """The tab that the page's address names."""
    wanted = request.query_params.get("view")
    return gr.Tabs(selected=wanted if wanted in ("board", TAB) else "chat")


def words_of_components(request: gr.Request) -> list[gr.blocks.Block]:
    """The components that Gradio itself writes words on, with those of the reader's language."""
    say = words_for(request.cookies)
    return [
        gr.Dropdown(label=say("scope")),
        gr.Tab(label=say("tab_chat")),
        gr.Tab(label=say("tab_board")),
        gr.Textbox(
            label=say("question"),
            placeholder=say("question_placeholder"),
            submit_btn=say("submit"),
        ),
    ]


def _lay_out(assistant: Assistant) -> Page:
    with gr.Column(elem_id="page"):
        with gr.Row(elem_id="top"):
            _html("brand", _BRAND)
            as_of, scope = _filters(assistant)
            _html("switches", _SWITCHES)
            _html("account", _ACCOUNT, "account.js")
        with gr.Row(elem_id="main"):
            history = _html("history", _HISTORY, "history.js")
            with gr.Column(elem_id="work", min_width=0), gr.Tabs(elem_id="tabs") as tabs:
                chat_tab = gr.Tab(_CHINESE("tab_chat"), id="chat", elem_id="tab-chat")
                with chat_tab, gr.Column(elem_id="talk"):
                    chat = _html("chat", _CONVERSATION, "chat.js")
                    question = _question()
                with gr.Tab(_CHINESE("tab_board"), id="board", elem_id="tab-board") as board_tab:
                    board = _html("board", script("board.html"), "board.js")
                documents_tab = gr.Tab(
                    _CHINESE("tab_documents"), id=TAB, elem_id=f"tab-{TAB}", visible=False
                )
                with documents_tab:
                    documents = _html("documents", script("documents.html"), "documents.js")
            sources = _html("sources", "${value}", "sources.js", render_empty(_CHINESE))
    return Page(
        as_of,
        scope,
        tabs,
        chat_tab,
        board_tab,
        documents_tab,
        history,
        chat,
        question,
        board,
        documents,
        sources,
        conversation=gr.State(Conversation()),
    )


def _html(name: str, template: str, code: str = "", value: str = "") -> gr.HTML:
    return gr.HTML(
        value,
        elem_id=name,
        html_template=template,
        js_on_load=script(code) if code else None,
        apply_default_css=False,
    )


def _filters(assistant: Assistant) -> tuple[gr.HTML, gr.Dropdown]:
    as_of = _html("as-of", _DATE_FIELD, "date.js")
    scope = gr.Dropdown(
        document_choices(assistant),
        value=[],
        multiselect=True,
        label=_CHINESE("scope"),
        elem_id="scope",
    )
    return as_of, scope


def _question() -> gr.Textbox:
    return gr.Textbox(
        elem_id="question",
        label=_CHINESE("question"),
        show_label=False,
        placeholder=_CHINESE("question_placeholder"),
        lines=1,
        max_lines=4,
        max_length=2000,
        autofocus=True,
        submit_btn=_CHINESE("submit"),
    )


def _wire_chat(page: Page, handlers: Handlers) -> list[Dependency]:
    """Connect events; every question goes through the same steps: begin, reply, settle, list.

    Returns the replies, which whatever leaves the conversation has to cancel.
    """
    asked = [page.conversation, page.as_of, page.scope]
    shown: Sequence[Component] = [page.conversation, page.chat, page.sources]
    begun = [page.question, page.conversation]
    task = [page.conversation, page.as_of]
    starts = [
        page.question.submit(handlers.begin, [page.question, *asked], begun, **_QUEUED),
        page.chat.ask(handlers.begin_offered, asked, page.conversation, **_QUEUED),
        page.chat.again(handlers.retry, asked, page.conversation, **_QUEUED),
        page.board.ask(handlers.begin_about_task, task, page.conversation, **_QUEUED),
    ]
    # A step that raises a hint ends its chain, so only a question that was taken gets a reply.
    taken = [_settle(start.success, page, handlers) for start in starts]
    replies = [step.success(handlers.reply, page.conversation, shown, **_QUEUED) for step in taken]
    for reply in replies:
        ended = reply.then(handlers.replied, page.conversation, shown, **_QUICK)
        settled = _settle(ended.then, page, handlers)
        settled.then(handlers.listed, page.conversation, page.history, **_QUEUED)
    stop = page.question.stop(handlers.stop, page.conversation, shown, cancels=replies, **_QUICK)
    _settle(stop.then, page, handlers)
    judged = [page.conversation, page.chat]
    page.chat.judge(handlers.vote, page.conversation, judged, **_QUEUED)
    page.sources.choose(handlers.choose, page.conversation, page.sources, **_QUEUED)
    page.board.show(handlers.open_task, page.as_of, page.sources, **_QUEUED)
    return replies


def _wire_history(page: Page, handlers: Handlers, replies: list[Dependency]) -> None:
    opened = [page.conversation, page.chat, page.sources, page.history]
    history, conversation = page.history, page.conversation
    for step in (
        history.begin_new(handlers.new, None, opened, cancels=replies, **_QUICK),
        history.open_kept(handlers.open, None, opened, cancels=replies, **_QUEUED),
        history.remove(handlers.remove, conversation, opened, **_QUEUED),
    ):
        _settle(step.then, page, handlers)
    history.find(handlers.find, conversation, history, **_QUEUED)
    history.rename(handlers.rename, conversation, history, **_QUEUED)


def _settle(after: Callable[..., Dependency], page: Page, handlers: Handlers) -> Dependency:
    return after(handlers.buttons, page.conversation, page.question, **_QUICK)
