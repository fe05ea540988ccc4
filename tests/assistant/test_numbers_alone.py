"""A task that is called by its number and no more is told whole; 第二条 behind its measures is one of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest
from offices import opened_on

from assistant.answer import Answer

TODAY = dt.date(2026, 3, 1)
PLAN = """溪口县整改方案

一、石粉厂扬尘扰民
存在问题：溪口镇3家石粉厂露天堆放，扬尘严重。
整改目标：石粉厂物料全部入库。
整改措施：
（一）建设封闭料仓3座。（责任单位：溪口镇人民政府）
（二）更换破碎机除尘器。（责任单位：县工业和信息化局）
牵头单位：县生态环境局
责任单位：溪口镇人民政府、县工业和信息化局
整改时限：2026年9月底
二、渔溪断面水质超标
存在问题：渔溪断面总磷超标。
整改目标：渔溪断面达到Ⅲ类。
整改措施：
（一）封堵排污口5个。（责任单位：县水利局）
（二）清淤2公里。（责任单位：渔溪镇人民政府）
牵头单位：县水利局
责任单位：县水利局、渔溪镇人民政府
整改时限：2026年11月底
"""
Ask = Callable[..., Answer]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    plan = opened_on(PLAN, tmp_path_factory.mktemp("numbers"))
    return lambda *questions: offices.ask_in_turn(plan, questions, TODAY)


@pytest.mark.parametrize("question", ["溪口问题二", "溪口县第2项", "第二个问题", "第二条？"])
def test_a_number_alone_asks_for_the_whole_task(ask: Ask, question: str) -> None:
    told = ask(question).text
    for said in (
        "总磷超标",
        "达到Ⅲ类",
        "牵头单位为县水利局",
        "2026年11月底",
        "封堵排污口5个",
        "清淤2公里",
    ):
        assert said in told
    assert "石粉" not in told


@pytest.mark.parametrize("follow_up", ["第二条细说", "那第二条呢", "第二条具体是什么"])
def test_a_number_behind_measures_is_one_of_them(ask: Ask, follow_up: str) -> None:
    told = ask("溪口第一个问题的整改措施有哪些", follow_up).text
    assert "第2条措施：（二）更换破碎机除尘器" in told
    assert "渔溪" not in told


def test_a_number_behind_anything_else_is_a_task(ask: Ask) -> None:
    told = ask("溪口第一个问题谁牵头", "第二个呢").text
    assert "县水利局" in told
    assert "第2条措施" not in told
