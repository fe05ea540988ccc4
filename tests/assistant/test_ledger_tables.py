"""Questions about ledgers of several pasted tables, asked of tests/data/ledgers through the real store.

What stands in the rows, with the cells that are merged with the ones above, was counted and added up by hand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import offices
import pytest
from offices import opened

from assistant.answer import Answer
from assistant.app import Assistant

DOCUMENTS = Path(__file__).parents[1] / "data" / "ledgers"
TODAY = dt.date(2026, 5, 12)
Ask = Callable[[str], Answer]


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return opened(DOCUMENTS)


@pytest.fixture
def ask(assistant: Assistant) -> Ask:
    return lambda question: offices.ask(assistant, question, TODAY)


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        # The leader of a merged cell counts for each of its rows.
        ("云汀区沈立农包保了哪些问题？", ["共4项", "A01", "A02", "A05", "A06"], ["A03"]),
        # Which table is meant, by its title.
        ("云汀热线工单还没办结的有哪些", ["共2项", "H006", "H008"], ["A01", "V-01"]),
        ("云汀督察反馈问题里未启动的有哪些", ["共2项", "A03", "A10"], ["V-04"]),
        # Values of any column, and all but one.
        ("云汀哪些企业用活性炭吸附？", ["共3项", "V-02", "V-03", "V-05"], ["V-01"]),
        ("云汀热线工单里不满意的是哪几件", ["共2项", "H004", "H009"], ["H001"]),
        ("东篱成因里有淤积的是哪几条水体？", ["共2项", "县城东沟", "上塘支流"], ["龙脊坑"]),
        ("云汀杜湖街道的督察反馈问题有哪些？", ["共4项", "A03", "A04", "A08", "A09"], []),
        ("云汀哪些工单最后罚了款", ["共3项", "罚款3万元", "罚款5000元"], ["H003"]),
        ("云汀2月份受理的热线工单有几件", ["共2件", "H003", "H004"], ["H005"]),
        # Sums over such rows.
        ("云汀化工行业的治理企业有几家？年排放量加起来多少吨", ["共3项", "139.5吨"], []),
        ("云汀挥发性有机物台账里除了化工，其余企业年排放量合计多少？", ["共5项", "52.4吨"], []),
        ("东篱最长的黑臭水体是哪条", ["上塘支流", "4.6公里"], []),
        # Rows counted by the values of a column.
        (
            "云汀热线工单里水、大气、噪声各几件？",
            ["| 水 | 3项", "| 大气 | 4项", "| 噪声 | 2项"],
            [],
        ),
        # A part that is asked for behind the whole.
        ("云汀省督察来的问题有几个，完成了几个", ["共3项", "共1项", "A07"], []),
        # A row by its code, and a cell from the row above.
        ("云汀V-03由哪个单位监管？在哪个镇街？", ["区生态环境分局", "栗溪镇（同上一行）"], []),
        ("云汀H006怎么处理的", ["处置结果为监测中"], []),
        # What remains to be paid.
        ("云汀渣场防渗项目还有多少钱没付？", ["1140万元"], []),
        # Rows of a table of money, which are no tasks.
        (
            "云汀资金台账里总投资最高和最低的各是哪个项目",
            ["杜湖生态修复（5300万元）", "铸造园封闭改造（860万元）"],
            [],
        ),
        ("云汀资金台账里还没开工的是哪个项目", ["杜湖生态修复"], ["V-04"]),
        ("云汀资金台账“已支付”的合计数算得对吗", ["2270万元", "一致"], ["不一致"]),
        (
            "云汀资金台账里总投资超过2000万的项目有哪些，加起来多少",
            ["有2个", "7750万元"],
            ["10390万元"],
        ),
        ("云汀区级资金比中央资金多的是哪些项目", ["铸造园封闭改造（860万元）"], ["错混接"]),
    ],
)
def test_a_ledger_is_asked_by_its_tables_and_columns(
    ask: Ask, question: str, said: list[str], unsaid: list[str]
) -> None:
    text = ask(question).text
    assert [one for one in said if one not in text] == []
    assert [one for one in unsaid if one in text] == []


def test_a_list_names_the_bodies_of_each_row_beside_its_own_columns(ask: Ask) -> None:
    text = ask("东篱重度黑臭的是哪些水体").text
    assert "| 1 | 县城东沟 | 方克俭 | 县住建局 | 重度 |" in text


def test_a_merged_cell_is_cited_where_it_stands(ask: Ask) -> None:
    answer = ask("云汀餐饮油烟投诉集中这条，责任单位是谁、包保领导是谁？")
    assert "区城管局" in answer.text
    assert "罗启山" in answer.text
    assert any("罗启山" in cited.quote for cited in answer.citations)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "云汀VOCs台账的小计和实际对得上吗？",
            ["不一致", "“治理中”写明4，逐行计数3项", "V-05（未完成）"],
        ),
        ("云汀台账一的共计和逐行数出来的一致吗", ["“已销号”写明3，逐行计数3项"]),
        ("东篱黑臭水体清单合计写的条数跟表里列的一样吗", ["写明7，逐行计数6项，不一致"]),
        ("云汀VOCs企业里治理中的有哪些", ["共3项", "表下写明“治理中”4项", "不一致"]),
    ],
)
def test_a_line_that_sums_up_is_set_against_the_rows(
    ask: Ask, question: str, said: list[str]
) -> None:
    text = ask(question).text
    assert [one for one in said if one not in text] == []


def test_what_another_table_says_of_a_row_is_told_with_it(ask: Ask) -> None:
    text = ask("云汀葛坪石膏矿渣场淋溶水外排的包保领导是谁？工程谁来建设？").text
    assert "“渣场防渗”：建设单位为区自然资源局" in text
