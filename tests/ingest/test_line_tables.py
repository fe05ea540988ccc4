"""Task lists copied from a web page with every cell on a line of its own."""

from __future__ import annotations

import datetime as dt

import pytest
from invented import names, parse, quote, spans_of

from ingest.line_cells import row_key
from ingest.records import DocumentKind, ParsedDocument, Task

FRONT = "松河县突出生态环境问题整改任务清单\n\n任务完成情况一览\n"
HEADS = (
    "任务编号",
    "整改任务",
    "牵头单位",
    "配合单位",
    "督导县领导",
    "承诺时限",
    "完成情况",
    "验收结论",
)
ROWS = (
    (
        "第1项",
        "拆除沙坝河非法码头",
        "县交通局",
        "县水利局、河口镇",
        "副县长韩立秋",
        "2025年6月底",
        "拆除码头9处；复绿岸线2公里。",
        "通过",
    ),
    (
        "第4项",
        "整治石林湖养殖尾水",
        "县农业农村局",
        "各乡镇",
        "县委常委、副县长吴亚东",
        "2025年12月底",
        "尚有3户未退出。",
        "未通过",
    ),
    (
        "第7项",
        "补齐垃圾处理能力短板",
        "县城管局",
        "县发改局",
        "副县长韩立秋",
        "长期坚持",
        "中转站已建成。",
        "通过",
    ),
)
BELOW = "\n有关说明\n1.“未通过”的任务，由牵头单位于2026年3月底前提交方案。\n"


def document(
    *rows: tuple[str, ...], gap: str = "\n", below: str = BELOW, front: str = FRONT
) -> ParsedDocument:
    lines = [cell for row in (HEADS, *(rows or ROWS)) for cell in row]
    return parse(front + gap.join(lines) + "\n" + below)


def changed(number: int, column: int, *cells: str) -> list[tuple[str, ...]]:
    """The rows with one cell of one row replaced by others, or by none."""
    rows = list(ROWS)
    rows[number] = (*rows[number][:column], *cells, *rows[number][column + 1 :])
    return rows


def titles(found: ParsedDocument) -> list[str]:
    return [task.title.quote for task in found.tasks]


def is_first(task: Task) -> bool:
    return (
        task.title.quote == "拆除沙坝河非法码头"
        and names(task.lead_units) == ["县交通局"]
        and names(task.cooperating_units) == ["县水利局", "河口镇"]
        and names(task.leaders) == ["韩立秋"]
        and quote(task.status) == "拆除码头9处；复绿岸线2公里。"
        and task.deadline is not None
        and task.deadline.latest == dt.date(2025, 6, 30)
    )


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n \n\n"])
def test_each_row_is_a_task_as_one_between_tabs_is(gap: str) -> None:
    found = document(gap=gap)
    assert [task.number for task in found.tasks] == ["1", "4", "7"]
    assert all(task.row and not task.review for task in found.tasks)
    assert is_first(found.tasks[0])
    assert names(found.tasks[1].leaders) == ["吴亚东"]
    assert found.tasks[2].deadline is not None
    assert found.tasks[2].deadline.ongoing
    assert all(found.source.text[one.start : one.end] == one.quote for one in spans_of(found))


def test_the_table_is_read_as_the_same_table_between_tabs() -> None:
    tabbed = parse(FRONT + "\n".join("\t".join(row) for row in (HEADS, *ROWS)) + "\n" + BELOW)
    found = document()
    assert len(found.tasks) == len(tabbed.tasks) == 3
    for ours, theirs in zip(found.tasks, tabbed.tasks, strict=True):
        assert {role: span.quote for role, span in ours.fields.items()} == {
            role: span.quote for role, span in theirs.fields.items()
        }
        assert (ours.number, ours.title.quote, ours.path) == (
            theirs.number,
            theirs.title.quote,
            theirs.path,
        )


def test_text_around_the_table_stays_text() -> None:
    found = document()
    assert found.tasks[-1].span.quote.endswith("通过")
    sentences = [one.quote for passage in found.passages for one in passage.sentences]
    assert "有关说明" in sentences
    assert "1.“未通过”的任务，由牵头单位于2026年3月底前提交方案。" in sentences
    assert "任务完成情况一览" in sentences
    assert found.source.title == "松河县突出生态环境问题整改任务清单"


def test_a_cell_below_a_heading_of_no_known_field_is_found_with_its_row() -> None:
    found = document()
    title = f"4{ROWS[1][1]}"
    rows = [one for one in found.passages if title in one.path]
    assert [one.quote for one in rows[0].sentences] == list(ROWS[1][1:])


def test_text_right_below_the_last_row_stays_text() -> None:
    found = document(below="有关说明：\n1.本表由县整改办填报。\n")
    assert found.tasks[-1].span.quote.endswith("通过")
    assert len(found.tasks) == 3


def test_a_cell_left_out_is_found_where_one_way_alone_fits() -> None:
    without_limit = document(*changed(1, 5))
    task = without_limit.tasks[1]
    assert titles(without_limit) == [row[1] for row in ROWS]
    assert (task.deadline, names(task.leaders), task.review) == (None, ["吴亚东"], ())
    assert quote(task.status) == "尚有3户未退出。"
    without_leader = document(*changed(0, 4)).tasks[0]
    assert (without_leader.leaders, names(without_leader.lead_units)) == ((), ["县交通局"])
    assert without_leader.deadline is not None


@pytest.mark.parametrize(("number", "column"), [(0, 2), (0, 3), (1, 6), (1, 7)])
def test_a_row_that_could_be_cut_in_several_ways_is_not_cut(number: int, column: int) -> None:
    """Of two bodies one is left, of two remarks one: whose it is, nobody knows."""
    found = document(*changed(number, column))
    assert len(found.tasks) == 3
    task = found.tasks[number]
    assert (task.lead_units, task.cooperating_units, task.leaders) == ((), (), ())
    assert (task.deadline, task.status) == (None, None)
    assert task.review
    left = [cell for i, cell in enumerate(ROWS[number]) if i not in (0, column)]
    assert all(cell in task.title.quote for cell in left)
    others = [one for one in found.tasks if one is not task]
    assert all(one.lead_units and one.leaders and one.status for one in others)


def test_an_empty_line_within_a_row_is_an_empty_cell() -> None:
    found = document(*changed(1, 3, ""))
    assert found.tasks[1].cooperating_units == ()
    assert names(found.tasks[1].lead_units) == ["县农业农村局"]
    assert not found.tasks[1].review
    last = document(*changed(1, 7, ""))
    assert quote(last.tasks[1].status) == "尚有3户未退出。"
    assert not last.tasks[1].review


def test_a_cell_may_be_broken_over_lines() -> None:
    listed = document(*changed(0, 3, "县水利局、", "河口镇"))
    assert is_first(listed.tasks[0])
    points = document(*changed(1, 6, "1.已清塘50亩；", "2.尚有3户未退出。"))
    assert quote(points.tasks[1].status) == "1.已清塘50亩；\n2.尚有3户未退出。"
    title = document(*changed(2, 1, "补齐垃圾处理", "能力短板"))
    assert title.tasks[2].title.quote == "补齐垃圾处理\n能力短板"
    assert not title.tasks[2].review


def test_a_slip_in_most_rows_leaves_all_of_the_table_as_text() -> None:
    rows = [row[:2] + row[3:] for row in ROWS]
    found = document(*rows)
    assert not any(task.row for task in found.tasks)


def test_headings_between_rows_are_read_as_such() -> None:
    rows = [("一、水环境",), *ROWS[:2], ("二、固体废物",), ROWS[2]]
    found = document(*rows)
    assert titles(found) == [row[1] for row in ROWS]
    assert [task.path[-2] for task in found.tasks] == ["一、水环境", "一、水环境", "二、固体废物"]


def test_rows_may_be_numbered_plainly_and_their_figures_are_no_numbers() -> None:
    heads = ["序号", "问题", "整改措施", "涉及户数", "责任单位", "整改时限"]
    rows = [
        ["1", "扬尘", "洒水", "12", "县住建局", "2026年6月底"],
        ["2", "油烟", "安装净化器", "3", "县城管局", "2026年9月底"],
        ["3", "黑臭", "清淤", "4", "县水利局", "2026年12月底"],
    ]
    text = "松河县问题清单\n" + "\n".join(cell for row in (heads, *rows) for cell in row)
    found = parse(text).tasks
    assert [(task.number, task.title.quote) for task in found] == [
        ("1", "扬尘"),
        ("2", "油烟"),
        ("3", "黑臭"),
    ]
    assert [names(task.responsible_units) for task in found] == [[row[4]] for row in rows]


def test_a_slip_in_a_narrow_table_costs_one_row_alone() -> None:
    rows = ["1", "扬尘", "县住建局", "2026年6月底"], ["2", "油烟", "2026年9月底"]
    rows += ["3", "黑臭", "县水利局", "2026年12月底"], ["4", "秸秆", "河口镇", "2026年12月底"]
    heads = ["序号", "问题", "责任单位", "整改时限"]
    text = "松河县问题清单\n" + "\n".join(cell for row in (heads, *rows) for cell in row)
    found = parse(text).tasks
    assert [task.number for task in found] == ["1", "2", "3", "4"]
    assert [names(task.responsible_units) for task in found] == [
        ["县住建局"],
        [],
        ["县水利局"],
        ["河口镇"],
    ]
    assert all(task.deadline for task in found)


def test_the_same_headings_once_more_go_on_with_the_table() -> None:
    lines = [
        cell for row in (HEADS, *ROWS[:2], HEADS, ROWS[2], ("第9项", *ROWS[0][1:])) for cell in row
    ]
    found = parse(FRONT + "\n".join(lines) + "\n").tasks
    assert [task.number for task in found] == ["1", "4", "7", "9"]


@pytest.mark.parametrize(
    "text",
    [
        "整改目标\n整改措施\n责任单位\n完成时限\n",
        "序号\n整改任务\n责任单位\n完成时限\n整改工作由县整改办负责。\n",
        "序号\n整改任务\n责任单位\n完成时限\n1\n扬尘\n县住建局\n2026年6月底\n",
        "1.整改目标\n2.整改措施\n3.责任单位\n4.整改时限\n",
    ],
)
def test_short_lines_alone_are_no_table(text: str) -> None:
    assert not any(task.row for task in parse(f"松河县整改方案\n\n{text}").tasks)


@pytest.mark.parametrize(
    "written", ["3", "12.", "三、", "第3项", "第十二项", "TX-01", "央督3", "【A-2】", "2-1"]
)
def test_a_row_begins_with_a_number_or_a_code(written: str) -> None:
    assert row_key(written) is not None


@pytest.mark.parametrize(
    "written", ["县住建局", "2026年6月底", "3公里", "长期坚持", "12户", "一期工程"]
)
def test_other_cells_begin_no_row(written: str) -> None:
    assert row_key(written) is None


PETITIONS = (
    "松河县群众信访举报件办理情况一览表\n（第三批）\n\n办理情况截至2026年3月28日。\n\n"
    + "\n".join((
        *("序号", "受理编号", "交办问题基本情况", "行政区域", "污染类型"),
        *("调查核实情况", "是否属实", "处理和整改情况", "是否办结", "责任人被处理情况"),
    ))
    + "\n\n"
    + "\n\n".join(
        "\n".join(row)
        for row in (
            (
                *(
                    "1",
                    "D3SH0001",
                    "河口镇砂场夜间作业噪声扰民。",
                    "河口镇",
                    "噪声",
                    "现场测得68分贝。",
                ),
                *("属实", "县城管局责令停工。3月20日复查达标。", "已办结", "无"),
            ),
            (
                *("2", "*X3SH0002", "老街饭馆油烟直排。", "城关镇", "大气", "未安装净化器。"),
                *("部分属实", "县市监局立案，4月底前安装。", "阶段性办结", "约谈2人"),
            ),
        )
    )
    + "\n\n小结：2件均已核查。\n"
)


def test_a_list_of_petitions_has_a_number_and_a_code_and_says_what_became_of_each() -> None:
    document = parse(PETITIONS)
    first, second = document.tasks
    assert (first.number, second.number) == ("1", "2")
    assert second.columns["受理编号"].quote == "*X3SH0002"
    assert titles(document) == ["河口镇砂场夜间作业噪声扰民。", "老街饭馆油烟直排。"]
    assert quote(first.status) == "县城管局责令停工。3月20日复查达标。"
    assert first.status_as_of == dt.date(2026, 3, 28)
    assert [task.columns["是否办结"].quote for task in document.tasks] == ["已办结", "阶段性办结"]
    assert document.source.kind is DocumentKind.PROGRESS_REPORT


def test_the_last_cells_of_remarks_may_be_missing() -> None:
    text = """白河州整改任务清单
序号
任务名称
牵头单位
责任单位
完成时限
备注
一、大气方面
1
钢铁企业改造
州工信局
白河钢铁集团
2026年12月
2
淘汰燃煤锅炉
州市场监管局
各县（市）人民政府
2026年10月
共21台
二、水方面
3
整治黑臭水体
州住建局
州水务集团
2027年6月
"""
    tasks = parse(text).tasks
    assert [task.number for task in tasks] == ["1", "2", "3"]
    assert [names(task.lead_units) for task in tasks] == [
        ["州工信局"],
        ["州市场监管局"],
        ["州住建局"],
    ]
    assert [task.deadline and task.deadline.phrase.quote for task in tasks] == [
        "2026年12月",
        "2026年10月",
        "2027年6月",
    ]


def test_rows_without_numbers_are_told_by_what_their_cells_hold() -> None:
    heads = ["整改任务", "整改措施", "牵头单位", "配合单位", "完成时限"]
    rows = [
        ["东沟治理", "新建管网12公里。", "县水利局", "石桥镇", "2026年12月底"],
        ["矿山复绿", "削坡覆土。", "县自然资源局", "无", "长期坚持"],
    ]
    text = "松河县整改任务表\n\n" + "\n".join(cell for row in (heads, *rows) for cell in row)
    first, second = parse(text + "\n备注：本表按月更新。\n").tasks
    assert [one.title.quote for one in (first, second)] == ["东沟治理", "矿山复绿"]
    assert [names(one.lead_units) for one in (first, second)] == [["县水利局"], ["县自然资源局"]]
    assert second.cooperating_units == ()
    moved = text.replace("无\n", "")
    assert not any(task.row for task in parse(moved).tasks)
