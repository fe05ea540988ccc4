"""What stands below a list under the code of a row is told of that row."""

from __future__ import annotations

from invented import parse

NOTICE = """白河县反馈问题拟销号公示

一、拟销号问题清单

| 清单编号 | 问题摘要 | 整改责任单位 | 整改时限 | 整改完成情况 | 验收单位 | 验收日期 | 验收意见 |
| --- | --- | --- | --- | --- | --- | --- | --- |
| BH-02 | 填埋场超库容 | 河口镇政府 | 2026-03-31 | 已封场 | 县住建局 | 2026-04-18 | 同意销号 |
| BH-05 | 电站未泄流 | 县水利局 | 2026-06-30 | 已安装设施 | 县发改局 | 2026-05-22 | 同意销号 |

二、补充说明

BH-05：退出的电站为上坝、下坝两座，均已拆坝。
BH-09：另行公示。
"""


def test_a_paragraph_under_the_code_of_a_row_goes_on_with_it() -> None:
    first, second = parse(NOTICE).tasks
    assert not first.beside
    (note,) = second.beside
    assert note.quote.startswith("BH-05：退出的电站")
    assert "上坝" in second.words
    assert NOTICE.index("下坝") in second


def test_headings_of_such_lists_name_the_rows_who_accepted_them_and_how_they_were_judged() -> None:
    first, _ = parse(NOTICE).tasks
    assert first.number == "BH-02"
    assert first.title.quote == "填埋场超库容"
    assert [unit.name for unit in first.acceptance_units] == ["县住建局"]
    assert first.columns["验收意见"].quote == "同意销号"


def test_sentences_below_a_list_go_with_the_row_that_they_open_with() -> None:
    text = """桃溪镇整改清单

序号|存在问题|牵头单位|完成时限|目前进展
1|砂场物料未覆盖|镇经济办|2026年3月31日|已完成
2|鱼塘尾水直排|镇农业办|2026年6月30日|整改中
3|弃土堆约900方|镇自然资源所|2026年7月31日|整改中

说明：
1.本清单共3项。第2项延期申请4月10日提出，尚未批复。
2.与上一版相比，新增第1项、第3项，其中第3项概算18万元；弃土堆后续措施：外运后复绿。
3.弃土堆下一步措施：外运后复绿。
"""
    first, second, third = parse(text).tasks
    assert not first.beside
    assert [one.quote for one in second.beside] == ["第2项延期申请4月10日提出，尚未批复。"]
    assert [one.quote for one in third.beside] == [
        "其中第3项概算18万元；",
        "3.弃土堆下一步措施：外运后复绿。",
    ]


def test_an_item_of_the_notes_goes_on_to_its_end_and_may_name_several_rows() -> None:
    text = """桃溪镇整改清单

序号|存在问题|牵头单位|完成时限|目前进展
1|砂场物料未覆盖|镇经济办|2026年3月31日|已完成
2|鱼塘尾水直排|镇农业办|2026年6月30日|整改中
3|弃土堆约900方|镇自然资源所|2026年7月31日|整改中
4|垃圾点3处|镇城管办|2026年7月31日|整改中

注：（1）第2项鱼塘实为5口；清淤时间顺延，待县局批复。
（2）第1项、第4项由镇环保办验收。第2至3项按月调度。
"""
    first, second, third, fourth = parse(text).tasks
    assert [one.quote for one in first.beside] == ["（2）第1项、第4项由镇环保办验收。"]
    assert [one.quote for one in second.beside] == [
        "注：（1）第2项鱼塘实为5口；清淤时间顺延，待县局批复。",
        "第2至3项按月调度。",
    ]
    assert [one.quote for one in third.beside] == ["第2至3项按月调度。"]
    assert fourth.beside == first.beside


TWO_TABLES = """松坪县2026年涉气企业治理任务清单

表1 废气治理
序号\t企业名称\t治理内容\t完成时限\t责任单位
1\t松坪铸造厂\t集气罩改造\t2026年5月31日\t县生态环境分局
2\t恒远木业公司\t更换活性炭\t2026年8月31日\t县工信局
注：1.序号1企业须错峰生产。2.序号2企业可于4月底前申请延期，延至年底。
表2 锅炉改造
序号\t企业名称\t治理内容\t完成时限\t责任单位
1\t松坪热力公司\t关停备用\t2026年10月15日\t县住建局
2\t西岭砖厂\t脱硫提标\t2026年12月31日\t县工信局
注：序号2须同步安装在线监测。
二、工作要求
第1项工作由各单位自行组织。
"""


def test_the_notes_of_each_table_tell_of_its_own_rows() -> None:
    told = [[note.quote for note in task.beside] for task in parse(TWO_TABLES).tasks]
    assert told == [
        ["注：1.序号1企业须错峰生产。"],
        ["2.序号2企业可于4月底前申请延期，延至年底。"],
        [],
        ["注：序号2须同步安装在线监测。"],
    ]


def test_a_paragraph_that_says_which_row_it_is_about_tells_of_it_to_its_end() -> None:
    text = (
        TWO_TABLES.split("表2")[0] + "二、说明\n（一）关于序号2。设备未到货，推迟两月。8月复工。\n"
    )
    _, second = parse(text).tasks
    assert second.beside[-1].quote == "（一）关于序号2。设备未到货，推迟两月。8月复工。"


LEDGER_WITH_NOTES = """石桥区整改台账

序号\t问题\t牵头单位\t配合单位\t完成时限\t进展
1\t砂场扬尘\t区住建局\t河西镇政府\t2026年3月31日\t已完成
2\t鱼塘尾水直排\t区农业农村局\t河西镇政府\t2026年6月30日\t推进中
3\t弃土堆放\t区城管局\t东岭镇政府\t2026年7月31日\t推进中
4\t油烟扰民\t区城管局\t东岭镇政府\t2026年8月31日\t未启动
说明：
1.第1项、第3项由区委常委、副区长甘雨田包保；第4项由区城管局局长厉长风直接负责；其余由区整改办主任庄亦平调度。
2.第2项由区环委办验收，其余由牵头单位自行组织。
3.问题来源：第1项、第4项为群众信访，其余为区级自查。
4.第3项由区林业局参与验收。
"""


def test_notes_give_rows_to_persons_and_bodies_and_the_rest_to_others() -> None:
    first, second, third, fourth = parse(LEDGER_WITH_NOTES).tasks
    leaders = [[one.name for one in task.leaders] for task in (first, second, third, fourth)]
    assert leaders == [["甘雨田"], ["庄亦平"], ["甘雨田"], ["厉长风"]]
    assert second.fields["leader"].quote == "其余由区整改办主任庄亦平调度"
    assert [unit.name for unit in second.acceptance_units] == ["区环委办"]
    # Who only takes part in the acceptance does not accept.
    assert not third.acceptance_units


def test_what_notes_say_of_rows_behind_a_heading_is_a_column_of_theirs() -> None:
    sources = [task.columns["问题来源"].quote for task in parse(LEDGER_WITH_NOTES).tasks]
    assert sources == ["群众信访", "区级自查", "区级自查", "群众信访"]


def test_a_row_keeps_the_leader_of_its_own_column() -> None:
    text = LEDGER_WITH_NOTES.replace("配合单位", "责任领导").replace("河西镇政府", "副区长 纪云")
    first, second, _, _ = parse(text).tasks
    assert [one.name for one in first.leaders] == ["纪云"]
    assert [one.name for one in second.leaders] == ["纪云"]


def test_the_rest_is_nothing_where_the_number_told_is_another() -> None:
    text = LEDGER_WITH_NOTES.replace("；其余由区整改办", "；其余3项由区整改办")
    assert not parse(text).tasks[1].leaders


def test_rows_numbered_together_are_told_of_each() -> None:
    text = LEDGER_WITH_NOTES.replace("第1项、第3项由", "序号1、序号3由").replace(
        "说明：\n1.", "表一注：1."
    )
    leaders = [[one.name for one in task.leaders] for task in parse(text).tasks]
    assert leaders[0] == leaders[2] == ["甘雨田"]
