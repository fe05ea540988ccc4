"""Figures get a readable name, a bound, the document's own limiting words, and the time they refer to."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.deadlines import Anchor
from ingest.indicators import find_indicators
from ingest.records import Indicator

DOCUMENTS = Path(__file__).parents[2] / "documents"
PLAN = Anchor(dt.date(2024, 3, 15), 2024)
REPORT = Anchor(dt.date(2021, 12, 21), 2021, reports_progress=True)


def read(text: str, anchor: Anchor = PLAN) -> tuple[Indicator, ...]:
    return find_indicators(text, 0, len(text), anchor)


def brief(text: str, anchor: Anchor = PLAN) -> list[str]:
    """Name, bound, number and unit of each figure, as one string."""
    return [f"{one.name} {one.comparator} {one.value}{one.unit}" for one in read(text, anchor)]


# --- names and bounds ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "到2025年，全区PM2.5年均浓度控制在38微克/立方米以内，空气质量优良天数比例达到72.6%。",
            ["PM2.5年均浓度 ≤ 38微克/立方米", "空气质量优良天数比例 = 72.6%"],
        ),
        ("地级及以上集中式饮用水水源达标率100%。", ["地级及以上集中式饮用水水源达标率 = 100%"]),
        (
            "重污染天数控制在4天以内，优良天数达到72.5%以上。",
            ["重污染天数 ≤ 4天", "优良天数 ≥ 72.5%"],
        ),
        (
            "畜禽粪污综合利用率保持在90%左右，农田残膜回收率保持在83%以上。",
            ["畜禽粪污综合利用率 ≈ 90%", "农田残膜回收率 ≥ 83%"],
        ),
        ("辖区平均降尘量控制在7吨/月·平方公里以下。", ["平均降尘量 ≤ 7吨/月·平方公里"]),
        (
            "受污染耕地安全利用率达到95%左右,污染地块安全利用率不低于90%。",
            ["受污染耕地安全利用率 ≈ 95%", "污染地块安全利用率 ≥ 90%"],
        ),
        ("水质优良(达到或优于Ⅲ类)比例稳定在50%。", ["水质优良(达到或优于Ⅲ类)比例 = 50%"]),
        (
            "年均浓度不超过30μg/m³，排放量不大于2,000吨。",
            ["年均浓度 ≤ 30μg/m³", "排放量 ≤ 2,000吨"],
        ),
        ("按照全市秸秆综合利用率达98%以上的要求，", ["全市秸秆综合利用率 ≥ 98%"]),
        ("绿地率≥38%。", ["绿地率 ≥ 38%"]),
        ("确保我镇城镇污水处理率达到百分之九十五以上。", ["城镇污水处理率 ≥ 95%"]),
        ("淘汰或改造8台生物质锅炉，", ["淘汰或改造生物质锅炉 = 8台"]),
        ("新增新能源重型货车226辆。", ["新增新能源重型货车 = 226辆"]),
        ("力争年底前增加20家绩效B级及以上企业。", ["增加绩效B级及以上企业 = 20家"]),
        ("引导1—2家非规企业入规，", ["引导非规企业入规 = 1—2家"]),
        ("完成1条一级河道及6条二级河道溯源，", ["完成一级河道 = 1条", "二级河道溯源 = 6条"]),
        ("目前,全市37座污水处理厂完成提标改造。", ["全市污水处理厂完成提标改造 = 37座"]),
        ("核定我市的淘汰任务量为32605辆。", ["淘汰任务量 = 32605辆"]),
        ("19个县(市、区)均已上报清单。", ["县(市、区) = 19个"]),
        ("清掏检查井、收水井41500余座，", ["清掏检查井、收水井 ≈ 41500座"]),
        (
            "共有绩效分级A级企业1家，B级企业22家，占比3.6%。",
            ["绩效分级A级企业 = 1家", "B级企业 = 22家", "占比 = 3.6%"],
        ),
        (
            "销售利润率仅为0.06%，低于全区1.7%的整体水平。",
            ["销售利润率 = 0.06%", "全区整体水平 = 1.7%"],
        ),
        ("实际消纳量不足33万吨。", ["实际消纳量 ≤ 33万吨"]),
        ("出入境浓度比值为2.24，", ["出入境浓度比值 = 2.24"]),
        (
            "安排市级资金400万元开展治理，并立案处罚6万元。",
            ["安排市级资金 = 400万元", "立案处罚 = 6万元"],
        ),
        ("淘汰10蒸吨/小时及以下燃煤锅炉26台。", ["淘汰10蒸吨/小时及以下燃煤锅炉 = 26台"]),
        ("取缔“散乱污”企业15家，", ["取缔“散乱污”企业 = 15家"]),
    ],
)
def test_a_figure_is_named_by_the_words_around_it(sentence: str, expected: list[str]) -> None:
    assert brief(sentence) == expected


def test_names_that_share_a_verb_share_its_figures_in_order() -> None:
    sentence = "环境空气质量综合指数、PM2.5和PM10年均浓度分别同比下降8%、9.1%和8%;"
    assert brief(sentence) == [
        "环境空气质量综合指数 = 8%",
        "PM2.5年均浓度 = 9.1%",
        "PM10年均浓度 = 8%",
    ]
    assert len({one.span for one in read(sentence)}) == 3
    assert {one.wording for one in read(sentence)} == {"同比下降"}


def test_a_capacity_takes_the_name_of_its_project() -> None:
    assert brief("启动甲镇污水处理厂建设工程，处理规模1万吨/日，计划2025年底前完工。") == [
        "甲镇污水处理厂建设工程处理规模 = 1万吨/日"
    ]


def test_a_change_is_one_figure_that_tells_where_it_started() -> None:
    (indicator,) = read("启动乙厂扩建工程，将处理规模由0.3万吨/日提升至0.6万吨/日，")
    assert (indicator.name, indicator.value) == ("乙厂扩建工程处理规模", "0.6")
    assert indicator.wording == "由0.3万吨/日提升至"


def test_a_figure_without_a_name_goes_on_about_the_one_before() -> None:
    found = read("2020年有2个月水质变差，2021年增加至10个月，2022年增加至11个月。", REPORT)
    assert [(one.name, one.value, one.year) for one in found] == [
        ("水质变差", "2", 2020),
        ("水质变差", "10", 2021),
        ("水质变差", "11", 2022),
    ]


@pytest.mark.parametrize(
    ("sentence", "wording", "soft"),
    [
        ("浓度控制在38微克/立方米以内。", "控制在…以内", ""),
        ("优良水体比例力争达到28.57%。", "力争达到", "力争"),
        ("能耗较2020年下降14%左右。", "较2020年下降…左右", ""),
        ("达标率100%。", "", ""),
        ("预计投资1200万元以上。", "以上", "预计"),
        ("甲、乙两镇力争新增规上企业10家。", "", "力争"),
    ],
)
def test_the_limiting_words_are_the_documents_own(sentence: str, wording: str, soft: str) -> None:
    (indicator,) = read(sentence)
    assert (indicator.wording, indicator.soft) == (wording, soft)


# --- time ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "date", "year"),
    [
        ("到2025年，重污染天数减少；达标率达到100%。", "到2025年", 2025),
        ("到2025年底受污染耕地安全利用率达到93%以上。", "到2025年底", 2025),
        ("到2020年,PM2.5年均值浓度较2015年下降25%;", "到2020年", 2020),
        ("力争年底前增加20家企业。", "年底前", 2024),
        ("全市秸秆综合利用率达98%以上。", "", None),
    ],
)
def test_the_time_is_the_nearest_before_in_the_sentence(
    sentence: str, date: str, year: int | None
) -> None:
    (indicator,) = read(sentence)
    assert (indicator.date, indicator.year) == (date, year)


@pytest.mark.parametrize(
    ("sentence", "times"),
    [
        # of the points of a row each has its own; what stands above them is that of all
        ("（1）2024年6月底前清运4000吨；（2）新建收储点3处。", {"4000": "2024年6月底前", "3": ""}),
        ("①2024年6月底前清运4000吨。②新建收储点3处。", {"4000": "2024年6月底前", "3": ""}),
        (
            "到2025年底，（1）清运4000吨；（2）新建收储点3处。",
            {"4000": "到2025年底", "3": "到2025年底"},
        ),
        # when a thing was told of is not when its figures are
        ("2022年整改不到位的4项，新发现问题3项。", {"4": "2022年", "3": ""}),
        ("乡政府上报2023年12月完成整改，但现场仍有9个雨水口出流。", {"9": ""}),
        ("2024年受理噪声投诉742件，同比上升18%。", {"742": "2024年", "18": "2024年"}),
    ],
)
def test_a_time_reaches_as_far_as_its_point_and_its_matter(
    sentence: str, times: dict[str, str]
) -> None:
    assert {one.value: one.date for one in read(sentence)} == times


def test_a_year_that_heads_a_sentence_of_a_plan_holds_for_the_next() -> None:
    text = "到2025年末，优良天数达到72.5%以上。重点建设用地安全利用率达到100%。"
    assert [(one.date, one.year) for one in read(text)] == [("到2025年末", 2025), ("", 2025)]
    assert [one.year for one in read(text, REPORT)] == [2025, None]


def test_a_year_does_not_reach_the_next_paragraph() -> None:
    assert [one.year for one in read("2023年，减少排放。\n耕地安全利用率保持在91%以上。")] == [None]


# --- what is no indicator ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "严格落实“六个百分之百”，压实“一岗双责”。",
        "凡是“6+2”百分之百没落实到位的一律停工。",
        "启动第五污水处理厂和第3泵站建设。",
        "2024年3月15日，第2轮督察组进驻。",
        "24小时值守，每月开展巡查2次，每周通报1期。",
        "3个月内完成整改，整改时限不超过6个月。",
        "1.关于“管控不够精细”问题。",
        "依据某政发〔2023〕3号和《行动方案（2024—2027年）》第12条。",
        "3吨以下叉车基本实现新能源化，完成35蒸吨及以下燃煤锅炉“清零”。",
        "对企业按照10%的比例抽取复核。",
        "电话0317-3029432，御河西路54号，PM2.5和VOCs协同控制。",
        "落实“3+1+1”工作思路。",
    ],
)
def test_other_numbers_are_no_indicators(sentence: str) -> None:
    assert brief(sentence) == []


# --- spans ---------------------------------------------------------------------------------------


def test_the_span_covers_name_figure_and_limiting_words() -> None:
    text = "（二）到2025年，全区PM2.5年均浓度控制在38微克/立方米以内；"
    (indicator,) = read(text)
    assert indicator.span.quote == "PM2.5年均浓度控制在38微克/立方米以内"
    assert indicator.clause.quote == "到2025年，全区PM2.5年均浓度控制在38微克/立方米以内"


def test_full_width_characters_are_quoted_as_written() -> None:
    (indicator,) = read("ＰＭ１０平均浓度为７２微克／立方米，")
    assert (indicator.value, indicator.unit) == ("７２", "微克／立方米")
    assert indicator.span.quote == "ＰＭ１０平均浓度为７２微克／立方米"


@cache
def corpus() -> str:
    texts = [path.read_text(encoding="utf-8") for path in sorted(DOCUMENTS.glob("*.txt"))]
    return "\n".join(texts)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_span_is_exact_and_inside_the_range(data: st.DataObject) -> None:
    text = corpus()
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 600)))
    for indicator in find_indicators(text, start, end, data.draw(st.sampled_from([PLAN, REPORT]))):
        for span in (indicator.span, indicator.clause):
            assert text[span.start : span.end] == span.quote
            assert start <= span.start < span.end <= end
        assert indicator.clause.covers(indicator.span)
        assert indicator.name
        assert indicator.comparator in "≤≥=≈"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="0123.%家吨达到以内下降由至，。；、(）年月分别和率“”《", max_size=40))
def test_any_text_is_read_without_error(text: str) -> None:
    for indicator in read(text):
        assert text[indicator.span.start : indicator.span.end] == indicator.span.quote


@pytest.mark.parametrize(
    ("file", "figures"),
    [
        (
            "wuqing-2024",
            ["38微克/立方米", "72.6%", "28.57%", "93%", "226辆", "3.5万吨/日", "800吨/日", "98%"],
        ),
        ("heping-2025", ["36微克/立方米", "72.5%", "4天", "100%"]),
        ("jinqiao-2023", ["36微克/立方米", "73%", "91%", "90%", "83%", "7吨/月·平方公里", "95%"]),
        ("zhongbei-2017", ["60微克/立方米", "9.1%", "25%", "50%", "95%", "92.5%", "35%"]),
        ("cangzhou-2022", ["37座", "32605辆", "117.728公里", "190处", "400万元", "6万元", "63项"]),
    ],
)
def test_the_figures_of_the_shipped_documents_are_found(file: str, figures: list[str]) -> None:
    (path,) = DOCUMENTS.glob(f"{file}-*.txt")
    text = path.read_text(encoding="utf-8")
    found = {one.value + one.unit for one in find_indicators(text, 0, len(text), PLAN)}
    assert set(figures) <= found
