"""Indicators against their gold: name, and value with unit and comparator, of the figures in quoted stretches.

The gold quotes stretches of the documents in which it names every figure, so precision is over these stretches.
A fuller name than the gold's (全市PM2.5年均浓度 for PM2.5年均浓度) is right.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from evals.errors import GoldError
from evals.ledger.scoring import Comparison, Difference, Tally, bare
from ingest.records import Indicator, ParsedDocument


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that a document states, and the words it stands in."""

    document: str
    name: str
    value: str
    unit: str
    comparator: str
    quote: str

    def same_value(self, read: Indicator) -> bool:
        said = (self.value, self.unit, self.comparator)
        return tuple(map(bare, said)) == tuple(map(bare, (read.value, read.unit, read.comparator)))

    def same_name(self, read: Indicator) -> bool:
        return bare(self.name) in bare(read.name) or bare(read.name) in bare(self.name)


def read_figures() -> tuple[Figure, ...]:
    """The gold of all documents."""
    file = resources.files("evals.ledger") / "gold" / "figures" / "indicators.json"
    return tuple(Figure(**row) for row in json.loads(file.read_text(encoding="utf-8")))


def compare_figures(
    figures: Sequence[Figure], documents: Mapping[str, ParsedDocument]
) -> Comparison:
    """Every figure of the gold against the indicators of its document.

    Raises:
        GoldError: a quoted stretch is not in its document.
    """
    values = names = read = 0
    differences: list[Difference] = []
    for document, parsed in documents.items():
        own = [one for one in figures if one.document == document]
        places = [_place(one, parsed.source.text) for one in own]
        left = list(parsed.indicators)
        for figure, (start, end) in zip(own, places, strict=True):
            fitting = [
                one
                for one in left
                if one.span.start < end and start < one.span.end and figure.same_value(one)
            ]
            fitting.sort(key=lambda one: not figure.same_name(one))
            if not fitting:
                differences.append(Difference("figure", f"{figure.name} {figure.value}", ""))
                continue
            left.remove(fitting[0])
            read, values = read + 1, values + 1
            names += figure.same_name(fitting[0])
            if not figure.same_name(fitting[0]):
                differences.append(Difference("figure_name", figure.name, fitting[0].name))
        for one in left:
            if any(start <= one.span.start and one.span.end <= end for start, end in places):
                read += 1
                differences.append(Difference("figure", "", f"{one.name} {one.value}"))
    wanted = len([one for one in figures if one.document in documents])
    return Comparison(
        {"figure": Tally(wanted, read, values), "figure_name": Tally(wanted, read, names)},
        tuple(differences),
    )


def _place(figure: Figure, text: str) -> tuple[int, int]:
    spaced = r"\s*".join(re.escape(one) for one in figure.quote if not one.isspace())
    found = re.search(spaced, text)
    if found is None:
        raise GoldError(f"{figure.document} 与台账评测所依据的版本不同：找不到“{figure.quote}”")
    return found.span()
