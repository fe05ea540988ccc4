"""Full disks, folders that cannot be written, damaged and foreign stores: said clearly, with the old data intact."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import killed_ingests
import pytest
from click.testing import CliRunner, Result

from assistant.app import open_library
from assistant.cli import main
from assistant.ingestion import ingest_documents
from assistant.settings import Settings, load_settings
from vectorstore import folder_shelf
from vectorstore.errors import StoreError


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An ingested first edition, with a second one waiting in the folder."""
    monkeypatch.setenv("DUBAN_DOCUMENTS", str(tmp_path / "documents"))
    settings = load_settings()
    settings.documents.mkdir()
    killed_ingests.write_edition(settings.documents, 1)
    ingest_documents(settings, killed_ingests.Quiet())
    killed_ingests.write_edition(settings.documents, 2)
    return settings


def duban(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def edition(settings: Settings) -> str:
    """The one edition that is answered from."""
    (name,) = {u.name for one in open_library(settings) for t in one.tasks for u in t.lead_units}
    return name


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """The system refuses to write further, as on a full disk."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
def test_a_disk_that_fills_up_keeps_the_old_state(settings: Settings) -> None:
    (database,) = (settings.state_folder / "store").rglob("1/chroma.sqlite3")
    for size in (0, 40_000, database.stat().st_size, database.stat().st_size + 20_000):
        with files_of_at_most(size), pytest.raises(StoreError, match=r"磁盘已满.*接着做"):
            ingest_documents(settings, killed_ingests.Quiet())
        assert edition(settings) == "第1局"
    assert duban("ingest").exit_code == 0
    assert edition(settings) == "第2局"


@pytest.mark.parametrize("step", ["_copy", "_replace", "_settle"])
def test_no_space_at_any_step_keeps_the_old_state(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(folder_shelf, step, full)
        result = duban("ingest")
    assert result.exit_code == 1
    assert "磁盘已满或写入失败（[Errno 28] No space left on device）" in result.stderr
    assert edition(settings) == "第1局"
    assert duban("ingest").exit_code == 0
    assert edition(settings) == "第2局"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/sys is Linux's")
def test_a_home_that_cannot_be_written_is_named(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUBAN_HOME", "/sys/duban")
    result = duban("ingest")
    assert result.exit_code == 1
    assert "/sys/duban：没有写入权限" in result.stderr
    assert "DUBAN_HOME" in result.stderr


def test_a_damaged_store_is_named_and_rebuilt(settings: Settings) -> None:
    (database,) = (settings.state_folder / "store").rglob("1/chroma.sqlite3")
    database.write_bytes(database.read_bytes()[:30_000])
    for command in (("ask", "1号河黑臭由哪个单位牵头？"), ("tasks",), ("ingest",)):
        result = duban(*command)
        assert result.exit_code == 1
        assert "数据已损坏" in result.stderr
        assert "duban ingest --rebuild" in result.stderr
    assert duban("doctor").exit_code == 1
    assert duban("ingest", "--rebuild").exit_code == 0
    assert edition(settings) == "第2局"


def test_a_store_of_another_version_is_kept_and_said_to_be_one(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vectorstore.generations.SCHEMA_VERSION", "another")
    asked = duban("ask", "1号河黑臭由哪个单位牵头？")
    assert asked.exit_code == 1
    assert "别的版本" in asked.stderr
    assert "duban ingest" in asked.stderr
    assert duban("ingest").exit_code == 0
    assert edition(settings) == "第2局"
    monkeypatch.undo()
    monkeypatch.setenv("DUBAN_DOCUMENTS", str(settings.documents))
    monkeypatch.setenv("DUBAN_HOME", str(settings.state_folder))
    assert edition(settings) == "第1局"
