"""Letters to firms: what a firm's heading, its problems, the demands and who supervises say is one task."""

from __future__ import annotations

from invented import parse

from ingest.records import Task

HEADED = """临河县生态环境保护委员会办公室

临环委办函〔2025〕16号

关于对临河金湾印染有限公司等企业挂牌督办的函

临河金湾印染有限公司、临河净源水务有限公司：

经研究，决定对两家企业实施挂牌督办。现将有关事项函告如下：

一、临河金湾印染有限公司（以下简称“金湾公司”）

（一）存在问题

1.定型机集气罩破损4台。
2.污泥堆放超过一年。

（二）整改要求

1.2025年8月20日前修复集气罩；2025年10月31日前完成改造。
2.2025年8月31日前将污泥全部转移。

（三）督办责任

督办领导：副县长许长青；督办单位：临河分局；协办单位：开发区管委会。企业整改责任人：总经理吴海。

二、临河净源水务有限公司

（一）存在问题

1.出水总磷超标。

（二）整改要求

1.2025年8月15日前更换加药系统。

（三）督办责任

督办领导：副县长许长青；督办单位：县住建局；协办单位：白渚镇人民政府。企业整改责任人：董事长秦淮生。

三、有关要求

（一）收到本函之日起5个工作日内编制整改方案。

临河县生态环境保护委员会办公室
2025年7月28日
"""

ON_LINES = """云岭县整改办关于督促企业整改的函
云整改办函〔2025〕8号
有关企业：
发现下列问题，请抓紧整改。
一、云岭宏盛水泥有限公司
存在问题：
1.原料堆场未封闭。
2.在线监测数据缺失42小时。
整改要求：
1.6月30日前完成堆场封闭；
2.5月20日前修复在线设备并联网。
督办单位：县生态环境局
企业责任人：总经理 高建平
二、云岭金泰化工有限公司
存在问题：
1.危废超期贮存12吨。
整改要求：
1.7月底前全部转移；
2.建立月度核查制度，长期坚持。
督办单位：县应急管理局
企业责任人：副总经理 罗成
三、云岭县第二污水处理厂
存在问题：
1.总磷超标。
整改要求：
1.8月15日前完成除磷改造。
督办单位：县住建局
企业责任人：厂长 白云生
云岭县整改办
2025年5月6日
"""

BEHIND_THE_DEMANDS = """石滩县整改办关于督促限期整改的函
石整改办函〔2025〕17号

一、石滩磷化有限公司（以下简称石滩磷化）
（一）存在问题
1. 综合利用进展滞后。
2. 监测井未按期建成。
（二）整改要求
1. 7月31日前，制定专项方案。
2. 堆场日常维护，长期坚持。
责任人：石滩磷化总经理  冯兆安
督办单位：县生态环境局
属地单位：青石镇人民政府

二、石滩县宏达铸造有限公司
（一）存在问题
1. 集气罩收集效率不足。
（二）整改要求
1. 8月31日前，完成集气罩改造。
责任人：宏达铸造法定代表人  裴光明
督办单位：县经信局
属地单位：青石镇人民政府

三、石滩县绿源养殖专业合作社
（一）存在问题
1. 雨污未分流。
（二）整改要求
1. 8月31日前，完成雨污分流。
责任人：绿源合作社理事长  卓新福
督办单位：县农业农村局
属地单位：桐树镇人民政府

石滩县整改办
2025年7月18日
"""

PARTS_APART = """云岭县生态环境局关于责令限期整改的通知
各有关单位：
一、检查发现的主要问题
（一）宏盛水泥有限公司。原料堆场未封闭，在线监测数据缺失。
（二）金泰化工有限公司。危废超期贮存12吨，标识不全。
二、整改要求
（一）宏盛水泥有限公司。6月30日前完成堆场封闭。
（二）金泰化工有限公司。7月底前全部转移超期危废，5月底前补齐标识。
三、工作要求
（一）5月25日前报送整改方案。
云岭县生态环境局
2025年5月8日
"""

SHEET = """督办通知单
编号：〔2025〕第19号
督办事项：关于海丰印染有限公司废水超标问题
主办单位：青岩县经济开发区管理委员会
协办单位：青岩县生态环境局、青岩县水务局
存在问题：废水总排口化学需氧量浓度162毫克/升，超标1倍。
督办要求：
1.4月15日前查清超标原因；
2.5月31日前完成生化池改造。
办结时限：2025年6月10日
2025年3月20日
"""


WITHOUT_PARTS = """玉屏市生态环境局高新分局
责令改正通知书
玉环高责改字〔2025〕21号
玉屏市恒光电镀有限公司：
我分局于2025年6月3日对你公司进行了检查，发现你公司存在以下环境问题：
1.加药泵停用，未报告；
2.电镀污泥超期贮存18吨。
现责令你公司按下列要求改正：
（一）6月20日前更换加药泵；
（二）7月31日前将电镀污泥全部转移处置。
你公司应于2025年6月10日前将整改方案报我分局。
玉屏市生态环境局高新分局
2025年6月5日
"""


def tasks_of(text: str) -> tuple[Task, ...]:
    return parse(text).tasks


def names(found: tuple[object, ...]) -> list[str]:
    return [one.name for one in found]  # type: ignore[attr-defined]


def test_each_firm_is_one_task_by_its_name() -> None:
    for text in (HEADED, ON_LINES, BEHIND_THE_DEMANDS):
        tasks = tasks_of(text)
        assert len(tasks) in (2, 3)
        for task in tasks:
            assert task.addressee is not None
            assert task.addressee.name == task.name
    assert [task.name for task in tasks_of(HEADED)] == [
        "临河金湾印染有限公司",
        "临河净源水务有限公司",
    ]


def test_a_works_beside_firms_is_addressed_as_well_and_one_to_be_built_is_not() -> None:
    assert tasks_of(ON_LINES)[2].addressee is not None
    plan = "某区行动计划\n一、深化治理\n1.提标改造城西污水处理厂。区水务局牵头，12月底前完成。\n2.清淤河道。区住建局牵头，9月底前完成。\n"
    assert [task.addressee for task in tasks_of(plan)] == [None, None]


def test_its_short_name_is_another_name() -> None:
    firm = tasks_of(BEHIND_THE_DEMANDS)[0].addressee
    assert firm is not None
    assert "石滩磷化" in firm.aliases


def test_what_is_wrong_is_the_problem_and_what_is_demanded_the_measures() -> None:
    headed, _ = tasks_of(HEADED)
    assert headed.problem is not None
    assert headed.problem.quote.startswith("1.定型机")
    assert len(headed.measures) == 2
    on_lines = tasks_of(ON_LINES)[0]
    assert on_lines.problem is not None
    assert on_lines.problem.quote == "1.原料堆场未封闭。\n2.在线监测数据缺失42小时。"
    assert [one.text.quote for one in on_lines.measures] == [
        "6月30日前完成堆场封闭；",
        "5月20日前修复在线设备并联网。",
    ]


def test_who_supervises_and_who_answers_are_read_below_a_heading_and_behind_the_demands() -> None:
    headed, _ = tasks_of(HEADED)
    assert names(headed.supervising_units) == ["临河分局"]
    assert names(headed.cooperating_units) == ["开发区管委会"]
    assert names(headed.leaders) == ["许长青", "吴海"]
    behind, foundry, _ = tasks_of(BEHIND_THE_DEMANDS)
    assert names(behind.leaders) == ["冯兆安"]
    assert names(behind.supervising_units) == ["县生态环境局"]
    assert names(behind.responsible_units) == ["石滩磷化有限公司"]
    assert names(behind.cooperating_units) == ["青石镇人民政府"]
    assert behind.measures[-1].units == ()
    assert names(foundry.leaders) == ["裴光明"]


def test_persons_keep_the_posts_that_stand_before_them() -> None:
    (leader,) = tasks_of(ON_LINES)[0].leaders
    assert leader.name == "高建平"
    assert leader.span.quote == "总经理 高建平"


def test_demands_of_another_part_are_the_tasks_and_the_findings_their_problems() -> None:
    cement, chemicals = tasks_of(PARTS_APART)
    assert cement.name == "宏盛水泥有限公司"
    assert cement.problem is not None
    assert "原料堆场未封闭" in cement.problem.quote
    assert chemicals.deadline is None or chemicals.deadline.phrase.quote != "5月25日前"


def test_a_sheet_of_fields_is_one_task() -> None:
    (task,) = tasks_of(SHEET)
    assert task.name == "关于海丰印染有限公司废水超标问题"
    assert names(task.lead_units) == ["青岩县经济开发区管理委员会"]
    assert [one.number for one in task.measures] == ["1", "2"]
    assert task.deadline is not None
    assert task.deadline.phrase.quote == "2025年6月10日"


def test_a_letter_without_parts_is_one_task_of_the_body_it_is_addressed_to() -> None:
    (task,) = tasks_of(WITHOUT_PARTS)
    assert task.addressee is not None
    assert task.name == "玉屏市恒光电镀有限公司"
    assert task.problem is not None
    assert task.problem.quote.endswith("超期贮存18吨。")
    assert [one.text.quote for one in task.measures] == [
        "6月20日前更换加药泵；",
        "7月31日前将电镀污泥全部转移处置。",
    ]
