"""All documents of a folder, read: archives unpacked, risky files in processes that can be killed."""

from __future__ import annotations

import os
import queue
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from ingest.errors import EmptyFileError, FormatError, IngestError, LimitError, UnopenedError
from ingest.files.archive import unpack
from ingest.files.formats import ARCHIVE, TEXT, format_of
from ingest.files.limits import MEGABYTE, Limits
from ingest.files.process import PageListener, ReadingProcess
from ingest.parse import read_file
from ingest.records import ParsedDocument

Result = TypeVar("Result")

# Provenance notes that lie beside the documents and are none themselves.
_NOTES = ("readme", "sources")
# What systems leave in folders.
_LITTER = ("thumbs.db", "desktop.ini")
# Plain text up to this size, in lines of ordinary length, is read in a moment and needs no process.
_SMALL_TEXT_BYTES = MEGABYTE
_LONG_LINE_BYTES = 12_000
_MOST_PROCESSES = 4


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: `name` is its path relative to the documents folder, the archive's name included.

    `error` tells why it cannot be read, where that is known before.
    """

    name: str
    path: Path
    error: IngestError | None = None


class Reader:
    """Reads files within limits. Use it in a `with` statement: it keeps processes and a temporary folder.

    That folder is made in `folder`, by default where the system has temporary files.
    `on_page(name, done, total)` is called from several threads while files with pages are read.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        processes: int | None = None,
        on_page: PageListener | None = None,
        folder: Path | None = None,
    ) -> None:
        self._limits = limits or Limits()
        self._count = processes or max(1, min(_MOST_PROCESSES, os.cpu_count() or 1))
        self._folder = tempfile.TemporaryDirectory(prefix="duban-", dir=folder)
        own = Path(self._folder.name)
        self._processes = [ReadingProcess(self._limits, own, on_page) for _ in range(self._count)]
        self._idle: queue.LifoQueue[ReadingProcess] = queue.LifoQueue()
        for process in self._processes:
            self._idle.put(process)

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for process in self._processes:
            process.close()
        self._folder.cleanup()

    def sources(self, folder: Path) -> list[Source]:
        """Every file of a folder by name, with those that cannot be read and why."""
        return [source for file in document_files(folder) for source in self._source(file, folder)]

    def read(self, source: Source) -> ParsedDocument:
        """Read one file.

        Raises:
            IngestError: it cannot be read; the message says why and what to do.
        """
        if source.error is not None:
            raise source.error
        if _is_read_in_a_moment(source.path):
            return read_file(source.path, source.name, self._limits)
        return self._in_process(source.name, read_file, source.path, source.name, self._limits)

    def read_all(
        self, sources: Iterable[Source]
    ) -> Iterator[tuple[Source, ParsedDocument | IngestError]]:
        """Read files, several at once, in their order; a little ahead of whoever takes the results."""
        ahead: deque[tuple[Source, Future[ParsedDocument]]] = deque()
        threads = ThreadPoolExecutor(self._count)
        try:
            for source in sources:
                ahead.append((source, threads.submit(self.read, source)))
                if len(ahead) > 2 * self._count:
                    yield _finished(*ahead.popleft())
            while ahead:
                yield _finished(*ahead.popleft())
        finally:
            # Nobody waits for files whose results are not wanted any more.
            threads.shutdown(wait=False, cancel_futures=True)

    def _source(self, file: Path, folder: Path) -> Iterator[Source]:
        name = file.relative_to(folder).as_posix()
        if file.is_symlink() and not file.resolve().is_relative_to(folder.resolve()):
            reason = "是指向文件夹之外的链接，未读取；请放入文件本身"
            yield Source(name, file, FormatError(name, reason))
        elif not file.is_file():
            yield Source(name, file, FormatError(name, "不是普通文件，未读取"))
        elif file.suffix.lower() in TEXT.suffixes:
            yield Source(name, file)
        else:
            try:
                archive = format_of(file) is ARCHIVE
                yield from self._unpacked(file, name) if archive else (Source(name, file),)
            except IngestError as exc:
                yield Source(name, file, type(exc)(name, exc.message))
            except OSError as exc:
                reason = f"无法读取文件（{exc.strerror or exc}），可能正被其他程序打开"
                yield Source(name, file, UnopenedError(name, reason))

    def _unpacked(self, file: Path, name: str) -> Iterator[Source]:
        into = Path(tempfile.mkdtemp(dir=self._folder.name))
        if file.stat().st_size > self._limits.size:
            raise LimitError(name, f"文件超过 {self._limits.size_mb} MB 的上限，请拆分后再导入")
        members = self._in_process(name, unpack, file, into, self._limits)
        if not members:
            raise EmptyFileError(name, "压缩包是空的")
        for member in members:
            inside = f"{name}/{member.name}"
            if member.path is None:
                yield Source(inside, file, FormatError(inside, member.reason))
            else:
                yield Source(inside, member.path)

    def _in_process(self, name: str, function: Callable[..., Result], *arguments: object) -> Result:
        process = self._idle.get()
        try:
            return process.run(name, function, *arguments)
        finally:
            self._idle.put(process)


def _finished(
    source: Source, future: Future[ParsedDocument]
) -> tuple[Source, ParsedDocument | IngestError]:
    try:
        return source, future.result()
    except IngestError as exc:
        return source, exc


def _is_read_in_a_moment(path: Path) -> bool:
    try:
        if path.suffix.lower() not in TEXT.suffixes or path.stat().st_size > _SMALL_TEXT_BYTES:
            return False
        return max(map(len, path.read_bytes().splitlines()), default=0) <= _LONG_LINE_BYTES
    except OSError:
        return True  # reading it will say what is wrong


def document_files(folder: Path) -> list[Path]:
    """The files of a folder and its subfolders, by path, that may be documents.

    Provenance notes, hidden files, what systems leave behind and the folders of saved web pages are none.
    """
    return sorted(
        file
        for file in folder.rglob("*")
        if not file.is_dir()
        and not _is_hidden(file.relative_to(folder))
        and not _belongs_to_page(file, folder)
        and file.name.lower() not in _LITTER
        and not (file.stem.lower().startswith(_NOTES) and file.suffix.lower() in TEXT.suffixes)
    )


def _is_hidden(path: Path) -> bool:
    """Dot files and folders, and the lock files that office programs leave (~$…)."""
    return any(part.startswith((".", "~$")) for part in path.parts)


def _belongs_to_page(file: Path, folder: Path) -> bool:
    """Whether a file lies in the folder that a browser saves beside a page: 通知.html, 通知_files/."""
    for parent in file.relative_to(folder).parents:
        for ending in ("_files", ".files"):
            if parent.name.endswith(ending):
                stem = (folder / parent).with_name(parent.name.removesuffix(ending))
                if any(Path(f"{stem}{suffix}").exists() for suffix in (".html", ".htm")):
                    return True
    return False
