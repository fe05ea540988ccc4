"""What is asked of no document in particular (who answers for a thing, which ones have a term), and of one that lacks it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import offices
import pytest

from assistant.answer import Answer

Ask = Callable[[str], Answer]

PLAN = """澜阳区人民政府关于印发整改方案的通知
2026年2月3日

澜阳区贯彻落实督察反馈意见整改方案
组织领导。由区生态环境保护委员会负责统筹整改工作，各镇每月报送整改进展。
一、工地扬尘管控不严
部分工地未落实“六个百分之百”。
区级领导负责人：周远
牵头单位：区住建局
责任单位：区住建局、区城管局
整改时限：2026年6月底
整改措施：
（一）开展专项检查。（责任单位：区住建局）
二、石桥镇污水直排
老街未接管网，雨天溢流。
区级领导负责人：周远
牵头单位：区水务局
责任单位：区水务局
整改时限：2026年12月底
整改措施：
（一）新建管网4公里。（责任单位：区水务局）
"""

WORK = """白浪县2026年污染防治工作计划
一、打好蓝天保卫战
1.压减燃煤。淘汰小锅炉12台，10月底前完成。（县工信局牵头）
2.加强精细管理。工地扬尘在线监测覆盖全部工地，落实“七个到位”。（县住建局负责）
二、打好碧水保卫战
（一）突出源头治理
1.排查排口。完成34个排口溯源。（县水利局负责）
2.整治沟渠。清淤8公里。（县水利局负责）
3.管好养殖。粪污全部收集。（县农业农村局负责）
"""

REPORT = """青田县2025年整改进展情况的通报
2025年12月9日

一、扬尘治理持续推进，出动检查320人次。
二、噪声投诉下降，各镇按“一月一报”要求报送。
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    folder: Path = tmp_path_factory.mktemp("documents")
    for name, text in (("plan", PLAN), ("work", WORK), ("report", REPORT)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    assistant = offices.opened(folder)
    return lambda question: offices.ask(assistant, question, dt.date(2026, 5, 1))


@pytest.mark.parametrize(
    "question",
    [
        "扬尘谁负责",
        "扬尘归谁管",
        "扬尘治理由哪个部门负责",
        "扬尘那条的责任单位有哪些",
        "哎，扬尘的事儿归谁管",
        "扬尘这块区里头谁说了算",
    ],
)
def test_who_answers_for_a_thing_is_told_of_every_document(ask: Ask, question: str) -> None:
    answer = ask(question)
    told = ("区住建局", "区城管局", "县住建局")
    offices.assert_told(answer, told, ("区水务局", "县工信局"))
    # Who speaks of it and lays it on nobody is told as well.
    unsaid = answer.text.rpartition("没有逐项列出承担单位")[2]
    assert "青田县" in unsaid
    assert "澜阳区" not in unsaid


def test_a_thing_in_everyday_words_is_told_by_the_documents_word(ask: Ask) -> None:
    assert "粪污" in ask("牛粪归谁管").text.split("\n")[0]


def test_what_one_document_is_asked_is_answered_of_that_alone(ask: Ask) -> None:
    offices.assert_told(ask("澜阳区扬尘谁负责"), ["区住建局"], ["县住建局"])


@pytest.mark.parametrize(
    "question", ["六个百分之百哪些文件提了", "哪几份文件有六个百分之百", "“六个百分之百”哪份写了"]
)
def test_a_term_is_looked_for_by_its_words(ask: Ask, question: str) -> None:
    has, _, lacks = ask(question).text.partition("没有写“六个百分之百”")
    assert "部分工地未落实" in has
    assert "白浪县" not in has
    assert "白浪县" in lacks
    assert "青田县" in lacks


def test_two_terms_are_looked_for_one_after_the_other(ask: Ask) -> None:
    text = ask("六个百分之百和七个到位分别是哪里提的").text
    assert "部分工地未落实" in text
    assert "落实“七个到位”" in text


@pytest.mark.parametrize(
    "question",
    ["白浪县“突出源头治理”下头三件事分别是什么", "白浪县突出源头治理那节都写了啥"],
)
def test_what_stands_below_a_heading_is_its_parts(ask: Ask, question: str) -> None:
    offices.assert_told(ask(question), ("排查排口", "整治沟渠", "管好养殖"), ("压减燃煤",))


@pytest.mark.parametrize(
    "question",
    ["澜阳区粪污怎么处理", "澜阳区粪污有要求吗", "青田县粪污综合利用率", "澜阳区养殖粪污怎么管"],
)
def test_a_thing_that_only_another_document_speaks_of_is_refused(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.refused
    assert "关于“" in answer.text


def test_a_thing_by_another_word_is_not_refused(ask: Ask) -> None:
    assert not ask("白浪县养殖废弃物怎么管").refused


@pytest.mark.parametrize(
    "question",
    ["澜阳区谁牵头整改", "澜阳区整改牵头单位", "澜阳区的整改归谁管", "澜阳区整改由谁负责"],
)
def test_who_leads_all_of_a_plan_is_the_sentence_that_lays_it_on_somebody(
    ask: Ask, question: str
) -> None:
    offices.assert_told(
        ask(question), ["区生态环境保护委员会负责统筹"], ["区水务局", "每月报送整改进展的"]
    )


@pytest.mark.parametrize(
    "question", ["澜阳区和青田县的文件哪个印发得早", "澜阳区、青田县哪份最先印发哪份最晚"]
)
def test_documents_are_put_in_the_order_of_their_dates(ask: Ask, question: str) -> None:
    text = ask(question).text
    first, _, last = text.partition("最晚的是")
    assert "青田县" in first
    assert "2025年12月9日" in first
    assert "2026年2月3日" in last.splitlines()[0]
