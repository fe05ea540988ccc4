"""Tasks by what a field of theirs says, and by a source or a limit that no event is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest

from assistant.answer import Answer

Ask = Callable[[str], Answer]

LEDGER = """沅岭区2025年生态环境问题整改台账
序号	问题来源	问题	整改目标	牵头单位	配合单位	完成时限	进展/备注
1	自查发现	排口标识牌缺失	水质稳定达标	区水务局	各街道、镇	2025年7月底	已销号
2	自查发现	固废台账不规范	台账齐全	区生态环境局	桥西镇	2025年10月底	新发现2处，正在改
3	群众举报	砂场扬尘	降尘稳定下降	区交通局	桥西镇、区水务局	力争2025年底前，并长期坚持	长期坚持有难度
4	群众举报	夜市油烟	不再投诉	区城管局	区水务局	2025年10月底	已发现苗头3起
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    assistant = offices.opened_on(LEDGER, tmp_path_factory.mktemp("fields"))
    return lambda question: offices.ask(assistant, question, dt.date(2025, 10, 15))


@pytest.mark.parametrize(
    ("question", "there", "not_there"),
    [
        ("完成时限一栏带“力争”的有几个", ["砂场扬尘"], ["夜市油烟"]),
        ("整改目标里写着“稳定”的有哪些", ["标识牌", "砂场"], ["夜市油烟"]),
        ("进展那栏写了“长期坚持”的有几个问题", ["砂场"], ["标识牌"]),
        # A source, and no event that the remarks tell of.
        ("自查发现的有几项", ["标识牌", "固废台账"], ["砂场", "夜市"]),
        # A limit, and no event either.
        ("完成时限写的就是这个月底的有哪几条", ["固废台账", "夜市油烟"], ["砂场", "标识牌"]),
        ("区水务局配合的有几项", ["砂场", "夜市"], ["固废台账"]),
    ],
)
def test_the_tasks_of_which_a_field_says_it(
    ask: Ask, question: str, there: list[str], not_there: list[str]
) -> None:
    text = ask(question).text
    assert f"共{len(there)}" in text
    for title in there:
        assert title in text
    for title in not_there:
        assert title not in text


def test_a_town_cooperates_by_its_name_and_by_the_group_it_is_in(ask: Ask) -> None:
    text = ask("桥西镇配合的有几项").text
    assert "共2项（配合单位：桥西镇）" in text
    assert "另有1项以“各街道、镇”等统称涉及桥西镇" in text
