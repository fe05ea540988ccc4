"""A question about what no document names is refused by that name, and not answered from another place."""

from __future__ import annotations

import datetime as dt

import offices
import pytest

from assistant.app import Assistant

TODAY = dt.date(2025, 9, 1)

PLAN = """柳湾县贯彻落实省生态环境保护督察反馈意见整改方案

一、双桥镇污水处理厂超负荷运行
整改目标：2025年底前日处理能力由0.5万吨提高到1万吨。
牵头单位：县住房城乡建设局
责任单位：双桥镇人民政府
责任领导：副县长陶书岑
整改时限：2025年12月底前
整改措施：2025年9月底前完成扩建工程主体施工。

二、澄江钢铁厂无组织排放
整改目标：2025年10月底前完成料场全封闭。
牵头单位：县生态环境分局
责任单位：澄江钢铁有限公司
责任领导：副县长闻人朔
整改时限：2025年10月底前
整改措施：料场建成封闭大棚，出入口安装自动感应门。

柳湾县人民政府
2025年3月20日
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return offices.opened_on(PLAN, tmp_path_factory.mktemp("unknown_names"))


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("枫渚的污水处理厂什么时候扩完", "枫渚"),
        ("那枫渚哪些任务逾期了", "枫渚"),
        ("污水处理厂什么时候扩完，枫渚", "枫渚"),
        ("李村的污水站谁管", "李村"),
        ("永定河今年达标没", "永定河"),
        ("大黄堡湿地有任务吗", "大黄堡湿地"),
        ("东升热电厂料场封闭到几号", "东升热电厂"),
        ("孟凡舟管哪几件事", "孟凡舟"),
    ],
)
def test_what_begins_with_a_name_of_nobodys_is_refused(
    assistant: Assistant, question: str, name: str
) -> None:
    answer = offices.ask(assistant, question, TODAY)
    assert answer.refused
    assert name in answer.text
    assert "2025年" not in answer.text


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("截至8月底枫渚台账一共销了几项", "枫渚"),
        ("料场封闭这件事是周卫东负责吗", "周卫东"),
        ("扩建工程主体是沙洼村自己弄吗", "沙洼村"),
        ("料场大棚是永固包装搭的吗", "永固包装"),
        ("污水处理厂扩完归云浦市管吗", "云浦"),
    ],
)
def test_one_within_a_question_is_too(assistant: Assistant, question: str, name: str) -> None:
    answer = offices.ask(assistant, question, TODAY)
    assert answer.refused
    assert name in answer.text


@pytest.mark.parametrize("thing", ["餐饮船", "发酵池", "脱硫塔"])
def test_what_is_built_and_nowhere_is_not_answered_by_what_is_like_it(
    assistant: Assistant, thing: str
) -> None:
    answer = offices.ask(assistant, f"那几个{thing}由谁牵头，哪天前完成", TODAY)
    assert answer.refused
    assert thing in answer.text


def test_a_town_with_one_character_of_a_known_one_is_another(assistant: Assistant) -> None:
    answer = offices.ask(assistant, "双洲污水处理厂什么时候扩完", TODAY)  # not 双桥镇
    assert answer.refused
    assert "双洲" in answer.text


def test_one_that_follows_is_too(assistant: Assistant) -> None:
    answer = offices.ask_in_turn(assistant, ["双桥镇污水处理厂谁牵头", "那枫渚呢"], TODAY)
    assert answer.refused


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("澄钢料场封闭到几号", "10月底"),  # the characters of 澄江钢铁
        ("双桥那个厂扩完一天处理多少", "1万吨"),
        ("刨掉污水厂还有几个问题", ""),  # a verb is no name
        ("陶书岑管哪几件事", "双桥镇污水处理厂"),
        ("扩建工程主体啥时候弄完", "9月底"),
        ("料场咋封", "大棚"),
        ("污水厂一天加双桥的能处理多少", "1万吨"),
        ("料场搭个大棚还是搭个罩子", "大棚"),
        ("方案里老早说的料场哪天封完", "10月底"),  # 里老 is cut out of two words
    ],
)
def test_what_the_documents_name_or_is_no_name_is_not(
    assistant: Assistant, question: str, told: str
) -> None:
    answer = offices.ask(assistant, question, TODAY)
    assert not answer.refused
    assert told in answer.text


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("副县长郑书琴分管什么", "郑书琴"),
        ("孙书记（孙国平）包的啥问题", "孙国平"),
        ("李副县长管几项", "李副县长"),
    ],
)
def test_somebody_in_office_whom_no_document_names_is_refused(
    assistant: Assistant, question: str, name: str
) -> None:
    answer = offices.ask(assistant, question, TODAY)
    assert answer.refused
    assert name in answer.text


def test_somebody_of_another_surname_is_no_slip(assistant: Assistant) -> None:
    answer = offices.ask(assistant, "梁书岑管哪几件事", TODAY)
    assert answer.refused
    assert "陶书岑" not in answer.text


def test_somebody_known_by_surname_and_post_is_told(assistant: Assistant) -> None:
    assert "双桥镇污水处理厂" in offices.ask(assistant, "陶县长管哪几件事", TODAY).text
