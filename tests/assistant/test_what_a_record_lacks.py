"""Roles that a record does not give, and figures that cannot be read by themselves, asked of the real assistant."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import offices
import pytest
from offices import opened_on

from assistant.answer import Answer
from assistant.app import Assistant

PLAN = """松岭县贯彻落实市生态环境保护督察反馈意见整改方案

一、砂石料场扬尘污染
整改目标：12家料场全部封闭。
牵头单位：县自然资源局
责任单位：县住建局、松岭镇人民政府
责任领导：唐志成
整改时限：2026年6月底

二、污水管网破损
整改目标：修复破损管网并通过市级验收。
牵头单位：县住建局
责任单位：县水务公司
责任领导：唐志成
整改时限：2026年12月底

三、进展
滞后的有2个：老城管网（应建30公里，实建18公里）、北山矿坑（应修复90亩，完成40亩）。
各地进展如下，结果报县督察办：
1 松岭镇 23 15 6 65%
2 北山乡 12 10 2 83%
"""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return opened_on(PLAN, tmp_path_factory.mktemp("county"))


def ask(assistant: Assistant, question: str) -> Answer:
    return offices.ask(assistant, question, dt.date(2026, 3, 1))


def test_a_role_that_a_record_does_not_give_is_said_to_be_missing(county: Assistant) -> None:
    answer = ask(county, "砂石料场扬尘那项验收单位是谁")
    assert "文件未写明验收单位" in answer.text
    assert "县自然资源局" in answer.text


def test_what_the_text_says_of_it_is_quoted(county: Assistant) -> None:
    answer = ask(county, "污水管网破损那项谁验收")
    assert "未写明" not in answer.text
    assert "通过市级验收" in answer.text


def test_how_many_and_the_last_of_them_is_all_of_them(county: Assistant) -> None:
    answer = ask(county, "唐志成手里头有几件，最晚的是哪天")
    assert "符合条件的共2件（负责领导：唐志成）" in answer.text


@pytest.mark.parametrize("question", ["北山矿坑差多少亩没修复", "松岭镇进展怎么样"])
def test_no_piece_of_a_bracket_or_of_a_row_is_told_as_a_figure(
    county: Assistant, question: str
) -> None:
    first = ask(county, question).text.split("\n")[0]
    assert first.count("（") == first.count("）")
    assert "松岭县：1" not in first


def test_to_report_for_all_places_is_no_comparison(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.txt").write_text(PLAN, encoding="utf-8")
    (folder / "b.txt").write_text(PLAN.replace("松岭", "石门"), encoding="utf-8")
    both = offices.opened(folder)
    assert "对照如下" not in ask(both, "谁跟各地要进展，结果报给谁").text


@pytest.mark.parametrize(
    ("question", "lacking"),
    [
        ("污水管网修复花了几个亿", "金额"),
        ("砂石料场封闭县里给多少奖补", "金额"),
        ("砂石料场扬尘是谁举报的", "举报人"),
        ("砂石料场扬尘的举报人是谁", "举报人"),
        ("县自然资源局局长助理是谁", "担任该职务的人"),
        ("县住建局副局长是哪位", "担任该职务的人"),
    ],
)
def test_what_no_sentence_shows_is_said_not_to_be_there(
    county: Assistant, question: str, lacking: str
) -> None:
    answer = ask(county, question)
    assert answer.refused
    assert lacking in answer.text.split("\n")[0]


def test_a_neighbour_that_the_documents_do_not_have_is_unknown(county: Assistant) -> None:
    answer = ask(county, "隔壁青石县的污水管网哪天前修完")
    assert answer.refused
    assert "青石县" in answer.text
