"""The metrics, checked by hand arithmetic."""

from __future__ import annotations

import dataclasses

import pytest
from tiny_assistant import DOCUMENT, ask, cite, span_of

from evals.evidence import searchable
from evals.scoring import (
    citation_recall,
    citation_relevance,
    is_verbatim,
    judge_answer,
    mean,
    nearest_rank,
    normalise,
    refusal_scores,
    share,
    wilson_interval,
)

CORPUS = searchable([DOCUMENT])


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("**38** 微克", "38微克"),
        ("`PM2.5`：３８ μg/m³", "pm2.5:38μg/m3"),
        ("Ⅴ类（试行）\n一．", "v类(试行)一."),
        ("| 10 |\u3000\u00a0", "|10|"),
    ],
)
def test_normalising_folds_width_case_blanks_and_emphasis(written: str, folded: str) -> None:
    assert normalise(written) == folded


def test_one_alternative_of_every_group_makes_an_answer_correct() -> None:
    question = ask("？", [["38微克", "38 μg/m³"], ["72.6%"]])
    assert judge_answer(question, "上限 **38** μg/m³，比例７２.６％。").correct


def test_the_reason_names_the_missed_group_and_the_forbidden_words() -> None:
    question = ask("？", [["38微克"], ["72.6%", "72.6％"]], must_not=["40微克"])
    verdict = judge_answer(question, "40微克，不是38微克")
    assert not verdict.correct
    assert verdict.reason == "缺少“72.6% / 72.6％”；不应出现“40微克”"


def test_a_long_group_is_abridged_in_the_reason() -> None:
    verdict = judge_answer(ask("？", [["一", "二", "三", "四"]]), "五")
    assert verdict.reason == "缺少“一 / 二 / 三 等”"


def test_a_question_that_demands_nothing_accepts_everything() -> None:
    assert judge_answer(ask("？"), "").correct


def test_a_citation_is_verbatim_only_at_its_exact_place() -> None:
    citation = cite(span_of("2029年底前"))
    assert is_verbatim(citation, CORPUS)
    shifted = dataclasses.replace(citation, start=citation.start + 1, end=citation.end + 1)
    assert not is_verbatim(shifted, CORPUS)
    assert not is_verbatim(dataclasses.replace(citation, quote="2030年底前"), CORPUS)
    assert not is_verbatim(dataclasses.replace(citation, document="other.txt"), CORPUS)


def test_an_empty_citation_and_one_counted_from_the_end_prove_nothing() -> None:
    citation = cite(span_of("2029年底前"))
    assert not is_verbatim(dataclasses.replace(citation, end=citation.start, quote=""), CORPUS)
    tail = dataclasses.replace(citation, start=-4, end=-1, quote=DOCUMENT.text[-4:-1])
    assert not is_verbatim(tail, CORPUS)


def test_citation_recall_is_the_share_of_quotes_at_least_half_covered() -> None:
    # 完成青石河清淤工程 has nine visible characters, broken by a line end in the text: 完成青石河 is five
    # of them, 完成青石 four.
    question = ask("？", evidence=["县水务局牵头", "完成青石河清淤工程"])
    assert citation_recall(question, [cite(span_of("完成青石河"))], CORPUS) == 1 / 2
    assert citation_recall(question, [cite(span_of("完成青石"))], CORPUS) == 0
    both = [cite(span_of("完成青石河")), cite(span_of("县水务局"))]
    assert citation_recall(question, both, CORPUS) == 1
    assert citation_recall(question, [], CORPUS) == 0


def test_citation_recall_is_unknown_where_nothing_must_be_cited() -> None:
    assert citation_recall(ask("？"), [], CORPUS) is None
    refusal = ask("？", evidence=["县水务局"], answerable=False)
    assert citation_recall(refusal, [], CORPUS) is None


def test_citation_relevance_is_the_share_of_citations_that_touch_the_evidence() -> None:
    question = ask("？", evidence=["完成青石河清淤工程"])
    inside, elsewhere = cite(span_of("青石河")), cite(span_of("县水务局"))
    assert citation_relevance(question, [inside, elsewhere], CORPUS) == 1 / 2
    assert citation_relevance(question, [inside], CORPUS) == 1
    other_document = dataclasses.replace(inside, document="other.txt")
    assert citation_relevance(question, [other_document], CORPUS) == 0


def test_citation_relevance_is_unknown_without_citations_or_evidence() -> None:
    assert citation_relevance(ask("？", evidence=["县水务局"]), [], CORPUS) is None
    assert citation_relevance(ask("？"), [cite(span_of("县水务局"))], CORPUS) is None


def test_refusals_by_hand() -> None:
    # Unanswerable: 4, of which 3 refused. Answerable: 10, of which 2 refused.
    outcomes = [(False, True)] * 3 + [(False, False)] + [(True, True)] * 2 + [(True, False)] * 8
    scores = refusal_scores(outcomes)
    assert scores.precision == 3 / 5
    assert scores.recall == 3 / 4
    assert scores.false_refusal_rate == 2 / 10


def test_shares_of_nothing_are_unknown() -> None:
    scores = refusal_scores([])
    assert (scores.precision, scores.recall, scores.false_refusal_rate) == (None, None, None)
    assert share(0, 0) is None
    assert mean([]) is None
    assert mean([None]) is None
    assert nearest_rank([], 0.5) is None
    assert wilson_interval(0, 0) is None


def test_a_mean_leaves_out_what_is_unknown() -> None:
    assert mean([1.0, None, 0.5]) == 0.75


def test_nearest_rank_takes_a_value_that_occurred() -> None:
    values = [5.0, 1.0, 4.0, 2.0, 3.0]
    assert nearest_rank(values, 0.5) == 3
    assert nearest_rank(values, 0.95) == 5
    assert nearest_rank(range(1, 101), 0.95) == 95


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        # For p = 1/2, n = 4: centre 1/2, margin z/sqrt(4(n + z²)) = 1.95996 / sqrt(4 · 7.84146).
        (2, 4, 0.15004, 0.84996),
        # For p = 0 the interval runs from 0 to z²/(n + z²) = 3.84146 / 13.84146.
        (0, 10, 0.0, 0.27753),
        (10, 10, 0.72247, 1.0),
    ],
)
def test_wilson_interval_by_hand(successes: int, trials: int, low: float, high: float) -> None:
    assert wilson_interval(successes, trials) == pytest.approx((low, high), abs=1e-5)
