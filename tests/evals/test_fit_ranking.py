"""Fitting what the signals of sentences are worth: on real questions, and where the right weights are known."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from evals.fit_ranking import Asked, fit, main, ranks

DATA = Path(__file__).parents[1] / "data"


def test_the_signal_that_tells_gets_the_weight() -> None:
    chance = np.random.default_rng(5)
    asked = []
    for _ in range(40):
        noise = chance.random((10, 2))
        holds = np.zeros(10, np.bool_)
        holds[chance.integers(10)] = True
        asked.append(Asked(np.column_stack((noise, holds * 1.0)), holds))
    weights = fit(asked)
    assert weights[2] > 5 * abs(weights[:2]).max()
    assert ranks(asked, weights) == (1.0, 1.0, 1.0)


def test_ranks_are_those_of_the_sentences_with_evidence() -> None:
    one = Asked(np.array([[3.0], [2.0], [1.0]]), np.array([False, True, True]))
    assert ranks([one], np.array([1.0])) == (0.0, 0.5, 1.0)
    assert ranks([one], np.array([-1.0])) == (1.0, 1.0, 1.0)


def test_each_set_is_measured_with_weights_of_the_others(
    capsys: pytest.CaptureFixture[str],
) -> None:
    sets = [str(DATA / name) for one in ("afield", "farther") for name in (f"{one}.jsonl", one)]
    assert main(sets) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["afield", "farther"]
    assert all("R@5" in line for line in lines)
