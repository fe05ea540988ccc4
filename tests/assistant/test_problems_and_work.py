"""What is wrong in a place by the descriptions that name it, and all that a body has to do however it is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest

from assistant.answer import Answer, Turn
from assistant.app import Assistant

Ask = Callable[[str], Answer]

TODAY = dt.date(2026, 5, 1)
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
三、黑水渠污染反弹
渠水发黑。
区级领导负责人：周远
牵头单位：区生态环境局
责任单位：区生态环境局，西岗镇人民政府
整改时限：2026年9月底
整改措施：
（一）查明排口。（责任单位：区生态环境局）
（二）清理沿岸垃圾。（责任单位：西岗镇人民政府）
（三）每月化验一次。（责任单位：区生态环境局）
（四）定期补水。（责任单位：区生态环境局、西岗镇人民政府）
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return offices.opened_on(PLAN, tmp_path_factory.mktemp("plan"))


@pytest.fixture
def ask(plan: Assistant) -> Ask:
    return lambda question: offices.ask(plan, question, TODAY)


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


MEASURES = ["查明排口", "清理沿岸垃圾", "每月化验一次", "定期补水"]


@pytest.mark.parametrize("question", ["黑水渠怎么治", "黑水渠怎么整改", "黑水渠的问题打算怎么处理"])
def test_how_the_thing_of_one_task_is_dealt_with_are_all_its_measures(
    ask: Ask, question: str
) -> None:
    told = ask(question).text
    places = [told.find(one) for one in MEASURES]
    assert places == sorted(places)
    assert places[0] > 0


@pytest.mark.parametrize("question", ["西岗镇呢", "西岗干哪几条"])
def test_a_body_that_is_asked_next_has_its_own_of_them(plan: Assistant, question: str) -> None:
    before = offices.ask(plan, "黑水渠怎么治", TODAY)
    history = (Turn("user", "黑水渠怎么治"), Turn("assistant", before.text))
    answer = offices.ask(plan, question, TODAY, history)
    offices.assert_told(answer, ("清理沿岸垃圾", "定期补水"), ("查明排口", "每月化验一次"))


@pytest.mark.parametrize(
    "question", ["哪几个村被点名有焚烧秸秆痕迹", "哪些镇被点名焚烧秸秆", "哪些村因为焚烧秸秆被通报"]
)
def test_which_places_were_named_for_something_is_told_by_the_description(
    ask: Ask, question: str
) -> None:
    offices.assert_told(
        ask(question), ["石桥镇柳湾村、高塘镇有焚烧秸秆痕迹"], ["每日巡查", "台账填写不全"]
    )
