"""Task lists written as a table."""

from __future__ import annotations

import datetime as dt

import pytest
from invented import measures, names, parse, quote, spans_of

HEAD = "# 白河县2026年整改任务清单\n\n"
TABLE = """| 序号 | 整改任务 | 整改目标 | 整改措施 | 牵头单位 | 配合单位 | 验收单位 | 责任领导 | 完成时限 | 进展情况 |
|:--|---|---|---|:-:|---|---|---|---|--:|
| 1 | 南沟河黑臭 | 消除黑臭 | 1.清淤3公里；2.截污，2026年6月底前完成。 | 县水务局 | 县住建局、白河镇、丁香镇人民政府 | 县生态环境局 | 王建国（副县长） | 2026年9月底前 | 已清淤2公里 |
| 2 | 餐饮油烟 | 投诉下降 | 安装净化器 | 县城管局 | - | — | 李红 | 长期坚持 | |
"""


def test_each_row_is_a_task_with_its_columns() -> None:
    first, second = parse(HEAD + TABLE).tasks
    assert (first.number, first.title.quote, first.labelled) == ("1", "南沟河黑臭", True)
    assert quote(first.target) == "消除黑臭"
    assert names(first.lead_units) == ["县水务局"]
    assert names(first.cooperating_units) == ["县住建局", "白河镇人民政府", "丁香镇人民政府"]
    assert names(first.acceptance_units) == ["县生态环境局"]
    assert names(first.leaders) == ["王建国"]
    assert quote(first.status) == "已清淤2公里"
    assert first.deadline
    assert first.deadline.latest == dt.date(2026, 9, 30)
    assert second.deadline
    assert second.deadline.ongoing


def test_an_empty_cell_names_nobody() -> None:
    second = parse(HEAD + TABLE).tasks[1]
    assert second.cooperating_units == second.acceptance_units == ()
    assert second.status is None
    assert "status" not in second.fields


def test_measures_of_a_cell_are_split_at_their_numbers() -> None:
    first, second = parse(HEAD + TABLE).tasks
    assert measures(first) == [("1", "清淤3公里"), ("2", "截污，2026年6月底前完成。")]
    assert [limit.latest for limit in first.measures[1].deadlines] == [dt.date(2026, 6, 30)]
    assert measures(second) == [("", "安装净化器")]


@pytest.mark.parametrize(
    "cell",
    [
        "1.清淤；2.截污",
        "（1）清淤；（2）截污",
        "(1)清淤 (2)截污",
        "①清淤②截污",
        "①清淤；②截污",
        "1、清淤<br>2、截污",
    ],
)
def test_numbers_inside_a_cell_come_in_every_kind(cell: str) -> None:
    text = f"{HEAD}| 问题 | 整改措施 | 责任单位 |\n|---|---|---|\n|黑臭|{cell}|县水务局|\n"
    (task,) = parse(text).tasks
    assert [measure.text.quote for measure in task.measures] == ["清淤", "截污"]


def test_figures_inside_a_cell_are_no_numbers() -> None:
    text = f"{HEAD}| 问题 | 整改措施 | 责任单位 |\n|---|---|---|\n| 黑臭 | 1.5万吨污泥清运；新增2.4公里 | 县水务局 |\n"
    (task,) = parse(text).tasks
    assert measures(task) == [("", "1.5万吨污泥清运；新增2.4公里")]


@pytest.mark.parametrize(
    "head",
    [
        "| 完成时限 | 责任单位 | 问题 |",
        "| 时限要求 | 承办部门 | 整改事项 |",
        "|完成时间|整改责任单位|**具体问题**|",
    ],
)
def test_columns_are_known_by_their_names_in_any_order(head: str) -> None:
    (task,) = parse(f"{HEAD}{head}\n|---|---|---|\n| 2026年底 | 县水务局 | 黑臭 |\n").tasks
    assert task.title.quote == "黑臭"
    assert names(task.responsible_units) == ["县水务局"]
    assert task.deadline
    assert task.deadline.latest == dt.date(2026, 12, 31)


@pytest.mark.parametrize(
    "table",
    [
        "| 指标 | 现状 | 目标 |\n|---|---|---|\n| PM2.5 | 36 | 35 |\n",
        "| 问题 | 责任单位 | 完成时限 |\n|---|---|---|\n",
    ],
)
def test_other_tables_hold_no_tasks(table: str) -> None:
    assert parse(f"{HEAD}{table}").tasks == ()


def test_rows_with_missing_or_surplus_cells_are_read_as_far_as_they_go() -> None:
    text = f"{HEAD}| 问题 | 责任单位 | 完成时限 |\n|---|---|---|\n| 黑臭 | 县水务局 |\n| 油烟 | 县城管局 | 2026年底 | 多余 |\n| | 县城管局 | 2026年底 |\n"
    short, long = parse(text).tasks
    assert (short.title.quote, short.deadline) == ("黑臭", None)
    assert long.deadline


def test_a_row_is_searched_by_its_cells_and_measures_under_its_title() -> None:
    document = parse(HEAD + TABLE)
    passage = next(one for one in document.passages if one.path[-1] == "1南沟河黑臭")
    assert passage.span.quote == TABLE.splitlines()[2]
    sentences = [one.quote for one in passage.sentences]
    assert sentences[:4] == ["南沟河黑臭", "消除黑臭", "1.清淤3公里", "2.截污，2026年6月底前完成。"]
    assert "2026年9月底前" in sentences
    assert "1" not in sentences  # the number is in the path


def test_spans_and_ids_hold_for_tables_too() -> None:
    document = parse(HEAD + TABLE)
    assert all(document.source.text[s.start : s.end] == s.quote for s in spans_of(document))
    assert len({task.id for task in document.tasks}) == 2


PASTED = (
    "序号\t问题描述\t整改措施\t主办单位\t协办单位\t办结时限\t整改状态\n"
    "1\t南沟河返黑，\n沿线混接\t①清淤3公里；\n②截污\t县水务局\t\t2026年9月底前\t已销号（2026年9月18日）\n"
    "2\t餐饮油烟\t安装净化器\t县城管局\t县市监局、白河镇\t长期坚持\t整改中，\n已装20家\n"
    "3\t裸地扬尘\t覆盖\t县住建局\t\t2026年10月\t未启动\n"
)


def test_a_table_pasted_as_text_has_tabs_between_its_cells_and_breaks_inside() -> None:
    first, second, third = parse(f"白河县2026年整改台账\n\n{PASTED}\n填报说明：按月更新。\n").tasks
    assert quote(first.title) == "南沟河返黑，\n沿线混接"
    assert [m.text.quote for m in first.measures] == ["清淤3公里", "截污"]
    assert names(first.lead_units) == ["县水务局"]
    assert first.cooperating_units == ()
    assert quote(first.status) == "已销号（2026年9月18日）"
    assert quote(second.status) == "整改中，\n已装20家"
    assert quote(third.status) == "未启动"
    assert [task.number for task in (first, second, third)] == ["1", "2", "3"]


def test_text_around_a_pasted_table_stays_outside() -> None:
    document = parse(f"白河县2026年整改台账\n\n{PASTED}\n填报说明：按月更新。\n")
    sentences = [s.quote for passage in document.passages for s in passage.sentences]
    assert "填报说明：按月更新。" in sentences
    assert sum("\t" in sentence for sentence in sentences) == 1  # the header; the others are cells


def test_a_tab_in_a_line_makes_no_table() -> None:
    document = parse("白河县整改方案\n\n一、任务\n1.治水\t王建国\n2.治气\t李红\n")
    assert [task.number for task in document.tasks] == ["1", "2"]


STATES = """白河县2024年度整改台账
序号|存在问题|整改措施|牵头单位|整改时限|进展情况|状态
1|南沟河排口直排|①封堵;②接管,10月20日前完成|县水务局|2025年11月15日前|已封堵3处|正在整改
2|砂场扬尘|安装喷淋|县住建局|2025年4月底前|喷淋已装|已完成
3|垃圾堆放|清运|县城管局|2025年6月底前|清运完毕|
"""


def test_a_column_of_states_stands_beside_the_progress_told() -> None:
    tasks = parse(STATES).tasks
    assert [quote(task.status) for task in tasks] == ["已封堵3处", "喷淋已装", "清运完毕"]
    assert [quote(task.state) for task in tasks] == ["正在整改", "已完成", "清运完毕"]


def test_the_limit_of_a_row_tells_the_year_that_its_measures_leave_out() -> None:
    measure = parse(STATES).tasks[0].measures[1]
    assert [one.latest for one in measure.deadlines] == [dt.date(2025, 10, 20)]


def test_a_framed_table_is_read_without_a_rule() -> None:
    table = "| 问题 | 责任单位 | 完成时限 |\n| 黑臭 | 县水务局 | 2026年底 |\n"
    (task,) = parse(f"{HEAD}{table}").tasks
    assert (task.title.quote, names(task.responsible_units)) == ("黑臭", ["县水务局"])


@pytest.mark.parametrize("head", ["序时进度", "时间安排", "办结时间", "完成节点"])
@pytest.mark.parametrize(
    "cells", [("2026年9月底前", "长期坚持"), ("6月底前拆除", "9月底前全部拆除")]
)
def test_a_column_of_limits_is_known_by_them(head: str, cells: tuple[str, str]) -> None:
    rows = "".join(f"{i}|第{i}河黑臭|县水务局|{cell}\n" for i, cell in enumerate(cells, start=1))
    tasks = parse(f"{HEAD}序号|整改任务|牵头单位|{head}\n{rows}").tasks
    assert [one.deadline and one.deadline.phrase.quote for one in tasks] == list(cells)
    assert [one.status for one in tasks] == [None, None]


@pytest.mark.parametrize("cells", [("2026年3月5日", "2026年4月8日"), ("2026年3月底前", "尚未办结")])
def test_days_on_which_things_were_done_are_no_limits(cells: tuple[str, str]) -> None:
    rows = "".join(f"{i}|第{i}河黑臭|县水务局|{cell}\n" for i, cell in enumerate(cells, start=1))
    tasks = parse(f"{HEAD}序号|整改任务|牵头单位|办结时间\n{rows}").tasks
    assert [one.deadline for one in tasks] == [None, None]


def test_what_is_to_be_done_stands_under_other_headings_too() -> None:
    table = (
        "序号|整治任务|具体要求|牵头单位|时限\n1|码头|（1）拆除；（2）复绿。|县交通局|2026年底\n"
    )
    (task,) = parse(f"{HEAD}{table}").tasks
    assert measures(task) == [("1", "拆除"), ("2", "复绿。")]


def test_a_heading_is_known_by_the_longest_label_that_it_ends_with() -> None:
    head = "序号|整改任务|县级牵头单位|市级验收责任单位|属地责任单位|预计完成时间"
    row = "1|码头未拆|县交通局|市交通局|河口镇|2026年底"
    (task,) = parse(f"{HEAD}{head}\n{row}\n").tasks
    assert names(task.lead_units) == ["县交通局"]
    assert names(task.acceptance_units) == ["市交通局"]
    assert names(task.responsible_units) == ["河口镇"]
    assert task.deadline


@pytest.mark.parametrize(
    "cell", ["县交通局 高翔", "县交通局（高翔）", "县交通局、高翔", "县交通局：高翔"]
)
def test_a_person_named_beside_a_body_is_no_part_of_its_name(cell: str) -> None:
    table = f"序号|整改任务|牵头单位及责任人|完成时限\n1|码头未拆|{cell}|2026年底\n"
    (task,) = parse(f"{HEAD}{table}").tasks
    assert names(task.lead_units) == ["县交通局"]
    assert names(task.leaders) == ["高翔"]


def test_who_leads_stands_in_a_column_of_its_own() -> None:
    table = "序号|整改任务|包案领导|牵头单位及责任人|时限\n1|码头未拆|李梅|县交通局 高翔|2026年底\n"
    (task,) = parse(f"{HEAD}{table}").tasks
    assert names(task.lead_units) == ["县交通局"]
    assert names(task.leaders) == ["李梅"]


def test_a_list_of_tasks_with_a_line_for_each_cell_is_no_table_of_figures() -> None:
    heads = "编号\n问题\n责任单位\n整改时限\n整改进展\n"
    rows = "".join(
        f"{number}\n{title}\n{body}\n{limit}\n{state}\n"
        for number, title, body, limit, state in (
            ("01", "屠宰场废水直排", "河源镇人民政府", "2026年6月底", "已停产"),
            ("02", "石料厂粉尘污染", "县工信局", "2026年8月底", "正在安装喷淋"),
            ("03", "餐饮油烟扰民", "县城管局", "长期坚持", "完成21家"),
        )
    )
    document = parse(f"河源县突出环境问题整改清单\n{heads}{rows}")
    assert document.tables == ()
    assert [quote(task.status) for task in document.tasks] == ["已停产", "正在安装喷淋", "完成21家"]


def test_what_comes_next_is_none_of_the_measures() -> None:
    table = "序号|存在问题|整治举措|责任乡镇|下一步措施|时限\n1|码头未拆|拆除|河口镇|加快招标|2026年底\n"
    (task,) = parse(f"{HEAD}{table}").tasks
    assert measures(task) == [("", "拆除")]
    assert names(task.responsible_units) == ["河口镇"]
    assert quote(task.columns["下一步措施"]) == "加快招标"


def test_a_cell_may_tell_the_role_of_each_body() -> None:
    text = """白河县督察整改任务清单

序号\t问题\t整改措施\t牵头及责任单位\t整改时限
1\t河道黑臭\t清淤\t县水务局牵头，各镇人民政府配合\t2026年6月底
2\t扬尘\t覆盖\t县住建局（牵头）、县城管局\t2026年7月底
3\t垃圾\t清运\t牵头：县城管局 责任：河口镇人民政府、县市政处\t2026年8月底
"""
    first, second, third = parse(text).tasks
    assert (names(first.lead_units), names(first.cooperating_units)) == (
        ["县水务局"],
        ["各镇人民政府"],
    )
    assert (names(second.lead_units), names(second.responsible_units)) == (
        ["县住建局"],
        ["县城管局"],
    )
    assert (names(third.lead_units), names(third.responsible_units)) == (
        ["县城管局"],
        ["河口镇人民政府", "县市政处"],
    )


def test_the_bracket_of_a_heading_gives_the_role() -> None:
    text = """| 序号 | 整改事项 | 第一责任单位（牵头） | 其他责任单位 | 总时限 |
|---|---|---|---|---|
| 1 | 红树林砍伐 | 区林业局 | 白鹭街道 | 2026年6月底 |
| 2 | 海漂垃圾 | 区城管局 | | 长期坚持 |
"""
    first, second = parse("白河区整改台账\n\n" + text).tasks
    assert (names(first.lead_units), names(first.responsible_units)) == (["区林业局"], ["白鹭街道"])
    assert (names(second.lead_units), second.responsible_units) == (["区城管局"], ())


def test_a_table_goes_on_below_its_title_with_the_cells_of_a_row() -> None:
    text = """白河区整改清单

序号|问题|具体措施|责任单位|序时进度
1|污水直排|1.封堵排口。2.敷设截污管。|区水务局|2026年6月底前完成
2|裸地扬尘|1.建立清单。2.铺设防尘网。|区住建局|已于2026年3月底前完成
第1页，共2页
白河区整改清单（续）
序号|问题|具体措施|责任单位|序时进度
||3.实施绿化。4.每周巡查。||
3|信访重复|领导包案|区信访局|长期坚持
"""
    tasks = parse(text).tasks
    assert [task.number for task in tasks] == ["1", "2", "3"]
    assert [number for number, _ in measures(tasks[1])] == ["1", "2", "3", "4"]
    assert [quote(task.deadline and task.deadline.phrase) for task in tasks] == [
        "2026年6月底前完成",
        None,
        "长期坚持",
    ]
    assert quote(tasks[1].status) == "已于2026年3月底前完成"


def test_the_points_of_a_title_are_the_measures_where_no_column_has_any() -> None:
    text = """白河市任务分解表

序号\t任务内容\t主办单位\t完成期限
1\t治理河段黑臭，一是截污；二是清淤；三是补水\t市水利局\t2026年6月底
2\t划定水源保护区\t市生态环境局\t2026年9月底
"""
    first, second = parse(text).tasks
    assert len(first.measures) == 3
    assert second.measures == ()


def test_cells_with_broken_lines_name_bodies_persons_and_their_roles() -> None:
    text = """| 序号 | 问题 | 措施 | 责任单位及责任人 | 时限 |
|---|---|---|---|---|
| 1 | 污水厂未建成 | 1. 施工<br>2. 调试 | 牵头：园区管委会（张立） <br>配合：县住建局（李海） | 2026-12-31 |
| 2 | 围堤侵占 | 拆除围堤 | 县水利局（王同）<br>河口乡（何林） | 2026-06-30 |
"""
    first, second = parse("白河县整改清单\n\n" + text).tasks
    assert (names(first.lead_units), names(first.cooperating_units)) == (
        ["园区管委会"],
        ["县住建局"],
    )
    assert names(first.leaders) == ["张立", "李海"]
    assert names(second.responsible_units) == ["县水利局", "河口乡"]
    assert names(second.leaders) == ["王同", "何林"]


def test_the_cell_of_what_is_to_be_done_may_close_with_who_has_it() -> None:
    rows = (
        "| 编号 | 任务名称 | 实施内容及分工 | 时间节点 |\n|---|---|---|---|\n"
        "| A-1 | 油气回收 | 1.改造加油站；<br>2.安装在线监测。<br>主办单位：市商务局<br>协办单位：市生态环境局、市工信局 | 2026年7月底前 |\n"
        "| A-2 | 泄漏检测 | 每半年检测一轮。<br>主办单位：园区管委会 | 2026年底 |\n"
    )
    first, second = parse(HEAD + rows).tasks
    assert names(first.lead_units) == ["市商务局"]
    assert names(first.cooperating_units) == ["市生态环境局", "市工信局"]
    assert [text for _, text in measures(first)] == ["改造加油站", "安装在线监测。"]
    assert names(second.lead_units) == ["园区管委会"]
    assert [text for _, text in measures(second)] == ["每半年检测一轮。"]


def test_wide_cells_hold_fields_of_their_own() -> None:
    rows = (
        "| 编号 | 问题及整改内容 | 责任体系 | 序时进度 |\n|---|---|---|---|\n"
        "| A-1 | **粉尘外逸**<br>问题表现：料棚未封闭。<br>整改举措：1.封闭料棚；2.硬化道路。"
        " | 包保领导：何远山<br>主办单位：县工信局<br>协办单位：县城管局、石桥镇政府 | 2026年6月底前 |\n"
        "| A-2 | **渗滤液积存**<br>问题表现：积存800吨。<br>整改举措：清运处置。"
        " | 包保领导：何远山<br>主办单位：县住建局 | 长期坚持 |\n"
    )
    first, second = parse(HEAD + rows).tasks
    assert [one.title.quote for one in (first, second)] == ["粉尘外逸", "渗滤液积存"]
    assert quote(first.problem) == "料棚未封闭。"
    assert measures(first) == [("1", "封闭料棚"), ("2", "硬化道路。")]
    assert names(first.leaders) == ["何远山"]
    assert names(first.lead_units) == ["县工信局"]
    assert names(first.cooperating_units) == ["县城管局", "石桥镇政府"]
    assert names(second.lead_units) == ["县住建局"]
    assert quote(second.deadline and second.deadline.phrase) == "长期坚持"


def test_a_cell_of_a_name_and_more_parts_at_its_first_line() -> None:
    rows = (
        "| 序号 | 存在问题及整改措施 | 责任单位 | 整改时限 |\n|---|---|---|---|\n"
        "| 1 | 围挡缺失<br>1.补设围挡；2.裸土覆盖。 | 县住建局 | 2026年6月底 |\n"
    )
    (task,) = parse(HEAD + rows).tasks
    assert task.title.quote == "围挡缺失"
    assert [words for _, words in measures(task)] == ["补设围挡", "裸土覆盖。"]
