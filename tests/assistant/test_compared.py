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
2024年，全县PM2.5年均浓度41微克/立方米。到2025年底，全县地表水优良比例达到90%；PM2.5年均浓度不高于38微克/立方米，力争36微克/立方米；秸秆综合利用率达到92%。

二、工作要求
（一）牵头单位每月8日前将进展报县整改办。县整改办设在县生态环境局，主任由局长葛云岫担任。
（二）连续两次排名末位的乡镇，由县长约谈主要负责人。约谈情况报县委督查室。
""",
    "district.txt": """柳湾区生态环境保护督察整改工作方案

一、主要目标
到2025年底，全区地表水优良比例达到85%，PM2.5年均浓度不高于35微克/立方米；到2026年底，PM2.5年均浓度不高于33微克/立方米。

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


@pytest.mark.parametrize("question", ["PM2.5桑园和柳湾哪个目标更严", "桑园跟柳湾2025年PM2.5谁更严"])
def test_figures_of_one_year_are_compared_and_not_what_was_measured_or_is_striven_for(
    two_places: Assistant, question: str
) -> None:
    answer = offices.ask(two_places, question, TODAY)
    offices.assert_told(
        answer, ("桑园县（38微克/立方米）比柳湾区（35微克/立方米）高3微克", "柳湾区的要求更严"), ()
    )


def test_a_document_without_what_is_asked_does_not_mention_it(two_places: Assistant) -> None:
    answer = offices.ask(two_places, "秸秆综合利用率桑园和柳湾各是多少", TODAY)
    offices.assert_told(answer, ("92%", "| 柳湾区 | 未提及 |"), ("85%",))


def test_figures_that_are_not_called_alike_are_not_set_against_each_other(
    two_places: Assistant,
) -> None:
    answer = offices.ask(two_places, "污水集中处理比例桑园和柳湾哪个高，高多少", TODAY)
    assert "百分点" not in answer.text


def test_who_signs_and_when_is_no_answer(tmp_path: Path) -> None:
    text = PLANS["district.txt"] + "\n柳湾区生态环境保护委员会办公室\n2025年3月6日\n"
    assistant = offices.opened_on(text, tmp_path)
    answer = offices.ask(assistant, "对排名末位的镇由谁约谈", TODAY)
    offices.assert_told(answer, ("由分管副区长约谈",), ("委员会办公室", "3月6日"))
