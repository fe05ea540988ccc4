"""What a question takes for granted of a task, and what is said of whether places agree: asked of the real assistant."""

from __future__ import annotations

import datetime as dt

import offices
import pytest
from offices import opened_on

from assistant.answer import Turn
from assistant.app import Assistant

PLAN = """云溪县贯彻落实省生态环境保护督察反馈意见整改方案
一、整改任务
（一）南圩养鸡场臭气扰民。
整改措施：搬迁养鸡场，清运粪污，安装除臭设备。
整改时限：2026年6月底前
责任领导：段志远
牵头单位：县农业农村局
责任单位：南圩镇人民政府、云溪开发区管委会
（二）东关料场扬尘污染。
整改措施：料场全部覆盖，安装喷淋。
整改时限：2026年9月底前
责任领导：卢敏
牵头单位：县住建局
责任单位：东关镇人民政府
（三）散煤治理存在盲区。
整改措施：开展散煤治理“回头看”，取缔违规煤炭堆场。
整改时限：2026年12月底前
责任领导：卢敏
牵头单位：县商务局
二、工作背景
清水河沿线群众多次来信来电。
清水河沿线群众代表参加了座谈会。
"""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return opened_on(PLAN, tmp_path_factory.mktemp("county"))


def told(county: Assistant, question: str, *before: str) -> str:
    roles = ("user", "assistant")
    history = [Turn(roles[place % 2], said) for place, said in enumerate(before)]  # type: ignore[arg-type]
    return offices.ask(county, question, dt.date(2026, 3, 1), history).text


def test_a_person_who_does_not_have_the_task_is_said_before_its_limit(county: Assistant) -> None:
    text = told(county, "段志远负责的料场扬尘那条，什么时限")
    assert "不包括段志远" in text
    assert "责任领导为卢敏" in text
    assert "2026年9月底前" in text


def test_who_does_have_it_is_not_doubted(county: Assistant) -> None:
    assert "不包括" not in told(county, "卢敏负责的料场扬尘那条，什么时限")


def test_whether_the_body_spoken_of_is_among_others_itself(county: Assistant) -> None:
    before = ("南圩养鸡场臭气那个哪个单位牵头", "县农业农村局牵头。")
    text = told(county, "那责任单位里有它自己吗", *before)
    assert "责任单位不包括" in text
    assert "南圩镇人民政府" in text


def test_places_that_tell_no_outcome_are_not_called_agreeing(county: Assistant) -> None:
    """Two sentences that only speak of the same river say nothing in which they could agree."""
    text = told(county, "清水河沿线群众说的前后写得一样吗")
    assert "表述一致" not in text
    assert "清水河" in text


def test_a_thing_that_the_plan_does_not_know_is_not_answered_by_another_task(
    county: Assistant,
) -> None:
    """光伏治理 has nothing but 治理 with the task 散煤治理."""
    answer = offices.ask(county, "云溪光伏治理哪个单位牵头", dt.date(2026, 3, 1))
    assert answer.refused
    assert "牵头单位为" not in answer.text
    assert "县商务局" in told(county, "云溪散煤治理哪个单位牵头")


@pytest.mark.parametrize("question", ["云溪哪几条是罗振宝管的", "罗振宝负责的是哪些"])
def test_a_person_whom_no_document_names_has_no_tasks(county: Assistant, question: str) -> None:
    answer = offices.ask(county, question, dt.date(2026, 3, 1))
    assert answer.refused
    assert "没有提及罗振宝" in answer.text


def test_what_is_to_be_closed_by_a_day_goes_by_its_limit(county: Assistant) -> None:
    text = told(county, "2026年底前云溪该销号的一共几项")
    assert "共3项" in text
    assert "销号日期" not in text
