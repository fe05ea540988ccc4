"""One thing of a task is asked about: who does it, by when, how much of it, and the same of the thing beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from offices import ask_in_turn, assert_told, opened_on

from assistant.answer import Answer

TODAY = dt.date(2026, 3, 10)
PLAN = """云岭区关于省生态环境保护督察“回头看”反馈问题整改工作方案

一、整改任务
（一）青石坡采石场修复滞后
1.问题表述：云坪镇青石坡、黑石湾2处废弃采石场混填固废约3500吨。
2.责任领导：副区长　卓平
3.牵头单位：区自然资源局
4.责任单位：云坪镇政府
5.验收单位：区生态环境局
6.整改目标：混填固废全部清理。
7.整改措施：
①2026年2月底前，区排水管理中心委托第三方完成固废属性鉴别。
②2026年4月底前完成青石坡采石场120亩修复。
③2026年9月底前完成黑石湾采石场75亩修复，搬迁补偿方案由云坪镇政府会同区司法局拟定。
8.整改时限：2026年10月底
（二）信访件办理质量不高
1.问题表述：14件信访件群众不满意。
2.责任领导：副区长　荀仪
3.牵头单位：区信访局
4.责任单位：区城市管理局、区公安局
5.验收单位：区委督查室
6.整改目标：全部回访办结。
7.整改措施：
①餐饮油烟类5件由区城市管理局负责，噪声类6件由区公安局负责。
8.整改时限：2026年12月底
"""
Asked = Callable[..., Answer]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    plan = opened_on(PLAN, tmp_path_factory.mktemp("one_thing"))
    return lambda *questions: ask_in_turn(plan, questions, TODAY)


def test_who_does_one_thing_is_told_by_its_sentence(asked: Asked) -> None:
    assert_told(asked("采石场固废谁来鉴别"), ["区排水管理中心"], ["区自然资源局", "责任单位"])
    assert_told(asked("补偿方案谁来拟"), ["云坪镇政府会同区司法局"], ["牵头单位"])
    # whoever does it at all has the task
    assert_told(asked("青石坡采石场修复谁负责"), ["区自然资源局"], [])


def test_a_step_has_its_own_limit(asked: Asked) -> None:
    said = asked("青石坡采石场修复滞后是谁牵头", "鉴别什么时候做完")
    assert_told(said, ["2026年2月底前"], ["2026年10月底"])
    assert_told(asked("青石坡采石场修复滞后是谁牵头", "什么时候改完"), ["2026年10月底"], [])


@pytest.mark.parametrize(
    ("questions", "said", "unsaid"),
    [
        (["青石坡采石场什么时候修完", "多少亩"], ["120亩"], ["整改时限", "75亩"]),
        (["青石坡采石场什么时候修完", "那黑石湾呢"], ["2026年9月底前"], ["2026年4月"]),
        (["青石坡采石场什么时候修完", "多少亩", "黑石湾呢"], ["75亩"], ["120亩"]),
    ],
)
def test_the_same_is_asked_of_the_thing_beside_it(
    asked: Asked, questions: list[str], said: list[str], unsaid: list[str]
) -> None:
    assert_told(asked(*questions), said, unsaid)


def test_a_body_said_to_do_one_thing_is_put_right_by_its_sentence(asked: Asked) -> None:
    assert_told(asked("噪声那6件归城管局办对吧"), ["不是城管局", "噪声类6件由区公安局负责"], [])
    assert_told(asked("餐饮油烟类5件是公安局办的吧"), ["不是公安局", "由区城市管理局负责"], [])
    assert "不是" not in asked("噪声类6件归区公安局办对吧").text


def test_who_is_said_to_have_a_task_is_checked_by_its_lead(asked: Asked) -> None:
    assert_told(asked("青石坡采石场修复是区信访局负责的吧"), ["不包括区信访局", "区自然资源局"], [])
