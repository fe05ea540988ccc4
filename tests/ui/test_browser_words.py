"""The page in English, in a real browser: nothing of it is left in Chinese but documents, answers and questions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from ui.words import COOKIE

pytestmark = pytest.mark.browser

LIST = "武清由区水务局牵头的任务有哪些？"
# Texts and labels with Chinese characters outside elements that are marked as Chinese. The names of documents that
# Gradio lists in the picker cannot be marked; a label that ends in words of a document begins in the page's language.
LEFT_OVER = r"""() => {
  const chinese = /[㐀-鿿]/;
  const found = [];
  const elsewhere = (node) => node.closest('[lang]').lang.startsWith('zh') || node.closest('#scope .token, #scope .options, .seal, script, style');
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (chinese.test(node.data) && !elsewhere(node.parentElement)) found.push(node.data.trim().slice(0, 60));
  }
  for (const node of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
      const words = node.getAttribute(name) || '';
      const inOwn = /^[A-Z][^㐀-鿿]*[:“] ?/.test(words);
      const quoted = node.matches('[lang|=zh], .cite-entry, [lang|=zh] *:not(button)');
      if (chinese.test(words) && !inOwn && !quoted) found.push(`${name}=${words.slice(0, 60)}`);
    }
  }
  return found;
}"""


@pytest.fixture
def english(blank: Page, real_address: str) -> Iterator[Page]:
    """The page as a reader has it after choosing English on it."""
    blank.goto(f"{real_address}?as_of=2025-12-15")
    expect(blank.locator(".welcome h2")).to_have_text("想查什么？", timeout=30_000)
    blank.get_by_role("button", name="English").click()
    expect(blank.locator(".welcome h2")).to_have_text("What are you looking for?", timeout=30_000)
    expect(blank.get_by_role("tab", name="Tasks")).to_be_visible()
    yield blank
    # Pages of other tests share this browser's cookies.
    blank.context.clear_cookies(name=COOKIE)


def test_the_english_page_has_no_chinese_words_of_its_own(
    english: Page, ask: Callable[[Page, str], None]
) -> None:
    page = english
    expect(page).to_have_title("Duban")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    # As Gradio does when it has loaded its words for the browser's language.
    page.evaluate("document.documentElement.setAttribute('lang', 'zh-CN')")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.evaluate(LEFT_OVER) == []
    page.locator("#question textarea").press("Enter")
    expect(page.locator(".toast-body")).to_contain_text("Please type a question first.")
    ask(page, LIST)
    ask(page, "火星基地的门票多少钱？")
    expect(page.locator(".note.refused")).to_have_text("The documents do not say")
    page.locator("button.cite").first.click()
    page.get_by_text("All sources").click()
    page.get_by_role("button", name="Something is wrong").last.click()
    page.locator(".kept summary").first.click()
    expect(page.get_by_role("button", name=re.compile("^Source 1: ")).first).to_be_visible()
    assert page.evaluate(LEFT_OVER) == []
    page.get_by_role("button", name="Incomplete").click()
    expect(page.locator(".vote").last).to_contain_text("Noted: Incomplete")
    page.locator(".edit").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="The question, changed")).to_be_visible()
    assert page.evaluate(LEFT_OVER) == []


def test_the_english_board_and_the_way_back(english: Page) -> None:
    page = english
    page.get_by_role("tab", name="Tasks").click()
    expect(page.locator(".count")).to_contain_text("tasks as of 2025-12-15", timeout=20_000)
    page.get_by_label("Unit", exact=True).fill("区水务局")
    page.locator("tr[data-id] .show").first.click()
    expect(page.locator("mark.chosen").first).to_be_visible()
    assert page.evaluate(LEFT_OVER) == []
    page.reload()
    expect(page.locator(".figures")).to_contain_text("Deadline passed", timeout=20_000)
    expect(page.get_by_label("Unit", exact=True)).to_have_value("区水务局")
    page.get_by_role("button", name="中文").click()
    expect(page.locator(".figures")).to_contain_text("时限已过", timeout=20_000)
