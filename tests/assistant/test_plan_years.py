"""今年, asked of the plan of an older year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest

from assistant.answer import Answer

Ask = Callable[[str, int], Answer]

PLAN = """苇河市2025年度污染防治攻坚工作计划

一、重点任务
序号	任务	牵头单位	完成时限
1	鹭湖清淤20万立方米	市水利局	2025年11月底
2	淘汰燃煤锅炉9台	市市场监管局	2025年10月底
3	东郊污水处理厂扩建	市住建局	2026年3月底
4	城区雨水管网疏通	市住建局	2025年8月底
5	节水宣传	市水利局	常态化开展
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    assistant = offices.opened_on(PLAN, tmp_path_factory.mktemp("plan_years"))
    return lambda question, year: offices.ask(assistant, question, dt.date(year, 5, 6))


def test_this_year_is_that_of_the_plan_where_nothing_is_due_in_todays(ask: Ask) -> None:
    answer = ask("苇河市水利局今年牵头的任务有哪些", 2026)
    assert not answer.refused
    assert "鹭湖清淤" in answer.text
    assert "所问“今年”没有相应任务，以下按2025年列出" in answer.text
    # The year names the plan, and leaves out nothing that has no limit.
    assert "节水宣传" in answer.text


def test_a_year_by_which_something_is_due_is_a_limit(ask: Ask) -> None:
    text = ask("苇河市水利局今年到期的牵头任务有哪些", 2025).text
    assert "鹭湖清淤" in text
    assert "节水宣传" not in text


def test_this_year_is_todays_where_something_is_due_in_it(ask: Ask) -> None:
    text = ask("苇河市住建局今年牵头的任务有哪些", 2026).text
    assert "东郊污水处理厂" in text
    assert "雨水管网" not in text
    assert "按2025年" not in text


def test_a_year_that_is_named_is_no_other(ask: Ask) -> None:
    assert "鹭湖清淤" not in ask("苇河市水利局2026年到期的牵头任务有哪些", 2026).text


def test_in_the_year_of_the_plan_nothing_is_remarked(ask: Ask) -> None:
    text = ask("苇河市水利局今年牵头的任务有哪些", 2025).text
    assert "鹭湖清淤" in text
    assert "按2025年" not in text


RATES = """桑溪镇2025年农村生活污水治理工作方案

村级指标表
村名	农户数	2024年底治理率	2025年目标
东桥村	612	58%	66%
新垸村	388	37%	50%
沙头村	455	49%	58%
"""


@pytest.fixture(scope="module")
def ask_of_rates(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    assistant = offices.opened_on(RATES, tmp_path_factory.mktemp("rates"))
    return lambda question, year: offices.ask(assistant, question, dt.date(year, 5, 6))


def test_a_table_of_a_plan_is_read_in_the_plans_own_years(ask_of_rates: Ask) -> None:
    text = ask_of_rates("新垸村今年底治理比例定的多少", 2026).text
    assert "50%" in text
    assert "37%" not in text


def test_what_changes_is_told_by_the_years_of_a_table(ask_of_rates: Ask) -> None:
    text = ask_of_rates("新垸村治理率今年比2024年提高多少", 2026).text
    assert "37%" in text
    assert "50%" in text
