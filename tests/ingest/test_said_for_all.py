"""Fields that stand once for several tasks, limits told beside who has a task, names that a line breaks off in."""

from __future__ import annotations

import pytest

from ingest.parse import parse_text
from ingest.records import ParsedDocument, Unit
from ingest.unit_lists import parse_people

NOTICE = """关于责令临江涂料有限公司整改环境问题的通知

临江涂料有限公司：

经现场检查，要求你公司整改下列事项，各事项均由你公司设备部负责落实，副总经理林晓东为整改责任人。

一、更换破损集气罩
调漆间集气罩破损，废气外逸。本项须于2025年5月31日前完成。

二、规范危险废物贮存
废漆桶混存，标签缺失。本项须于2025年6月15日前完成。

三、补办排污许可变更
新增喷涂线未纳入许可证。上述工作应于2025年7月20日前完成。

临江县生态环境局
2025年4月8日
"""

OF_COMPANY = """关于限期落实整改的通知

白石化工有限公司：

现将整改要求通知如下：

一、规范贮存。请你公司安全部负责，于2025年4月30日前完成分区贮存改造，补齐标签。

二、收集废气。请你公司生产部负责，设备部配合，（1）核算风量；（2）更换风机；（3）组织监测。2025年7月31日前完成。

三、修订预案。请你公司安全部负责，设备部配合，长期坚持。

整改计划请于2025年4月20日前报我局。

白石县生态环境局
2025年4月2日
"""

PARTS = """龙泉县突出环境问题整改责任清单

第一部分　水环境类
（本部分责任领导：副县长 苏明）

【1】沿河餐饮直排
整改要求：①逐户排查；②安装隔油池。
主责部门：县城管局；配合部门：县水利局；完成期限：2025年9月30日

【2】泵站溢流
整改要求：①更换水泵；②清淤。
主责部门：县住建局；配合部门：县水利局；完成期限：2025年10月31日

第二部分　固废类
（本部分责任领导：副县长 唐海）

【3】垃圾堆放点渗漏
整改要求：①清运垃圾；②覆土复绿。
主责部门：县城管局；配合部门：县财政局；完成期限：2025年7月31日
"""

UNDERTAKEN = """清河县噪声治理任务台账

| 序号 | 任务名称 | 工作内容 | 承办单位 | {behind} | 办结时间 |
|---|---|---|---|---|---|
| 1 | 夜间施工管控 | 严格核发夜间施工证明。 | 县住建局 | 县城管局 | 2025年6月底 |
| 2 | 广场舞噪声治理 | 划定活动区域。 | 县公安局 | 县文旅局 | 2025年9月底 |

各责任单位要按月报送进展。
"""

ON_PAGES = """兴宁市噪声污染防治突出问题整改方案

2024年以来我市噪声投诉居高不下，影响群众的正常生
活。为切实解决突出问题，根据省里的统一部署和市委、
市政府的工作要求，结合本市的实际情况，制定本方案。

建筑施工噪声扰民
存在问题：在建工地一百余个，夜间违规施工投诉占全部
噪声投诉的四成以上。
整改措施：
1. 严格夜间施工审批，除抢修抢险和连续作业外一律不
予批准；
2. 对违规企业依法处罚。
牵头单位：市住房和城乡建设局
责任单位：市城市管理综合执法局、各区人民
政府
整改时限：2025年9月30日

商业经营噪声扰民
存在问题：商业街区晚间噪声超标。
整改措施：
1. 拆除外放喇叭；
2. 开展巡查。
牵头单位：市公安局
责任单位：市城市管理综合执法局、湖东区河道管理
处
整改时限：2025年7月15日
"""


def read(text: str) -> ParsedDocument:
    return parse_text(text, "a.txt", "0" * 64)


def names(units: tuple[Unit, ...]) -> list[str]:
    return [unit.name for unit in units]


def test_who_has_all_tasks_has_each() -> None:
    tasks = read(NOTICE).tasks
    assert [names(task.responsible_units) for task in tasks] == [["设备部"]] * 3
    assert [[one.name for one in task.leaders] for task in tasks] == [["林晓东"]] * 3
    assert [task.deadline.phrase.quote for task in tasks if task.deadline] == [
        "2025年5月31日前",
        "2025年6月15日前",
        "2025年7月20日前",
    ]


def test_who_has_one_task_of_several_has_not_all() -> None:
    one = NOTICE.replace("各事项均由你公司设备部负责落实", "有关事项由你公司设备部与我局联系")
    assert all(not task.responsible_units for task in read(one).tasks)


def test_departments_of_the_addressee_with_limits_beside_them() -> None:
    tasks = read(OF_COMPANY).tasks
    assert [names(task.responsible_units) for task in tasks] == [["安全部"], ["生产部"], ["安全部"]]
    assert [names(task.cooperating_units) for task in tasks] == [[], ["设备部"], ["设备部"]]
    limits = [task.deadline.phrase.quote for task in tasks if task.deadline]
    assert limits == ["2025年4月30日前", "2025年7月31日前", "长期坚持"]
    assert [one.number for one in tasks[1].measures] == ["1", "2", "3"]


def test_the_limit_of_a_clause_among_others_is_not_that_of_the_task() -> None:
    text = OF_COMPANY.replace(
        "2025年7月31日前完成。", "管道清单齐全。3月底前，一号线联网；7月底前，其余线联网。"
    )
    assert read(text).tasks[1].deadline is None


def test_a_leader_of_a_part_leads_its_tasks() -> None:
    leaders = [[one.name for one in task.leaders] for task in read(PARTS).tasks]
    assert leaders == [["苏明"], ["苏明"], ["唐海"]]


def test_who_undertakes_a_row_leads_it_beside_who_helps() -> None:
    tasks = read(UNDERTAKEN.format(behind="协办单位")).tasks
    assert [names(task.lead_units) for task in tasks] == [["县住建局"], ["县公安局"]]


def test_who_undertakes_a_row_answers_for_it_where_another_leads() -> None:
    tasks = read(UNDERTAKEN.format(behind="主办单位")).tasks
    assert [names(task.responsible_units) for task in tasks] == [["县住建局"], ["县公安局"]]
    assert [names(task.lead_units) for task in tasks] == [["县城管局"], ["县文旅局"]]


def test_a_name_goes_on_below_the_line_that_it_breaks_off_in() -> None:
    tasks = read(ON_PAGES).tasks
    assert [task.title.quote for task in tasks] == ["建筑施工噪声扰民", "商业经营噪声扰民"]
    assert [names(task.responsible_units)[-1] for task in tasks] == [
        "各区人民政府",
        "湖东区河道管理处",
    ]
    assert [len(task.measures) for task in tasks] == [2, 2]


def test_points_right_behind_a_bracketed_label_are_measures() -> None:
    task = "问题{}：{}\n【整改目标】达标。\n【整改措施】一是修复池体；二\n是封场覆膜；三是立案查处。\n【牵头单位】县水利局\n【整改时限】2025年9月底\n"
    text = "河东县整改方案\n\n" + task.format("一", "渗滤液超标") + task.format("二", "岸线被占")
    measures = [[one.number for one in task.measures] for task in read(text).tasks]
    assert measures == [["一是", "二是", "三是"]] * 2


@pytest.mark.parametrize(
    ("written", "name"),
    [("陆县长（文川）", "陆文川"), ("钱副主任（志远）", "钱志远"), ("副县长李明（兼）", "李明")],
)
def test_a_given_name_in_brackets_goes_with_the_family_name(written: str, name: str) -> None:
    assert [one.name for one in parse_people(written, 0, len(written))] == [name]
