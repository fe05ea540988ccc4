"""Questions in English are read with a glossary of the genre; the answer is the documents' Chinese."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import offices
import pytest

from assistant.answer import Answer
from assistant.app import Assistant
from assistant.understanding.english import EnglishReader

DOCUMENTS = Path(__file__).parents[2] / "documents"


@pytest.fixture(scope="module")
def reader() -> EnglishReader:
    return EnglishReader("到2025年，完成8家企业vocs治理，建成ldar管理平台。")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("what is the pm2.5 target by the end of 2025?", "pm2.5 2025年底前 目标是多少？"),
        ("who leads the loose coal problem", "散煤 问题 谁牵头"),
        (
            "tasks led by the water bureau, due before june 2026",
            "任务 牵头单位是 水务局 , 到期 2026年6月前",
        ),
        ("measures due by 31st march 2026", "到期 2026年3月31日前 措施有哪些"),
        # A part of a question; what the documents write in Latin letters themselves.
        ("企业的vocs deadline 是几号", "企业的vocs 是几号 什么时候完成"),
        # A place that no document has is told by the dictionary.
        ("pm2.5 target of beijing", "pm2.5 北京 目标是多少"),
    ],
)
def test_english_is_read(reader: EnglishReader, typed: str, read: str) -> None:
    assert reader.read(typed) == read


@pytest.mark.parametrize(
    "text",
    [
        "a级企业有几家",
        "vip设备在哪",
        "ldar是什么",
        "wuqing qu pm2.5 yao kong zhi dao duo shao",
        "散煤谁牵头",
    ],
)
def test_what_is_no_english_stays(reader: EnglishReader, text: str) -> None:
    assert reader.read(text) == text


def ask(assistant: Assistant, question: str) -> Answer:
    return offices.ask(assistant, question, dt.date(2025, 6, 15))


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        ("What is the PM2.5 target of Wuqing by 2025?", ["38微克/立方米"]),
        ("Who leads the loose coal issue in Wuqing?", ["区商务局", "区市场监管局"]),
        (
            "Which tasks in Wuqing are led by the Water Bureau?",
            ["共4项", "王庆坨镇污水处理问题突出"],
        ),
        ("When is the expansion of the Gaocun sewage plant due?", ["待资金落实后确定"]),
        ("How many problems are there in the Wuqing rectification plan?", ["共20项"]),
        ("List the overdue tasks of Wuqing as of today", ["共16项"]),
        ("Compare the PM2.5 targets of Wuqing and Heping", ["38微克", "36微克"]),
    ],
)
def test_an_english_question_is_answered_in_the_documents_words(
    corpus: Assistant, question: str, facts: list[str]
) -> None:
    answer = ask(corpus, question)
    assert not answer.refused
    assert all(fact in answer.text for fact in facts)
    assert any("英文读作" in one for one in answer.notices)


def test_an_english_question_about_another_place_is_refused(corpus: Assistant) -> None:
    assert ask(corpus, "What is the PM2.5 target of Shenzhen?").refused
