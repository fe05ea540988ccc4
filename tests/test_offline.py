"""Everything works without a network, and nothing tries to use one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import written_files as files

HERE = Path(__file__).parent / "offline"
# A network without any other machine in it, where the system lets us have one: it also holds for what is not Python.
ALONE = ("unshare", "--net", "--map-root-user")
ROW = {
    "id": "a",
    "type": "lookup",
    "question": "北河沿岸垃圾清理不及时由哪个单位牵头？",
    "must": [["县水务局"]],
    "answerable": True,
}


def may_have_own_network() -> bool:
    if shutil.which(ALONE[0]) is None:
        return False
    return subprocess.run([*ALONE, "true"], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="the session brings up a POSIX loopback")
def test_ingest_ask_eval_and_the_interface_need_no_network(tmp_path: Path) -> None:
    lines = files.PLAN.splitlines()
    documents = tmp_path / "documents"
    files.write(documents, "方案.docx", files.as_docx(lines))
    files.write(documents, "网页.html", files.as_html(lines[:3]))
    questions = files.write(tmp_path, "questions.jsonl", json.dumps(ROW).encode())
    refused = tmp_path / "refused.txt"
    own_network = may_have_own_network()
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("DUBAN_")},
        "DUBAN_DOCUMENTS": str(documents),
        "DUBAN_HOME": str(tmp_path / "home"),
        "OFFLINE_TEST_REFUSED": str(refused),
        "PYTHONPATH": str(HERE),
        # As on a machine of somebody who never heard of these.
        "HF_HUB_OFFLINE": "0",
    }
    if own_network:
        environment["OFFLINE_TEST_OWN_NETWORK"] = "1"
    session = [sys.executable, str(HERE / "session.py"), str(questions), str(tmp_path / "state")]
    done = subprocess.run(
        [*(ALONE if own_network else ()), *session],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert not refused.exists(), refused.read_text(encoding="utf-8")
    assert "县水务局" in done.stdout
    assert "✓ 索引" in done.stdout


def test_the_guard_holds_in_every_process(tmp_path: Path) -> None:
    """Else the test above could not fail."""
    refused = tmp_path / "refused.txt"
    code = "import socket\ntry:\n  socket.create_connection(('192.0.2.1', 80), 1)\nexcept OSError as e:\n  print(e)"
    environment = {**os.environ, "OFFLINE_TEST_REFUSED": str(refused), "PYTHONPATH": str(HERE)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert "there is no network" in done.stdout
    assert "192.0.2.1" in refused.read_text(encoding="utf-8")
