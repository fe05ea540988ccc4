"""What stands below a list under the code of a row is told of that row."""

from __future__ import annotations

from invented import parse

NOTICE = """白河县反馈问题拟销号公示

一、拟销号问题清单

| 清单编号 | 问题摘要 | 整改责任单位 | 整改时限 | 整改完成情况 | 验收单位 | 验收日期 | 验收意见 |
| --- | --- | --- | --- | --- | --- | --- | --- |
| BH-02 | 填埋场超库容 | 河口镇政府 | 2026-03-31 | 已封场 | 县住建局 | 2026-04-18 | 同意销号 |
| BH-05 | 电站未泄流 | 县水利局 | 2026-06-30 | 已安装设施 | 县发改局 | 2026-05-22 | 同意销号 |

二、补充说明

BH-05：退出的电站为上坝、下坝两座，均已拆坝。
BH-09：另行公示。
"""


def test_a_paragraph_under_the_code_of_a_row_goes_on_with_it() -> None:
    first, second = parse(NOTICE).tasks
    assert not first.beside
    (note,) = second.beside
    assert note.quote.startswith("BH-05：退出的电站")
    assert "上坝" in second.words
    assert NOTICE.index("下坝") in second


def test_headings_of_such_lists_name_the_rows_who_accepted_them_and_how_they_were_judged() -> None:
    first, _ = parse(NOTICE).tasks
    assert first.number == "BH-02"
    assert first.title.quote == "填埋场超库容"
    assert [unit.name for unit in first.acceptance_units] == ["县住建局"]
    assert first.columns["验收意见"].quote == "同意销号"
