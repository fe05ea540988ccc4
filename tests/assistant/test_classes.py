"""Firms that a table has by class, and what the text sets for each class."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest

from assistant.answer import Answer

TODAY = dt.date(2025, 10, 9)
Ask = Callable[[str], Answer]

NOTICE = """云溪经济开发区管理委员会关于做好2025年秋冬季应急减排的通知

各有关企业：

第一条 本通知适用于开发区内列入应急减排清单的企业，共4家，名单见附表。
第二条 重污染天气黄色预警时，A类企业自主减排，B类企业限产30%；红色预警时，B类企业限产60%，D类企业全部停产。
第三条 企业应当于2025年10月31日前完成在线监测设备校准。

附表：应急减排企业名单
序号 | 企业名称 | 绩效类别 | 氮氧化物限值（毫克/立方米） | 日用电量（千瓦时） | 企业环保负责人
1 | 宏远铸造有限公司 | B | 50 | 1200 | 戴志新
2 | 立信耐火材料有限公司 | D | 100 | 860 | 骆小梅
3 | 天成玻璃有限公司 | A | 30 | 2100 | 仲伟
4 | 鼎峰水泥有限公司 | B | 50 | 3400 | 纪红
备注：
1.鼎峰水泥2025年12月停窑检修。

2025年9月20日
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    assistant = offices.opened_on(NOTICE, tmp_path_factory.mktemp("classes"))
    return lambda question: offices.ask(assistant, question, TODAY)


def test_rows_are_picked_by_a_class_that_is_a_letter(ask: Ask) -> None:
    text = ask("附表里B类都是谁家").text
    assert "绩效类别：B的共2项" in text
    assert "宏远铸造" in text
    assert "鼎峰水泥" in text
    assert "天成玻璃" not in text
    assert "表注：。" not in text


def test_the_persons_of_rows_are_shown_only_where_they_are_asked_for(ask: Ask) -> None:
    assert "戴志新" in ask("B类企业的环保负责人都是谁").text
    assert "戴志新" not in ask("B类企业氮氧化物限值多少").text


def test_what_is_set_for_a_class_is_told_of_a_firm_that_has_it(ask: Ask) -> None:
    text = ask("红色预警那天立信耐火得干到什么份上，宏远铸造又要限几成").text
    assert "立信耐火材料有限公司的绩效类别为D" in text
    assert "宏远铸造有限公司的绩效类别为B" in text
    assert "B类企业限产60%，D类企业全部停产" in text


def test_what_else_is_asked_of_a_firm_is_no_matter_of_its_class(ask: Ask) -> None:
    assert "绩效类别为" not in ask("鼎峰水泥哪个月停窑检修").text


def test_a_figure_for_one_case_is_not_said_of_all(ask: Ask) -> None:
    text = ask("红色预警时B类企业限产多少").text
    assert not text.startswith("云溪")
    assert "红色预警时，B类企业限产60%" in text
