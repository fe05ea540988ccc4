"""What a report was measured with: commit, version, and hashes of the settings, words and documents."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from assistant.settings import Settings
from ingest.records import SourceDocument

UNKNOWN = "unknown"

# Where things lie and where the page listens does not change an answer, and would make the same
# configuration look different on two machines.
_MODELS = ("embedding_model", "embedding_base_url", "reranker", "chat_model")
_LOCATIONS = frozenset({"documents", "home", "host", "port"})


@dataclass(frozen=True, slots=True)
class Provenance:
    """`modified` tells that tracked files differ from the commit; None without a commit.

    `models` are the settings that name a model; an empty value is the built-in one.
    """

    commit: str
    modified: bool | None
    version: str
    models: dict[str, str]
    settings_hash: str
    prompts_hash: str
    documents_hash: str
    questions: tuple[str, ...]


def provenance(
    settings: Settings, documents: Iterable[SourceDocument], question_files: Iterable[Path]
) -> Provenance:
    """Collect what a reader needs to repeat the measurement."""
    commit, modified = commit_of(Path(__file__).parent)
    return Provenance(
        commit=commit,
        modified=modified,
        version=version("duban"),
        models={name: str(getattr(settings, name)) for name in _MODELS},
        settings_hash=_digest([settings.model_dump_json(exclude=set(_LOCATIONS))]),
        prompts_hash=_digest(_prompt_texts()),
        documents_hash=_digest(sorted(f"{d.path} {d.sha256}" for d in documents)),
        questions=tuple(path.name for path in question_files),
    )


def commit_of(folder: Path) -> tuple[str, bool | None]:
    """The commit a folder is checked out at and whether tracked files differ from it."""
    commit = _git(folder, "rev-parse", "HEAD")
    changes = _git(folder, "status", "--porcelain", "--untracked-files=no")
    if commit is None or changes is None:
        return UNKNOWN, None
    return commit, bool(changes)


def _prompt_texts() -> list[str]:
    entries = sorted(files("prompts").iterdir(), key=lambda entry: entry.name)
    return [
        f"{entry.name}\n{entry.read_text(encoding='utf-8')}"
        for entry in entries
        if entry.name.endswith((".toml", ".md"))
    ]


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _git(folder: Path, *arguments: str) -> str | None:
    """What git says about the folder, None where there is no git or repository."""
    try:
        answer = subprocess.run(
            ["git", "-C", str(folder), *arguments],
            capture_output=True,
            check=True,
            encoding="utf-8",
            timeout=10,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout.strip()
