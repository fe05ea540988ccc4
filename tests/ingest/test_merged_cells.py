"""Cells left open because they are merged with the one above, in tables pasted as text."""

from __future__ import annotations

import pytest
from invented import names, parse, quote

from ingest.merged_cells import merged_cells
from ingest.records import Task

TITLE = "桐坞县2026年突出环境问题整改台帐（2026年4月）\n"
HEAD = "序号\t问题来源\t存在问题\t责任单位\t责任领导\t整改时限\t备注\n"
ROWS = "1\t省督察\t南沟河黑臭\t县水务局\t沈立农\t2026年6月底\t已招标\n2\t\t北沟河淤积\t\t\t2026年9月底\t\n"


@pytest.mark.parametrize(
    ("text", "heading", "holds"),
    [
        ("表中空白格（备注栏除外）为合并单元格，内容同上一行", "责任单位", True),
        ("表中空白格（备注栏除外）为合并单元格，内容同上一行", "备注", False),
        ("除“备注”“进展”外，空格表示与上格相同", "责任单位", True),
        ("空格表示与上格相同，“备注”不在此列", "备注", False),
        ("空白处待填", "责任单位", False),
        ("空格由各单位补填", "责任单位", False),
    ],
)
def test_a_document_says_what_its_blanks_stand_for(text: str, heading: str, holds: bool) -> None:
    assert merged_cells(text).holds_for(heading) is holds


def second(text: str) -> Task:
    return parse(text).tasks[1]


def test_a_blank_is_the_cell_above_where_the_document_says_so() -> None:
    task = second(TITLE + "说明：空格（备注除外）内容同上一行。\n表一 问题台账\n" + HEAD + ROWS)
    assert names(task.responsible_units) == ["县水务局"]
    assert names(task.leaders) == ["沈立农"]
    # The span is the cell above, so that a citation shows where the value stands.
    assert task.responsible_units[0].span.end < task.span.start
    assert quote(task.columns["问题来源"]) == "省督察"
    assert "备注" not in task.columns


def test_without_a_word_only_the_columns_that_sort_rows_are_filled_in() -> None:
    third = "3\t\t西沟河淤积\t县水务局\t\t2026年9月底\t\n"
    task = second(TITLE + "表一 问题台账\n" + HEAD + ROWS + third)
    assert quote(task.columns["问题来源"]) == "省督察"
    assert task.responsible_units == task.leaders == ()


@pytest.mark.parametrize("mark", ["同上", "〃", "″"])
def test_a_mark_stands_for_the_cell_above(mark: str) -> None:
    rows = ROWS.replace("北沟河淤积\t\t", f"北沟河淤积\t{mark}\t")
    task = second(TITLE + "表一 问题台账\n" + HEAD + rows)
    assert names(task.responsible_units) == ["县水务局"]


def test_each_table_has_its_caption_and_its_own_rows() -> None:
    text = (
        TITLE
        + "表一 问题台账\n"
        + HEAD
        + ROWS
        + "合计：2项。\n表二　入河排污口台账\n编号|河流|排口位置|责任主体|完成时限|状态\n"
        + "GX-001|南沟河|菜场西侧|城关镇|2026年6月底|未启动\nGX-002||水厂下|||完成\n"
        + "表三 信访台账\n受理编号\t反映内容\t承办单位\t办结日期\nX1\t河水发臭\t县水务局\t1月16日\n"
        + "X2\t烧烤油烟\t县城管局\t未办结\n"
    )
    document = parse(text)
    assert document.source.title == "桐坞县2026年突出环境问题整改台帐（2026年4月）"
    assert document.source.region == "桐坞县"
    assert [(one.number, quote(one.caption)) for one in document.tasks] == [
        ("1", "表一 问题台账"),
        ("2", "表一 问题台账"),
        ("GX-001", "表二　入河排污口台账"),
        ("GX-002", "表二　入河排污口台账"),
        ("X1", "表三 信访台账"),
        ("X2", "表三 信访台账"),
    ]
    assert [quote(one.title) for one in document.tasks[2:]] == [
        "菜场西侧",
        "水厂下",
        "河水发臭",
        "烧烤油烟",
    ]
    assert [quote(one.status) for one in document.tasks[2:]] == [
        "未启动",
        "完成",
        "1月16日",
        "未办结",
    ]


def test_a_row_of_a_total_takes_nothing_over_and_is_no_task() -> None:
    text = TITLE + "说明：空格内容同上一行。\n表一 问题台账\n" + HEAD + ROWS
    assert len(parse(text + "合计\t\t2项\t\t\t\t\n").tasks) == 2


def test_what_is_said_of_one_column_holds_for_no_other() -> None:
    task = second(TITLE + HEAD + ROWS + "说明：责任单位一栏空白的，与上一项为同一单位。\n")
    assert names(task.responsible_units) == ["县水务局"]
    assert task.leaders == ()


def test_a_note_says_that_a_row_is_as_another() -> None:
    third = "3\t\t西沟河淤积\t县住建局\t\t2026年9月底\t\n"
    note = "注：第2项任务责任单位、责任领导与第1项相同。\n"
    tasks = parse(TITLE + HEAD + ROWS + third + note).tasks
    assert names(tasks[1].responsible_units) == ["县水务局"]
    assert names(tasks[1].leaders) == ["沈立农"]
    assert tasks[2].leaders == ()


@pytest.mark.parametrize("cell", ["同第1项", "同序号1"])
def test_a_cell_names_the_row_that_it_is_as(cell: str) -> None:
    third = f"3\t\t西沟河淤积\t{cell}\t罗青\t2026年9月底\t\n"
    tasks = parse(TITLE + HEAD + ROWS + third).tasks
    assert names(tasks[2].responsible_units) == ["县水务局"]


def test_a_column_written_where_the_groups_begin_was_merged_with_them() -> None:
    rows = (
        "1\t南沟河流域\t排口直排\t县水务局\t沈立农\t2026年6月底\t已招标\n"
        "2\t\t岸线裸露\t\t罗青\t2026年9月底\t\n"
        "3\t北沟河流域\t砂场扬尘\t县住建局\t沈立农\t2026年6月底\t\n"
        "4\t\t料堆露天\t\t\t2026年9月底\t\n"
        "5\t\t码头未拆\t\t罗青\t2026年9月底\t\n"
    )
    tasks = parse(TITLE + HEAD.replace("问题来源", "流域") + rows).tasks
    assert [names(task.responsible_units) for task in tasks] == [
        ["县水务局"],
        ["县水务局"],
        ["县住建局"],
        ["县住建局"],
        ["县住建局"],
    ]
    # What is written in other rows too was left open.
    assert tasks[3].leaders == ()
