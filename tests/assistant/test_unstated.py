"""A document that speaks of a thing and does not state what is asked of it is no answer: it is said so, with the nearest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest
from offices import opened_on

from assistant.answer import Answer

TODAY = dt.date(2025, 6, 1)
PLAN = """沅陵县贯彻落实省生态环境保护督察反馈意见整改方案

一、工作目标

到2025年，全县PM2.5年均浓度控制在33微克/立方米以内；受污染耕地安全利用率达到92%以上，重点建设用地安全利用得到有效保障。黄龙河出境断面总磷浓度不高于0.2毫克/升，青竹溪氨氮浓度不高于1.0毫克/升。

二、整改任务

（一）整治建材行业。全县37家砖瓦窑中，关停6家、提升31家，名单由县工信局掌握。第二批清理的3家为白岩砖厂、红土砖厂、青坪砖厂。
（二）治理机动车污染。抽查的24台工程机械没有标识。县城管执法局要求施工单位限期整改，由副县长李文涛督办。
（三）落实巡河工作部署。一是持续开展巡河、保洁。二是清理河面漂浮物。
（四）建设垃圾焚烧厂。启动垃圾焚烧厂建设，完善收运体系。新华污水处理厂扩建至3万吨/日，确保尾水达标。
（五）改造沙河泵站。沙河泵站改造已完成65%，六月底前通水。
（六）实施产业规划。落实《沅陵县产业发展规划（2024—2027年）》，淘汰落后产能。

三、保障措施

对第七批交办的群众信访件逐件办理。

附表1　各镇目标
镇|优良天数比例
金滩镇|91%
石桥镇|90%

附件：1.沅陵县整改任务台账
      2.沅陵县应急减排清单（另行印发）
"""
Ask = Callable[[str], Answer]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    plan = opened_on(PLAN, tmp_path_factory.mktemp("unstated"))
    return lambda question: offices.ask(plan, question, TODAY)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        # members that are only counted
        ("沅陵那37家砖瓦窑的名单发我看看", "没有列出"),
        ("沅陵抽查的24台工程机械，分别是哪几个工地的？", "没有列出"),
        # what stands in an annex that is only named, though another annex of its number is there
        ("沅陵整改任务台账第3条写的什么？", "仅列出附件名称"),
        ("沅陵应急减排清单里列了多少家企业？", "仅列出附件名称"),
        # figures that nobody gives, beside those of others
        ("沅陵2027年PM2.5要控到多少？", "2027年"),
        ("沅陵明年（2026）PM2.5定多少", "2026年的数值"),
        ("沅陵明年受污染耕地安全利用率要到多少", "明年的数值"),
        ("黄龙河出境断面氨氮要控制到多少？", "氨氮"),
        ("沅陵的重点建设用地，安全利用率定的百分之几？", "没有提供"),
        ("沅陵生活垃圾回收利用率目标是百分之几？", "回收利用"),
        ("沅陵优良天数目标是多少天？", "优良天数"),
        # who and until when
        ("沅陵巡河工作部署由哪个局负责、什么时候完成？", "由谁负责和何时完成"),
        # a post, an issue, a place, a firm, where something goes to, what is paid for it
        ("青竹溪漂浮物捞上来往哪儿运", "去向"),
        ("白岩砖厂的老板是谁", "企业负责人"),
        ("白岩砖厂关停给补多少", "金额"),
        ("沅陵县县长是谁？", "没有提供"),
        ("沅陵县书记叫什么？", "未找到"),
        ("沅陵第八批交办了多少件信访？", "第八批"),
        ("沅陵县云台镇分到几项任务？", "云台镇"),
        ("沅陵垃圾焚烧厂建在哪个镇？", "地点"),
    ],
)
def test_what_is_not_stated_is_refused_by_name(ask: Ask, question: str, said: str) -> None:
    answer = ask(question)
    assert answer.refused, answer.text
    assert said in answer.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("沅陵第二批清理的3家砖厂分别叫什么？", "白岩砖厂"),
        ("沅陵关停几家砖瓦窑？", "6家"),
        ("沅陵2025年PM2.5要控到多少？", "33微克"),
        ("黄龙河出境断面总磷要控制到多少？", "0.2毫克"),
        ("沅陵受污染耕地安全利用率定的百分之几？", "92%"),
        ("新华污水处理厂一天能处理多少吨？", "3万吨"),
        ("石桥镇优良天数比例是多少？", "90%"),
        ("沅陵沙河泵站，干到百分之几了？", "65%"),
        ("沅陵督办机械整改的副县长是谁？", "李文涛"),
    ],
)
def test_what_is_stated_beside_it_is_told(ask: Ask, question: str, said: str) -> None:
    answer = ask(question)
    assert not answer.refused, answer.text
    assert said in answer.text


def test_the_nearest_is_shown_with_its_citation(ask: Ask) -> None:
    answer = ask("沅陵那37家砖瓦窑的名单发我看看")
    assert any("37家砖瓦窑" in citation.quote for citation in answer.citations)
