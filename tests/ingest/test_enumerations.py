"""Points numbered within a paragraph."""

from __future__ import annotations

import pytest

from ingest.enumerations import bulleted_points, numbered_points


def points(text: str) -> list[tuple[str, str]]:
    """Numbers and words of the points, each up to the next."""
    found = numbered_points(text, 0, len(text))
    ends = [point.start for point in found[1:]] + [len(text)][: len(found)]
    return [(one.number, text[one.words : end]) for one, end in zip(found, ends, strict=True)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("一是清淤。二是截污。", ["一是", "二是"]),
        ("一要清淤，二要截污。", ["一要", "二要"]),
        ("①清淤；②截污；③补水。", ["①", "②", "③"]),
        ("（1）清淤；（2）截污。", ["1", "2"]),
        ("(1)清淤;(2)截污。", ["1", "2"]),
        ("（i）清淤；（ii）截污；（iii）补水。", ["i", "ii", "iii"]),
        ("1.清淤3公里；2.截污1.5公里。", ["1", "2"]),
        # The mark stands right before the year, or the number, of what is done.
        ("1.2026年4月底前清淤。2.2026年8月底前截污。", ["1", "2"]),
        ("1.8个工地立即停工。2.5家企业安装监控。3.每周夜查2次。", ["1", "2", "3"]),
        ("1、清淤；2、截污。", ["1", "2"]),
        ("1）清淤\n2）截污", ["1", "2"]),
        ("第一，清淤；第二，截污。", ["一", "二"]),
        ("A.清淤；B.截污；C.补水。", ["A", "B", "C"]),
        ("a.清淤；b.截污。", ["a", "b"]),
    ],
)
def test_a_row_of_marks_is_a_row_of_points(text: str, numbers: list[str]) -> None:
    assert [number for number, _ in points(text)] == numbers


@pytest.mark.parametrize(
    "text",
    [
        "清淤3公里，截污1.5公里。",
        "①清淤。",
        "一是否完成，二是否验收。",
        "一要求整改，二要求公开。",
        "见（2）和（3）。",
        "“①清淤；②截污”列入计划。",
        "第1、2号排口封堵。",
        "得分第一，排名第二，全县通报。",
        "按A.类、B.类管控。",
    ],
)
def test_figures_references_and_single_marks_are_no_points(text: str) -> None:
    assert points(text) == []


def test_the_words_follow_the_mark_and_the_lead_in_is_no_point() -> None:
    assert points("对沿线开展整治：①清淤；②截污。") == [("①", "清淤；"), ("②", "截污。")]
    assert points("开展整治。一是清淤。二是截污。") == [
        ("一是", "一是清淤。"),
        ("二是", "二是截污。"),
    ]


def test_points_count_on_from_one() -> None:
    assert [number for number, _ in points("①清淤；③补水；②截污。")] == ["①", "②"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("——清淤3公里；\n　　——封堵排口。", ["清淤3公里；", "封堵排口。"]),
        ("· 清淤\n· 截污\n", ["清淤", "截污"]),
        ("清淤——截污——补水。", []),
        ("——清淤3公里；\n封堵排口。", []),
        ("- 3 -\n- 4 -", []),
    ],
)
def test_lines_with_the_dash_or_dot_of_a_list_are_points(text: str, words: list[str]) -> None:
    found = bulleted_points(text, 0, len(text))
    ends = [point.start for point in found[1:]] + [len(text)][: len(found)]
    assert [text[one.words : end].strip() for one, end in zip(found, ends, strict=True)] == words


def test_points_may_go_on_with_those_of_the_row_above() -> None:
    text = "3.绿化；4.巡查。"
    assert numbered_points(text, 0, len(text)) == []
    assert [one.number for one in numbered_points(text, 0, len(text), 2)] == ["3", "4"]
