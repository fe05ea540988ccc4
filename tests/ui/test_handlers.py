"""Asking, stopping, retrying and opening a citation, without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import gradio as gr
import pytest
from hand_made import SentenceFinder, hostile, plan

from assistant.answer import Answer, Turn
from assistant.errors import UsageError
from ui.conversation import Conversation, is_running
from ui.handlers import UNEXPECTED, Handlers, Shown, parse_date
from ui.panel import copy_text

QUESTION = "和平区到2025年末PM2.5年均浓度要控制在多少？"


@pytest.fixture
def assistant() -> SentenceFinder:
    return SentenceFinder(plan(), hostile())


@pytest.fixture
def handlers(assistant: SentenceFinder) -> Handlers:
    return Handlers(assistant)


def ask(handlers: Handlers, question: str, conversation: Conversation = ()) -> Shown:
    _, begun = handlers.begin(question, conversation)
    return list(handlers.reply(begun, "", []))[-1]


def click(handlers: Handlers, conversation: Conversation, value: object) -> str:
    return handlers.choose(conversation, gr.EventData(None, {"cite": value}))


def test_an_answer_grows_and_ends_complete(handlers: Handlers) -> None:
    _, begun = handlers.begin(QUESTION, ())
    steps = list(handlers.reply(begun, "", []))
    replies = [messages[-1]["content"] for _, messages, _ in steps]
    assert "正在查阅文件" in replies[0]
    assert len(replies[-1]) > len(replies[len(replies) // 2]) > 0
    assert [is_running(conversation) for conversation, _, _ in steps[-2:]] == [True, False]


def test_a_complete_answer_opens_its_first_citation(handlers: Handlers) -> None:
    conversation, messages, panel = ask(handlers, QUESTION)
    assert 'value="0-1"' in messages[-1]["content"]
    first = conversation[0].answer.citations[0]
    assert f'<mark class="chosen">{first.quote}</mark>' in panel


def test_the_question_box_is_emptied_and_the_question_shown(handlers: Handlers) -> None:
    box, conversation = handlers.begin(f"  {QUESTION} ", ())
    assert (box, conversation[-1].question) == ("", QUESTION)


def test_date_documents_and_history_reach_the_assistant(
    handlers: Handlers, assistant: SentenceFinder
) -> None:
    conversation, _, _ = ask(handlers, QUESTION)
    _, begun = handlers.begin("那长效机制呢？", conversation)
    list(handlers.reply(begun, "2025-10-01", ["heping-2025-rectification-plan.txt"]))
    question, history, as_of, documents = assistant.asked[-1]
    assert question == "那长效机制呢？"
    assert history == (
        Turn("user", QUESTION),
        Turn("assistant", conversation[0].answer.text),
    )
    assert as_of == date(2025, 10, 1)
    assert documents == ("heping-2025-rectification-plan.txt",)


def test_a_refusal_is_labelled_as_one(handlers: Handlers) -> None:
    _, messages, panel = ask(handlers, "火星基地")
    assert 'class="note refused"' in messages[-1]["content"]
    assert "没有引用文件" in panel


def test_an_empty_question_is_not_asked(handlers: Handlers) -> None:
    with pytest.raises(gr.Error, match="请先输入问题"):
        handlers.begin(" \n", ())


def test_a_second_question_waits_for_the_first(handlers: Handlers) -> None:
    _, running = handlers.begin(QUESTION, ())
    with pytest.raises(gr.Error, match="还在回答"):
        handlers.begin("另一个问题", running)
    with pytest.raises(gr.Error, match="还在回答"):
        handlers.retry(running)


def test_a_stopped_answer_stays_as_far_as_it_came(handlers: Handlers) -> None:
    _, begun = handlers.begin(QUESTION, ())
    steps = handlers.reply(begun, "", [])
    partial = [next(steps) for _ in range(4)][-1][0]
    conversation, messages, _ = handlers.stop(partial)
    assert not is_running(conversation)
    assert conversation[-1].answer == partial[-1].answer
    assert "已停止" in messages[-1]["content"]


def test_a_retry_asks_the_last_question_again(
    handlers: Handlers, assistant: SentenceFinder
) -> None:
    conversation, _, _ = ask(handlers, QUESTION)
    again = handlers.retry(conversation)
    assert [e.question for e in again] == [QUESTION]
    list(handlers.reply(again, "", []))
    assert [asked[:2] for asked in assistant.asked] == [(QUESTION, ()), (QUESTION, ())]


def test_the_button_offers_stop_only_while_an_answer_is_running(handlers: Handlers) -> None:
    _, running = handlers.begin(QUESTION, ())
    finished, _, _ = ask(handlers, QUESTION)
    assert (handlers.buttons(running).stop_btn, handlers.buttons(running).submit_btn) == (
        "停止",
        False,
    )
    assert (handlers.buttons(finished).stop_btn, handlers.buttons(finished).submit_btn) == (
        False,
        "提问",
    )


def test_a_mark_of_an_earlier_answer_opens_its_own_source(handlers: Handlers) -> None:
    conversation, _, _ = ask(handlers, QUESTION)
    conversation, _, _ = ask(handlers, "附言整改任务", conversation)
    panel = click(handlers, conversation, "0-2")
    second = conversation[0].answer.citations[1]
    assert f'<mark class="chosen">{second.quote}</mark>' in panel


@pytest.mark.parametrize("value", ["9-1", "x", None])
def test_a_click_that_belongs_to_no_answer_is_refused(handlers: Handlers, value: object) -> None:
    with pytest.raises(gr.Error, match="不在当前对话"):
        click(handlers, (), value)


def test_a_known_error_is_told_in_its_own_words_and_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    _, messages, _ = ask(Handlers(SentenceFinder()), QUESTION)
    assert 'class="note error"' in messages[-1]["content"]
    assert "还没有可供查询的文件" in messages[-1]["content"]
    assert "question could not be answered" in caplog.text


def test_a_wrong_date_is_told_instead_of_answered(handlers: Handlers) -> None:
    _, begun = handlers.begin(QUESTION, ())
    conversation, messages, _ = list(handlers.reply(begun, "2025-02-30", []))[-1]
    assert "截至日期" in messages[-1]["content"]
    assert not is_running(conversation)


class Failing(SentenceFinder):
    """Breaks down in the middle of an answer."""

    def stream(self, *args: object, **kwargs: object) -> Iterator[Answer]:
        yield Answer("刚开始")
        raise ZeroDivisionError


def test_an_unexpected_error_is_logged_and_ends_the_answer(
    caplog: pytest.LogCaptureFixture,
) -> None:
    conversation, _, _ = ask(Handlers(Failing(plan())), QUESTION)
    assert conversation[-1].error == UNEXPECTED
    assert not is_running(conversation)
    assert "ZeroDivisionError" in caplog.text


def test_a_failed_exchange_is_no_history(handlers: Handlers, assistant: SentenceFinder) -> None:
    failed, _, _ = ask(Handlers(Failing(plan())), "会出错的问题")
    ask(handlers, QUESTION, failed)
    assert assistant.asked[-1][1] == ()


def test_the_copied_answer_ends_with_its_sources(handlers: Handlers) -> None:
    conversation, _, _ = ask(handlers, QUESTION)
    answer = conversation[0].answer
    copied = copy_text(answer)
    assert copied.startswith("文件中的相关内容：")
    for citation in answer.citations:
        assert f"[{citation.number}] {citation.title}" in copied
        assert citation.quote in copied


@pytest.mark.parametrize(
    ("typed", "read"), [("", None), (None, None), ("2025-10-01", date(2025, 10, 1))]
)
def test_the_date_field_is_read(typed: str | None, read: date | None) -> None:
    assert parse_date(typed) == read


def test_a_date_that_does_not_exist_is_named() -> None:
    with pytest.raises(UsageError, match="2025-02-30"):
        parse_date("2025-02-30")
