"""The chat in a real browser: what a user sees and clicks, and that nothing leaves this machine."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from hand_made import SentenceFinder, plan
from playwright.sync_api import Browser, Page, expect

from assistant.answer import Answer, Writing
from assistant.errors import AssistantError
from ingest.records import ParsedDocument

pytestmark = pytest.mark.browser

Ask = Callable[[Page, str], None]
Served = Callable[[object], str]
QUESTION = "和平区到2025年末PM2.5年均浓度要控制在多少？"
QUOTE = "到2025年末，全区PM2.5年均浓度控制在36微克/立方米以下"
LIST = "武清由区水务局牵头的任务有哪些？"


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def expect_copied(page: Page, words: str) -> None:
    """Wait for the clipboard, which the browser fills after the click has been handled."""
    holds = "words => navigator.clipboard.readText().then(text => text.includes(words))"
    page.wait_for_function(holds, arg=words)


def test_two_clicks_lead_from_the_empty_page_to_a_highlighted_source(page: Page) -> None:
    expect(page).to_have_title("督办")
    page.locator(".welcome").get_by_text(QUESTION).click()
    expect(page.locator(".asked")).to_contain_text(QUESTION)
    page.locator("button.cite").first.click()
    expect(page.locator("mark.chosen")).to_contain_text(QUOTE)
    expect(page.locator("mark.chosen")).to_be_in_viewport(ratio=1)


def test_a_mark_shows_its_quote_when_pointed_at_and_when_focused(page: Page, ask: Ask) -> None:
    ask(page, QUESTION)
    mark = page.get_by_role("button", name=re.compile("^出处1："))
    mark.hover()
    expect(page.get_by_role("tooltip")).to_contain_text(QUOTE)
    page.mouse.move(0, 0)
    expect(page.get_by_role("tooltip")).to_be_hidden()
    mark.focus()
    expect(page.get_by_role("tooltip")).to_contain_text(QUOTE)
    page.keyboard.press("Escape")
    expect(page.get_by_role("tooltip")).to_be_hidden()


def test_going_from_one_quote_to_the_next_and_back(page: Page, ask: Ask) -> None:
    ask(page, QUESTION)
    position = page.locator(".position")
    expect(position).to_have_text(re.compile("^1 / "))
    page.get_by_role("button", name="下一处出处").click()
    expect(position).to_have_text(re.compile("^2 / "))
    expect(page.locator("mark.chosen")).to_contain_text("无废城市")
    expect(page.locator("mark.chosen")).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="上一处出处").click()
    expect(page.locator("mark.chosen")).to_contain_text(QUOTE)
    colours = page.locator(".source mark").evaluate_all(
        "marks => marks.map(mark => getComputedStyle(mark).backgroundColor)"
    )
    assert len(set(colours)) == len(colours) >= 2


def test_the_list_of_sources_opens_one_too(page: Page, ask: Ask) -> None:
    ask(page, QUESTION)
    page.get_by_text("全部出处").click()
    page.locator(".cite-entry").nth(1).click()
    expect(page.locator("mark.chosen")).to_contain_text("无废城市")
    expect(page.locator(".citations")).to_be_hidden()


def test_outline_and_search_move_through_the_whole_document(page: Page, ask: Ask) -> None:
    ask(page, QUESTION)
    page.locator(".outline summary").click()
    page.locator(".outline").get_by_text("一、指导思想").click()
    expect(page.locator(".source h4", has_text="一、指导思想")).to_be_in_viewport()
    page.get_by_role("searchbox", name="在本文件中查找").fill("无废城市")
    found = page.locator(".found")
    expect(found).to_have_text(re.compile(r"^1/\d+$"))
    page.get_by_role("button", name="下一个匹配").click()
    expect(found).to_have_text(re.compile(r"^[12]/\d+$"))
    page.get_by_role("searchbox", name="在本文件中查找").fill("这里没有的字")
    expect(found).to_have_text("没有找到")


def test_marks_of_an_earlier_answer_keep_working_without_the_network(
    page: Page, ask: Ask, requests: list[str]
) -> None:
    ask(page, QUESTION)
    ask(page, "附言整改任务")
    expect(page.locator(".source h3")).to_contain_text("附言")
    page.locator("button.cite").first.click()
    expect(page.locator("mark.chosen")).to_contain_text(QUOTE)
    expect(page.locator("#brand h1")).to_be_in_viewport(ratio=1)
    expect(page.locator("#question")).to_be_in_viewport(ratio=1)
    assert set(requests) <= {"127.0.0.1", "data", "blob"}


def test_a_hostile_document_does_nothing(page: Page, ask: Ask, requests: list[str]) -> None:
    ask(page, "附言整改任务 <b>粗</b> *斜* ![图](https://attacker.invalid/q.png)")
    expect(page.locator(".asked p")).to_contain_text("<b>粗</b> *斜* ![图](https")
    expect(page.locator(".answer")).to_contain_text("<script>window.hacked = true</script>")
    page.locator("button.cite").last.click()
    expect(page.locator(".source")).to_contain_text("《关于印发<河北省附言办法>的通知》")
    expect(page.locator(".source h3")).to_have_text("附言<b>整改</b>清单")
    assert page.evaluate("window.hacked") is None
    assert page.locator("#chat img, #chat .answer a, #sources img, #sources a").count() == 0
    assert set(requests) <= {"127.0.0.1", "data", "blob"}


def test_a_refusal_is_shown_as_such_and_can_be_asked_again(page: Page) -> None:
    page.locator("#question textarea").fill("火星基地")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".note.refused")).to_have_text("文件中没有找到答案")
    page.get_by_role("button", name="重新回答").click()
    expect(page.locator(".note.refused")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(1)


def test_a_question_can_be_changed_and_asked_anew(page: Page, ask: Ask) -> None:
    ask(page, "火星基地")
    ask(page, "附言整改任务")
    page.locator(".asked").first.hover()
    page.locator(".edit").first.click()
    field = page.get_by_role("textbox", name="修改后的问题")
    expect(field).to_have_value("火星基地")
    field.fill(QUESTION)
    page.get_by_role("button", name="重新提问", exact=True).click()
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.locator(".asked p")).to_have_text(QUESTION)
    expect(page.locator("button.cite").first).to_be_visible(timeout=20_000)


def test_a_suggested_question_asks_itself(page: Page, ask: Ask) -> None:
    ask(page, "附言整改任务")
    page.locator(".reply .next button").first.click()
    expect(page.locator(".turn")).to_have_count(2)


def test_the_answer_is_copied_in_memo_form(page: Page, ask: Ask) -> None:
    ask(page, QUESTION)
    page.get_by_role("button", name="复制（带出处）").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    expect_copied(page, "（和平政〔2025〕4号）第二部分第（二）条：“到2025年末")


def test_date_and_documents_reach_the_assistant_and_stay_visible(
    fresh: Page, ask: Ask, finder: SentenceFinder
) -> None:
    page = fresh
    page.locator("#scope input").click()
    page.get_by_role("option", name=re.compile("附言")).click()
    page.keyboard.press("Escape")
    page.locator("#as-of input").fill("2025-10-01")
    ask(page, QUESTION)
    expect(page.locator(".about")).to_have_text("截至2025年10月1日 · 范围：附言<b>整改</b>清单")
    assert finder.asked[-1][2:] == (date(2025, 10, 1), ("hostile.txt",))


def test_a_thumb_and_its_reason_are_remembered(fresh: Page, ask: Ask) -> None:
    page = fresh
    ask(page, QUESTION)
    page.get_by_role("button", name="有问题").click()
    page.get_by_role("button", name="不完整").click()
    expect(page.locator(".vote")).to_contain_text("已记录：不完整")
    page.reload()
    expect(page.get_by_role("button", name="有问题")).to_have_attribute(
        "aria-pressed", "true", timeout=20_000
    )


def test_a_list_is_a_table_to_sort_and_copy(real_page: Page, ask: Ask) -> None:
    ask(real_page, LIST)
    numbers = real_page.locator(".answer tbody td:first-child")
    expect(numbers).to_have_text(["十四", "十六", "十七", "十九"])
    real_page.locator(".answer").get_by_role("button", name="编号").click()
    real_page.locator(".answer").get_by_role("button", name="编号").click()
    expect(numbers).to_have_text(["十九", "十七", "十六", "十四"])
    real_page.get_by_role("button", name="复制表格").click()
    expect_copied(real_page, "编号\t任务\t")
    real_page.get_by_text("导出表格").click()
    with real_page.expect_download() as download:
        real_page.locator(".table-tools").get_by_role("button", name="CSV").click()
    assert download.value.suggested_filename == f"{LIST}.csv"
    rows = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert [row.partition(",")[0] for row in rows] == ["编号", "十九", "十七", "十六", "十四"]
    assert rows[1].endswith("》附件第十九部分")


def test_a_list_is_exported(real_page: Page, ask: Ask) -> None:
    ask(real_page, LIST)
    for name, form in {"Excel": "xlsx", "Word": "docx", "CSV": "csv", "日历": "ics"}.items():
        real_page.get_by_text("导出清单").click()
        with real_page.expect_download() as download:
            real_page.locator("#chat .exports").get_by_role("button", name=name).click()
        assert download.value.suggested_filename.endswith(f".{form}")


def test_a_list_opens_the_board_with_its_filter(real_page: Page, ask: Ask) -> None:
    ask(real_page, LIST)
    real_page.get_by_role("link", name="在台账中查看").click()
    expect(real_page.locator("#board tr[data-id]")).to_have_count(4)
    expect(real_page.get_by_label("单位", exact=True)).to_have_value("区水务局")
    real_page.go_back()
    expect(real_page.locator(".turn")).to_be_visible()


@pytest.mark.parametrize("size", [(1366, 768), (911, 512), (390, 844)])
def test_the_page_fits_an_office_screen_a_zoomed_one_and_a_telephone(
    page: Page, ask: Ask, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    ask(page, QUESTION)
    assert fits(page)
    page.locator("button.cite").first.click()
    expect(page.locator("mark.chosen").first).to_be_in_viewport()
    if size[0] < 900:
        page.get_by_role("button", name="收起出处").click()
        expect(page.locator("button.cite").first).to_be_focused()
        expect(page.locator("button.cite").first).to_be_in_viewport()
    page.get_by_role("tab", name="台账").click()
    expect(page.locator(".board")).to_be_visible()
    assert fits(page)


def test_light_and_dark_are_remembered(fresh: Page) -> None:
    page = fresh
    was_dark = "dark" in (page.locator("body").get_attribute("class") or "")
    page.get_by_role("button", name="切换浅色或深色").click()
    page.reload()
    expect(page.locator(".welcome")).to_be_visible(timeout=20_000)
    wanted = re.compile(r"^(?!.*\bdark\b)" if was_dark else r"\bdark\b")
    expect(page.locator("body")).to_have_class(wanted)
    page.get_by_role("button", name="切换浅色或深色").click()


# kept conversations


def test_a_conversation_survives_reload_and_restart(blank: Page, served: Served, ask: Ask) -> None:
    first = served(SentenceFinder(plan()))
    blank.goto(first)
    ask(blank, QUESTION)
    kept = blank.url.partition("?")[2]
    assert re.fullmatch(r"c=[0-9a-f]{32}", kept)
    second = served(SentenceFinder(plan()))
    blank.goto(f"{second}?{kept}")
    expect(blank.locator(".asked p")).to_have_text(QUESTION, timeout=20_000)
    expect(blank.locator("mark.chosen")).to_contain_text(QUOTE)


def test_conversations_are_found_renamed_exported_and_deleted(fresh: Page, ask: Ask) -> None:
    page = fresh
    ask(page, QUESTION)
    page.get_by_role("button", name="＋ 新对话").click()
    expect(page.locator(".welcome")).to_be_visible()
    ask(page, "附言整改任务")
    entries = page.locator(".kept li")
    expect(entries).to_have_count(2)
    page.get_by_role("searchbox", name="查找对话").fill("微克")
    expect(entries).to_have_count(1)
    page.locator(".kept summary").click()
    page.get_by_role("button", name="重命名").click()
    page.get_by_role("textbox", name="新的名称").fill("空气质量目标")
    page.keyboard.press("Enter")
    expect(page.locator(".kept .title").filter(has_text="空气质量目标")).to_be_visible()
    entry = page.locator(".kept li").filter(has_text="空气质量目标")
    entry.locator("summary").click()
    with page.expect_download() as download:
        entry.get_by_text("导出 Word").click()
    assert download.value.suggested_filename == "空气质量目标.docx"
    entry.locator("details").evaluate("menu => { menu.open = true; }")
    with page.expect_download() as download:
        entry.get_by_text("导出 Markdown").click()
    assert QUESTION in download.value.path().read_text(encoding="utf-8")
    entry.get_by_role("button", name="删除").click()
    entry.get_by_role("button", name="再点一次").click()
    expect(page.locator(".kept .title").filter(has_text="空气质量目标")).to_have_count(0)


def test_users_do_not_see_each_other(browser: Browser, fresh: Page, ask: Ask, address: str) -> None:
    page = fresh
    ask(page, QUESTION)
    other = browser.new_context().new_page()
    other.goto(page.url)
    expect(other.locator(".welcome")).to_be_visible(timeout=20_000)
    expect(other.locator(".turn, .kept li")).to_have_count(0)
    other.context.close()


# an answer that takes its time


class Waiting(SentenceFinder):
    """Stays in the middle of its answer until it is let go."""

    def __init__(self, *documents: ParsedDocument) -> None:
        super().__init__(*documents)
        self.let_go = threading.Event()

    def stream(self, *args: Any, **kwargs: Any) -> Iterator[Answer]:  # noqa: ANN401
        yield Answer("前半句")
        self.let_go.wait(60)
        yield Answer("前半句\n\n后半句")


@pytest.mark.parametrize("way", ["button", "Escape"])
def test_a_running_answer_can_be_cut_short(blank: Page, served: Served, way: str) -> None:
    assistant = Waiting(plan())
    blank.goto(served(assistant))
    # Asked before the page has loaded its conversation, a question would be lost with it.
    expect(blank.locator(".welcome")).to_be_visible(timeout=20_000)
    blank.locator("#question textarea").fill(QUESTION)
    blank.keyboard.press("Enter")
    expect(blank.locator(".answer")).to_contain_text("前半句", timeout=20_000)
    expect(blank.locator("#question .stop-button")).to_have_text("停止")
    if way == "button":
        blank.locator("#question .stop-button").click()
    else:
        blank.keyboard.press("Escape")
    expect(blank.locator(".note.stopped")).to_contain_text("已停止")
    assistant.let_go.set()
    expect(blank.locator("#question .submit-button")).to_have_text("提问")
    expect(blank.locator("#chat")).not_to_contain_text("后半句")


class Moody(Waiting):
    """Looks for a while, then fails; asked again, says how a chat model's sentences fared."""

    def stream(self, *args: Any, **kwargs: Any) -> Iterator[Answer]:  # noqa: ANN401
        if self.let_go.is_set():
            yield Answer("共1项。", writing=Writing("某模型", verified=3, removed=2))
        else:
            self.let_go.wait(60)
            raise AssistantError("索引打不开，请运行 duban ingest。")


def test_waiting_failing_and_a_models_verdict_are_shown(blank: Page, served: Served) -> None:
    assistant = Moody(plan())
    blank.goto(served(assistant))
    blank.locator("#question textarea").fill(QUESTION)
    blank.keyboard.press("Enter")
    expect(blank.locator(".note.waiting")).to_have_text("正在查阅文件…", timeout=20_000)
    assistant.let_go.set()
    expect(blank.locator(".note.error")).to_have_text("未能回答")
    expect(blank.locator(".reply")).to_contain_text("索引打不开，请运行 duban ingest。")
    blank.get_by_role("button", name="重新回答").click()
    expect(blank.locator(".about")).to_contain_text(
        "由某模型成文，核对通过3处，略去未通过核对的2处"
    )
    blank.get_by_role("button", name="有用").click()
    expect(blank.get_by_role("button", name="有用")).to_have_attribute("aria-pressed", "true")


def test_leaving_a_conversation_cuts_its_answer_short_and_keeps_the_question(
    blank: Page, served: Served
) -> None:
    assistant = Waiting(plan())
    blank.goto(served(assistant))
    blank.locator("#question textarea").fill(QUESTION)
    blank.keyboard.press("Enter")
    expect(blank.locator(".answer")).to_contain_text("前半句", timeout=20_000)
    blank.get_by_role("button", name="＋ 新对话").click()
    expect(blank.locator(".welcome")).to_be_visible()
    assistant.let_go.set()
    expect(blank.locator("#question .submit-button")).to_have_text("提问")
    blank.locator(".kept .open").click()
    expect(blank.locator(".note.stopped")).to_be_visible()
    expect(blank.locator(".asked p")).to_have_text(QUESTION)


def test_nothing_moves_while_an_answer_grows(blank: Page, served: Served) -> None:
    assistant = Waiting(plan())
    blank.goto(served(assistant))
    blank.locator("#question textarea").fill(QUESTION)
    blank.keyboard.press("Enter")
    expect(blank.locator(".answer")).to_contain_text("前半句", timeout=20_000)
    places = "['.asked p', '.answer p', '#question'].map(s => document.querySelector(s).getBoundingClientRect().top)"
    before = blank.evaluate(places)
    assistant.let_go.set()
    expect(blank.locator(".about")).to_be_visible(timeout=20_000)
    assert blank.evaluate(places) == before
