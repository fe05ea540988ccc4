"""Reading the gold's documents and made-up plans, and telling how much of them was read."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from evals.ledger.figures import compare_figures, read_figures
from evals.ledger.gold import read_gold
from evals.ledger.plans import Plan, compose
from evals.ledger.reading import issue_of
from evals.ledger.scoring import Comparison, compare, total
from ingest.errors import IngestError
from ingest.parse import parse_file


@dataclass(frozen=True, slots=True)
class Reading:
    """One document or plan: what it is called, how it is written (empty for a document), and how it was read."""

    name: str
    style: str
    comparison: Comparison


def read_documents(folder: Path) -> tuple[Reading, ...]:
    """The shipped documents, in a folder that holds them, and the figures in them.

    Raises:
        GoldError: the folder lacks one of them, or has another version of it.
    """
    gold = tuple(read_gold(folder))
    parsed = {one.document: parse_file(folder / one.document, folder) for one in gold}
    readings = [
        Reading(
            one.document,
            "",
            compare(one.issues, [issue_of(task) for task in parsed[one.document].tasks]),
        )
        for one in gold
    ]
    return (*readings, Reading("指标", "", compare_figures(read_figures(), parsed)))


def read_plans(count: int, seed: int = 0) -> Iterator[Reading]:
    """As many made-up plans; each has a seed of its own, by which it can be made again."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(seed, seed + count):
            plan = compose(Random(number))
            yield Reading(f"第{number}份", plan.style, read_plan(plan, Path(folder)))


def read_plan(plan: Plan, folder: Path) -> Comparison:
    """One made-up plan, written to a folder and read from there."""
    path = folder / plan.name
    path.write_bytes(plan.content)
    try:
        tasks = parse_file(path, folder).tasks
    except IngestError:
        tasks = ()
    return compare(plan.issues, [issue_of(task) for task in tasks])


def by_style(readings: tuple[Reading, ...]) -> dict[str, Comparison]:
    """The readings of each style together."""
    styles = sorted({reading.style for reading in readings})
    return {
        style: total(one.comparison for one in readings if one.style == style) for style in styles
    }
