"""Which questions are about the documents at all, however everyday their words are."""

from __future__ import annotations

import datetime as dt

import offices
import pytest

from assistant.app import Assistant

TODAY = dt.date(2025, 9, 1)

NOTICE = """柳湾镇人民政府关于加强秋季环境管理的通知

各村、各企业：

第一条 秸秆禁烧实行网格管理，每发现1处焚烧点，扣所在村年度考核3分，同时取消评优资格。
第二条 船舶清舱、油罐清洗应避开每日9时至16时；确需作业的，提前2个工作日报镇环保办。
第三条 砂石堆场应当全部覆盖，进出车辆冲洗干净后方可上路，路面每日洒水4次。
第四条 养殖场粪污日产日清，贮存池容积不低于60天产生量，防止雨天漫溢入河。
第五条 餐饮单位油烟净化器每季度清洗1次，清洗台账保存一年以上备查。

柳湾镇人民政府
2025年8月20日
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return offices.opened_on(NOTICE, tmp_path_factory.mktemp("on_topic"))


def test_is_answered_in_everyday_words_that_share_only_characters(assistant: Assistant) -> None:
    answer = offices.ask(assistant, "地里烟火每冒一回，村里扣几分，评先还取不取", TODAY)
    assert not answer.refused
    assert "3分" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "单位食堂几点开饭，中午有啥菜",
        "身份证丢了去哪里补，要等几天",
        "小区电梯老坏，物业不管怎么办",
    ],
)
def test_is_refused_where_it_asks_of_anything_else(assistant: Assistant, question: str) -> None:
    assert offices.ask(assistant, question, TODAY).refused


@pytest.mark.parametrize("question", ["PM2.5目标是多少", "cod降到多少了"])
def test_is_refused_where_a_term_in_latin_letters_stands_nowhere(
    assistant: Assistant, question: str
) -> None:
    assert offices.ask(assistant, question, TODAY).refused


PLANS = {
    "old.txt": """柳湾镇2017年大气污染防治工作方案
一、目标
2017年全镇PM2.5年均浓度控制在60微克/立方米以内。
""",
    "new.txt": """桑园镇2025年大气污染防治工作方案
一、目标
到2025年全镇PM2.5年均浓度控制在38微克/立方米以内，优良天数比例达到72%。
""",
}


@pytest.fixture(scope="module")
def two_towns(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("two_towns")
    for name, text in PLANS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return offices.opened(folder)


def test_a_term_of_letters_and_figures_is_a_topic_and_its_figure_that_of_the_year_asked(
    two_towns: Assistant,
) -> None:
    answer = offices.ask(two_towns, "2025年PM2.5目标是多少", TODAY)
    assert not answer.refused
    first = answer.text.split("\n")[0]
    assert "38微克" in first
    assert "60微克" not in first
