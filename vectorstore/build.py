"""Bringing the store up to date with a folder of documents."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from ingest.errors import IngestError, UnopenedError
from ingest.files.reader import Reader, Source
from ingest.records import ParsedDocument
from vectorstore.generations import Draft, Generations

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class SyncReport:
    """What a run changed, by path.

    `failed` holds (path, reason), `renamed` (old path, new path) and `duplicates` (path, path of the same file that is
    stored); `resumed` names what an interrupted run had already read. `documents` is what was parsed this time.
    """

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    renamed: list[tuple[str, str]] = field(default_factory=list)
    duplicates: list[tuple[str, str]] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    resumed: list[str] = field(default_factory=list)
    documents: list[ParsedDocument] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether the store is another than before."""
        return bool(self.added or self.updated or self.renamed or self.removed)


def sync(
    generations: Generations,
    folder: Path,
    reader: Reader,
    progress: Callable[[str, int, int], None],
    *,
    afresh: bool = False,
    again: Collection[str] = (),
) -> SyncReport:
    """Make the store hold what `folder` holds, in one step that its readers see.

    Files whose bytes have not changed are not read again, except all with `afresh` and the paths in `again`. A file that
    has only moved keeps its records, and of files with equal bytes one is stored. `progress(path, done, total)` is
    called before each file that is read and once at the end with an empty path; a file in an archive counts as one. A
    changed file that can no longer be read is removed: its old text is not what the file says. One that cannot be
    opened (another program holds it) keeps its old text. An error ends the run and leaves the store as it was.

    Raises:
        IngestError: the folder does not exist; an empty store would look like success.
        StoreError: the store cannot be read or written.
    """
    if not folder.is_dir():
        raise IngestError(str(folder), "文件夹不存在。请检查路径或 DUBAN_DOCUMENTS。")
    with generations.draft(afresh=afresh) as draft:
        run = _Run(draft, reader.sources(folder), frozenset(again))
        return run.report(reader, progress)


class _Run:
    """One pass over the files, collecting what happened to each."""

    def __init__(self, draft: Draft, sources: Sequence[Source], again: frozenset[str]) -> None:
        self._draft = draft
        self._sources = sources
        self._again = again
        self._report = SyncReport()
        self._hashes: dict[str, str] = {}
        self._unopened: list[str] = []

    def report(self, reader: Reader, progress: Callable[[str, int, int], None]) -> SyncReport:
        """Do it."""
        to_read = list(self._to_read())
        total = len(self._sources)
        done = total - len(to_read)
        for source, outcome in reader.read_all(to_read):
            progress(source.name, done, total)
            self._take(source, outcome)
            done += 1
        self._fail_like_the_first()
        self._forget()
        progress("", total, total)
        return self._report

    def _to_read(self) -> Iterator[Source]:
        """The files that are new or changed or will be refused; what became of the others is noted."""
        readable = []
        for source in self._sources:
            if source.error is not None:
                readable.append(source)
            elif digest := self._hash(source):
                self._hashes[source.name] = digest
                readable.append(source)
        first = self._first_of_each()
        for source in readable:
            one = self._identity(source.name)
            if one is not None and first[one] != source.name:
                self._report.duplicates.append((source.name, first[one]))
            elif one is None or not self._is_known(source.name, one[0]):
                yield source

    def _identity(self, path: str) -> tuple[str, str] | None:
        """What makes two files the same: their bytes, and the kind of file that these are taken for."""
        digest = self._hashes.get(path)
        return (digest, _suffix(path)) if digest else None

    def _first_of_each(self) -> dict[tuple[str, str], str]:
        """The path under which each file is stored: one that it is stored under already, else the first."""
        first: dict[tuple[str, str], str] = {}
        for path, digest in self._hashes.items():
            one = (digest, _suffix(path))
            stored = self._draft.known.get(path) == digest
            if one not in first or (stored and self._draft.known.get(first[one]) != digest):
                first[one] = path
        return first

    def _is_known(self, path: str, digest: str) -> bool:
        """Whether the records of a file are there already, where it lies or where it lay."""
        if path in self._again:
            return False
        if self._draft.known.get(path) == digest:
            if self._draft.before.get(path) == digest:
                self._report.unchanged.append(path)
            else:
                self._note(path)
                self._report.resumed.append(path)
            return True
        return self._is_moved(path, digest)

    def _is_moved(self, path: str, digest: str) -> bool:
        present = {source.name for source in self._sources}
        gone = (
            one
            for one, known in self._draft.known.items()
            if known == digest and (one not in present or self._hashes.get(one, digest) != digest)
        )
        old = next(gone, None)
        if old is None or _suffix(old) != _suffix(path):
            return False
        parsed = self._draft.get(old)
        if parsed.source.title == PurePosixPath(old).stem:
            return False  # the name has a say in what the document says
        self._draft.put(replace(parsed, source=replace(parsed.source, path=path)))
        if old not in present:
            self._draft.remove(old)
        self._report.renamed.append((old, path))
        return True

    def _take(self, source: Source, outcome: ParsedDocument | IngestError) -> None:
        if isinstance(outcome, UnopenedError):
            self._fail(source.name, outcome.message)
            self._unopened.append(source.name)
        elif isinstance(outcome, IngestError):
            self._fail(source.name, outcome.message)
            if source.name in self._draft.known:
                self._draft.remove(source.name)
        else:
            self._draft.put(outcome)
            self._note(source.name)
            self._report.documents.append(outcome)

    def _fail_like_the_first(self) -> None:
        """A second copy of a file that cannot be read cannot be read either."""
        reasons = dict(self._report.failed)
        for path, first in list(self._report.duplicates):
            if first in reasons:
                self._report.duplicates.remove((path, first))
                self._fail(path, reasons[first])

    def _note(self, path: str) -> None:
        (self._report.updated if path in self._draft.before else self._report.added).append(path)

    def _forget(self) -> None:
        # What an archive holds that cannot be opened now is not known to be gone.
        kept = tuple(f"{archive}/" for archive in self._unopened)
        duplicates = {path for path, _ in self._report.duplicates}
        present = {source.name for source in self._sources} - duplicates
        for path in sorted(set(self._draft.known) - present):
            if not path.startswith(kept):
                self._draft.remove(path)
                self._report.removed.append(path)

    def _hash(self, source: Source) -> str:
        """SHA-256 of a file's bytes; empty, and noted, where it cannot be opened."""
        try:
            with source.path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as exc:
            reason = f"无法读取文件（{exc.strerror or exc}），可能正被其他程序打开"
            self._fail(source.name, reason)
            return ""

    def _fail(self, path: str, reason: str) -> None:
        logger.info("%s: %s", path, reason)
        self._report.failed.append((path, reason))


def _suffix(path: str) -> str:
    return PurePosixPath(path).suffix.lower()
