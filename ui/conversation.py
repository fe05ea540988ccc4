"""A conversation as a value: what was asked and answered, kept in the browser session's own state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypedDict

from assistant.answer import Answer, Turn
from ui.markup import answer_markdown, literal


class Message(TypedDict):
    """A chat message in Gradio's format."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question with its answer so far.

    `running` until the answer is complete; `stopped` when the user cut it short; `error` is the message
    shown when no answer could be given.
    """

    question: str
    answer: Answer = field(default_factory=lambda: Answer(""))
    running: bool = True
    stopped: bool = False
    error: str = ""


Conversation = tuple[Exchange, ...]


def is_running(conversation: Conversation) -> bool:
    return bool(conversation) and conversation[-1].running


def with_last(conversation: Conversation, exchange: Exchange) -> Conversation:
    return (*conversation[:-1], exchange)


def asked_again(conversation: Conversation) -> Conversation:
    """The conversation with its last question open again."""
    return with_last(conversation, Exchange(conversation[-1].question))


def stopped(conversation: Conversation) -> Conversation:
    """The conversation with its running answer left as it stands."""
    if not is_running(conversation):
        return conversation
    return with_last(conversation, replace(conversation[-1], running=False, stopped=True))


def history(conversation: Conversation) -> tuple[Turn, ...]:
    """Earlier turns for the assistant: exchanges that ended with an answer."""
    turns: list[Turn] = []
    for exchange in conversation:
        if exchange.answer.text and not exchange.error:
            turns += [Turn("user", exchange.question), Turn("assistant", exchange.answer.text)]
    return tuple(turns)


def messages(conversation: Conversation) -> list[Message]:
    """The conversation as chat messages, questions shown literally."""
    shown: list[Message] = []
    for index, exchange in enumerate(conversation):
        shown.append({"role": "user", "content": literal(exchange.question)})
        shown.append({"role": "assistant", "content": _reply(index, exchange)})
    return shown


def _reply(index: int, exchange: Exchange) -> str:
    """The answer's Markdown; a first line with a class lets the style sheet tell the kinds apart."""
    if exchange.error:
        return f'<span class="note error">未能回答</span>\n\n{literal(exchange.error)}'
    answer = exchange.answer
    body = answer_markdown(answer.text, index, _numbers(answer))
    if exchange.stopped:
        return f'{body}\n\n<span class="note stopped">已停止，以上内容可能不完整。</span>'
    if not body:
        return '<span class="note waiting">正在查阅文件…</span>'
    if answer.refused:
        return f'<span class="note refused">文件中没有找到答案</span>\n\n{body}'
    return body


def _numbers(answer: Answer) -> Sequence[int]:
    return [citation.number for citation in answer.citations]
