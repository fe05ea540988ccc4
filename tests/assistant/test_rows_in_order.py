"""Rows of a table in the order of a column, the first so many of them, and the phases of one work told apart.

The plan is invented; what is expected was worked out by hand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest
from offices import opened

from assistant.answer import Answer

TODAY = dt.date(2026, 9, 20)
Ask = Callable[..., Answer]

PLAN = """清溪县2025年水污染防治工作计划
一、主要目标
城镇污水收集率达到71%。

二、重点项目
表1　2025年重点项目表（单位：万元）
序号	项目名称	建设内容	总投资	2025年计划投资	实施单位	开工时间	完工时间
1	东坪河清淤工程	清淤3公里	5200	3100	县水利局	2025年2月	2025年11月
2	柳河镇农村污水管网工程（一期）	覆盖6个村，管网21公里	870	870	柳河镇	2024年10月	2025年8月
3	柳河镇农村污水管网工程（二期）	覆盖9个村，管网33公里	1640	300	柳河镇	2025年11月	2026年7月
4	雨水调蓄池工程	容积2000立方米	2400	900	县水投公司	2025年3月	2026年6月
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    folder = tmp_path_factory.mktemp("rows-in-order")
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    assistant = opened(folder)
    return lambda question: offices.ask(assistant, question, TODAY)


def test_a_phase_asked_for_is_told_without_the_other(ask: Ask) -> None:
    told = ask("柳河镇管网要二期的数，别给我一期：几个村、多长").text
    assert "覆盖9个村，管网33公里" in told
    assert "21公里" not in told


def test_a_wrong_month_is_put_right_by_the_row_of_the_phase(ask: Ask) -> None:
    told = ask("柳河镇农村管网二期2025年8月就完工了吧，总共投多少").text
    assert "不是" in told
    assert "2026年7月" in told
    assert "1640万元" in told
    assert "870" not in told


def test_all_rows_are_put_in_order(ask: Ask) -> None:
    told = ask("清溪重点项目按总投资从小到大排个队").text
    assert "由低到高" in told
    places = [told.index(one) for one in ("870万元", "1640万元", "2400万元", "5200万元")]
    assert places == sorted(places)


def test_the_first_so_many_are_told_alone(ask: Ask) -> None:
    told = ask("清溪重点项目按总投资挑最大的两个").text
    assert told.index("5200万元") < told.index("2400万元")
    assert "1640万元" not in told


def test_the_year_of_completion_picks_rows_and_names_no_column(ask: Ask) -> None:
    told = ask("项目表上，2025年当年就能收尾的一共几个").text
    assert "共2项：东坪河清淤工程、柳河镇农村污水管网工程（一期）" in told
    assert "相加" not in told
