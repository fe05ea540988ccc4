"""Tasks by what a ledger tells has happened to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest

from assistant.answer import Answer

Ask = Callable[[str], Answer]

LEDGER = """临湖县生态环境问题整改台账（2025年6月）
序号|问题|责任单位|责任人|整改时限|进展情况|销号情况
1|北港砂场扬尘|县交通运输局|局长 段启明|2025年5月31日|已立案，罚款6万元|整改中
2|红旗塘黑臭|县水利局|局长 廖清|2025年8月31日|清淤3公里|整改中
3|松木厂废气直排|县工信局|副局长 彭越|2025年4月30日|约谈企业负责人2次，罚款3万元|已完成未销号
4|南门市场油烟|县城管局|副局长 温良|2025年3月31日|安装净化器12台|已销号
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    assistant = offices.opened_on(LEDGER, tmp_path_factory.mktemp("events"))
    return lambda question: offices.ask(assistant, question, dt.date(2025, 7, 1))


@pytest.mark.parametrize("question", ["罚过款的有几起", "哪些任务被罚款了", "罚了款的有哪几件"])
def test_what_happened_picks_the_rows_that_tell_it(ask: Ask, question: str) -> None:
    text = ask(question).text
    measure = "起" if "几起" in question else "项"
    assert f"共2{measure}（进展提到“罚款”）" in text
    assert "北港砂场" in text
    assert "松木厂" in text
    assert "红旗塘" not in text


def test_each_event_has_its_own_rows(ask: Ask) -> None:
    text = ask("被约谈的有几家").text
    assert "松木厂" in text
    assert "北港砂场" not in text


def test_a_state_that_says_two_things_is_both(ask: Ask) -> None:
    text = ask("弄完了但还没销号的有哪些").text
    assert "共1项" in text
    assert "松木厂" in text


def test_a_word_that_the_rows_do_not_tell_picks_none(ask: Ask) -> None:
    assert "进展提到" not in ask("被查封的有几家").text
