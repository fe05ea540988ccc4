"""What is left after a next step, numbers at stated rates, days and bounds of two documents, one year told twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import offices
import pytest

from assistant.answer import Answer

TODAY = dt.date(2026, 4, 2)
Ask = Callable[[str], Answer]

PLAN = """清溪县生态环境突出问题整改方案
一、整改目标
2026年完成老旧小区雨水管网改造15公里。
二、资金支持
县财政对规模化养殖场每家补助8万元，其他养殖场每家补助3万元，验收合格后拨付。
三、考核管理
（一）已整治河段水质反弹的，重新列入清单，限2个月内整改到位，并扣减该镇下一年度补助资金20%。
（二）每年10月20日前报送自评报告。

附件1
整改任务清单
【问题1】散乱排水口整治进度慢。应整治的64个排水口中，已完成39个。
整改时限：2026年12月底前
牵头单位：县水利局
整改措施：①6月底前再完成15个；②剩余排水口12月底前全部完成。
【问题2】老旧小区内涝。
整改时限：2027年12月底前
牵头单位：县住房和城乡建设局
整改措施：①改造老旧小区雨水管网21公里，其中2026年12公里、2027年9公里。
"""

NOTICE = """白川市关于2026年一季度生态环境工作的通报
一、总体情况
一季度全市PM10平均浓度58微克/立方米，全年目标为PM10不高于55微克/立方米。
二、下一步要求
（一）攻坚扬尘污染。二季度柳河区PM10平均浓度须控制在52微克/立方米以内，桐山区须控制在56微克/立方米以内。
（二）整治砂场。未整改的7家砂场10月20日前全部整改到位。
（三）修复矿山。10月20日前完成2座矿山复绿，10月31日前完成验收。
（四）加快管网建设。柳河区2024年实施的一期10.5公里已于2024年12月完工，2025年实施的二期管网11.5公里仅完成4.5公里，三期6公里尚未启动。
（五）消化渗滤液。云岭填埋场积存渗滤液1.5万立方米，已处置9000立方米左右。
（六）修复防洪堤。东堤总长8.4公里，已加固5.1公里。
白川市生态环境局
2026年4月10日
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    home: Path = tmp_path_factory.mktemp("steps")
    folder = home / "documents"
    folder.mkdir()
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    (folder / "notice.txt").write_text(NOTICE, encoding="utf-8")
    assistant = offices.opened(folder)
    return lambda question: offices.ask(assistant, question, TODAY)


def test_what_is_left_after_the_next_step(ask: Ask) -> None:
    text = ask("清溪县的排水口还剩几个没整治？六月底再干完15个，后头还剩几个").text
    assert "还有25个（由督办计算）" in text
    assert "再按“6月底前再完成15个”计，其后还有10个（由督办计算）" in text
    assert "其后还有" not in ask("清溪县排水口还剩多少个没整治").text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("清溪一个镇报了2家规模化养殖场、4家普通的，总共能补多少钱", "2×8+4×3，共28万元"),
        ("规模化养殖场3家，清溪县财政一共补助多少万", "3×8，共24万元"),
    ],
)
def test_numbers_of_the_question_at_the_rates_of_a_sentence(
    ask: Ask, question: str, said: str
) -> None:
    assert said in ask(question).text


def test_a_number_without_a_kind_has_no_rate(ask: Ask) -> None:
    assert "×" not in ask("清溪县5家养殖场总共补助多少钱").text


@pytest.mark.parametrize(
    "question",
    ["清溪县河段整治好了又臭了咋收拾？钱上扣多少", "清溪县水质反弹的怎么处理，给多长时间"],
)
def test_what_follows_where_something_comes_back(ask: Ask, question: str) -> None:
    text = ask(question).text
    assert "限2个月内整改到位" in text
    assert "补助资金20%" in text


def test_every_limit_of_a_day_in_each_document(ask: Ask) -> None:
    text = ask("10月20号这一天，清溪方案和白川通报里分别有哪些事要交账？").text
    for said in ("每年10月20日前报送自评报告", "未整改的7家砂场", "完成2座矿山复绿"):
        assert said in text
    none = ask("10月31日到期的，清溪方案和白川通报各有哪些事").text
    assert "中没有时限为10月31日的内容" in none
    assert "完成验收" in none


@pytest.mark.parametrize(
    "question", ["二季度给两个区单独定的PM10上限，挨个说说", "柳河区二季度PM10不能超过多少"]
)
def test_a_bound_for_a_part_of_the_year(ask: Ask, question: str) -> None:
    text = ask(question).text
    assert "二季度柳河区PM10平均浓度须控制在52微克/立方米以内" in text
    assert "平均浓度58微克" not in text


def test_two_figures_for_one_year_stand_side_by_side(ask: Ask) -> None:
    text = ask("清溪老旧小区雨水管网今年到底改几公里？前后给我对一下").text
    assert "不一致" in text
    assert "15公里" in text
    assert "其中2026年12公里" in text


def test_what_a_phase_lacks_is_told_from_its_own_clause(ask: Ask) -> None:
    text = ask("柳河区二期管网还差几公里没建").text
    assert "“2025年实施的二期管网11.5公里”和“仅完成4.5公里”计，还有7公里" in text


def test_what_is_left_in_another_scale_and_only_about(ask: Ask) -> None:
    """About so much less is about so much left, where no more than that is asked."""
    assert "还有约6000立方米" in ask("云岭填埋场的渗滤液大概还剩几方").text
    assert "由督办计算" not in ask("云岭填埋场的渗滤液还剩几方").text


def test_how_long_what_is_left_is_needs_no_unit_in_the_question(ask: Ask) -> None:
    assert "还有3.3公里" in ask("东堤还有多长没加固").text
