"""Tables of tasks set with blanks between the cells."""

from __future__ import annotations

from invented import names, parse, quote

TABLE = """关于河道问题限期整改的通知

各乡镇人民政府：
经巡查发现以下问题，请按期整改：

序号  河段  问题  责任单位  整改期限
1  左岸  堆放砂石500方  赤岭乡人民政府  2026年5月10日前
2  右岸  倾倒建筑垃圾  赤岭乡人民政府、县住建局  2026年5月15日前
3　　下游　　污水直排　　永和镇人民政府　　2026年6月30日前

请于期满后3日内报送情况。
"""


def test_blanks_part_the_cells_of_a_list_of_tasks() -> None:
    tasks = parse(TABLE).tasks
    assert [(task.number, quote(task.title)) for task in tasks] == [
        ("1", "堆放砂石500方"),
        ("2", "倾倒建筑垃圾"),
        ("3", "污水直排"),
    ]
    assert names(tasks[1].responsible_units) == ["赤岭乡人民政府", "县住建局"]
    assert quote(tasks[2].deadline and tasks[2].deadline.phrase) == "2026年6月30日前"
    assert "报送" not in tasks[2].span.quote


def test_lines_of_another_width_are_no_rows() -> None:
    text = TABLE.replace("倾倒建筑垃圾  赤岭乡", "倾倒建筑垃圾 赤岭乡")
    assert not any(task.row for task in parse(text).tasks)


def test_numbered_rows_may_have_one_blank_between_their_cells() -> None:
    text = """青石县整改台账
序号 问题 整改措施 牵头单位 责任单位 时限 状态
1 污水直排 封堵排口，接入管网 县住建局 东沟镇 2026年6月底 已完成
2 垃圾堆放 清运并复绿 县城管局 西坡乡 长期坚持 整改中
"""
    first, second = parse(text).tasks
    assert [one.title.quote for one in (first, second)] == ["污水直排", "垃圾堆放"]
    assert names(first.lead_units) == ["县住建局"]
    assert names(second.responsible_units) == ["西坡乡"]
