"""What goes to the endpoint and back is kept on disk, without the key, and can be served again."""

from __future__ import annotations

import datetime as dt
import json
import threading
from pathlib import Path

import pytest
from chat_server import Completion, running
from scripts import honest
from task_list import QUESTION, opened

from assistant.app import Assistant
from evals.errors import RecordingError
from evals.replay import ReplayServer, read_recordings

TODAY = dt.date(2024, 6, 1)
KEY = "sk-test"


def answer(assistant: Assistant) -> tuple[str, object]:
    given = assistant.answer(QUESTION, as_of=TODAY)
    return given.text, given.citations


def test_a_recording_answers_as_the_model_did(tmp_path: Path) -> None:
    with running(honest) as server, opened(server, record_dir=tmp_path) as assistant:
        said = answer(assistant)
    files = sorted(tmp_path.glob("*.json"))
    records = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    [record] = [one for one in records if one["request"].get("stream")]
    assert record["request"]["model"] == "scripted"
    assert record["status"] == 200
    assert "data: " in record["reply"]
    assert not [file for file in files if KEY in file.read_text(encoding="utf-8")]

    with ReplayServer(read_recordings(tmp_path)) as replay:
        thread = threading.Thread(target=replay.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            with opened(replay) as assistant:
                assert answer(assistant) == said
                assert answer(assistant) == said
                other = assistant.answer("污水处理能力不足由谁牵头？", as_of=TODAY)
        finally:
            replay.shutdown()
            thread.join()
    assert other.writing is not None
    assert "HTTP 404" in other.writing.notice


def test_errors_are_recorded_too(tmp_path: Path) -> None:
    with (
        running(lambda _: Completion(status=400, body='{"error": {"message": "no"}}')) as server,
        opened(server, record_dir=tmp_path) as assistant,
    ):
        answer(assistant)
    files = sorted(tmp_path.glob("*.json"))
    assert 400 in {json.loads(file.read_text(encoding="utf-8"))["status"] for file in files}


def test_a_folder_without_recordings_is_told(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="DUBAN_RECORD_DIR"):
        read_recordings(tmp_path)
    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    with pytest.raises(RecordingError, match=r"x\.json"):
        read_recordings(tmp_path)
