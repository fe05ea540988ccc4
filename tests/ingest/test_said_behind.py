"""What a paragraph behind several tasks says of all of them, or of one by its number."""

from __future__ import annotations

import datetime as dt

from invented import names, parse, quote

PLAN = """白河园区2026年污染防治工作计划

一、重点工作

（一）治理废气

任务1　源头替代。推广低挥发涂料，替代比例不低于六成。

任务2　泄漏检测。每半年检测一轮，上半年一轮应在5月15日前完成。

以上两项任务由园区环保局牵头，经发局、应急局配合，责任领导为管委会副主任陈远山，均于2026年10月31日前完成。

（二）治理废水

任务3　雨污分流。改造错接点。

任务4　尾水回用。建设回用管线。

上述2项任务均由规建局牵头，白河水务有限公司承担建设任务。其中任务3于2026年9月30日前完成，任务4完成时间待可研批复后确定。

（三）监管固废

任务5　清库行动。清理超期贮存的废物。

任务6　无废工厂。培育五家。

任务5由环保局负责，于2026年8月31日前完成；任务6由经发局负责，各服务中心配合，长期推进。两项任务责任领导均为管委会副主任林秋。

二、组织实施
各部门按月报送进展。
"""


def test_a_paragraph_on_those_above_is_said_of_each_and_of_none_else() -> None:
    tasks = parse(PLAN).tasks
    assert [task.number for task in tasks] == ["1", "2", "3", "4", "5", "6"]
    for task in tasks[:2]:
        assert names(task.lead_units) == ["园区环保局"]
        assert names(task.cooperating_units) == ["经发局", "应急局"]
        assert names(task.leaders) == ["陈远山"]
        assert task.deadline is not None
        assert task.deadline.latest == dt.date(2026, 10, 31)
    for task in tasks[2:4]:
        assert names(task.lead_units) == ["规建局"]
        assert names(task.responsible_units) == ["白河水务有限公司"]
        assert task.leaders == ()


def test_the_paragraph_is_no_text_of_the_last_task() -> None:
    tasks = parse(PLAN).tasks
    assert [len(task.measures) for task in tasks] == [1] * 6
    assert "两项" not in tasks[1].span.quote


def test_what_it_says_of_a_number_is_said_of_that_task() -> None:
    _, _, split, reuse, stock, waste = parse(PLAN).tasks
    assert split.deadline is not None
    assert split.deadline.latest == dt.date(2026, 9, 30)
    assert reuse.deadline is not None
    assert reuse.deadline.undetermined
    assert names(stock.responsible_units) == ["环保局"]
    assert names(waste.responsible_units) == ["经发局"]
    assert names(waste.cooperating_units) == ["各服务中心"]
    assert waste.deadline is not None
    assert waste.deadline.ongoing
    assert [names(task.leaders) for task in (stock, waste)] == [["林秋"], ["林秋"]]


def test_one_item_may_speak_of_itself() -> None:
    text = """白河县2026年水污染防治计划

一、主要任务
1.排口整治。对6个排口溯源。
上述工作由县水务局牵头，6月底前完成。
2.河道清淤。清淤3公里。由县住建局负责，9月底前完成。
"""
    first, second = parse(text).tasks
    assert names(first.lead_units) == ["县水务局"]
    assert second.lead_units == ()


def test_who_accepts_all_that_stands_above() -> None:
    text = """关于责令白石铸造有限公司整改的通知

白石铸造有限公司：
经检查，现将整改事项通知如下：
①关于集气罩破损的问题。更换集气罩。此项由你公司熔炼车间负责，车间主任赵启明为责任人，须于2026年6月10日前整改完毕。
②关于台账缺失的问题。请你公司：a.补齐台账；b.张贴标识。此项由你公司安环部负责，运维单位绿源环境有限公司配合，须于接到本通知之日起7个工作日内整改完毕。
③关于废砂露天堆存的问题。清运废砂。此项由你公司后勤部负责，须立即整改。

整改完成后，由县环境执法大队对上述全部事项组织现场核查验收。逾期未完成的依法处罚。

白石县生态环境局
2026年5月20日
"""
    first, second, third = parse(text).tasks
    for task in (first, second, third):
        assert names(task.acceptance_units) == ["县环境执法大队"]
    assert names(first.leaders) == ["赵启明"]
    assert second.leaders == ()
    assert names(second.cooperating_units) == ["绿源环境有限公司"]
    assert quote(second.deadline and second.deadline.phrase) == "接到本通知之日起7个工作日内"
    assert [measure.number for measure in second.measures] == ["a", "b"]


def test_those_above_without_a_number_are_all_where_the_last_has_its_own_fields() -> None:
    issue = "{0}、问题{0}\n整改措施：清理。\n责任单位：县住建局\n整改时限：2026年6月底\n\n"
    behind = "以上问题由县委督查室负责督办，县生态环境局负责验收销号。\n"
    text = "白河县整改方案\n\n" + "".join(map(issue.format, "一二三")) + behind
    for task in parse(text).tasks:
        assert names(task.acceptance_units) == ["县生态环境局"]
        assert names(task.responsible_units) == ["县住建局"]


DIVIDED = """青禾县农村环境整治清单

甲、整改工作
1　修复停运设施
做法：逐座排查，能修则修。
2　禁止露天焚烧
做法：一是划定网格；二是建设收储站。
3　清运堆放点
做法：清运后覆土复绿。
4　治理养殖尾水
做法：建设尾水池。

乙、分工
第1、3项由县住建局主办，各乡镇人民政府协办，县领导汪承泽督办；
第2项由县农业农村局主办，县供销社协办，副县长卓敏督办；
第4项由县水利局主办，县财政局协办。

丙、期限
第1项：2025年6月30日；第2至3项：2024年9月30日；第4项：每年11月底前。
"""


def test_a_part_may_share_out_the_tasks_by_their_numbers() -> None:
    first, second, third, last = parse(DIVIDED).tasks
    for task in (first, third):
        assert names(task.lead_units) == ["县住建局"]
        assert names(task.cooperating_units) == ["各乡镇人民政府"]
        assert names(task.leaders) == ["汪承泽"]
    assert names(second.lead_units) == ["县农业农村局"]
    assert names(second.leaders) == ["卓敏"]
    assert names(last.cooperating_units) == ["县财政局"]
    assert last.leaders == ()
    limits = [
        quote(task.deadline.phrase) if task.deadline else ""
        for task in (first, second, third, last)
    ]
    assert limits == ["2025年6月30日", "2024年9月30日", "2024年9月30日", "每年11月底前"]


def test_numbers_that_are_no_tasks_above_share_out_nothing() -> None:
    """Of three tasks there is no fifth: the part speaks of something else."""
    other = DIVIDED.replace("第4项", "第5项")
    assert all(not task.lead_units for task in parse(other).tasks[:4])
