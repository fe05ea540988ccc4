"""What a heading says of all tasks below it: who leads them, who answers for them, by when."""

from __future__ import annotations

from invented import names

from ingest.parse import parse_text
from ingest.records import ParsedDocument


def parse(text: str) -> ParsedDocument:
    return parse_text(text, "plan.txt", "0" * 64)


IN_BRACKETS = """白河县2026年农村环境整治工作要点

一、生活污水（牵头单位：县生态环境局；责任领导：王建国）
1.新建设施。新建42座。县住建局配合，10月底前完成。
2.运维检查。核查206座。各镇人民政府负责，5月底前完成。

二、生活垃圾（县城管局牵头）
3.收运体系。新购转运车6辆。由县财政局牵头，8月底前完成。
4.堆放点清理。发现一处、清理一处。
"""
IN_FIELDS = """白河县近岸海域攻坚责任分解方案

一、陆源治理
牵头单位：县生态环境局
1. 总氮削减
实施河道生态化改造。
责任单位：县水利局
2. 排口整治
分类整治268个排口。
责任单位：各镇人民政府
完成时间：2026年底

二、岸线修复
牵头单位：县自然资源局；分管领导：薛文彬
完成时间：2027年底
3. 湿地重建
种植红树林420亩。
责任单位：县林业局
4. 沙滩修复
建设离岸潜堤。
责任单位：县旅发集团
完成时间：2027年10月底
"""


def test_a_bracket_behind_a_heading_holds_for_the_items_below_it() -> None:
    new, check, _, dumps = parse(IN_BRACKETS).tasks
    for task in (new, check):
        assert names(task.lead_units) == ["县生态环境局"]
        assert names(task.leaders) == ["王建国"]
    assert names(new.cooperating_units) == ["县住建局"]
    assert names(check.responsible_units) == ["各镇人民政府"]
    assert names(dumps.lead_units) == ["县城管局"]


def test_an_item_keeps_the_body_that_leads_it() -> None:
    assert names(parse(IN_BRACKETS).tasks[2].lead_units) == ["县财政局"]


def test_fields_below_a_heading_hold_for_tasks_that_count_on_from_section_to_section() -> None:
    tasks = parse(IN_FIELDS).tasks
    assert [task.number for task in tasks] == ["1", "2", "3", "4"]
    assert [names(task.lead_units) for task in tasks] == [
        ["县生态环境局"],
        ["县生态环境局"],
        ["县自然资源局"],
        ["县自然资源局"],
    ]
    assert [names(task.responsible_units) for task in tasks] == [
        ["县水利局"],
        ["各镇人民政府"],
        ["县林业局"],
        ["县旅发集团"],
    ]
    assert names(tasks[3].leaders) == ["薛文彬"]
    limits = [task.deadline.phrase.quote if task.deadline else "" for task in tasks]
    assert limits == ["", "2026年底", "2027年底", "2027年10月底"]


def test_a_bracket_may_tell_duties_in_words_and_in_fields() -> None:
    text = """白河县扬尘整治方案

一、主要任务
（一）工地管控（县住建局牵头，各街道办配合；分管领导：高宇）
1.落实围挡。工地全部围挡。完成时限：4月30日
2.推行喷淋。工地全部安装喷淋。完成时限：6月30日
（二）道路管控（责任单位：县城管局；分管领导：林秋）
3.加密机扫。每日机扫四次。完成时限：全年坚持
"""
    first, second, third = parse(text).tasks
    for task in (first, second):
        assert names(task.lead_units) == ["县住建局"]
        assert names(task.cooperating_units) == ["各街道办"]
        assert names(task.leaders) == ["高宇"]
    assert third.lead_units == ()
    assert names(third.responsible_units) == ["县城管局"]
