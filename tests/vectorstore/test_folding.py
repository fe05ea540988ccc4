"""The matching form keeps offsets and ignores width, case and script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.folding import fold, fold_query


@given(st.text())
def test_fold_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(), st.text())
def test_fold_looks_at_one_character_at_a_time(left: str, right: str) -> None:
    assert fold(left + right) == fold(left) + fold(right)


@given(st.text())
def test_a_folded_query_has_no_runs_of_blanks(text: str) -> None:
    folded = fold_query(text)
    assert folded == folded.strip()
    assert "  " not in folded


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ＰＭ２．５", "pm2.5"),
        ("（一）整改：", "(一)整改:"),
        ("餐飲油煙擾民", "餐饮油烟扰民"),
        ("VOCs", "vocs"),
        ("①Ⅴ类", "①Ⅴ类"),
        ("東山區　１２", "东山区 12"),
    ],
)
def test_fold(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_an_offset_in_the_folded_text_is_one_of_the_original() -> None:
    text = "到２０２５年，ＰＭ２．５降至３８"
    start = fold(text).index("pm2.5")
    assert text[start : start + 5] == "ＰＭ２．５"


def test_a_query_is_folded_fully() -> None:
    assert fold_query("  劣Ⅴ類 \n 100㎡ ") == "劣v类 100m2"
