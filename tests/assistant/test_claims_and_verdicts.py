"""Who really has a thing that a question gives to somebody, several roles of one body, and what was found not to be so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import offices
import pytest

from assistant.answer import Answer

Ask = Callable[[str], Answer]

PLAN = """长汀县督察整改方案
一、任务清单
问题一：西沟煤渣露天堆存。
责任领导：石敬安（副县长）
牵头单位：县工信局
配合单位：县水利局
完成时限：2026年6月底
问题二：灌区地下水超采。
责任领导：焦文远（副县长）
牵头单位：县水利局
配合单位：县农业农村局
完成时限：2026年12月底
问题三：养殖粪污直排。
责任领导：焦文远（副县长）
牵头单位：县农业农村局
责任单位：各乡镇政府
完成时限：2025年11月底
"""

REPORT = """青田县2025年第三季度整改进展情况的通报
一、正在推进事项
（一）南渡镇尾矿库治理。牵头单位县应急局。库面覆膜7万平方米。
（二）乡镇集中供水水源地规范化建设。牵头单位县水利局。12个水源地中已完成围栏8个，剩余4个都在北坡乡，要求9月底前完成。
二、下步要求
（一）县委常委、副县长常毅然负责尾矿库治理和废渣利用，每半月到现场调度一次。水源地规范化建设由副县长梅承志包抓，要求10月底前全面完成。
（二）各乡镇每月5日前报送进展。
"""

PETITIONS = """清河市信访举报件办理清单
受理编号	反映问题	是否属实	整改情况	责任单位	办结时限
Q-01	福源木器厂夜间冒黑烟	不属实	现场核查为水汽，监测达标	市生态环境局	2025年6月25日
Q-02	金滩采砂船破坏河道	属实	扣押船只2艘，罚款18万元	市水务局	2025年9月30日
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    assistant = offices.opened_on(PLAN, tmp_path_factory.mktemp("plan"))
    return lambda question: offices.ask(assistant, question, dt.date(2025, 5, 1))


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    assistant = offices.opened_on(REPORT, tmp_path_factory.mktemp("report"))
    return lambda question: offices.ask(assistant, question, dt.date(2025, 5, 1))


@pytest.fixture(scope="module")
def petitions(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    assistant = offices.opened_on(PETITIONS, tmp_path_factory.mktemp("petitions"))
    return lambda question: offices.ask(assistant, question, dt.date(2025, 7, 1))


@pytest.mark.parametrize("question", ["焦文远县长牵头煤渣，对吧？", "煤渣是焦文远负责的吧"])
def test_the_thing_and_not_the_person_claimed_decides_what_is_meant(
    plan: Ask, question: str
) -> None:
    text = plan(question).text
    assert "责任领导不包括焦文远" in text
    assert text.index("不包括") < text.index("石敬安")


def test_a_claim_that_is_so_is_not_denied(plan: Ask) -> None:
    text = plan("焦文远管地下水，对吧").text
    assert "焦文远" in text
    assert "不包括" not in text


@pytest.mark.parametrize(
    "question", ["县水利局牵头啥、又参与啥", "县水利局牵头、配合的各是啥", "县水利局涉及哪几件，什么身份"]
)  # fmt: skip
def test_what_a_body_has_in_each_of_its_roles_is_listed_with_the_role(
    plan: Ask, question: str
) -> None:
    text = plan(question).text
    assert "共2" in text
    assert "| 西沟煤渣露天堆存 | 配合单位 |" in text
    assert "| 灌区地下水超采 | 牵头单位 |" in text


def test_one_role_asked_for_is_that_role_alone(plan: Ask) -> None:
    assert "煤渣" not in plan("县水利局牵头的有哪些").text


def test_a_sentence_may_name_the_leader_that_no_task_has(report: Ask) -> None:
    answer = report("尾矿库是哪位县领导盯着，多久去一趟")
    assert not answer.refused
    assert "常毅然负责尾矿库治理" in answer.text
    assert "每半月" in answer.text


def test_a_limit_that_a_later_sentence_sets_otherwise_is_told_with_the_first(report: Ask) -> None:
    text = report("乡镇水源地规范化几月底前要弄完").text
    assert "9月底前" in text
    assert "10月底前" in text
    assert "写法不同" in text or "写法不一致" in text


@pytest.mark.parametrize("question", ["福源木器厂冒黑烟罚了多少", "Q-01办结时限是哪天"])
def test_what_was_found_not_to_be_so_is_always_told(petitions: Ask, question: str) -> None:
    assert "不属实" in petitions(question).text


def test_nothing_of_the_kind_is_told_of_what_is_so(petitions: Ask) -> None:
    assert "不属实" not in petitions("Q-02办结时限是哪天").text


def test_the_words_before_a_company_in_a_title_name_no_document(tmp_path: Path) -> None:
    notice = (
        "临山市生态环境局东桥分局关于责令临山市宏锦表面处理有限公司限期整改环境问题的通知\n"
        "临山市宏锦表面处理有限公司：\n一、存在问题\n（一）污泥库漏雨。\n（二）台账缺3月份记录。\n"
    )
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    (tmp_path / "notice.txt").write_text(notice, encoding="utf-8")
    assistant = offices.opened(tmp_path)
    text = offices.ask(assistant, "县水利局牵头的环境问题有哪些", dt.date(2025, 5, 1)).text
    assert "灌区地下水超采" in text
