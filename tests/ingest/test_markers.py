"""Numbering marks of official documents, and the labels of fields."""

from __future__ import annotations

import pytest

from ingest.markers import (
    find_labels,
    find_marker,
    find_nested_marker,
    numbers,
    ordinal,
    starts_with_label,
)
from ingest.vocabulary import load_vocabulary

LABELS = load_vocabulary("labels")
ROLES = [role for role in LABELS if not role.endswith("_parts")]


@pytest.mark.parametrize(
    ("text", "number", "value"),
    [
        ("第一部分 总体要求", "一", 1),
        ("第三章　重点任务", "三", 3),
        ("一、总体要求", "一", 1),
        ("十二、附则", "十二", 12),
        ("二．重点任务", "二", 2),
        ("三.保障措施", "三", 3),
        ("（一）治理扬尘", "一", 1),
        ("(二)治理扬尘", "二", 2),
        ("（ 三 ）治理扬尘", "三", 3),
        ("㈣治理扬尘", "㈣", 4),
        ("1.洒水", "1", 1),
        ("2．洒水", "2", 2),
        ("3、洒水", "3", 3),
        ("４．洒水", "４", 4),
        ("5 、洒水", "5", 5),
        ("⒍洒水", "⒍", 6),
        ("120.洒水", "120", 120),
        ("（1）洒水", "1", 1),
        ("(2)洒水", "2", 2),
        ("（３）洒水", "３", 3),
        ("4）洒水", "4", 4),
        ("⑸洒水", "⑸", 5),
        ("①洒水", "①", 1),
        ("⑳洒水", "⑳", 20),
        ("## 一、总体要求", "一", 1),
        ("#### 3. 洒水", "3", 3),
    ],
)
def test_every_kind_of_numbering_is_read(text: str, number: str, value: int) -> None:
    marker = find_marker(text)
    assert marker is not None
    assert marker.number == number
    assert ordinal(marker.number) == value
    assert not text[marker.length :].lstrip().startswith(("、", ".", "．", "）", ")"))


def test_kinds_rank_from_parts_to_circled_numbers() -> None:
    kinds = ["第一部分 甲", "一、甲", "（一）甲", "1.甲", "（1）甲", "①甲"]
    ranks = [marker.rank for marker in map(find_marker, kinds) if marker is not None]
    assert ranks == sorted(set(ranks))
    assert len(ranks) == len(kinds)


@pytest.mark.parametrize(
    ("half", "full"), [("(一)甲", "（一）甲"), ("1.甲", "1．甲"), ("(1)甲", "（１）甲")]
)
def test_both_widths_are_one_kind(half: str, full: str) -> None:
    a, b = find_marker(half), find_marker(full)
    assert a is not None
    assert b is not None
    assert a.rank == b.rank


@pytest.mark.parametrize(
    "text",
    [
        "1.5万吨/日处理规模",
        "1．5万吨",
        "0.3万吨提升至0.6万吨",
        "2024年底前完成",
        "12.31前完成",
        "一是加强监管",
        "一般工业固废",
        "十二个月",
        "第一条河道",
        "（试行）方案",
        "(VOCs)治理",
        "1 个点位",
        "1.25%",
    ],
)
def test_figures_dates_and_words_are_no_numbering(text: str) -> None:
    assert find_marker(text) is None


@pytest.mark.parametrize(
    ("text", "values", "words"),
    [
        ("1.1建设管网", (1, 1), "建设管网"),
        ("1.12 建设管网", (1, 12), "建设管网"),
        ("１．１．２　建设管网", (1, 1, 2), "建设管网"),
        ("2.3、建设管网", (2, 3), "建设管网"),
        ("2.3.2026年建设管网", None, ""),
        ("2.3、2026年建设管网", (2, 3), "2026年建设管网"),
        ("2.3 2026年建设管网", (2, 3), "2026年建设管网"),
        ("#### 1.1 建设管网", (1, 1), "建设管网"),
        ("1.1万吨", None, ""),
        ("1.25 %", None, ""),
        ("1.125公里", None, ""),
        ("12.31前完成", None, ""),
        ("1.建设管网", None, ""),
    ],
)
def test_a_number_may_tell_the_levels_above(
    text: str, values: tuple[int, ...] | None, words: str
) -> None:
    marker = find_nested_marker(text)
    assert (marker and numbers(marker.number)) == values
    assert marker is None or text[marker.length :] == words


def test_nested_numbers_rank_between_items_and_clauses() -> None:
    kinds = [
        find_marker("1.甲"),
        *map(find_nested_marker, ("1.1甲", "1.1.1甲")),
        find_marker("（1）甲"),
    ]
    ranks = [marker.rank for marker in kinds if marker is not None]
    assert len(ranks) == len(kinds)
    assert ranks == sorted(set(ranks))


def test_a_year_after_the_dot_is_no_decimal() -> None:
    marker = find_marker("1.2026年底前完成清淤。")
    assert marker is not None
    assert marker.number == "1"


@pytest.mark.parametrize("text", ["1.2号生产线防渗层破损", "3.8个工地未落实", "2.15家企业停产"])
def test_what_is_counted_whole_is_no_decimal_after_the_mark_of_an_item(text: str) -> None:
    marker = find_marker(text)
    assert marker is not None
    assert text[marker.length :] == text.split(".")[1]


@pytest.mark.parametrize("text", ["1.8个百分点以内", "2.5公里管网", "3.5个月内完成"])
def test_what_may_be_counted_by_tenths_is_a_decimal(text: str) -> None:
    assert find_marker(text) is None


def test_markdown_headings_without_a_number_rank_by_their_depth() -> None:
    ranks = [marker.rank for marker in map(find_marker, ["# 甲", "## 乙", "### 丙"]) if marker]
    assert ranks == sorted(ranks)
    assert len(ranks) == 3


def labels(text: str) -> list[tuple[str, str]]:
    """Role of each label and what stands after it."""
    return [
        (label.role, text[label.value_start :].strip()) for label in find_labels(text, 0, len(text))
    ]


@pytest.mark.parametrize("role", ROLES)
def test_every_synonym_is_read_with_either_colon(role: str) -> None:
    for word in LABELS[role]:
        assert labels(f"{word}：甲") == [(role, "甲")]
        assert labels(f"{word}:甲") == [(role, "甲")]
        assert starts_with_label(f"{word}：甲")


@pytest.mark.parametrize("role", ROLES)
def test_a_word_plays_one_role(role: str) -> None:
    others = {word for other in ROLES if other != role for word in LABELS[other]}
    assert not others & set(LABELS[role])


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("验收销号牵头责任单位：区生态环境局", "acceptance"),
        ("牵头责任单位：区生态环境局", "lead"),
        ("整改措施和责任分工：", "measures"),
        ("整改完成时限：2026年底", "deadline"),
        ("区级领导负责人：王建国", "leader"),
    ],
)
def test_the_longest_label_wins(text: str, role: str) -> None:
    assert [found for found, _ in labels(text)] == [role]


@pytest.mark.parametrize(
    "text",
    [
        "**责任单位：** 区水务局",
        "**责任单位**：区水务局",
        "【责任单位】：区水务局",
        "- 责任单位：区水务局",
        "| 责任单位：区水务局",
        "（二）责任单位：区水务局",
        "2.责任单位：区水务局",
    ],
)
def test_labels_may_be_decorated_or_numbered(text: str) -> None:
    assert labels(text) == [("responsible", "区水务局")]


@pytest.mark.parametrize(
    "text", ["各责任单位：要提高认识", "明确责任单位、完成时限", "督促责任单位落实"]
)
def test_a_label_inside_running_text_is_text(text: str) -> None:
    assert labels(text) == []


def test_several_labels_in_one_line_are_read_in_order() -> None:
    text = "牵头单位：区住建局；配合单位：区水务局，完成时限：2026年底"
    assert [role for role, _ in labels(text)] == ["lead", "cooperating", "deadline"]


def test_a_mark_may_stand_before_the_number_of_an_item() -> None:
    marker = find_marker("★1.综合利用尾矿。")
    assert marker is not None
    assert (marker.number, marker.length) == ("1", 3)


def test_the_end_of_a_page_may_break_a_label() -> None:
    text = "（责任单位：县水利局；完成时\n　　　３\n限：2026年11月底前）"
    assert [label.role for label in find_labels(text, 0, len(text))] == ["responsible", "deadline"]
