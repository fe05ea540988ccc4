"""Questions about tables that are no task lists: which rows are meant, and what is reckoned from these.

The work plan has tables of projects, of river sections and of air targets behind its items, the notice numbered items
with their state in brackets. What is expected was worked out by hand; every answer's citations are verbatim.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import offices
import pytest
from offices import opened

from assistant.answer import Answer, Turn
from assistant.understanding.row_bounds import bound_asked

TODAY = dt.date(2026, 4, 20)
Ask = Callable[..., Answer]

PLAN = """榆川县2026年污染防治攻坚战工作计划
各镇人民政府，县直有关部门：
一、工作目标
到2026年底，榆川县PM2.5年均浓度控制在38微克/立方米以内。到2027年底，PM2.5年均浓度控制在36.5微克/立方米以内。
二、重点任务
1.燃煤锅炉清零。10月底前淘汰锅炉6台。【责任领导：柳成荫；牵头单位：县发展改革局】
2.断面达标攻坚。4月底前制定方案。【责任领导：杜若兰；牵头单位：县水利局】
3.资金保障。三年计划投入12.5亿元，其中管网改造6.3亿元、矿山修复2.8亿元、其他3.4亿元。【责任领导：柳成荫；牵头单位：县财政局】

附表1　各镇环境空气质量目标
（浓度单位：微克/立方米；降尘单位：吨/平方公里·月）
镇|2025年PM2.5|2026年PM2.5目标|2025年PM10|2026年PM10目标|2026年降尘
青禾镇|44|41|80|77|6.5
梨坪镇|47|43|85|79|7.0
石堰镇|39|38|70|68|5.5
云岭乡|36|35.5|64|62|5.0
全县|42|40|75|72|—

附表2　河流断面水质目标
断面|河流|2025年类别|2026年目标|责任镇|县级河长
青禾桥|禾水|Ⅲ类|Ⅲ类|青禾镇|杜若兰
梨坪闸|禾水|Ⅳ类|Ⅲ类|梨坪镇|柳成荫
石堰出口|堰河|Ⅱ类|Ⅱ类|石堰镇|杜若兰

附表3　2026年重点工程项目
序号|项目|建设内容|投资（万元）|完成时限|责任单位
1|北区污水厂扩建|1万吨/日|4200|9月底|县住房城乡建设局
2|老城管网改造|18公里|1980|6月底|县住房城乡建设局
3|禾水河生态修复|清淤2公里|900|10月底|县水利局
4|水泥厂脱硝改造|2条线|760（企业自筹）|6月底|青禾镇
5|印刷企业源头替代|9家|340（企业自筹）|12月底|经济开发区
6|粪污处理中心|年处理5万吨|1500|2027年6月底|县农业农村局
合计|||9780||
"""

NOTICE = """松溪区突出生态环境问题整改进展情况通报
现将截至2026年3月31日的整改进展通报如下。
一、总体情况
三年计划总投资5.2亿元，到位资金3.9亿元。
二、具体进展
市督1：东河截污不彻底。整改时限2026年6月30日。责任单位：区水务局；督办区领导：白露明。【达到时序进度】
市督2：砂场扬尘扰民。整改时限2025年12月31日。责任单位：区交通局；督办区领导：白露明。【已完成，2026年1月15日销号】
市督3：尾水直排。整改时限2026年2月28日。仅建成2处。责任单位：东岗镇；督办区领导：凌霄云。【滞后】
市督4：油烟扰民。整改时限2026年1月31日。责任单位：区城管局；督办区领导：凌霄云。【已完成，待销号】
市督5：家具厂异味。整改时限2026年4月30日。已替代5家，1家拟关停。责任单位：东岗镇；督办区领导：白露明。【达到时序进度】
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    folder = tmp_path_factory.mktemp("rows")
    for name, text in (("plan.txt", PLAN), ("notice.txt", NOTICE)):
        Path(folder / name).write_text(text, encoding="utf-8")
    assistant = opened(folder)
    return lambda question, *history: offices.ask(assistant, question, TODAY, history)


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("榆川重点工程里6月底要完工的有哪几个", "共2项：老城管网改造、水泥厂脱硝改造", "粪污"),
        ("榆川重点工程里2027年才完工的是哪个", "共1项：粪污处理中心", "老城管网"),
        ("榆川住建局名下的重点工程是哪几个", "共2项：北区污水厂扩建、老城管网改造", "禾水河"),
        ("榆川哪些工程是企业自己出钱的", "共2项：水泥厂脱硝改造、印刷企业源头替代", "粪污"),
        ("榆川杜若兰当河长的断面有哪些", "共2项：青禾桥、石堰出口", "梨坪闸"),
    ],
)
def test_rows_are_picked_out_by_a_body_a_person_a_day_or_a_word_beside_a_figure(
    ask: Ask, question: str, said: str, unsaid: str
) -> None:
    answer = ask(question)
    assert said in answer.text
    assert unsaid not in answer.text
    assert answer.citations


def test_what_is_asked_of_the_rows_picked_out_is_told_of_each(ask: Ask) -> None:
    answer = ask("榆川杜若兰当河长的断面有哪些，今年目标各是几类？")
    assert "青禾桥 | Ⅲ类" in answer.text
    assert "石堰出口 | Ⅱ类" in answer.text


@pytest.mark.parametrize(
    ("question", "total"),
    [
        ("榆川住建局手里的重点工程加起来多少投资", "6180万元（4200+1980"),
        ("榆川哪些工程是企业自己掏钱的，一共多少万", "1100万元（760+340"),
        ("榆川重点工程投资超过1000万的有哪些，合计多少", "7680万元（4200+1980+1500"),
    ],
)
def test_a_sum_is_of_the_rows_picked_out(ask: Ask, question: str, total: str) -> None:
    assert total in ask(question).text


def test_an_amount_that_looks_like_a_year_is_counted_and_the_total_is_checked(ask: Ask) -> None:
    answer = ask("榆川重点工程表的投资合计算得对不对")
    assert "相加为9680万元（4200+1980+900+760+340+1500" in answer.text
    assert "写明为9780万元，与相加的结果不一致" in answer.text


def test_the_dearest_and_the_cheapest_are_never_the_row_of_totals(ask: Ask) -> None:
    answer = ask("榆川6个重点工程哪个最烧钱，哪个最省钱")
    assert "最烧钱的是北区污水厂扩建（4200万元）" in answer.text
    assert "最省钱的是印刷企业源头替代（340（企业自筹）" in answer.text


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("榆川哪些镇PM2.5目标比全县的40还宽松", "青禾镇（41微克/立方米）、梨坪镇（43微克/立方米）"),
        ("榆川PM10目标比石堰镇还低的是哪个乡镇", "云岭乡（62微克/立方米）"),
        (
            "榆川今年降尘高于6的是哪几个镇",
            "青禾镇（6.5吨/平方公里·月）、梨坪镇（7.0吨/平方公里·月）",
        ),
    ],
)
def test_a_bound_is_a_figure_or_the_figure_of_another_row(
    ask: Ask, question: str, names: str
) -> None:
    assert names in ask(question).text


def test_the_row_that_falls_most_from_one_year_to_the_next(ask: Ask) -> None:
    answer = ask("榆川各镇PM2.5今年比去年降得最多的是谁，降多少")
    assert "降幅最大的是梨坪镇（由47微克/立方米到43微克/立方米，下降4微克/立方米）" in answer.text


def test_a_follow_up_puts_another_column_in_its_place(ask: Ask) -> None:
    before = Turn("user", "榆川各镇PM2.5今年降幅最大的是谁"), Turn("assistant", "梨坪镇，降4。")
    answer = ask("换成PM10呢，哪个下降最多", *before)
    assert "梨坪镇（由85微克/立方米到79微克/立方米，下降6微克/立方米）" in answer.text


def test_a_row_is_named_by_its_number_and_held_against_the_one_told_before(ask: Ask) -> None:
    assert "北区污水厂扩建" in ask("榆川附表3排第1的是哪个项目").text
    before = Turn("user", "榆川附表3排第1的是哪个项目"), Turn("assistant", "北区污水厂扩建。")
    answer = ask("投资额跟它后面第3项差多少", *before)
    assert "北区污水厂扩建（4200万元）比禾水河生态修复（900万元）多3300万元" in answer.text


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("松溪干完了但还没销号的有哪些", "市督4", "市督2"),
        ("松溪逐个问题标“滞后”的是哪几个", "市督3", "市督1"),
        (
            "松溪还没完成的问题里，这个月底前到期的是哪个，弄到哪一步了",
            "已替代5家，1家拟关停",
            "市督1",
        ),
    ],
)
def test_states_are_asked_in_other_words(ask: Ask, question: str, said: str, unsaid: str) -> None:
    answer = ask(question)
    assert said in answer.text
    assert unsaid not in answer.text


@pytest.mark.parametrize(
    ("question", "difference"),
    [
        ("榆川管网改造比矿山修复多花多少", "两者相差3.5亿元"),
        ("榆川PM2.5年均浓度2026年和2027年各压到多少，差多少", "两者相差1.5微克/立方米"),
        ("松溪三年总投资多少，到位多少，还差几个亿", "还有1.3亿元"),
    ],
)
def test_two_figures_of_the_text_are_subtracted(ask: Ask, question: str, difference: str) -> None:
    assert difference in ask(question).text


@pytest.mark.parametrize(
    ("text", "word", "figure", "other"),
    [
        ("投资超过2000万的", "超过", Decimal(2000), ""),
        ("300吨以上的", "以上", Decimal(300), ""),
        ("比全县39还宽松", "宽松", Decimal(39), "全县"),
        ("比河西街道还高的", "高", None, "河西街道"),
        ("中央资金为0的", "为", Decimal(0), ""),
    ],
)
def test_a_bound_is_read_in_the_words_people_have_for_it(
    text: str, word: str, figure: Decimal | None, other: str
) -> None:
    bound = bound_asked(text)
    assert bound is not None
    assert (bound.word, bound.figure, bound.other) == (word, figure, other)


@pytest.mark.parametrize("text", ["今年比去年降得最多的", "管网比矿山多多少", "投资多少万"])
def test_a_comparison_that_asks_how_much_sets_no_bound(text: str) -> None:
    assert bound_asked(text) is None
