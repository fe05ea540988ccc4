"""Tables of a quarter or a month, asked for the figures of that time and of another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import offices
import pytest
from offices import opened

from assistant.answer import Answer

Ask = Callable[[str], Answer]

QUARTER = """苇河市2025年第三季度空气质量通报
苇河市生态环境局

一、总体情况
三季度全市PM2.5平均浓度24微克/立方米，同比下降6%。

各区县空气质量
区县	PM2.5（微克/立方米）	优良天数比率（%）
东湖区	25.1	93.5
西岭区	27.6	91.5
南桥县	22.0	96.0
注：西岭区自9月起启用新站点。
"""

MONTH = """苇河市2025年7月水环境质量月报
苇河市生态环境局

各断面水质
断面	河流	水质类别	氨氮（毫克/升）
大桥	苇河	Ⅲ	0.82
石门	苇河	Ⅳ	1.21
柳湾	清溪	Ⅱ	0.31
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    folder = tmp_path_factory.mktemp("table_periods")
    for name, text in {"quarter": QUARTER, "month": MONTH}.items():
        Path(folder / f"{name}.txt").write_text(text, encoding="utf-8")
    office = opened(folder)
    return lambda question: offices.ask(office, question, dt.date(2025, 11, 3))


@pytest.mark.parametrize(
    ("question", "period"),
    [
        ("东湖区二季度PM2.5多少", "二季度"),
        ("上半年西岭区优良天数比率多少", "上半年"),
        ("二季度各区县PM2.5哪个最高", "二季度"),
        ("大桥断面8月氨氮多少", "8月"),
        ("6月份哪个断面氨氮最高", "6月份"),
        ("1—8月大桥断面氨氮多少", "1—8月"),
    ],
)
def test_a_table_of_another_time_does_not_answer(ask: Ask, question: str, period: str) -> None:
    answer = ask(question)
    assert answer.refused
    assert f"没有“{period}”的数据" in answer.text


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("东湖区三季度PM2.5多少", "25.1"),
        ("东湖区PM2.5多少", "25.1"),
        ("大桥断面7月份氨氮多少", "0.82"),
        ("7月哪个断面氨氮最高", "1.21"),
    ],
)
def test_a_table_answers_for_its_own_time(ask: Ask, question: str, figure: str) -> None:
    answer = ask(question)
    assert not answer.refused
    assert figure in answer.text
