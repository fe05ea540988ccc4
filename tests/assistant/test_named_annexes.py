"""An annex that is only named answers nothing, and keeps back nothing that the text says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest
from offices import opened_on

from assistant.answer import Answer

TODAY = dt.date(2026, 3, 1)
PLAN = """白河县2026年水污染防治工作方案

一、重点任务

1.整治青柳河排口。对青柳河沿线18个入河排污口“一口一策”整治，9月底前全部完成。（县水务局牵头，河口镇、柳湾镇配合）
2.治理黑臭水体。6月底前完成县城2条黑臭水体治理。（县住建局牵头）

附件：1.白河县2026年入河排污口整治清单
"""
NOTICE = """白河县关于开展河道清理的通知

一、清理范围。全县河道，点位名录见附件2，6月底前清完。
二、责任分工。县水务局牵头，各镇配合。
"""
Ask = Callable[[str], Answer]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    plan = opened_on(PLAN, tmp_path_factory.mktemp("annex"))
    return lambda question: offices.ask(plan, question, TODAY)


def test_who_and_by_when_are_told_from_the_text(ask: Ask) -> None:
    answer = ask("白河入河排污口整治是哪家牵头，哪些镇配合？")
    assert not answer.refused
    assert "县水务局" in answer.text
    assert "河口镇、柳湾镇" in answer.text


def test_what_only_the_annex_would_list_is_refused(ask: Ask) -> None:
    answer = ask("白河入河排污口整治清单里列了哪些排口？")
    assert answer.refused
    assert "仅列出附件名称" in answer.text


def test_the_annexes_themselves_are_listed_with_what_is_missing(ask: Ask) -> None:
    answer = ask("白河2026年水污染防治方案后面挂了几个附件，都叫什么？")
    assert not answer.refused
    assert "有1个附件" in answer.text
    assert "入河排污口整治清单" in answer.text
    assert "只列出名称" in answer.text


def test_an_annex_that_the_text_sends_to_and_that_is_not_there_is_refused(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    notice = opened_on(NOTICE, tmp_path_factory.mktemp("notice"))
    answer = offices.ask(notice, "附件2里一共有几个点位", TODAY)
    assert answer.refused
    assert "点位名录见附件2" in answer.text


TABLED = PLAN.replace(
    "附件：1.白河县2026年入河排污口整治清单",
    "附表1  各镇排口数\n镇|排口数|已封堵\n河口镇|11|6\n柳湾镇|7|2\n说明：排口数指经镇政府核实的排口。\n\n附件：1.排口照片（略）",
)


def test_a_table_that_is_there_is_no_annex_of_its_number(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    plan = opened_on(TABLED, tmp_path_factory.mktemp("tabled"))
    assert "仅列出附件名称" not in offices.ask(plan, "附表1里柳湾镇有几个排口", TODAY).text
    assert offices.ask(plan, "附件1里有几张照片", TODAY).refused


def test_two_cells_of_a_table_that_is_there_are_added_up_for_its_own_place_alone(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    plan = opened_on(TABLED, tmp_path_factory.mktemp("added"))
    own = offices.ask(plan, "附表1里河口镇和柳湾镇的排口加一块多少个", TODAY)
    assert "18" in own.text
    other = offices.ask(plan, "大兴区附表1里河口镇和柳湾镇的排口加一块多少个", TODAY)
    assert other.refused
    assert "18" not in other.text


def test_the_notes_of_an_annex_that_is_there_are_told(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    plan = opened_on(
        f"{TABLED.partition('附件：')[0]}\n附件：1.附表1（各镇排口数）\n",
        tmp_path_factory.mktemp("notes"),
    )
    answer = offices.ask(plan, "附表1的排口数是按什么算的", TODAY)
    assert not answer.refused
    assert "经镇政府核实" in answer.text
