"""Questions about tables of figures, asked of the two plans in tests/data/tabled through the real store.

What stands in the tables and what their sums are was worked out by hand. Every answer's citations are verbatim.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import offices
import pytest
from offices import opened, opened_on

from assistant.answer import Answer, Turn
from assistant.app import Assistant

DOCUMENTS = Path(__file__).parents[1] / "data" / "tabled"
TODAY = dt.date(2026, 5, 20)
Ask = Callable[..., Answer]

LISTED = """白河县减排工作方案
一、工作目标
全县完成氮氧化物减排100吨以上，挥发性有机物减排10吨以上。
二、主要任务
（一）推进工业减排。实施附件所列工程。（县生态环境局牵头）
（二）加强监管。每月调度进度。（县生态环境局牵头）
附件1
重点工程清单
1.甲公司脱硝改造，氮氧化物减排62.5吨，2026年底前完成。
2.乙公司锅炉更新，氮氧化物减排30吨，2026年6月底前完成。
3.丙公司喷涂改造，挥发性有机物减排8吨，2026年底前完成。
4.丁公司储罐改造，挥发性有机物减排4吨，2026年底前完成。
"""


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return opened(DOCUMENTS)


@pytest.fixture(scope="module")
def ask(assistant: Assistant) -> Ask:
    def asked(question: str, *history: Turn) -> Answer:
        return offices.ask(assistant, question, TODAY, history)

    return asked


@pytest.fixture(scope="module")
def ask_listed(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    listed = opened_on(LISTED, tmp_path_factory.mktemp("listed"))
    return lambda question: offices.ask(listed, question, TODAY)


def quotes(answer: Answer) -> list[str]:
    return [one.quote for one in answer.citations]


# Cells, rows and columns


@pytest.mark.parametrize(
    ("question", "said", "row"),
    [
        ("岚溪今年给桐坞分了多少公里新管网", "桐坞县的新建污水管网为36公里", "桐坞县\t36\t210"),
        ("箬岭县混接点改造任务是多少处", "箬岭县的混接点改造为180处", "箬岭县\t31.2\t180"),
        ("西川镇清洁取暖改造多少户", "西川镇的清洁取暖改造为1320户", "清洁取暖改造（户） | 1500"),
        ("金隆玻璃颗粒物减排几吨", "金隆玻璃的颗粒物减排为25.5吨", "3 金隆玻璃"),
        ("岚溪污泥处置量今年目标", "2026年目标值为4.8万吨", "| 污泥无害化处置量 |"),
        ("岚溪再生水今年要用到多少", "2026年目标值为1,500万立方米", "| 再生水利用量 |"),
    ],
)
def test_a_cell_is_told_with_its_row_its_heading_and_its_unit(
    ask: Ask, question: str, said: str, row: str
) -> None:
    answer = ask(question)
    assert said in answer.text
    assert any(one.startswith(row) for one in quotes(answer))
    assert len(answer.citations) >= 2  # the row, and the headings it stands under


def test_several_columns_of_a_row_are_told_together(ask: Ask) -> None:
    answer = ask("岚溪今年给桐坞分了多少公里新管网、改多少处混接点")
    assert "新建污水管网为36公里，混接点改造为210处" in answer.text


def test_words_beside_the_figures_are_told_too(ask: Ask) -> None:
    answer = ask("远达耐材走什么工艺、减多少氮氧化物")
    assert "治理工艺为低氮燃烧，氮氧化物减排为86吨" in answer.text


def test_a_whole_row_is_told_with_the_note_that_speaks_of_it(ask: Ask) -> None:
    answer = ask("岚溪附表1里箬岭这一行的数都念一遍")
    for figure in ("31.2公里", "180处", "104个", "38%"):
        assert figure in answer.text
    assert "表注：箬岭县治理村庄数含上年结转11个。" in answer.text
    assert "高新区" not in answer.text  # which the note on another row is about


def test_a_whole_column_is_a_table_with_a_citation_for_each_row(ask: Ask) -> None:
    answer = ask("岚溪各县新建管网任务分别是多少")
    assert "| 柏城区 | 48.5公里 | [2] |" in answer.text
    assert "| 澜湾市 | 40.3公里 | [5] |" in answer.text


def test_places_may_be_the_columns(ask: Ask) -> None:
    answer = ask("霜屏新能源重卡各乡镇分别是多少辆")
    for place, figure in (("东岭镇", "60辆"), ("西川镇", "45辆"), ("麻塘乡", "30辆")):
        assert f"{place}为{figure}" in answer.text


def test_a_grade_is_told_as_it_is_written(ask: Ask) -> None:
    assert "鹭洲的2026年目标为Ⅲ类" in ask("鹭洲断面2026年目标是几类").text


@pytest.mark.parametrize("question", ["柏城区资源化利用率定到多少", "中屏铸造氮氧化物要减多少"])
def test_an_empty_cell_was_left_open(ask: Ask, question: str) -> None:
    assert "表中未填" in ask(question).text


def test_a_follow_up_leaves_out_what_was_said_before(ask: Ask) -> None:
    before = ask("西川镇清洁取暖改造多少户")
    history = [
        Turn("user", "西川镇清洁取暖改造多少户"),
        Turn("assistant", before.text),
    ]
    assert "麻塘乡的清洁取暖改造为1280户" in ask("那麻塘呢", *history).text
    assert "最多的是东岭镇（1500户）" in ask("那哪个镇最多", *history).text


def test_a_figure_put_to_us_is_held_against_the_cell(ask: Ask) -> None:
    wrong = ask("西川镇新能源重卡30辆，对吧")
    assert "提问中的30辆与文件不符" in wrong.text
    assert "45辆" in wrong.text
    assert "不符" not in ask("西川镇新能源重卡45辆，对吧").text


# What is reckoned


def test_the_largest_and_the_smallest_are_named_with_their_figures(ask: Ask) -> None:
    answer = ask("岚溪混接点改造任务分到各地，哪个最多哪个最少")
    assert "最多的是柏城区（560处），最少的是箬岭县（180处）" in answer.text
    assert any("桐坞县\t36\t210" in one for one in quotes(answer))  # all rows were compared


def test_what_was_left_open_is_not_compared(ask: Ask) -> None:
    answer = ask("岚溪资源化利用率最高的是哪里")
    assert "最高的是澜湾市（55%）" in answer.text
    assert "柏城区表中未填，未计入" in answer.text


def test_the_strictest_of_upper_bounds_is_the_lowest(ask: Ask) -> None:
    assert "最严的是石佛寺（0.5毫克/升）" in ask("岚溪几个断面里氨氮限值最严的是哪个").text


def test_rows_beyond_a_bound_are_counted_and_named(ask: Ask) -> None:
    answer = ask("岚溪治理村庄80个以上的有哪些县")
    assert "80个以上的有2个：桐坞县（96个）、箬岭县（104个）" in answer.text


def test_a_sum_leaves_out_the_row_of_totals_and_says_what_it_was_made_of(ask: Ask) -> None:
    answer = ask("霜屏压减散煤各乡镇加起来多少吨")
    assert "相加为25000吨（9500+8200+7300，由督办计算）" in answer.text
    assert "“全县合计”写明为25000吨，与相加的结果一致" in answer.text


def test_a_sum_of_some_rows(ask: Ask) -> None:
    assert "相加为95个（20+75，由督办计算）" in ask("澜湾和柏城治理村庄一共多少个").text


def test_shares_are_not_added_up(ask: Ask) -> None:
    assert "相加" not in ask("岚溪各县资源化利用率加起来多少").text


def test_a_sum_of_the_rows_of_one_kind_and_of_another_column_after_it(ask: Ask) -> None:
    question = "霜屏采用SCR脱硝的企业是哪几家，氮氧化物一共减多少"
    answer = ask(question)
    assert "共2项：恒晟陶瓷、金隆玻璃" in answer.text
    assert "224吨（120+104" in answer.text
    again = ask("换成颗粒物呢？", Turn("user", question), Turn("assistant", answer.text))
    assert "43.5吨（18+25.5" in again.text


def test_changes_are_compared_in_one_unit_only(ask: Ask) -> None:
    answer = ask("岚溪主要指标里今年目标比去年完成值提高最多的是哪个，提高多少个百分点")
    assert "城市生活污水集中收集率（由71.6%到75%，上升3.4个百分点）" in answer.text


def test_a_row_is_named_by_its_number(ask: Ask) -> None:
    assert "金隆玻璃" in ask("霜屏表2排第3的企业是哪家").text


def test_decimals_are_subtracted_exactly(ask: Ask) -> None:
    answer = ask("岚溪澜湾和桐坞的新建管网任务差多少公里")
    assert "澜湾市（40.3公里）比桐坞县（36公里）多4.3公里（由督办计算）" in answer.text


def test_two_years_of_one_indicator(ask: Ask) -> None:
    answer = ask("岚溪国控断面优良水体比例2026年比2025年提高多少")
    assert "高1.7个百分点" in answer.text


def test_rows_are_counted_without_that_of_totals(ask: Ask) -> None:
    answer = ask("岚溪附表1一共分给几个地方？")
    assert "共4行：柏城区、桐坞县、箬岭县、澜湾市" in answer.text


# The text beside the table


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "岚溪四个地方的治理村庄数加起来是多少？跟正文的300个对得上吗",
            "两者不一致，相差5个",
        ),
        ("霜屏表1压减散煤加总，和正文写的2.6万吨对得上不", "两者不一致，相差1000吨"),
        ("岚溪混接点改造加起来是多少处，跟正文一致吗", "与表中相加的1240处一致"),
    ],
)
def test_a_sum_is_held_against_what_the_text_states(ask: Ask, question: str, said: str) -> None:
    answer = ask(question)
    assert said in answer.text
    assert "正文写明" in answer.text


def test_last_years_figure_in_the_text_is_not_what_the_sum_is_held_against(ask: Ask) -> None:
    answer = ask("岚溪新建污水管网各县任务和正文对得上吗")
    assert "160公里" in answer.text
    assert "139.5" not in answer.text


def test_a_bound_in_the_text_is_met_by_more_or_less(ask_listed: Ask) -> None:
    """The items of an annex are added up as the rows of a table are."""
    answer = ask_listed("附件1里氮氧化物减排加起来多少吨，够不够正文的要求")
    assert "2项的氮氧化物减排相加为92.5吨（62.5+30，由督办计算）" in answer.text
    assert "不符合该要求，相差7.5吨" in answer.text
    met = ask_listed("附件1里挥发性有机物减排加起来多少吨，够不够正文的要求")
    assert "相加为12吨（8+4，由督办计算）" in met.text
    assert "符合该要求，与之相差2吨" in met.text


# What is not there


def test_a_place_without_a_row_is_said_to_have_none_with_the_reason(ask: Ask) -> None:
    answer = ask("岚溪高新区新建管网单独给了多少")
    assert "没有“高新区”这一行" in answer.text
    assert "柏城区任务含高新区，其中高新区新建污水管网12公里" in answer.text
    assert not answer.refused


def test_a_place_is_known_by_a_shorter_name_in_the_note(ask: Ask) -> None:
    answer = ask("霜屏开发区的散煤任务是多少")
    assert "没有“霜屏开发区”这一列" in answer.text
    assert "由东岭镇承担" in answer.text


def test_a_place_that_no_document_names_is_refused(ask: Ask) -> None:
    answer = ask("青石镇清洁取暖改造多少户")
    assert answer.refused
    assert "没有涉及青石镇的内容" in answer.text


def test_a_place_that_another_document_knows_is_not_denied_a_row(ask: Ask) -> None:
    assert "没有“麻塘乡”" not in ask("麻塘乡新建污水管网多少公里").text


# What is not about a table


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("桐坞县2025年建了多少公里管网", "52公里"),
        ("岚溪全市今年新建污水管网多少公里", "160公里"),
        ("箬岭县连片治理什么时候编方案", "2026年6月底前"),
        ("岚溪专项资金多少钱", "6800万元"),
        ("东岭镇散煤复烧谁负责，什么时候改完", "东岭镇人民政府"),
        ("散煤经营点由谁负责取缔", "县市场监管局"),
    ],
)
def test_what_the_text_says_is_answered_from_the_text(ask: Ask, question: str, said: str) -> None:
    answer = ask(question)
    assert said in answer.text
    assert "列明：" not in answer.text


PROJECTS = """松岭县2026年污染防治工作方案

表1  松岭县2026年重点项目表
序号	项目名称	总投资（万元）	资金来源	责任单位	计划完成时间
1	污水厂二期	14800	专项债券	县住建局	2026年12月
2	湿地工程	3650	省级资金	县水务局	2027年6月
3	农膜回收	500	县级配套	县农业农村局	2026年6月
"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("松岭投钱最多的是哪个项目，钱打哪来", "资金来源为专项债券"),
        ("松岭哪个项目最烧钱，归谁管", "责任单位为县住建局"),
        ("松岭总投资最少的项目是哪个，什么时候完", "计划完成时间为2026年6月"),
    ],
)
def test_what_else_is_asked_of_the_row_at_an_end_is_told_of_it(
    tmp_path: Path, question: str, said: str
) -> None:
    assert said in offices.ask(opened_on(PROJECTS, tmp_path), question, TODAY).text
