"""How long the first sentence of a chat model takes to the reader's eye: `python -m ui.first_sentence [QUESTIONS]`.

A service on this machine plays the model: it repeats its first piece of evidence and notes when it sends the last
character of a sentence. A real page notes when words of the answer appear. Both read the same clock. Proving,
rendering and the way into the browser lie between.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

QUESTIONS = 20
_EVIDENCE = re.compile(r"^\[1\]（.*?）(.*)$", re.MULTILINE)
# What follows the first sentence, so that it does not arrive together with the end of the reply.
_PAUSE_S = 1.0
_CHUNK = 4
_LONGEST = 120
_WAIT_MS = 30_000
_WATCH = """() => {
  window.firstWords = null;
  const chat = document.getElementById("chat");
  new MutationObserver(() => {
    const answers = chat.querySelectorAll(".turn .answer");
    const last = answers[answers.length - 1];
    if (window.firstWords === null && last && last.textContent.trim()) window.firstWords = Date.now();
  }).observe(chat, { childList: true, subtree: true, characterData: true });
}"""


class PlayedModel(ThreadingHTTPServer):
    """An OpenAI-compatible service that says what its first evidence says; `sent` is when, in seconds of the clock."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.sent: list[float] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: PlayedModel

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not body.get("stream"):
            self._whole()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.end_headers()
        said = _first_evidence(str(body["messages"][-1]["content"]))
        for start in range(0, len(said), _CHUNK):
            self._send({"content": said[start : start + _CHUNK]})
        # Before it is written: what the network takes counts as well.
        self.server.sent.append(time.time())
        self._send({"content": "。"})
        time.sleep(_PAUSE_S)
        self._send({}, "stop")
        self.wfile.write(b"data: [DONE]\n\n")

    def _whole(self) -> None:
        """The search plan, which adds nothing."""
        message = {"role": "assistant", "content": "{}"}
        content = json.dumps(_envelope({"index": 0, "message": message, "finish_reason": "stop"}))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content.encode())

    def _send(self, delta: dict[str, str], finish: str | None = None) -> None:
        event = json.dumps(_envelope({"index": 0, "delta": delta, "finish_reason": finish}))
        self.wfile.write(f"data: {event}\n\n".encode())
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


def _envelope(choice: dict[str, object]) -> dict[str, object]:
    return {"id": "1", "object": "chat", "created": 1, "model": "played", "choices": [choice]}


def _first_evidence(prompt: str) -> str:
    """The first statement of the evidence with its mark, its full stop yet to come."""
    found = _EVIDENCE.search(prompt)
    text = found.group(1) if found else ""
    return f"{re.split('[。；;]', text)[0][:_LONGEST]}[1]"


@contextmanager
def played() -> Iterator[PlayedModel]:
    """The model at a free port."""
    with PlayedModel() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def delays(page: Page, address: str, model: PlayedModel, questions: Sequence[str]) -> list[float]:
    """Seconds from a complete sentence at the model to its words on the page, for each question asked there."""
    page.goto(address)
    page.locator(".welcome").wait_for(timeout=_WAIT_MS)
    seconds = []
    for question in questions:
        model.sent.clear()
        page.evaluate(_WATCH)
        page.locator("#question textarea").fill(question)
        page.keyboard.press("Enter")
        page.wait_for_function("() => window.firstWords !== null", timeout=_WAIT_MS)
        shown = float(page.evaluate("() => window.firstWords")) / 1000
        page.locator("#question .submit-button", has_text="提问").wait_for(timeout=_WAIT_MS)
        page.get_by_role("button", name="＋ 新对话").click()
        page.locator(".welcome").wait_for(timeout=_WAIT_MS)
        # An answer that the model had no part in says nothing about it.
        seconds += [shown - model.sent[0]] if model.sent else []
    return seconds


def main() -> None:
    """Serve the configured documents with the played model and print the figures."""
    import tempfile

    import click
    from playwright.sync_api import sync_playwright

    from assistant.app import open_assistant
    from assistant.settings import load_settings
    from ui.command import free_port
    from ui.server import start

    count = int(sys.argv[1]) if len(sys.argv) > 1 else QUESTIONS
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as state, played() as model, sync_playwright() as driver:
        settings = load_settings().model_copy(
            update={"chat_model": "played", "chat_base_url": model.url}
        )
        assistant = open_assistant(settings)
        assistant.warm_up()
        port = free_port("127.0.0.1", 0)
        running = start(assistant, "127.0.0.1", port, Path(state))
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        questions = list(islice(cycle(assistant.examples()), count))
        seconds = delays(browser.new_page(), f"http://127.0.0.1:{port}/", model, questions)
        browser.close()
        running.close()
    if len(seconds) < 2:
        raise click.ClickException("对话模型没有作答，没有可报的数字；请先运行 duban ingest")
    click.echo(
        f"对话模型写完第一句到网页显示：{len(seconds)} 次，中位数 {median(seconds) * 1000:.0f} ms，"
        f"95% 分位 {quantiles(seconds, n=20)[-1] * 1000:.0f} ms"
    )


if __name__ == "__main__":
    main()
