"""What each signal is worth, fitted to the evidence of question sets: `python -m evals.fit_ranking`."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray


def relevance(
    signals: Sequence[Mapping[str, float]], *without: Collection[str]
) -> list[NDArray[np.float64]]:
    """The relevance of sentences by their signals: 1 for the best of them, falling towards 0.

    The weighted sum of a sentence's signals is the logarithm of its odds to be the one that answers; what is
    returned are these odds beside the best one's, softened to a scale on which half is still near. Once for each
    of `without`, the signals named in which do not count.
    """
    if not signals:
        return [np.zeros(0) for _ in without]
    weights, softness = _fitted()
    worth = [[0.0 if name in some else weights[name] for name in signals[0]] for some in without]
    sums = np.array([list(one.values()) for one in signals]) @ np.array(worth).T
    return list(np.exp((sums - sums.max(axis=0)) / softness).T)


@cache
def _fitted() -> tuple[dict[str, float], float]:
    file = resources.files(__package__).joinpath("weights.toml")
    fitted = tomllib.loads(file.read_text(encoding="utf-8"))
    return fitted["weights"], fitted["softness"]
