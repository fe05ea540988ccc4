"""Posts that a question gives to the wrong person, asked of the real assistant."""

from __future__ import annotations

import datetime as dt

import offices
import pytest
from offices import opened_on

from assistant.app import Assistant

PLAN = """松岭县贯彻落实省生态环境保护督察反馈意见整改方案

一、组织保障
（一）加强领导。成立县督察整改工作领导小组，县长段志远任组长，常务副县长卢敏、副县长邱振海任副组长。
（二）日常工作。领导小组办公室（以下简称县整改办）设在县生态环境分局，局长贺立群兼任办公室主任。
"""
REMARK = "与文件不符"


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return opened_on(PLAN, tmp_path_factory.mktemp("county"))


def first_line(county: Assistant, question: str) -> str:
    return offices.ask(county, question, dt.date(2026, 3, 1)).text.split("\n")[0]


@pytest.mark.parametrize(
    ("question", "person"),
    [
        ("县整改办主任是卢敏兼的，这么写没毛病吧", "卢敏"),
        ("整改领导小组组长是常务副县长卢敏吧", "卢敏"),
        ("办公室主任是不是邱振海", "邱振海"),
    ],
)
def test_somebody_who_does_not_hold_the_post_is_named_first(
    county: Assistant, question: str, person: str
) -> None:
    assert first_line(county, question) == f"提问中的{person}与文件不符，文件的写法见下。"


@pytest.mark.parametrize(
    "question",
    ["整改领导小组组长是段志远吧", "县整改办主任是贺立群兼的对吧", "卢敏是副组长，没错吧"],
)
def test_who_holds_it_is_not_doubted(county: Assistant, question: str) -> None:
    assert REMARK not in offices.ask(county, question, dt.date(2026, 3, 1)).text
