"""What is wrong in a place by the descriptions that name it, and all that a body has to do however it is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest

from assistant.answer import Answer

Ask = Callable[[str], Answer]

PLAN = """澜阳区贯落实督察反馈意见整改方案
一、露天焚烧管控不严
巡查力量不足。石桥镇柳湾村、高塘镇有焚烧秸秆痕迹。抽查的台账填写不全。
区级领导负责人：周远
牵头单位：区农业农村局
责任单位：区农业农村局，各镇人民政府
整改时限：2026年6月底
整改措施：
（一）石桥镇每日巡查两次。（责任单位：石桥镇人民政府）
（二）公安澜阳分局设卡检查。（责任单位：公安澜阳分局）
二、石桥镇污水直排
老街未接管网，雨天溢流。
区级领导负责人：周远
牵头单位：区水务局
责任单位：区水务局，石桥镇、白浪镇人民政府
整改时限：2026年12月底
整改措施：
（一）新建管网4公里。（责任单位：区水务局）
（二）石桥镇、白浪镇清掏化粪池。（责任单位：石桥镇、白浪镇人民政府）
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    assistant = offices.opened_on(PLAN, tmp_path_factory.mktemp("plan"))
    return lambda question: offices.ask(assistant, question, dt.date(2026, 5, 1))


@pytest.mark.parametrize(
    "question",
    [
        "石桥镇有什么问题",
        "石桥镇被督察点了哪些问题",
        "石桥镇为啥被点名",
        "石桥镇被点名几次，都因为啥",
        "石桥镇的毛病都有哪些",
    ],
)
def test_the_problems_of_a_place_are_what_descriptions_say_of_it(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert "共2项" in answer.text
    assert "石桥镇柳湾村、高塘镇有焚烧秸秆痕迹" in answer.text
    # The title names it, so that the description is all of it.
    assert "老街未接管网，雨天溢流" in answer.text
    assert "台账填写不全" not in answer.text
    assert "清掏化粪池" not in answer.text
    assert "责任单位" not in answer.text


def test_a_village_is_named_by_itself(ask: Ask) -> None:
    answer = ask("柳湾村出了什么问题")
    assert "共1项" in answer.text
    assert "有焚烧秸秆痕迹" in answer.text


def test_a_body_that_no_description_names_is_told_so_before_its_tasks(ask: Ask) -> None:
    answer = ask("白浪镇有哪些问题")
    assert "没有直接点到白浪镇" in answer.text
    assert "石桥镇污水直排" in answer.text


def test_what_a_place_is_named_for_to_do_are_its_tasks(ask: Ask) -> None:
    answer = ask("点名让石桥镇干啥")
    assert "清掏化粪池" in answer.text
    assert "问题描述" not in answer.text


@pytest.mark.parametrize(
    "question", ["区水务局的活", "区水务局有什么任务", "区水务局的任务", "区水务局要做哪些工作"]
)
def test_the_work_of_a_body_is_the_list_of_its_tasks(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert "共1项" in answer.text
    assert "石桥镇污水直排" in answer.text
    assert "露天焚烧管控不严" not in answer.text


def test_a_body_with_the_place_in_the_middle_of_its_name_is_no_topic(ask: Ask) -> None:
    assert "共1项" in ask("公安澜阳分局要干什么").text


def test_the_measures_of_a_task_have_its_name_once(ask: Ask) -> None:
    lines = [one for one in ask("石桥镇要做哪几件事").text.splitlines() if one.startswith("- ")]
    assert any("每日巡查两次" in one for one in lines)
    assert sum("石桥镇污水直排" in one for one in lines) == 1
