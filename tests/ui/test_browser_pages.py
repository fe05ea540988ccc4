"""The original pages in a real browser: the quote marked on the picture, beside the text."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hand_made import SentenceFinder
from playwright.sync_api import Page, expect
from written_files import as_pdf, write

from ingest.files.limits import Limits
from ingest.parse import read_file
from ui.command import free_port
from ui.originals import Originals
from ui.server import start

pytestmark = pytest.mark.browser

LINES = [
    "青石县整改方案",
    *(f"第{n}个乡镇的河道整治工程要求按月调度。" for n in range(1, 90)),
    "黑臭水体消除比例达到百分之九十五。",
]


def test_a_quote_is_marked_on_its_page(
    blank: Page, tmp_path: Path, ask: Callable[[Page, str], None]
) -> None:
    write(tmp_path, "方案.pdf", as_pdf(LINES))
    assistant = SentenceFinder(read_file(tmp_path / "方案.pdf", "方案.pdf", Limits()))
    port = free_port("127.0.0.1", 0)
    originals = Originals(tmp_path, tmp_path / "state", Limits())
    running = start(assistant, "127.0.0.1", port, tmp_path / "state", originals)
    try:
        page = blank
        page.goto(f"http://127.0.0.1:{port}/")
        expect(page.locator(".welcome")).to_be_visible(timeout=30_000)
        ask(page, "黑臭水体消除比例达到多少？")
        page.get_by_role("button", name="原件", exact=True).click()
        mark = page.locator(".pages mark.chosen").first
        expect(mark).to_be_in_viewport(timeout=30_000)
        expect(page.locator(".pages figure:has(mark.chosen)")).to_contain_text(
            re.compile("第[2-9]页")
        )
        drawn = page.locator(".pages img")
        expect(drawn.first).to_have_attribute("alt", re.compile(r"第\d页的图像"))
        assert drawn.count() < page.locator(".pages figure").count()
        paper = mark.locator("..").bounding_box()
        box = mark.bounding_box()
        assert paper
        assert box
        assert 0.2 * paper["width"] < box["width"] < paper["width"]
        page.reload()
        expect(page.locator(".pages mark.chosen").first).to_be_in_viewport(timeout=30_000)
        page.get_by_role("searchbox", name="在本文件中查找").fill("第7个乡镇")
        expect(page.locator(".found")).to_have_text("1/1")
        expect(page.locator(".source .text")).to_be_visible()
        page.get_by_role("button", name="文字", exact=True).click()
        expect(page.locator(".text mark.chosen").first).to_be_in_viewport()
    finally:
        running.close()
