"""Tasks that several bodies or leaders share, and whether those who lead them also accept them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest

from assistant.answer import Answer

Ask = Callable[[str], Answer]

PLAN = """柏川区贯彻落实市生态环境保护督察反馈意见整改方案
一、河道清淤滞后
整改时限：2025年12月
区级领导负责人：钟以南、莫少棠
牵头单位：区水务局
验收单位：区水务局
二、餐饮油烟扰民
整改时限：2025年6月
区级领导负责人：莫少棠
牵头单位：区城管局、区市场监管局
验收单位：区城管局、区市场监管局
三、散煤复燃
整改时限：2025年12月
区级领导负责人：莫少棠
牵头单位：区商务局
验收单位：区生态环境局
"""
# Bodies that are responsible together lead nothing together.
TOWN = """石泉镇2025年生态环境问题整改方案

一、大气污染
1.渣土运输撒漏。加强运输监管。（责任单位：建管站、环卫中心）
2.餐饮油烟扰民。督促安装净化设施。（责任单位：环保办、综合执法队）
二、水污染
3.沟渠黑臭。清理沟渠淤泥。（责任单位：环保办、农业办）
4.农田退水。推广测土配方。（责任单位：农业办）
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    folder = tmp_path_factory.mktemp("shared")
    for name, text in (("plan", PLAN), ("town", TOWN)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    assistant = offices.opened(folder)
    return lambda question: offices.ask(assistant, question, dt.date(2025, 3, 3))


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("哪些任务是两个单位一起牵头的", ["共1项", "区市场监管局"], ["渣土"]),
        ("双牵头的任务有几个", ["共1项", "区市场监管局"], ["渣土"]),
        ("柏川区有没有两个区领导共管的", ["共1项", "钟以南、莫少棠"], ["散煤"]),
        ("柏川区多个领导共管的任务", ["共1项", "多个领导共同承担"], ["散煤"]),
        ("只有一个区领导负责的任务有几个", ["共2项", "散煤"], ["河道", "渣土"]),
        ("钟以南和莫少棠一块负责的有哪些", ["共1项", "河道"], ["散煤"]),
        ("柏川区哪几项验收和牵头不是一家", ["3项任务中，两者不同的有1项", "散煤"], ["油烟"]),
        ("柏川区验收单位跟牵头单位都一致吗", ["两者不同的有1项", "区生态环境局"], ["河道"]),
    ],
)
def test_who_shares_what(ask: Ask, question: str, said: list[str], unsaid: list[str]) -> None:
    offices.assert_told(ask(question), said, unsaid)


def test_those_who_lead_all_they_accept(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = PLAN.replace("验收单位：区生态环境局", "验收单位：区商务局")
    assistant = offices.opened_on(text, tmp_path_factory.mktemp("same"))
    answer = offices.ask(assistant, "验收和牵头不是同一家的有吗", dt.date(2025, 3, 3))
    offices.assert_told(answer, ["的3项任务，两者都相同"], [])


def test_a_role_that_the_documents_do_not_tell_is_said_to_be_untold(ask: Ask) -> None:
    answer = ask("石泉镇环卫中心配合哪些任务")
    offices.assert_told(answer, ["没有单列配合单位", "共1项", "渣土"], ["没有符合条件"])


@pytest.mark.parametrize(
    "question", ["石泉镇治水那部分，落到环保办头上几条", "石泉镇水那块环保办有几条"]
)
def test_a_chapter_is_called_by_what_it_is_about(ask: Ask, question: str) -> None:
    offices.assert_told(ask(question), ["共1项", "沟渠黑臭", "属于“二、水污染”"], ["油烟"])
