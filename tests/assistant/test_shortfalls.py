"""What rows lack to their plans, and the rows that a bound of a sentence is set to, asked through the real store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest
from offices import opened_on

from assistant.answer import Answer, Turn

TODAY = dt.date(2026, 8, 10)
Ask = Callable[..., Answer]

NOTICE = """澜州市生态环境保护委员会办公室关于2026年上半年重点任务进展情况的通报
各县（区）人民政府：
现将2026年上半年（截至6月30日）有关情况通报如下。
一、任务进展
表1 重点任务进展（截至6月30日）
地区\t黑臭水体治理计划（条）\t已完成（条）\t完成率\t油烟净化安装任务（家）\t已安装（家）
石桥县\t12\t9\t75.0%\t130\t118
云湖区\t8\t8\t100%\t210\t160
青坪县\t10\t4\t40.0%\t90\t90
合计\t30\t21\t70.0%\t430\t368
二、通报批评
1.青坪县。黑臭水体治理进度全市最慢，给予“蓝牌”警示。
三、下一步要求
（一）加快水体治理。黑臭水体完成率不足80%的地区，9月20日前须达到80%，11月30日前全部完成。（督导单位：市水利局）
（二）加强油烟管控。各县（区）每月巡查不少于2次。（督导单位：市城管局）
澜州市生态环境保护委员会办公室
2026年7月15日
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    assistant = opened_on(NOTICE, tmp_path_factory.mktemp("shortfalls"))

    def asked(question: str, *history: Turn) -> Answer:
        return offices.ask(assistant, question, TODAY, history)

    return asked


@pytest.mark.parametrize(
    "question", ["油烟净化没装完的是哪些地方，各欠几家", "哪些县区的油烟净化安装没完成，还差多少家"]
)
def test_the_rows_that_lack_something_are_told_with_how_much(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert "尚未完成的共2个：石桥县差12家（130−118）、云湖区差50家（210−160）" in answer.text
    assert "合计还差62家（12+50，由督办计算）" in answer.text
    assert "青坪县差" not in answer.text


def test_what_is_lacking_in_all_and_of_two_rows(ask: Ask) -> None:
    answer = ask("全市黑臭水体总共还差多少条？石桥加青坪欠多少")
    assert "还差9条（30−21）" in answer.text
    assert "石桥县、青坪县合计还差9条（3+6，由督办计算）" in answer.text


def test_the_most_lacking_row(ask: Ask) -> None:
    answer = ask("黑臭水体治理欠账最多的是哪个县")
    assert "其中差得最多的是青坪县（6条）" in answer.text


def test_a_row_goes_on_from_the_plan_asked_about_before(ask: Ask) -> None:
    before = Turn("user", "石桥黑臭水体治理完成多少了"), Turn("assistant", "石桥县完成9条。")
    assert (
        "青坪县“黑臭水体治理计划”减去“已完成”，还差6条（10−4）"
        in ask("青坪呢？还短几条", *before).text
    )


def test_a_row_that_is_done_lacks_nothing(ask: Ask) -> None:
    assert "已经完成，不再欠缺" in ask("云湖黑臭水体还差几条没治").text


def test_a_share_claimed_otherwise_is_put_right(ask: Ask) -> None:
    answer = ask("云湖的黑臭水体才治了一半，怎么没给它蓝牌？")
    assert "与“才治了一半”的说法不符：云湖区的黑臭水体治理计划为8条" in answer.text
    assert "完成率为100%" in answer.text
    assert "不符" not in ask("石桥的黑臭水体完成了七成五，什么时候完").text


@pytest.mark.parametrize(
    "question",
    [
        "9月下旬前那道八成的坎，被卡住的是谁家？现在各到百分之多少",
        "黑臭水体没过80%线的是哪几个地方",
        "黑臭水体完成率不足80%的有哪些地区",
    ],
)
def test_the_rows_that_a_bound_of_a_sentence_is_set_to(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert "9月20日前须达到80%" in answer.text
    assert "石桥县（75.0%）、青坪县（40.0%）" in answer.text
    assert "云湖区（" not in answer.text


def test_a_share_without_a_column_is_reckoned(ask: Ask) -> None:
    assert (
        "为“油烟净化安装任务”的约76.2%（160÷210，由督办计算）"
        in ask("云湖油烟净化安装完成率多少").text
    )
    assert "÷" not in ask("石桥县黑臭水体完成率多少").text  # which has a column
