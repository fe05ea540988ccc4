"""What only waits to be closed, lists in the order of their limits, days behind a limit, and one body in two roles."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import offices
import pytest

from assistant.answer import Answer

Ask = Callable[..., Answer]

LEDGER = """云溪开发区生态环境问题整改台账（截至2025年9月30日）
序号|问题来源|整改事项|责任单位|牵头单位|验收单位|完成时限|进展情况|状态
1|省督察|南河排口溢流|建设公司|建设局|建设局|2026年6月30日|已铺设管网3公里|推进中
2|群众信访|东岭木器厂喷漆异味|木器厂|环保局|环保局|2025年5月31日|5月28日完成改造|已销号
3|市级交办|北郊料场扬尘|料场公司|执法局|环保局|2025年7月20日|8月4日完成覆盖，尚未组织复核|逾期
4|自查发现|西塘加油站油气回收|加油站|环保局|市环保局|2025年8月15日|全部检测合格|待销号
5|自查发现|老街餐饮油烟|餐饮店|执法局|执法局|2026年3月31日|已安装6家|推进中
6|自查发现|采石坑回填|采石公司|建设局|执法局|2025年6月30日|北坑7月8日完成回填；南坑7月19日完成回填|待销号
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    assistant = offices.opened_on(LEDGER, tmp_path_factory.mktemp("due"))

    def asked(*questions: str) -> Answer:
        return offices.ask_in_turn(assistant, questions, dt.date(2025, 10, 9))

    return asked


@pytest.mark.parametrize("said", ["活干完了就差销号的", "只等销号的", "整改完还没销号的"])
def test_what_only_waits_to_be_closed_is_done_and_not_closed(ask: Ask, said: str) -> None:
    told = ["西塘加油站", "采石坑"]
    offices.assert_told(ask(f"台账里{said}有哪些"), told, ["东岭木器厂", "南河", "北郊"])


def test_a_list_by_limits_begins_with_the_first_to_come(ask: Ask) -> None:
    text = ask("台账里明年才到期的，按到期先后给我捋一下").text
    assert "共2项" in text
    assert text.index("老街餐饮") < text.index("南河排口")


def test_limits_that_have_come_and_gone_are_asked_for_as_who(ask: Ask) -> None:
    answer = ask("台账里整改时限已经到过了的是谁")
    offices.assert_told(answer, ["北郊料场"], ["南河", "老街"])


def test_the_days_between_a_limit_and_what_was_done_are_reckoned(ask: Ask) -> None:
    assert "比时限2025年7月20日晚15天" in ask("北郊料场扬尘那项比时限晚了几天").text
    assert "晚15天" in ask("北郊料场扬尘到几号", "比那个日子迟了几天").text


@pytest.mark.parametrize("thing", ["东岭木器厂喷漆异味", "采石坑回填", "西塘加油站油气回收"])
def test_nothing_is_reckoned_of_what_was_in_time_or_done_by_parts(ask: Ask, thing: str) -> None:
    assert not re.search(r"晚\d+天", ask(f"{thing}那项比时限晚了几天").text)


def test_whether_two_roles_are_one_body_s_is_said(ask: Ask) -> None:
    same = ask("东岭木器厂喷漆异味的牵头和验收是同一家吗").text
    assert "牵头单位和验收单位是同一家" in same
    other = ask("北郊料场扬尘归谁牵头", "牵头和验收各是谁，是同一家吗").text
    assert "牵头单位和验收单位不是同一家" in other


def test_nothing_is_said_of_names_that_may_mean_one_body_or_two(ask: Ask) -> None:
    assert "同一家" not in ask("西塘加油站油气回收的牵头和验收单位是不是一家").text
