"""A running assistant follows the store: every answer is of one generation, the old or the new."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import killed_ingests
import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient
from filelock import FileLock

from assistant.cli import main
from assistant.commands.ingest import ensure_ingested
from assistant.errors import BusyError
from assistant.ingestion import ingest_documents
from assistant.live import LiveAssistant
from assistant.settings import Settings, load_settings
from ui.identity import COOKIE
from ui.server import web_app

DAY = dt.date(2026, 11, 22)
HOLD = """
import sys
from filelock import FileLock
with FileLock(sys.argv[1]):
    sys.stdout.write("held")
    sys.stdout.flush()
    sys.stdin.read()
"""
QUESTION = "1号河黑臭由哪个单位牵头？"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("DUBAN_DOCUMENTS", str(tmp_path / "documents"))
    settings = load_settings()
    settings.documents.mkdir()
    killed_ingests.write_edition(settings.documents, 1)
    ingest(settings)
    return settings


@pytest.fixture
def live(settings: Settings) -> Iterator[LiveAssistant]:
    live = LiveAssistant(settings)
    yield live
    live.close()


def ingest(settings: Settings) -> None:
    ingest_documents(settings, killed_ingests.Quiet())


def test_a_new_state_is_seen_without_a_restart(settings: Settings, live: LiveAssistant) -> None:
    assert "第1局" in live.answer(QUESTION, (), DAY).text
    assert not live.refresh()
    killed_ingests.write_edition(settings.documents, 2)
    ingest(settings)
    running = live.stream(QUESTION, (), DAY)
    first = next(running)
    old = live._opened.store
    assert live.refresh()
    assert "第2局" in live.answer(QUESTION, (), DAY).text
    # What began with the old state ends with it, and only then is it given up.
    assert old.manifest()
    last = [first, *running][-1]
    assert "第1局" in last.text
    assert not any("第2局" in one.quote for one in last.citations)
    with pytest.raises(Exception, match=r"."):
        old.manifest()


def test_a_state_that_cannot_be_read_is_not_used(
    settings: Settings, live: LiveAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    killed_ingests.write_edition(settings.documents, 2)
    ingest(settings)
    for database in (settings.state_folder / "store").rglob("2/chroma.sqlite3"):
        database.write_bytes(b"")
    assert not live.refresh()
    assert "duban ingest --rebuild" in caplog.text
    assert "第1局" in live.answer(QUESTION, (), DAY).text


def test_the_page_shows_the_new_state(
    settings: Settings, live: LiveAssistant, tmp_path: Path
) -> None:
    app = web_app(live, tmp_path / "state")
    with TestClient(app, cookies={COOKIE: "a" * 32}) as client:
        address = f"/board/tasks.json?as_of={DAY}"
        before = client.get(address).json()
        killed_ingests.write_edition(settings.documents, 2)
        ingest(settings)
        live.refresh()
        after = client.get(address).json()
        (lead,) = {name for task in after["tasks"] for name in task["lead"]}
        assert (len(after["tasks"]), lead) == (len(before["tasks"]), "第2局")
        assert {one["path"] for one in after["documents"]} >= {"新2.txt"}
        asked = {"messages": [{"role": "user", "content": QUESTION}]}
        reply = client.post("/v1/chat/completions", json=asked).json()
        assert "第2局" in reply["choices"][0]["message"]["content"]


def test_whoever_asks_during_an_ingest_gets_the_old_state_or_the_new(
    settings: Settings, live: LiveAssistant
) -> None:
    """The ingest is another process; the chat looks for new states by itself."""
    live.follow()
    killed_ingests.write_edition(settings.documents, 2)
    command = [sys.executable, "-c", "from assistant.cli import main; main()", "ingest"]
    units = []
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as other:
        while "第2局" not in units[-1:]:
            text = live.answer(QUESTION, (), DAY).text
            (unit,) = {unit for unit in ("第1局", "第2局") if unit in text}
            units.append(unit)
        assert other.wait() == 0
    assert units == sorted(units)


def test_a_second_ingest_waits_and_says_so(settings: Settings) -> None:
    held = threading.Event()

    def hold() -> None:
        with FileLock(settings.state_folder / "ingest.lock"):
            held.set()
            time.sleep(1)

    threading.Thread(target=hold).start()
    held.wait()
    result = CliRunner().invoke(main, ["ingest"])
    assert result.exit_code == 0
    assert "另一个导入正在进行，等它完成后继续" in result.stderr


def test_a_chat_does_not_wait_for_an_ingest_where_it_has_something_to_answer_from(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    other = [sys.executable, "-c", HOLD, str(settings.state_folder / "ingest.lock")]
    with subprocess.Popen(other, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.read(4) == b"held"
        with pytest.raises(BusyError, match="另一个导入正在进行"):
            ingest(settings)
        ensure_ingested(settings)
        holder.communicate(b"")
    assert "先用现有的内容启动" in capsys.readouterr().err
