"""Questions about forms, petitions, notices and plans in layouts of their own, through the real ingest and store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import offices
import pytest
from offices import opened

from assistant.answer import Answer
from assistant.app import Assistant

TODAY = dt.date(2026, 5, 12)
Ask = Callable[[str], Answer]

FORM = """任务编号\t{number}
任务名称\t{title}
责任领导\t副县长 {leader}
牵头单位\t{lead}
完成时限\t{limit}
整改措施\t{measure}
资金（万元）\t{funds}
进展情况\t{progress}
状态\t{state}
"""
FORMS = "青屿县近岸海域问题整改任务清单（2026年度）\n\n" + "\n".join(
    FORM.format(**form)
    for form in (
        {
            **{
                "number": "QY-01",
                "title": "北湾排口未整治",
                "leader": "沈立农",
                "lead": "县生态环境分局",
            },
            **{"limit": "2026.03.31", "measure": "封堵排口9个", "funds": "260"},
            **{"progress": "已封堵6个", "state": "推进中"},
        },
        {
            **{
                "number": "QY-02",
                "title": "渔港含油污水直排",
                "leader": "林静波",
                "lead": "县渔业局",
            },
            **{"limit": "2026.11.30", "measure": "建设接收站1座", "funds": "415"},
            **{"progress": "主体完工", "state": "推进中"},
        },
        {
            **{
                "number": "QY-03",
                "title": "泡沫浮球未更换",
                "leader": "林静波",
                "lead": "县渔业局",
            },
            **{"limit": "2026.01.31", "measure": "更换浮球3万个", "funds": "0（企业自筹）"},
            **{"progress": "全部更换", "state": "已完成"},
        },
    )
)
PETITIONS = (
    "云栖市办理省督察交办群众信访举报件情况一览表\n\n"
    + "\n".join((
        *("序号", "受理编号", "交办问题基本情况", "行政区域", "污染类型"),
        *("调查核实情况", "是否属实", "处理和整改情况", "是否办结", "责任人被处理情况"),
    ))
    + "\n\n"
    + "\n\n".join(
        "\n".join(row)
        for row in (
            (
                *(
                    "1",
                    "D3YX0001",
                    "柳河区砂场夜间作业噪声扰民。",
                    "柳河区",
                    "噪声",
                    "测得68分贝。",
                ),
                *("属实", "区城管局责令停工。", "已办结", "无"),
            ),
            (
                *("2", "X3YX0002", "东山县饭馆油烟直排。", "东山县", "大气", "未安装净化器。"),
                *("部分属实", "县市监局立案。", "阶段性办结", "约谈2人"),
            ),
            (
                *("3", "D3YX0003", "东山县人民医院污水直排。", "东山县", "水", "采样达标。"),
                *("不属实", "要求医院公示监测结果。", "已办结", "无"),
            ),
        )
    )
    + "\n"
)
NOTICE = """石门州督察整改办公室关于反馈问题整改完成情况拟销号的公示

一、拟销号问题清单

| 清单编号 | 问题摘要 | 整改责任单位 | 整改时限 | 整改完成情况 | 验收单位 | 验收日期 | 验收意见 |
| --- | --- | --- | --- | --- | --- | --- | --- |
| SM-02 | 填埋场超库容 | 河口县政府 | 2026-04-30 | 已封场 | 州住建局 | 2026-03-18 | 同意销号 |
| SM-05 | 电站未泄流 | 州水务局 | 2026-03-31 | 已安装设施 | 州发改局 | 2026-04-22 | 同意销号 |

二、未通过本批验收事项

| 清单编号 | 问题摘要 | 整改责任单位 | 整改时限 | 未通过原因 | 处理意见 |
| --- | --- | --- | --- | --- | --- |
| SM-08 | 污水厂提标滞后 | 河口县政府 | 2026-03-31 | 总磷超标 | 退回整改，9月30日前重新申请验收 |
"""
PLAN = """榕江市2026年空气质量改善工作方案

一、重点任务
1.清洁取暖改造800户。（责任单位：市住建局、市发改局；完成时限：2026年10月底前）
2.淘汰柴油货车45辆。（责任单位：市交通局、市发改局；完成时限：全年）

二、保障措施
（一）压实责任。上述任务责任单位中排在第一位的为牵头单位，其余为配合单位。
"""
REPORT = """梅河市督察反馈意见整改进展情况的报告

现将截至2026年4月30日的整改进展情况报告如下。

一、反馈问题整改进展

（一）粪污利用率低的问题。建成集中处理中心2座，其中沙溪镇中心年处理能力7万吨、高坪镇中心年处理能力5.5万吨（市农业农村局牵头，市林业局配合）。该问题达到序时进度。

（二）砂场未复绿的问题。补植2公顷（市林业局牵头，市水利局配合）。整改时限为2026年2月底，3月5日通过市级验收。该问题已完成整改。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("layouts")
    for name, text in (
        ("forms", FORMS),
        ("petitions", PETITIONS),
        ("notice", NOTICE),
        ("plan", PLAN),
        ("report", REPORT),
    ):
        Path(folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return opened(folder)


@pytest.fixture
def ask(assistant: Assistant) -> Ask:
    return lambda question: offices.ask(assistant, question, TODAY)


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        # Forms are rows: each with its figure, listed by what a figure remarks, added up by leader or by body.
        (
            "林静波负责的任务资金分别是多少",
            ["渔港含油污水直排", "415", "企业自筹"],
            ["北湾", "相加"],
        ),
        ("青屿县资金是企业自筹的有哪些，都是什么时限", ["泡沫浮球未更换", "2026.01.31"], ["北湾"]),
        ("林静波负责的任务资金加起来多少万元", ["415万元", "415+0"], []),
        ("县渔业局牵头的任务资金一共多少万元", ["415万元"], []),
        ("青屿县推进中的任务有哪些", ["共2项", "QY-01", "QY-02"], ["QY-03"]),
        # A name of which one character was typed as a word that sounds alike.
        ("青与县北湾排口整治到什么程度了", ["已按“青屿县”理解", "已封堵6个"], []),
        # Petitions: by a code, by a column that is filled in or left open, by the word for how it stands.
        ("X3YX0002办结了没有", ["阶段性办结"], ["已办结"]),
        ("云栖市有人被处理的是哪几件", ["共1项", "约谈2人"], ["砂场"]),
        ("云栖市没有人被处理的有几件", ["共2件", "砂场", "医院"], ["约谈"]),
        ("东山县人民医院污水直排查实了没有", ["不属实"], []),
        # The day on which something was accepted, and not the limit.
        ("石门州拟销号的里4月份验收的有几项", ["共1项", "验收日期：4月", "SM-05"], ["SM-02"]),
        ("石门州污水厂提标没过，处理意见是什么", ["9月30日前重新申请验收"], []),
        # Two figures of one sentence, bodies in a bracket amid it, and the state it ends with.
        ("沙溪镇和高坪镇两个处理中心哪个能力大，大多少", ["相差1.5万吨"], []),
        ("梅河市粪污利用率低的问题谁牵头", ["市农业农村局"], []),
        ("梅河市已完成整改的问题有哪些", ["共1项", "砂场未复绿"], ["粪污"]),
        # Who leads by the order of names, with the words that say so.
        ("榕江市市住建局牵头的任务有哪些", ["共1项", "清洁取暖"], ["柴油货车"]),
        ("榕江市市发改局配合的任务有哪些", ["共2项", "清洁取暖", "柴油货车"], []),
        ("榕江市的方案里怎么判断谁是牵头单位", ["排在第一位的为牵头单位"], []),
        ("榕江市淘汰柴油货车谁牵头", ["市交通局"], ["市发改局"]),
    ],
)
def test_the_answer_says(ask: Ask, question: str, said: list[str], unsaid: list[str]) -> None:
    text = ask(question).text
    assert all(one in text for one in said), text
    assert not any(one in text for one in unsaid), text


def test_who_leads_by_order_is_proven_by_the_words_that_say_so(ask: Ask) -> None:
    quotes = [one.quote for one in ask("榕江市淘汰柴油货车谁牵头").citations]
    assert any("排在第一位的为牵头单位" in one for one in quotes)


def test_the_sum_of_a_leaders_forms_cites_each_of_them(ask: Ask) -> None:
    quotes = "\n".join(one.quote for one in ask("林静波负责的任务资金加起来多少万元").citations)
    assert "渔港含油污水直排" in quotes
    assert "泡沫浮球未更换" in quotes
