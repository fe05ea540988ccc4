"""A document may say once that the first body of each list leads, and that the others help."""

from __future__ import annotations

import pytest
from invented import names, parse

from ingest.first_named import stated_order

PLAN = """白河县2026年空气质量改善工作方案

一、重点任务
1.清洁取暖改造800户。（责任单位：县住建局、县发改局、县财政局；完成时限：2026年10月底前）
2.更新公交车12辆。（责任单位：县交通局；完成时限：全年）
3.抽检散煤。（县市监局牵头，县公安局配合）

二、保障措施
（一）压实责任。{said}
"""


@pytest.mark.parametrize(
    "said",
    [
        "上述任务责任单位中排在第一位的为牵头单位，其余为配合单位。",
        "各项任务列首位的责任单位为牵头单位，其他单位配合。",
        "责任单位排名第一的是牵头部门，其余为协办部门。",
    ],
)
def test_the_first_body_leads_and_the_others_help_where_the_document_says_so(said: str) -> None:
    first, second, third = parse(PLAN.format(said=said)).tasks
    assert names(first.lead_units) == ["县住建局"]
    assert names(first.cooperating_units) == ["县发改局", "县财政局"]
    assert names(first.responsible_units) == ["县住建局", "县发改局", "县财政局"]
    assert names(second.lead_units) == ["县交通局"]
    assert not second.cooperating_units
    # What a task says itself stands.
    assert (names(third.lead_units), names(third.cooperating_units)) == (["县市监局"], ["县公安局"])


def test_the_words_that_say_so_are_the_field_of_the_lead() -> None:
    said = "上述任务责任单位中排在第一位的为牵头单位，其余为配合单位。"
    first = parse(PLAN.format(said=said)).tasks[0]
    assert first.fields["lead"].quote == first.fields["cooperating"].quote == said


@pytest.mark.parametrize(
    "said", ["各单位主要负责人为第一责任人。", "各镇要把此项工作摆在首位，由县生态环境局牵头。"]
)
def test_without_such_words_nobody_leads(said: str) -> None:
    assert stated_order(said) is None
    assert not parse(PLAN.format(said=said)).tasks[0].lead_units


def test_the_others_of_a_list_may_answer_beside_the_first() -> None:
    text = """白河县专项整治方案

整治任务（责任部门列首位的为牵头部门，其余为责任部门）

一、非法采砂
责任部门：县水利局、县公安局
完成期限：2026年6月底

二、噪声扰民
责任部门：县公安局
完成期限：2026年7月底
"""
    first, second = parse(text).tasks
    assert names(first.lead_units) == ["县水利局"]
    assert names(first.responsible_units) == ["县公安局"]
    assert names(second.lead_units) == ["县公安局"]
    assert second.responsible_units == ()


def test_a_mark_may_be_put_to_the_one_that_leads() -> None:
    text = """白河市任务分工

说明：▲为牵头单位。

序号 | 任务 | 责任单位 | 完成时间
1 | 建设缓冲带12公里 | ▲市水利局、市林业局 | 2026年10月
2 | 退塘还湖3处 | 滨湖区政府、▲市农业农村局 | 2026年12月
"""
    first, second = parse(text).tasks
    assert (names(first.lead_units), names(first.responsible_units)) == (["市水利局"], ["市林业局"])
    assert (names(second.lead_units), names(second.responsible_units)) == (
        ["市农业农村局"],
        ["滨湖区政府"],
    )


def test_a_mark_that_nothing_is_said_of_is_no_part_of_a_name() -> None:
    text = """白河市任务分工

序号 | 任务 | 责任单位 | 完成时间
1 | 建设缓冲带12公里 | ★市水利局、市林业局 | 2026年10月
2 | 退塘还湖3处 | ★市农业农村局 | 2026年12月
"""
    first, _ = parse(text).tasks
    assert first.lead_units == ()
    assert names(first.responsible_units) == ["市水利局", "市林业局"]
