"""Where a pasted table begins and ends, and which lines are one at all: titles, neighbours, and tables in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from invented import parse, quote

PLAN = (
    "云浦县2026年大气污染防治方案\n一、重点任务\n"
    "1.工业治理。6月底前完成治理。（牵头单位：县生态环境局）\n二、任务分解\n按下表执行。\n"
)
FIRMS = (
    ("企业", "所在镇", "年用漆量（吨）", "治理工艺", "批次"),
    ("云浦车架厂", "河口镇", "42", "活性炭吸附", "第一批"),
    ("宏顺门业公司", "西岭镇", "130", "RTO", "第二批"),
    ("永利家具厂", "河口镇", "67", "催化燃烧", "第一批"),
)
VILLAGES = (
    ("镇", "行政村数", "复燃户数", "补贴户数"),
    ("河口镇", "9", "88", "31"),
    ("西岭镇", "12", "40", "22"),
    ("石桥镇", "7", "15", "9"),
)
STATES = (
    ("状态", "件数", "涉及镇数"),
    ("已销号", "12", "5"),
    ("整改中", "6", "3"),
    ("逾期", "1", "1"),
)
TEAMS = (
    ("专班名称", "召集人", "牵头部门"),
    ("河湖专班", "副县长林远", "县水利局"),
    ("矿山专班", "副县长许棠", "县自然资源局"),
)
Table = tuple[tuple[str, ...], ...]


def in_lines(rows: Table) -> str:
    return "".join(f"{cell}\n" for row in rows for cell in row)


def in_tabs(rows: Table) -> str:
    return "".join("\t".join(row) + "\n" for row in rows)


def in_strokes(rows: Table) -> str:
    return "".join(" | ".join(row) + "\n" for row in rows)


def read(text: str) -> list[tuple[str, list[str], list[str]]]:
    """The caption, the headings and the names of the rows of each table."""
    return [
        (
            quote(table.caption) if table.caption else "",
            [one.heads[-1].quote for one in table.columns],
            [row.name for row in table.rows],
        )
        for table in parse(text).tables
    ]


def told(caption: str, rows: Table) -> tuple[str, list[str], list[str]]:
    return caption, list(rows[0]), [row[0] for row in rows[1:]]


@pytest.mark.parametrize("title", ["重点企业名单", "涂装企业", "附件2\n涂装企业名单"])
@pytest.mark.parametrize("rows", [FIRMS, VILLAGES, STATES])
@pytest.mark.parametrize("below", ["", "注：数据截至6月底。\n", "三、保障措施\n加强领导。\n"])
def test_a_title_of_any_words_above_cells_in_lines_is_no_heading_of_a_column(
    title: str, rows: Table, below: str
) -> None:
    assert read(f"{PLAN}{title}\n{in_lines(rows)}{below}") == [told(title.split("\n")[-1], rows)]


def test_a_second_table_in_lines_begins_with_its_numbered_title() -> None:
    text = f"{PLAN}表1 各镇补贴\n{in_lines(VILLAGES)}表2 进展\n{in_lines(STATES)}"
    assert read(text) == [told("表1 各镇补贴", VILLAGES), told("表2 进展", STATES)]


def test_a_narrower_table_below_a_wide_one_has_rows_of_its_own() -> None:
    tasks = (
        "| 序号 | 问题 | 整改措施 | 牵头单位 | 配合单位 | 完成时限 | 备注 |\n"
        "| --- | --- | --- | --- | --- | --- | --- |\n"
        "| 1 | 河道淤积 | 清淤 | 县水利局 | 河口镇政府 | 2026年6月底 | |\n"
        "| 2 | 扬尘扰民 | 喷淋 | 县住建局 | 西岭镇政府 | 2026年8月底 | |\n"
    )
    document = parse(f"{PLAN}{tasks}注：\n1.月底指当月最后一日。\n企业名单\n{in_strokes(FIRMS)}")
    assert [quote(one.title) for one in document.tasks] == ["河道淤积", "扬尘扰民"]
    assert [row.name for row in document.tables[-1].rows] == [row[0] for row in FIRMS[1:]]


def test_an_empty_line_parts_tables_of_other_widths() -> None:
    assert [names for *_, names in read(f"{PLAN}{in_tabs(VILLAGES)}\n{in_tabs(STATES)}")] == [
        ["河口镇", "西岭镇", "石桥镇"],
        ["已销号", "整改中", "逾期"],
    ]


@pytest.mark.parametrize("written", [in_tabs, in_strokes])
def test_a_table_without_figures_and_limits_is_one_in_words(
    written: Callable[[Table], str],
) -> None:
    document = parse(f"{PLAN}整改专班如下\n{written(TEAMS)}")
    (table,) = document.tables
    assert table.in_words
    assert [row.name for row in table.rows] == ["河湖专班", "矿山专班"]
    assert [quote(one.title) for one in document.tasks] == ["工业治理"]


@pytest.mark.parametrize(
    "lines",
    [
        "填报单位：云浦县\t填表人：林远\t日期：6月\n审核：县政府\t电话：略\t备注：略\n",
        "河湖专班\t林远\n矿山专班\t许棠\n",
        "河湖\t林远\t县水利局\n",
    ],
)
def test_lines_in_columns_without_headings_are_no_table_in_words(lines: str) -> None:
    assert not parse(PLAN + lines).tables
