"""Opinions as a question set."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from click.testing import CliRunner
from hand_made import cite, plan

from assistant.answer import Answer
from assistant.errors import AssistantError
from assistant.settings import load_settings
from evals.questions import Question, read_questions
from evals.scoring import judge_answer
from ui.conversation import Conversation, Exchange, Verdict
from ui.feedback import feedback
from ui.store import ConversationStore, Feedback

ANSWER = Answer("重污染天数控制在4天以内。[1]", (cite(plan(), "重污染天数控制在4天以内"),))


def keep(index: int, verdict: Verdict, answer: Answer = ANSWER, reason: str = "") -> None:
    exchange = Exchange("几天？", date(2025, 10, 1), answer=answer, verdict=verdict, reason=reason)
    given = Feedback(
        exchange, (("user", "和平区"),), {"duban": "0.1.0"}, datetime(2025, 10, 1, tzinfo=UTC)
    )
    store = ConversationStore(load_settings().state_folder)
    store.vote("a" * 32, Conversation(f"{index:032x}", (exchange,)), 0, given)


def exported(tmp_path: Path) -> tuple[Question, ...]:
    file = tmp_path / "set.jsonl"
    result = CliRunner().invoke(feedback, ["-o", str(file)])
    assert result.exit_code == 0, result.output
    return read_questions([file])


def test_a_useful_answer_has_to_come_again(tmp_path: Path) -> None:
    keep(1, "up")
    (question,) = exported(tmp_path)
    assert (question.question, question.as_of) == ("几天？", date(2025, 10, 1))
    assert question.history[0].content == "和平区"
    assert question.evidence[0].quote == "重污染天数控制在4天以内"
    assert judge_answer(question, ANSWER.text).correct
    assert not judge_answer(question, "控制在5天以内。").correct


def test_a_wrong_answer_must_not_come_again(tmp_path: Path) -> None:
    keep(1, "down", reason="内容不对")
    (question,) = exported(tmp_path)
    assert question.answerable
    assert question.note.startswith("内容不对；2025-10-01；duban 0.1.0")
    assert not judge_answer(question, ANSWER.text).correct
    assert judge_answer(question, "控制在5天以内。").correct


def test_a_useful_refusal_stays_one(tmp_path: Path) -> None:
    keep(1, "up", Answer("文件没有提到。", refused=True))
    keep(2, "down", Answer("文件没有提到。", refused=True))
    assert [question.answerable for question in exported(tmp_path)] == [False, True]


def test_without_opinions_it_says_so(tmp_path: Path) -> None:
    result = CliRunner().invoke(feedback, ["-o", str(tmp_path / "set.jsonl")])
    assert isinstance(result.exception, AssistantError)
    assert "还没有评价" in str(result.exception)
