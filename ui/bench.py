"""How the page bears many people at once: `python -m ui.bench [SECONDS]`.

Thirty askers, each with questions and an answer it expects, ask through the same queue as the page does.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from statistics import median, quantiles

import httpx

ASKERS = 30
SECONDS = 60.0
DAY = date(2025, 12, 15)


@dataclass(frozen=True, slots=True)
class Load:
    """How long each answer took, in seconds, and what went wrong."""

    seconds: tuple[float, ...]
    wrong: tuple[str, ...]

    @property
    def p95_s(self) -> float:
        return quantiles(self.seconds, n=20)[-1] if len(self.seconds) > 1 else self.seconds[0]


def ask_at_once(
    address: str, expected: Sequence[tuple[str, str]], seconds: float, askers: int = ASKERS
) -> Load:
    """Let many ask for some time; `expected` are questions with the answers they should get."""
    end = time.monotonic() + seconds
    with ThreadPoolExecutor(askers) as pool:
        jobs = [
            # Neighbours begin with different questions.
            pool.submit(_ask_until, address, end, [*expected[start:], *expected[:start]])
            for start in (number % len(expected) for number in range(askers))
        ]
        loads = [job.result() for job in jobs]
    return Load(
        tuple(one for load in loads for one in load.seconds),
        tuple(one for load in loads for one in load.wrong),
    )


def _ask_until(address: str, end: float, expected: Sequence[tuple[str, str]]) -> Load:
    seconds, wrong = [], []
    with httpx.Client(base_url=address, timeout=120) as client:
        for question, answer in cycle(expected):
            started = time.monotonic()
            given = _ask(client, question)
            seconds.append(time.monotonic() - started)
            if given != answer:
                wrong.append(f"{question} → {given[:80]}")
            if time.monotonic() > end:
                break
    return Load(tuple(seconds), tuple(wrong))


def _ask(client: httpx.Client, question: str) -> str:
    """One question through Gradio's queue: joining it gives an id, under which the answer is streamed."""
    joined = client.post("gradio_api/call/ask", json={"data": [question, DAY.isoformat(), ""]})
    said = client.get(f"gradio_api/call/ask/{joined.raise_for_status().json()['event_id']}").text
    (result,) = json.loads(said.rpartition("data: ")[2])
    return str(result["answer"])


def main() -> None:
    """Serve the configured documents and print the figures."""
    import tempfile
    from pathlib import Path

    import click

    from assistant.app import open_assistant
    from assistant.settings import load_settings
    from ui.command import free_port
    from ui.server import start

    duration = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    assistant = open_assistant(load_settings())
    expected = [(one, assistant.answer(one, (), DAY).text) for one in assistant.examples()]
    with tempfile.TemporaryDirectory() as state:
        started = time.monotonic()
        port = free_port("127.0.0.1", 0)
        running = start(assistant, "127.0.0.1", port, Path(state))
        click.echo(f"网页启动：{time.monotonic() - started:.1f} s")
        load = ask_at_once(f"http://127.0.0.1:{port}/", expected, duration)
        running.close()
    click.echo(
        f"{ASKERS} 人同时提问 {duration:.0f} s：{len(load.seconds)} 个回答，中位数 {median(load.seconds):.2f} s，"
        f"95% 分位 {load.p95_s:.2f} s，答错或串答 {len(load.wrong)} 个"
    )
    sys.exit(1 if load.wrong else 0)


if __name__ == "__main__":
    main()
