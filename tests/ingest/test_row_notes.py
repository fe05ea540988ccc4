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
