"""What stands under an answer: the day, the documents, and what became of a chat model's sentences."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answer import Answer, Writing
from ui.conversation import Conversation, Exchange
from ui.transcript import Transcript
from ui.words import Language, Words


def shown(writing: Writing | None, language: Language = "zh") -> str:
    answer = Answer("共1项。", writing=writing)
    exchange = Exchange("有几项？", date(2025, 10, 1), answer=answer, running=False)
    return Transcript((), ()).html(Conversation("c1", exchanges=(exchange,)), Words(language))


@pytest.mark.parametrize(
    ("writing", "said"),
    [
        (Writing("某模型", verified=3), "由某模型成文，核对通过3处<"),
        (Writing("某模型", verified=3, removed=2), "核对通过3处，略去未通过核对的2处<"),
        (Writing("某模型", built_in=True), "内置成文（某模型未作答）<"),
        (Writing("<b>某模型</b>", verified=1), "由&lt;b&gt;某模型&lt;/b&gt;成文"),
    ],
)
def test_the_verdict_on_a_models_sentences_is_told(writing: Writing, said: str) -> None:
    assert said in shown(writing)


def test_without_a_model_there_is_no_verdict() -> None:
    assert "截至2025年10月1日 · 范围：全部文件<" in shown(None)


def test_the_verdict_is_told_in_english() -> None:
    said = shown(Writing("m", verified=3, removed=2), "en")
    assert "As of 1 October 2025 · documents: All documents" in said
    assert "3 statements verified, 2 removed" in said
