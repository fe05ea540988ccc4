"""A figure that is asked for and stands nowhere: said to be missing, whatever else the sentences say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest

from assistant.answer import Answer

Ask = Callable[[str], Answer]

PLAN = """石塘镇2025年污染防治工作方案
一、重点任务
（一）机动车污染防治。加油站全部安装油气回收设施，禁止未达标的工程机械入场作业。（镇生态环境办）
（二）黑臭水体治理。持续开展坑塘排查整治，完善长效管护机制。（镇农业农村办）
（三）污水处理。启动东塘污水处理厂及管网建设，处理规模为800吨/日，年底前完成。（镇建设办）
（四）油烟治理。餐饮单位全部安装净化设施。（镇综合执法队）
（五）扬尘治理。新增雾炮车6台。（镇建设办）
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    assistant = offices.opened_on(PLAN, tmp_path_factory.mktemp("plan"))
    return lambda question: offices.ask(assistant, question, dt.date(2025, 3, 1))


@pytest.mark.parametrize("question", ["石塘镇机动车要淘汰多少", "石塘镇黑臭水体一共几条"])
def test_a_figure_that_no_sentence_has_is_missing(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.refused
    assert "没有提供" in answer.text


def test_all_of_them_is_a_figure_of_its_own(ask: Ask) -> None:
    answer = ask("石塘镇多少餐饮单位要装净化设施")
    assert not answer.refused
    assert "餐饮单位全部安装净化设施" in answer.text


def test_a_length_is_not_answered_with_a_capacity(ask: Ask) -> None:
    answer = ask("石塘镇污水管网要建多少公里")
    assert answer.refused
    assert not answer.text.startswith("石塘镇：启动")


def test_a_figure_that_stands_there_is_given(ask: Ask) -> None:
    answer = ask("石塘镇雾炮车要加几台")
    assert not answer.refused
    assert "6台" in answer.text
