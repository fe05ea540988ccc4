"""Tasks that nothing but a line with their name opens, above the same fields again and again."""

from __future__ import annotations

from invented import names

from ingest.parse import parse_text
from ingest.records import ParsedDocument


def parse(text: str) -> ParsedDocument:
    return parse_text(text, "notice.txt", "0" * 64)


NOTICE = """关于限期整改环境问题的通知

白河精细化工有限公司：

现将整改要求通知如下：

危险废物贮存不规范
危废库内废活性炭与废溶剂混放。你公司应当分区存放。
责任部门：安环部
整改期限：2026年3月31日前

废气收集效率偏低，异味明显
离心机敞口操作。要求：
（1）更换集气罩；
（2）离心机改为密闭式。
责任部门：生产部、设备部
整改期限：2026年5月15日前

监测井损坏
井管淤堵。
责任部门：工程部
整改期限：待勘查后确定

请你公司高度重视，于2026年3月25日前报送方案。

县生态环境局
"""


def test_each_line_above_the_fields_names_a_task() -> None:
    tasks = parse(NOTICE).tasks
    assert [task.title.quote for task in tasks] == [
        "危险废物贮存不规范",
        "废气收集效率偏低，异味明显",
        "监测井损坏",
    ]
    assert [names(task.responsible_units) for task in tasks] == [
        ["安环部"],
        ["生产部", "设备部"],
        ["工程部"],
    ]
    assert [one.number for one in tasks[1].measures] == ["1", "2"]
    limits = [task.deadline.phrase.quote for task in tasks if task.deadline]
    assert limits == ["2026年3月31日前", "2026年5月15日前", "待勘查后确定"]


def test_lines_below_the_fields_of_a_numbered_task_name_none() -> None:
    numbered = """白河县整改方案
（一）河道黑臭
存在问题：返黑返臭。
整改措施：
清淤三公里
责任单位：县水务局
整改时限：2026年6月底
封堵排口
责任单位：县住建局
整改时限：2026年9月底
（二）道路扬尘
存在问题：扬尘严重。
整改措施：洒水。
责任单位：县城管局
整改时限：2026年9月底
"""
    assert [task.title.quote for task in parse(numbered).tasks] == ["河道黑臭", "道路扬尘"]


def test_a_single_line_above_fields_names_no_task() -> None:
    text = "白河县整改方案\n（一）河道黑臭\n南沟河返黑返臭\n责任单位：县水务局\n整改时限：2026年6月底\n"
    assert [task.title.quote for task in parse(text).tasks] == ["河道黑臭"]
