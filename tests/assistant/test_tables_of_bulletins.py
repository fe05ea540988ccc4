"""Tables of bulletins and plans: pasted a cell a line, with aims, changes and ranks, and with years for columns."""

from __future__ import annotations

import datetime as dt

import pytest
from offices import ask, opened

from assistant.answer import Turn
from assistant.app import Assistant

TODAY = dt.date(2026, 8, 3)
BULLETIN = """松陵市2026年上半年生态环境质量通报

松陵市生态环境局
2026年7月20日

一、总体情况

上半年全市PM10平均浓度52.4微克/立方米。

二、排名情况

表1  1—6月各县区环境空气质量排名
名次
县区
PM10浓度（微克/立方米）
同比
优良天数率
全年PM10控制目标
1
柏川县
45.2
-6.4%
95.1%
47.0
2
云台县
48.6
-2.1%
93.0%
48.0
3
青湖区
53.7
+1.2%
88.9%
54.5
4
临港区
58.8
+4.9%
84.2%
57.0

各县区降尘量由低到高依次为：柏川县3.1吨、青湖区4.0吨、云台县4.4吨、临港区5.2吨。

地表水环境质量排名由好到差依次为：青湖区、柏川县、临港区、云台县。
"""
PLAN = """宁海省农村生活污水治理三年行动方案

宁海省生态环境厅
2026年2月1日

一、行动目标

三年共治理160个村，其中2026年完成70个村、2027年完成50个村。各地任务如下：
    市（州）  总数  2026年  2027年  2028年
    玉溪市    80    40    22    18
    江陵市    62    24    22    16
    安南州    18    6    6    6
    合  计    160    70    50    40

二、保障措施

（一）加强督导。省生态环境厅每季度通报进展。
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("bulletins")
    (folder / "bulletin.txt").write_text(BULLETIN, encoding="utf-8")
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    return opened(folder)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        # how far from the aim beside it
        ("柏川县PM10离全年目标还有多少余量", ["45.2", "47.0", "低于目标1.8", "没有超过"]),
        ("青湖的PM10是不是超目标了", ["53.7", "54.5", "没有超过"]),
        ("松陵哪些县区PM10超了全年目标", ["有2个", "云台县", "临港区"]),
        # changes, and which way
        ("青湖和临港谁的PM10涨得多，差几个百分点", ["临港区（+4.9%）", "3.7个百分点"]),
        ("柏川和云台谁的PM10降得更多", ["柏川县（-6.4%）", "多下降4.3个百分点"]),
        ("松陵哪个县区PM10降幅最大", ["下降最多", "柏川县"]),
        ("青湖区PM10现在多少，同比涨了几个点", ["53.7微克/立方米", "+1.2%"]),
        ("松陵哪些县区PM10同比上升了", ["有2个", "青湖区", "临港区"]),
        # ranks in the table and in a sentence
        ("云台县是空气排得靠前还是水排得靠前", ["排第2", "排第4", "空气质量排名”更靠前"]),
        ("松陵地表水排名垫底的是谁", ["云台县排第4"]),
        ("松陵空气和地表水排名垫底的都是谁", ["云台县排第4", "临港区排第4"]),
        ("云台县降尘量排第几", ["云台县4.4吨排第3"]),
        ("临港区水质排第几", ["临港区排第3"]),
        # years by their place, what the rows have in all, and a figure of another column
        ("宁海方案第一年任务是个位数的市州有哪些", ["有1个", "安南州（6"]),
        ("玉溪、江陵总盘子哪个大，大多少个村", ["玉溪市（80", "多18"]),
        ("宁海全省最后一年还有多少个村？玉溪和江陵加一块儿占多少", ["40", "34"]),
        ("宁海2027年全省任务多少个村", ["2027年为50"]),
        ("江陵三年一共多少个村", ["总数为62"]),
        ("安南那18个村今年要一口气干完，是吧", ["总数，不是2026年", "2028年为6"]),
        ("玉夕26年27年各干几个村", ["2026年为40", "2027年为22"]),
    ],
)
def test_what_a_table_has_is_told_from_its_cells(
    office: Assistant, question: str, words: list[str]
) -> None:
    answer = ask(office, question, TODAY)
    assert all(word in answer.text for word in words), answer.text


def test_the_last_of_a_ranking_is_looked_up_in_the_other_one(office: Assistant) -> None:
    history = (Turn("user", "松陵空气排名谁第一"), Turn("assistant", "柏川县排第一。"))
    answer = ask(office, "那垫底的是哪个？它水质排第几", TODAY, history)
    assert "临港区排第4" in answer.text
    assert "临港区排第3" in answer.text


def test_the_changes_of_one_figure_are_not_told_of_another(office: Assistant) -> None:
    answer = ask(office, "青湖区优良天数率同比涨了几个点", TODAY)
    assert "同比为" not in answer.text
