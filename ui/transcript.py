"""A conversation as HTML: questions, answers with what can be done with them, and what to ask next."""

from __future__ import annotations

import json
from collections.abc import Sequence

from assistant.answer import Writing
from ingest.records import ParsedDocument
from ui.conversation import UNEXPECTED, Conversation, Exchange
from ui.markdown import answer_html
from ui.markup import CHINESE, text
from ui.memo import memo_text
from ui.words import Words

# Reasons are kept in Chinese whatever the reader's language, so that one set of questions can be made of them.
REASONS = {
    Words()(key): key
    for key in (
        "reason_off_topic",
        "reason_incorrect",
        "reason_incomplete",
        "reason_source",
        "reason_missed",
    )
}


class Transcript:
    """Renders conversations over the documents they are about."""

    def __init__(self, documents: Sequence[ParsedDocument], examples: Sequence[str]) -> None:
        self._sources = [document.source for document in documents]
        self._titles = {source.path: source.title or source.path for source in self._sources}
        self._examples = examples

    def html(self, conversation: Conversation, say: Words) -> str:
        if not conversation.exchanges:
            return self._welcome(say)
        turns = "".join(
            self._turn(index, one, say, last=index == len(conversation.exchanges) - 1)
            for index, one in enumerate(conversation.exchanges)
        )
        return f'<div class="transcript" data-conversation="{text(conversation.id)}">{turns}</div>'

    def _welcome(self, say: Words) -> str:
        buttons = "".join(ask_button(example) for example in self._examples)
        return (
            f'<div class="welcome"><h2>{text(say("welcome"))}</h2><p>{text(say("welcome_text"))}</p>'
            f'<div class="next">{buttons}</div></div>'
        )

    def _turn(self, index: int, exchange: Exchange, say: Words, *, last: bool) -> str:
        """An exchange in parts, each of which the browser redraws only when it has changed."""
        asked = (
            f"<p {CHINESE}>{text(exchange.question)}</p>"
            f'<button type="button" class="quiet edit" aria-label="{text(say("edit_label"))}">'
            f"{text(say('edit'))}</button>"
        )
        retry = f'<button type="button" class="quiet retry">{text(say("retry"))}</button>'
        done = not exchange.running
        tools = [
            _part("copy", self._copy(exchange, say) if done else ""),
            _part("list", _list_tools(exchange, say) if done else ""),
            _part("retry", retry if done and last else ""),
            _part("opinion", _vote(exchange, say) if done and exchange.answer.text else ""),
        ]
        return (
            f'<article class="turn" data-exchange="{index}">{_part("asked", asked)}'
            f'<div class="reply">{_part("body", _reply(index, exchange, say))}'
            f"{_part('about', self._about(exchange, say) if done else '')}"
            f'<div class="tools">{"".join(tools)}</div>'
            f"{_part('next', _next_questions(exchange, say) if done and last else '')}</div></article>"
        )

    def _copy(self, exchange: Exchange, say: Words) -> str:
        if not exchange.answer.text:
            return ""
        copied = memo_text(exchange.answer, self._sources)
        return (
            f'<button type="button" class="quiet copy-answer" data-text="{text(copied)}">'
            f"{text(say('copy_answer'))}</button>"
        )

    def _about(self, exchange: Exchange, say: Words) -> str:
        """The day and the documents of an answer, and what became of a chat model's sentences, as HTML."""
        titles = [self._titles.get(path, path) for path in exchange.documents]
        scope = "、".join(f"<span {CHINESE}>{text(title)}</span>" for title in titles) or text(
            say("all_documents")
        )
        about = say("about", day=say.day(exchange.as_of), documents="\n")
        verdict = text(_verdict(exchange.answer.writing, say))
        return " · ".join(filter(None, (text(about).replace("\n", scope), verdict)))


def _reply(index: int, exchange: Exchange, say: Words) -> str:
    if exchange.error:
        return f"{_note('error', say('failed'))}<p>{_error(exchange.error, say)}</p>"
    answer = exchange.answer
    shown = answer_html(answer.text, answer.citations, index, say)
    body = f'<div class="answer" {CHINESE}>{shown}</div>'
    if exchange.stopped and not answer.text:
        return _note("stopped", say("stopped"))
    if exchange.stopped:
        return f"{body}{_note('stopped', say('stopped_partly'))}"
    if not answer.text:
        return _note("waiting", say("waiting"))
    return f"{_note('refused', say('refused'))}{body}" if answer.refused else body


def _error(error: str, say: Words) -> str:
    """Why there is no answer: the page's own words, or what the assistant says in Chinese."""
    return (
        text(say("unexpected")) if error == UNEXPECTED else f"<span {CHINESE}>{text(error)}</span>"
    )


def _verdict(writing: Writing | None, say: Words) -> str:
    """What became of a chat model's sentences; nothing where no model wrote."""
    if writing is None:
        return ""
    if writing.built_in:
        return say("written_built_in", model=writing.model)
    told = {"model": writing.model, "verified": writing.verified}
    if writing.removed:
        return say("written_by_removed", removed=writing.removed, **told)
    return say("written_by", **told)


def ask_button(question: str) -> str:
    words = text(question)
    return f'<button type="button" class="ask" {CHINESE} data-question="{words}">{words}</button>'


def _list_tools(exchange: Exchange, say: Words) -> str:
    """For an answer that lists tasks: its list on the board, and as a file."""
    if not exchange.tasks:
        return ""
    names = {"xlsx": "Excel", "docx": "Word", "csv": "CSV", "ics": text(say("calendar"))}
    forms = "".join(
        f'<button type="button" class="export" data-form="{form}">{name}</button>'
        for form, name in names.items()
    )
    return (
        f'<a class="quiet to-board" href="?{text(exchange.board_address)}">{text(say("to_board"))}</a>'
        f'<details class="menu exports" data-tasks="{text(",".join(exchange.tasks))}" '
        f'data-as-of="{exchange.as_of.isoformat()}"><summary class="quiet">{text(say("export_list"))}</summary>'
        f"<div>{forms}</div></details>"
    )


def _part(name: str, inner: str) -> str:
    return f'<div class="part {name}" data-part="{name}">{inner}</div>'


def _next_questions(exchange: Exchange, say: Words) -> str:
    if not exchange.suggestions:
        return ""
    buttons = "".join(ask_button(question) for question in exchange.suggestions)
    return f'<span class="hint">{text(say("next_questions"))}</span>{buttons}'


def _note(kind: str, words: str) -> str:
    return f'<p class="note {kind}">{text(words)}</p>'


def _vote(exchange: Exchange, say: Words) -> str:
    """Thumbs, and the reasons to choose from below them."""
    up, down = (str(exchange.verdict == verdict).lower() for verdict in ("up", "down"))
    key = REASONS.get(exchange.reason)
    noted = f'<span class="hint">{text(say("noted", reason=say(key)))}</span>' if key else ""
    reasons = json.dumps({kept: say(key) for kept, key in REASONS.items()}, ensure_ascii=False)
    return (
        f'<span class="vote" data-reasons="{text(reasons)}">'
        f'<button type="button" class="quiet thumb" data-verdict="up" aria-pressed="{up}">'
        f"{text(say('useful'))}</button>"
        f'<button type="button" class="quiet thumb" data-verdict="down" aria-pressed="{down}">'
        f"{text(say('wrong'))}</button>{noted}</span>"
    )
