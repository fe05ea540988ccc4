"""`duban chat` before it serves."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click import ClickException
from click.testing import CliRunner
from hand_made import SentenceFinder, plan

from ui.app import build_app
from ui.board import Board
from ui.command import chat, free_port
from ui.doors import Doors
from ui.following import Following
from ui.store import ConversationStore


def test_a_port_that_is_taken_is_told_and_ends_with_1() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = CliRunner().invoke(chat, ["--host", "127.0.0.1", "--port", str(port)])
    assert result.exit_code == 1
    assert f"127.0.0.1:{port}" in result.stderr
    assert "--port" in result.stderr


def test_port_0_finds_a_free_one() -> None:
    assert free_port("127.0.0.1", 0) > 0


def test_an_address_of_another_machine_is_told() -> None:
    with pytest.raises(ClickException, match=r"192\.0\.2\.1"):
        free_port("192.0.2.1", 0)


def test_a_wrong_port_is_wrong_usage() -> None:
    assert CliRunner().invoke(chat, ["--port", "70000"]).exit_code == 2


def test_it_prints_its_address_and_stops_on_interrupt(tmp_path: Path) -> None:
    port = free_port("127.0.0.1", 0)
    script = (
        # A shell that runs the tests in the background has interrupts ignored.
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
        "from assistant.settings import Settings; from hand_made import SentenceFinder, plan;"
        "from ui.command import serve;"
        f"serve(SentenceFinder(plan()), Settings(home={str(tmp_path)!r}), {port})"
    )
    paths = os.pathsep.join([str(Path(__file__).parent), str(Path(__file__).parents[2])])
    with subprocess.Popen(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": paths, "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stderr is not None
        said = [process.stderr.readline() for _ in range(2)]
        process.send_signal(signal.SIGINT)
        out, rest = process.communicate(timeout=60)
    assert said[0] == f"督办已启动：http://127.0.0.1:{port}\n"
    assert "督办已停止" in rest
    assert (process.returncode, out) == (0, "")


def test_the_page_reports_nothing_and_offers_programs_its_three_functions_only(
    tmp_path: Path,
) -> None:
    assistant = SentenceFinder(plan())
    board = Following(assistant, Board)
    app = build_app(assistant, ConversationStore(tmp_path), board, Doors(assistant))
    assert app.analytics_enabled is False
    assert set(app.get_api_info()["named_endpoints"]) == {"/ask", "/list_tasks", "/read_source"}
