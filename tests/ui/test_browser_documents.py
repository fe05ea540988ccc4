"""Managing documents in a real browser over a real store: what comes is answered from at once, what fails is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from guarded import PASSWORD, ROLES
from hand_made import PLAN
from kept_documents import CHANGED, NOTICE, Kept, kept_documents
from playwright.sync_api import FilePayload, Locator, Page, TimeoutError, expect

from ui.accounts import AccountStore
from ui.command import free_port
from ui.server import start

pytestmark = pytest.mark.browser

Ask = Callable[[Page, str], None]
QUESTION = "青石镇道路积尘负荷控制在多少？"
SLOW_MS = 60_000


def pick(entry: Locator, action: str) -> None:
    """Choose from the menu of a document. Its list is drawn anew when it was fetched again, which closes the menu."""
    button = entry.get_by_role("button", name=action)
    for _ in range(5):
        if not button.is_visible():
            entry.locator("summary[aria-label*=更多操作]").click()
        try:
            button.click(timeout=3000)
        except TimeoutError:
            continue
        return
    pytest.fail(f"the menu does not stay open for “{action}”")


@dataclass(frozen=True, slots=True)
class Served:
    address: str
    kept: Kept


def serve(kept: Kept, *, require_sign_in: bool) -> Iterator[Served]:
    port = free_port("127.0.0.1", 0)
    running = start(
        kept.assistant,
        "127.0.0.1",
        port,
        kept.settings.state_folder,
        require_sign_in=require_sign_in,
        intake=kept.intake,
    )
    yield Served(f"http://127.0.0.1:{port}/", kept)
    running.close()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    with kept_documents(tmp_path_factory.mktemp("kept")) as kept:
        yield kept


@pytest.fixture(scope="module")
def local(shared: Kept) -> Iterator[Served]:
    """On this machine, without accounts."""
    yield from serve(shared, require_sign_in=False)


@pytest.fixture(scope="module")
def office(shared: Kept, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The same documents where everybody signs in."""
    home = tmp_path_factory.mktemp("office")
    accounts = AccountStore(home)
    for name, role in ROLES.items():
        accounts.add(name, role, PASSWORD)
    settings = shared.settings.model_copy(update={"home": home})
    kept = Kept(settings, shared.assistant, shared.intake)
    yield from serve(kept, require_sign_in=True)


@pytest.fixture
def desk(blank: Page, local: Served) -> Iterator[Page]:
    """The tab of a new visitor at this machine."""
    blank.goto(f"{local.address}?view=documents")
    expect(row(blank, PLAN.name)).to_be_visible(timeout=30_000)
    yield blank
    local.kept.empty()


def row(page: Page, name: str) -> Locator:
    return page.locator(".document-list tbody tr").filter(has_text=name)


def job(page: Page, name: str) -> Locator:
    return page.locator(".jobs li").filter(has_text=name)


def file(name: str, content: str | bytes) -> FilePayload:
    data = content if isinstance(content, bytes) else content.encode()
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def upload(page: Page, *files: FilePayload) -> None:
    page.locator("input.files").set_input_files(list(files))


def test_a_new_document_is_answered_from_at_once_then_changed_and_gone(
    desk: Page, ask: Ask
) -> None:
    page = desk
    upload(page, file("扬尘通知.txt", NOTICE))
    expect(job(page, "扬尘通知.txt").locator(".state")).to_have_text("完成", timeout=SLOW_MS)
    expect(row(page, "扬尘通知.txt")).to_contain_text("关于开展秋冬季扬尘治理的通知")
    expect(row(page, "扬尘通知.txt")).to_contain_text("文件本身的文字")
    page.get_by_role("tab", name="问答").click()
    ask(page, QUESTION)
    expect(page.locator(".answer").last).to_contain_text("0.73")
    page.locator(".turn").last.locator("button.cite").first.click()
    expect(page.locator("mark.chosen")).to_contain_text("0.73")
    page.get_by_role("tab", name="文件").click()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="替换 扬尘通知.txt").click()
    chooser.value.set_files(file("新版.txt", CHANGED))
    replaced = job(page, "替换")
    expect(replaced.locator(".state")).to_have_text("完成", timeout=SLOW_MS)
    page.get_by_role("tab", name="问答").click()
    ask(page, QUESTION)
    expect(page.locator(".answer").last).to_contain_text("0.58")
    page.get_by_role("tab", name="文件").click()
    menu = row(page, "扬尘通知.txt")
    pick(menu, "删除")
    expect(row(page, "扬尘通知.txt")).to_be_visible()
    menu.get_by_role("button", name="再点一次，确认删除").click()
    expect(row(page, "扬尘通知.txt")).to_have_count(0, timeout=SLOW_MS)
    page.get_by_role("tab", name="问答").click()
    ask(page, QUESTION)
    expect(page.locator(".answer").last).not_to_contain_text("0.58")


def test_good_and_broken_files_together_each_with_its_own_end(desk: Page, local: Served) -> None:
    page = desk
    hostile = "<script>window.hacked = true<script>.txt"
    upload(
        page,
        file("坏的.pdf", b"%PDF-1.7 and nothing more"),
        file(hostile, NOTICE),
        file("程序.exe", b"MZ"),
        file("空.txt", b""),
        file(PLAN.name, NOTICE),
    )
    states = page.locator(".jobs li .state")
    expect(states.filter(has_text="失败")).to_have_count(4, timeout=SLOW_MS)
    expect(job(page, "坏的.pdf").locator(".reason")).to_contain_text("PDF 已损坏")
    expect(job(page, "程序.exe").locator(".reason")).to_contain_text("不支持 .exe")
    expect(job(page, "空.txt").locator(".reason")).to_contain_text("0 字节")
    expect(job(page, PLAN.name).locator(".reason")).to_contain_text("已有同名文件")
    expect(job(page, "＜script＞").locator(".state")).to_have_text("完成")
    expect(row(page, "＜script＞window.hacked = true＜script＞.txt")).to_be_visible()
    assert page.evaluate("window.hacked") is None
    assert set(local.kept.files()) == {PLAN.name, "＜script＞window.hacked = true＜script＞.txt"}
    page.get_by_role("button", name="清除已完成").click()
    expect(page.locator(".jobs")).to_be_hidden()


def test_the_list_is_searched_and_a_document_opened(desk: Page) -> None:
    page = desk
    expect(row(page, PLAN.name)).to_contain_text(re.compile(r"\d+ 段 · \d+ 项任务"))
    page.get_by_role("searchbox", name="按名称或标题查找").fill("和平区 方案")
    expect(page.locator(".document-bar .count")).to_have_text("共 1 份文件，找到 1 份")
    page.get_by_role("searchbox", name="按名称或标题查找").fill("没有这份")
    expect(page.locator(".document-list .none")).to_be_visible()
    page.get_by_role("searchbox", name="按名称或标题查找").fill("")
    row(page, PLAN.name).locator("button.view").click()
    expect(page.locator(".source h3")).to_contain_text("和平区贯彻落实")
    expect(page.locator("#sources")).to_be_visible()
    menu = row(page, PLAN.name)
    pick(menu, "重新读入")
    expect(job(page, "重新读入").locator(".state")).to_have_text("完成", timeout=SLOW_MS)


def test_the_tab_can_be_read_and_named_in_light_and_dark_and_fits_a_telephone(desk: Page) -> None:
    upload(desk, file("程序.exe", b"MZ"))
    expect(job(desk, "程序.exe").locator(".reason")).to_be_visible()
    for _ in ("light", "dark"):
        desk.get_by_role("button", name="切换浅色或深色").click()
        # Colours that are still changing have a contrast of their own.
        desk.wait_for_timeout(300)
        found = Axe().run(desk, options={"resultTypes": ["violations"]}).response["violations"]
        assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
    desk.evaluate("localStorage.clear()")
    desk.set_viewport_size({"width": 390, "height": 844})
    assert desk.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    expect(desk.get_by_role("button", name="上传文件")).to_be_in_viewport()


def test_only_those_who_may_see_the_tab(blank: Page, office: Served) -> None:
    for name, there in (("张三", False), ("李四", True)):
        blank.context.clear_cookies()
        blank.goto(office.address)
        blank.get_by_label("账号").fill(name)
        blank.get_by_label("密码").fill(PASSWORD)
        blank.get_by_role("button", name="登录").click()
        expect(blank.locator(".welcome")).to_be_visible(timeout=30_000)
        expect(blank.locator("#account summary")).to_have_text(name)
        expect(blank.get_by_role("tab", name="文件")).to_have_count(int(there))


@pytest.mark.parametrize(
    ("name", "statuses"),
    [
        ("张三", [403, 403, 403, 403]),
        ("李四", [200, 415, 404, 403]),
        ("王五", [200, 415, 404, 202]),
    ],
)
def test_the_server_asks_too_who_may(office: Served, name: str, statuses: list[int]) -> None:
    with httpx.Client(base_url=office.address) as client:
        client.post("sign-in", data={"name": name, "password": PASSWORD})
        found = [
            client.get("documents").status_code,
            client.post("documents?name=a.exe", content=b"x").status_code,
            client.delete("documents?path=../a.txt").status_code,
            client.post("documents/read").status_code,
        ]
    assert found == statuses


def test_an_upload_that_passes_the_limit_on_its_way_leaves_nothing(local: Served) -> None:
    kept = local.kept

    def endless() -> Iterator[bytes]:
        for _ in range(102):
            yield b"x" * 1_048_576

    # Without a length named before, it is known only as it comes.
    answer = httpx.post(f"{local.address}documents?name=大.txt", content=endless(), timeout=60)
    assert (answer.status_code, "100 MB" in answer.json()["detail"]) == (413, True)
    assert kept.files() == [PLAN.name]
    assert list(kept.folder.rglob("大.txt")) == []
