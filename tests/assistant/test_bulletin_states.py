"""Parts of a bulletin that are named after a state tell it of their items; headings tell who leads; why a row is no further."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest
from offices import opened

from assistant.answer import Answer, Turn

TODAY = dt.date(2026, 10, 3)
Ask = Callable[..., Answer]

BULLETIN = """平川县整改办关于2026年第三季度整改进展情况的通报
平川整改办〔2026〕4号

一、已完成事项
（一）县水务局牵头的小水电生态流量问题。9座电站全部安装监控，6月20日通过验收。
（二）东坪镇污水直排问题。牵头单位县住建局，责任单位东坪镇。新建管网3公里。
二、进度滞后事项
（一）西岭乡垃圾收运体系建设。牵头单位县城管局，责任单位西岭乡。应建成转运站2座，实际建成1座。
（二）砂石场生态修复。牵头单位县自然资源局，配合单位县城管局。应修复5处，实际完成2处。
三、下步要求
（一）进度滞后的2项任务，牵头单位于10月10日前提交赶工计划。
平川县整改办
2026年9月25日
"""
LEDGER = """云浦区整改台账

序号\t问题\t牵头单位\t配合单位\t完成时限\t进展\t备注
1\t洗车场废水直排\t区城管局\t区水务局\t2026年8月31日\t推进中\t设备订货延误
2\t采石坑未复绿\t区林业局\t河东镇政府\t2026年9月30日\t推进中\t已复绿20亩
3\t湖滨餐饮油烟\t区市监局\t河东镇政府\t2026年7月31日\t未启动\t业主不配合
"""
REGIONAL = """江陵市突出问题任务清单
序号\t区域\t任务名称\t牵头单位\t完成时限\t进展情况
1\t东城区\t工地扬尘治理\t东城区住建局\t2026-04-30\t已完成
2\t西城区\t工地扬尘治理\t西城区住建局\t2026-05-31\t进行中
3\t东城区\t餐饮油烟整治\t东城区城管局\t2026-07-31\t进行中
4\t平湖县\t秸秆禁烧\t平湖县农业农村局\t2026-10-31\t进行中
"""
WARNED = """平江县滞后和预警任务调度表
序号\t任务\t类别\t驻点指导单位
1\t尾矿库防渗\t滞后\t县应急局
2\t粪污治理\t黄色预警\t县农业农村局
3\t管网改造\t滞后\t县住建局
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    folder = tmp_path_factory.mktemp("states")
    for name, text in (
        ("bulletin", BULLETIN),
        ("ledger", LEDGER),
        ("warned", WARNED),
        ("regional", REGIONAL),
    ):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    assistant = opened(folder)
    return lambda question, *history: offices.ask(assistant, question, TODAY, history)


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("平川三季度拖后腿的是哪几项", ["共2项", "垃圾收运", "砂石场"], ["小水电", "赶工"]),
        ("平川三季度拖后腿的两个是啥", ["共2项", "垃圾收运", "砂石场"], ["小水电"]),
        ("江陵那张表归东城的有几条", ["共2项", "东城区", "餐饮油烟"], ["西城区住建局"]),
        ("平江掉队的两个是什么", ["共2项", "尾矿库", "管网"], ["粪污"]),
        ("平川已完成的有哪几项", ["共2项", "小水电", "东坪镇"], ["砂石场"]),
        ("县水务局在平川牵头哪几项", ["共1项", "小水电"], ["东坪"]),
        (
            "平川县城管局涉及哪几件，什么身份",
            ["共2项", "| 牵头单位 |", "| 配合单位 |"],
            ["小水电"],
        ),
    ],
)
def test_items_are_in_the_state_of_their_part(
    ask: Ask, question: str, said: list[str], unsaid: list[str]
) -> None:
    offices.assert_told(ask(question), said, unsaid)


def test_why_a_row_is_no_further_is_what_it_remarks(ask: Ask) -> None:
    assert "备注为业主不配合" in ask("云浦第3项为啥没启动").text
    assert "备注为设备订货延误" in ask("云浦洗车场废水怎么还没弄完").text
    # What was done is no reason.
    assert "备注为已复绿" not in ask("云浦采石坑为什么没复绿完").text


def test_a_number_after_another_row_means_the_row_of_the_same_document(ask: Ask) -> None:
    history = (
        Turn("user", "云浦洗车场废水为什么没完"),
        Turn("assistant", "备注写的是设备订货延误。"),
    )
    assert "业主不配合" in ask("第3项又是卡在啥上", *history).text


def test_what_goes_on_without_a_name_stays_with_the_document_spoken_of(ask: Ask) -> None:
    history = (Turn("user", "采石坑复绿谁牵头"), Turn("assistant", "区林业局牵头。"))
    answer = ask("那配合的呢", *history)
    assert "河东镇政府" in answer.text
    assert {one.document for one in answer.citations} == {"ledger.txt"}


def test_why_and_when_in_one_question_is_not_answered_by_the_remark_alone(ask: Ask) -> None:
    assert "2026年8月31日" in ask("云浦洗车场废水为什么没完，时限是什么时候").text
