"""Bounds in spoken numbers, and the rows of a table within them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest

from assistant.answer import Answer
from assistant.understanding.spoken_bounds import with_plain_bounds

Ask = Callable[[str], Answer]


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("过百的村", "超过100的村"),
        ("上千户的", "不少于1000户的"),
        ("日排千吨往上的", "日排1000吨以上的"),
        ("两百户以上的", "200户以上的"),
        ("不到百户的", "不到100户的"),
        ("三万吨开外的", "3万吨以上的"),
    ],
)
def test_spoken_bounds_are_written_in_figures(said: str, plain: str) -> None:
    assert with_plain_bounds(said, "") == plain


@pytest.mark.parametrize(
    "said", ["过几天要交的", "三年以上的", "超过三次的", "过百分之五", "半数以上"]
)
def test_times_and_counts_of_times_are_no_bounds_of_rows(said: str) -> None:
    assert with_plain_bounds(said, "") == said


def test_what_the_documents_say_in_words_stays_as_it_is() -> None:
    assert with_plain_bounds("千吨以上的码头", "全市千吨以上码头12座") == "千吨以上的码头"


PLAN = """沙洲镇2025年农村环境整治工作计划
一、主要目标
秸秆综合利用率95%以上，接户600户。
二、各村任务分解
村（社区）\t责任人\t接户数\t秸秆综合利用率\t沟渠清淤（处）
柳浜村\t钱大同\t150户\t96%\t3
东荡村\t沈一鸣\t85户\t95%\t4
新河村\t陆春芳\t210户\t96%\t6
沙洲社区\t俞敏\t—\t—\t1
合计\t\t445户\t—\t14
注：“—”表示不下达该项任务。
三、保障措施
每季度通报一次。
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    assistant = offices.opened_on(PLAN, tmp_path_factory.mktemp("bounds"))
    return lambda question: offices.ask(assistant, question, dt.date(2025, 4, 1))


@pytest.mark.parametrize(
    "question", ["接户数过百的村有几个，加起来几户", "沙洲接户数100户以上的村有哪几个，一共多少户"]
)
def test_rows_within_a_bound_are_counted_and_only_these_are_added(ask: Ask, question: str) -> None:
    text = ask(question).text
    assert "有2个：柳浜村（150户）、新河村（210户）" in text
    assert "360户" in text


def test_rows_of_a_figure_are_picked_by_it(ask: Ask) -> None:
    text = ask("沙洲秸秆要做到96%的是哪几个村").text
    assert "柳浜村（96%）、新河村（96%）" in text
    assert "东荡村（" not in text


def test_the_town_of_a_document_names_no_row_that_only_begins_so(ask: Ask) -> None:
    """沙洲 is the town of the plan, and 沙洲社区 one of its rows."""
    assert "新河村" in ask("沙洲哪个村接户最多").text
    assert "沙洲社区的沟渠清淤为1" in ask("沙洲社区沟渠清淤几处").text
