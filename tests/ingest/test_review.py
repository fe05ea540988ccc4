"""What cannot be read with certainty is kept with its words and marked; nothing is dropped or guessed."""

from __future__ import annotations

import pytest
from invented import names, parse

LIST = """白河县2026年突出问题整改任务清单
一、白河污水直排
{field}
牵头单位：县水务局
整改措施：
1.封堵排口。
二、扬尘管控不严
牵头单位：县住建局
整改时限：2026年6月底前
整改措施：
1.加强巡查。
"""
ROWS = """白河县2026年突出问题整改任务清单
| 序号 | 整改任务 | 牵头单位 | 整改时限 | 整改措施 |
|---|---|---|---|---|
{row}
| 2 | 扬尘管控不严 | 县住建局 | 2026年6月底前 | 加强巡查。 |
"""


@pytest.mark.parametrize(
    ("field", "remark"),
    [
        ("责任单位：县水务局、老王家", "“老王家”不像单位名称"),
        ("整改时限：按序时进度推进", "时限“按序时进度推进”未能识别为日期"),
        ("责任领导：县政府分管同志", "“县政府分管同志”不像姓名"),
    ],
)
def test_a_doubtful_field_is_kept_and_marked(field: str, remark: str) -> None:
    document = parse(LIST.format(field=field))
    first, second = document.tasks
    assert first.review == (remark,)
    assert field in {span.quote for span in first.fields.values()}
    assert second.review == ()
    assert document.notes == (f"一 {remark}",)


def test_a_doubtful_name_is_listed_with_the_others() -> None:
    first, _ = parse(LIST.format(field="责任单位：县水务局、老王家")).tasks
    assert names(first.responsible_units) == ["县水务局", "老王家"]


@pytest.mark.parametrize("field", ["责任领导：无", "整改时限：长期坚持", "整改时限：待资金落实后确定", "责任单位：各有关部门"])  # fmt: skip
def test_what_is_clear_needs_no_second_look(field: str) -> None:
    assert parse(LIST.format(field=field)).notes == ()


@pytest.mark.parametrize(
    ("row", "title", "remark"),
    [
        ("| 1 |  | 县水务局 | 2026年5月 | 封堵排口。 |", "县水务局", "该行没有任务名称"),
        ("| 1 | 污水直排 | 县水务局 | 2026年5月 |", "污水直排", "该行有 4 格，表头有 5 格"),
        (
            "| 1 | 污水直排 | 县水务局 | 条件成熟时 | 封堵排口。 |",
            "污水直排",
            "时限“条件成熟时”未能识别为日期",
        ),
    ],
)
def test_a_row_that_does_not_fit_is_kept_and_marked(row: str, title: str, remark: str) -> None:
    first, second = parse(ROWS.format(row=row)).tasks
    assert first.title.quote == title
    assert first.review == (remark,)
    assert second.review == ()


def test_a_limit_on_a_day_that_is_in_no_calendar_is_marked() -> None:
    row = "| 1 | 污水直排 | 县水务局 | 2026年6月31日 | 封堵排口。 |"
    first, _ = parse(ROWS.format(row=row)).tasks
    assert first.deadline is not None
    assert str(first.deadline.latest) == "2026-06-30"
    assert first.review == ("时限中的“6月31日”不在日历上，按该月最后一天计",)
