"""Lists whose rows are firms: which of them, and how many, by place, table, body and limit.

The notice is made up; what is expected was worked out by hand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from offices import ask as put
from offices import opened_on

from assistant.answer import Answer

TODAY = dt.date(2026, 3, 2)
Ask = Callable[[str], Answer]

NOTICE = """关于印发《松坪县2026年涉气企业治理任务清单》的通知

各有关企业：
现印发给你们，请抓好落实。
表1 涂装企业废气治理任务
序号\t企业名称\t所在镇\t治理内容\t完成时限\t监管责任单位
1\t松坪铸造厂\t河口镇\t集气罩改造\t2026年5月31日\t县生态环境分局
2\t恒远木业公司\t西岭镇\t更换活性炭\t2026年8月31日\t县工信局
3\t鼎新家具厂\t河口镇\t喷漆房密闭\t2026年10月31日\t县工信局
注：1.序号1企业须错峰生产。
表2 锅炉改造任务
序号\t企业名称\t所在镇\t设备\t改造要求\t完成时限\t牵头部门\t配合部门
1\t松坪热力公司\t河口镇\t燃煤锅炉1台\t关停备用\t2026年10月15日\t县住建局\t县发改局
2\t西岭砖厂\t西岭镇\t隧道窑1座\t脱硫提标\t2026年12月31日\t县市场监管局\t县工信局
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    assistant = opened_on(NOTICE, tmp_path_factory.mktemp("firms"))
    return lambda question: put(assistant, question, TODAY)


@pytest.mark.parametrize(
    ("question", "firms"),
    [
        ("河口镇有哪几家企业要治理", {"松坪铸造厂", "鼎新家具厂", "松坪热力公司"}),
        ("河口镇的企业有几家", {"松坪铸造厂", "鼎新家具厂", "松坪热力公司"}),
        ("表1里河口镇的企业有几家", {"松坪铸造厂", "鼎新家具厂"}),
        ("西岭镇有哪些企业", {"恒远木业公司", "西岭砖厂"}),
        ("表1里10月份到期的有谁家", {"鼎新家具厂"}),
        ("10月份到期的有哪几家企业", {"鼎新家具厂", "松坪热力公司"}),
    ],
)
def test_firms_are_listed_by_what_stands_in_their_rows(
    ask: Ask, question: str, firms: set[str]
) -> None:
    every = {"松坪铸造厂", "恒远木业公司", "鼎新家具厂", "松坪热力公司", "西岭砖厂"}
    text = ask(question).text
    assert {one for one in every if one in text} == firms
    assert f"共{len(firms)}项" in text


def test_a_firm_is_told_the_body_and_the_limit_of_its_own_table(ask: Ask) -> None:
    assert "县住建局" in ask("松坪热力公司的锅炉谁牵头").text
    assert "2026年12月31日" in ask("西岭砖厂什么时候完成").text
