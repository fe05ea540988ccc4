"""What follows where something is late, bad or untrue, asked of the real assistant."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import offices
import pytest
from offices import opened_on

from assistant.answer import Answer, Turn
from assistant.app import Assistant

NOTICE = """临桥县工业园区管理委员会
关于做好工业企业噪声整治的通知

各企业：
现就噪声整治有关事项通知如下。

一、整治企业名单
企业名称      主要措施        完成时限
宏丰铸造      设备隔声        2026年6月30日
立新机械      搬迁空压机      2026年9月30日
久盛纺织      更换风机        2026年6月30日

二、督导
（一）每月通报进度。对连续两个月排名末位的企业，由管委会主任约谈。
（二）逾期未完成的，宏丰铸造列入重点监管名单；其他企业暂停办理用地手续。
（三）弄虚作假的，移交县纪委监委处理。

临桥县工业园区管理委员会
2026年3月2日
"""
TODAY = dt.date(2026, 5, 6)


@pytest.fixture(scope="module")
def park(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return opened_on(NOTICE, tmp_path_factory.mktemp("park"))


def ask(assistant: Assistant, question: str, history: tuple[Turn, ...] = ()) -> Answer:
    return offices.ask(assistant, question, TODAY, history)


@pytest.mark.parametrize(
    ("question", "follows"),
    [
        ("宏丰铸造要是没按期完成会怎么样", "列入重点监管名单"),
        ("立新机械逾期了有啥后果", "暂停办理用地手续"),
        ("垫底的企业会被怎么处理", "由管委会主任约谈"),
        ("进度造假的会怎么处理", "移交县纪委监委"),
        ("造假有什么后果", "移交县纪委监委"),
    ],
)
def test_what_follows_is_told_and_not_when_it_is_due(
    park: Assistant, question: str, follows: str
) -> None:
    answer = ask(park, question)
    assert follows in answer.text
    assert not answer.refused
    assert "完成时限为" not in answer.text


def test_a_condition_of_another_kind_is_not_what_follows(park: Assistant) -> None:
    assert "约谈" not in ask(park, "立新机械逾期了有啥后果").text


def test_going_on_from_a_limit_the_rule_for_it_is_told(park: Assistant) -> None:
    before = (
        Turn("user", "宏丰铸造什么时候要弄完"),
        Turn("assistant", "完成时限是2026年6月30日。"),
    )
    assert "列入重点监管名单" in ask(park, "逾期了它会怎么样", before).text


def test_where_nothing_follows_that_is_said(tmp_path: Path) -> None:
    rules = NOTICE.index("（一）每月")
    end = NOTICE.index("临桥县工业园区管理委员会\n2026")
    without = opened_on(NOTICE[:rules] + "每月通报进度。\n\n" + NOTICE[end:], tmp_path)
    answer = ask(without, "立新机械逾期了有啥后果")
    assert answer.refused
    assert "后果" in answer.text
