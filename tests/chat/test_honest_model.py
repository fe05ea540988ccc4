"""With an honest model, which says what its evidence says, the development questions fare as without one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_server import running
from scripts import honest

from assistant.app import Assistant
from assistant.chat.endpoint import ChatEndpoint
from assistant.chat.provider import ChatModel
from evals.evidence import searchable
from evals.questions import read_questions
from evals.run import Evaluation, ask_all, summarise

QUESTIONS = Path(__file__).parents[2] / "evals" / "questions" / "development.jsonl"
# Every so manyth question; `duban eval` with a model asks them all.
STEP = 6


@pytest.fixture(scope="module")
def by_model(corpus: Assistant) -> Iterator[Assistant]:
    with running(honest) as server:
        model = ChatModel(ChatEndpoint("scripted", server.url))
        yield Assistant(corpus.documents(), corpus.index, model)
        model.close()


def evaluated(assistant: Assistant) -> Evaluation:
    questions = read_questions([QUESTIONS])[::STEP]
    return summarise(ask_all(assistant, questions, searchable(assistant.sources())))


def test_an_honest_model_answers_no_worse(by_model: Assistant, corpus: Assistant) -> None:
    with_model, without = evaluated(by_model), evaluated(corpus)
    failed = {item.question.id for item in with_model.failures}
    assert failed <= {item.question.id for item in without.failures}
    assert with_model.overall.citation_precision == 1
    assert (with_model.overall.citation_recall or 0) >= (
        without.overall.citation_recall or 0
    ) - 0.02
    writings = [item.answer.writing for item in with_model.items]
    assert all(writing is not None for writing in writings)
    removed = sum(writing.removed for writing in writings if writing)
    verified = sum(writing.verified for writing in writings if writing)
    assert removed <= 0.02 * (removed + verified)
