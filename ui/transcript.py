"""A conversation as HTML: questions, answers with what can be done with them, and what to ask next."""

from __future__ import annotations

import json
from collections.abc import Sequence

from assistant.answer import Writing
from ingest.dates import chinese_date
from ingest.records import ParsedDocument
from ui.conversation import Conversation, Exchange
from ui.markdown import answer_html
from ui.markup import text
from ui.memo import memo_text

EXPORT_FORMS = {"xlsx": "Excel", "docx": "Word", "csv": "CSV", "ics": "日历"}
_RETRY = '<button type="button" class="quiet retry">重新回答</button>'
REASONS = ("答非所问", "内容不对", "不完整", "出处不对", "明明有却说没有")


class Transcript:
    """Renders conversations over the documents they are about."""

    def __init__(self, documents: Sequence[ParsedDocument], examples: Sequence[str]) -> None:
        self._sources = [document.source for document in documents]
        self._titles = {source.path: source.title or source.path for source in self._sources}
        self._examples = examples

    def html(self, conversation: Conversation) -> str:
        if not conversation.exchanges:
            return self._welcome()
        turns = "".join(
            self._turn(index, one, last=index == len(conversation.exchanges) - 1)
            for index, one in enumerate(conversation.exchanges)
        )
        return f'<div class="transcript" data-conversation="{text(conversation.id)}">{turns}</div>'

    def _welcome(self) -> str:
        buttons = "".join(ask_button(example) for example in self._examples)
        return (
            '<div class="welcome"><h2>想查什么？</h2><p>问整改目标、措施、责任单位、时限，'
            f'每一句回答都能点开原文。</p><div class="next">{buttons}</div></div>'
        )

    def _turn(self, index: int, exchange: Exchange, *, last: bool) -> str:
        """An exchange in parts, each of which the browser redraws only when it has changed."""
        asked = (
            f"<p>{text(exchange.question)}</p>"
            '<button type="button" class="quiet edit" aria-label="修改这个问题并重新提问">修改</button>'
        )
        done = not exchange.running
        tools = [
            _part("copy", self._copy(exchange) if done else ""),
            _part("list", _list_tools(exchange) if done else ""),
            _part("retry", _RETRY if done and last else ""),
            _part("opinion", _vote(exchange) if done and exchange.answer.text else ""),
        ]
        return (
            f'<article class="turn" data-exchange="{index}">{_part("asked", asked)}'
            f'<div class="reply">{_part("body", self._reply(index, exchange))}'
            f"{_part('about', text(self._about(exchange)) if done else '')}"
            f'<div class="tools">{"".join(tools)}</div>'
            f"{_part('next', _next_questions(exchange) if done and last else '')}</div></article>"
        )

    def _reply(self, index: int, exchange: Exchange) -> str:
        if exchange.error:
            return f"{_note('error', '未能回答')}<p>{text(exchange.error)}</p>"
        answer = exchange.answer
        body = f'<div class="answer">{answer_html(answer.text, answer.citations, index)}</div>'
        if exchange.stopped and not answer.text:
            return _note("stopped", "已停止")
        if exchange.stopped:
            return f"{body}{_note('stopped', '已停止，以上内容可能不完整')}"
        if not answer.text:
            return _note("waiting", "正在查阅文件…")
        return f"{_note('refused', '文件中没有找到答案')}{body}" if answer.refused else body

    def _copy(self, exchange: Exchange) -> str:
        if not exchange.answer.text:
            return ""
        copied = memo_text(exchange.answer, self._sources)
        return f'<button type="button" class="quiet copy-answer" data-text="{text(copied)}">复制（带出处）</button>'

    def _about(self, exchange: Exchange) -> str:
        titles = [self._titles.get(path, path) for path in exchange.documents]
        about = f"截至{chinese_date(exchange.as_of)} · 范围：{'、'.join(titles) or '全部文件'}"
        return " · ".join(filter(None, (about, _verdict(exchange.answer.writing))))


def _verdict(writing: Writing | None) -> str:
    """What became of a chat model's sentences; nothing where no model wrote."""
    if writing is None:
        return ""
    if writing.built_in:
        return f"内置成文（{writing.model}未作答）"
    removed = f"，略去未通过核对的{writing.removed}处" if writing.removed else ""
    return f"由{writing.model}成文，核对通过{writing.verified}处{removed}"


def ask_button(question: str) -> str:
    return f'<button type="button" class="ask" data-question="{text(question)}">{text(question)}</button>'


def _list_tools(exchange: Exchange) -> str:
    """For an answer that lists tasks: its list on the board, and as a file."""
    if not exchange.tasks:
        return ""
    forms = "".join(
        f'<button type="button" class="export" data-form="{form}">{name}</button>'
        for form, name in EXPORT_FORMS.items()
    )
    return (
        f'<a class="quiet to-board" href="?{text(exchange.board_address)}">在台账中查看</a>'
        f'<details class="menu exports" data-tasks="{text(",".join(exchange.tasks))}" '
        f'data-as-of="{exchange.as_of.isoformat()}"><summary class="quiet">导出清单</summary>'
        f"<div>{forms}</div></details>"
    )


def _part(name: str, inner: str) -> str:
    return f'<div class="part {name}" data-part="{name}">{inner}</div>'


def _next_questions(exchange: Exchange) -> str:
    if not exchange.suggestions:
        return ""
    buttons = "".join(ask_button(question) for question in exchange.suggestions)
    return f'<span class="hint">可以接着问</span>{buttons}'


def _note(kind: str, words: str) -> str:
    return f'<p class="note {kind}">{text(words)}</p>'


def _vote(exchange: Exchange) -> str:
    """Thumbs, and the reasons to choose from below them."""
    up, down = (str(exchange.verdict == verdict).lower() for verdict in ("up", "down"))
    reason = f'<span class="hint">已记录：{text(exchange.reason)}</span>' if exchange.reason else ""
    return (
        f'<span class="vote" data-reasons="{text(json.dumps(REASONS, ensure_ascii=False))}">'
        f'<button type="button" class="quiet thumb" data-verdict="up" aria-pressed="{up}">有用</button>'
        f'<button type="button" class="quiet thumb" data-verdict="down" aria-pressed="{down}">有问题</button>'
        f"{reason}</span>"
    )
