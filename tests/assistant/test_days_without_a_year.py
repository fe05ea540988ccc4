"""A day without a year, asked of a plan of another year; the end of a year; what falls into neither."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import offices
import pytest

from assistant.answer import Answer

Ask = Callable[[str], Answer]

PLAN = """泉州湾新区贯彻落实省生态环境保护督察反馈意见整改方案
（2023年2月10日）
任务1　2021年督察移交的滩涂垃圾清理不彻底。
整改时限：2023年5月底前
牵头单位：区城管局
任务2　东溪养殖尾水直排。
整改时限：2023年11月底前
牵头单位：区农业农村局
任务3　老码头船舶拆解油污。
整改时限：2024年8月底前
牵头单位：区交通运输局
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    assistant = offices.opened_on(PLAN, tmp_path_factory.mktemp("plan"))
    return lambda question: offices.ask(assistant, question, dt.date(2026, 11, 1))


def test_a_bound_that_is_past_today_is_read_in_the_year_of_the_plan(ask: Ask) -> None:
    text = ask("6月底前要完成的任务有哪些").text
    assert "“6月底前”未写年份，按文件所在的2023年理解" in text
    assert "滩涂垃圾清理" in text
    assert "东溪养殖尾水" not in text
    assert "老码头" not in text


def test_a_bound_with_a_year_needs_no_remark(ask: Ask) -> None:
    text = ask("2024年6月底前要完成的任务有哪些").text
    assert "未写年份" not in text
    assert "东溪养殖尾水" in text
    assert "老码头" not in text


def test_a_bound_that_says_the_same_in_other_words_is_one(ask: Ask) -> None:
    text = ask("上半年（6月底及以前）就该完的有几项").text
    assert "共1项" in text
    assert "滩涂垃圾清理" in text


def test_before_a_year_is_over_with_the_year_before(ask: Ask) -> None:
    text = ask("2024年之前要完成哪些").text
    assert "共2项" in text
    assert "老码头" not in text


def test_a_bound_need_not_be_a_year_of_the_documents(ask: Ask) -> None:
    answer = ask("2025年之前要完成哪些")
    assert not answer.refused
    assert "共3项" in answer.text


def test_until_a_day_is_by_then(ask: Ask) -> None:
    text = ask("到2023年12月5号已经该到期的任务有哪些").text
    assert "滩涂垃圾清理" in text
    assert "东溪养殖尾水" in text
    assert "老码头" not in text


def test_a_year_of_two_digits_stands_before_any_word(ask: Ask) -> None:
    text = ask("哪几件要拖到24年才收口").text
    assert "老码头" in text
    assert "东溪养殖尾水" not in text


def test_a_number_before_a_year_is_no_part_of_it(ask: Ask) -> None:
    text = ask("区城管局牵头的任务有哪些").text
    assert "2021年督察移交的滩涂垃圾清理不彻底" in text
    assert "未通过引文核对" not in text


WORK = """澄湾街道2023年污染防治工作计划
一、主要目标
2023年，PM2.5平均浓度达到35微克/立方米。
二、重点工作
（一）扬尘治理。11月底前完成工地监控联网。
"""


def test_where_nothing_is_due_by_a_day_that_is_said(tmp_path: Path) -> None:
    assistant = offices.opened_on(WORK, tmp_path)
    answer = offices.ask(assistant, "澄湾街道哪些工作要求三季度前完成", dt.date(2026, 11, 1))
    assert answer.refused
    assert "没有符合条件的时限（三季度前）" in answer.text
    answer = offices.ask(assistant, "澄湾街道哪些工作要求年底前完成", dt.date(2023, 3, 1))
    assert "工地监控联网" in answer.text
