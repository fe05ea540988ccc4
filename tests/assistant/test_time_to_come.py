"""What is due is asked for by a time of this year, from today on, and by a phrase that asks nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest

from assistant.answer import Answer
from assistant.understanding.windows import with_full_years

Ask = Callable[[str, str], Answer]

PLAN = """柏川区贯彻落实市生态环境保护督察反馈意见整改方案
（2024年2月10日）
一、河道清淤滞后
整改时限：2024年12月
牵头单位：区水务局
二、餐饮油烟扰民
整改时限：2024年12月并长期坚持
牵头单位：区城管局
三、散煤复燃
整改时限：2025年6月
牵头单位：区商务局
四、畜禽粪污直排
整改时限：2025年12月
牵头单位：区农业农村局
五、加油站油气回收不足
整改时限：2026年6月
牵头单位：区商务局
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    assistant = offices.opened_on(PLAN, tmp_path_factory.mktemp("due"))
    return lambda question, day: offices.ask(assistant, question, dt.date.fromisoformat(day))


@pytest.mark.parametrize(
    ("question", "day", "said", "unsaid"),
    [
        # 年底前 is no year before, and what is to fall due is not over.
        ("年底前要到期的有哪些", "2025-10-01", ["共1项", "畜禽", "自2025年10月1日起"], ["清淤"]),
        ("年底前要完成的任务有哪些", "2025-10-01", ["共2项", "散煤", "畜禽"], ["清淤"]),
        ("今年年底前哪些任务到期", "2025-03-01", ["共2项", "散煤"], ["清淤"]),
        ("年底前还有几项没到期", "2024-12-20", ["共2项", "清淤", "油烟"], ["畜禽"]),
        ("12月到期的任务", "2025-11-15", ["共1项", "畜禽"], ["清淤"]),
        ("今天到期的有哪些", "2024-12-31", ["共2项", "清淤", "油烟"], ["散煤"]),
        ("还有两个月到期的任务", "2025-11-01", ["共1项", "畜禽"], ["清淤"]),
        # A phrase alone asks for the list.
        ("今年到期的任务", "2025-10-01", ["共2项"], ["清淤"]),
        ("下个月到期的", "2025-11-15", ["共1项", "畜禽"], ["清淤"]),
        ("柏川2025年底要完成的任务", "2024-03-01", ["共1项", "畜禽"], ["散煤"]),
        ("柏川2025底到期的", "2024-03-01", ["共1项", "畜禽"], ["散煤"]),
        ("柏川逾期任务", "2025-01-10", ["共2项", "清淤"], ["畜禽"]),
        # In a plan that reports nothing 完成 is by when.
        ("柏川2024年底要完成几项任务", "2024-03-01", ["共2项"], ["散煤", "进展情况"]),
        ("柏川2024年底完成的有几项", "2024-03-01", ["共2项"], ["散煤", "进展情况"]),
        # What goes on has no end, and is told apart.
        ("柏川哪些过期了", "2025-01-10", ["其中1项要求长期坚持", "过的只是阶段时限"], []),
    ],
)
def test_what_is_due(ask: Ask, question: str, day: str, said: list[str], unsaid: list[str]) -> None:
    offices.assert_told(ask(question, day), said, unsaid)


def test_nothing_due_is_said(ask: Ask) -> None:
    answer = ask("这个月底到期的任务", "2025-11-15")
    assert answer.refused
    assert "没有符合条件的任务（时限：这个月底）" in answer.text


def test_a_thing_that_is_named_is_no_list_of_what_is_due(ask: Ask) -> None:
    assert "散煤复燃" in ask("柏川散煤2025年6月到期的任务", "2025-03-01").text


def test_a_year_without_its_word_is_a_year() -> None:
    assert with_full_years("中北2017底到期的") == "中北2017年底到期的"
    assert with_full_years("17年12月前要干完的") == "2017年12月前要干完的"
    assert with_full_years("干了17年") == "干了17年"


WORKS = """澄湾区2025年污染防治工作要点

一、大气污染防治
1.PM2.5控制。到2025年，PM2.5平均浓度达到35微克/立方米。
2.扬尘管控。2025年底前实现工地监控全覆盖。
二、水污染防治
3.管网补短板。新建雨污分流管网12公里，2025年底建成通水。
4.污水处理。东郊污水处理厂扩建工程2025年底前投运。
5.专线建设。北港铁路专用线“十四五”期间开工建设。
"""


@pytest.fixture(scope="module")
def ask_of_works(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    assistant = offices.opened_on(WORKS, tmp_path_factory.mktemp("works"))
    return lambda question, day: offices.ask(assistant, question, dt.date.fromisoformat(day))


@pytest.mark.parametrize(
    "question", ["澄湾2025年底要建成的工程有哪些", "澄湾2025年底前要建成的工程项目"]
)
def test_works_are_no_targets_and_what_is_begun_within_a_period_is_not_due(
    ask_of_works: Ask, question: str
) -> None:
    said, unsaid = ["雨污分流管网", "东郊污水处理厂"], ["PM2.5", "监控", "铁路"]
    offices.assert_told(ask_of_works(question, "2025-03-01"), said, unsaid)
