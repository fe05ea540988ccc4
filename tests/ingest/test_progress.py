"""Progress is what the text reports, with its day; nothing is inferred from a date or from an order to do it."""

from __future__ import annotations

import datetime as dt

import pytest
from invented import only_task, parse

SIGNED = dt.date(2026, 2, 10)
PLAN = """白河县2026年突出问题整改任务清单
（2026年2月10日）
一、白河污水直排
牵头单位：县水务局
整改时限：{limit}
整改措施：
1.{measure}
{status}"""


def read(measure: str) -> list[tuple[str, dt.date | None]]:
    task = only_task(PLAN.format(limit="2026年12月", measure=measure, status=""))
    return [(one.span.quote, one.as_of) for one in task.measures[0].progress]


@pytest.mark.parametrize(
    ("measure", "quote", "as_of"),
    [
        ("新建泵站3座。目前已完成2座，剩余1座正在施工。", "目前已完成2座，剩余1座正在施工", SIGNED),
        ("改造管网。截至2026年1月底，已完成总工程量的60%。", "截至2026年1月底，已完成总工程量的60%", dt.date(2026, 1, 31)),
        ("清理排口。该问题已整改完成。", "该问题已整改完成", SIGNED),
        ("扩建处理厂，正在办理用地手续，2026年12月底前完工。", "正在办理用地手续", SIGNED),
    ],
)  # fmt: skip
def test_what_the_text_reports_is_kept_with_its_day(
    measure: str, quote: str, as_of: dt.date
) -> None:
    assert read(measure) == [(quote, as_of)]


@pytest.mark.parametrize(
    "measure",
    [
        "对已完成整改的问题开展“回头看”。",
        "2026年6月底前完成整改。",
        "加强对正在施工的工地的检查。",
        "确保已整改到位的问题不反弹。",
        "未完成整改的，一律停产。",
        "完成后及时申请验收销号。",
    ],
)
def test_what_is_to_be_done_is_no_progress(measure: str) -> None:
    assert read(measure) == []


@pytest.mark.parametrize(
    ("status", "quote", "as_of"),
    [
        ("整改情况：已整改完成。", "已整改完成", SIGNED),
        (
            "进展情况：截至2025年12月20日，正在推进。",
            "截至2025年12月20日，正在推进",
            dt.date(2025, 12, 20),
        ),
    ],
)
def test_a_status_field_has_its_day_too(status: str, quote: str, as_of: dt.date) -> None:
    task = only_task(PLAN.format(limit="2026年12月", measure="清理排口。", status=status))
    assert task.status
    assert (task.status.quote, task.status_as_of) == (quote, as_of)


@pytest.mark.parametrize("value", ["已完成", "已整改完成", "已于2025年12月完成", "完成整改"])
def test_a_status_where_the_limit_belongs_is_no_limit(value: str) -> None:
    task = only_task(PLAN.format(limit=value, measure="清理排口。", status=""))
    assert task.deadline is None
    assert task.status
    assert task.status.quote == value


@pytest.mark.parametrize("value", ["2026年6月底前完成", "已批复后3个月内", "未完成", "长期坚持"])
def test_a_limit_is_no_status(value: str) -> None:
    task = only_task(PLAN.format(limit=value, measure="清理排口。", status=""))
    assert task.status is None
    assert task.deadline is not None


def test_a_passed_date_reports_nothing() -> None:
    tasks = parse(PLAN.format(limit="2020年12月", measure="清理排口。", status="")).tasks
    assert [(task.status, task.measures[0].progress) for task in tasks] == [(None, ())]
