"""Tables with two rows of headings, the upper one over groups of columns."""

from __future__ import annotations

import pytest
from invented import names, parse, quote

TITLE = "槐安县2026年突出环境问题整改任务分解表\n\n"
GROUPED = (
    ("序号", "整改任务", "", "责任分工", "", "", "完成时限"),
    ("", "问题", "目标", "牵头单位", "配合单位", "责任领导", ""),
    ("1", "西沟河返黑", "断面达到Ⅳ类", "县水务局", "县住建局", "沈立农", "2026年8月底"),
    ("2", "砂场扬尘", "料堆全部入棚", "县住建局", "白塔镇人民政府", "罗青", "2026年9月底"),
)


def tabs(rows: tuple[tuple[str, ...], ...]) -> str:
    return "\n".join("\t".join(row) for row in rows) + "\n"


def strokes(rows: tuple[tuple[str, ...], ...]) -> str:
    return "\n".join(" | ".join(row) for row in rows) + "\n"


def ruled(rows: tuple[tuple[str, ...], ...], place: int) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(place, "|" + "---|" * len(rows[0]))
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    "table", [tabs(GROUPED), strokes(GROUPED), ruled(GROUPED, 1), ruled(GROUPED, 2)]
)
def test_a_column_is_called_what_stands_below_its_group(table: str) -> None:
    first, second = parse(TITLE + table).tasks
    assert (first.number, quote(first.title)) == ("1", "西沟河返黑")
    assert names(first.lead_units) == ["县水务局"]
    assert names(first.cooperating_units) == ["县住建局"]
    assert names(first.leaders) == ["沈立农"]
    assert quote(first.target) == "断面达到Ⅳ类"
    assert first.deadline
    assert first.deadline.phrase.quote == "2026年8月底"
    assert (second.number, names(second.lead_units)) == ("2", ["县住建局"])


def test_names_that_stand_below_two_groups_are_told_apart_by_these() -> None:
    rows = (
        ("序号", "整改任务", "牵头", "", "配合", "", "完成时限"),
        ("", "", "单位", "责任人", "单位", "责任人", ""),
        ("1", "西沟河返黑", "县水务局", "沈立农", "县住建局", "罗青", "2026年8月底"),
    )
    (task,) = parse(TITLE + tabs(rows)).tasks
    assert names(task.lead_units) == ["县水务局"]
    assert names(task.cooperating_units) == ["县住建局"]
    assert list(task.columns)[2:6] == ["牵头单位", "牵头责任人", "配合单位", "配合责任人"]


def test_a_row_with_a_number_is_none_of_the_headings() -> None:
    rows = (
        ("序号", "整改任务", "责任分工", "", "完成时限"),
        ("1", "西沟河返黑", "县水务局", "", "2026年8月底"),
        ("2", "砂场扬尘", "县住建局", "", "2026年9月底"),
    )
    assert [task.number for task in parse(TITLE + tabs(rows)).tasks] == ["1", "2"]


def test_rows_between_strokes_that_begin_with_an_empty_cell_stay_in_their_table() -> None:
    table = (
        "流域|序号|存在问题|牵头单位|完成时限\n"
        "槐河|1|码头未拆|县交通局|2026年8月底\n"
        " |2|岸线裸露|县林业局|2026年9月底\n"
        "|3|排口直排|县水务局|2026年10月底\n"
    )
    tasks = parse(TITLE + table).tasks
    assert [task.number for task in tasks] == ["1", "2", "3"]
    assert [quote(task.columns["流域"]) for task in tasks] == ["槐河", "槐河", "槐河"]
