"""Questions about the firms that a letter is addressed to, each of which is one task."""

from __future__ import annotations

import datetime as dt

import offices
import pytest

from assistant.app import Assistant

TODAY = dt.date(2025, 8, 1)

LETTER = """临河县生态环境保护委员会办公室

临环委办函〔2025〕16号

关于对临河金湾印染有限公司等三家企业挂牌督办的函

临河金湾印染有限公司、临河净源水务有限公司、临河鼎石建材有限公司：

经研究，决定对三家企业实施挂牌督办。现将有关事项函告如下：

一、临河金湾印染有限公司（以下简称“金湾公司”）

（一）存在问题

1.定型机集气罩破损4台。
2.污泥堆放超过一年，约85吨。

（二）整改要求

1.2025年8月20日前修复集气罩。
2.2025年8月31日前将污泥全部转移。
3.2025年10月31日前完成定型机改造。

（三）督办责任

督办领导：副县长许长青；督办单位：临河分局；协办单位：开发区管委会。企业整改责任人：总经理吴海。

二、临河净源水务有限公司（以下简称“净源公司”）

（一）存在问题

1.出水总磷超标9天。

（二）整改要求

1.2025年8月15日前更换除磷加药系统。
2.2025年12月20日前接入居民1100户。

（三）督办责任

督办领导：副县长许长青；督办单位：县住建局；协办单位：临河分局。企业整改责任人：董事长秦淮生。

三、临河鼎石建材有限公司（以下简称“鼎石公司”）

（一）存在问题

1.矿山越界开采0.9公顷。

（二）整改要求

1.2025年11月30日前完成植被恢复。

（三）督办责任

督办领导：县政府党组成员韩立群；督办单位：县自然资源局；协办单位：县水利局。企业整改责任人：法定代表人江鼎。

四、有关要求

（一）收到本函之日起5个工作日内编制整改方案，报督办单位审核。

临河县生态环境保护委员会办公室
2025年7月28日
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return offices.opened_on(LETTER, tmp_path_factory.mktemp("letters"))


def said(assistant: Assistant, question: str) -> str:
    answer = offices.ask(assistant, question, TODAY)
    assert not answer.refused
    return answer.text


@pytest.mark.parametrize(
    "question", ["三家企业分别是谁督办", "三家企业的督办单位分别是谁", "每家企业由谁督办"]
)
def test_who_supervises_is_told_firm_by_firm(assistant: Assistant, question: str) -> None:
    told = said(assistant, question)
    for name in ("临河分局", "县住建局", "县自然资源局"):
        assert f"督办单位为{name}" in told


def test_each_person_is_told_by_the_letters_own_label(assistant: Assistant) -> None:
    told = said(assistant, "鼎石公司谁负责")
    assert "督办领导为县政府党组成员韩立群" in told
    assert "企业整改责任人为法定代表人江鼎" in told


def test_a_firm_is_asked_about_and_has_not_the_role(assistant: Assistant) -> None:
    told = said(assistant, "金湾公司督办单位是谁")
    assert "督办单位为临河分局" in told
    assert "不包括" not in told


@pytest.mark.parametrize("question", ["许长青盯着哪几家企业", "许长青管几家企业"])
def test_the_firms_of_a_person_are_listed(assistant: Assistant, question: str) -> None:
    told = said(assistant, question)
    assert "共2项" in told
    assert "临河净源水务有限公司" in told
    assert "鼎石" not in told
    assert "未通过引文核对" not in told


def test_who_supervises_a_firm_shares_nothing_with_its_manager(assistant: Assistant) -> None:
    assert "共同承担" not in said(assistant, "许长青负责哪些任务")


@pytest.mark.parametrize(
    "question", ["金湾公司要做什么", "金湾公司有几条整改要求", "金湾有几条要求"]
)
def test_all_that_is_demanded_of_a_firm_is_told_with_its_number(
    assistant: Assistant, question: str
) -> None:
    told = said(assistant, question)
    assert "共3条" in told
    for words in ("修复集气罩", "污泥全部转移", "完成定型机改造"):
        assert words in told
    assert "加药" not in told


def test_the_demands_of_all_firms_are_counted(assistant: Assistant) -> None:
    told = said(assistant, "三家企业分别几条要求，一共多少条")
    assert "3家企业的整改要求共6条" in told
    assert "“二、临河净源水务有限公司”的整改要求共2条" in told


def test_the_firm_of_which_most_is_demanded_is_named_first(assistant: Assistant) -> None:
    told = said(assistant, "哪家企业的要求最多")
    assert told.startswith("整改要求最多的是“一、临河金湾印染有限公司”，共3条")
    assert "“三、临河鼎石建材有限公司”的整改要求共1条" in told


def test_what_is_wrong_at_a_firm_is_counted_by_its_points(assistant: Assistant) -> None:
    told = said(assistant, "金湾公司查出几个问题")
    assert "存在问题共2条" in told
    assert "修复集气罩" not in told


def test_what_is_due_in_a_month_and_what_first(assistant: Assistant) -> None:
    told = said(assistant, "金湾公司8月份要做什么")
    assert "共2条" in told
    assert "定型机改造" not in told
    assert "2025年8月20日前" in said(assistant, "金湾公司的要求里最早到期的是哪条")


def test_a_thing_at_a_firm_is_told_by_what_is_said_of_it(assistant: Assistant) -> None:
    told = said(assistant, "金湾公司的污泥要怎么弄")
    assert "2025年8月31日前将污泥全部转移" in told
