"""Two figures of one thing set against each other, where nothing surer is known of what they have to do with one another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest

from assistant.answer import Answer

Ask = Callable[..., Answer]

PLAN = """望蓼县2025年度污染防治攻坚战工作计划
一、水
1.入海排污口整治：全县排查入海排污口213个，6月底前完成整治150个，12月底前全部完成。（牵头单位：县海洋局）
2.养殖尾水：12月底前完成1260亩养殖塘尾水治理，其中退养300亩。（牵头单位：县农业局）
3.农村污水：新增完成28个行政村生活污水治理，2024年已完成31个。（牵头单位：县住建局）
四、河道
6.白沙河清淤3.2公里，9月底前完工。（牵头单位：县水利局）
2024年已完成清淤1.8公里。
7.工地扬尘：排查工地63个，发现问题91个，已整改84个。（牵头单位：县住建局）
二、大气
4.空气：2024年实际PM2.5为36微克/立方米，PM10为61微克/立方米。（牵头单位：县生态环境局）
5.秸秆综合利用率达到94%以上，还田率不低于60%。（牵头单位：县农业局）
"""
LEDGER = """桐岗区整改台账（2025年7月31日）
序号|问题|整改措施|整改时限|牵头单位|进展情况
1|柴油货车超标上路|路检路查不少于1200辆次|2025年12月底|区公安分局|已查760辆次
2|餐饮油烟扰民|清洗净化设施320家|2025年6月底|区城管局|已清洗320家
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    home = tmp_path_factory.mktemp("two")
    folder = home / "documents"
    folder.mkdir()
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    (folder / "ledger.txt").write_text(LEDGER, encoding="utf-8")
    assistant = offices.opened(folder)
    return lambda question: offices.ask(assistant, question, dt.date(2025, 8, 1))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("1260亩塘子除了退养之外还有多少亩", "前者比后者多960亩"),
        ("农村污水的村子今年定的比去年干的多还是少", "前者比后者少3个"),
        ("望蓼清淤今年比去年多干几公里", "前者比后者多1.4公里"),
        ("望蓼工地查出来的毛病还有几个没改", "前者比后者多7个"),
        ("桐岗路上查大货车干到百分之多少了", "后者为前者的约63.3%"),
    ],
)
def test_how_far_two_figures_are_apart_is_told_with_both(
    ask: Ask, question: str, said: str
) -> None:
    answer = ask(question)
    assert said in answer.text
    assert answer.citations


def test_the_second_half_of_a_year_is_what_is_not_due_by_june(ask: Ask) -> None:
    text = ask("望蓼入海口子下半年还要整几个").text
    assert "63个" in text


@pytest.mark.parametrize(
    "question",
    [
        "望蓼PM10比去年少几个",  # another thing by its letters
        "望蓼秸秆综合利用率要到几成",  # rates are not set against each other
        "望蓼农村污水2026年比2025年多几个村",  # of years that are not stated
    ],
)
def test_what_is_not_of_one_thing_is_not_reckoned_with(ask: Ask, question: str) -> None:
    assert "前者" not in ask(question).text
