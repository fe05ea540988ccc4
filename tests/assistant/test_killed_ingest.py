"""`kill -9` at any moment of an ingest leaves the old state or the new one, and the next ingest completes it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import killed_ingests
import pytest
from click.testing import CliRunner

from assistant.cli import main
from assistant.ingestion import ingest_documents
from assistant.settings import load_settings


@pytest.mark.skipif(os.name != "posix", reason="processes are forked and killed")
@pytest.mark.parametrize("rounds", [8, pytest.param(100, marks=pytest.mark.long)])
@pytest.mark.timeout(3000)
def test_a_killed_ingest_leaves_one_whole_state(tmp_path: Path, rounds: int) -> None:
    command = [sys.executable, killed_ingests.__file__, str(tmp_path), str(rounds), "7"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    states = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(states) == rounds + 2
    # The second of two ingests at once waited, and found nothing left to do.
    assert states[0]["generation"] == 2
    found = [edition_of(state) for state in states]
    for number, edition in enumerate(found[1:-1], 2):
        assert edition in (found[number - 2], number), f"round {number}"
    assert found[-1] == rounds + 1
    leftovers = {one.name for one in (tmp_path / "home").iterdir()}
    assert leftovers <= {"store", "ingest.lock", "reading"}
    assert not any((tmp_path / "home" / "reading").iterdir())


def edition_of(state: dict[str, list[str]]) -> int:
    """The one edition that all parts of the store are of."""
    (edition,) = {name.removeprefix("第").removesuffix("局") for name in state["units"]}
    count = killed_ingests.FILES
    assert len(state["units"]) == count
    assert set(state["paths"]) == {*(f"{n}.txt" for n in range(count - 1)), f"新{edition}.txt"}
    assert state["vectors"] == [edition]
    return int(edition)


class Interrupting(killed_ingests.Quiet):
    """Ends the ingest before its third file is stored."""

    def file(self, path: str, done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt


def test_the_next_ingest_goes_on_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    killed_ingests.write_edition(folder, 1)
    monkeypatch.setenv("DUBAN_DOCUMENTS", str(folder))
    with pytest.raises(KeyboardInterrupt):
        ingest_documents(load_settings(), Interrupting())
    result = CliRunner().invoke(main, ["ingest", "--json"])
    assert result.exit_code == 0, result.stderr
    assert "接着上次没有完成的导入：其中 2 份文件上次已读好" in result.stderr
    report = json.loads(result.stdout)
    assert report["resumed"] == ["0.txt", "1.txt"]
    assert len(report["added"]) == killed_ingests.FILES
