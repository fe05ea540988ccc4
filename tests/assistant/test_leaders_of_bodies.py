"""Who is asked for of all tasks of a body, or of one task as a whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest

from assistant.answer import Answer

Ask = Callable[[str], Answer]

LEADERS = """青崖区督察整改方案
一、河道管护不到位
区级领导负责人：蒋立
牵头单位：区水务局
责任单位：区水务局、白杨镇人民政府
整改时限：2025年12月
整改措施：
（一）清理河道垃圾。（责任单位：区水务局）
（二）加强白杨镇巡查。（责任单位：白杨镇人民政府）
二、白杨镇散煤复燃
区级领导负责人：裴远
牵头单位：区发展改革委
责任单位：白杨镇人民政府
整改时限：2025年10月
整改措施：
（一）白杨镇开展入户检查，对镇负责人进行约谈。（责任单位：白杨镇人民政府）
"""


@pytest.fixture(scope="module")
def leaders(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    assistant = offices.opened_on(LEADERS, tmp_path_factory.mktemp("leaders"))
    return lambda question: offices.ask(assistant, question, dt.date(2025, 3, 1))


def test_the_leaders_of_all_tasks_of_a_body_are_listed(leaders: Ask) -> None:
    text = leaders("谁分管水务局的那些任务").text
    assert "共1项" in text
    assert "蒋立" in text
    assert "裴远" not in text


def test_a_measure_that_says_no_more_than_the_title_is_not_meant(leaders: Ask) -> None:
    text = leaders("白杨镇散煤那个事谁负责").text
    assert text.startswith("“二、白杨镇散煤复燃”")
