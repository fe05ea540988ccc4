"""Figures of a ranking with the intervals they have, for any way of finding passages.

A question needs one or more quotes. A quote is found at the rank at which the passages so far hold all of
it. Recall at k is the share of a question's quotes found by rank k, the reciprocal rank that of the first
quote found, nDCG the discounted gain of all of them against finding them one after the other from the top.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

import numpy as np

CUTOFF = 10
"""Ranks below this count as not found."""

_RESAMPLES = 1_000
_SEED = 20_240_910

Ranking = Callable[[str], Sequence[int]]
"""A query to the numbers of the best passages, best first, at least `CUTOFF` where there are as many."""


@dataclass(frozen=True, slots=True)
class RankedQuestion:
    """A query with what has to be found.

    Each of `quotes` holds alternatives (the quote may stand in several places), each the numbers of the
    passages that hold it together.
    """

    id: str
    query: str
    quotes: tuple[tuple[frozenset[int], ...], ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one question, or their means over several; all between 0 and 1."""

    recall_1: float
    recall_5: float
    recall_10: float
    mrr_10: float
    ndcg_10: float


@dataclass(frozen=True, slots=True)
class SystemFigures:
    """How one system did on one set: the figures of each question, their mean, and its 95 % interval."""

    system: str
    questions: tuple[Figures, ...]
    mean: Figures
    low: Figures
    high: Figures


@dataclass(frozen=True, slots=True)
class SetFigures:
    """All systems on one set of questions."""

    name: str
    size: int
    systems: tuple[SystemFigures, ...]


def measure(name: str, ranking: Ranking, questions: Sequence[RankedQuestion]) -> SystemFigures:
    """Rank for every question; there must be at least one."""
    figures = tuple(_figures(question, ranking(question.query)[:CUTOFF]) for question in questions)
    table = np.array([_values(item) for item in figures])
    random = np.random.default_rng(_SEED)
    drawn = random.integers(0, len(table), (_RESAMPLES, len(table)))
    means = np.array([table[rows].mean(axis=0) for rows in drawn])
    low, high = np.percentile(means, [2.5, 97.5], axis=0)
    return SystemFigures(name, figures, Figures(*table.mean(axis=0)), Figures(*low), Figures(*high))


def difference(
    first: SystemFigures, second: SystemFigures, measured: str = "recall_5"
) -> tuple[float, float, float]:
    """Mean of `first` less that of `second`, question by question, with its 95 % interval."""
    gains = np.array([
        getattr(a, measured) - getattr(b, measured)
        for a, b in zip(first.questions, second.questions, strict=True)
    ])
    random = np.random.default_rng(_SEED)
    means = gains[random.integers(0, len(gains), (_RESAMPLES, len(gains)))].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(gains.mean()), float(low), float(high)


def _figures(question: RankedQuestion, ranked: Sequence[int]) -> Figures:
    place = {passage: rank for rank, passage in enumerate(ranked, start=1)}
    ranks = sorted(_rank(alternatives, place) for alternatives in question.quotes)
    gain = sum(1 / math.log2(rank + 1) for rank in ranks)
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, len(ranks) + 1))
    recall_1, recall_5, recall_10 = (sum(r <= k for r in ranks) / len(ranks) for k in (1, 5, 10))
    # Two quotes of one passage are found together, which is better than one after the other.
    return Figures(recall_1, recall_5, recall_10, 1 / ranks[0], min(gain / ideal, 1.0))


def _rank(alternatives: Sequence[frozenset[int]], place: dict[int, int]) -> float:
    return min(
        (max(place.get(passage, math.inf) for passage in needed) for needed in alternatives),
        default=math.inf,
    )


def _values(figures: Figures) -> list[float]:
    return [getattr(figures, field.name) for field in fields(figures)]
