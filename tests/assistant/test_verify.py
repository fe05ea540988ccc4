"""Nothing unproven is shown: what a statement says and its quotations do not is taken out, and told."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.draft import Draft, Evidence, Statement, bullets, paragraph, table
from assistant.library import Library
from assistant.verify import Verifier
from ingest.parse import parse_text
from ingest.records import Span

TEXT = """东湖区贯彻落实督察组反馈意见整改任务清单
一、散煤治理存在盲区
东湖区收缴散煤2.1吨，清理点位十二处，占比达3.6%。
区级领导负责人：李明远
牵头单位：区商务局、区市场监管局
责任单位：区商务局，石桥镇、柳河镇人民政府
整改目标：散煤动态清零，新增监测站1,200座。
整改时限：2024年12月并长期坚持
整改措施：
（一）加强排查，每月不少于两次。（责任单位：区商务局）
二、污水处理能力不足
区级领导负责人：王芳菲
牵头单位：区水务局
整改目标：达到Ⅲ类标准，处理能力提升至3.5万吨/日。
整改时限：2025年12月
"""
PARSED = parse_text(TEXT, "list.txt", "a" * 64)
SOURCE = PARSED.source
LIBRARY = Library([PARSED])


@pytest.fixture(scope="module")
def verifier() -> Verifier:
    return Verifier(LIBRARY)


def evidence(quote: str) -> Evidence:
    start = TEXT.index(quote)
    return Evidence(SOURCE, Span(start, start + len(quote), quote), "整改任务清单")


def said(text: str, *quotes: str, computed: tuple[str, ...] = ()) -> Statement:
    return Statement(text, tuple(evidence(quote) for quote in quotes), computed=computed)


FACT = "东湖区收缴散煤2.1吨，清理点位十二处，占比达3.6%。"
LEAD = "牵头单位：区商务局、区市场监管局"
LEADER = "区级领导负责人：李明远"
LIMIT = "整改时限：2024年12月并长期坚持"
SHARED = "责任单位：区商务局，石桥镇、柳河镇人民政府"
TARGET = "达到Ⅲ类标准，处理能力提升至3.5万吨/日"


@pytest.mark.parametrize(
    "statement",
    [
        said("收缴散煤2.1吨。", FACT),
        said("清理点位12处。", FACT),
        said("清理点位十二处。", FACT),
        said("占比达３．６％。", FACT),
        said("监测站1200座", "新增监测站1,200座"),
        said("牵头单位为区商务局、区市场监管局。", LEAD),
        said("负责领导为李明远。", LEADER),
        said("时限为2024年12月。", LIMIT),
        said("区商务局牵头，时限2024年12月。", LEAD, LIMIT),
        said("处理能力提升至3.5万吨/日，达到III类。", TARGET),
        said("没有数字、单位或人名的一句话。", FACT),
    ],
)
def test_what_stands_in_the_quotations_is_supported(
    verifier: Verifier, statement: Statement
) -> None:
    assert verifier.unsupported(statement) == []


@pytest.mark.parametrize(
    ("statement", "missing"),
    [
        (said("收缴散煤2.2吨。", FACT), "2.2"),
        (said("收缴散煤21吨。", FACT), "21"),
        (said("收缴散煤1吨。", FACT), "1"),
        (said("清理点位13处。", FACT), "13"),
        (said("清理点位2处。", FACT), "2"),
        (said("占比达36%。", FACT), "36"),
        (said("时限为2025年12月。", LIMIT), "2025"),
        (said("时限为2024年11月。", LIMIT), "11"),
        (said("由区水务局牵头。", LEAD), "区水务局"),
        (said("由王芳菲负责。", LEADER), "王芳菲"),
        (said("李明远负责，区商务局牵头。", LEAD), "李明远"),
        (said("石桥镇人民政府负责。", LEAD), "石桥镇人民政府"),
    ],
)
def test_an_altered_figure_date_body_or_person_is_not(
    verifier: Verifier, statement: Statement, missing: str
) -> None:
    assert missing in verifier.unsupported(statement)


def test_a_body_with_an_ending_it_shares_with_others_is_supported(verifier: Verifier) -> None:
    assert verifier.unsupported(said("责任单位为石桥镇人民政府、柳河镇人民政府。", SHARED)) == []


def test_a_figure_of_a_table_cell_is_checked_like_one_of_a_sentence(verifier: Verifier) -> None:
    right = Statement("", (evidence(LIMIT),), ("散煤", "2024年12月"))
    wrong = Statement("", (evidence(LIMIT),), ("散煤", "2024年10月"))
    assert verifier.unsupported(right) == []
    assert verifier.unsupported(wrong) == ["10"]


def test_figures_duban_worked_out_itself_are_allowed_and_only_those(verifier: Verifier) -> None:
    assert verifier.unsupported(said("共7项任务。", computed=("7",))) == []
    assert verifier.unsupported(said("共7项任务。")) == ["7"]
    assert verifier.unsupported(said("共7项任务，8个单位。", computed=("7",))) == ["8"]


def test_marks_are_no_figures(verifier: Verifier) -> None:
    assert verifier.unsupported(said("牵头单位为区商务局。[17]", LEAD)) == []


def test_the_title_and_number_of_the_cited_document_support_too(verifier: Verifier) -> None:
    assert (
        verifier.unsupported(said("《东湖区贯彻落实督察组反馈意见整改任务清单》写明。", FACT)) == []
    )


@pytest.mark.parametrize(
    "span",
    [
        Span(0, 5, "不是原文。"),
        Span(TEXT.index(FACT), TEXT.index(FACT) + len(FACT), FACT.replace("2.1", "2.2")),
        Span(TEXT.index(FACT) + 1, TEXT.index(FACT) + 1 + len(FACT), FACT),
        Span(len(TEXT), len(TEXT) + 4, "越过结尾"),
    ],
)
def test_a_quotation_that_is_not_verbatim_proves_nothing(verifier: Verifier, span: Span) -> None:
    statement = Statement("东湖区收缴散煤。", (Evidence(SOURCE, span),))
    assert verifier.unsupported(statement) != []


# --- what becomes of the draft ------------------------------------------------------------------------

GOOD = said("收缴散煤2.1吨。", FACT)
BAD = said("收缴散煤9吨。", FACT)


def texts(draft: Draft) -> list[str]:
    return [statement.text for statement in draft.statements()]


def test_a_proven_draft_stays_as_it_is(verifier: Verifier) -> None:
    draft = Draft((paragraph(GOOD), bullets(said("时限为2024年12月。", LIMIT))), notices=("甲",))
    assert verifier.verified(draft) == draft


def test_what_fails_is_removed_and_the_reader_is_told_how_much(verifier: Verifier) -> None:
    row = Statement("", (evidence(LIMIT),), ("散煤", "2030年"))
    draft = Draft((
        paragraph(GOOD, BAD),
        bullets(BAD, GOOD),
        table(("任务", "时限"), (row,)),
    ))
    verified = verifier.verified(draft)
    assert texts(verified)[:2] == [GOOD.text, GOOD.text]
    assert all("9吨" not in text for text in texts(verified))
    assert [block.style for block in verified.blocks] == ["paragraph", "bullets", "paragraph"]
    note = texts(verified)[-1]
    assert "3处" in note
    assert "略去" in note


def test_nothing_is_told_where_nothing_was_removed(verifier: Verifier) -> None:
    assert texts(verifier.verified(Draft((paragraph(GOOD),)))) == [GOOD.text]


def test_a_refusal_stays_a_refusal(verifier: Verifier) -> None:
    assert verifier.verified(Draft((paragraph(BAD),), refused=True)).refused


@given(st.integers(0, 99_999))
@settings(deadline=None)
def test_a_figure_is_supported_exactly_if_the_quotation_has_it(number: int) -> None:
    statement = said(f"收缴{number}吨。", "整改时限：2025年12月")
    supported = Verifier(LIBRARY).unsupported(statement) == []
    assert supported == (number in {2025, 12})


def test_a_figure_in_the_cell_before_a_date_is_no_part_of_it(verifier: Verifier) -> None:
    row = Statement("", (evidence(FACT), evidence(LIMIT)), ("散煤治理", "2.1", "2024.12"))
    wrong = Statement("", (evidence(FACT), evidence(LIMIT)), ("散煤治理", "2.1", "2025.12"))
    assert verifier.unsupported(row) == []
    assert verifier.unsupported(wrong)
