"""Signing in and out in a real browser, and that two people on one machine see nothing of each other's."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from guarded import PASSWORD, Guarded
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

Ask = Callable[[Page, str], None]
QUESTION = "和平区到2025年末PM2.5年均浓度要控制在多少？"


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("账号").fill(name)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


def account_menu(page: Page) -> None:
    page.locator("#account summary").click()


def test_signing_in_leads_to_where_one_wanted_and_out_again(blank: Page, guarded: Guarded) -> None:
    page = blank
    page.goto(f"{guarded.address}?view=board")
    expect(page).to_have_title("登录 · 督办")
    expect(page.get_by_label("账号")).to_be_focused()
    sign_in(page, "张三", "wrong")
    expect(page.get_by_role("alert")).to_have_text("账号或密码不对。")
    expect(page.get_by_label("账号")).to_have_value("张三")
    expect(page.get_by_label("密码")).to_be_focused()
    sign_in(page, "张三")
    expect(page.locator(".board")).to_be_visible(timeout=30_000)
    expect(page).to_have_url(f"{guarded.address}?view=board")
    expect(page.locator("#account summary")).to_have_text("张三")
    account_menu(page)
    expect(page.locator("#account .role")).to_have_text("查阅权限")
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("button", name="登录")).to_be_visible()
    page.goto(guarded.address)
    expect(page).to_have_title("登录 · 督办")


def test_two_people_see_nothing_of_each_others(
    browser: Browser, guarded: Guarded, ask: Ask
) -> None:
    own, other = (browser.new_context(locale="zh-CN") for _ in range(2))
    first, second = own.new_page(), other.new_page()
    for page, name in ((first, "李四"), (second, "王五")):
        page.goto(guarded.address)
        sign_in(page, name)
        expect(page.locator(".welcome")).to_be_visible(timeout=30_000)
    ask(first, QUESTION)
    kept = first.locator(".kept li")
    expect(kept).to_have_count(1)
    conversation = kept.get_attribute("data-id")
    second.reload()
    expect(second.locator(".welcome")).to_be_visible(timeout=30_000)
    expect(second.locator(".kept li")).to_have_count(0)
    second.goto(f"{guarded.address}?c={conversation}")
    expect(second.locator(".welcome")).to_be_visible(timeout=30_000)
    assert (
        second.request.get(f"{guarded.address}export/conversations/{conversation}.md").status == 404
    )
    own.clear_cookies()
    first.locator("#question textarea").fill("还在吗？")
    first.keyboard.press("Enter")
    expect(first).to_have_title("登录 · 督办", timeout=20_000)
    own.close()
    other.close()


def test_too_many_tries_have_to_wait_and_are_told_how_long(
    blank: Page, unshared_guarded: Guarded
) -> None:
    page = blank
    page.goto(unshared_guarded.address)
    for _ in range(4):
        sign_in(page, "张三", "wrong")
        expect(page.get_by_role("alert")).to_have_text("账号或密码不对。")
    sign_in(page, "张三", "wrong")
    expect(page.get_by_role("alert")).to_contain_text(re.compile(r"请等 \d+ 秒再试"))
    sign_in(page, "张三")
    expect(page.get_by_role("alert")).to_contain_text("尝试次数过多")
    expect(page).to_have_title("登录 · 督办")


def test_the_sign_in_page_can_be_read_and_named_in_light_dark_and_english(
    blank: Page, guarded: Guarded
) -> None:
    blank.goto(f"{guarded.address}sign-in")
    sign_in(blank, "<script>window.hacked = true</script>", "x")
    for scheme in ("light", "dark"):
        blank.emulate_media(color_scheme=scheme)
        blank.reload()
        expect(blank.get_by_role("alert")).to_be_visible()
        found = Axe().run(blank, options={"resultTypes": ["violations"]}).response["violations"]
        assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
    assert blank.evaluate("window.hacked") is None
    blank.context.add_cookies([{"name": "duban_language", "value": "en", "url": guarded.address}])
    blank.goto(f"{guarded.address}sign-in")
    expect(blank.get_by_role("button", name="Sign in")).to_be_visible()
