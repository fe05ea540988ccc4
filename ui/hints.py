"""Why nothing happens after a click, told in the reader's language; and the date that is typed on the page."""

from __future__ import annotations

from datetime import date

import gradio as gr

from assistant.errors import UsageError
from ui.conversation import Conversation
from ui.words import words_for


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


def day_of(typed: str | None, request: gr.Request) -> date:
    """The as-of date, today where none is typed."""
    try:
        return parse_date(typed) or date.today()
    except UsageError as exc:
        raise hint("bad_date", request) from exc


def require_idle(conversation: Conversation, request: gr.Request) -> None:
    """Refuse what has to wait until the answer is complete."""
    if conversation.running:
        raise hint("still_running", request)


def hint(key: str, request: gr.Request) -> gr.Error:
    """Tell the user why nothing happens; raising the result ends the event without an alarm."""
    say = words_for(request.cookies)
    gr.Info(say(key), title=say("note"), duration=4)
    return gr.Error(say(key), visible=False, print_exception=False)
