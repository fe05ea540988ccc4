"""The page in a real browser: what a user sees and clicks, and that nothing leaves this machine."""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest
from hand_made import SentenceFinder, hostile, plan
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from assistant.answer import Answer
from ingest.records import ParsedDocument
from ui.command import free_port, start

pytestmark = pytest.mark.browser

QUESTION = "和平区到2025年末PM2.5年均浓度要控制在多少？"
QUOTE = "到2025年末，全区PM2.5年均浓度控制在36微克/立方米以下"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if found is None and not os.environ.get("CI"):
        pytest.skip("no Chromium is installed (apt install chromium)")
    assert found, "CI must have a Chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def serving(assistant: SentenceFinder) -> Iterator[str]:
    port = free_port("127.0.0.1", 0)
    app = start(assistant, "127.0.0.1", port)
    yield f"http://127.0.0.1:{port}/"
    app.close(verbose=False)


@pytest.fixture(scope="module")
def assistant() -> SentenceFinder:
    return SentenceFinder(plan(), hostile())


@pytest.fixture(scope="module")
def address(assistant: SentenceFinder) -> Iterator[str]:
    with serving(assistant) as address:
        yield address


@pytest.fixture
def requests() -> list[str]:
    return []


@pytest.fixture
def page(browser: Browser, address: str, requests: list[str]) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    page = context.new_page()
    page.on("request", lambda request: requests.append(_host(request)))
    page.goto(address)
    expect(page.locator("#question textarea")).to_be_visible(timeout=30_000)
    yield page
    context.close()


def _host(request: Request) -> str:
    parts = urlsplit(request.url)
    return parts.hostname or parts.scheme


def ask(page: Page, question: str) -> None:
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator("#question .submit-button")).to_have_text("提问", timeout=20_000)
    expect(page.locator("#chat .bot.message").last).not_to_contain_text("正在查阅")


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_an_empty_page_offers_examples_that_ask_themselves(page: Page) -> None:
    expect(page).to_have_title("督办")
    expect(page.get_by_text("环保督察整改文件问答，句句有出处")).to_be_visible()
    page.locator("#chat").get_by_text(QUESTION).click()
    expect(page.locator("#chat .user.message")).to_contain_text(QUESTION)
    expect(page.locator("#chat button.cite").first).to_be_visible(timeout=20_000)


def test_a_mark_opens_its_source_with_the_quote_in_view(page: Page) -> None:
    ask(page, QUESTION)
    page.locator("#chat button.cite", has_text="[2]").click()
    entry = page.locator("button.cite-entry", has_text="[2]")
    expect(entry).to_have_attribute("aria-pressed", "true")
    expect(page.locator("mark.chosen")).to_be_in_viewport(ratio=1)
    page.locator("#chat button.cite", has_text="[1]").click()
    expect(page.locator("mark.chosen")).to_contain_text(QUOTE)
    expect(page.locator("mark.chosen")).to_be_in_viewport(ratio=1)


def test_the_list_opens_a_source_too(page: Page) -> None:
    ask(page, QUESTION)
    page.locator("button.cite-entry", has_text="[2]").click()
    expect(page.locator("mark.chosen")).to_contain_text("无废城市")


def test_marks_of_an_earlier_answer_keep_working(page: Page) -> None:
    ask(page, QUESTION)
    ask(page, "附言整改任务")
    expect(page.locator(".source h3")).to_contain_text("附言")
    page.locator("#chat button.cite").first.click()
    expect(page.locator("mark.chosen")).to_contain_text(QUOTE)


def test_a_hostile_document_does_nothing(page: Page, requests: list[str]) -> None:
    ask(page, "附言整改任务 <b>粗</b> *斜* ![图](https://attacker.invalid/q.png)")
    expect(page.locator("#chat .user.message")).to_contain_text("<b>粗</b> *斜* ![图](https")
    expect(page.locator("#chat .bot.message")).to_contain_text(
        "<script>window.hacked = true</script>"
    )
    page.locator("#chat button.cite").last.click()
    expect(page.locator(".source")).to_contain_text("《关于印发<河北省附言办法>的通知》")
    expect(page.locator(".source h3")).to_have_text("附言<b>整改</b>清单")
    assert page.evaluate("window.hacked") is None
    assert (
        page.locator("#chat .message img, #chat .message a, #sources img, #sources a").count() == 0
    )
    assert set(requests) <= {"127.0.0.1", "data", "blob"}


def test_a_refusal_is_shown_as_such_and_the_conversation_can_be_cleared(page: Page) -> None:
    ask(page, "火星基地")
    expect(page.locator("#chat .note.refused")).to_have_text("文件中没有找到答案")
    page.locator("#retry").click()
    expect(page.locator("#chat .user.message")).to_have_count(1)
    page.locator("#clear").click()
    expect(page.locator("#chat .message")).to_have_count(0)


def test_a_retry_without_a_question_is_explained(page: Page) -> None:
    page.locator("#retry").click()
    expect(page.locator(".toast-body")).to_contain_text("还没有提过问题")
    expect(page.locator("#chat .message")).to_have_count(0)


def test_date_and_documents_reach_the_assistant(page: Page, assistant: SentenceFinder) -> None:
    page.locator("#scope input").click()
    page.get_by_role("option", name=re.compile("附言")).click()
    page.keyboard.press("Escape")
    page.locator("#as-of input").fill("2025-10-01")
    ask(page, QUESTION)
    expect(page.locator("#chat .note.refused")).to_be_visible()
    assert assistant.asked[-1][2:] == (date(2025, 10, 1), ("hostile.txt",))


def test_no_request_leaves_this_machine(page: Page, requests: list[str]) -> None:
    ask(page, QUESTION)
    page.locator("#chat button.cite").first.click()
    expect(page.locator("mark.chosen")).to_be_visible()
    assert set(requests) <= {"127.0.0.1", "data", "blob"}


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
def test_the_page_fits_an_office_screen_and_a_telephone(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    ask(page, QUESTION)
    assert fits(page)
    page.locator("#chat button.cite").first.click()
    expect(page.locator("mark.chosen")).to_be_in_viewport(ratio=1)


def test_sessions_do_not_see_each_other(browser: Browser, page: Page, address: str) -> None:
    ask(page, QUESTION)
    other = browser.new_page()
    other.goto(address)
    expect(other.locator("#question textarea")).to_be_visible(timeout=30_000)
    expect(other.locator("#chat .message")).to_have_count(0)
    other.close()


class Waiting(SentenceFinder):
    """Stays in the middle of its answer until it is let go."""

    def __init__(self, *documents: ParsedDocument) -> None:
        super().__init__(*documents)
        self.let_go = threading.Event()

    def stream(self, *args: Any, **kwargs: Any) -> Iterator[Answer]:  # noqa: ANN401
        yield Answer("前半句")
        self.let_go.wait(60)
        yield Answer("前半句和后半句")


@pytest.mark.parametrize("button", ["#question .stop-button", "#clear"])
def test_a_running_answer_can_be_cut_short(browser: Browser, button: str) -> None:
    assistant = Waiting(plan())
    with serving(assistant) as address:
        page = browser.new_page()
        page.goto(address)
        page.locator("#question textarea").fill(QUESTION)
        page.keyboard.press("Enter")
        expect(page.locator("#chat .bot.message")).to_contain_text("前半句", timeout=20_000)
        expect(page.locator("#question .stop-button")).to_have_text("停止")
        page.locator(button).click()
        expect(page.locator("#question .submit-button")).to_have_text("提问")
        assistant.let_go.set()
        if button == "#clear":
            expect(page.locator("#chat .message")).to_have_count(0)
        else:
            expect(page.locator("#chat .note.stopped")).to_contain_text("已停止")
        expect(page.locator("#chat")).not_to_contain_text("后半句")
        page.close()
