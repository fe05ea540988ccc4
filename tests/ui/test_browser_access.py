"""Accessibility of the page, by axe-core: no violation that is serious or critical, in light and dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

LIST = "武清由区水务局牵头的任务有哪些？"


def violations(page: Page) -> list[str]:
    # Colours that are still changing have a contrast of their own.
    page.wait_for_timeout(300)
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{one['id']}: {node['html'][:120]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_view_can_be_read_and_named(
    blank: Page, real_address: str, ask: Callable[[Page, str], None], scheme: str
) -> None:
    blank.emulate_media(color_scheme=scheme)
    blank.goto(real_address)
    expect(blank.locator(".welcome")).to_be_visible(timeout=30_000)
    assert violations(blank) == []
    ask(blank, LIST)
    ask(blank, "火星基地的门票多少钱？")
    blank.get_by_role("button", name="有问题").last.click()
    assert violations(blank) == []
    blank.get_by_role("tab", name="台账").click()
    blank.locator("tr[data-id] .show").first.click()
    expect(blank.locator("mark.chosen").first).to_be_visible()
    assert violations(blank) == []


def test_the_keyboard_reaches_question_marks_and_board(
    fresh: Page, ask: Callable[[Page, str], None]
) -> None:
    page = fresh
    ask(page, "和平区到2025年末PM2.5年均浓度要控制在多少？")
    page.locator(".edit").focus()
    page.keyboard.press("Tab")
    focused = page.locator("button.cite").first
    expect(focused).to_be_focused()
    outline = focused.evaluate("mark => getComputedStyle(mark).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("mark.chosen").first).to_be_in_viewport()
    page.get_by_role("tab", name="问答").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".board")).to_be_visible()
