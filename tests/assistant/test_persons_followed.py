"""A person or a body that was asked about is gone on from: by a pronoun, by one more condition, by a doubt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest

from assistant.answer import Answer

Ask = Callable[..., Answer]

PLAN = """柏川区贯彻落实市生态环境保护督察反馈意见整改方案
（2025年2月10日）
一、河道清淤滞后
整改时限：2025年12月
区级领导负责人：钟以南、莫少棠
牵头单位：区水务局
二、餐饮油烟扰民
整改时限：2025年6月并长期坚持
区级领导负责人：莫少棠
牵头单位：区城管局
三、散煤复燃
整改时限：2025年12月
区级领导负责人：莫少棠
牵头单位：区商务局、区市场监管局
四、畜禽粪污直排
整改时限：2026年6月
区级领导负责人：钟以南
牵头单位：区农业农村局
五、加油站油气回收不足
整改时限：2025年12月
区级领导负责人：钟以南
牵头单位：区商务局
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    assistant = offices.opened_on(PLAN, tmp_path_factory.mktemp("followed"))
    return lambda *questions: offices.ask_in_turn(assistant, questions, dt.date(2025, 3, 3))


@pytest.mark.parametrize(
    ("questions", "said", "unsaid"),
    [
        # Those who share a task of the list are not meant by the pronoun.
        (("莫少棠管几项任务", "她那些里头哪几个是25年底的"), ["共2项", "散煤"], ["油气"]),
        (("莫少棠管几项任务", "她一个人管的几项"), ["共2项", "油烟", "散煤"], ["河道清淤"]),
        (("第二项谁负责", "他还管哪几项"), ["共3项", "河道清淤"], ["畜禽"]),
        (("钟以南负责哪些", "第一项什么时候到期", "他名下还有哪些"), ["共3项", "畜禽"], ["散煤"]),
        (("第二项谁负责", "她手上另外一个问题是啥"), ["共3项", "散煤"], ["畜禽"]),
        (("第四项谁包", "他剩下的任务呢"), ["共3项", "油气"], ["散煤"]),
        (("区商务局牵头哪些", "还有一个呢"), ["共2项", "油气"], ["河道"]),
        # One more condition narrows the list, be it asked whether there is any.
        (("莫少棠负责哪些", "有没有长期坚持的"), ["共1项", "油烟"], ["散煤"]),
        (("钟以南负责哪些", "那2026年的呢"), ["共1项", "畜禽"], ["油气"]),
        (("钟以南负责哪些", "其中2025年的呢"), ["共2项", "油气"], ["畜禽"]),
        (("区商务局牵头哪些", "有2025年底到期的吗"), ["共2项", "油气"], ["河道"]),
        # Whether that was all is answered by the whole list.
        (("区商务局牵头哪些", "就这俩？是不是漏了一条"), ["共2项", "散煤", "油气"], []),
        (("钟以南负责哪些", "只有这三项吗"), ["共3项"], ["散煤"]),
    ],
)
def test_a_list_of_somebody_is_gone_on_from(
    ask: Ask, questions: tuple[str, ...], said: list[str], unsaid: list[str]
) -> None:
    offices.assert_told(ask(*questions), said, unsaid)


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("莫少棠", ["共3项", "负责领导：莫少棠"], ["畜禽"]),
        ("柏川区莫少棠的任务", ["共3项"], ["畜禽"]),
        ("钟以南跟谁一起管", ["共1项", "（钟以南、莫少棠）"], ["畜禽"]),
        ("区商务局跟谁一起牵头", ["共1项", "（区商务局、区市场监管局）"], ["油气"]),
        ("钟以南有2026年到期的吗", ["共1项", "畜禽"], ["河道"]),
    ],
)
def test_somebodys_tasks_are_listed(
    ask: Ask, question: str, said: list[str], unsaid: list[str]
) -> None:
    offices.assert_told(ask(question), said, unsaid)


def test_with_whom_one_task_is_shared_is_told_of_that_task(ask: Ask) -> None:
    text = ask("散煤复燃区商务局跟谁一起牵头").text
    assert "区商务局、区市场监管局" in text
    assert "油气" not in text


def test_what_is_due_in_running_text_is_not_listed_for_a_person(ask: Ask) -> None:
    answer = ask("莫少棠分管的2026年到期的是哪几个")
    assert answer.refused
    assert "负责领导：莫少棠" in answer.text
