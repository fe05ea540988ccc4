"""Bringing the store up to date with a folder of documents."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import IngestError, UnopenedError
from ingest.files.reader import Reader, Source
from ingest.records import ParsedDocument
from vectorstore.store import Store

logger = logging.getLogger(__name__)


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
    reader: Reader,
    progress: Callable[[str, int, int], None],
) -> SyncReport:
    """Make the store hold what `folder` holds; files whose bytes have not changed are not read again.

    `progress(path, done, total)` is called before each file and once at the end with an empty path; a file
    in an archive counts as one. A changed file that can no longer be read is removed: its old text is not
    what the file says. One that cannot be opened (another program holds it) keeps its old text.

    Raises:
        IngestError: the folder does not exist; an empty store would look like success.
    """
    if not folder.is_dir():
        raise IngestError(str(folder), "文件夹不存在。请检查路径或 DUBAN_DOCUMENTS。")
    store.prune()
    sources = reader.sources(folder)
    run = _Run(store, store.manifest())
    total = len(sources)
    changed = [source for source in sources if run.is_to_be_read(source)]
    done = total - len(changed)
    for source, outcome in reader.read_all(changed):
        progress(source.name, done, total)
        run.take(source, outcome)
        done += 1
    run.forget({source.name for source in sources})
    progress("", total, total)
    return run.report()


class _Run:
    """One pass over the files, collecting what happened to each."""

    def __init__(self, store: Store, known: dict[str, str]) -> None:
        self._store = store
        self._known = known
        self._added: list[str] = []
        self._updated: list[str] = []
        self._unchanged: list[str] = []
        self._removed: list[str] = []
        self._failed: list[tuple[str, str]] = []
        self._documents: list[ParsedDocument] = []
        self._unopened: list[str] = []

    def is_to_be_read(self, source: Source) -> bool:
        """Whether a file is new or changed, or will be refused; one that cannot be opened is noted."""
        if source.error is not None or source.name not in self._known:
            return True
        try:
            with source.path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as exc:
            self._fail(source.name, f"无法读取文件（{exc.strerror or exc}），可能正被其他程序打开")
            return False
        if self._known[source.name] != digest:
            return True
        self._unchanged.append(source.name)
        return False

    def take(self, source: Source, outcome: ParsedDocument | IngestError) -> None:
        if isinstance(outcome, UnopenedError):
            self._fail(source.name, outcome.message)
            self._unopened.append(source.name)
        elif isinstance(outcome, IngestError):
            self._fail(source.name, outcome.message)
            if source.name in self._known:
                self._store.remove(source.name)
        else:
            self._store.put(outcome)
            self._documents.append(outcome)
            (self._updated if source.name in self._known else self._added).append(source.name)

    def forget(self, present: set[str]) -> None:
        # What an archive holds that cannot be opened now is not known to be gone.
        kept = tuple(f"{archive}/" for archive in self._unopened)
        for path in sorted(set(self._known) - present):
            if path.startswith(kept):
                continue
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
        logger.info("%s: %s", path, reason)
        self._failed.append((path, reason))
