"""Small falsifications that read well do not survive, and true sentences in other words do.

Asked over the shipped documents and over composed ones of other places. A model only knows the evidence that it is
given, so sentences whose source is not in it are left aside.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import pytest
from adversarial import FALSIFICATIONS, Claim, false_claims, true_claims

from assistant.app import Assistant
from assistant.chat.evidence import Gathered, gather
from assistant.chat.grounding import Grounds, Proof
from assistant.search import SentenceSearch
from ingest.parse import parse_text
from vectorstore.embedding import load_embedder
from vectorstore.folding import fold_query
from vectorstore.memory import MemoryVectors
from vectorstore.retriever import HybridIndex

DATA = Path(__file__).parents[1] / "data"
# Of a kind and of the true ones, in the short form and in the long one.
SHORT, LONG = (6, 60), (20, 200)
MAY_SURVIVE, MAY_BE_LOST = 0.01, 0.02
_BEGINNING = 12


class Trial:
    """Claims put to the proof with the evidence that their question gives."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._search = SentenceSearch(assistant._library, assistant.index)
        self._gathered = cache(self._gather)
        self.true = true_claims(assistant.documents())

    def false(self, most_of_a_kind: int) -> list[Claim]:
        return false_claims(self._assistant.documents(), self.true, most_of_a_kind)

    def prove(self, claim: Claim) -> Proof | None:
        gathered = self._gathered(claim.question)
        grounds = Grounds(gathered, self._assistant._verifier, self._assistant._library)
        return grounds.prove(f"{claim.text}。", [self._mark(gathered, claim) or 1])

    def is_given(self, claim: Claim) -> bool:
        return bool(self._mark(self._gathered(claim.question), claim))

    def _gather(self, question: str) -> Gathered:
        assistant = self._assistant
        query = assistant._understanding.understand(question, (), dt.date(2025, 1, 1))
        found = self._search.find(query, query.documents)
        return gather(assistant._drafted(query), found, assistant._library, 13_000)

    def _mark(self, gathered: Gathered, claim: Claim) -> int:
        """The evidence that has the source of a claim, 0 where none has."""
        words = _bare(claim.source)[:_BEGINNING]
        having = (
            item.number
            for item in gathered.items
            if words in _bare(item.text) + "".join(_bare(e.span.quote) for e in item.evidence)
        )
        return next(having, 0)


def _bare(text: str) -> str:
    return "".join(fold_query(text).split())


@pytest.fixture(scope="module")
def shipped(corpus: Assistant) -> Trial:
    return Trial(corpus)


@pytest.fixture(scope="module")
def composed() -> Trial:
    files = [*(DATA / "plans").glob("*-*.*"), *(DATA / "elsewhere").glob("*-*.txt")]
    documents = [
        parse_text(file.read_text(encoding="utf-8-sig"), file.name, f"{number:064d}")
        for number, file in enumerate(sorted(files))
    ]
    index = HybridIndex(MemoryVectors(load_embedder(""), documents), documents)
    return Trial(Assistant(documents, index))


SIZES = pytest.mark.parametrize(
    "size", [pytest.param(SHORT, id="short"), pytest.param(LONG, id="long", marks=pytest.mark.long)]
)


@SIZES
@pytest.mark.parametrize("place", ["shipped", "composed"])
def test_falsified_sentences_do_not_survive(
    request: pytest.FixtureRequest, place: str, size: tuple[int, int]
) -> None:
    trial: Trial = request.getfixturevalue(place)
    claims = trial.false(size[0])
    assert len(claims) >= 100
    assert {claim.kind for claim in claims} == {kind for kind, _ in FALSIFICATIONS}
    survived = [(claim.kind, claim.text) for claim in claims if trial.prove(claim) is not None]
    assert len(survived) <= MAY_SURVIVE * len(claims), survived


@SIZES
@pytest.mark.parametrize("place", ["shipped", "composed"])
def test_true_sentences_in_other_words_are_kept(
    request: pytest.FixtureRequest, place: str, size: tuple[int, int]
) -> None:
    trial: Trial = request.getfixturevalue(place)
    given = (claim for claim in trial.true if trial.is_given(claim))
    claims = [claim for claim, _ in zip(given, range(size[1]), strict=False)]
    assert len(claims) >= size[1] / 2
    lost = [claim.text for claim in claims if trial.prove(claim) is None]
    assert len(lost) <= MAY_BE_LOST * len(claims), lost
