"""What the signals of a sentence are worth together, learned from question sets: `python -m evals.fit_ranking`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import IO, Self

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """A weighted sum of the signals, and beside it one of what a hidden layer makes of several together.

    `names` are the signals, `each` (signals,) their own worth, `hidden` (signals, units) and `bias` (units,) make
    the units, which count from 0 on, `units` (units,) is the worth of these. `softness` is the scale on which the
    odds of a sentence beside the best one's are told.
    """

    names: tuple[str, ...]
    each: Matrix
    hidden: Matrix
    bias: Matrix
    units: Matrix
    softness: float

    def worth(self, signals: Matrix) -> Matrix:
        """(sentences, signals) -> (sentences,), the logarithm of the odds that a sentence is the one that answers."""
        made = np.maximum(signals @ self.hidden + self.bias, 0.0)
        worth: Matrix = signals @ self.each + made @ self.units
        return worth

    def write(self, file: Path) -> None:
        """Keep the weights in an .npz file."""
        np.savez_compressed(
            file,
            names=np.array(self.names),
            each=self.each.astype(np.float32),
            hidden=self.hidden.astype(np.float32),
            bias=self.bias.astype(np.float32),
            units=self.units.astype(np.float32),
            softness=np.array(self.softness),
        )

    @classmethod
    def read(cls, file: IO[bytes]) -> Self:
        """The weights of an .npz file."""
        kept = np.load(file, allow_pickle=False)
        each, hidden, bias, units = (
            np.asarray(kept[name], np.float64) for name in ("each", "hidden", "bias", "units")
        )
        names = tuple(map(str, kept["names"]))
        return cls(names, each, hidden, bias, units, float(kept["softness"]))


def relevance(signals: Sequence[Mapping[str, float]], *without: Collection[str]) -> list[Matrix]:
    """The relevance of sentences by their signals: 1 for the best of them, falling towards 0.

    It is the odds of a sentence to be the one that answers beside the best one's, softened to a scale on which half
    is still near. Once for each of `without`, the signals named in which do not count.
    """
    if not signals:
        return [np.zeros(0) for _ in without]
    learned = learned_weights()
    measured = np.array([[one[name] for name in learned.names] for one in signals])
    found = []
    for some in without:
        worth = learned.worth(np.where([name in some for name in learned.names], 0.0, measured))
        found.append(np.exp((worth - worth.max()) / learned.softness))
    return found


@cache
def learned_weights() -> Weights:
    """The weights that come with Duban."""
    with resources.files(__package__).joinpath("weights.npz").open("rb") as file:
        return Weights.read(file)
