"""Forms pasted as text: one for each task, every field on a line of its own behind its label."""

from __future__ import annotations

import datetime as dt

import pytest
from invented import measures, names, parse, quote, spans_of

from ingest.records import ColumnKind, ParsedDocument

HEAD = "白河县河道整治任务表（2026年度）\n填报单位：白河县河长制办公室\t填报日期：2026.03.20\n\n"
FORMS = (
    (
        ("任务编号", "BH-01"),
        ("任务名称", "南溪排口溯源不清"),
        ("存在问题", "12个排口中3个来源不明"),
        ("整改类型", "限期整改"),
        ("责任领导", "副县长 韩立秋"),
        ("牵头单位", "县水利局"),
        ("配合单位", "县城管局、河口镇政府"),
        ("完成时限", "2026.09.30"),
        ("整改措施", "（1）逐口采样\n（2）封堵无主排口，8月底前完成"),
        ("资金（万元）", "45"),
        ("进展情况", "已采样7个"),
        ("状态", "推进中"),
    ),
    (
        ("任务编号", "BH-02"),
        ("任务名称", "石桥闸年久失修"),
        ("存在问题", "闸门锈蚀"),
        ("整改类型", "立行立改"),
        ("责任领导", "副县长 吴亚东"),
        ("牵头单位", "县住建局"),
        ("配合单位", "县财政局"),
        ("完成时限", "2026.01.31"),
        ("整改措施", "更换闸门"),
        ("资金（万元）", "0（企业自筹）"),
        ("进展情况", "闸门更换完毕"),
        ("状态", "已完成"),
    ),
)
BELOW = "\n审核人意见\t同意上报。\n"


def document(between: str = "\t", *, titles: bool = True, head: str = HEAD) -> ParsedDocument:
    forms = []
    for number, form in enumerate(FORMS, start=1):
        lines = [f"{label}{between}{value}" for label, value in form]
        forms.append("\n".join([*([f"表{number}"] if titles else []), *lines]) + "\n")
    return parse(head + "\n".join(forms) + BELOW)


@pytest.mark.parametrize("between", ["\t", " | "])
@pytest.mark.parametrize("titles", [True, False])
def test_each_form_is_a_task_with_all_of_its_fields(between: str, titles: bool) -> None:
    first, second = document(between, titles=titles).tasks
    assert (first.number, first.title.quote) == ("BH-01", "南溪排口溯源不清")
    assert first.problem is not None
    assert first.problem.quote == "12个排口中3个来源不明"
    assert names(first.leaders) == ["韩立秋"]
    assert names(first.lead_units) == ["县水利局"]
    assert names(first.cooperating_units) == ["县城管局", "河口镇政府"]
    assert first.deadline is not None
    assert first.deadline.latest == dt.date(2026, 9, 30)
    assert [one.text.quote for one in first.measures] == ["逐口采样", "封堵无主排口，8月底前完成"]
    assert first.status is not None
    assert first.status.quote == "已采样7个"
    assert names(second.lead_units) == ["县住建局"]
    assert second.columns["状态"].quote == "已完成"


def test_what_stands_above_a_form_is_its_place() -> None:
    assert [task.path[-1] for task in document().tasks] == ["表1", "表2"]
    assert [task.path[-1] for task in document(titles=False).tasks] == ["第BH-01行", "第BH-02行"]


def test_values_of_a_form_are_columns_and_its_figures_a_table() -> None:
    found = document()
    assert [task.columns["整改类型"].quote for task in found.tasks] == ["限期整改", "立行立改"]
    (table,) = found.tables
    assert table.of_tasks
    place = next(i for i, one in enumerate(table.columns) if one.kind is ColumnKind.FIGURES)
    assert (table.columns[place].name, table.columns[place].unit) == ("资金", "万元")
    assert [row.cells[place].value for row in table.rows] == ["45", "0"]


def test_lines_around_forms_belong_to_none() -> None:
    found = document()
    assert found.source.issuer == "白河县河长制办公室"
    assert found.source.issued == dt.date(2026, 3, 20)
    assert all("审核人" not in task.span.quote for task in found.tasks)
    for span in spans_of(found):
        assert found.source.text[span.start : span.end] == span.quote


def test_two_pairs_on_a_line_are_read_where_both_labels_are_known() -> None:
    (task,) = parse(
        "白河县问题整改督办单\n\n任务编号\tBH-07\t问题名称\t砂场未复绿\n牵头单位\t县林业局\t完成时限\t2026年5月底\n"
        "责任领导\t韩立秋\t整改目标\t全部复绿\n"
    ).tasks
    assert (task.number, task.title.quote) == ("BH-07", "砂场未复绿")
    assert names(task.lead_units) == ["县林业局"]
    assert names(task.leaders) == ["韩立秋"]


def test_a_table_whose_headings_stand_in_a_row_is_no_form() -> None:
    rows = "序号\t任务名称\t牵头单位\t完成时限\n1\t清淤\t县水利局\t2026年5月\n2\t复绿\t县林业局\t2026年6月\n"
    first, second = parse("白河县整改任务清单\n\n" + rows).tasks
    assert [first.title.quote, second.title.quote] == ["清淤", "复绿"]


def test_pairs_that_are_no_fields_of_a_task_stay_text() -> None:
    pairs = "联系人\t李梅\n电话\t0123-456\n地址\t滨河路8号\n邮编\t123456\n"
    assert not parse("白河县公示\n\n" + pairs).tasks


def test_a_form_may_set_pairs_side_by_side_and_merge_cells_over_its_columns() -> None:
    form = """表{0}
问题名称|{1}|问题编号|QS-{0}
整改类型|限期整改|办结时间|2026年{2}月底
牵头单位|{3}|配合单位|/
整改措施|1.封堵暗管，4月底前完成|||
|2.更换阀门|||
验收单位|县生态环境局|目前状态|正在推进
"""
    text = "青石县问题整改“一问题一表”\n\n" + "\n".join((
        form.format(1, "应急池被占用", 6, "县工信局"),
        form.format(2, "雨水口排黑水", 9, "县住建局"),
    ))
    first, second = parse(text).tasks
    assert (first.number, first.title.quote, quote(first.state)) == (
        "QS-1",
        "应急池被占用",
        "正在推进",
    )
    assert measures(first) == [("1", "封堵暗管，4月底前完成"), ("2", "更换阀门")]
    assert names(first.lead_units) == ["县工信局"]
    assert [quote(one.deadline and one.deadline.phrase) for one in (first, second)] == [
        "2026年6月底",
        "2026年9月底",
    ]


def test_the_labels_of_a_form_may_all_stand_above_its_values() -> None:
    form = "件号　{0}\n举报问题\n办结时限\n主办单位\n协办单位\n整改措施\n{1}\n"
    text = "青石县信访举报件整改清单\n\n" + "\n".join((
        form.format(
            "X01", "洗煤厂排黑水\n2026年5月15日\n县工信局\n东沟镇政府\n1、封堵排口；2、处罚18万元。"
        ),
        form.format("X02", "烟囱冒黑烟\n立行立改\n县住建局\n无\n更换除尘器。"),
    ))
    first, second = parse(text).tasks
    assert [(one.number, one.title.quote) for one in (first, second)] == [
        ("X01", "洗煤厂排黑水"),
        ("X02", "烟囱冒黑烟"),
    ]
    assert names(first.lead_units) == ["县工信局"]
    assert names(first.cooperating_units) == ["东沟镇政府"]
    assert [words for _, words in measures(first)] == ["封堵排口", "处罚18万元。"]
    assert quote(second.deadline and second.deadline.phrase) == "立行立改"
    assert second.cooperating_units == ()
