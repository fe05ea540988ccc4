"""The ledger answers “which tasks …” completely and only with what the records say."""

from __future__ import annotations

import datetime as dt

import pytest
from ledger_documents import library

from assistant.errors import UsageError
from assistant.ledger import Ledger, Order, Role, TaskFilter, resolve_document

LIST = "plans/donghu-2024.txt"
REPORT = "xishan-2021.txt"


def numbers(wanted: TaskFilter, sort: Order = Order.DOCUMENT) -> list[str]:
    return [entry.task.number for entry in Ledger(library()).tasks(wanted, sort)]


def in_list(**conditions: object) -> list[str]:
    return numbers(TaskFilter(documents=(LIST,), **conditions))  # type: ignore[arg-type]


def test_without_conditions_every_task_comes_in_document_order() -> None:
    assert numbers(TaskFilter()) == ["一", "二", "三", "四", "五", "1", "2"]
    assert len(Ledger(library()).tasks()) == 7


def test_no_document_is_not_every_document() -> None:
    assert numbers(TaskFilter(documents=())) == []
    assert numbers(TaskFilter(documents=(REPORT,))) == ["1", "2"]


@pytest.mark.parametrize(
    ("unit", "role", "expected"),
    [
        ("区水务局", Role.LEAD, ["二", "五"]),
        ("市监局", Role.LEAD, ["一"]),
        ("区商务局", Role.ACCEPTANCE, ["一"]),
        ("区商务局", Role.COOPERATING, []),
        ("区城市管理委", Role.LEAD, ["三"]),
        ("王芳", Role.LEADER, ["二"]),
        ("教育局", None, []),
    ],
)
def test_a_unit_is_matched_in_the_role_asked_for(
    unit: str, role: Role | None, expected: list[str]
) -> None:
    assert in_list(unit=unit, role=role) == expected


def test_units_of_measures_and_groups_are_responsible() -> None:
    assert in_list(unit="城管委", role=Role.RESPONSIBLE) == ["一"]
    assert in_list(unit="石桥镇", role=Role.RESPONSIBLE) == ["一"]
    assert in_list(unit="云山园", role=Role.RESPONSIBLE) == ["二"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("东湖区水务局", "二 五"),
        ("东湖水务局", "二 五"),
        ("东湖区", "一 二 三 四 五"),
        ("西山市", ""),
        ("西湖区水务局", ""),
    ],
)
def test_a_body_may_be_asked_for_with_its_place(asked: str, expected: str) -> None:
    found = Ledger(library()).tasks(TaskFilter(unit=asked))
    assert [entry.task.number for entry in found] == expected.split()


def test_a_unit_without_a_role_is_found_in_any_role() -> None:
    assert in_list(unit="城管委") == ["一", "三"]
    assert in_list(unit="李明") == ["一", "二"]


def test_a_role_without_a_unit_asks_that_somebody_is_named() -> None:
    assert in_list(role=Role.ACCEPTANCE) == ["一"]
    assert in_list(role=Role.LEADER) == ["一", "二"]


def test_a_leader_is_matched_by_the_whole_name() -> None:
    assert in_list(leader="李明") == ["一", "二"]
    assert in_list(leader="李") == []


def test_both_ends_of_a_window_are_included() -> None:
    day = dt.date(2024, 12, 31)
    assert in_list(due_before=day, due_after=day) == ["一", "二"]
    assert in_list(due_before=dt.date(2024, 12, 30)) == ["四"]
    assert in_list(due_after=dt.date(2025, 1, 1)) == []


def test_an_own_limit_wins_over_those_of_measures() -> None:
    second = Ledger(library()).tasks(TaskFilter(unit="云河园"))[0]
    assert second.due == dt.date(2024, 12, 31)
    assert not second.limit_is_from_measures


def test_items_without_a_limit_take_the_latest_of_their_measures() -> None:
    assert numbers(TaskFilter(documents=(REPORT,), due_before=dt.date(2020, 3, 31))) == ["1"]


def test_a_stated_limit_that_is_no_date_is_not_replaced_by_a_measure() -> None:
    third = Ledger(library()).tasks(TaskFilter(text="建筑垃圾管理粗放"))[0]
    assert third.limit is None
    assert third.limit_wording is not None
    assert third.limit_wording.quote == "整改时限：按序时进度推进"


def test_a_limit_is_overdue_from_the_day_after_it() -> None:
    assert in_list(overdue_on=dt.date(2024, 12, 31)) == []
    assert in_list(overdue_on=dt.date(2025, 1, 1)) == ["一", "二"]


def test_done_undated_and_reported_tasks_are_never_overdue() -> None:
    overdue = numbers(TaskFilter(overdue_on=dt.date(2099, 1, 1)))
    assert overdue == ["一", "二"]


def test_ongoing_and_labelled_are_told_apart_from_not_asked() -> None:
    assert in_list(ongoing=True) == ["一"]
    assert in_list(ongoing=False) == ["二", "三", "四", "五"]
    assert numbers(TaskFilter(labelled=False)) == ["1", "2"]


def test_every_word_must_occur_whatever_its_width() -> None:
    assert in_list(text="污水 １万吨") == ["二"]
    assert in_list(text="污水 散煤") == []


def test_sorting_by_deadline_puts_undated_tasks_last() -> None:
    found = numbers(TaskFilter(documents=(LIST,)), Order.DEADLINE)
    assert found == ["四", "一", "二", "三", "五"]


@pytest.mark.parametrize(
    "name",
    [LIST, "documents/" + LIST, "plans\\donghu-2024.txt", "donghu-2024", "东湖", "东湖区", "任务清单",
     "东湖政〔2024〕3号", "东湖区的清单"],
)  # fmt: skip
def test_a_document_goes_by_path_number_region_or_part_of_its_title(name: str) -> None:
    assert resolve_document(name, library()) == (LIST,)


def test_a_name_may_mean_several_documents() -> None:
    assert resolve_document("整改", library()) == (LIST, REPORT)


@pytest.mark.parametrize("name", ["北海区", "", "区"])
def test_an_unknown_document_is_an_error_that_names_the_known_ones(name: str) -> None:
    with pytest.raises(UsageError, match=r"plans/donghu-2024\.txt.*xishan-2021\.txt"):
        resolve_document(name, library())
    with pytest.raises(UsageError, match="duban ingest"):
        resolve_document("东湖", ())
