"""Asking an assistant every question of a set and scoring what it says."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.answer import Answer, Citation, Turn
from evals.evidence import Corpus
from evals.questions import Question
from evals.scoring import (
    RefusalScores,
    Verdict,
    citation_recall,
    citation_relevance,
    is_verbatim,
    judge_answer,
    mean,
    nearest_rank,
    refusal_scores,
    share,
    wilson_interval,
)
from ingest.records import SourceDocument


class Assistant(Protocol):
    """What is evaluated: anything that answers from documents it can show."""

    def answer(
        self,
        question: str,
        history: Sequence[Turn] = ...,
        as_of: dt.date | None = ...,
        documents: Sequence[str] | None = ...,
    ) -> Answer: ...

    def sources(self) -> Sequence[SourceDocument]: ...


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One question with its answer and scores.

    `citation_recall` and `citation_relevance` are None where nothing must be cited.
    """

    question: Question
    answer: Answer
    seconds: float
    verdict: Verdict
    altered_citations: tuple[Citation, ...]
    citation_recall: float | None
    citation_relevance: float | None

    @property
    def reason(self) -> str:
        """What is wrong with the answer or its citations, empty when nothing is."""
        altered = "、".join(f"[{citation.number}]" for citation in self.altered_citations)
        citing = f"引文与原文不符：{altered}" if altered else ""
        return "；".join(filter(None, (self.verdict.reason, citing)))


@dataclass(frozen=True, slots=True)
class GroupScores:
    """Scores of a group of questions.

    Recall is the mean over the `recall_n` questions that have one, relevance likewise over its own.
    """

    n: int
    correct: int
    citations: int
    verbatim: int
    citation_recall: float | None
    recall_n: int
    citation_relevance: float | None

    @property
    def accuracy(self) -> float | None:
        return share(self.correct, self.n)

    @property
    def accuracy_interval(self) -> tuple[float, float] | None:
        return wilson_interval(self.correct, self.n)

    @property
    def citation_precision(self) -> float | None:
        return share(self.verbatim, self.citations)

    @property
    def citation_precision_interval(self) -> tuple[float, float] | None:
        return wilson_interval(self.verbatim, self.citations)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything measured over one set of questions. Seconds are None when nothing was asked."""

    items: tuple[ItemResult, ...]
    overall: GroupScores
    by_type: dict[str, GroupScores]
    refusals: RefusalScores
    seconds_median: float | None
    seconds_p95: float | None

    @property
    def failures(self) -> tuple[ItemResult, ...]:
        return tuple(item for item in self.items if item.reason)


def ask_all(
    assistant: Assistant, questions: Iterable[Question], corpus: Corpus
) -> Iterator[ItemResult]:
    """Ask one question after the other; a result comes as soon as its question is answered."""
    for question in questions:
        started = time.perf_counter()
        try:
            answer = assistant.answer(question.question, question.history, question.as_of, None)
        except Exception as exc:
            exc.add_note(f"题号 {question.id}")
            raise
        yield score(question, answer, time.perf_counter() - started, corpus)


def score(question: Question, answer: Answer, seconds: float, corpus: Corpus) -> ItemResult:
    """Score one answer."""
    return ItemResult(
        question=question,
        answer=answer,
        seconds=seconds,
        verdict=judge_answer(question, answer.text),
        altered_citations=tuple(c for c in answer.citations if not is_verbatim(c, corpus)),
        citation_recall=citation_recall(question, answer.citations, corpus),
        citation_relevance=citation_relevance(question, answer.citations, corpus),
    )


def summarise(results: Iterable[ItemResult]) -> Evaluation:
    """Put the results of single questions together; types keep the order in which they first occur."""
    items = tuple(results)
    types = dict.fromkeys(item.question.type for item in items)
    seconds = [item.seconds for item in items]
    return Evaluation(
        items=items,
        overall=_group(items),
        by_type={name: _group([i for i in items if i.question.type == name]) for name in types},
        refusals=refusal_scores((i.question.answerable, i.answer.refused) for i in items),
        seconds_median=nearest_rank(seconds, 0.5),
        seconds_p95=nearest_rank(seconds, 0.95),
    )


def _group(items: Sequence[ItemResult]) -> GroupScores:
    citations = sum(len(item.answer.citations) for item in items)
    recalls = [item.citation_recall for item in items if item.citation_recall is not None]
    return GroupScores(
        n=len(items),
        correct=sum(item.verdict.correct for item in items),
        citations=citations,
        verbatim=citations - sum(len(item.altered_citations) for item in items),
        citation_recall=mean(recalls),
        recall_n=len(recalls),
        citation_relevance=mean(item.citation_relevance for item in items),
    )
