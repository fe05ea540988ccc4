"""What answers best by itself is told beside a record, a table or a chapter that the question was taken to mean."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest
from offices import opened_on

from assistant.answer import Answer

TODAY = dt.date(2026, 6, 3)
Ask = Callable[[str], Answer]

PLAN = """石桥区突出问题整改方案
一、工作目标
2026年全区农村污水治理率达到61%左右（2025年为54.5%）。
二、整改任务
（一）河西砖厂冒黑烟
整改措施：
1.6月底前安装脱硫除尘设施。
2.每月抽测1次。
牵头单位：区工信局
责任领导：甘雨田
整改时限：2026年6月底
（二）农村污水治理设施停运
整改措施：
1.8月底前修复22座设施。
牵头单位：区农业农村局
责任领导：庄亦平
整改时限：2026年8月底
三、工作要求
河西砖厂冒黑烟一项，自2026年5月起责任领导由甘雨田换人为厉长风。
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    assistant = opened_on(PLAN, tmp_path_factory.mktemp("best"))
    return lambda question: offices.ask(assistant, question, TODAY)


def test_a_sentence_elsewhere_that_answers_better_than_the_record_is_told_with_it(ask: Ask) -> None:
    offices.assert_told(ask("河西砖厂冒黑烟归哪位领导管，听说换人了"), ["甘雨田", "厉长风"], [])


def test_nothing_is_added_where_the_record_holds_the_best_sentence(ask: Ask) -> None:
    offices.assert_told(
        ask("农村污水治理设施停运谁牵头"), ["区农业农村局"], ["61%", "厉长风", "写明"]
    )


@pytest.mark.parametrize(
    "question", ["第2项谁牵头", "（二）归哪位领导", "这个方案里区工信局牵头的有哪些"]
)
def test_nothing_is_added_to_a_row_by_its_number_nor_to_a_list(ask: Ask, question: str) -> None:
    assert "写明" not in ask(question).text
