"""Several documents of one place asked together: a plan, and the bulletins of two quarters."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from assistant.app import Assistant
from tests.assistant.offices import ask, assert_told, opened

_TODAY = dt.date(2025, 11, 20)
_PLAN = """松皋县污染防治攻坚战行动计划（2024—2026年）
各乡镇人民政府：
为打好污染防治攻坚战，制定本计划。
一、主要任务
1.秸秆禁烧。落实网格化值守，2025年11月底前完成秋季巡查。牵头单位：县农业农村局；责任单位：白埠镇人民政府。
2.管网建设。2025年新建管网30公里。牵头单位：县住建局。
表1 主要目标
指标	单位	2023年现状	2024年	2025年	2026年
PM2.5年均浓度	微克/立方米	38	35	32	30
新能源公交车保有量	辆	20	50	80	100
二、资金安排
2024—2026年县级安排资金共计900万元，分年度安排200万元、300万元、400万元，其中大气450万元、水270万元、土壤180万元。
松皋县人民政府办公室
2024年3月1日
"""
_SECOND = """松皋县2025年第二季度污染防治攻坚战调度通报
各乡镇人民政府：
一、任务完成情况
表1 各乡镇任务完成情况
乡镇	任务数	已完成	滞后
白埠镇	12	4	3
青桥镇	10	5	1
柳店乡	9	3	2
合计	31	12	6
松皋县攻坚办
2025年7月8日
"""
_THIRD = """松皋县2025年第三季度污染防治攻坚战进展通报
各乡镇人民政府：
一、空气质量
1—9月，全县PM2.5平均浓度34微克/立方米，优良天数230天。
表1 各乡镇空气质量
乡镇	PM2.5浓度	综合指数	排名	上季度排名
青桥镇	30	3.2	1	3
白埠镇	33	3.6	2	1
柳店乡	35	3.9	3	2
二、任务完成情况
表2 各乡镇任务完成情况
乡镇	任务数	已完成	滞后
白埠镇	12	7	4
青桥镇	10	8	0
柳店乡	9	5	1
合计	31	20	5
三、重点工程
表3 重点工程调度
项目	计划完成时间	形象进度	本季度完成投资（万元）	进度评价	备注
柳河清淤	2025年12月	70%	300	正常	
污水厂扩建	2025年11月	40%	120	滞后	设备未到
渣土消纳场	2025年9月	55%	80	严重滞后	用地未批
湿地公园	2025年8月	100%	60	完成	
四、存在问题
（一）青桥镇管网改造偏慢。计划改造18公里，累计完成11.5公里，责任单位为青桥镇人民政府。
（二）新能源公交车推广不足。全县保有量64辆，距年度目标尚差16辆。
五、下一步要求
（一）柳店乡人民政府11月25日前报送排污口整改方案，12月20日前完成验收。
松皋县攻坚办
2025年10月12日
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("documents")
    for name, text in (("plan", _PLAN), ("q2", _SECOND), ("q3", _THIRD)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return opened(folder)


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        # Bulletins have the same columns each time: both are told, the newest first.
        ("哪个镇滞后最多", ["白埠镇（4）", "白埠镇（3）"], ["进度评价"]),
        ("三季度哪个乡镇滞后最多", ["白埠镇（4）"], ["白埠镇（3）", "进度评价"]),
        # A body of one document's records is no reason to leave out the tables of the others.
        ("白埠镇的综合指数是多少", ["3.6"], []),
        ("哪个镇排名最后", ["柳店乡的排名为3"], ["青桥镇"]),
        ("排名前两名是谁", ["青桥镇的排名为1", "白埠镇的排名为2"], ["柳店乡"]),
        ("柳店乡名次掉了几位", ["由上季度排名第2位降至第3位，下降1位"], []),
        ("名次上升的乡镇有哪些", ["名次上升的有1个：青桥镇", "上升2位"], ["白埠镇"]),
        ("哪个乡镇名次没变", ["没有", "名次"], ["升至"]),
        # What is worse than 滞后 is 滞后 too, and not the other way round.
        ("滞后的项目有哪些", ["污水厂扩建", "渣土消纳场"], ["柳河清淤"]),
        ("严重滞后的项目有哪些", ["渣土消纳场"], ["污水厂扩建"]),
        ("没有滞后的项目有哪些", ["柳河清淤", "湿地公园"], ["污水厂扩建", "渣土消纳场"]),
        # A measure is no count of tasks, and what an item tells is of its heading.
        ("青桥镇管网还差多少公里", ["6.5公里"], ["任务数"]),
        ("新能源公交车还差多少辆", ["尚差16辆"], []),
        # Parts are of the total, and not of the last figure before them.
        ("水和土壤的资金各占多少", ["占30%", "占20%"], ["占45%", "67.5%"]),
    ],
)
def test_told(assistant: Assistant, question: str, said: list[str], unsaid: list[str]) -> None:
    assert_told(ask(assistant, question, _TODAY), said, unsaid)


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        # A figure of two bulletins, and of a bulletin and the plan.
        ("滞后任务从几项变成几项", ["为6", "为5", "减少1"], ["进度评价"]),
        ("白埠镇滞后的比二季度多了几项", ["为3", "为4", "增加1"], []),
        ("三季度青桥镇完成数比上季度多几项", ["为5", "为8", "增加3"], []),
        ("PM2.5离今年目标还差多少", ["34微克/立方米", "32微克/立方米", "高2", "没有达到目标"], []),
        ("新能源公交车到目标了吗", ["64辆", "80辆", "低16辆", "没有达到目标"], []),
        # What is due stands in the requirements of a bulletin and in tables of works as well.
        ("12月要完成的有哪些", ["柳河清淤", "12月20日前完成验收"], ["污水厂扩建"]),
        ("这个月要完成的有哪些", ["污水厂扩建", "11月25日前报送"], ["柳河清淤"]),
        ("柳店乡12月要完成什么", ["12月20日前完成验收"], ["柳河清淤"]),
    ],
)
def test_told_of_several(
    assistant: Assistant, question: str, said: list[str], unsaid: list[str]
) -> None:
    assert_told(ask(assistant, question, _TODAY), said, unsaid)


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        # What is claimed is held against counts that leave their unit out, and against the ranking of its time.
        ("三季度白埠镇滞后是6项吧", ["6项与文件不符", "滞后为4"], []),
        ("白埠镇上季度排第二吧", ["不是，白埠镇的上季度排名为1"], []),
        ("上季度排名第一的是哪个乡镇", ["白埠镇的上季度排名为1"], ["青桥镇", "综合指数"]),
        ("三季度哪个乡镇没有滞后任务", ["滞后为0的有1个：青桥镇"], ["白埠镇", "进度评价"]),
        ("三季度白埠镇滞后占全县几成", ["占80%"], []),
        # A day in a bulletin is nobody's event unless its sentence names the body.
        ("县住建局9月做了什么", [], ["湿地公园", "截至"]),
    ],
)
def test_held_against_tables(
    assistant: Assistant, question: str, said: list[str], unsaid: list[str]
) -> None:
    answer = ask(assistant, question, _TODAY)
    assert not [one for one in said if one not in answer.text], answer.text
    assert not [one for one in unsaid if one in answer.text], answer.text


def test_other_places_do_not_stand_in(assistant: Assistant) -> None:
    answer = ask(assistant, "青桥镇12月要完成什么", _TODAY)
    assert "柳河清淤" not in answer.text
    assert "柳店乡" not in answer.text


def test_later_report_of_a_plan_s_project(tmp_path: Path) -> None:
    plan = """松皋县2025年治水工程计划
各乡镇人民政府：
一、重点工程
表1 重点工程
序号	项目名称	建设内容	总投资（万元）	建设单位	完工时限
1	柳河生态补水泵站	泵站2座	1200	县水利局	2025年9月
2	白埠污水处理厂扩建	扩建1万吨/日	5600	县住建局	2025年8月
3	青桥截污干管	干管6公里	900	县住建局	2025年12月
注：项目2由企业自筹。
松皋县人民政府
2025年2月10日
"""
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "plan.txt").write_text(plan, encoding="utf-8")
    report = _THIRD.replace("柳河清淤	2025年12月", "柳河生态补水泵站	2025年9月").replace(
        "70%	300	正常	", "100%	300	完成	9月18日通水"
    )
    (folder / "report.txt").write_text(report, encoding="utf-8")
    assistant = opened(folder)
    begun = ask(assistant, "柳河补水泵站通水了吗", _TODAY)
    assert_told(begun, ["备注：9月18日通水", "2025年10月12日印发"], ["自筹"])
    assert begun.text.index("9月18日通水") < begun.text.index("完工时限")
    limit = ask(assistant, "青桥截污干管什么时候完工", _TODAY)
    assert_told(limit, ["2025年12月"], ["2025年10月12日印发", "自筹"])


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        # Of two limits in one sentence the one of what is asked.
        ("柳店乡排污口验收还剩几天", ["距2025年12月20日还有30天"], ["距2025年11月25日"]),
        ("排污口整改方案报送还有几天", ["距2025年11月25日还有5天"], ["12月20日还有"]),
    ],
)
def test_days_left(assistant: Assistant, question: str, said: list[str], unsaid: list[str]) -> None:
    assert_told(ask(assistant, question, _TODAY), said, unsaid)


def test_rankings_of_two_matters(tmp_path: Path) -> None:
    text = """松皋县2025年上半年攻坚战进展通报
各乡镇人民政府：
一、乡镇排名
(一)空气质量排名
名次	乡镇	综合指数	上年同期名次
1	白埠镇	3.2	2
2	青桥镇	3.5	1
3	柳店乡	3.9	3
(二)水环境质量排名(由好到差)：柳店乡、白埠镇、青桥镇。
二、信访办理
受理信访件100件，办结96件，办结率96%，其中噪声类50件、大气类30件、水类20件。
松皋县攻坚办
2025年7月10日
"""
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "report.txt").write_text(text, encoding="utf-8")
    assistant = opened(folder)
    for question, said, unsaid in (
        ("水排名最后的是谁", "青桥镇", "柳店乡"),
        ("空气排名最后的是哪个乡镇", "柳店乡", "青桥镇"),
        ("哪个乡镇退步最大", "青桥镇由上年同期名次第1位降至第2位", "柳店乡"),
        ("综合指数最差的是哪个乡镇", "柳店乡", "白埠镇"),
        ("大气类信访占多少", "占30%", "96"),
    ):
        answer = ask(assistant, question, _TODAY)
        assert not answer.refused
        first = answer.text.split("。")[0]
        assert said in first, answer.text
        assert unsaid not in first, answer.text
