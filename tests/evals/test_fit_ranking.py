"""Fitting what the signals of sentences are worth: on real questions, and where the right weights are known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.ranking.weights import Weights
from evals.fit_ranking import Asked, fit, main, ranks

DATA = Path(__file__).parents[1] / "data"


NAMES = ("one", "other", "third")


def asked(tells: Callable[[NDArray[np.float64]], NDArray[np.bool_]], seed: int = 5) -> list[Asked]:
    """Questions with ten candidates of three signals each, one of which holds what is asked."""
    chance = np.random.default_rng(seed)
    found = []
    while len(found) < 120:
        signals = chance.integers(0, 2, (10, 3)).astype(np.float64)
        holds = tells(signals)
        if holds.any() and not holds.all():
            found.append(Asked(signals, holds))
    return found


def plain(*each: float) -> Weights:
    """Weights of a plain sum."""
    count = len(each)
    nothing = np.zeros((count, 1))
    return Weights(NAMES[:count], np.array(each), nothing, np.zeros(1), np.zeros(1), 1.0)


def test_the_signal_that_tells_decides() -> None:
    weights = fit(NAMES, asked(lambda signals: signals[:, 2] > 0))
    assert ranks(asked(lambda signals: signals[:, 2] > 0, seed=6), weights)[0] == 1.0


def test_signals_that_tell_only_together_are_learned() -> None:
    """Which no weighted sum can: a sentence holds what is asked where the first two signals are the same."""

    def same(signals: NDArray[np.float64]) -> NDArray[np.bool_]:
        return signals[:, 0] == signals[:, 1]

    learned = ranks(asked(same, seed=6), fit(NAMES, asked(same)))[0]
    sums = [plain(one, other, 0.0) for one in (-1.0, 1.0) for other in (-1.0, 1.0)]
    assert learned == 1.0
    assert max(ranks(asked(same, seed=6), one)[0] for one in sums) < 1.0


def test_softness_is_the_scale_of_the_fifth_place() -> None:
    questions = asked(lambda signals: signals[:, 2] > 0)
    weights = fit(NAMES, questions)
    shares = []
    for one in questions:
        worth = np.sort(weights.worth(one.signals))
        shares.append(np.exp((worth[-5] - worth[-1]) / weights.softness))
    assert np.median(shares) == pytest.approx(0.585)


def test_weights_are_kept_as_they_are(tmp_path: Path) -> None:
    weights = fit(NAMES, asked(lambda signals: signals[:, 2] > 0))
    weights.write(tmp_path / "weights.npz")
    with (tmp_path / "weights.npz").open("rb") as file:
        kept = Weights.read(file)
    signals = np.eye(3)
    assert kept.names == NAMES
    assert kept.softness == weights.softness
    assert kept.worth(signals) == pytest.approx(weights.worth(signals), rel=1e-5)


def test_ranks_are_those_of_the_sentences_with_evidence() -> None:
    one = Asked(np.array([[3.0], [2.0], [1.0]]), np.array([False, True, True]))
    assert ranks([one], plain(1.0)) == (0.0, 0.5, 1.0)
    assert ranks([one], plain(-1.0)) == (1.0, 1.0, 1.0)


def test_each_set_is_measured_with_weights_of_the_others(
    capsys: pytest.CaptureFixture[str],
) -> None:
    sets = [str(DATA / name) for one in ("afield", "farther") for name in (f"{one}.jsonl", one)]
    assert main(sets) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["afield", "farther"]
    assert all("R@5" in line for line in lines)
