"""Each kind of thing a statement is checked for, by itself: what is the same said otherwise, and what is not."""

from __future__ import annotations

import pytest

from assistant.draft import Evidence, Statement
from assistant.library import Library
from assistant.proof.bindings import mixed_up
from assistant.proof.limiting import turned_around
from assistant.proof.quantities import missing_quantities
from assistant.proof.support import Support
from assistant.verify import Verifier
from ingest.parse import parse_text
from vectorstore.folding import fold_query

TEXT = """青石县整改任务清单

2024年3月5日

一、河道淤积问题
县级领导负责人：高建国
牵头单位：县水务局
责任单位：县水务局，柳林镇、石桥镇人民政府
验收单位：县生态环境局
整改目标：2024年6月底前清淤二十四公里，12月底前全部完成。
整改时限：2024年底前
"""
PARSED = parse_text(TEXT, "list.txt", "c" * 64)
VERIFIER = Verifier(Library([PARSED]))


def unsupported(text: str, *quotes: str, computed: tuple[str, ...] = ()) -> list[str]:
    spans = [(TEXT.index(quote), quote) for quote in quotes]
    evidence = tuple(
        Evidence(PARSED.source, PARSED.source.span(start, start + len(quote)), "一、河道淤积问题")
        for start, quote in spans
    )
    return VERIFIER.unsupported(Statement(text, evidence, computed=computed))


# --- figures ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("24项", "二十四项"),
        ("二十四项", "24项"),
        ("3.5万吨/日", "35000吨/日"),
        ("38微克", "38微克/立方米"),
        ("38μg/m3", "38微克/立方米"),
        ("1,200座", "1200座"),
        ("12个点位", "12处点位"),
        ("百分之三点六", "3.6%"),
        ("5公里", "5千米"),
        ("PM2.5控制在38微克", "细颗粒物控制在38微克"),
        ("一些问题", "问题"),
    ],
)
def test_the_same_figure_is_there(said: str, written: str) -> None:
    assert missing_quantities(fold_query(said), fold_query(written)) == []


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("24吨", "24公斤"),
        ("3.5万吨/日", "3.5吨/日"),
        ("12人", "12处"),
        ("二十五项", "二十四项"),
        ("二项", "十二项"),
        ("38毫克/立方米", "38微克/立方米"),
        ("3.6%", "36%"),
        ("百分之三点七", "3.6%"),
    ],
)
def test_another_figure_or_unit_is_not(said: str, written: str) -> None:
    assert missing_quantities(fold_query(said), fold_query(written)) != []


# --- dates --------------------------------------------------------------------------------------------

TARGET = "2024年6月底前清淤二十四公里，12月底前全部完成。"
LIMIT = "整改时限：2024年底前"


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        ("时限为2024年12月31日。", LIMIT),
        ("时限为2024年底。", LIMIT),
        ("时限为2024年。", LIMIT),
        ("时限为2024-12-31。", LIMIT),
        ("清淤在2024年6月30日前。", TARGET),
        ("2024年12月底前全部完成。", TARGET),
        ("文件于2024年3月5日印发。", LIMIT),
    ],
)
def test_the_same_date_is_there(said: str, quote: str) -> None:
    assert unsupported(said, quote) == []


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        ("时限为2025年底。", LIMIT),
        ("时限为2024年6月底。", LIMIT),
        ("时限为2024年12月1日。", LIMIT),
        ("2024年12月清淤二十四公里的是6月。", LIMIT),
        ("2024年5月底前清淤二十四公里。", TARGET),
    ],
)
def test_another_date_is_not(said: str, quote: str) -> None:
    assert unsupported(said, quote) != []


# --- who ----------------------------------------------------------------------------------------------

LEAD = "牵头单位：县水务局"
RESPONSIBLE = "责任单位：县水务局，柳林镇、石桥镇人民政府"
LEADER = "县级领导负责人：高建国"


@pytest.mark.parametrize(
    ("said", "quotes"),
    [
        ("由县水务局牵头。", (LEAD,)),
        ("由水务局牵头。", (LEAD,)),
        ("责任单位为县水务局、柳林镇人民政府、石桥镇人民政府。", (RESPONSIBLE,)),
        ("县级领导负责人为高建国。", (LEADER,)),
        ("《青石县整改任务清单》明确由县水务局牵头。", (LEAD,)),
        ("《青石县任务清单》明确由县水务局牵头。", (LEAD,)),
        ("由县生态环境局验收。", ("验收单位：县生态环境局",)),
    ],
)
def test_who_is_named_in_the_evidence_may_be_named(said: str, quotes: tuple[str, ...]) -> None:
    assert unsupported(said, *quotes) == []


@pytest.mark.parametrize(
    ("said", "quotes"),
    [
        ("由县渔业局牵头。", (LEAD,)),
        ("由市水务局牵头。", (LEAD,)),
        ("由园艺推广中心牵头。", (LEAD,)),
        ("由石桥镇人民政府牵头。", (LEAD, RESPONSIBLE)),
        ("由县水务局验收。", (LEAD, "验收单位：县生态环境局")),
        ("由县水务局牵头。", (LEADER,)),
        ("县级领导负责人为高建国、赵志远。", (LEADER,)),
        ("县级领导负责人为赵志远。", (LEADER,)),
        ("《青石县补充通知》明确由县水务局牵头。", (LEAD,)),
        ("清波镇开展整治。", (RESPONSIBLE,)),
    ],
)
def test_who_is_not_or_has_another_duty_may_not(said: str, quotes: tuple[str, ...]) -> None:
    assert unsupported(said, *quotes) != []


def test_what_duban_computed_itself_needs_no_evidence() -> None:
    said = "按2025年1月1日计，共24项由县渔业局牵头。"
    assert unsupported(said, computed=(said,)) == []


# --- what turns a statement around --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("不超过18公里", "不少于18公里"),
        ("至少38微克", "38微克以内"),
        ("下降60%以下", "下降60%以上"),
        ("数量增加", "数量减少"),
        ("已全部完成整改", "正在整改"),
        ("已完成清淤", "将完成清淤"),
        ("尚未完成", "完成清淤"),
        ("可以焚烧秸秆", "禁止焚烧秸秆"),
    ],
)
def test_a_word_that_turns_it_around_is_found(said: str, written: str) -> None:
    assert turned_around(said, written) != []


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("不低于18公里", "不少于18公里"),
        ("控制在38微克", "38微克以内"),
        ("18公里", "不少于18公里"),
        ("已完成清淤", "目前已完成清淤"),
        ("不能据此认定未完成", "时限为2024年"),
    ],
)
def test_the_same_said_otherwise_is_not(said: str, written: str) -> None:
    assert turned_around(said, written) == []


def test_figures_keep_to_their_own_things() -> None:
    quote = "PM2.5年均浓度控制在38微克以内，优良天数比例达到72.6%，重污染天数控制在4天以内"
    assert mixed_up("优良天数比例达到72.6%，PM2.5年均浓度为38微克", quote) == []
    assert mixed_up("PM2.5年均浓度为72.6%", quote) == ["72.6%"]
    assert mixed_up("PM2.5年均浓度和优良天数比例分别为38微克和72.6%", quote) == []
    assert mixed_up("PM2.5年均浓度和优良天数比例分别为72.6%和38微克", quote) != []


def test_the_phase_of_a_project_is_part_of_its_name() -> None:
    row = "6|县生活垃圾焚烧厂二期|300吨/日|15600"
    assert mixed_up("县生活垃圾焚烧厂二期的规模为300吨/日。", row) == []


def test_support_keeps_the_ends_of_quotations_apart() -> None:
    """A figure at the end of one piece takes no unit from the next."""
    support = Support((), ("1", "项目"))
    assert missing_quantities("1项", support.figures) == []
    assert support.figures == "1\n项目"
