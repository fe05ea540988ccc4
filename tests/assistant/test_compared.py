"""What several documents say of one thing is put side by side, also where a paragraph begins with it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import offices
import pytest

from assistant.app import Assistant

TODAY = dt.date(2025, 9, 1)

PLANS = {
    "county.txt": """桑园县生态环境保护督察整改工作方案

一、主要目标
到2025年底，全县地表水优良比例达到90%。

二、工作要求
（一）牵头单位每月8日前将进展报县整改办。县整改办设在县生态环境局，主任由局长葛云岫担任。
（二）连续两次排名末位的乡镇，由县长约谈主要负责人。约谈情况报县委督查室。
""",
    "district.txt": """柳湾区生态环境保护督察整改工作方案

一、主要目标
到2025年底，全区地表水优良比例达到85%。

二、工作要求
区整改办设在区生态环境局。各责任单位每月20日前报送进展，逾期不报的予以通报。
对排名末位的镇，由分管副区长约谈。
""",
}


@pytest.fixture(scope="module")
def two_places(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("compared")
    for name, text in PLANS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return offices.opened(folder)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("报月度进展，桑园和柳湾各是几号", ("每月8日前", "每月20日前")),
        ("排名末位的，桑园和柳湾各由谁约谈", ("由县长约谈", "由分管副区长约谈")),
    ],
)
def test_a_paragraphs_first_sentence_that_says_when_or_how_often_is_no_mere_heading(
    two_places: Assistant, question: str, told: tuple[str, ...]
) -> None:
    offices.assert_told(offices.ask(two_places, question, TODAY), told, ())


def test_a_figure_of_both_is_told_with_the_difference(two_places: Assistant) -> None:
    answer = offices.ask(two_places, "地表水优良比例桑园和柳湾哪个高，高多少", TODAY)
    offices.assert_told(answer, ("90%", "85%", "5个百分点"), ())


def test_who_signs_and_when_is_no_answer(tmp_path: Path) -> None:
    text = PLANS["district.txt"] + "\n柳湾区生态环境保护委员会办公室\n2025年3月6日\n"
    assistant = offices.opened_on(text, tmp_path)
    answer = offices.ask(assistant, "对排名末位的镇由谁约谈", TODAY)
    offices.assert_told(answer, ("由分管副区长约谈",), ("委员会办公室", "3月6日"))
