"""The ledger of the five shipped documents, against tables written by hand from the documents."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ingest.parse import parse_file
from ingest.records import Deadline, Measure, ParsedDocument, Task, Unit

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests" / "data" / "ledger"


@cache
def document(stem: str) -> ParsedDocument:
    return parse_file(ROOT / "documents" / f"{stem}.txt", ROOT / "documents")


def gold(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))
    return rows


def bare(text: str) -> str:
    return "".join(text.split())


def names(units: tuple[Unit, ...]) -> list[str | dict[str, Any]]:
    return [
        {"name": unit.name, "aliases": list(unit.aliases)} if unit.aliases else unit.name
        for unit in units
    ]


def limits(deadlines: tuple[Deadline, ...]) -> list[dict[str, Any]]:
    """Dated or expressly open limits, as the gold tables list them."""
    return [
        {
            "phrase": bare(deadline.phrase.quote),
            "latest": deadline.latest.isoformat() if deadline.latest else None,
            "soft": deadline.soft,
            "undetermined": deadline.undetermined,
        }
        for deadline in deadlines
        if not deadline.immediate
    ]


def expected_limits(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "phrase": bare(row["phrase"]),
            "latest": row.get("latest"),
            "soft": row.get("soft", ""),
            "undetermined": row.get("undetermined", False),
        }
        for row in rows
    ]


WUQING = gold("wuqing")


def wuqing_task(number: str) -> Task:
    return next(
        task for task in document("wuqing-2024-rectification-plan").tasks if task.number == number
    )


def test_wuqing_has_the_twenty_issues_of_its_annex_in_order() -> None:
    tasks = document("wuqing-2024-rectification-plan").tasks
    assert [task.number for task in tasks] == [row["number"] for row in WUQING]
    assert all(task.labelled and not task.review for task in tasks)


@pytest.mark.parametrize("row", WUQING, ids=lambda row: row["number"])
def test_wuqing_issue_fields_are_exact(row: dict[str, Any]) -> None:
    task = wuqing_task(row["number"])
    assert bare(task.title.quote) == bare(row["title"])
    assert (task.problem is None) == (row["problem"] is None)
    if task.problem:
        assert bare(task.problem.quote).startswith(bare(row["problem"]))
    assert [leader.name for leader in task.leaders] == row["leaders"]
    assert names(task.lead_units) == row["lead"]
    assert names(task.responsible_units) == row["responsible"]
    assert names(task.acceptance_units) == row["acceptance"]
    assert task.target
    assert bare(task.target.quote).rstrip("。") == bare(row["target"]).rstrip("。")
    assert task.deadline
    assert bare(task.deadline.phrase.quote) == bare(row["deadline"]["phrase"])
    assert task.deadline.latest
    assert task.deadline.latest.isoformat() == row["deadline"]["latest"]
    assert task.deadline.ongoing == row["deadline"]["ongoing"]


@pytest.mark.parametrize("row", WUQING, ids=lambda row: row["number"])
def test_wuqing_measures_are_exact(row: dict[str, Any]) -> None:
    measures = wuqing_task(row["number"]).measures
    assert [measure.number for measure in measures] == [m["number"] for m in row["measures"]]
    for measure, expected in zip(measures, row["measures"], strict=True):
        assert bare(measure.text.quote).startswith(bare(expected["starts"]))
        assert names(measure.units) == expected["units"]
        assert limits(measure.deadlines) == expected_limits(expected["deadlines"])


def numbered(stem: str) -> list[Task]:
    return list(document(stem).tasks)


@pytest.mark.parametrize(("index", "row"), list(enumerate(gold("zhongbei"))))
def test_zhongbei_measures_name_their_units(index: int, row: dict[str, Any]) -> None:
    task = numbered("zhongbei-2017-rectification-plan")[index]
    assert task.number == row["number"]
    assert any(part.startswith(row["section"]) for part in task.path)
    assert bare(task.title.quote) == bare(row["title"])
    assert names(task.responsible_units) == row["units"]
    found = [limit for measure in task.measures for limit in limits(measure.deadlines)]
    assert [(one["phrase"], one["latest"]) for one in found] == [
        (one["phrase"], one["latest"]) for one in expected_limits(row["deadlines"])
    ]


def test_zhongbei_has_no_other_task() -> None:
    assert len(numbered("zhongbei-2017-rectification-plan")) == len(gold("zhongbei"))


@pytest.mark.parametrize(("index", "row"), list(enumerate(gold("cangzhou"))))
def test_cangzhou_items_keep_problem_and_measures(index: int, row: dict[str, Any]) -> None:
    tasks = numbered("cangzhou-2022-rectification-report")
    assert len(tasks) == 34
    task = tasks[index]
    assert task.number == row["number"]
    assert any(part.startswith(row["section"]) for part in task.path)
    assert task.problem
    assert bare(task.problem.quote) == bare(row["problem"])
    first = bare(_joined(task.measures))
    assert bare(row["first"]) in first or first.startswith(bare(row["first"])[4:])
    assert all(f"({marker})" in task.span.quote for marker in row["subitems"])


def _joined(measures: tuple[Measure, ...]) -> str:
    return "".join(measure.span.quote for measure in measures)


@pytest.mark.parametrize(("index", "row"), list(enumerate(gold("jinqiao"))))
def test_jinqiao_items_keep_their_continuations(index: int, row: dict[str, Any]) -> None:
    tasks = numbered("jinqiao-2023-work-plan")
    assert len(tasks) == 25
    task = tasks[index]
    assert task.number == row["number"]
    assert task.path[-2].startswith(row["section"])
    assert bare(task.title.quote) == bare(row["title"])
    text = bare(task.span.quote)
    assert text.endswith(bare(row["ends_with"]))
    assert all(bare(one) in text for one in row["continuations"])


@pytest.mark.parametrize(("index", "row"), list(enumerate(gold("heping"))))
def test_heping_items_split_their_inline_clauses(index: int, row: dict[str, Any]) -> None:
    tasks = numbered("heping-2025-rectification-plan")
    assert len(tasks) == len(gold("heping"))
    task = tasks[index]
    assert task.number == row["number"]
    if row["number"]:
        assert bare(task.title.quote) == bare(row["title"])
    clauses = [measure.number for measure in task.measures if measure.number]
    assert clauses == row["clauses"]


@pytest.mark.parametrize("row", gold("indicators"), ids=lambda row: f"{row['name']}-{row['value']}")
def test_stated_figures_become_indicators(row: dict[str, Any]) -> None:
    parsed = document(row["document"].removesuffix(".txt"))
    where = parsed.source.text.find(row["quote"])
    near = [
        one
        for one in parsed.indicators
        if one.value == row["value"] and _close(one.span.start, where, len(row["quote"]))
    ]
    assert near, f"no indicator with the value {row['value']} at {row['quote']!r}"
    assert any(one.unit == row["unit"] and one.comparator == row["comparator"] for one in near)


def _close(position: int, where: int, length: int) -> bool:
    return where < 0 or where - 20 <= position <= where + length + 20
