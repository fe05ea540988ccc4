"""Is the evidence among the first k passages? The same measure for any way of searching.

Recall at k of a question is the share of its evidence quotes whose visible characters all lie in the union
of the first k passages; recall at k of a question set is the mean over its answerable questions with
evidence. The query is the question after the user's earlier messages, if any.

Among the readings tried (any quote, all quotes, share of the quotes; with and without earlier messages;
overlap 0 and 50; with and without Chinese separators), this one gives the figures the project was planned
with: on the development questions the plain pipeline reaches 0.54 / 0.74 / 0.81 / 0.90 at 1 / 3 / 5 / 10,
and at 5 it has 0.50 for deadline filters and 0.46 for counts and lists. It makes no
difference to them whether one chunk or the union must cover a quote; the union is used so that a search for
passages shorter than a quote can be measured too. Shorter passages mean less text at the same k, so the
mean number of characters of the first five is reported beside recall.

Duban is measured twice: its search alone, with the query as it is, and the passages that it answers from,
for which it reads the question (which documents, which records) before it searches.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.answer import Turn
from evals.evidence import Corpus, Stretch, covered_share
from evals.questions import Question
from evals.scoring import mean
from ingest.records import Passage

CUTOFFS = (1, 3, 5, 10)
DETAIL_CUTOFF = 5
"""The k at which recall is broken down by type and the retrieved text is measured."""

Search = Callable[[Question, int], Sequence[Stretch]]


class Hit(Protocol):
    """A passage that was found, with the path of its document."""

    @property
    def document(self) -> str: ...

    @property
    def passage(self) -> Passage: ...


class PassageIndex(Protocol):
    """Duban's search as far as it is measured here."""

    def search(self, query: str, k: int) -> Sequence[Hit]: ...


class PassageReader(Protocol):
    """Duban's way from a question to the passages it answers from."""

    def passages(
        self, question: str, history: Sequence[Turn], as_of: dt.date | None, *, most: int
    ) -> Sequence[Hit]: ...


@dataclass(frozen=True, slots=True)
class RetrievalItem:
    """One question: recall at each cutoff and the characters of the first `DETAIL_CUTOFF` passages."""

    question: Question
    recall: dict[int, float]
    retrieved_chars: int


@dataclass(frozen=True, slots=True)
class RetrievalScores:
    """Recall of one way of searching; means are None when no question needs evidence."""

    name: str
    items: tuple[RetrievalItem, ...]

    @property
    def n(self) -> int:
        return len(self.items)

    @property
    def types(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(item.question.type for item in self.items))

    @property
    def mean_retrieved_chars(self) -> float | None:
        return mean(item.retrieved_chars for item in self.items)

    def recall(self, k: int, question_type: str | None = None) -> float | None:
        """Mean recall at `k`, over all questions or those of one type."""
        return mean(
            item.recall[k]
            for item in self.items
            if question_type is None or item.question.type == question_type
        )


def by_words(search: Callable[[str, int], Sequence[Stretch]]) -> Search:
    """A search that sees the words of a question and nothing else."""
    return lambda question, k: search(query_of(question), k)


def passages_of(index: PassageIndex) -> Search:
    """Duban's search alone."""
    return by_words(lambda query, k: _stretches(index.search(query, k)))


def passages_for(assistant: PassageReader) -> Search:
    """The passages that Duban answers from."""
    return lambda question, k: _stretches(
        assistant.passages(question.question, question.history, question.as_of, most=k)
    )


def _stretches(hits: Sequence[Hit]) -> list[Stretch]:
    return [Stretch(h.document, h.passage.span.start, h.passage.span.end) for h in hits]


def measure_retrieval(
    name: str, search: Search, questions: Iterable[Question], corpus: Corpus
) -> RetrievalScores:
    """Search for every answerable question with evidence."""
    items = (_measure(q, search, corpus) for q in questions if q.needs_evidence)
    return RetrievalScores(name, tuple(items))


def query_of(question: Question) -> str:
    """The question after the user's earlier messages, so that a follow-up names its subject."""
    earlier = [turn.content for turn in question.history if turn.role == "user"]
    return " ".join([*earlier, question.question])


def _measure(question: Question, search: Search, corpus: Corpus) -> RetrievalItem:
    found = search(question, max(CUTOFFS))
    recall = {k: _found_share(question, found[:k], corpus) for k in CUTOFFS}
    chars = sum(stretch.end - stretch.start for stretch in found[:DETAIL_CUTOFF])
    return RetrievalItem(question, recall, chars)


def _found_share(question: Question, found: Sequence[Stretch], corpus: Corpus) -> float:
    covered = sum(covered_share(evidence, found, corpus) == 1 for evidence in question.evidence)
    return covered / len(question.evidence)
