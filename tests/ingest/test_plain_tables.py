"""Tables of plain text whose cells go on over several lines: set side by side with blanks, or between strokes."""

from __future__ import annotations

import pytest
from invented import measures, names, parse, quote

HEADS = "序号  整改任务          整改措施                牵头单位        配合单位        完成时限\n"
MIDDLE = """
      渣土车密闭改造    （1）加装密闭顶盖；     县城管局        县交警大队      2026年6月底前
 1                      （2）安装定位终端。                     县交通局

      非道路机械编码    （1）摸底登记；         县生态环境分    县住建局        长期坚持
 2    登记              （2）每月抽测不少于     局
                        30台次。
"""
TOP = """1     渣土车密闭改造    （1）加装密闭顶盖；     县城管局        县交警大队      2026年6月底前
                        （2）安装定位终端。                     县交通局
2     非道路机械编码    （1）摸底登记；         县生态环境分    县住建局        长期坚持
      登记              （2）每月抽测不少于     局
                        30台次。
"""
TITLE = "                    石桥县扬尘整改任务表\n\n"
BELOW = "\n填表说明：\n    一、本表由县专班统筹调度，牵头单位应当在每月3日前报送进展，由专班汇总后上报。\n"


@pytest.mark.parametrize("rows", [MIDDLE, TOP])
def test_the_pieces_of_each_cell_are_put_together(rows: str) -> None:
    first, second = parse(TITLE + HEADS + rows + BELOW).tasks
    assert [one.title.quote for one in (first, second)] == ["渣土车密闭改造", "非道路机械编码登记"]
    assert measures(first) == [("1", "加装密闭顶盖"), ("2", "安装定位终端。")]
    assert names(first.cooperating_units) == ["县交警大队", "县交通局"]
    assert names(second.lead_units) == ["县生态环境分局"]
    assert measures(second)[1] == ("2", "每月抽测不少于30台次。")
    assert quote(second.deadline and second.deadline.phrase) == "长期坚持"


def test_a_table_goes_on_below_its_title_and_headings_on_the_next_page() -> None:
    page = "\n                    第 1 页 共 2 页\n" + TITLE
    more = "\n      裸土覆盖          播撒草籽，覆盖防尘网    县自然资源局    县园林所        2026年9月底前\n 3                      并每日巡查。\n"
    document = parse(TITLE + HEADS + MIDDLE + page + HEADS + more + BELOW)
    assert [task.number for task in document.tasks] == ["1", "2", "3"]
    assert document.tasks[2].measures[0].text.quote == "播撒草籽，覆盖防尘网并每日巡查。"
    assert document.source.title == "石桥县扬尘整改任务表"


def test_a_text_without_such_a_table_stays_as_it_is() -> None:
    text = (
        TITLE
        + HEADS
        + "1     渣土车密闭改造    加装密闭顶盖            县城管局        县交警大队      2026年6月底前\n"
    )
    assert parse(text).source.text == text


BOX = """┌──┬────────┬──────────┬────────┬────────┐
│序│问题    │整改措施  │责任单位│完成时限│
│号│        │          │        │        │
├──┼────────┼──────────┼────────┼────────┤
│1 │河道返黑│1.清淤；  │县水务局│2026年6 │
│  │返臭    │2.截污。  │县生态环│月底    │
│  │        │          │境局    │        │
├──┼────────┼──────────┼────────┼────────┤
│2 │餐饮油烟│安装净化器│县城管局│长期坚持│
└──┴────────┴──────────┴────────┴────────┘
"""
# Without lines of dashes only a title that breaks off at its margin shows that rows go on below their numbers.
PAGES = """| 序号 | 事项 | 具体要求 | 牵头领导 | 责任单位 | 完成时限 |
| 一 | 地块管控 | 1.设置围挡。 | 唐济民 | 区自然资源局 | 2026年6月 |
|    |          | 2.每年监测两次。 | | 区生态环境局 | |
第 1 页 共 2 页
| 序号 | 事项 | 具体要求 | 牵头领导 | 责任单位 | 完成时限 |
| 二 | 加油站地下油罐防 | 完成双层罐改造3座。 | 彭  越 | 区商务局 | 长期坚持 |
|    | 渗改造 | | | | |
"""
MERGED = """| 序号 | 事项 | 具体要求 | 责任单位 | 完成时限 |
| 1 | 地块管控 | 设置围挡 | 区自然资源局 | 2026年6月 |
|   | 地下水监测 | 每年监测两次 | 区生态环境局 | 2026年9月 |
| 2 | 加油站油罐防渗改造 | 更换油罐 | 区商务局 | 长期坚持 |
"""


def test_rows_between_lines_of_dashes_are_put_together() -> None:
    first, second = parse("石桥县整改清单\n\n" + BOX).tasks
    assert [one.title.quote for one in (first, second)] == ["河道返黑返臭", "餐饮油烟"]
    assert measures(first) == [("1", "清淤"), ("2", "截污。")]
    assert names(first.responsible_units) == ["县水务局", "县生态环境局"]
    assert quote(first.deadline and first.deadline.phrase) == "2026年6月底"


def test_rows_that_go_on_below_their_number_are_put_together_on_every_page() -> None:
    first, second = parse("附件 石桥区重点工作责任分解表\n\n" + PAGES).tasks
    assert [one.title.quote for one in (first, second)] == ["地块管控", "加油站地下油罐防渗改造"]
    assert names(first.responsible_units) == ["区自然资源局", "区生态环境局"]
    assert [words for _, words in measures(first)] == ["设置围挡。", "每年监测两次。"]
    assert names(second.leaders) == ["彭越"]


def test_a_number_merged_over_rows_of_their_own_leaves_these_alone() -> None:
    tasks = parse("石桥区整改清单\n\n" + MERGED).tasks
    assert [one.title.quote for one in tasks] == ["地块管控", "地下水监测", "加油站油罐防渗改造"]
    assert quote(tasks[1].deadline and tasks[1].deadline.phrase) == "2026年9月"


def test_sheets_side_by_side_are_read_one_after_the_other() -> None:
    text = """石桥县整改任务卡

任务1　河道治理　　　　　　　　　　　任务2　矿山复绿
牵头单位：县水利局　　　　　　　　　　牵头单位：县自然资源局
配合单位：石桥镇　　　　　　　　　　　配合单位：石岭镇
完成时限：2026年12月底　　　　　　　　完成时限：长期坚持
"""
    first, second = parse(text).tasks
    assert [one.title.quote for one in (first, second)] == ["河道治理", "矿山复绿"]
    assert [names(one.lead_units) for one in (first, second)] == [["县水利局"], ["县自然资源局"]]
    assert quote(second.deadline and second.deadline.phrase) == "长期坚持"


def test_fields_of_one_task_may_share_a_line() -> None:
    text = "石桥县整改清单\n\n一、河道治理\n牵头单位：县水利局　　　　配合单位：石桥镇\n完成时限：2026年12月底　　　　验收单位：市水利局\n"
    assert parse(text).source.text == text
