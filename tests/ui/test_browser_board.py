"""The board in a real browser, over the shipped documents."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from assistant.app import Assistant
from assistant.ledger import Ledger, TaskFilter
from ui.board_bench import CHANGES, measure, with_tasks

pytestmark = pytest.mark.browser

DAY = date(2025, 12, 15)


@pytest.fixture
def board(real_page: Page) -> Page:
    """The board without a filter."""
    real_page.evaluate("duban.go('view=board&as_of=2025-12-15')")
    expect(real_page.locator(".count")).to_contain_text(re.compile(r"共 \d+ 项"), timeout=30_000)
    return real_page


def figure(page: Page, name: str) -> int:
    return int(page.locator(".figures button", has_text=name).locator("strong").inner_text())


def count(page: Page) -> int:
    found = re.search(r"共 (\d+) 项", page.locator(".count").inner_text())
    assert found
    return int(found[1])


def test_the_figures_are_those_of_the_ledger(board: Page, corpus: Assistant) -> None:
    ledger = Ledger(corpus.documents())
    assert figure(board, "全部任务") == len(ledger.tasks())
    assert figure(board, "时限已过") == len(ledger.tasks(TaskFilter(overdue_on=DAY)))
    assert figure(board, "长期坚持") == len(ledger.tasks(TaskFilter(ongoing=True)))
    board.locator(".figures button", has_text="时限已过").click()
    assert count(board) == len(ledger.tasks(TaskFilter(overdue_on=DAY)))


def test_filters_narrow_the_list_and_live_in_the_address(board: Page) -> None:
    board.get_by_label("单位", exact=True).fill("区水务局")
    board.get_by_label("角色").select_option("lead")
    expect(board.locator("tr[data-id]")).to_have_count(4)
    board.get_by_label("包含文字").fill("王庆坨镇 处理问题突出")
    assert 0 < count(board) < 4
    shared, shown = board.url, board.locator("tr[data-id] .show").all_inner_texts()
    board.goto(shared)
    expect(board.locator("tr[data-id] .show")).to_have_text(shown)
    board.get_by_role("button", name="清除筛选").click()
    expect(board.get_by_label("单位", exact=True)).to_have_value("")
    assert count(board) > 100


def test_part_of_a_units_name_means_all_that_contain_it(board: Page) -> None:
    board.get_by_label("单位", exact=True).fill("水务")
    wide = count(board)
    board.get_by_label("单位", exact=True).fill("区水务局")
    assert 4 <= count(board) <= wide


def test_columns_sort_both_ways(board: Page) -> None:
    limits = "[...document.querySelectorAll('tr[data-id] .limit')].map(cell => cell.innerText)"
    head = board.locator("th", has_text="时限")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    first = board.evaluate(limits)[0]
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    assert "2017" in first
    assert board.evaluate(limits)[0] == "—"
    assert "sort=due-down" in board.url


def test_a_row_opens_its_task_in_the_document(board: Page) -> None:
    board.get_by_label("包含文字").fill("王庆坨镇污水处理问题突出")
    board.locator("tr[data-id] .show").first.click()
    expect(board.locator("mark.chosen")).to_have_text("王庆坨镇污水处理问题突出")
    expect(board.locator("mark.chosen")).to_be_in_viewport(ratio=1)
    board.get_by_text("全部出处").click()
    board.locator(".cite-entry", has_text="整改时限").click()
    expect(board.locator("mark.chosen").first).to_contain_text("2025年12月")
    board.get_by_role("button", name="收起出处").click()
    expect(board.locator("#sources")).to_be_hidden()


def test_asking_about_a_task_leads_to_the_chat(board: Page) -> None:
    board.get_by_label("包含文字").fill("王庆坨镇污水处理问题突出")
    board.get_by_role("button", name="问问这一项").first.click()
    expect(board.locator(".asked p")).to_contain_text("王庆坨镇污水处理问题突出")
    expect(board.locator("button.cite").first).to_be_visible(timeout=20_000)
    expect(board.locator(".about")).to_contain_text("截至2025年12月15日")


def test_charts_filter_too(board: Page) -> None:
    bar = board.get_by_role("button", name="2025年12月到期")
    due = int(bar.locator("b").inner_text())
    bar.click()
    assert count(board) == due
    expect(board.get_by_label("时限不早于")).to_have_value("2025-12-01")
    expect(board.get_by_label("时限不晚于")).to_have_value("2025-12-31")
    lead = board.locator(".units button").first
    led = int(lead.locator("b").inner_text())
    lead.click()
    assert count(board) == led


def test_what_is_shown_is_what_is_exported(board: Page, tmp_path: Path) -> None:
    board.get_by_label("单位", exact=True).fill("区水务局")
    board.get_by_label("角色").select_option("lead")
    board.locator("#board .exports summary").click()
    with board.expect_download() as download:
        board.locator("#board .exports").get_by_role("button", name="Excel").click()
    assert download.value.suggested_filename == "整改任务清单-2025-12-15.xlsx"
    download.value.save_as(tmp_path / "tasks.xlsx")
    sheets = load_workbook(tmp_path / "tasks.xlsx").worksheets
    assert sum(sheet.max_row - 1 for sheet in sheets) == 4


def test_changes_are_timed_with_any_number_of_tasks(board: Page, real_address: str) -> None:
    with_tasks(board, real_address, 100)
    changes = measure(board, 100, repeats=1)
    assert [change.name for change in changes] == list(CHANGES)
    assert all(change.seconds > 0 for change in changes)
    board.unroute_all()
    board.goto(real_address)


def test_ten_thousand_tasks_are_filtered_sorted_and_scrolled(
    board: Page, real_address: str
) -> None:
    """Only the rows in view are drawn, however many there are."""
    with_tasks(board, real_address, 10_000)
    assert board.locator("tr[data-id]").count() < 60
    board.locator("th", has_text="任务").get_by_role("button").click()
    board.locator(".grid").evaluate("grid => { grid.scrollTop = grid.scrollHeight; }")
    expect(board.locator("tr[aria-rowindex='10001']")).to_be_visible()
    board.get_by_label("包含文字").fill("王庆坨")
    assert 0 < count(board) < 10_000
    board.unroute_all()
    board.reload()
    expect(board.locator(".count")).to_contain_text(re.compile("共 [1-9]"), timeout=20_000)
