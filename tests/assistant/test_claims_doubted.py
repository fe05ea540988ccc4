"""Figures and limits that a question has confirmed, and answers that the next question doubts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest

from assistant.answer import Answer, Turn
from assistant.app import Assistant

Ask = Callable[..., Answer]

PLAN = """柳湾区督察整改方案
一、目标
到2026年，全区PM2.5年均浓度控制在41微克/立方米以内，断面优良比例稳定在60%。
二、任务清单
问题一：东风渠黑臭反弹。
责任领导：石敬安
牵头单位：区水务局
完成时限：2026年6月底
问题二：散煤复燃。各街道收缴散煤3.4吨。
责任领导：焦文远
牵头单位：区商务局
完成时限：2026年12月底
整改措施：新桥污水处理厂二期预计2027年底建成投运，处理规模600吨/日。罚没煤炉52台。
问题三：露天焚烧火点多。2025年通报火点61个，同比上涨35%。巡查发现火点208个。
责任领导：焦文远
牵头单位：区生态环境局
完成时限：2026年9月底
问题四：煤炉名录不清。去年印发的煤炉名录漏登18户。
责任领导：焦文远
牵头单位：区生态环境局
完成时限：2026年9月底
柳湾区人民政府
2025年11月3日
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return offices.opened_on(PLAN, tmp_path_factory.mktemp("plan"))


@pytest.fixture(scope="module")
def ask(assistant: Assistant) -> Ask:
    def asked(question: str, before: str = "", answered: str = "") -> Answer:
        history = [Turn("user", before)] if before else []
        if before:
            text = answered or assistant.answer(before, (), dt.date(2026, 1, 5)).text
            history.append(Turn("assistant", text))
        return assistant.answer(question, history, dt.date(2026, 1, 5))

    return asked


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("新桥污水处理厂二期规模是6000吨吗", "6000吨"),
        ("PM2.5目标是38对不对", "38"),
        ("散煤收缴了34吨是吧", "34吨"),
        ("散煤收缴了34吨?", "34吨"),
    ],
)
def test_the_figure_denied_is_what_was_claimed_without_particles(
    ask: Ask, question: str, figure: str
) -> None:
    assert f"提问中的{figure}与文件不符" in ask(question).text


def test_a_figure_that_is_another_indicator_s_is_denied(ask: Ask) -> None:
    assert "提问中的60与文件不符" in ask("PM2.5目标是60吗").text
    assert "不符" not in ask("PM2.5目标是41吗").text


@pytest.mark.parametrize("claim", ["2026年底建成吧", "是2026年底建成,对吧", "2026年底就能用吧"])
def test_a_limit_that_is_not_the_document_s_is_denied(ask: Ask, claim: str) -> None:
    text = ask(f"新桥污水处理厂二期{claim}").text
    assert text.startswith("不是2026年底")
    assert "2027年底" in text.split("\n")[0]


def test_a_limit_that_is_so_is_not_denied(ask: Ask) -> None:
    assert "不是" not in ask("新桥污水处理厂二期2027年底建成吧").text


def test_the_limit_claimed_of_a_task_is_held_against_its_own(ask: Ask) -> None:
    assert "的时限是2026年6月底，不是2026年12月" in ask("东风渠2026年12月完成吧").text


@pytest.mark.parametrize(
    "doubt", ["你确定?我记得是26年12月", "不对吧,不是2026年12月吗", "真的吗?应该是2026年12月吧"]
)
def test_a_doubt_is_judged_by_the_task_that_was_asked_about(ask: Ask, doubt: str) -> None:
    text = ask(doubt, "东风渠那条什么时候到期").text
    assert "的时限是2026年6月底，不是2026年12月" in text
    assert "散煤" not in text


def test_a_body_that_is_thought_to_lead_is_denied(ask: Ask) -> None:
    text = ask("不对吧,不是水务局吗", "散煤那条谁牵头").text
    assert "牵头单位不包括" in text
    assert "区商务局" in text


@pytest.mark.parametrize("doubt", ["你确定吗", "不对吧,你再翻翻原文", "再核实一下"])
def test_what_is_doubted_is_asked_anew_and_not_what_was_answered_wrongly(
    ask: Ask, doubt: str
) -> None:
    text = ask(doubt, "东风渠那条谁牵头", "由区商务局牵头散煤复燃。").text
    assert "区水务局" in text
    assert "区商务局" not in text


@pytest.mark.parametrize("claim", ["是2024年印发的吧", "是2024年发的,对吗"])
def test_the_day_claimed_of_a_document_is_held_against_its_own(ask: Ask, claim: str) -> None:
    text = ask(f"柳湾区这份方案{claim}").text
    assert text.startswith("不是2024年")
    assert "2025年11月3日" in text


def test_the_day_of_what_a_document_tells_of_is_not_its_own(ask: Ask) -> None:
    assert "成文日期" not in ask("柳湾区的煤炉名录是2024年印发的吧").text


def test_a_change_that_the_text_states_is_not_reckoned_from_other_figures(ask: Ask) -> None:
    text = ask("火点多少个,比去年涨了多少").text
    assert "由督办计算" not in text
    assert "同比上涨35%" in text


def test_a_list_is_headed_by_the_document_s_own_name_of_a_body(ask: Ask) -> None:
    assert "牵头单位：区生态环境局" in ask("环保局牵头的任务有哪些").text
