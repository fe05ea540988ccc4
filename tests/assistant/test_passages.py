"""The passages a question is answered from: records first, then the search within the scope."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.answer import Turn
from assistant.app import Assistant

TODAY = dt.date(2024, 11, 1)
WUQING = "wuqing-2024-rectification-plan.txt"


def test_what_records_decide_comes_first(corpus: Assistant) -> None:
    found = corpus.passages("武清清单里区水务局牵头的任务有哪些？", as_of=TODAY, most=4)
    first = found[0].passage.span.quote
    assert found[0].by_record
    assert any("牵头单位" in line and "区水务局" in line for line in first.splitlines())
    kinds = [one.by_record for one in found]
    assert kinds == sorted(kinds, reverse=True)


def test_the_search_fills_up_within_the_documents_asked_about(corpus: Assistant) -> None:
    found = corpus.passages("武清的污水处理厂扩建什么时候完成？", as_of=TODAY, most=8)
    assert len(found) == 8
    assert {one.document for one in found} == {WUQING}
    starts = [one.passage.span.start for one in found]
    assert len(set(starts)) == len(starts)


def test_a_follow_up_is_searched_with_what_was_said(corpus: Assistant) -> None:
    history = [
        Turn("user", "武清区四干渠水体污染的问题谁牵头？"),
        Turn("assistant", "区生态环境局。"),
    ]
    found = corpus.passages("那整改时限呢？", history, TODAY, most=3)
    assert any("四干渠" in one.passage.span.quote for one in found)


@pytest.mark.parametrize(("question", "most"), [(" ", 5), ("污水处理", 0)])
def test_nothing_asked_finds_nothing(corpus: Assistant, question: str, most: int) -> None:
    assert corpus.passages(question, as_of=TODAY, most=most) == ()
