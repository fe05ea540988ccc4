"""Two tasks by the places that tell them apart, which is due first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest

from assistant.answer import Answer

Ask = Callable[[str], Answer]

PLAN = """松口县2026年治水任务清单
序号	任务	牵头单位	完成时限
1	东门镇截污管网改造3公里	县住建局	2026年8月底
2	西门镇截污管网改造5公里	县住建局	2026年10月底
3	月亮塘清淤12万立方米	县水利局	2026年9月底
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    assistant = offices.opened_on(PLAN, tmp_path_factory.mktemp("two_limits"))
    return lambda question: offices.ask(assistant, question, dt.date(2026, 4, 10))


@pytest.mark.parametrize(
    "question",
    ["东门和西门截污管网哪个先到期，差几个月", "西门截污管网和东门哪个先到期，差几个月"],
)
def test_what_both_are_called_is_said_with_one_of_them(ask: Ask, question: str) -> None:
    text = ask(question).text
    assert "先到期的是“东门镇截污管网" in text
    assert "两者相差2个月" in text


def test_a_place_that_no_task_has_is_compared_with_none(ask: Ask) -> None:
    assert "先到期的是" not in ask("南门和西门截污管网哪个先到期，差几个月").text
