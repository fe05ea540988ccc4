"""Tasks that name nobody in a role are listed, of labelled records as of rows; two tasks of one place are compared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest
from offices import opened_on

from assistant.answer import Answer

Ask = Callable[[str], Answer]

PLAN = """临溪县贯彻落实省督察反馈意见整改方案
临溪办发〔2026〕7号

一、整改任务清单
问题一
问题描述：红山煤矸石长期露天堆存。
牵头单位：县工信局
配合单位：县水务局
验收单位：县生态环境局
整改措施：1.2026年4月底前停止堆存。2.2026年8月底前建成排水沟2公里。
完成时限：2026年8月底
问题二
问题描述：柳沟地下水超采。
牵头单位：县水务局
整改措施：1.6家用水大户安装计量。2.2026年10月底前关停机井40眼。
完成时限：2026年10月底
问题三
问题描述：城关工地扬尘管控不到位。
牵头单位：县住建局
验收单位：县政府督查室
整改措施：1.8个工地立即停工整改。2.每周夜查2次。
完成时限：2026年5月底
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    assistant = opened_on(PLAN, tmp_path_factory.mktemp("plan"))
    return lambda question: offices.ask(assistant, question, dt.date(2026, 3, 2))


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("临溪哪些问题没写明谁验收", ["共1项（未写明验收单位）", "地下水"], ["扬尘"]),
        ("临溪没有配合单位的是哪几个问题", ["共2项（未写明配合单位）", "扬尘"], ["煤矸石"]),
        # Marks right before a year, or before the number of what is done.
        ("临溪煤矸石到底要做哪几样事", ["共2条", "停止堆存", "排水沟2公里"], []),
        ("临溪工地扬尘那个要干哪几件事", ["共2条", "（1）8个工地立即停工", "夜查"], []),
        ("煤矸石和地下水，临溪这俩哪个先到期", ["煤矸石", "2026年8月", "2026年10月"], ["扬尘"]),
    ],
)
def test_what_a_plan_says_of_its_issues(
    ask: Ask, question: str, said: list[str], unsaid: list[str]
) -> None:
    offices.assert_told(ask(question), said, unsaid)
