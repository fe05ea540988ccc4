"""Who has which part, told behind one label: 责任分工：甲局牵头；乙局配合；丙局验收."""

from __future__ import annotations

from invented import names, parse, quote

PLAN = """松坪县环境问题整改方案

一、整改任务

【1】入河排口管理混乱
措施：
①排查排口；
②封堵混排口。
责任分工：县水务局牵头；县农业农村和水利局、河口镇配合；县整改办验收
序时进度：2026年3月底完成排查，2026年6月底完成封堵。
时限要求：2026年12月31日前

【2】渣土车抛洒
措施：
①安装定位；
②联合执法。
责任分工：县城管局牵头；县公安局配合；县整改办验收
序时进度：2026年5月底完成安装。
时限要求：2026年10月31日前

【3】秸秆焚烧
措施：
①建收储点；
②巡查。
责任分工：县农业农村局牵头；各乡镇配合；县整改办验收
序时进度：待收储方案批复。
时限要求：长期坚持
"""


def test_each_body_has_the_part_that_is_said_behind_its_name() -> None:
    first, second, _ = parse(PLAN).tasks
    assert names(first.lead_units) == ["县水务局"]
    assert names(first.cooperating_units) == ["县农业农村和水利局", "河口镇"]
    assert names(first.acceptance_units) == ["县整改办"]
    assert names(second.cooperating_units) == ["县公安局"]


def test_steps_on_the_way_are_neither_the_state_nor_the_limit() -> None:
    tasks = parse(PLAN).tasks
    assert [task.state for task in tasks] == [None, None, None]
    assert [task.deadline and quote(task.deadline.phrase) for task in tasks] == [
        "2026年12月31日前",
        "2026年10月31日前",
        "长期坚持",
    ]


def test_a_column_of_work_names_the_rows() -> None:
    text = (
        "松坪县2026年水污染防治任务分解表\n"
        "| 序号 | 重点工作 | 具体内容 | 承办单位 | 时间节点 |\n| --- | --- | --- | --- | --- |\n"
        "| 1 | 排口整治 | （1）溯源；（2）分类整治 | 县水务局 | 2026年6月底 |\n"
        "| 2 | 面源治理 | 建设生态沟渠 | 县农业农村局 | 2026年9月底 |\n"
    )
    tasks = parse(text).tasks
    assert [quote(task.title) for task in tasks] == ["排口整治", "面源治理"]
    assert [len(task.measures) for task in tasks] == [2, 1]


def test_a_framed_label_may_have_labels_behind_it() -> None:
    issue = """整改任务{0}　{1}
【问题】{1}。
【措施】（1）封堵接口；（2）新建管网。
【分工】牵头：区水务局；责任：铜河街道；验收：区生态环境局。
【时限】2026年12月底。

"""
    text = "铜河区整改调度表\n\n" + "".join(
        issue.format(*one) for one in (("一", "水质反弹"), ("二", "截污不彻底"))
    )
    first, second = parse(text).tasks
    for task in (first, second):
        assert names(task.lead_units) == ["区水务局"]
        assert names(task.responsible_units) == ["铜河街道"]
        assert names(task.acceptance_units) == ["区生态环境局"]
        assert len(task.measures) == 2
