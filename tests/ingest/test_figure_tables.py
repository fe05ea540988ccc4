"""Tables of figures: what is read of them, in every layout and format that they come in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from invented import parse, quote, spans_of
from written_files import as_csv, as_docx, as_html, as_pdf, as_xlsx, write

from ingest.parse import parse_file
from ingest.records import ColumnKind, FigureRow, FigureTable, ParsedDocument
from vectorstore.rows import StoredRow, from_rows, to_rows

PLAN = "白河县2026年清洁取暖工作方案\n一、任务分解\n按下表执行。\n附件1\n各镇任务分解表\n"
HEAD = ("镇（街道）", "清洁取暖改造（户）", "压减散煤（万吨）", "合格率（%）")
ROWS = (
    ("青石镇", "1,200", "0.35", "95"),
    ("柳河镇", "860", "—", "96.5"),
    ("合计", "2,060", "0.35", ""),
)
NOTE = "注：柳河镇含开发区；开发区不单独下达任务。\n"


def only_table(text: str) -> FigureTable:
    document = parse(text)
    assert all(text[one.start : one.end] == one.quote for one in spans_of(document))
    (table,) = document.tables
    return table


def values(row: FigureRow) -> list[str]:
    return [cell.value for cell in row.cells]


def by_strokes(cells: tuple[str, ...]) -> str:
    return "｜".join(cells)


def framed(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def by_tabs(cells: tuple[str, ...]) -> str:
    return "\t".join(cells)


def in_columns(cells: tuple[str, ...]) -> str:
    return "    ".join(cell or "/" for cell in cells)


def by_single_blanks(cells: tuple[str, ...]) -> str:
    return " ".join(cell or "/" for cell in cells)


@pytest.mark.parametrize("laid_out", [by_strokes, framed, by_tabs, in_columns, by_single_blanks])
def test_every_way_of_pasting_a_table_gives_the_same_records(
    laid_out: Callable[[tuple[str, ...]], str],
) -> None:
    table = only_table(PLAN + "\n".join(map(laid_out, (HEAD, *ROWS))) + f"\n{NOTE}")
    assert quote(table.caption) == "各镇任务分解表"
    assert [(one.kind, one.name, one.unit) for one in table.columns] == [
        (ColumnKind.LABEL, "镇（街道）", ""),
        (ColumnKind.FIGURES, "清洁取暖改造", "户"),
        (ColumnKind.FIGURES, "压减散煤", "万吨"),
        (ColumnKind.FIGURES, "合格率", "%"),
    ]
    assert [row.name for row in table.rows] == ["青石镇", "柳河镇", "合计"]
    assert [values(row)[1:] for row in table.rows] == [
        ["1200", "0.35", "95"],
        ["860", "", "96.5"],
        ["2060", "0.35", ""],
    ]
    assert [cell.blank for cell in table.rows[1].cells] == [False, False, True, False]
    assert [row.total for row in table.rows] == [False, False, True]
    assert [quote(one) for one in table.notes] == [NOTE.strip()]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", as_docx(PLAN.strip().split("\n"), (HEAD, *ROWS))),
        ("a.html", as_html(PLAN.strip().split("\n"), (HEAD, *ROWS))),
        ("a.pdf", as_pdf(PLAN.strip().split("\n"), (HEAD, *ROWS))),
        ("a.xlsx", as_xlsx("各镇任务分解表", (HEAD, *ROWS))),
        ("a.csv", as_csv("各镇任务分解表", (HEAD, *ROWS))),
    ],
)
def test_every_format_gives_the_same_records(tmp_path: Path, name: str, content: bytes) -> None:
    document = parse_file(write(tmp_path, name, content), tmp_path)
    (table,) = document.tables
    assert quote(table.caption) == "各镇任务分解表"
    assert [(one.name, one.unit) for one in table.columns[1:]] == [
        ("清洁取暖改造", "户"),
        ("压减散煤", "万吨"),
        ("合格率", "%"),
    ]
    assert [(row.name, *values(row)[1:]) for row in table.rows] == [
        ("青石镇", "1200", "0.35", "95"),
        ("柳河镇", "860", "", "96.5"),
        ("合计", "2060", "0.35", ""),
    ]
    text = document.source.text
    assert all(text[one.start : one.end] == one.quote for one in spans_of(document))


def test_headings_of_two_lines_tell_equal_columns_apart() -> None:
    table = only_table(
        "地区\t改厕\t改厕\t污水治理\t污水治理\n地区\t任务（户）\t完成（户）\t任务（个）\t完成（个）\n"
        "甲镇\t30\t20\t5\t4\n乙镇\t40\t31\t6\t6\n"
    )
    assert [(one.name, one.unit) for one in table.columns[1:]] == [
        ("改厕任务", "户"),
        ("改厕完成", "户"),
        ("污水治理任务", "个"),
        ("污水治理完成", "个"),
    ]
    assert len(table.header) == 2


@pytest.mark.parametrize(
    "text",
    [
        "表1 各镇任务    单位：万户\n镇｜任务｜完成\n甲镇｜0.3｜0.2\n乙镇｜0.4｜0.1\n",
        "各镇任务\n（单位：万户）\n镇｜任务｜完成\n甲镇｜0.3｜0.2\n乙镇｜0.4｜0.1\n",
        "各镇任务\n镇｜任务（万户）｜完成（单位：万户）\n甲镇｜0.3｜0.2\n乙镇｜0.4｜0.1\n",
        "镇｜计量单位｜任务｜完成\n甲镇｜万户｜0.3｜0.2\n乙镇｜万户｜0.4｜0.1\n",
        "镇｜任务｜完成\n甲镇｜0.3万户｜0.2万户\n乙镇｜0.4万户｜0.1万户\n",
    ],
)
def test_a_unit_stands_above_the_table_in_a_heading_in_a_column_or_in_the_cell(text: str) -> None:
    table = only_table(text)
    columns = [i for i, one in enumerate(table.columns) if one.kind is ColumnKind.FIGURES]
    assert {table.unit_of(row, i) for row in table.rows for i in columns} == {"万户"}
    assert [row.cells[columns[0]].value for row in table.rows] == ["0.3", "0.4"]


def test_figures_with_bounds_are_figures_and_grades_and_ranges_have_no_value() -> None:
    table = only_table(
        "断面｜水质｜氨氮（mg/L）｜pH\n龙口｜Ⅲ类｜≤1.0｜6-9\n三岔｜劣Ⅴ类｜2.0以下｜6-9\n"
    )
    assert [one.kind for one in table.columns[1:]] == [ColumnKind.FIGURES] * 3
    assert [values(row)[1:] for row in table.rows] == [["", "1.0", ""], ["", "2.0", ""]]
    assert not any(cell.blank for row in table.rows for cell in row.cells)


def test_a_row_is_named_by_its_first_label_and_by_more_where_that_is_shared() -> None:
    table = only_table(
        "项目｜排放口｜限值（毫克/立方米）\n颗粒物｜1号炉｜10\n颗粒物｜2号炉｜20\n二氧化硫｜1号炉｜35\n"
    )
    assert [row.name for row in table.rows] == ["颗粒物 1号炉", "颗粒物 2号炉", "二氧化硫"]


def test_a_cell_merged_with_the_one_above_is_that_cell() -> None:
    table = only_table("项目｜排放口｜限值（毫克/立方米）\n颗粒物｜1号炉｜10\n｜2号炉｜20\n")
    assert [row.name for row in table.rows] == ["颗粒物 1号炉", "颗粒物 2号炉"]
    assert table.rows[1].labels[0] == table.rows[0].labels[0]


def test_what_is_part_of_a_row_above_is_marked_so() -> None:
    table = only_table("县区｜任务（户）\n柏城区｜30\n其中：高新区｜12\n桐坞县｜20\n")
    assert [(row.name, row.part) for row in table.rows] == [
        ("柏城区", False),
        ("高新区", True),
        ("桐坞县", False),
    ]


def test_a_line_above_may_state_a_unit_for_each_kind_of_figures() -> None:
    table = only_table(
        "附表1 各镇目标\n（浓度单位：微克/立方米；降尘单位：吨/平方公里·月）\n"
        "镇｜PM2.5｜PM10｜降尘\n甲镇｜41｜77｜6.5\n乙镇｜43｜79｜7.0\n"
    )
    assert table.caption is not None
    assert table.caption.quote == "附表1 各镇目标"
    units = [table.unit_of(table.rows[0], i) for i in (1, 2, 3)]
    assert units == ["微克/立方米", "微克/立方米", "吨/平方公里·月"]


def test_an_amount_that_may_be_a_year_is_one_among_figures_and_none_among_words() -> None:
    table = only_table(
        "项目｜到位｜投产\n甲项目｜1980｜2024\n乙项目｜700｜2025\n丙项目｜620｜2026\n"
    )
    assert [row.cells[1].value for row in table.rows] == ["1980", "700", "620"]
    assert table.columns[2].kind is ColumnKind.TEXT


def test_a_row_of_totals_may_be_marked_in_the_column_of_numbers() -> None:
    table = only_table(
        "序号｜项目｜内容｜投资（万元）\n1｜甲厂扩建｜一期｜8600\n2｜乙河清淤｜4公里｜215\n合计｜｜｜8815\n"
    )
    assert [(row.name, row.total) for row in table.rows] == [
        ("甲厂扩建", False),
        ("乙河清淤", False),
        ("合计", True),
    ]


def test_projects_behind_a_plan_are_a_table_of_figures_beside_its_own_items() -> None:
    document = parse(
        "白河县2026年工作计划\n一、重点任务\n"
        "1.南沟治理。6月底前完成。【责任领导：甘棠；牵头单位：县水利局】\n"
        "2.北沟治理。9月底前完成。【责任领导：甘棠；牵头单位：县水利局】\n"
        "3.扬尘治理。年底前完成。【责任领导：甘棠；牵头单位：县住建局】\n"
        "附表 重点工程项目\n序号｜项目｜投资（万元）｜完成时限｜责任单位\n"
        "1｜南沟截污｜3100｜9月底｜县水利局\n2｜北沟清淤｜520｜6月底｜县水利局\n"
    )
    assert [task.title.quote for task in document.tasks] == ["南沟治理", "北沟治理", "扬尘治理"]
    (table,) = document.tables
    assert not table.of_tasks
    assert [row.name for row in table.rows] == ["南沟截污", "北沟清淤"]


def test_a_list_of_tasks_stays_one() -> None:
    document = parse(
        "# 白河县整改任务清单\n\n| 序号 | 整改任务 | 管网（公里） | 责任单位 | 完成时限 |\n|---|---|---|---|---|\n"
        "| 1 | 南沟河截污 | 3 | 县水务局 | 2026年9月底前 |\n| 2 | 北沟河清淤 | 5 | 县水务局 | 2026年底 |\n"
    )
    assert [one.of_tasks for one in document.tables] == [True]
    assert len(document.tasks) == 2


@pytest.mark.parametrize(
    "text",
    [
        "承办部门：一分厂        分管领导：沈某\n承办部门：二分厂        分管领导：韦某\n承办部门：工程部        分管领导：贺某\n",
        "联系人    电话    邮箱\n张某    办公室    无\n李某    监察科    无\n",
        "首页 | 政务公开 | 互动交流\n",
        "2026年 目标\n全县 PM2.5 控制在38微克/立方米\n",
    ],
)
def test_lines_with_gaps_are_no_table_of_figures(text: str) -> None:
    assert parse(f"某县方案\n一、总则\n{text}以上请执行。\n").tables == ()


def test_a_row_whose_cells_do_not_stand_under_their_headings_spoils_the_table() -> None:
    rows = "甲镇｜30｜20\n15｜12\n"
    assert parse(f"镇｜任务（户）｜完成（户）\n{rows}").tables == ()


def test_a_row_with_a_cell_that_cannot_be_seen_to_be_empty_spoils_the_table() -> None:
    head = "镇    任务（户）    完成（户）    新增（户）\n甲镇    30    20    1\n乙镇    40    10    2\n"
    assert len(only_table(f"{head}合计    70    30\n").rows) == 2
    assert parse(f"{head}丙镇    50    15\n合计    120    45    3\n").tables == ()


def test_an_empty_first_cell_is_a_cell_where_the_table_has_no_frame() -> None:
    table = only_table("序号|县区|任务（户）\n1|甲县|30\n2|乙县|40\n|合计|70\n")
    assert [(row.name, row.cells[2].value) for row in table.rows] == [
        ("甲县", "30"),
        ("乙县", "40"),
        ("合计", "70"),
    ]


def test_notes_that_go_on_with_numbers_belong_to_the_table() -> None:
    table = only_table(
        "镇｜任务（户）\n甲镇｜30\n乙镇｜40\n注：1.甲镇含开发区。\n2.乙镇含结转。\n二、保障措施\n加强领导。\n"
    )
    assert [quote(one) for one in table.notes] == ["注：1.甲镇含开发区。", "2.乙镇含结转。"]


def test_a_note_in_the_last_row_is_a_note() -> None:
    table = only_table(
        "| 镇 | 任务（户） |\n|---|---|\n| 甲镇 | 30 |\n| 乙镇 | 40 |\n| 备注：不含林场 | |\n"
    )
    assert [quote(one) for one in table.notes] == ["备注：不含林场"]
    assert len(table.rows) == 2


LISTED = """白河县减排工作方案
一、工作目标
全县完成氮氧化物减排100吨以上。
二、主要任务
（一）推进工业减排。实施附件所列工程。（县生态环境局牵头）
（二）加强监管。每月调度进度。（县生态环境局牵头）
附件1
重点工程清单
1.甲公司脱硝改造，氮氧化物减排62.5吨，2026年底前完成。
2.乙公司锅炉更新，氮氧化物减排30吨，2026年6月底前完成。
3.丙公司喷涂改造，挥发性有机物减排8吨，2026年底前完成。
4.丁公司储罐改造，挥发性有机物减排4吨，2026年底前完成。
"""


def test_an_annex_that_lists_projects_with_their_figures_is_a_table_of_them() -> None:
    table = only_table(LISTED)
    assert table.listed
    assert [(one.name, one.unit) for one in table.columns[1:]] == [
        ("氮氧化物减排", "吨"),
        ("挥发性有机物减排", "吨"),
    ]
    assert [(row.name, *values(row)[1:]) for row in table.rows] == [
        ("甲公司脱硝改造", "62.5", ""),
        ("乙公司锅炉更新", "30", ""),
        ("丙公司喷涂改造", "", "8"),
        ("丁公司储罐改造", "", "4"),
    ]
    assert quote(table.rows[0].cells[1].span) == "62.5吨"


def test_measures_with_a_figure_now_and_then_are_no_table() -> None:
    text = LISTED.replace("，挥发性有机物减排8吨", "").replace("，氮氧化物减排30吨", "")
    assert parse(text).tables == ()


def test_a_stored_document_comes_back_with_its_tables() -> None:
    document = parse(PLAN + "\n".join(map(by_strokes, (HEAD, *ROWS))) + f"\n{NOTE}")
    rows = to_rows(document)
    stored = [StoredRow(one.metadata, one.payload) for one in rows.ledger]
    passages = [StoredRow(one.metadata, one.payload) for one in rows.passages]
    back: ParsedDocument = from_rows(
        StoredRow(rows.document.metadata, rows.document.payload), passages, stored
    )
    assert back == document
    assert back.tables


def test_a_share_at_the_end_of_a_label_is_no_unit_of_its_row() -> None:
    text = (
        "青石县整改任务清单\n\n编号\t任务\t整改目标\t牵头单位\t完成时限\t资金（万元）\n"
        "1\t清淤\t达标率达到88.5%\t县水利局\t2026年5月\t120\n2\t复绿\t恢复岸线\t县林业局\t2026年6月\t80\n"
    )
    (table,) = parse(text).tables
    figures = len(table.columns) - 1
    assert [table.unit_of(row, figures) for row in table.rows] == ["万元", "万元"]


def test_numbers_without_a_heading_belong_to_the_names_of_the_rows() -> None:
    table = only_table(
        "白渡园区整改进展通报\n一、进展\n"
        "    企业名称          问题数   已完成   原定时限\n"
        "1.  安平涂料            6        6      6月10日\n"
        "10. 科润电镀            3        2      6月20日\n"
        "11. 净源水务（园区污水厂） 2        0      9月30日\n"
    )
    assert [row.name for row in table.rows] == ["安平涂料", "科润电镀", "净源水务（园区污水厂）"]
    assert [row.cells[1].value for row in table.rows] == ["6", "3", "2"]


LINED = """青川市2026年二季度空气质量通报
一、各地情况
表1 二季度各县区排名
名次
县区
PM2.5浓度（微克/立方米）
同比
1
南河县
21.5
-3.0%
2
北岭县
24.0
+1.5%
3
西关区
—
+2.5%

北岭县浓度不降反升。
"""


def test_cells_on_lines_of_their_own_are_a_table() -> None:
    table = only_table(LINED)
    assert quote(table.caption) == "表1 二季度各县区排名"
    assert [one.name for one in table.columns] == ["名次", "县区", "PM2.5浓度", "同比"]
    assert [one.kind for one in table.columns][:2] == [ColumnKind.NUMBER, ColumnKind.LABEL]
    assert [row.name for row in table.rows] == ["南河县", "北岭县", "西关区"]
    assert [values(row)[2:] for row in table.rows] == [
        ["21.5", "-3.0"],
        ["24.0", "1.5"],
        ["", "2.5"],
    ]


def test_lined_cells_without_numbers_or_title_are_a_table() -> None:
    lines = "区域\n任务（户）\n完成（户）\n东湖镇\n120\n80\n西湖镇\n90\n90\n合计\n210\n170"
    table = only_table(f"平江县改厕进展通报\n各镇进展如下：\n{lines}\n三镇要加快进度。\n")
    assert [row.name for row in table.rows] == ["东湖镇", "西湖镇", "合计"]
    assert table.rows[-1].total


@pytest.mark.parametrize(
    "changed",
    [
        LINED.replace("24.0\n", ""),  # a cell was dropped
        LINED.replace("24.0\n", "24.0\n25.0\n"),  # one too many
        LINED.replace("+2.5%\n", ""),  # the last row breaks off
        LINED.replace("同比\n", ""),  # a heading is missing
        LINED.replace("县区\n", "县区\n空气\n"),  # headings in two lines
        LINED.replace("西关区\n", "北岭县\n"),  # two rows of one name
    ],
)
def test_lined_cells_that_can_be_told_in_no_way_or_several_stay_text(changed: str) -> None:
    assert changed != LINED
    assert parse(changed).tables == ()


SET = """桐江省黑臭水体治理方案
一、目标
全省共治理60条，2026年完成35条。任务如下：
    市  州  总数  2026年  2027年
    白水市    40    25    15
    青石州    20    10    10
    合  计    60    35    25

二、要求
按期完成。
"""


def test_words_set_wide_within_a_table_of_blanks_are_single_cells() -> None:
    table = only_table(SET)
    assert [one.name for one in table.columns] == ["市州", "总数", "2026年", "2027年"]
    assert [row.name for row in table.rows] == ["白水市", "青石州", "合计"]
    assert [row.total for row in table.rows] == [False, False, True]


def test_what_the_text_above_counts_the_totals_in_is_the_unit() -> None:
    assert only_table(SET).unit == "条"
    assert only_table(SET.replace("完成35条", "完成35处")).unit == ""
    assert only_table(SET.replace("总数", "公里")).unit == ""


def test_two_rows_of_lined_cells_are_a_table_below_a_numbered_title() -> None:
    cells = "镇\n村数\n复燃户数\n补贴户数\n柳湾镇\n9\n88\n31\n石垄镇\n6\n64\n22\n"
    front = "白河县整改方案\n\n一、目标\n\n年底前完成。\n\n"
    table = only_table(f"{front}附表1  散煤复燃户分布\n{cells}说明：户数截至3月底。\n")
    assert [row.name for row in table.rows] == ["柳湾镇", "石垄镇"]
    assert parse(front + cells).tables == ()  # two rows alone may be anything
