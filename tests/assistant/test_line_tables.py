"""Questions about a task list copied from a web page with every cell on a line of its own, through the real store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest
from offices import opened_on

from assistant.answer import Answer

TODAY = dt.date(2026, 2, 10)
Ask = Callable[[str], Answer]
NOTICE = """松河县生态环境保护督察整改工作领导小组办公室
关于省级督察反馈问题整改任务（第二批）完成情况的公示

来源：松河县人民政府网站　　发布日期：2026-02-02

现将第二批4项整改任务的完成情况予以公示。

整改任务完成情况表
任务编号
整改任务
牵头单位
配合单位
督导县领导
承诺时限
完成情况
第1项
拆除沙坝河非法码头
县交通局
县水利局、河口镇
副县长韩立秋
2025年6月底
拆除码头9处，2025年5月通过验收。
第4项
整治石林湖养殖尾水
县农业农村局
各乡镇
县委常委、副县长吴亚东
2025年12月底
尚有3户未退出。
第7项
补齐垃圾处理能力短板
县城管局
县发改局
副县长韩立秋
2026年6月底
中转站已建成。
第8项
治理三岔口废弃矿洞涌水
县自然资源局
县生态环境局
副县长吴亚东
2026年9月底
已封堵2个矿洞。

有关说明
1.逾期的任务，由牵头单位于2026年3月15日前提交延期方案。

松河县督察整改领导小组办公室
2026年2月2日
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    copied = opened_on(NOTICE, tmp_path_factory.mktemp("copied"))
    return lambda question: offices.ask(copied, question, TODAY)


def test_fields_of_a_row_are_told_with_their_own_row(ask: Ask) -> None:
    answer = ask("石林湖养殖尾水由谁牵头？")
    assert "县农业农村局" in answer.text
    (row,) = answer.citations
    assert row.quote.startswith("第4项\n整治石林湖养殖尾水\n县农业农村局\n")
    assert "吴亚东" in ask("三岔口废弃矿洞涌水由哪位县领导督导？").text
    assert "2026年9月底" in ask("三岔口废弃矿洞涌水的完成时限是什么时候？").text


def test_rows_are_listed_and_counted(ask: Ask) -> None:
    listed = ask("韩立秋督导哪些任务？").text
    assert "拆除沙坝河非法码头" in listed
    assert "补齐垃圾处理能力短板" in listed
    assert "石林湖" not in listed
    assert "4" in ask("一共有几项整改任务？").text


def test_the_text_below_the_table_is_found(ask: Ask) -> None:
    answer = ask("延期方案由谁提交？")
    assert "由牵头单位于2026年3月15日前提交延期方案" in answer.text
