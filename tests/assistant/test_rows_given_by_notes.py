"""Notes below a list that give its rows to persons and bodies answer as columns of the rows would."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest
from offices import opened_on

from assistant.answer import Answer

TODAY = dt.date(2026, 6, 3)
Ask = Callable[[str], Answer]

LEDGER = """石桥区突出问题整改台账
填报单位：石桥区整改办
序号\t问题\t牵头单位\t配合单位\t完成时限\t进展\t备注
1\t砂场扬尘\t区住建局\t河西镇政府\t2026年3月31日\t已完成\t
2\t鱼塘尾水直排\t区农业农村局\t河西镇政府\t2026年6月30日\t推进中\t业主外出
3\t弃土乱堆\t区城管局\t东岭镇政府\t2026年7月31日\t推进中\t
4\t夜市油烟\t区城管局\t东岭镇政府\t2026年8月31日\t未启动\t
5\t旱厕外溢\t区农业农村局\t东岭镇政府\t2026年5月31日\t推进中\t
填报说明：
1.第1项、第3项由区委常委、副区长甘雨田包保；第4项由区城管局局长厉长风直接负责；其余由区整改办主任庄亦平调度。
2.问题来源：第1项、第4项为群众信访，其余为区级自查。
3.验收：第2项由区环委办组织验收，其余由牵头单位组织。
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    assistant = opened_on(LEDGER, tmp_path_factory.mktemp("notes"))
    return lambda question: offices.ask(assistant, question, TODAY)


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("甘雨田包保哪几项", ["共2项", "砂场扬尘", "弃土乱堆"], ["旱厕"]),
        ("庄亦平管着几项", ["共2项", "鱼塘尾水", "旱厕外溢"], ["夜市"]),
        ("甘雨田包的里头还没干完的", ["共1项", "弃土乱堆", "推进中"], ["砂场"]),
        ("第5项谁盯着调度", ["责任领导为区整改办主任庄亦平"], []),
        ("夜市油烟是哪位领导负责", ["厉长风"], ["庄亦平"]),
        ("区级自查的有哪些", ["共3项", "鱼塘尾水", "弃土", "旱厕"], ["夜市"]),
        ("鱼塘尾水谁来验收", ["区环委办"], []),
    ],
)
def test_rows_are_found_by_who_has_them(
    ask: Ask, question: str, said: list[str], unsaid: list[str]
) -> None:
    offices.assert_told(ask(question), said, unsaid)


def test_what_a_column_of_progress_says_is_shown_in_the_list(ask: Ask) -> None:
    """The ledger's own heading is that of the list's column too."""
    assert "| 未启动 |" in ask("区城管局牵头的有哪些").text


def test_a_note_on_several_rows_is_told_once(ask: Ask) -> None:
    answer = ask("区城管局牵头的几项谁负责")
    assert answer.text.count("其余由区整改办主任") <= 1
    assert answer.text.count("由区委常委、副区长甘雨田包保") <= 1
