"""What a body has to do with a task, by whatever name it is called, and what else it has in a role."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest
from offices import opened_on

from assistant.answer import Answer, Turn

Ask = Callable[..., Answer]

PLAN = """楠湖区贯彻落实省督察反馈意见整改方案
二、整改任务
1.海域信访投诉办理不实
责任领导：副区长 桑明
牵头单位：区信访局
配合单位：楠湖生态环境局、区城管局
验收单位：区督查考核办
整改时限：2025年6月底
2.总磷浓度反弹
责任领导：副区长 桑明
牵头单位：区水利局
责任单位：楠湖生态环境局、区农业农村局
验收单位：市水利局
整改时限：2026年12月底
3.建筑垃圾堆存
责任领导：副区长 祖丽
牵头单位：区城管局
配合单位：区海洋渔业局
验收单位：市城管局
整改时限：2025年8月底
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    assistant = opened_on(PLAN, tmp_path_factory.mktemp("roles"))
    day = dt.date(2025, 7, 1)
    return lambda question, *turns: offices.ask(assistant, question, day, turns)


def test_a_body_in_another_role_is_told_with_its_own(ask: Ask) -> None:
    text = ask("信访那条生态局是牵头还是配合").text
    assert "牵头单位不包括生态局" in text
    assert "为配合单位" in text


def test_a_body_called_without_its_place_is_the_one_of_the_list(ask: Ask) -> None:
    text = ask("总磷那条，生态局在里头算什么角色").text
    assert "（文件写作“楠湖生态环境局”）为责任单位" in text
    assert "建筑垃圾" not in text


def test_a_body_is_known_by_its_stem_before_what_it_comes_to_do(ask: Ask) -> None:
    text = ask("市水利来验收的有几项").text
    assert "共1项" in text
    assert "总磷" in text


def test_a_short_name_of_an_office_is_no_typing_error(ask: Ask) -> None:
    # 海鱼 is a word of no document, 海域 of this one.
    answer = ask("海渔局配合哪些")
    assert "建筑垃圾" in answer.text
    assert not answer.notices


def test_who_leads_and_who_accepts_are_two_questions(ask: Ask) -> None:
    text = ask("建筑垃圾谁牵头谁验收").text
    assert "牵头单位为区城管局" in text
    assert "验收单位为市城管局" in text


def test_another_number_is_asked_the_same(ask: Ask) -> None:
    turns = (
        Turn("user", "桑明管的信访那个谁牵头谁验收"),
        Turn("assistant", "区信访局牵头，区督查考核办验收。"),
    )
    text = ask("你说的是问题1吧，我问的是3号那个", *turns).text
    assert "牵头单位为区城管局，验收单位为市城管局" in text


def test_what_it_has_in_another_role_is_listed(ask: Ask) -> None:
    turns = (Turn("user", "城管局牵头哪些"), Turn("assistant", "建筑垃圾堆存。"))
    text = ask("它配合的又有哪条", *turns).text
    assert "信访投诉" in text
    assert "总磷" not in text


@pytest.mark.parametrize("question", ["桑区长分管几个问题，都是啥", "桑副区长名下有哪些"])
def test_a_leader_called_by_surname_and_post_is_the_one_of_the_list(
    ask: Ask, question: str
) -> None:
    text = ask(question).text
    assert "共2项（负责领导：桑明）" in text
    assert "建筑垃圾" not in text


def test_nobody_of_another_post_is_meant(ask: Ask) -> None:
    assert "桑明" not in ask("桑主任分管哪些").text.split("\n")[0]


def test_what_a_body_leads_needs_no_more_words(ask: Ask) -> None:
    text = ask("区水利局在方案里牵头啥").text
    assert "共1项" in text
    assert "总磷" in text


def test_a_body_of_another_level_is_not_that_of_the_list(ask: Ask) -> None:
    answer = ask("哪些是市农业农村局负责的")
    assert answer.refused
    assert "（责任单位：市农业农村局）" in answer.text


def test_a_body_with_no_part_in_a_task_is_told_to_have_none(ask: Ask) -> None:
    text = ask("总磷浓度反弹那个问题，城管局是什么角色").text
    assert "中都没有城管局" in text
    assert "牵头单位为区水利局" in text
