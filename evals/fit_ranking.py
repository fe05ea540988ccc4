"""What each signal of a sentence is worth: `python -m evals.fit_ranking SET FOLDER [SET FOLDER …] [--write]`.

A set is a file of questions, the folder holds the documents they are about. Every sentence that a search finds
for a question is measured by its signals (`assistant.ranking`); those that the question's evidence stands in
should be the likeliest ones. What is reported is measured on each set with weights fitted to the other sets.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from assistant.composers.records.matching import TaskMatcher
from assistant.library import Library
from assistant.query import Operation
from assistant.ranking import weights as learned
from assistant.ranking.weights import Matrix, Weights
from assistant.search import SentenceSearch
from assistant.understanding.rules import RuleUnderstanding
from evals.comparison import read_documents
from evals.questions import Question, read_questions
from ingest.records import ParsedDocument
from vectorstore.embedding import Embedder, load_embedder
from vectorstore.memory import MemoryVectors
from vectorstore.retriever import HybridIndex

# Learning: how many networks, of how many units, in how many rounds.
_NETWORKS, _UNITS, _ROUNDS = 3, 32, 40
_BATCH, _RATE = 128, 0.005
# These keep a network from learning its questions by heart.
_DECAY, _DROPPED = 0.1, 0.2
# What softness is measured by.
_PLACE, _ITS_SHARE = 5, 0.585
# A part of an item of evidence counts from so many characters on.
_SHORTEST_PART = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: the signals of each candidate (candidates, signals), and which hold evidence (candidates)."""

    signals: Matrix
    holds: NDArray[np.bool_]


def gather(
    questions: Sequence[Question], documents: Sequence[ParsedDocument], embedder: Embedder
) -> tuple[list[str], list[Asked]]:
    """The names of the signals, and each question with evidence among its candidates."""
    library = Library(documents)
    understanding, matcher = RuleUnderstanding(library), TaskMatcher(library)
    search = SentenceSearch(library, HybridIndex(MemoryVectors(embedder, documents), documents))
    names: list[str] = []
    found: list[Asked] = []
    for question in questions:
        if not question.needs_evidence:
            continue
        day = question.as_of or dt.date.today()
        query = understanding.understand(question.question, question.history, day)
        if query.operation is not Operation.LOOK_UP:
            continue  # lists, counts and comparisons go by records
        measured = search.measured(query, query.documents, matcher.by_title(query))
        holds = [_holds(question, source.path, span.quote) for source, span, _ in measured]
        if any(holds):
            names = list(measured[0][2])
            rows = [list(signals.values()) for _, _, signals in measured]
            found.append(Asked(np.array(rows), np.array(holds)))
    return names, found


def _holds(question: Question, path: str, quote: str) -> bool:
    said = "".join(quote.split())
    for one in question.evidence:
        wanted = "".join(one.quote.split())
        part = len(said) >= _SHORTEST_PART and said in wanted
        if one.document == path and (wanted in said or part):
            return True
    return False


def fit(names: Sequence[str], questions: Sequence[Asked]) -> Weights:
    """Weights by which the sentences with evidence are the likeliest of their question's.

    Likelihood is a softmax over a question's candidates; half of the aim is that any sentence with evidence is
    likely, half that all of them are. Several networks are learned, each from other beginnings, and their mean,
    which ranks better than any of them, is written as one.
    """
    everything = np.concatenate([one.signals for one in questions])
    mean, scale = everything.mean(0), everything.std(0) + 1e-6
    learned = [_learn(_padded(questions, mean, scale), seed) for seed in range(_NETWORKS)]
    each = np.mean([one[0] for one in learned], axis=0) / scale
    hidden = np.concatenate([one[1] for one in learned], axis=1) / scale[:, None]
    bias = np.concatenate([one[2] for one in learned]) - mean @ hidden
    units = np.concatenate([one[3] for one in learned]) / _NETWORKS
    weights = Weights(tuple(names), each, hidden, bias, units, 1.0)
    return replace(weights, softness=_softness(weights, questions))


def _padded(
    questions: Sequence[Asked], mean: Matrix, scale: Matrix
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Standardised signals (questions, candidates, signals), which candidates hold evidence, and which exist."""
    shape = (len(questions), max(len(one.holds) for one in questions))
    signals = torch.zeros(*shape, len(mean))
    holds, there = torch.zeros(*shape), torch.zeros(*shape)
    for row, one in enumerate(questions):
        count = len(one.holds)
        signals[row, :count] = torch.tensor((one.signals - mean) / scale, dtype=torch.float32)
        holds[row, :count] = torch.tensor(one.holds, dtype=torch.float32)
        there[row, :count] = 1
    return signals, holds, there


def _learn(
    padded: tuple[torch.Tensor, torch.Tensor, torch.Tensor], seed: int
) -> tuple[Matrix, Matrix, Matrix, Matrix]:
    """One network: the worth of each signal, the hidden layer and its bias, the worth of its units."""
    torch.manual_seed(seed)
    count, _, width = padded[0].shape
    each = torch.nn.Linear(width, 1, bias=False)
    hidden, units = torch.nn.Linear(width, _UNITS), torch.nn.Linear(_UNITS, 1, bias=False)
    learned = [*each.parameters(), *hidden.parameters(), *units.parameters()]
    optimiser = torch.optim.AdamW(learned, lr=_RATE, weight_decay=_DECAY)
    for _ in range(_ROUNDS):
        for batch in torch.split(torch.randperm(count), _BATCH):
            signals, holds, there = (one[batch] for one in padded)
            made = torch.dropout(torch.relu(hidden(signals)), _DROPPED, train=True)
            worth = (each(signals) + units(made)).squeeze(-1)
            likely = torch.log_softmax(worth.masked_fill(there == 0, -1e9), 1)
            every = (likely.masked_fill(holds == 0, 0.0)).sum(1) / holds.sum(1)
            some = torch.logsumexp(likely.masked_fill(holds == 0, -1e9), 1)
            loss = -(every + some).mean() / 2
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
    each_one, layer, bias, of_units = (one.detach().numpy().astype(np.float64) for one in learned)
    return each_one[0], layer.T, bias, of_units[0]


def _softness(weights: Weights, questions: Sequence[Asked]) -> float:
    """The scale on which the sentence in place `_PLACE` has, of a middling question, `_ITS_SHARE` of the relevance."""
    behind = [
        worth[-1] - worth[-_PLACE]
        for one in questions
        if len(worth := np.sort(weights.worth(one.signals))) >= _PLACE
    ]
    return float(np.median(behind) / -np.log(_ITS_SHARE)) if behind else 1.0


def ranks(questions: Sequence[Asked], weights: Weights) -> tuple[float, float, float]:
    """How often the best sentence holds evidence, its mean reciprocal rank, and the share found in the best 5."""
    first, reciprocal, five = [], [], []
    for one in questions:
        held = one.holds[np.argsort(-weights.worth(one.signals), kind="stable")]
        best = int(np.argmax(held))
        first.append(best == 0)
        reciprocal.append(1 / (best + 1))
        five.append(held[:5].sum() / held.sum())
    return float(np.mean(first)), float(np.mean(reciprocal)), float(np.mean(five))


def _read(sets: Sequence[str]) -> tuple[list[str], Mapping[str, list[Asked]]]:
    names: list[str] = []
    gathered: dict[str, list[Asked]] = {}
    embedder = load_embedder()
    for file, folder in zip(sets[::2], sets[1::2], strict=True):
        questions = read_questions([Path(file)])
        names, gathered[Path(file).stem] = gather(questions, read_documents(Path(folder)), embedder)
    return names, gathered


def main(arguments: Sequence[str] | None = None) -> int:
    """Report how well the signals rank on each set, and with --write keep the weights fitted to all."""
    parser = argparse.ArgumentParser(prog="python -m evals.fit_ranking", description=main.__doc__)
    parser.add_argument(
        "sets", nargs="+", help="a file of questions and its folder of documents, in turn"
    )
    parser.add_argument(
        "--write", action="store_true", help="replace assistant/ranking/weights.npz"
    )
    options = parser.parse_args(arguments)
    names, gathered = _read(options.sets)
    for name, held_out in gathered.items():
        others = [one for key, found in gathered.items() if key != name for one in found]
        if others:
            first, reciprocal, five = ranks(held_out, fit(names, others))
            sys.stdout.write(
                f"{name:14} n={len(held_out)} best {first:.1%} MRR {reciprocal:.3f} R@5 {five:.1%}\n"
            )
    if options.write:
        everything = [one for found in gathered.values() for one in found]
        fit(names, everything).write(Path(learned.__file__).with_name("weights.npz"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
