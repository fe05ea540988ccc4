"""Forms of tasks that offices make up: names of their own, no numbers, limits and states beside the words."""

from __future__ import annotations

import datetime as dt

import pytest
from invented import names, parse, quote

from ingest.own_names import own_names

NAMED = """清河县突出问题整改进展通报

一、具体进展

（一）国督问题
国督1：城东污水厂超负荷运行。整改时限2025年12月31日。扩建工程已通水。责任单位：县住建局；督办县领导：蒋卫东。【已完成，2026年1月15日销号】
国督2：青石河截污不彻底。整改时限2026年6月30日。封堵排口18个。责任单位：县水利局；督办县领导：黎敏。【达到时序进度】

（二）县访问题
县访1：采石场扬尘。整改时限立行立改。购置雾炮车2台。责任单位：石桥镇；督办县领导：陶静。【滞后】
"""
ORDINAL = """白河市整改任务清单

■第1项（包案领导：周启明）
整改任务：两个项目未批先建，新增能耗较大。
责任单位：桥头区委、区政府　督导单位：市发改委
整改时限：2025年12月底前
整改措施：①停止建设；②逐个排查。

■第2项（包案领导：何建军）
整改任务：渣库防渗不到位。
责任单位：山口县、河口县政府　督导单位：市生态环境局、市应急局
整改时限：2026年6底前
整改措施：①建设收集池；②垂直防渗。

■第3项（包案领导：周启明）
整改任务：港口扬尘。
责任单位：港务集团　督导单位：市交通局
整改时限：长期坚持
整改措施：①湿法作业；②道路硬化。
"""
PROJECTS = """海东区重点项目调度通报

一、项目进展

岸线修复项目，由区资源局牵头，包保领导为副区长林国辉。年度任务修复岸线4.8公里，计划2026年11月底完工。达到序时进度。

尾水治理项目，由区渔业局牵头，包保领导为副区长郑慧。年度任务改造池塘3600亩，已改造1150亩。进度滞后。

公交更新项目，由海东公交公司承建、区交通局牵头，包保领导为副区长林国辉。更新车辆90辆，4月30日全部投运。已完成。
"""
BLOCKS = """海东区督查通报

一、新发现问题交办

【问题描述】泵站停运12天，污水溢流。
【整改措施】更换水泵2台。
【责任主体】新埭镇人民政府，区建设局督办
【完成期限】2026年7月20日前

【问题描述】雨水沟重金属超标。
【整改措施】立案查处。
【责任主体】工业区管委会
【完成期限】立行立改
"""
KEY_POINTS = """云山县2026年河湖长制工作要点

1 守住水域岸线

1.1 河长招募（2026年4月底前完成）。招募民间河长120名。此项工作由县河长办牵头，团县委配合。

1.2 划界复核。补设界桩460根，年内完成一半。此项工作由县水利局牵头，县自然资源局配合，2026年9月底前完成。

2 强化考核

2.1 资金保障。安排资金860万元。此项工作由县财政局负责。
"""
CODED = """柘山县督办通知

A类：立行立改类（2026年4月底前全部办结）

A1　建筑垃圾露天堆放。（责任单位：城关镇；责任人：李振东；督导部门：县城管局；办理状态：已办结）

A2　G343国道马庄段积尘。（责任单位：县公路中心；责任人：孟凡军；督导部门：县交通局、县住建局；办理状态：正在办理）

B类：限期整改类

B1　锅炉未改造。（责任单位：园区管委会；责任人：郭海涛；督导部门：县市监局；时限：2026年5月31日前；办理状态：尚未启动）
"""
MONTHS = """朔山区2026年空气质量攻坚月度安排

4月份重点工作

任务1　裸露地块治理
——对68块裸露地块落实苫盖。
——牵头：区住建局；配合：区园林中心、各街道
——包抓领导：副区长韩志刚
——4月25日前完成

任务2　用车大户联网
——12家企业安装门禁。
——牵头：区生态环境局；配合：区交通局
——包抓领导：副区长曹敏
——4月30日前完成

5月份重点工作

任务1　餐饮油烟整治
——排查餐饮单位215家。
——牵头：区城管局；配合：各街道
——包抓领导：副区长韩志刚
——5月31日前完成
"""


def test_tasks_under_names_of_an_offices_own_have_limit_leader_and_state() -> None:
    tasks = parse(NAMED).tasks
    assert [task.number for task in tasks] == ["国督1", "国督2", "县访1"]
    assert [task.title.quote for task in tasks][:2] == ["城东污水厂超负荷运行", "青石河截污不彻底"]
    assert [names(task.responsible_units) for task in tasks] == [
        ["县住建局"], ["县水利局"], ["石桥镇"],
    ]  # fmt: skip
    assert [names(task.leaders) for task in tasks] == [["蒋卫东"], ["黎敏"], ["陶静"]]
    assert [quote(task.status) for task in tasks] == [
        "已完成，2026年1月15日销号", "达到时序进度", "滞后",
    ]  # fmt: skip
    assert tasks[0].deadline is not None
    assert (tasks[0].deadline.phrase.quote, tasks[0].deadline.latest) == (
        "2025年12月31日",
        dt.date(2025, 12, 31),
    )


@pytest.mark.parametrize(
    "text",
    [
        "措施1：巡查。\n措施2：处罚。\n措施3：问责。",
        "表1：任务\n表2：指标\n表3：进展",
        "国督2：甲。\n国督4：乙。\n国督9：丙。",
        "国督1：甲。",
        "事项1：甲。\n事项2：乙。\n事项3：丙。",
    ],
)
def test_points_tables_and_stray_references_are_no_names_of_tasks(text: str) -> None:
    assert own_names(text) == ()


def test_what_is_called_a_task_names_it_where_nothing_else_is_called_a_problem() -> None:
    first, second, _ = parse(ORDINAL).tasks
    assert (first.number, first.title.quote) == ("1", "两个项目未批先建")
    assert names(first.leaders) == ["周启明"]
    assert names(first.responsible_units) == ["桥头区委", "桥头区政府"]
    assert names(first.supervising_units) == ["市发改委"]
    assert names(second.responsible_units) == ["山口县政府", "河口县政府"]


def test_a_limit_with_a_slip_in_it_is_no_date() -> None:
    _, second, _ = parse(ORDINAL).tasks
    assert second.deadline is not None
    assert second.deadline.latest is None
    assert second.review == ("时限“2026年6底前”未能识别为日期",)


def test_paragraphs_of_one_form_are_tasks() -> None:
    tasks = parse(PROJECTS).tasks
    assert [task.title.quote for task in tasks] == ["岸线修复项目", "尾水治理项目", "公交更新项目"]
    assert [names(task.lead_units) for task in tasks] == [["区资源局"], ["区渔业局"], ["区交通局"]]
    assert [names(task.leaders) for task in tasks] == [["林国辉"], ["郑慧"], ["林国辉"]]
    assert [quote(task.status) for task in tasks] == ["达到序时进度", "进度滞后", "已完成"]
    assert [limit.latest for limit in tasks[0].measures[0].deadlines] == [dt.date(2026, 11, 30)]


def test_blocks_that_begin_with_the_same_label_are_tasks_each() -> None:
    first, second = parse(BLOCKS).tasks
    assert first.title.quote == "泵站停运12天"
    assert names(first.responsible_units) == ["新埭镇人民政府"]
    assert first.deadline is not None
    assert first.deadline.latest == dt.date(2026, 7, 20)
    assert second.title.quote == "雨水沟重金属超标"


def test_a_sentence_that_closes_a_paragraph_tells_who_and_by_when() -> None:
    recruiting, reviewing, funding = parse(KEY_POINTS).tasks
    assert (names(recruiting.lead_units), names(recruiting.cooperating_units)) == (
        ["县河长办"],
        ["团县委"],
    )
    assert recruiting.deadline is not None
    assert recruiting.deadline.latest == dt.date(2026, 4, 30)
    assert reviewing.deadline is not None
    assert reviewing.deadline.latest == dt.date(2026, 9, 30)
    assert names(funding.responsible_units) == ["县财政局"]


def test_codes_number_tasks_and_the_heading_above_limits_them() -> None:
    first, second, third = parse(CODED).tasks
    assert [task.number for task in (first, second, third)] == ["A1", "A2", "B1"]
    assert names(second.supervising_units) == ["县交通局", "县住建局"]
    assert names(second.leaders) == ["孟凡军"]
    assert [task.deadline.latest if task.deadline else None for task in (first, second, third)] == [
        dt.date(2026, 4, 30), dt.date(2026, 4, 30), dt.date(2026, 5, 31),
    ]  # fmt: skip
    assert [quote(task.status) for task in (first, third)] == ["已办结", "尚未启动"]


def test_fields_and_limits_may_stand_behind_dashes() -> None:
    tasks = parse(MONTHS).tasks
    assert [task.title.quote for task in tasks] == ["裸露地块治理", "用车大户联网", "餐饮油烟整治"]
    assert [names(task.lead_units) for task in tasks] == [
        ["区住建局"], ["区生态环境局"], ["区城管局"],
    ]  # fmt: skip
    assert [names(task.leaders) for task in tasks] == [["韩志刚"], ["曹敏"], ["韩志刚"]]
    assert [task.deadline.latest if task.deadline else None for task in tasks] == [
        dt.date(2026, 4, 25), dt.date(2026, 4, 30), dt.date(2026, 5, 31),
    ]  # fmt: skip


def test_paragraphs_that_count_and_say_who_has_them_are_tasks() -> None:
    text = """关于做好散煤治理等重点任务的函

各镇人民政府：
现就重点任务明确如下。

一是加快散煤替代。完成4200户改造。责任单位：各镇人民政府；牵头单位：区发改局。

二是强化禁烧管控。重点时段24小时巡查。责任单位：各镇人民政府；牵头单位：区农业农村局。完成时限：长期坚持。

三是整治露天烧烤。取缔占道摊点。责任单位：各街道办事处；牵头单位：区城管局。

请各单位于3月20日前报送方案。
"""
    tasks = parse(text).tasks
    assert [(task.number, task.title.quote) for task in tasks] == [
        ("一", "加快散煤替代"),
        ("二", "强化禁烧管控"),
        ("三", "整治露天烧烤"),
    ]
    assert [names(task.lead_units) for task in tasks] == [
        ["区发改局"],
        ["区农业农村局"],
        ["区城管局"],
    ]


def test_a_number_alone_above_the_fields_is_no_name() -> None:
    issue = "{0}\n问题描述：{1}。\n整改措施：{2}。\n牵头：县住建局\n时限：2026年6月30日\n\n"
    rows = (("1", "粪污直排", "建堆粪场"), ("2", "市场扬尘", "硬化场地"))
    tasks = parse("白河县问题整改清单\n\n" + "".join(issue.format(*one) for one in rows)).tasks
    assert [(task.number, task.title.quote) for task in tasks] == [
        ("1", "粪污直排"),
        ("2", "市场扬尘"),
    ]
    assert "2" not in tasks[0].measures[-1].text.quote


def test_numbered_problems_with_numbered_fields_are_tasks() -> None:
    issue = """（{0}）存在问题：{1}。
1.整改措施：{2}。
2.牵头领导：副县长　卓一凡
3.责任单位：县住建局
4.完成时限：2026年12月底
"""
    rows = (("一", "把关不严", "复核项目"), ("二", "粉尘严重", "关停矿山3座"))
    text = "关于整改落实的实施方案\n\n" + "\n".join(issue.format(*one) for one in rows)
    tasks = parse(text).tasks
    assert [(task.number, task.title.quote) for task in tasks] == [
        ("一", "把关不严"),
        ("二", "粉尘严重"),
    ]
    assert [names(task.leaders) for task in tasks] == [["卓一凡"], ["卓一凡"]]
    assert [quote(task.deadline and task.deadline.phrase) for task in tasks] == ["2026年12月底"] * 2


def test_items_numbered_within_groups_have_who_is_named_behind_their_names() -> None:
    text = """广河市2026年扬尘整治任务清单

任务类别：施工扬尘
1-1 六个百分百（市住建局牵头，各区政府落实，4月30日前）
内容：排查216个工地，建立问题台账，未达到标准的一律停工整治，整治合格后方可复工。
1-2 湿法作业（市征收办牵头，各区政府落实，4月15日前）
内容：配备雾炮。

任务类别：道路扬尘
2-1 深度保洁（市城管局牵头，各区政府配合，长期坚持）
内容：每日冲洗。
"""
    tasks = parse(text).tasks
    assert [task.title.quote for task in tasks] == ["六个百分百", "湿法作业", "深度保洁"]
    assert [names(task.lead_units) for task in tasks] == [["市住建局"], ["市征收办"], ["市城管局"]]
    assert [quote(task.deadline and task.deadline.phrase) for task in tasks] == [
        "4月30日前",
        "4月15日前",
        "长期坚持",
    ]


def test_paragraphs_with_a_mark_that_say_who_has_them_are_tasks() -> None:
    text = """关山市2026年工作安排

（一）工业治理（责任领导：副市长 高远）
◎ 钢铁企业治理。市工信局负责，市生态环境局配合。9月底前完成。
◎ 砖瓦窑整治。市工信局负责，各县区政府配合。长期坚持。
（二）移动源治理（责任领导：副市长 白岩）
◎ 老旧车淘汰。市公安局负责，市商务局配合。
◎ 机械管控。市住建局负责，市生态环境局配合。
"""
    tasks = parse(text).tasks
    assert [task.title.quote for task in tasks] == [
        "钢铁企业治理",
        "砖瓦窑整治",
        "老旧车淘汰",
        "机械管控",
    ]
    assert [names(task.leaders) for task in tasks] == [["高远"], ["高远"], ["白岩"], ["白岩"]]
    assert names(tasks[2].responsible_units) == ["市公安局"]


def test_a_heading_may_say_that_a_task_follows() -> None:
    issue = "{0}、整改任务：{1}\n责任单位：县水利局\n完成时间：2026年9月底\n"
    rows = (("一", "粉尘治理"), ("二", "水源地保护"))
    text = "白河县整改任务安排\n\n" + "".join(issue.format(*one) for one in rows)
    assert [task.title.quote for task in parse(text).tasks] == ["粉尘治理", "水源地保护"]


def test_paragraphs_that_close_with_fields_in_a_bracket_are_tasks() -> None:
    text = """白河县2026年污染防治工作要点

一、消除排污口乱象。对213个排污口完成溯源，取缔私设暗管。（牵头单位：县生态环境局；配合单位：县水利局；完成时限：2026年12月底前）
二、巩固禁渔成果。加强餐饮场所检查，打击非法捕捞。（牵头单位：县农业农村局；完成时限：长期坚持）
三、推进船舶污染治理。建成固定接收点两处。（牵头单位：县交通运输局；完成时限：2026年9月底前）
"""
    tasks = parse(text).tasks
    assert [task.lead_units[0].name for task in tasks] == [
        "县生态环境局",
        "县农业农村局",
        "县交通运输局",
    ]
    assert [task.deadline.phrase.quote for task in tasks if task.deadline] == [
        "2026年12月底前",
        "长期坚持",
        "2026年9月底前",
    ]


def test_lines_above_paragraphs_that_close_with_fields_in_a_bracket_are_names_of_tasks() -> None:
    text = """白河县农业面源污染治理方案

总体要求

坚持源头减量、过程拦截。

重点任务

化肥减量行动
推广配方施肥。建立投入品台账。（主责部门：县农业农村局；配合部门：县供销社；时间节点：2026年12月）

粪污治理行动
对散养户逐户排查。
建设集中处理中心。（主责部门：县畜牧中心；时间节点：2026年6月）

尾水治理行动
改造精养池塘，尾水未经处理不得直排。（主责部门：县水产局；时间节点：长期坚持）

保障措施

县农业农村局要加强调度。各乡镇要落实责任。
"""
    tasks = parse(text).tasks
    assert [task.title.quote for task in tasks] == ["化肥减量行动", "粪污治理行动", "尾水治理行动"]
    assert [names(task.lead_units) for task in tasks] == [
        ["县农业农村局"],
        ["县畜牧中心"],
        ["县水产局"],
    ]
    assert [quote(task.deadline and task.deadline.phrase) for task in tasks] == [
        "2026年12月",
        "2026年6月",
        "长期坚持",
    ]
    assert tasks[0].path[0] == "重点任务"


def test_paragraphs_without_numbers_that_name_a_task_and_tell_who_has_it() -> None:
    text = """白河县饮用水水源地专项整治方案
为保障饮水安全，制定本方案。
拆除库区违规建筑。一级保护区内有农家乐6家。整治要求：（1）限期拆除；（2）恢复植被。牵头部门县水利局，实施主体为石桥镇人民政府，督办领导何远山，2026年8月31日前整治到位。
关闭取水口上游排口。上游有雨水口一个。牵头部门县生态环境局，实施主体为白河纸业有限公司，督办领导何远山，2026年7月底前整治到位。
建设备用水源。中心城区仅有单一水源。牵头部门县水利局，实施主体为县水务集团，督办领导岳春生，待可研批复后确定完成时间。
各乡镇要压实责任，对工作不力的严肃问责。
"""
    first, second, third = parse(text).tasks
    assert first.title.quote == "拆除库区违规建筑"
    assert names(first.lead_units) == ["县水利局"]
    assert names(first.responsible_units) == ["石桥镇人民政府"]
    assert names(first.leaders) == ["何远山"]
    assert quote(first.deadline and first.deadline.phrase) == "2026年8月31日前"
    assert names(second.responsible_units) == ["白河纸业有限公司"]
    assert names(third.leaders) == ["岳春生"]


def test_one_mark_may_head_the_tasks_that_another_marks() -> None:
    text = """白河县督察整改任务

☆ 水污染防治类
▷东沟黑臭水体治理（县水利局牵头，县住建局、东沟镇配合，2026年6月底前完成）
清淤3公里，截污12处。
▷入河排污口整治（县生态环境局牵头，各乡镇配合，2026年12月底前完成）
排查溯源，分类整治。
☆ 大气污染防治类
▷散煤替代（县发改局牵头，各乡镇配合，长期坚持）
完成2000户替代。
"""
    tasks = parse(text).tasks
    assert [task.title.quote for task in tasks] == [
        "东沟黑臭水体治理",
        "入河排污口整治",
        "散煤替代",
    ]
    assert [names(task.lead_units) for task in tasks] == [
        ["县水利局"],
        ["县生态环境局"],
        ["县发改局"],
    ]


def test_lines_above_a_text_and_one_field_that_tells_who_has_it_are_names_of_tasks() -> None:
    text = """白河县水污染防治行动计划

加快东沟治理
新建管网12公里，关停养殖场7家。
牵头：县水利局
配合：东沟镇

推进矿山复绿
完成削坡覆土。
牵头：县自然资源局

处置渗滤液
建设应急设施。
牵头：县城管局
时限：立行立改
"""
    tasks = parse(text).tasks
    assert [task.title.quote for task in tasks] == ["加快东沟治理", "推进矿山复绿", "处置渗滤液"]
    assert names(tasks[0].cooperating_units) == ["东沟镇"]
    assert quote(tasks[2].deadline and tasks[2].deadline.phrase) == "立行立改"


def test_fields_between_strokes_are_no_row_of_a_table() -> None:
    line = "任务：{0} | 措施：{1} | 牵头：{2} | 配合：石桥镇 | 时限：2026年{3}月底\n"
    text = "白河县整改任务\n\n" + "".join((
        line.format("东沟治理", "新建管网", "县水利局", 6),
        line.format("矿山复绿", "削坡覆土", "县自然资源局", 9),
        line.format("渗滤液处置", "建设应急设施", "县城管局", 12),
    ))
    tasks = parse(text).tasks
    assert [task.title.quote for task in tasks] == ["东沟治理", "矿山复绿", "渗滤液处置"]
    assert [names(task.lead_units) for task in tasks] == [
        ["县水利局"],
        ["县自然资源局"],
        ["县城管局"],
    ]
    assert quote(tasks[1].deadline and tasks[1].deadline.phrase) == "2026年9月底"
    assert tasks[0].measures[0].text.quote == "新建管网"


def test_a_bracket_may_hold_a_limit_before_its_fields() -> None:
    text = """白河县重点任务清单

1.东沟治理。新建管网12公里。（2026年12月底前完成；配合单位：石桥镇）
2.退水治理。建设生态沟渠。（长期坚持；配合单位：县农业农村局）
3.矿山复绿。削坡覆土。（2026年6月底前完成；配合单位：石岭镇）
"""
    limits = [quote(task.deadline and task.deadline.phrase) for task in parse(text).tasks]
    assert limits == ["2026年12月底前", "长期坚持", "2026年6月底前"]
