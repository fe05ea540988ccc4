"""Measures in running text: what announces them is none, lines of a list are some."""

from __future__ import annotations

from invented import measures

from ingest.parse import parse_text
from ingest.records import ParsedDocument


def parse(text: str) -> ParsedDocument:
    return parse_text(text, "plan.txt", "0" * 64)


def test_what_announces_points_is_no_measure() -> None:
    plan = (
        "白河县计划\n二、重点任务\n"
        "1.开展“回头看”。对206座设施逐座核查，重点做好以下工作：一是查接户率；二是查台账。\n"
        "2.推进治理。对连片池塘完成摸底和方案编制，随后分批实施改造。一是清淤；二是截污。\n"
    )
    first, second = parse(plan).tasks
    assert [number for number, _ in measures(first)] == ["一是", "二是"]
    assert [number for number, _ in measures(second)] == ["", "一是", "二是"]


def test_lines_with_dashes_are_measures() -> None:
    task = "{}、岸电使用率低\n主要问题：部分设施停用。\n整改措施：——检修设施11套；\n　　——推广平台。\n牵头单位：县交通局\n完成期限：2026年6月底\n"
    for one in parse("白河县整改清单\n" + task.format("一") + task.format("二")).tasks:
        assert [text for _, text in measures(one)] == ["检修设施11套；", "推广平台。"]


def test_measures_reported_with_their_progress_are_measures() -> None:
    task = "【{}】雨污水收集不到位\n存在问题：直排入江。\n责任单位：县住建局\n整改措施及进展：（1）建设2座池，已建成；（2）完善挡水坎。\n"
    for one in parse("白河县整改台账\n" + task.format(1) + task.format(2)).tasks:
        assert [number for number, _ in measures(one)] == ["1", "2"]


def test_an_ordinal_with_a_comma_opens_a_task_where_it_counts_on() -> None:
    notice = (
        "关于限期整改的通知\n"
        "第一项，印染废水超标。白河印染有限公司负责检修厌氧系统，6月底前完成，由县生态环境局验收。\n"
        "第二项，食品异味扰民。白河食品有限公司负责加装净化装置，8月20日前完成。\n"
        "请各企业报送承诺书。\n"
    )
    assert [task.title.quote for task in parse(notice).tasks] == ["印染废水超标", "食品异味扰民"]
    remark = notice + "注：\n第五项，因故延期。\n"
    assert len(parse(remark).tasks) == 2
