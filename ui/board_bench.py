"""How long the board takes to answer a click or a key, by the number of tasks: `python -m ui.board_bench`.

The board of the configured documents is served, its tasks are repeated up to each size, and every kind of change is
made in Chromium several times. A change takes from the event to the second frame after it, when the page shows it.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

SIZES = (100, 1_000, 10_000)
REPEATS = 9
DAY = date(2025, 12, 15)
CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Each in JavaScript, with its own undoing, which is a change of the same kind.
CHANGES = {
    "输入文字": "set('q', one ? '污水' : '')",
    "选单位": "set('unit', one ? '区水务局' : '')",
    "选角色": "set('role', one ? 'lead' : '')",
    "选状态": "set('status', one ? 'overdue' : '')",
    "时限范围": "set('to', one ? '2024-12-31' : '')",
    "按任务排序": "click('th[data-sort=title] button')",
    "按时限排序": "click('th[data-sort=due] button')",
    "滚动": "grid.scrollTop = one ? grid.scrollHeight : 0",
}
_MEASURE = """
async ([kind, repeats]) => {
  const board = document.querySelector("#board"), grid = board.querySelector(".grid");
  const set = (name, value) => {
    const field = board.querySelector(`form [name=${name}]`);
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const click = (button) => board.querySelector(button).click();
  const change = new Function("one", "set", "click", "grid", kind);
  const frame = () => new Promise((shown) => requestAnimationFrame(shown));
  const times = [];
  for (let index = 0; index < 2 * repeats; index += 1) {
    await new Promise((rested) => setTimeout(rested, 30));
    const started = performance.now();
    change(index % 2 === 0, set, click, grid);
    await frame();
    await frame();
    times.push(performance.now() - started);
  }
  return times;
}
"""


@dataclass(frozen=True, slots=True)
class Change:
    """One kind of change with so many tasks on the board: the median in seconds."""

    name: str
    tasks: int
    seconds: float


def chromium() -> str | None:
    """Where the browser is, if there is one."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


def with_tasks(page: Page, address: str, count: int) -> None:
    """Open the board with its tasks repeated to a number."""
    served = page.request.get(f"{address}board/tasks.json?as_of={DAY.isoformat()}").json()
    tasks = served["tasks"]
    many = [{**tasks[n % len(tasks)], "id": f"{n:064x}"} for n in range(count)]
    body = json.dumps({**served, "tasks": many})
    page.unroute_all()
    page.route("**/board/tasks.json*", lambda route: route.fulfill(body=body))
    page.goto(f"{address}?view=board&as_of={DAY.isoformat()}")
    page.locator(".count", has_text=f"共 {count} 项").wait_for(timeout=60_000)


def measure(page: Page, tasks: int, repeats: int = REPEATS) -> list[Change]:
    """Every kind of change on an open board."""
    return [
        Change(name, tasks, median(page.evaluate(_MEASURE, [change, repeats])) / 1000)
        for name, change in CHANGES.items()
    ]


def main() -> None:
    """Serve the configured documents and print the medians by size."""
    import click
    from playwright.sync_api import sync_playwright

    from assistant.app import open_assistant
    from assistant.settings import load_settings
    from ui.command import free_port
    from ui.server import start

    found = chromium()
    if found is None:
        raise click.ClickException(
            "没有找到 Chromium，台账页面的用时没有测。可先 apt install chromium"
        )
    with tempfile.TemporaryDirectory() as state, sync_playwright() as playwright:
        port = free_port("127.0.0.1", 0)
        running = start(open_assistant(load_settings()), "127.0.0.1", port, Path(state))
        browser = playwright.chromium.launch(executable_path=found, args=list(CHROMIUM_ARGUMENTS))
        page = browser.new_page(viewport={"width": 1366, "height": 768}, locale="zh-CN")
        for size in SIZES:
            with_tasks(page, f"http://127.0.0.1:{port}/", size)
            changes = measure(page, size)
            slowest = max(changes, key=lambda one: one.seconds)
            told = "，".join(f"{one.name} {one.seconds * 1000:.0f}" for one in changes)
            click.echo(
                f"台账 {size} 项，最慢的是{slowest.name} {slowest.seconds:.3f} s（毫秒：{told}）"
            )
        browser.close()
        running.close()


if __name__ == "__main__":
    main()
