"""Tasks put together below headings that are bodies or limits."""

from __future__ import annotations

import pytest
from invented import names, parse, quote

BY_OFFICE = """白河市2026年重点任务责任清单

现按部门印发任务清单，{rule}。

◆市水务局（分管负责人：陈远山）
1.河湖整治。整改67处乱占，重大问题于7月底前先行清零。（11月底）
2.生态流量保障。组织两条河流调度。（全年）

◆市住建局、市城管局（分管负责人：林秋）
1.管网攻坚。新建管网45公里。（12月底）
2.黑臭水体复查。返黑返臭的立即处置。（立行立改）

有关要求：
（1）各部门于2月底前制定方案。
（2）督查室开展督查。
"""
LED = "各部门名下任务均由该部门牵头组织实施"


def test_a_heading_that_is_an_office_has_the_tasks_below_it() -> None:
    tasks = parse(BY_OFFICE.format(rule=LED)).tasks
    assert [task.title.quote for task in tasks] == [
        "河湖整治",
        "生态流量保障",
        "管网攻坚",
        "黑臭水体复查",
    ]
    assert [names(task.lead_units) for task in tasks] == [
        ["市水务局"],
        ["市水务局"],
        ["市住建局", "市城管局"],
        ["市住建局", "市城管局"],
    ]
    assert names(tasks[2].leaders) == ["林秋"]


def test_without_a_word_on_who_leads_it_answers_for_them() -> None:
    tasks = parse(BY_OFFICE.format(rule="请认真落实")).tasks
    assert names(tasks[0].responsible_units) == ["市水务局"]
    assert tasks[0].lead_units == ()


def test_a_bracket_behind_the_text_that_holds_a_time_alone_is_the_limit() -> None:
    tasks = parse(BY_OFFICE.format(rule=LED)).tasks
    limits = [quote(task.deadline and task.deadline.phrase) for task in tasks]
    assert limits == ["11月底", "全年", "12月底", "立行立改"]


@pytest.mark.parametrize("heading", ["农业农村", "污水处理厂", "水源地保护区"])
def test_a_heading_that_may_be_a_subject_is_no_body(heading: str) -> None:
    text = f"""白河市2026年重点任务清单

一、{heading}
1.清理整治。清理废弃物。
2.排查隐患。排查三轮。
二、{heading}
1.复查。复查一轮。
"""
    assert not any(task.responsible_units or task.lead_units for task in parse(text).tasks)


def test_a_heading_tells_whose_tasks_stand_below_it() -> None:
    text = """白河市突出问题整改方案

一、市水务局牵头的任务（2项）
1.排口整治。封堵混排口。
2.河道清淤。清淤3公里。
二、市城管局负责的任务
1.垃圾清运。清运积存垃圾。
"""
    tasks = parse(text).tasks
    assert [names(task.lead_units) for task in tasks] == [["市水务局"], ["市水务局"], []]
    assert names(tasks[2].responsible_units) == ["市城管局"]


def test_a_heading_puts_together_the_tasks_of_one_limit() -> None:
    text = """白河市突出问题整改方案

一、2026年6月底前完成的任务（2项）
1.排口整治。市水务局负责，封堵混排口。
2.河道清淤。市住建局负责，清淤3公里。
二、立行立改的问题
1.垃圾清运。市城管局负责，清运积存垃圾。
三、长期坚持类
1.日常巡河。市水务局负责，每周巡河。
"""
    limits = [quote(task.deadline and task.deadline.phrase) for task in parse(text).tasks]
    assert limits == ["2026年6月底前", "2026年6月底前", "立行立改", "长期坚持"]


def test_a_heading_may_be_the_field_of_all_tasks_below_it() -> None:
    text = """白河县水污染防治任务分解方案

一、牵头单位：县水利局
责任领导：副县长 陈立
1.河道清淤。清淤12万立方米。完成时限：2026年6月底前。配合单位：白沙镇人民政府
2.排口规范。立标28个。完成时限：2026年9月底前。
二、牵头单位：县住建局
责任领导：副县长 赵坤
1.管网建设。新建16公里。完成时限：2026年12月底前。
"""
    tasks = parse(text).tasks
    assert [names(task.lead_units) for task in tasks] == [["县水利局"], ["县水利局"], ["县住建局"]]
    assert [names(task.leaders) for task in tasks] == [["陈立"], ["陈立"], ["赵坤"]]
    assert names(tasks[0].cooperating_units) == ["白沙镇人民政府"]


def test_the_items_below_an_office_that_is_addressed_are_its_own() -> None:
    text = """关于2026年重点事项的督办通知

县水利局、县住建局：
现将重点事项督办如下：
县水利局：
1.6月底前完成白马河清淤3.5公里；
2.8月底前完成12个排污口封堵。
县住建局：
1.9月底前完成管网混错接改造。
县政府督查室
2026年4月11日
"""
    tasks = parse(text).tasks
    assert [names(task.responsible_units) for task in tasks] == [
        ["县水利局"],
        ["县水利局"],
        ["县住建局"],
    ]
    limits = [quote(task.deadline and task.deadline.phrase) for task in tasks]
    assert limits == ["6月底前", "8月底前", "9月底前"]


def test_batches_of_tasks_have_the_limit_of_their_heading() -> None:
    text = """大岭区督察反馈问题整改方案

第一批　2026年底前完成整改的问题

（一）石灰窑关停不到位
整改措施：1.拆除窑体4座；2.恢复原貌。
责任单位：区经信局（牵头）、石口镇
（二）采砂破坏岸线
整改措施：平整砂堆。
责任单位：区水务局

第二批　2027年6月底前完成整改的问题

（三）污泥处置不规范
整改措施：签订处置协议。
责任单位：区住建局

以上问题由区委督查室负责督办，区生态环境分局负责验收销号。
"""
    tasks = parse(text).tasks
    limits = [quote(task.deadline and task.deadline.phrase) for task in tasks]
    assert limits == ["2026年底前", "2026年底前", "2027年6月底前"]
    assert names(tasks[0].lead_units) == ["区经信局"]
