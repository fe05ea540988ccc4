"""The chat model through settings and commands: `duban ask`, `duban doctor`, and keys that stay secret."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_server import ChatServer, Completion, running
from click.testing import CliRunner, Result
from scripts import honest
from task_list import QUESTION, TEXT

from assistant.cli import main
from assistant.settings import load_settings

KEY = "sk-0123456789abcdef"


def duban(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with running(honest) as server:
        yield server


@pytest.fixture(autouse=True)
def _configured(server: ChatServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "list.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.setenv("DUBAN_DOCUMENTS", str(folder))
    monkeypatch.setenv("DUBAN_CHAT_MODEL", "scripted")
    monkeypatch.setenv("DUBAN_CHAT_BASE_URL", server.url)
    monkeypatch.setenv("DUBAN_CHAT_API_KEY", KEY)
    assert duban("ingest").exit_code == 0


def test_ask_writes_with_the_model(server: ChatServer) -> None:
    result = duban("ask", "--json", QUESTION)
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert answer["writing"]["model"] == "scripted"
    assert answer["writing"]["verified"] > 0
    assert server.requests[0].authorization == f"Bearer {KEY}"


def test_a_batch_has_the_columns_it_always_had(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(
        json.dumps({"id": "1", "question": QUESTION}), encoding="utf-8"
    )
    result = duban("ask", "--batch", str(tmp_path / "in.jsonl"), "--output", str(tmp_path / "out"))
    assert result.exit_code == 0, result.output
    row = json.loads((tmp_path / "out").read_text(encoding="utf-8"))
    assert set(row) == {"id", "answer", "refused", "citations", "seconds"}


def test_doctor_asks_the_endpoint(server: ChatServer) -> None:
    server.script = lambda _: Completion("你好。")
    result = duban("doctor")
    assert result.exit_code == 0, result.output
    assert "✓ 对话模型：scripted" in result.stdout
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("status", "said"), [(401, "DUBAN_CHAT_API_KEY"), (404, "DUBAN_CHAT_MODEL")]
)
def test_doctor_says_what_is_wrong(server: ChatServer, status: int, said: str) -> None:
    server.script = lambda _: Completion(status=status, body=f'{{"error": "{KEY}"}}')
    result = duban("doctor")
    assert result.exit_code == 1
    assert "✗ 对话模型" in result.stdout
    assert said in result.stdout
    assert KEY not in result.output


@pytest.mark.parametrize("command", [("doctor",), ("ask", QUESTION)])
def test_an_address_that_is_missing_is_told(
    command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DUBAN_CHAT_BASE_URL")
    result = duban(*command)
    assert result.exit_code == 1
    assert "DUBAN_CHAT_BASE_URL" in result.output
    assert "Traceback" not in result.output


def test_the_key_is_in_no_log_and_no_description_of_the_settings(
    server: ChatServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.script = lambda _: Completion(status=401, body=f'{{"error": "{KEY}"}}')
    result = duban("-v", "ask", QUESTION)
    assert result.exit_code == 0
    assert "密钥无效" in result.stdout
    assert KEY not in caplog.text + result.output + repr(load_settings())


def test_a_wrong_limit_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBAN_CHAT_TIMEOUT", "-1")
    result = duban("doctor")
    assert result.exit_code == 1
    assert "DUBAN_CHAT_TIMEOUT" in result.stderr
