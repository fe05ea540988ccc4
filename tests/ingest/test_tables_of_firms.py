"""Several tables of firms below each other in one notice, each with columns, notes and a title of its own."""

from __future__ import annotations

import pytest
from invented import measures, names, parse, quote

TITLE = "关于印发《松坪县2026年涉气企业治理任务清单》的通知\n\n各有关企业：\n现印发给你们。\n"
FIRST = (
    "序号\t企业名称\t所在镇\t治理内容\t完成时限\t监管责任单位\n"
    "1\t松坪铸造厂\t河口镇\t集气罩改造\t2026年5月31日\t县生态环境分局\n"
    "2\t恒远木业公司\t西岭镇\t更换活性炭\t2026年8月31日\t县工信局\n"
)
SECOND = (
    "序号\t企业名称\t所在镇\t设备\t改造要求\t完成时限\t牵头部门\t配合部门\n"
    "1\t松坪热力公司\t河口镇\t燃煤锅炉1台\t关停备用\t2026年10月15日\t县住建局\t县发改局\n"
    "2\t恒远木业公司\t西岭镇\t生物质锅炉1台\t淘汰\t2026年12月31日\t县市场监管局\t县工信局\n"
)


@pytest.mark.parametrize(
    "between",
    [
        "表2 锅炉改造\n",
        "附表二 锅炉改造\n",
        "注：1.序号1企业须错峰生产。2.序号2企业可申请延期。\n",
        "说明：名单另行通知。\n表2 锅炉改造\n",
        "锅炉改造任务\n",
    ],
)
def test_what_stands_between_two_tables_is_no_part_of_a_cell(between: str) -> None:
    tasks = parse(f"{TITLE}表1 废气治理\n{FIRST}{between}{SECOND}").tasks
    assert [quote(task.title) for task in tasks] == [
        "松坪铸造厂",
        "恒远木业公司",
        "松坪热力公司",
        "恒远木业公司",
    ]
    assert [names(task.responsible_units) for task in tasks] == [
        ["县生态环境分局"],
        ["县工信局"],
        [],
        [],
    ]
    assert [names(task.lead_units) for task in tasks[2:]] == [["县住建局"], ["县市场监管局"]]
    assert [names(task.cooperating_units) for task in tasks[2:]] == [["县发改局"], ["县工信局"]]
    assert [task.deadline and quote(task.deadline.phrase) for task in tasks] == [
        "2026年5月31日",
        "2026年8月31日",
        "2026年10月15日",
        "2026年12月31日",
    ]
    assert [measures(task)[0][1] for task in tasks] == [
        "集气罩改造",
        "更换活性炭",
        "关停备用",
        "淘汰",
    ]


def test_tables_with_the_same_headings_are_two() -> None:
    other = FIRST.replace("松坪铸造厂", "东岗砖厂").replace("恒远木业公司", "西岭石灰厂")
    tasks = parse(f"{TITLE}废气企业\n{FIRST}窑炉企业\n{other}").tasks
    assert [quote(task.caption) for task in tasks] == [
        "废气企业",
        "废气企业",
        "窑炉企业",
        "窑炉企业",
    ]
    assert names(tasks[1].responsible_units) == ["县工信局"]


def test_a_last_cell_may_still_be_broken_over_lines() -> None:
    broken = FIRST.replace("县生态环境分局", "县生态环境分局、\n河口镇政府")
    (first, _) = parse(f"{TITLE}{broken}").tasks
    assert names(first.responsible_units) == ["县生态环境分局", "河口镇政府"]


@pytest.mark.parametrize("head", ["单位", "加油站", "养殖场", "店名", "经营主体"])
def test_rows_are_called_by_whose_matter_they_are(head: str) -> None:
    table = FIRST.replace("企业名称", head).replace("完成时限", "完成节点")
    tasks = parse(TITLE + table.replace("监管责任单位", "监管部门")).tasks
    assert [quote(task.title) for task in tasks] == ["松坪铸造厂", "恒远木业公司"]
    assert [names(task.responsible_units) for task in tasks] == [["县生态环境分局"], ["县工信局"]]
    assert measures(tasks[0]) == [("", "集气罩改造")]
