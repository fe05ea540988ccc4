"""Sums that miss no part that is named and none that is left out; levels of the year before; those that lack nothing.

The report is invented; what is expected was worked out by hand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest
from offices import opened

from assistant.answer import Answer

TODAY = dt.date(2026, 3, 20)
Ask = Callable[..., Answer]

REPORT = """沙溪市2025年生态环境问题整改情况报告
一、总体情况
2025年，全市应急减排清单内有A级企业3家，B级企业14家，引领性企业5家，占比4.1%。
2025年优良天数291天，同比增加7天；PM2.5平均浓度33微克/立方米，同比下降2微克/立方米；信访件同比下降12%。

二、重点工作
（一）队伍建设。2025年3月市执法支队公开选拔6人。5月遴选2人，9月定向招录4人。东岭、北湖两个大队划转到市执法支队21人，由支队统一管理。（牵头单位：市生态环境局）
（二）污水处理。启动第四污水处理厂扩建，由2万吨/日提高到4.5万吨/日，年底前完工；启动北湖污水处理厂改造，将处理规模由0.5万吨/日提高到0.8万吨/日。（牵头单位：市水务局）
（三）移动源。抽查工地机械45台，其中38台未张贴环保编码，已责令整改。（牵头单位：市生态环境局）
（五）雨污分流。城区错接点260处，2025年底前改造150处，新建雨水管28公里；2026年10月底前再建12公里以上，完成其余错接点改造。（牵头单位：市住建局）
（六）农村污水。全市71座农村污水设施中，有16座停运，其中东岭镇9座、北湖镇4座、南桥乡3座。（牵头单位：市水务局）
（四）养殖。东岭镇、北湖镇、南桥乡停养的养殖场分别为：东岭镇9家、北湖镇4家、南桥乡2家。（牵头单位：市农业农村局）
"""

OTHER = """临河县2023年生态环境保护工作计划
一、工作目标
2023年，全县PM2.5年均浓度达到41微克/立方米，综合指数和PM2.5年均浓度分别同比下降5%、6.3%。
二、重点任务
（一）工业污染治理。6月底前完成锅炉改造12台。（牵头单位：县生态环境局）
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    folder = tmp_path_factory.mktemp("parts-years")
    for name, text in (("report.txt", REPORT), ("other.txt", OTHER)):
        (folder / name).write_text(text, encoding="utf-8")
    assistant = opened(folder)
    return lambda question: offices.ask(assistant, question, TODAY)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        # Parts with nothing between them are each a part.
        ("沙溪应急减排清单A级B级加上引领性的企业合起来多少家", "共22家"),
        ("沙溪应急减排清单B级加上引领性的企业合起来多少家", "共19家"),
        ("东岭北湖加上南桥停养的养殖场一共几家", "共15家"),
        # What the question leaves out is no part of the sum.
        ("市执法支队选拔的、遴选的、招录的一共补了几个人（大队划转来的不算）", "共12人"),
        # Of two works that grow it is the one that the question names, be it by its number.
        ("沙溪四厂扩建完一天净增多少处理量", "增加2.5万吨/日"),
        ("北湖污水厂改造完一天多处理多少", "增加0.3万吨/日"),
        # What comes on top adds up, and the rest of what has a whole and a part is reckoned.
        ("沙溪雨水管两年总共新建多少公里", "共至少40公里"),
        ("沙溪2026年还要改造多少处错接点", "“完成其余错接点改造”的为110处"),
        # What changed by so much within a year.
        ("沙溪优良天数2024年是多少天", "2024年为284天"),
        ("沙溪PM2.5去年同期多少", "35微克/立方米"),
        # What a part lacks the others have.
        ("抽查的工地机械贴了环保编码的有几台", "其余7台"),
    ],
)
def test_what_follows_is_reckoned_from_all_of_it(ask: Ask, question: str, said: str) -> None:
    assert said in ask(question).text


@pytest.mark.parametrize(
    ("question", "unsaid"),
    [
        # A share gives no exact figure of the year before.
        ("沙溪信访件去年同期多少件", "由督办计算"),
        # Who lacks it is stated, and needs no reckoning.
        ("抽查的工地机械没贴环保编码的有几台", "其余7台"),
        # A whole is no fellow of its parts, and a place that is not told of adds nothing.
        ("东岭、南桥、西坪停养的养殖场一共几家", "由督办计算"),
        ("东岭、北湖、西坪停运的污水设施合计几座", "由督办计算"),
        ("沙溪一厂扩建完一天净增多少处理量", "由督办计算"),
    ],
)
def test_what_does_not_follow_is_left_to_the_sentences(
    ask: Ask, question: str, unsaid: str
) -> None:
    assert unsaid not in ask(question).text


def test_two_documents_are_set_against_each_other_in_one_unit(ask: Ask) -> None:
    told = ask("沙溪的PM2.5跟临河2023年的PM2.5目标比，差了多少").text
    assert "高8微克/立方米" in told
