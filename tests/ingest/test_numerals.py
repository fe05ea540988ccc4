"""Chinese numerals as documents write them, and what is not a number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.numerals import LARGEST, parse_number, to_chinese


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一", 1),
        ("两", 2),
        ("〇", 0),
        ("零", 0),
        ("十", 10),
        ("十一", 11),
        ("一十一", 11),
        ("二十", 20),
        ("二十四", 24),
        ("九十九", 99),
        ("一百", 100),
        ("一百零五", 105),
        ("一百一十", 110),
        ("一百二十", 120),
        ("两百", 200),
        ("三千零七", 3007),
        ("二〇二五", 2025),
        ("二○一七", 2017),
        ("24", 24),
        ("２４", 24),
        (" 7 ", 7),
    ],
)
def test_numbers_are_read_in_either_script(text: str, number: int) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize(
    "text", ["", " ", "十十", "百二", "二三", "十四五", "第五", "三个", "1.5", "-3", "甲", "A"]
)
def test_other_text_is_no_number(text: str) -> None:
    assert parse_number(text) is None


@given(st.integers(0, LARGEST))
def test_writing_and_reading_agree(number: int) -> None:
    assert parse_number(to_chinese(number)) == number


@given(st.text(alphabet="零〇一二两三九十百千0１x", max_size=6))
def test_any_text_is_read_without_error(text: str) -> None:
    number = parse_number(text)
    assert number is None or number >= 0


@pytest.mark.parametrize("number", [-1, LARGEST + 1])
def test_numbers_out_of_range_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="within"):
        to_chinese(number)
