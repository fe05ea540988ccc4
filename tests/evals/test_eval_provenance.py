"""A report says what it was measured with."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from tiny_assistant import DOCUMENT

from assistant.settings import Settings
from evals.provenance import UNKNOWN, commit_of, provenance


def test_the_commit_is_a_hash_or_unknown() -> None:
    commit = provenance(Settings(), [DOCUMENT], []).commit
    assert commit == UNKNOWN or len(commit) == 40


def test_outside_a_repository_the_commit_is_unknown(tmp_path: Path) -> None:
    assert commit_of(tmp_path) == (UNKNOWN, None)


def test_where_things_lie_does_not_change_the_settings_hash() -> None:
    here = provenance(Settings(documents=Path("a"), port=1), [DOCUMENT], [])
    there = provenance(Settings(documents=Path("b"), port=2), [DOCUMENT], [])
    assert here.settings_hash == there.settings_hash


def test_another_model_changes_the_settings_hash() -> None:
    builtin = provenance(Settings(), [DOCUMENT], [])
    other = provenance(Settings(embedding_model="other"), [DOCUMENT], [])
    assert builtin.settings_hash != other.settings_hash
    assert other.models["embedding_model"] == "other"


def test_another_document_changes_the_documents_hash() -> None:
    changed = dataclasses.replace(DOCUMENT, sha256="1" * 64)
    before, after = (provenance(Settings(), [d], []).documents_hash for d in (DOCUMENT, changed))
    assert before != after
