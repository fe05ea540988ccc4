"""What a figure is of that the question gives, and figures of another year than the one asked about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import offices
import pytest

from assistant.answer import Answer, Turn

Ask = Callable[[str], Answer]

PLAN = """柳湾区督察整改方案
一、目标
坚持以扬尘管控为主线；2025年完成8家企业治理。到2026年，全区PM2.5年均浓度控制在41微克/立方米以内。
二、任务清单
问题一：砂石堆场扬尘。堆场年中转能力62万吨，实际中转不足35万吨。
牵头单位：区交通局
完成时限：2026年6月底
问题二：尾水超标。东桥站出入境浓度比值为1.87，高于全区0.9的水平，合格率仅为0.4%。
牵头单位：区水务局
完成时限：2026年12月底
整改措施：新购吸污车17辆，清掏雨水井6200余座。
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    assistant = offices.opened_on(PLAN, tmp_path_factory.mktemp("plan"))
    return lambda question: offices.ask(assistant, question, dt.date(2025, 5, 1))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("62万吨那个是啥", "年中转能力62万吨"),
        ("柳湾方案里35万吨指什么", "不足35万吨"),
        ("1.87是什么数", "浓度比值为1.87"),
        ("0.4%说的是什么", "合格率仅为0.4%"),
        ("17辆是什么车", "吸污车17辆"),
        ("6200余座是什么", "雨水井6200余座"),
    ],
)
def test_a_figure_is_told_by_the_sentence_that_has_it(ask: Ask, question: str, told: str) -> None:
    answer = ask(question)
    assert not answer.refused
    assert told in answer.text
    assert len(answer.citations) == 1


@pytest.mark.parametrize("question", ["63万吨是啥", "7辆是什么车", "1.8是什么数"])
def test_a_figure_that_is_only_part_of_another_is_not_told(ask: Ask, question: str) -> None:
    assert "共1处" not in ask(question).text


def test_what_another_document_does_not_measure_is_said_to_be_missing(
    tmp_path: Path,
) -> None:
    notice = "桃溪区整改通报\n一、进展\n桃溪区清理河道垃圾120吨。\n二、要求\n各镇加强巡查，改善水质目标。\n"
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    (tmp_path / "notice.txt").write_text(notice, encoding="utf-8")
    assistant = offices.opened(tmp_path)
    history = (Turn("user", "柳湾PM2.5目标"), Turn("assistant", "控制在41微克/立方米以内。"))
    answer = assistant.answer("那桃溪", history, dt.date(2025, 5, 1))
    assert answer.refused
    assert "关于“PM2.5”的内容" in answer.text


@pytest.mark.parametrize("question", ["2025年PM2.5目标是多少", "柳湾2025年PM2.5要控制到多少"])
def test_a_figure_of_another_year_is_said_to_be_that(ask: Ask, question: str) -> None:
    text = ask(question).text
    assert "没有写明2025年的数，下面是2026年的" in text
    assert "41微克" in text


def test_a_figure_of_the_year_asked_about_needs_no_remark(ask: Ask) -> None:
    assert "没有写明" not in ask("2026年PM2.5目标是多少").text
