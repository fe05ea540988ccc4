"""Damaged files of every format: each is read or named, the batch goes on, nothing else is touched.

The long form, 2,000 files a format, is `pytest -m long tests/ingest/test_fuzz.py`.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from mutations import ORIGINALS, mutated
from written_files import PLAN, write

from ingest.errors import IngestError
from ingest.files.limits import Limits
from ingest.files.reader import Reader
from ingest.records import ParsedDocument

# A page whose characters have lost their meaning is recognised, which takes its time on a busy machine.
SECONDS = 300


def check(tmp_path: Path, kind: str, count: int) -> None:
    folder = tmp_path / "documents"
    original = ORIGINALS[kind]()
    for seed in range(count):
        write(folder, f"{seed:04}.{kind}", mutated(kind, original, seed))
    write(folder, "last.txt", PLAN.encode())
    before = state(tmp_path)
    with Reader(Limits(seconds=SECONDS, memory_mb=2048), processes=2) as reader:
        sources = reader.sources(folder)
        found = list(reader.read_all(sources))
    assert state(tmp_path) == before
    assert {source.name.partition("/")[0] for source, _ in found} == {
        path.name for path in folder.iterdir()
    }
    assert isinstance(found[-1][1], ParsedDocument)
    for source, one in found:
        if isinstance(one, IngestError):
            assert one.path == source.name
            assert any("\u4e00" <= character <= "\u9fff" for character in one.message)
            assert "上限，已放弃" not in one.message, f"{source.name} takes longer than {SECONDS} s"
        else:
            text = one.source.text
            assert all(text[p.span.start : p.span.end] == p.span.quote for p in one.passages)


def state(folder: Path) -> dict[str, str]:
    """Every file below a folder with a hash of its bytes."""
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        for path in folder.rglob("*")
    }


@pytest.mark.parametrize("kind", ORIGINALS)
def test_damaged_files_are_read_or_named(tmp_path: Path, kind: str) -> None:
    check(tmp_path, kind, 4 if kind == "png" else 25)


@pytest.mark.long
@pytest.mark.timeout(0)
@pytest.mark.parametrize("kind", ORIGINALS)
def test_two_thousand_damaged_files_are_read_or_named(tmp_path: Path, kind: str) -> None:
    check(tmp_path, kind, 2000)
