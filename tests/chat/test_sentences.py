"""Streamed text is cut into the same sentences however it comes in pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.chat.sentences import Sentence, SentenceSplitter, marks_of


def cut(*pieces: str) -> list[Sentence]:
    splitter = SentenceSplitter()
    found = [one for piece in pieces for one in splitter.feed(piece)]
    return [*found, *splitter.finish()]


def brief(*pieces: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(one.text, one.marks) for one in cut(*pieces)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲牵头[1]。乙配合[2][3]。", [("甲牵头。", (1,)), ("乙配合。", (2, 3))]),
        ("甲牵头。[1]乙配合。[2][3]", [("甲牵头。", (1,)), ("乙配合。", (2, 3))]),
        ("甲牵头。[1] [2]\n乙配合", [("甲牵头。", (1, 2)), ("乙配合", ())]),
        ("甲牵头【1，3】；乙配合［2］。", [("甲牵头；", (1, 3)), ("乙配合。", (2,))]),
        ("甲、乙；丙、丁[1-3]。", [("甲、乙；丙、丁。", (1, 2, 3))]),
        ("“甲牵头。”[1]乙配合。", [("“甲牵头。”", (1,)), ("乙配合。", ())]),
        ("**甲**牵头[1]。", [("甲牵头。", (1,))]),
        ("没有标点[4]", [("没有标点", (4,))]),
        ("浓度[38]以内。见〔2024〕5号[2]。", [("浓度以内。", (38,)), ("见〔2024〕5号。", (2,))]),
        ("[1]", []),
        ("", []),
    ],
)
def test_marks_belong_to_their_sentence(
    text: str, expected: list[tuple[str, tuple[int, ...]]]
) -> None:
    assert brief(text) == expected
    assert brief(*text) == expected


def test_lists_tables_and_places_are_told_apart() -> None:
    text = "有两项：\n- 甲[1]。\n2. 乙[2]。\n[表1]\n| 任务 | 单位 |\n|---|---|\n| 甲 | 乙局[3] |\n| 丙 | 丁局 | [4] |\n"
    found = cut(text)
    assert [(one.style, one.text or one.code or one.cells) for one in found] == [
        ("paragraph", "有两项："),
        ("bullets", "甲。"),
        ("bullets", "乙。"),
        ("place", "表1"),
        ("table", ("任务", "单位")),
        ("table", ("甲", "乙局")),
        ("table", ("丙", "丁局")),
    ]
    assert [one.marks for one in found[-2:]] == [(3,), (4,)]
    assert cut(*text) == found


def test_a_marked_sentence_is_handed_out_at_its_full_stop() -> None:
    splitter = SentenceSplitter()
    assert list(splitter.feed("甲牵头[1]")) == []
    assert [one.text for one in splitter.feed("。")] == ["甲牵头。"]


def test_an_unmarked_one_waits_for_marks_behind_it() -> None:
    splitter = SentenceSplitter()
    assert list(splitter.feed("甲牵头。")) == []
    assert list(splitter.feed("[1")) == []
    assert [one.marks for one in splitter.feed("]乙")] == [(1,)]


_TEXT = st.lists(
    st.sampled_from(["甲", "，", "。", "；", "[1]", "【2】", "\n", "- ", "| 甲 | 乙 |\n", "[表1]", "”", "["]),
    max_size=14,
).map("".join)  # fmt: skip


@given(_TEXT, st.data())
def test_pieces_make_no_difference(text: str, data: st.DataObject) -> None:
    places = sorted(data.draw(st.sets(st.integers(0, len(text)))))
    pieces = [text[a:b] for a, b in zip([0, *places], [*places, len(text)], strict=True)]
    assert cut(*pieces) == cut(text)


def test_marks_are_read_in_all_their_forms() -> None:
    assert marks_of("甲[1]乙【2】丙[^3]丁[4,5]戊［6、7］己[8-9]") == (1, 2, 3, 4, 5, 6, 7, 8, 9)
    assert marks_of("〔2024〕5号，[2024]，[表1]") == ()
