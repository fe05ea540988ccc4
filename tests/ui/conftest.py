"""A real browser over a page that is really served."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from guarded import PASSWORD, ROLES, Guarded
from hand_made import SentenceFinder, hostile, plan
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

from assistant.app import Assistant
from ui.accounts import AccountStore
from ui.board_bench import CHROMIUM_ARGUMENTS, chromium
from ui.command import free_port
from ui.server import start

SUBMIT = re.compile("^(提问|Ask)$")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = chromium()
    if found is None and not os.environ.get("CI"):
        pytest.skip("no Chromium is installed (apt install chromium)")
    assert found, "CI must have a Chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(CHROMIUM_ARGUMENTS))
        yield browser
        browser.close()


@contextmanager
def serving(assistant: object, state: Path, *, require_sign_in: bool = False) -> Iterator[str]:
    port = free_port("127.0.0.1", 0)
    running = start(assistant, "127.0.0.1", port, state, require_sign_in=require_sign_in)
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        running.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Callable[[object], str]]:
    """Serve an assistant; the same state folder every time in one test."""
    with ExitStack() as servers:
        yield lambda assistant: servers.enter_context(serving(assistant, tmp_path))


@pytest.fixture(scope="session")
def finder() -> SentenceFinder:
    return SentenceFinder(plan(), hostile())


@pytest.fixture(scope="session")
def address(finder: SentenceFinder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(finder, tmp_path_factory.mktemp("state")) as address:
        yield address


@contextmanager
def guarding(state: Path) -> Iterator[Guarded]:
    """A page that asks everybody to sign in, with accounts for it."""
    accounts = AccountStore(state)
    for name, role in ROLES.items():
        accounts.add(name, role, PASSWORD)
    with serving(SentenceFinder(plan(), hostile()), state, require_sign_in=True) as address:
        yield Guarded(address, accounts)


@pytest.fixture(scope="session")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    with guarding(tmp_path_factory.mktemp("state")) as found:
        yield found


@pytest.fixture
def unshared_guarded(tmp_path: Path) -> Iterator[Guarded]:
    """For tests that leave traces, such as an address that has to wait."""
    with guarding(tmp_path) as found:
        yield found


@pytest.fixture(scope="session")
def real_address(corpus: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page over the shipped documents."""
    with serving(corpus, tmp_path_factory.mktemp("state")) as address:
        yield address


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One for all tests, so that Gradio's scripts are read from the cache after the first."""
    context = browser.new_context(
        viewport={"width": 1366, "height": 768}, locale="zh-CN", accept_downloads=True
    )
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context
    context.close()


@dataclass(slots=True)
class Watched:
    """A page with what went wrong on it and the hosts it asked for something."""

    page: Page
    errors: list[object] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self.errors.append(error))
        self.page.on("request", lambda request: self.hosts.append(_host(request)))


@pytest.fixture
def blank(context: BrowserContext) -> Iterator[Page]:
    """A new user's browser, on no page yet; a script that fails fails the test."""
    context.clear_cookies()
    watched = Watched(context.new_page())
    yield watched.page
    watched.page.close()
    assert watched.errors == []


@pytest.fixture
def fresh(blank: Page, address: str) -> Page:
    """The page as a new user opens it."""
    return opened(blank, address)


@pytest.fixture(scope="session")
def _kept_open(context: BrowserContext, address: str) -> Watched:
    """Opened once, because opening takes longer than most tests."""
    watched = Watched(context.new_page())
    opened(watched.page, address)
    return watched


@pytest.fixture(scope="session")
def _real_kept_open(context: BrowserContext, real_address: str) -> Watched:
    watched = Watched(context.new_page())
    opened(watched.page, f"{real_address}?as_of=2025-12-15")
    return watched


@pytest.fixture
def page(_kept_open: Watched) -> Iterator[Page]:
    """A new conversation on a page that other tests have used."""
    yield from _renewed(_kept_open)


@pytest.fixture
def real_page(_real_kept_open: Watched) -> Iterator[Page]:
    """The same over the shipped documents, as of 2025-12-15."""
    yield from _renewed(_real_kept_open)


@pytest.fixture
def requests(_kept_open: Watched) -> list[str]:
    """The hosts that `page` asks for something."""
    return _kept_open.hosts


def _renewed(watched: Watched) -> Iterator[Page]:
    page = watched.page
    page.bring_to_front()
    page.set_viewport_size({"width": 1366, "height": 768})
    page.get_by_role("tab", name="问答").click()
    # The answer of the test before may still be on its way.
    expect(page.locator("#question .submit-button")).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="＋ 新对话").click()
    expect(page.locator(".welcome")).to_be_visible(timeout=20_000)
    yield page
    assert watched.errors == []


def _host(request: Request) -> str:
    parts = urlsplit(request.url)
    return parts.hostname or parts.scheme


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    expect(page.locator("#tabs")).to_be_visible(timeout=30_000)
    expect(page.locator(".welcome, .transcript, .board").first).to_be_visible(timeout=20_000)
    return page


@pytest.fixture
def ask() -> Callable[[Page, str], None]:
    """Ask a question and wait until its answer is complete."""

    def ask(page: Page, question: str) -> None:
        before = page.locator(".turn").count()
        page.locator("#question textarea").fill(question)
        page.keyboard.press("Enter")
        expect(page.locator(".turn")).to_have_count(before + 1)
        expect(page.locator(".turn").last.locator(".about")).to_be_visible(timeout=20_000)
        expect(page.locator("#question .submit-button")).to_have_text(SUBMIT, timeout=20_000)

    return ask
