"""Which states of a ledger's rows a question asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest

from assistant.answer import Answer

Ask = Callable[[str], Answer]

LEDGER = """平泽县生态环境问题整改任务台账（截至2025年3月31日）
序号|问题来源|整改事项|责任单位|县级领导|完成时限|状态|备注
1|省督察|北门泵站溢流口封堵|县水利局|洪波|2025-01-31|已完成|封堵2处
2|省督察|老砖厂烟气治理|县工信局|洪波|2025-06-30|进行中|设备已到场
3|自查发现|望山垃圾转运站除臭|县城管局|洪波|2025-09-30|未启动|方案编制
4|自查发现|青石塘底泥清淤|县水利局|安宁|2025-08-31|进行中|清淤1.2万方
5|自查发现|南坡矿山复绿|县林业局|安宁|2025-02-28|已完成|复绿40亩
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    assistant = offices.opened_on(LEDGER, tmp_path_factory.mktemp("states"))
    return lambda question: offices.ask(assistant, question, dt.date(2025, 4, 1))


def test_what_is_only_counted_in_does_not_narrow_what_is_not_done(ask: Ask) -> None:
    text = ask("洪波手上还没办完的有哪些？（算上还没开工的）").text
    assert "老砖厂烟气治理" in text
    assert "望山垃圾转运站除臭" in text
    assert "北门泵站" not in text


def test_what_has_not_begun_is_asked_for_by_itself(ask: Ask) -> None:
    text = ask("洪波手上还没开工的有哪些").text
    assert "望山垃圾转运站除臭" in text
    assert "老砖厂烟气治理" not in text


def test_states_in_everyday_words_are_counted_each(ask: Ask) -> None:
    text = ask("台账里销完的、正办的、没动的各几项").text
    assert "| 文件载明已完成 | 2项 |" in text
    assert "| 文件载明正在推进 | 2项 |" in text
    assert "| 文件载明未启动 | 1项 |" in text
