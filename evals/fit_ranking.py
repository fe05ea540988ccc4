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
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.composers.records.matching import TaskMatcher
from assistant.library import Library
from assistant.query import Operation
from assistant.ranking import weights as fitted
from assistant.search import SentenceSearch
from assistant.understanding.rules import RuleUnderstanding
from evals.comparison import read_documents
from evals.questions import Question, read_questions
from ingest.records import ParsedDocument
from vectorstore.embedding import Embedder, load_embedder
from vectorstore.memory import MemoryVectors
from vectorstore.retriever import HybridIndex

_STEPS = 150
_RATE = 0.03
# Keeps the weights of rare and of overlapping signals small.
_SHRINKAGE = 0.01
# A part of an item of evidence counts from so many characters on.
_SHORTEST_PART = 6
_SOFTNESS = 7.0

Matrix = NDArray[np.float64]


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


def fit(questions: Sequence[Asked]) -> NDArray[np.float64]:
    """Weights by which the sentences with evidence are the likeliest of their question's.

    Likelihood is a softmax over a question's candidates; half of the aim is that any sentence with evidence is
    likely, half that all of them are.
    """
    import torch

    everything = np.concatenate([one.signals for one in questions])
    scale = everything.std(0) + 1e-6
    longest = max(len(one.holds) for one in questions)
    shape = (len(questions), longest)
    signals = torch.zeros(*shape, everything.shape[1])
    holds, there = torch.zeros(*shape), torch.zeros(*shape)
    for row, one in enumerate(questions):
        count = len(one.holds)
        signals[row, :count] = torch.tensor(one.signals / scale, dtype=torch.float32)
        holds[row, :count] = torch.tensor(one.holds, dtype=torch.float32)
        there[row, :count] = 1
    weights = torch.zeros(everything.shape[1], requires_grad=True)
    optimiser = torch.optim.Adam([weights], lr=_RATE)
    for _ in range(_STEPS):
        likely = torch.log_softmax((signals @ weights).masked_fill(there == 0, -1e9), 1)
        each = (likely.masked_fill(holds == 0, 0.0)).sum(1) / holds.sum(1)
        some = torch.logsumexp(likely.masked_fill(holds == 0, -1e9), 1)
        loss = -(each + some).mean() / 2 + _SHRINKAGE * weights.square().sum()
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    return np.asarray(weights.detach().numpy() / scale, np.float64)


def ranks(questions: Sequence[Asked], weights: NDArray[np.float64]) -> tuple[float, float, float]:
    """How often the best sentence holds evidence, its mean reciprocal rank, and the share found in the best 5."""
    first, reciprocal, five = [], [], []
    for one in questions:
        held = one.holds[np.argsort(-(one.signals @ weights), kind="stable")]
        best = int(np.argmax(held))
        first.append(best == 0)
        reciprocal.append(1 / (best + 1))
        five.append(held[:5].sum() / held.sum())
    return float(np.mean(first)), float(np.mean(reciprocal)), float(np.mean(five))


def _written(names: Sequence[str], weights: NDArray[np.float64]) -> str:
    lines = [
        "# Fitted by `python -m evals.fit_ranking`; the names are those of `assistant.ranking.signals`.",
        "",
        f"softness = {_SOFTNESS}",
        "",
        "[weights]",
    ]
    lines += [f"{name} = {weight:.3f}" for name, weight in zip(names, weights, strict=True)]
    return "\n".join(lines) + "\n"


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
        "--write", action="store_true", help="replace assistant/ranking/weights.toml"
    )
    options = parser.parse_args(arguments)
    names, gathered = _read(options.sets)
    for name, held_out in gathered.items():
        others = [one for key, found in gathered.items() if key != name for one in found]
        if others:
            first, reciprocal, five = ranks(held_out, fit(others))
            sys.stdout.write(
                f"{name:14} n={len(held_out)} best {first:.1%} MRR {reciprocal:.3f} R@5 {five:.1%}\n"
            )
    if options.write:
        weights = fit([one for found in gathered.values() for one in found])
        file = Path(fitted.__file__).with_name("weights.toml")
        file.write_text(_written(names, weights), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
