"""Whose the tasks of a list are: a body's alone, a county's in the plan of its city, an office's of one level."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest

from assistant.answer import Answer

Ask = Callable[..., Answer]

CITY = """云岭市贯彻落实省督察反馈意见整改方案
（2025年2月10日）
问题一：露天矿山生态修复滞后
责任领导：崔景川
牵头单位：市自然资源局
责任单位：石溪县委、石溪县政府
验收单位：市生态环境局
整改时限：2026年12月底
问题二：秸秆露天焚烧
责任领导：陆承远
牵头单位：市农业农村局
责任单位：石溪县政府、河西区政府
验收单位：石溪县农业农村局
整改时限：2025年10月底
问题三：餐饮油烟扰民
责任领导：陆承远
牵头单位：市城管局
责任单位：各县（区）政府
验收单位：河西区城管局
整改时限：2025年6月底
问题四：垃圾填埋场渗滤液积存
责任领导：崔景川
牵头单位：河西区城管局
责任单位：石溪县政府
验收单位：市农业农村局
整改时限：2025年12月底
"""

COUNTY = """石溪县2025年深入打好污染防治攻坚战工作计划
（2025年3月1日）
1.散煤替代。完成散煤替代300户，10月底前完成。（县发改局牵头，城关镇配合）
2.船舶污染物接收。接收转运率达到98%。（县交通运输局负责）
3.柴油车淘汰。淘汰老旧柴油车40辆，12月底前完成。（县交通运输局牵头）
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    folder = tmp_path_factory.mktemp("bodies") / "documents"
    folder.mkdir()
    for name, text in (("city", CITY), ("county", COUNTY)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    assistant = offices.opened(folder)
    return lambda *questions: offices.ask_in_turn(assistant, questions, dt.date(2025, 7, 1))


@pytest.mark.parametrize(
    ("questions", "said", "unsaid"),
    [
        # One place is one body, however many of its offices are named.
        (("云岭方案里石溪县单独负责的有几项",), ["共2项", "矿山", "渗滤液"], ["秸秆"]),
        (
            ("市方案里责任单位就石溪县一家的有几项，跟别的县区一起的不算",),
            ["共2项", "矿山"],
            ["秸秆"],
        ),
        # A county with a plan of its own is a body in that of its city.
        (
            ("云岭方案里石溪县负责的是哪几个问题",),
            ["共3项", "秸秆", "以“各县（区）政府”"],
            ["散煤"],
        ),
        (("市方案里责任单位写了石溪县的有哪几个问题",), ["矿山", "秸秆"], ["散煤"]),
        # An office is of its own level.
        (("云岭市城管局牵头的有几项",), ["共1项", "油烟"], ["渗滤液"]),
        (("云岭市农业农村局当验收单位的是哪个",), ["共1项", "渗滤液"], ["秸秆"]),
        # Who has another role is asked, and no condition.
        (("云岭市农业农村局牵头的有哪几项，验收单位分别是谁",), ["共1项", "秸秆"], ["渗滤液"]),
        # The next place of somebody's list is of the same list.
        (("陆承远管的问题里时限最晚的是哪个", "第二晚的呢"), ["油烟"], ["渗滤液"]),
    ],
)
def test_the_tasks_that_are_meant(
    ask: Ask, questions: tuple[str, ...], said: list[str], unsaid: list[str]
) -> None:
    text = ask(*questions).text
    for one in said:
        assert one in text
    for one in unsaid:
        assert one not in text


def test_a_task_without_a_limit_is_of_this_years_plan_too(ask: Ask) -> None:
    text = ask("石溪县交通运输局今年牵头或者负责的任务").text
    assert "船舶" in text
    assert "柴油车" in text
