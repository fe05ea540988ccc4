"""Remainders told in one breath, room that is left, sums of kinds, years and rows, ends of a column, rows and their verdicts.

The bulletin and the ledger are invented; what is expected was worked out by hand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import offices
import pytest

from assistant.answer import Answer

TODAY = dt.date(2025, 11, 3)
Ask = Callable[[str], Answer]

BULLETIN = """禾浦县2025年第三季度生态环境问题整改进展情况通报
一、总体情况
2025年全县列入整改任务41项，截至9月底，已办结销号19项。2024年结转任务7项，已销号4项。
二、重点事项
（一）禾浦河城区段治理。河道清淤6.2公里已完成4.7公里，沿岸截污管8.4公里已完成5.8公里。
（二）老旧小区改造。雨污分流改造52个小区完成31个。
（三）北岸污水处理厂。设计处理能力每日500吨，目前实际处理约360吨/日。
（四）清洁取暖。2025年10月底前完成空气源热泵改造1800户、生物质炉具更换650户。2024年度空气源热泵改造1500户已于2024年11月完成。
（五）应急减排。9月底前修订应急减排清单，清单企业由64家增至83家。
（六）松坪镇污水管敷设。全年敷设污水管9.5公里，已敷设6.1公里。2024年已敷设1.3公里，不计入本年任务。
三、各镇得分
表1 各镇季度考核情况
镇|任务数|季度得分
松坪镇|9|93.5
石桥镇|6|81.0
青溪镇|12|88.6
表2 各镇PM2.5目标
镇|2024年实绩|2025年目标
松坪镇|41|39
石桥镇|52|47
青溪镇|46|43
四、监测情况
北岸工业园总排口采样结果如下表：
点位|项目|监测值|标准限值|是否超标
总排口|总镍（mg/L）|0.31|0.5|达标
总排口|总铜（mg/L）|0.72|0.5|超标
雨水口|氨氮（mg/L）|9.4|8|超标
"""

LEDGER = """柳塘区信访问题办理台账（2025年）
编号|问题|责任单位|办理情况|办结时限
1|老街汽修铺废机油入沟|区综合执法局|责令清理，罚款4.5万元|2025年8月底
2|东坡采砂场越界|区水务局|扣押船只2艘，罚款16万元|2025年9月底
3|面粉厂夜间噪声|区生态环境局|加装隔声棚，罚款8000元|2025年7月底
4|印染坊废水超标|区生态环境局|更换生化池填料，日处理由80吨扩至150吨|2025年10月底
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    home: Path = tmp_path_factory.mktemp("figures")
    folder = home / "documents"
    folder.mkdir()
    (folder / "bulletin.txt").write_text(BULLETIN, encoding="utf-8")
    (folder / "ledger.txt").write_text(LEDGER, encoding="utf-8")
    assistant = offices.opened(folder)
    return lambda question: offices.ask(assistant, question, TODAY)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("禾浦河截污管还差几公里", ["“沿岸截污管8.4公里”", "“已完成5.8公里”", "还有2.6公里"]),
        ("禾浦河清淤还差几公里、截污管还差几公里", ["还有1.5公里", "还有2.6公里"]),
        ("禾浦老旧小区雨污分流还有几个小区没做", ["21个"]),
        # What is not counted in was not done of it.
        ("松坪镇污水管还有几公里没敷设", ["还有3.4公里"]),
    ],
)
def test_what_is_left_of_a_whole_told_in_one_breath(
    ask: Ask, question: str, said: list[str]
) -> None:
    text = ask(question).text
    assert all(one in text for one in said), text


def test_the_room_that_a_works_has_left(ask: Ask) -> None:
    assert "还有余量约140吨/日（由督办计算）" in ask("禾浦北岸污水处理厂还有多少余量").text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("禾浦两种清洁取暖改造一共多少户", "共2450户"),
        ("禾浦2024年和2025年两年的任务总共销号多少项", "共23项"),
        ("柳塘区三笔罚款一共多少钱", "共21.3万元"),
        ("柳塘区台账里的罚款加起来多少", "共21.3万元"),
    ],
)
def test_figures_are_added_up_that_the_question_does_not_name_one_by_one(
    ask: Ask, question: str, said: str
) -> None:
    assert said in ask(question).text


@pytest.mark.parametrize(
    "question",
    [
        "柳塘区汽修铺的罚款一共多少",  # of one row, and not of all
        "柳塘区综合执法局罚款一共多少",
        "柳塘区四笔罚款一共多少钱",  # there are three
    ],
)
def test_what_is_asked_of_some_rows_is_not_added_up_over_all(ask: Ask, question: str) -> None:
    assert "相加" not in ask(question).text


def test_what_was_added_follows_from_the_two_levels(ask: Ask) -> None:
    assert "增加19家（由督办计算）" in ask("禾浦应急减排清单新添了多少家企业").text


def test_a_year_is_set_against_the_year_before_in_the_same_thing(ask: Ask) -> None:
    text = ask("禾浦今年空气源热泵和去年比，任务多了还是少了").text
    assert "前者比后者多300户" in text
    assert "1150户" not in text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("禾浦各镇季度分最高跟最低差多少", ["松坪镇（93.5）", "石桥镇（81.0）", "12.5"]),
        ("禾浦哪个镇PM2.5要降得最多", ["石桥镇", "下降5"]),
    ],
)
def test_the_ends_of_a_column_and_of_two_years(ask: Ask, question: str, said: list[str]) -> None:
    text = ask(question).text
    assert all(one in text for one in said), text


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("北岸工业园总镍超标多少", ["0.31", "0.5", "达标"], "总铜"),
        ("北岸工业园总铜超标没有", ["0.72", "0.5", "超标"], "氨氮"),
        ("北岸工业园哪些项目超标", ["总铜", "氨氮", "2项"], "总镍"),
    ],
)
def test_the_verdict_on_a_row_that_is_named_is_told_with_its_figures(
    ask: Ask, question: str, said: list[str], unsaid: str
) -> None:
    text = ask(question).text
    assert all(one in text for one in said), text
    assert unsaid not in text


def test_how_something_was_mended_is_not_told_by_a_table_of_measured_values(ask: Ask) -> None:
    text = ask("印染坊废水超标咋改的，扩到多少").text
    assert "150吨" in text
    assert "总铜" not in text
