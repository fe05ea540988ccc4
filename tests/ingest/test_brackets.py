"""Brackets and quotation marks nest, come in two widths, and are sometimes forgotten."""

from __future__ import annotations

import pytest

from ingest.brackets import closing_bracket, split_top_level, top_level, trim


def outside(text: str) -> str:
    return "".join(text[position] for position in top_level(text, 0, len(text)))


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("新建管网（含泵站）三公里", "新建管网三公里"),
        ("责任单位（白河园（原白石园）、区水务局）负责", "责任单位负责"),
        ("落实“一厂一策（试行）”要求", "落实要求"),
        ("按照《关于印发<白河方案>的通知》执行", "按照执行"),
        ("严查‘三无’和【督办】件[2026]", "严查和【督办】件"),
        ("检查(不含节假日）每周", "检查每周"),
    ],
)
def test_what_stands_in_brackets_or_quotes_is_passed_over(text: str, rest: str) -> None:
    assert outside(text) == rest


@pytest.mark.parametrize("text", ["新建（管网三公里。", "落实“要求。", "闭合）在前。"])
def test_a_mark_without_its_partner_is_an_ordinary_character(text: str) -> None:
    assert outside(text) == text


def test_only_the_range_counts_when_partners_are_looked_for() -> None:
    text = "甲（乙）丙"
    assert [text[i] for i in top_level(text, 0, 3)] == ["甲", "（", "乙"]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("清理河道。（区水务局）", "区水务局"),
        ("清理河道（区水务局）。", "区水务局"),
        ("清理河道(区水务局); ", "区水务局"),
        (
            "清理。（责任单位：白河园（原白石园）、区水务局）",
            "责任单位：白河园（原白石园）、区水务局",
        ),
        ("治理（试行）办法，（区水务局）", "区水务局"),
        ("宽度混用(区水务局）", "区水务局"),
    ],
)
def test_the_bracket_that_closes_a_paragraph_is_found_whole(text: str, inside: str) -> None:
    found = closing_bracket(text, 0, len(text))
    assert found is not None
    assert text[found[0] + 1 : found[1]] == inside


@pytest.mark.parametrize("text", ["清理（区水务局）河道。", "没有括号。", "只有右括号）", "", "）"])
def test_a_bracket_within_the_paragraph_does_not_close_it(text: str) -> None:
    assert closing_bracket(text, 0, len(text)) is None


def test_lists_split_outside_brackets_and_remember_the_separator() -> None:
    text = "甲局、乙园（原丙园、丁园），戊镇"
    pieces = [(text[s:e], mark) for s, e, mark in split_top_level(text, 0, len(text), "、，")]
    assert pieces == [("甲局", ""), ("乙园（原丙园、丁园）", "、"), ("戊镇", "，")]


@pytest.mark.parametrize("padding", [" ", "\u00a0", "\u2003", "\u3000", "\t\n", "\ufeff", "\u200b"])
def test_white_space_of_every_kind_is_trimmed(padding: str) -> None:
    text = f"{padding}白河{padding}"
    start, end = trim(text, 0, len(text))
    assert text[start:end] == "白河"


def test_nothing_but_white_space_trims_to_nothing() -> None:
    start, end = trim(" \u3000", 0, 2)
    assert start == end
