"""A ledger with a table that sums it up: its rows are told by the tasks, and what share of them is in a state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest

from assistant.answer import Answer

Ask = Callable[[str], Answer]

LEDGER = """石梁县环境问题整改台账（截至2025年7月31日）
编号|来源|问题|整改要求|责任单位|时限|状态|进展
S1|省督察|双河桥污水直排|封堵直排口6个|县住建局|2025年6月30日|已完成|6月20日封堵完毕
S2|省督察|老窑湾矿坑积水|抽排积水并回填|县自然资源局|2025年9月30日|推进中|已抽排一半
S3|省督察|东风砖厂粉尘|安装除尘设施1套|县工信局|2025年5月31日|滞后|设备未到货
S4|省督察|垃圾站臭味|加装除臭设备|县城管局|2025年10月31日|推进中|正在招标
S5|信访|夜市油烟|安装净化器12台|县城管局|2025年6月30日|已完成|已安装
S6|信访|水泥厂噪声|加装隔声罩|县工信局|2025年8月31日|推进中|已下单
S7|市检查|猪场粪污外溢|建堆粪场2座|县农业农村局|2025年7月15日|滞后|建成1座
S8|市检查|工地裸土|覆盖裸土2万平方米|县住建局|2025年4月30日|已完成|4月覆盖

分来源汇总
来源|件数|已完成|推进中|滞后
省督察|4|1|2|1
信访|2|1|1|0
市检查|2|1|0|1
合计|8|3|3|2
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    assistant = offices.opened_on(LEDGER, tmp_path_factory.mktemp("shares_of_states"))
    return lambda question: offices.ask(assistant, question, dt.date(2025, 8, 1))


@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("石梁台账里滞后的占全部的百分之多少", "全部8项中的2项，占25%"),
        ("推进中的占几成", "全部8项中的3项，占37.5%"),
        ("省督察的问题里办完的占多少", "4项中的1项，占25%"),
        ("信访来的占全部的百分之几", "全部8项中的2项，占25%"),
        ("省督察没完成的占全部的百分之几", "全部8项中的3项，占37.5%"),
    ],
)
def test_a_state_is_a_share_of_all_or_of_those_named(ask: Ask, question: str, share: str) -> None:
    assert share in ask(question).text


@pytest.mark.parametrize(
    ("question", "rows", "others"),
    [
        ("省督察的几件都啥情况", ["S1", "S2", "S3", "S4"], ["S5", "S7"]),
        ("信访的问题有几个办完了，是哪个", ["S5", "夜市油烟"], ["S6"]),
        ("省督察没完成的有几件", ["S2", "S3", "S4"], ["S1"]),
    ],
)
def test_how_far_things_are_is_told_by_their_rows(
    ask: Ask, question: str, rows: list[str], others: list[str]
) -> None:
    text = ask(question).text
    assert all(one in text for one in rows)
    assert not any(one in text for one in others)


def test_a_column_of_the_table_is_still_told_by_it(ask: Ask) -> None:
    assert "件数为4" in ask("省督察的件数是多少").text
