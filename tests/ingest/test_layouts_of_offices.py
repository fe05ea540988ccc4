"""Lists as offices really pass them on: pasted from a spreadsheet, coded, with labels side by side."""

from __future__ import annotations

import datetime as dt

from ingest.parse import parse_text
from ingest.records import ParsedDocument, Unit


def parse(text: str) -> ParsedDocument:
    return parse_text(text, "list.txt", "0" * 64)


def names(units: tuple[Unit, ...]) -> list[str]:
    return [unit.name for unit in units]


PASTED = (
    "附表2\n松河县省级生态环境保护督察反馈问题整改任务清单\n"
    "（第二次调度）\t填报单位：县整改办\t填报日期：2025.8.4\n\n"
    "序号\t编号\t反馈问题\t整改目标\t整改举措\t包案县领导\t主责单位\t协办单位\t完成时限\t截至7月底进展\t状态\n"
    '1\tSH-01\t9处砂石码头无手续。\t全部取缔。\t"1.断电；\n2.拆除设备；\n3.复绿。"\t韩立秋\t县水利局\t县公安局\t'
    "2025年9月底\t已拆7处\t整改中\n"
    "2\tSH-02\t垃圾填埋场渗滤液外溢。\t产处平衡。\t新增处理设备。\t吴亚东\t县城管局\t县住建局\t2025年12月\t"
    "设备已招标\t整改中\n"
)


def test_a_spreadsheet_pasted_with_lines_above_its_header_is_read() -> None:
    document = parse(PASTED)
    assert document.source.title == "松河县省级生态环境保护督察反馈问题整改任务清单"
    assert document.source.region == "松河县"
    first, second = document.tasks
    assert first.title.quote == "9处砂石码头无手续。"
    assert [one.text.quote.rstrip("；。") for one in first.measures] == ["断电", "拆除设备", "复绿"]
    assert [person.name for person in first.leaders] == ["韩立秋"]
    assert (names(first.lead_units), names(first.cooperating_units)) == (["县水利局"], ["县公安局"])
    assert first.status is not None
    assert first.status.quote == "已拆7处"
    assert second.deadline is not None
    assert second.deadline.latest == dt.date(2025, 12, 31)


CODED = "云台省生态环境厅\n限期整改通知书\n附件1\n整改事项清单\n" + "".join(
    f"{group}类  {name}\n"
    + "".join(
        f"[{group}-{i}] {name}治理设施{i}号不正常运行\n  治理内容：检修{i}号设施。\n  达标要求：稳定达标。\n"
        f"  承办部门：机动部            公司分管领导：沈国安\n  办结时间：2026年{i + 4}月30日\n  属地督办：石屏县水利局\n"
        for i in (1, 2)
    )
    for group, name in (("A", "废气"), ("B", "废水"))
)


def test_items_under_codes_with_labels_side_by_side_are_read() -> None:
    tasks = parse(CODED).tasks
    assert [task.number for task in tasks] == ["A-1", "A-2", "B-1", "B-2"]
    for task in tasks:
        assert names(task.responsible_units) == ["机动部"]
        assert [person.name for person in task.leaders] == ["沈国安"]
        assert task.deadline is not None
        assert task.deadline.latest is not None


def test_a_body_that_only_watches_over_an_item_has_no_duty_in_it() -> None:
    assert all("石屏县水利局" not in names(task.responsible_units) for task in parse(CODED).tasks)
    plan = (
        "东山市2025年工作计划\n（一）碧水\n1、黑臭水体。消除6条。（市住建局牵头，市生态环境局督导）\n"
        "2、管网。改造3公里。〔牵头：市水务局；配合：市财政局〕\n3、河道。清淤。〔市水务局牵头，各县区实施〕\n"
    )
    first, second, third = parse(plan).tasks
    assert (names(first.lead_units), names(first.responsible_units)) == (["市住建局"], [])
    assert (names(second.lead_units), names(second.cooperating_units)) == (
        ["市水务局"],
        ["市财政局"],
    )
    assert (names(third.lead_units), names(third.responsible_units)) == (["市水务局"], ["各县区"])
