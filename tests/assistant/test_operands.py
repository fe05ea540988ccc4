"""Reckonings whose operands a question points to by their number, their place, their year or by what it denies.

The plan and the bulletin are invented; what is expected was worked out by hand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import offices
import pytest

from assistant.answer import Answer
from assistant.understanding.operands import ranks_compared, things_said

TODAY = dt.date(2025, 9, 8)
Ask = Callable[[str], Answer]

PLAN = """榆溪县2025年水环境治理工作计划
一、主要指标
表1 主要指标
指标|2024年实际|2025年目标
PM2.5年均浓度（微克/立方米）|36.5|≤34
污水集中收集率|61.2%|力争68%
二、重点任务
1.老旧管网改造。2024年度结转的14个片区4月底前收尾；2025年度安排23个片区10月底前完成。（牵头单位：县住建局）
2.支流治理。核减不具备条件的支沟4条，7条支沟治理时序调整到2026年。（牵头单位：县水利局）
3.污水厂扩建。启动城南污水处理厂扩建，由2万吨/日提升至3.2万吨/日。启动桃林污水处理厂扩建，将规模由0.4万吨/日提升至0.9万吨/日。（牵头单位：县住建局）
4.弃渣清理。青石坳废弃采坑堆存弃渣约6.4万吨，8月底前清运2万吨以上。（牵头单位：县自然资源局）
5.砂场整治。全县7家砂场完成整治，其中沿江、白沙两家6月底前完成，其余4家11月底前完成。（牵头单位：县水利局）
三、治理村表
表2 治理村清单
村名|农户数|年度投资（万元）|总投资（万元）
上榆村|310|120|400
下榆村|255|90|260
石埠村|420|150|510
"""

BULLETIN = """榆溪县2025年二季度河湖管护督查通报
一、总体情况
33项任务中，已完成20项，完成率60.6%；序时推进9项；滞后4项。
河湖管护38次考核中，桃林镇有25次排名后两位。抽查共40台挖机，其中31台无环保号牌。
二季度接到油污投诉52件，较一季度增加19件。
二、排名
名次|乡镇|得分
1|桃林镇|96.4
2|石埠镇|91.9
3|青石镇|88.0
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    folder: Path = tmp_path_factory.mktemp("operands") / "documents"
    folder.mkdir()
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    (folder / "bulletin.txt").write_text(BULLETIN, encoding="utf-8")
    assistant = offices.opened(folder)
    return lambda question: offices.ask(assistant, question, TODAY)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        # As many figures of one sentence as the question says, or names, though in other words.
        ("管网改造两批片区合起来多少个", "共37个（由督办计算）"),
        ("支沟砍掉的和往后推的加一起是几条", "共11条（由督办计算）"),
        # All rows of a table, told by their number; the column by what is asked for.
        ("三个村加起来多少农户", "相加为985"),
        ("表2那几个村今年一共投多少钱", "相加为360万元"),
        # Two places of a ranking, and two columns of a row.
        ("第一名比第二名高出多少分", "多4.5（由督办计算）"),
        ("PM2.5按34算，比去年要降几个微克", "高2.5微克/立方米（由督办计算）"),
        ("污水集中收集率去年实际离今年目标差几个点", "高6.8个百分点（由督办计算）"),
        # What is told of a part, denied or affirmed.
        ("河湖考核桃林镇有多少回没掉进后两位", "其余13次（由督办计算）"),
        ("抽查的挖机有环保号牌的是几台", "其余9台（由督办计算）"),
        ("33项里还剩多少没干完", "还有13项（由督办计算）"),
        ("6月底前要整治完的砂场有几家", "其余3家（由督办计算）"),
        # What the question itself takes away, bounded as the text has it.
        ("青石坳弃渣清掉2万吨的话还剩多少", "还有至多约4.4万吨（由督办计算）"),
        # Two things that grow, and a quarter before.
        ("城南和桃林两个污水厂扩完合计能多处理多少", "合计增加1.7万吨/日"),
        ("一季度接到多少件油污投诉", "一季度为33件（由督办计算）"),
    ],
)
def test_what_a_question_points_to_is_reckoned(ask: Ask, question: str, said: str) -> None:
    answer = ask(question)
    assert said in answer.text
    assert answer.citations


@pytest.mark.parametrize(
    "question",
    [
        "河湖考核桃林镇有多少次排名后两位",  # the text says it itself
        "管网改造三批片区合起来多少个",  # the sentence has two figures
        "支沟砍掉的和石埠村的加一起是几条",  # what is named stands elsewhere
        "上榆村今年一共投多少钱",  # one row is no sum
        "PM2.5今年要降到多少",
    ],
)
def test_nothing_is_reckoned_where_an_operand_is_not_sure(ask: Ask, question: str) -> None:
    assert "由督办计算" not in ask(question).text


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("五个村加起来多少户", 5),
        ("今年两批小区一共几个", 2),
        ("前三的乡镇合计多少件", 3),
        ("第二批小区一共几个", None),
        ("1条大的、3条小的总共奖多少", 3),
    ],
)
def test_how_many_things_are_added_up_is_read(question: str, count: int | None) -> None:
    assert things_said(question) == count


def test_two_places_of_a_ranking_are_told_apart_from_one() -> None:
    assert ranks_compared("头名比第二名高多少") is not None
    assert ranks_compared("头名比石埠镇高多少") is None
