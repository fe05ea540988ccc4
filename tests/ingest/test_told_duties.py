"""Duties and limits that stand in sentences, without a label: 甲局牵头，乙局配合，6月底前完成。"""

from __future__ import annotations

import pytest
from invented import names

from ingest.parse import parse_text
from ingest.records import ParsedDocument
from ingest.told_duties import told_duties


def parse(text: str) -> ParsedDocument:
    return parse_text(text, "plan.txt", "0" * 64)


def told(text: str) -> dict[str, list[str]]:
    found = told_duties(text, 0, len(text))
    return {role: names(units) for one in found for role, units in one.duties.units.items()}


@pytest.mark.parametrize(
    ("sentence", "duties"),
    [
        ("县水务局牵头，完成清淤。", {"lead": ["县水务局"]}),
        ("完成清淤，由县水务局、县城管局牵头。", {"lead": ["县水务局", "县城管局"]}),
        (
            "由县水务局牵头，县城管局、各镇人民政府配合，6月底前完成。",
            {"lead": ["县水务局"], "cooperating": ["县城管局", "各镇人民政府"]},
        ),
        ("白河镇人民政府负责，长期坚持。", {"responsible": ["白河镇人民政府"]}),
        ("县住建局牵头、县公安局配合。", {"lead": ["县住建局"], "cooperating": ["县公安局"]}),
        (
            "白河水泥有限公司负责修复除尘器，县工信局配合做好协调。",
            {"responsible": ["白河水泥有限公司"], "cooperating": ["县工信局"]},
        ),
        (
            "立行立改，县住建局负责，县生态环境局验收。",
            {"responsible": ["县住建局"], "acceptance": ["县生态环境局"]},
        ),
        (
            "牵头单位为县林业局，配合单位为县自然资源局、青龙镇人民政府。",
            {"lead": ["县林业局"], "cooperating": ["县自然资源局", "青龙镇人民政府"]},
        ),
        ("县水务局会同县住建局牵头。", {"lead": ["县水务局", "县住建局"]}),
        (
            "此项工作由县河长办牵头，团县委参与。",
            {"lead": ["县河长办"], "cooperating": ["团县委"]},
        ),
    ],
)
def test_a_sentence_tells_who_does_what(sentence: str, duties: dict[str, list[str]]) -> None:
    assert told(sentence) == duties


@pytest.mark.parametrize(
    "sentence",
    [
        "推动党建牵头，完成清淤。",
        "各牵头单位每月报送进展。",
        "县水务局负责同志到场检查。",
        "由当地政府牵头，建立台账。",
        "企业负责落实主体责任。",
        "我局配合开展检查。",
        "县住建局落实巡查制度。",
        "检查由（县水务局牵头）进行。",
        "责任单位为落实整改的主体。",
    ],
)
def test_other_sentences_name_nobody(sentence: str) -> None:
    assert told(sentence) == {}


PLAN = """白河县2026年污染防治攻坚计划

二、重点任务

1.加油站检测。对全县31座加油站检测一轮。县商务局牵头，县应急局、县市监局配合，2026年7月15日前完成。

2.道路施工。臭氧预警期间避开正午施工。由县住建局、县城管局负责，长期坚持。

3.平台建设。整合监控数据，2026年3月底前完成一期。县大数据局牵头，完成时间待省级接口开放后确定。

4.裸地治理。县自然资源局牵头，各镇政府负责。17块裸地，3月底前完成覆盖；新增裸地9月底前完成治理。
"""


def test_items_have_the_bodies_and_the_limit_of_their_sentence() -> None:
    stations, roads, platform, bare = parse(PLAN).tasks
    assert names(stations.lead_units) == ["县商务局"]
    assert names(stations.cooperating_units) == ["县应急局", "县市监局"]
    assert names(roads.responsible_units) == ["县住建局", "县城管局"]
    assert names(bare.responsible_units) == ["各镇政府"]
    limits = [task.deadline for task in (stations, roads, platform)]
    assert [limit.phrase.quote for limit in limits if limit] == [
        "2026年7月15日前",
        "长期坚持",
        "完成时间待省级接口开放后确定",
    ]


def test_a_limit_of_one_point_is_not_that_of_the_item() -> None:
    assert parse(PLAN).tasks[3].deadline is None


def test_chapters_that_tell_who_has_them_are_the_tasks() -> None:
    read = parse(
        "白河县2025年水环境整治工作要点\n\n各单位要抓好以下工作：\n\n"
        "一、坑塘清淤。清理垃圾和漂浮物。县水务局牵头，各镇配合，9月底前完成。\n"
        "二、厕所改造。摸排问题厕所。县农业农村局牵头，县财政局配合，6月底前完成。\n"
        "三、堆放点清零。发现一处清理一处。县城管局牵头，长期坚持。\n\n"
        "各牵头单位要在2月20日前制定专项方案。\n"
    ).tasks
    assert [one.number for one in read] == ["一", "二", "三"]
    assert names(read[1].lead_units) == ["县农业农村局"]
    limits = [one.deadline.phrase.quote if one.deadline else "" for one in read]
    assert limits == ["9月底前", "6月底前", "长期坚持"]


def test_an_item_that_closes_with_a_sentence_on_itself_has_its_limit() -> None:
    read = parse(
        "关于限期整改环境问题的通知\n\n白河铸造有限公司：\n现要求你公司整改下列事项。\n\n"
        "一、完善烟气收集\n更换集气罩。本项须于2025年5月31日前完成。\n\n"
        "二、规范废砂堆放\n转入室内库房。本项须于2025年6月15日前完成。\n\n"
        "三、修复在线监测\n应当立即报修。本项立行立改。\n"
    ).tasks
    assert [one.deadline.phrase.quote if one.deadline else "" for one in read] == [
        "2025年5月31日前",
        "2025年6月15日前",
        "立行立改",
    ]


def test_chapters_of_a_text_without_duties_are_no_tasks() -> None:
    text = (
        "工作综述\n\n一、总体情况。水质改善。\n二、主要做法。加强巡查。\n三、下步打算。继续努力。\n"
    )
    assert parse(text).tasks == ()


def test_the_last_clause_of_a_sentence_that_tells_duties_may_say_what_is_done_by_when() -> None:
    text = """白河县2026年攻坚计划

一、重点任务
1.排口整治。5月底前完成溯源，逐一建档。县水务局牵头，各镇配合，10月底前完成整治任务。
2.规范管理。县卫健局负责，11月底前完成评估。
"""
    limits = [task.deadline and task.deadline.phrase.quote for task in parse(text).tasks]
    assert limits == ["10月底前", "11月底前"]


def test_those_with_whom_a_body_does_it_help() -> None:
    text = """青口县2026年攻坚计划

一、重点工作
（一）压减货车污染。淘汰老旧货车。由县公安局牵头，会同县交通局、县商务局落实，12月底前完成。
（二）整治油烟扰民。逐店检查。由县城管局牵头，县市场监管局参与，全年持续推进。
"""
    first, second = parse(text).tasks
    assert names(first.lead_units) == ["县公安局"]
    assert names(first.cooperating_units) == ["县交通局", "县商务局"]
    assert first.responsible_units == ()
    assert second.deadline is not None
    assert (second.deadline.phrase.quote, second.deadline.ongoing) == ("全年持续推进", True)
