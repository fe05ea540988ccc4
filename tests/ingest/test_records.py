"""What spans say of one another."""

from __future__ import annotations

import pytest

from ingest.records import Span

TEXT = "一、提升污水处理能力"


def span(start: int, end: int) -> Span:
    return Span(start, end, TEXT[start:end])


@pytest.mark.parametrize(
    ("other", "overlaps"),
    [((0, 3), True), ((4, 5), True), ((2, 6), True), ((5, 9), True), ((0, 2), False), ((6, 9), False)],
)  # fmt: skip
def test_spans_overlap_where_they_share_a_character(other: tuple[int, int], overlaps: bool) -> None:
    one = span(2, 6)
    assert one.overlaps(span(*other)) is overlaps
    assert span(*other).overlaps(one) is overlaps
