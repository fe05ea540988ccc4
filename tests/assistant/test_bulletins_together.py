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
