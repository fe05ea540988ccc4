"""Bringing the store up to date with a folder of documents."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import IngestError
from ingest.records import ParsedDocument
from vectorstore.store import Store

logger = logging.getLogger(__name__)

# Provenance notes that lie beside the documents and are none themselves.
_NOTES = ("readme", "sources")


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a run changed, by path. `failed` holds (path, reason); `documents` what was parsed this time."""

    added: tuple[str, ...]
    updated: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    failed: tuple[tuple[str, str], ...]
    documents: tuple[ParsedDocument, ...]


def sync(
    store: Store,
    folder: Path,
    parse: Callable[[Path, Path], ParsedDocument],
    progress: Callable[[str, int, int], None],
    suffixes: tuple[str, ...] = (".txt", ".md", ".docx", ".pdf", ".html", ".htm"),
) -> SyncReport:
    """Make the store hold what `folder` holds; files whose bytes have not changed are not parsed again.

    `parse(path, folder)` gives the document with `source.path` relative to the folder and `source.sha256`
    over the file's bytes. `progress(path, done, total)` is called before each file and once at the end with
    an empty path. A changed file that can no longer be parsed is removed: its old text is not what
    the file says. One that cannot be opened (another program holds it) keeps its old text.

    Raises:
        IngestError: the folder does not exist; an empty store would look like success.
    """
    if not folder.is_dir():
        raise IngestError(str(folder), "文件夹不存在。请检查路径或 DUBAN_DOCUMENTS。")
    store.prune()
    files = {file.relative_to(folder).as_posix(): file for file in document_files(folder, suffixes)}
    run = _Run(store, folder, parse, store.manifest())
    for done, (path, file) in enumerate(files.items()):
        progress(path, done, len(files))
        run.take(path, file)
    run.forget(set(files))
    progress("", len(files), len(files))
    return run.report()


class _Run:
    """One pass over the files, collecting what happened to each."""

    def __init__(
        self,
        store: Store,
        folder: Path,
        parse: Callable[[Path, Path], ParsedDocument],
        known: dict[str, str],
    ) -> None:
        self._store = store
        self._folder = folder
        self._parse = parse
        self._known = known
        self._added: list[str] = []
        self._updated: list[str] = []
        self._unchanged: list[str] = []
        self._removed: list[str] = []
        self._failed: list[tuple[str, str]] = []
        self._documents: list[ParsedDocument] = []

    def take(self, path: str, file: Path) -> None:
        try:
            if self._known.get(path) == hashlib.sha256(file.read_bytes()).hexdigest():
                self._unchanged.append(path)
                return
            parsed = self._parse(file, self._folder)
        except IngestError as exc:
            self._fail(path, str(exc).removeprefix(f"{exc.path}："))
            self._store.remove(path)
        except OSError as exc:
            self._fail(path, f"无法读取文件（{exc.strerror or exc}），可能正被其他程序打开")
        else:
            self._store.put(parsed)
            self._documents.append(parsed)
            (self._updated if path in self._known else self._added).append(path)

    def forget(self, present: set[str]) -> None:
        for path in sorted(set(self._known) - present):
            self._store.remove(path)
            self._removed.append(path)

    def report(self) -> SyncReport:
        return SyncReport(
            added=tuple(self._added),
            updated=tuple(self._updated),
            unchanged=tuple(self._unchanged),
            removed=tuple(self._removed),
            failed=tuple(self._failed),
            documents=tuple(self._documents),
        )

    def _fail(self, path: str, reason: str) -> None:
        logger.warning("%s: %s", path, reason)
        self._failed.append((path, reason))


def document_files(folder: Path, suffixes: tuple[str, ...]) -> list[Path]:
    """The documents in a folder and its subfolders, by path; provenance notes and hidden files are none."""
    return sorted(
        file
        for file in folder.rglob("*")
        if file.suffix.lower() in suffixes
        and not _is_hidden(file.relative_to(folder))
        and not file.stem.lower().startswith(_NOTES)
        and file.is_file()
    )


def _is_hidden(path: Path) -> bool:
    """Dot files and folders, and the lock files that office programs leave (~$…)."""
    return any(part.startswith((".", "~$")) for part in path.parts)
