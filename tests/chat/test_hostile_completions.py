"""Over 240 hostile completions no altered statement is proven; of the true ones hardly any is lost.

What is asked here is the proof itself, with the evidence that the shipped documents give for each question.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import cache

import pytest
from hostile import Fact, Hostile, completions

from assistant.app import Assistant
from assistant.chat.evidence import Gathered, gather
from assistant.chat.grounding import Grounds, Proof
from assistant.search import SentenceSearch

COUNT = 240
# The share of true sentences that may be lost.
MAY_BE_LOST = 0.02


class Bench:
    """Evidence and proof for the questions of the facts."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._search = SentenceSearch(assistant._library, assistant.index)
        self._gathered = cache(self._gather)

    def prove(self, one: Hostile) -> Proof | None:
        gathered = self._gathered(one.fact.question)
        grounds = Grounds(gathered, self._assistant._verifier, self._assistant._library)
        return grounds.prove(f"{one.text}。", [self._mark(gathered, one.fact) + one.shift])

    def _gather(self, question: str) -> Gathered:
        assistant = self._assistant
        query = assistant._understanding.understand(question, (), dt.date(2025, 1, 1))
        found = self._search.find(query, query.documents)
        return gather(assistant._drafted(query), found, assistant._library, 13_000)

    def _mark(self, gathered: Gathered, fact: Fact) -> int:
        """The evidence that has the fact."""
        title = fact.text.split("的")[0]
        return next(
            (
                item.number
                for item in gathered.items
                if fact.words in item.text and title in item.text
            ),
            1,
        )


@pytest.fixture(scope="module")
def bench(corpus: Assistant) -> Bench:
    return Bench(corpus)


def test_no_altered_statement_survives(bench: Bench, corpus: Assistant) -> None:
    hostile, _ = completions(corpus.documents(), COUNT)
    assert len(hostile) == COUNT
    assert min(Counter(one.kind for one in hostile).values()) >= 10
    survived = [
        (one.kind, one.text, [e.span.quote for e in proof.statement.evidence])
        for one in hostile
        if one.altered and (proof := bench.prove(one)) is not None
    ]
    assert survived == []


def test_true_statements_with_a_wrong_mark_end_with_right_evidence(
    bench: Bench, corpus: Assistant
) -> None:
    hostile, _ = completions(corpus.documents(), COUNT)
    for one in (one for one in hostile if one.kind == "mark"):
        if (proof := bench.prove(one)) is not None:
            quotes = "".join(e.span.quote + e.section for e in proof.statement.evidence)
            assert one.fact.words in "".join(quotes.split())


def test_hardly_a_true_statement_is_lost(bench: Bench, corpus: Assistant) -> None:
    _, true = completions(corpus.documents(), COUNT)
    lost = [one.text for one in true if bench.prove(one) is None]
    assert len(lost) <= MAY_BE_LOST * len(true), lost
