"""Asking, stopping, retrying, judging and opening things, without a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import gradio as gr
import pytest
from hand_made import SentenceFinder, hostile, plan
from starlette.datastructures import QueryParams

from assistant.answer import Answer, Turn
from assistant.errors import UsageError
from ui.board import Board
from ui.conversation import UNEXPECTED, Conversation
from ui.following import Following
from ui.handlers import Handlers
from ui.hints import parse_date
from ui.identity import Visitor
from ui.store import ConversationStore
from ui.words import COOKIE as LANGUAGE_COOKIE

UNCHANGED = (gr.skip(),) * 3
QUESTION = "和平区到2025年末PM2.5年均浓度要控制在多少？"
DAY = "2025-10-01"


def request(user: str = "a" * 32, query: str = "", language: str = "zh") -> gr.Request:
    cookies = {LANGUAGE_COOKIE: language}
    return gr.Request(user=Visitor(user), cookies=cookies, query_params=QueryParams(query))


def event(**sent: object) -> gr.EventData:
    return gr.EventData(None, sent)


@pytest.fixture
def assistant() -> SentenceFinder:
    return SentenceFinder(plan(), hostile())


@pytest.fixture
def store(tmp_path: Path) -> ConversationStore:
    return ConversationStore(tmp_path)


@pytest.fixture
def handlers(assistant: SentenceFinder, store: ConversationStore) -> Handlers:
    return made(assistant, store)


def made(assistant: SentenceFinder, store: ConversationStore) -> Handlers:
    return Handlers(assistant, store, Following(assistant, Board))


def ask(
    handlers: Handlers, question: str, conversation: Conversation | None = None
) -> tuple[Conversation, str, str]:
    _, begun = handlers.begin(question, conversation or Conversation(), "", [], request())
    return list(handlers.reply(begun, request()))[-1]


def test_an_answer_grows_and_ends_complete(handlers: Handlers) -> None:
    _, begun = handlers.begin(QUESTION, Conversation(), "", [], request())
    steps = list(handlers.reply(begun, request()))
    assert "正在查阅文件" in steps[0][1]
    lengths = [len(markup) for _, markup, _ in steps]
    assert lengths == sorted(lengths)
    assert [conversation.running for conversation, _, _ in steps[-2:]] == [True, False]


def test_a_complete_answer_opens_its_first_citation(handlers: Handlers) -> None:
    conversation, markup, panel = ask(handlers, QUESTION)
    assert 'data-cite="0-1"' in markup
    first = conversation.exchanges[0].answer.citations[0]
    assert f'<mark class="c1 chosen" data-n="1">{first.quote}</mark>' in panel


def test_the_question_box_is_emptied_and_the_question_shown(handlers: Handlers) -> None:
    box, conversation = handlers.begin(f"  {QUESTION} ", Conversation(), "", [], request())
    assert (box, conversation.exchanges[-1].question) == ("", QUESTION)


def test_date_documents_and_history_reach_the_assistant_and_are_shown(
    handlers: Handlers, assistant: SentenceFinder
) -> None:
    conversation, _, _ = ask(handlers, QUESTION)
    path = "heping-2025-rectification-plan.txt"
    _, begun = handlers.begin("那长效机制呢？", conversation, DAY, [path], request())
    _, markup, _ = list(handlers.reply(begun, request()))[-1]
    text = conversation.exchanges[0].answer.text
    history = (Turn("user", QUESTION), Turn("assistant", text))
    assert assistant.asked[-1] == ("那长效机制呢？", history, date(2025, 10, 1), (path,))
    assert '截至2025年10月1日 · 范围：<span lang="zh-CN">和平区贯彻落实' in markup


def test_a_refusal_is_labelled_as_one(handlers: Handlers) -> None:
    _, markup, panel = ask(handlers, "火星基地")
    assert 'class="note refused"' in markup
    assert "没有引用文件" in panel


def test_an_empty_question_is_not_asked(handlers: Handlers) -> None:
    with pytest.raises(gr.Error, match="请先输入问题"):
        handlers.begin(" \n", Conversation(), "", [], request())


def test_a_second_question_waits_for_the_first(handlers: Handlers) -> None:
    _, running = handlers.begin(QUESTION, Conversation(), "", [], request())
    with pytest.raises(gr.Error, match="还在回答"):
        handlers.begin("另一个问题", running, "", [], request())
    with pytest.raises(gr.Error, match="还在回答"):
        handlers.retry(running, "", [], request())
    with pytest.raises(gr.Error, match="还在回答"):
        handlers.vote(running, event(exchange=0, verdict="up", reason=""), request())
    with pytest.raises(gr.Error, match="还在回答"):
        handlers.begin_offered(running, "", [], event(question="改", exchange=0), request())


def test_a_stopped_answer_stays_as_far_as_it_came_and_is_kept(
    handlers: Handlers, store: ConversationStore
) -> None:
    _, begun = handlers.begin(QUESTION, Conversation(), "", [], request())
    steps = handlers.reply(begun, request())
    growing = [next(steps) for _ in range(4)][-1][0]
    conversation, markup, _ = handlers.stop(growing, request())
    assert not conversation.running
    assert conversation.exchanges[-1].answer == growing.exchanges[-1].answer
    assert "已停止" in markup
    assert store.load("a" * 32, conversation.id) == conversation


def test_nothing_more_is_shown_or_kept_of_an_answer_that_was_stopped(
    handlers: Handlers, store: ConversationStore
) -> None:
    _, begun = handlers.begin(QUESTION, Conversation(), "", [], request())
    steps = handlers.reply(begun, request())
    growing = [next(steps) for _ in range(4)][-1][0]
    conversation, _, _ = handlers.stop(growing, request())
    assert list(steps) == [UNCHANGED]
    assert store.load("a" * 32, conversation.id) == conversation


def test_nothing_more_is_shown_of_an_answer_that_was_left(handlers: Handlers) -> None:
    kept, _, _ = ask(handlers, QUESTION)
    for leave in (handlers.new, partial(handlers.open, event(id=kept.id))):
        _, begun = handlers.begin(QUESTION, Conversation(), "", [], request())
        steps = handlers.reply(begun, request())
        next(steps)
        leave(request())
        assert list(steps) == [UNCHANGED]


def test_an_answer_cancelled_with_a_part_on_its_way_is_shown_as_stopped(handlers: Handlers) -> None:
    _, begun = handlers.begin(QUESTION, Conversation(), "", [], request())
    steps = handlers.reply(begun, request())
    growing = [next(steps) for _ in range(4)][-1][0]
    steps.close()
    conversation, markup, _ = handlers.replied(growing, request())
    assert not conversation.running
    assert "已停止" in markup


def test_an_answer_that_ended_or_still_grows_is_shown_as_it_is(handlers: Handlers) -> None:
    ended, _, _ = ask(handlers, QUESTION)
    assert handlers.replied(ended, request()) == UNCHANGED
    _, begun = handlers.begin("那长效机制呢？", ended, "", [], request())
    steps = handlers.reply(begun, request())
    growing, _, _ = next(steps)
    assert handlers.replied(growing, request()) == UNCHANGED


def test_a_retry_asks_the_last_question_again(
    handlers: Handlers, assistant: SentenceFinder
) -> None:
    conversation, _, _ = ask(handlers, QUESTION)
    again = handlers.retry(conversation, DAY, [], request())
    assert [one.question for one in again.exchanges] == [QUESTION]
    list(handlers.reply(again, request()))
    assert [asked[:3] for asked in assistant.asked[1:]] == [(QUESTION, (), date(2025, 10, 1))]


def test_a_changed_question_is_asked_from_where_it_stood(
    handlers: Handlers, assistant: SentenceFinder
) -> None:
    conversation, _, _ = ask(handlers, QUESTION)
    conversation, _, _ = ask(handlers, "附言整改任务", conversation)
    changed = handlers.begin_offered(
        conversation, "", [], event(question="怎么健全长效机制？", exchange=0), request()
    )
    assert [one.question for one in changed.exchanges] == ["怎么健全长效机制？"]
    assert changed.id == conversation.id
    list(handlers.reply(changed, request()))
    assert assistant.asked[-1][1] == ()


def test_an_offered_question_goes_on(handlers: Handlers) -> None:
    conversation, markup, _ = ask(handlers, QUESTION)
    (suggestion, *_) = conversation.exchanges[-1].suggestions
    assert f'data-question="{suggestion}"' in markup
    asked = handlers.begin_offered(conversation, "", [], event(question=suggestion), request())
    assert [one.question for one in asked.exchanges] == [QUESTION, suggestion]


def test_the_button_offers_stop_only_while_an_answer_is_running(handlers: Handlers) -> None:
    _, running = handlers.begin(QUESTION, Conversation(), "", [], request())
    finished, _, _ = ask(handlers, QUESTION)
    buttons = [handlers.buttons(one, request()) for one in (running, finished)]
    assert [(one.stop_btn, one.submit_btn) for one in buttons] == [
        ("停止", False),
        (False, "提问"),
    ]


def test_a_mark_of_an_earlier_answer_opens_its_own_source(handlers: Handlers) -> None:
    conversation, _, _ = ask(handlers, QUESTION)
    conversation, _, _ = ask(handlers, "附言整改任务", conversation)
    panel = handlers.choose(conversation, event(cite="0-2"), request())
    second = conversation.exchanges[0].answer.citations[1]
    assert f'<mark class="c2 chosen" data-n="2">{second.quote}</mark>' in panel


@pytest.mark.parametrize("value", ["9-1", "x", None])
def test_a_click_that_belongs_to_no_answer_is_refused(handlers: Handlers, value: object) -> None:
    with pytest.raises(gr.Error, match="不在当前对话"):
        handlers.choose(Conversation(), event(cite=value), request())


def test_what_is_kept_is_the_same_in_either_language(
    handlers: Handlers, store: ConversationStore
) -> None:
    """A reader who changes the language sees the words change, and the reason that was chosen stay."""
    conversation, _, _ = ask(handlers, QUESTION)
    vote = event(exchange=0, verdict="down", reason="不完整")
    _, markup = handlers.vote(conversation, vote, request(language="en"))
    assert "Noted: Incomplete" in markup
    (kept,) = store.feedback()
    assert kept.exchange.reason == "不完整"
    _, markup, _, _ = handlers.load(request(query=f"c={conversation.id}"))
    assert "已记录：不完整" in markup


def test_hints_are_in_the_readers_language(handlers: Handlers) -> None:
    with pytest.raises(gr.Error, match="Please type a question"):
        handlers.begin(" ", Conversation(), "", [], request(language="en"))
    with pytest.raises(gr.Error, match="not valid"):
        handlers.begin(QUESTION, Conversation(), "2025-13-01", [], request(language="en"))


def test_a_known_error_is_told_in_its_own_words_and_logged(
    caplog: pytest.LogCaptureFixture, store: ConversationStore
) -> None:
    _, markup, _ = ask(made(SentenceFinder(), store), QUESTION)
    assert 'class="note error"' in markup
    assert "还没有可供查询的文件" in markup
    assert "question could not be answered" in caplog.text


class Failing(SentenceFinder):
    """Breaks down in the middle of an answer."""

    def stream(self, *args: object, **kwargs: object) -> Iterator[Answer]:
        yield Answer("刚开始")
        raise ZeroDivisionError


def test_an_unexpected_error_is_logged_ends_the_answer_and_is_no_history(
    caplog: pytest.LogCaptureFixture,
    handlers: Handlers,
    assistant: SentenceFinder,
    store: ConversationStore,
) -> None:
    failed, _, _ = ask(made(Failing(plan()), store), QUESTION)
    assert failed.exchanges[-1].error == UNEXPECTED
    assert not failed.running
    assert "ZeroDivisionError" in caplog.text
    ask(handlers, QUESTION, failed)
    assert assistant.asked[-1][1] == ()


def test_a_conversation_is_kept_and_opened_by_its_address(handlers: Handlers) -> None:
    conversation, markup, _ = ask(handlers, QUESTION)
    reloaded = handlers.load(request(query=f"c={conversation.id}"))
    assert reloaded[:2] == (conversation, markup)
    assert conversation.id in reloaded[3]


def test_nobody_opens_the_conversation_of_another(handlers: Handlers) -> None:
    conversation, _, _ = ask(handlers, QUESTION)
    stranger = request("b" * 32, f"c={conversation.id}")
    assert handlers.load(stranger)[0] == Conversation()
    assert conversation.id not in handlers.load(stranger)[3]
    with pytest.raises(gr.Error, match="已被删除"):
        handlers.open(event(id=conversation.id), stranger)


def test_renaming_finding_and_deleting(handlers: Handlers) -> None:
    conversation, _, _ = ask(handlers, QUESTION)
    renamed = handlers.rename(conversation, event(id=conversation.id, title="空气<b>"), request())
    assert "空气&lt;b&gt;" in renamed
    assert conversation.id in handlers.find(conversation, event(words="PM2.5 微克"), request())
    assert "没有找到" in handlers.find(conversation, event(words="水库"), request())
    left, _, _, listed = handlers.remove(conversation, event(id=conversation.id), request())
    assert left == Conversation()
    assert conversation.id not in listed


def test_an_opinion_is_kept_with_what_is_needed_to_ask_again(
    handlers: Handlers, store: ConversationStore
) -> None:
    first, _, _ = ask(handlers, QUESTION)
    conversation, _, _ = ask(handlers, "附言整改任务", first)
    vote = event(exchange=1, verdict="down", reason="不完整")
    (
        judged,
        markup,
    ) = handlers.vote(conversation, vote, request())
    assert re.search(r'data-verdict="down" aria-pressed="true"', markup)
    (kept,) = store.feedback()
    assert (kept.exchange.question, kept.exchange.reason) == ("附言整改任务", "不完整")
    assert kept.exchange.answer == conversation.exchanges[1].answer
    assert kept.history[0] == ("user", QUESTION)
    assert kept.versions["hostile.txt"] == hostile().source.sha256
    handlers.vote(judged, event(exchange=1, verdict="", reason=""), request())
    assert store.feedback() == ()


@pytest.mark.parametrize(
    ("typed", "read"), [("", None), (None, None), ("2025-10-01", date(2025, 10, 1))]
)
def test_the_date_field_is_read(typed: str | None, read: date | None) -> None:
    assert parse_date(typed) == read


def test_a_date_that_does_not_exist_is_named() -> None:
    with pytest.raises(UsageError, match="2025-02-30"):
        parse_date("2025-02-30")
