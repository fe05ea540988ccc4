"""Field-level precision and recall, by hand arithmetic."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from assistant.cli import main
from evals.errors import GoldError
from evals.ledger.expected import Issue, Limit, Step
from evals.ledger.gold import read_gold
from evals.ledger.plans import compose
from evals.ledger.run import read_plans
from evals.ledger.scoring import Tally, compare, total

DOCUMENTS = Path(__file__).parents[2] / "documents"
COAL = Issue(
    "一",
    "散煤回潮",
    lead=("区商务局",),
    responsible=("区商务局", "各镇人民政府"),
    limit=Limit("2024年12月", dt.date(2024, 12, 31)),
    steps=(Step("1", "开展排查。", ("区商务局",)),),
)
SEWAGE = Issue("二", "污水直排", lead=("区水务局",))


def test_what_is_read_as_it_should_be_scores_in_full() -> None:
    read = Issue("一", "散煤 回潮", lead=("区商务局",), responsible=("各镇人民政府", "区商务局"), limit=COAL.limit, steps=(Step("1", "开展排查", ("区商务局",)),))  # fmt: skip
    comparison = compare([COAL], [read])
    assert comparison.overall == Tally(expected=9, read=9, same=9)
    assert comparison.differences == ()


def test_a_missing_unit_costs_recall_and_a_surplus_one_precision() -> None:
    read = Issue("一", "散煤回潮", lead=("区商务局", "区水务局"), responsible=("区商务局",), limit=COAL.limit, steps=COAL.steps)  # fmt: skip
    tallies = compare([COAL], [read]).tallies
    assert (tallies["lead"].precision, tallies["lead"].recall) == (1 / 2, 1)
    assert (tallies["responsible"].precision, tallies["responsible"].recall) == (1, 1 / 2)


def test_a_lost_issue_does_not_shift_the_others() -> None:
    comparison = compare([COAL, SEWAGE], [SEWAGE])
    assert comparison.overall == Tally(expected=12, read=3, same=3)


def test_a_limit_is_right_only_with_its_date_and_kind() -> None:
    limit = Limit("2024年12月", dt.date(2024, 12, 31), ongoing=True)
    comparison = compare([Issue("一", "甲", limit=COAL.limit)], [Issue("一", "甲", limit=limit)])
    assert comparison.tallies["limit"] == Tally(expected=1, read=1, same=0)


def test_nothing_expected_and_nothing_read_is_perfect() -> None:
    assert (total([]).overall.precision, total([]).overall.recall) == (1, 1)


def test_the_same_seed_makes_the_same_plan() -> None:
    assert compose(Random(7)) == compose(Random(7))
    styles = {compose(Random(seed)).style for seed in range(120)}
    assert {
        "label_lines",
        "headed_fields",
        "work_plan",
        "piped",
        "tabbed",
        "docx",
        "xlsx",
    } <= styles


def test_made_up_plans_are_read() -> None:
    comparisons = [reading.comparison for reading in read_plans(60)]
    overall = total(comparisons).overall
    assert overall.precision >= 0.98
    assert overall.recall >= 0.98
    assert sum(not one.differences for one in comparisons) >= 50


@pytest.mark.long
@pytest.mark.timeout(900)
def test_two_thousand_made_up_plans_are_read() -> None:
    overall = total(reading.comparison for reading in read_plans(2000)).overall
    assert overall.precision >= 0.98
    assert overall.recall >= 0.98


def test_gold_needs_its_documents(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="cangzhou"):
        list(read_gold(tmp_path))


def test_the_command_shows_both_and_writes_every_difference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUBAN_DOCUMENTS", str(DOCUMENTS))
    result = CliRunner().invoke(
        main,
        ["eval", "--ledger", "--plans", "5", "--report", str(tmp_path), "--min-accuracy", "0.98"],
    )
    assert result.exit_code == 0, result.output
    assert "自带文件" in result.output
    assert "生成的方案（5 份）" in result.output
    record = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["ledger"]
    assert len(record["documents"]) == 6
    assert record["plans_total"]["fields"]["overall"]["recall"] >= 0.98


def test_too_little_read_ends_with_status_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBAN_DOCUMENTS", str(DOCUMENTS))
    result = CliRunner().invoke(main, ["eval", "--ledger", "--plans", "0", "--min-accuracy", "1"])
    assert result.exit_code == 1
    assert "低于要求的" in result.output


@pytest.mark.parametrize("extra", [["--retrieval", "--ledger"], ["--plans", "5"]])
def test_options_that_do_not_go_together(extra: list[str]) -> None:
    assert CliRunner().invoke(main, ["eval", *extra]).exit_code == 2
