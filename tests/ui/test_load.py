"""Many people at once."""

from __future__ import annotations

from assistant.app import Assistant
from ui.bench import ASKERS, DAY, ask_at_once


def test_thirty_askers_get_their_own_answers(corpus: Assistant, real_address: str) -> None:
    expected = [(one, corpus.answer(one, (), DAY).text) for one in corpus.examples()]
    assert len({answer for _, answer in expected}) == len(expected) > 2
    load = ask_at_once(real_address, expected, seconds=1)
    assert load.wrong == ()
    assert len(load.seconds) >= ASKERS
