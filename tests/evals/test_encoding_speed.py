"""How fast the built-in model is read: that it is measured, not how fast this machine is."""

from __future__ import annotations

from evals.encoding import measure
from vectorstore.embedding import BUILTIN_MODEL


def test_the_built_in_model_is_timed_in_a_process_of_its_own() -> None:
    speed = measure("督办", BUILTIN_MODEL, ["区水务局负责新建污水管网。"] * 20, rounds=1)
    assert speed.reader == "督办"
    assert speed.first_vector_s > 0
    assert speed.chars_per_s > 0
