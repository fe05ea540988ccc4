"""Groups and orders of a task list: each task in every group it belongs to, none lost."""

from __future__ import annotations

import datetime as dt

import pytest
from ledger_documents import library

from assistant.grouping import By, Sort, grouped, sorted_rows
from assistant.ledger import Ledger, Role
from assistant.taskrows import TaskRow, task_rows


@pytest.fixture(name="rows", scope="module")
def _rows() -> tuple[TaskRow, ...]:
    return task_rows(Ledger(library()).tasks(), dt.date(2025, 1, 10))


def groups(
    rows: tuple[TaskRow, ...], by: By, role: Role | None = None
) -> list[tuple[str, list[str]]]:
    return [(one.name, [row.number for row in one.rows]) for one in grouped(rows, by, role)]


def test_units_lead_or_else_are_responsible(rows: tuple[TaskRow, ...]) -> None:
    found = dict(groups(rows, By.UNIT))
    assert found["区水务局"] == ["二", "五"]
    assert found["区商务局"] == found["区市场监管局"] == ["一"]
    assert found["未载明"] == ["1", "2"]
    assert groups(rows, By.UNIT)[0][0] == "区水务局"


def test_a_role_decides_which_units_are_meant(rows: tuple[TaskRow, ...]) -> None:
    found = dict(groups(rows, By.UNIT, Role.RESPONSIBLE))
    assert found["区城市管理委"] == ["一"]
    assert found["未载明"] == ["三", "四", "五", "1", "2"]


def test_months_come_in_order_and_what_has_none_last(rows: tuple[TaskRow, ...]) -> None:
    assert groups(rows, By.DEADLINE) == [
        ("2020年03月", ["1"]),
        ("2021年05月", ["2"]),
        ("2024年05月", ["四"]),
        ("2024年12月", ["一", "二"]),
        ("无固定日期", ["三", "五"]),
    ]


def test_documents_keep_their_order(rows: tuple[TaskRow, ...]) -> None:
    assert [name for name, _ in groups(rows, By.DOCUMENT)] == [
        "东湖区整改任务清单",
        "西山市整改情况通报",
    ]


@pytest.mark.parametrize(
    ("sort", "descending", "expected"),
    [
        (Sort.DOCUMENT, False, "一 二 三 四 五 1 2"),
        (Sort.DEADLINE, False, "1 2 四 一 二 三 五"),
        (Sort.DEADLINE, True, "一 二 四 2 1 三 五"),
        (Sort.LEADER, False, "一 二 三 四 五 1 2"),
    ],
)
def test_what_is_not_known_comes_last_either_way(
    rows: tuple[TaskRow, ...], sort: Sort, descending: bool, expected: str
) -> None:
    assert [
        row.number for row in sorted_rows(rows, sort, descending=descending)
    ] == expected.split()
