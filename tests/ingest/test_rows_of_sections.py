"""A plan whose sections are the tasks, with a table further down that sums them up."""

from __future__ import annotations

import pytest
from invented import names

from ingest.parse import parse_text
from ingest.records import ParsedDocument

SECTIONS = """白河县督察反馈问题整改方案

一、总体要求
坚持立行立改。

二、问题及整改措施
（一）问题一：老城雨污分流滞后。老城尚有41条街巷未改造。
牵头单位：县水务局
责任单位：县住建局
整改目标：完成41条街巷改造。
整改措施：
1.2026年4月底前完成管网排查。
2.2026年9月底前完成改造。
整改时限：2026年9月底
（二）问题二：污泥违规堆存。堆场露天堆存污泥1.3万吨。
牵头单位：县水务局
责任单位：石桥镇人民政府
整改目标：清运全部污泥。
整改措施：立即停止接收，2026年6月底前清运。
整改时限：2026年11月底
"""
SUMMARY = """
三、责任分工一览表
序号	问题	责任人	整改时限
1	雨污分流	贺明	2026年9月底
2	污泥堆存	陶晓	2026年10月底
"""
OTHER = """
三、重点项目清单
序号	项目	责任人	整改时限
1	湿地公园	贺明	2026年9月底
2	光伏发电	陶晓	2026年10月底
"""


def parse(text: str) -> ParsedDocument:
    return parse_text(text, "plan.txt", "0" * 64)


def test_the_sections_are_the_tasks_and_the_rows_go_along_beside_them() -> None:
    first, second = parse(SECTIONS + SUMMARY).tasks
    assert first.title.quote == "老城雨污分流滞后"
    assert [one.number for one in first.measures] == ["1", "2"]
    assert [names(task.leaders) for task in (first, second)] == [["贺明"], ["陶晓"]]
    assert first.fields["leader"].quote == "贺明"
    assert "problem" not in first.fields
    assert list(first.columns) == ["序号", "责任人", "整改时限"]
    assert [one.quote for one in second.beside] == ["2\t污泥堆存\t陶晓\t2026年10月底"]


def test_what_section_and_row_tell_differently_is_told_by_the_section() -> None:
    second = parse(SECTIONS + SUMMARY).tasks[1]
    assert second.deadline is not None
    assert second.deadline.phrase.quote == "2026年11月底"


def test_a_table_of_other_things_goes_along_with_no_section() -> None:
    document = parse(SECTIONS + OTHER)
    assert all(not names(task.leaders) or task.row for task in document.tasks)


@pytest.mark.parametrize("mark", ["（一）问题一：", "（一）任务1："])
def test_a_task_that_is_numbered_twice_is_called_by_the_words_behind(mark: str) -> None:
    assert (
        parse(SECTIONS.replace("（一）问题一：", mark)).tasks[0].title.quote == "老城雨污分流滞后"
    )
