"""Words and stretches of a text."""

from __future__ import annotations

from assistant.words import stretches


def test_stretches_come_by_length_and_reach_over_no_blank() -> None:
    assert list(stretches("污水厂 扩建", 2)) == [["污水厂"], ["污水", "水厂", "扩建"]]


def test_a_text_without_a_run_so_long_has_no_stretches() -> None:
    assert list(stretches("扩建", 3)) == list(stretches("", 1)) == []
