"""Bringing the store up to date with the documents folder: the same for the command, the page and the chat's start."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout

from assistant.errors import BusyError
from assistant.settings import Settings
from ingest.files.reader import Reader
from vectorstore.build import SyncReport, sync
from vectorstore.errors import StoreError
from vectorstore.store import explanation

_LOCK = "ingest.lock"
_WORK = "reading"


class Progress(Protocol):
    """Who is told how far an ingest is; pages are told from several threads."""

    def file(self, path: str, done: int, total: int) -> None:
        """Before each file that is read, and at the end with an empty path."""

    def page(self, path: str, done: int, total: int) -> None:
        """After each page of a file that has pages."""


def ingest_documents(
    settings: Settings,
    progress: Progress,
    *,
    rebuild: bool = False,
    again: Collection[str] = (),
    waiting: Callable[[], None] | None = None,
) -> SyncReport:
    """Make the store hold what the documents folder holds; readers see the change in one step, at the end.

    To add, replace or delete a document, change the folder and call this: unchanged files cost a hash. `rebuild` begins
    with an empty store, whatever state it is in; the files in `again` are read once more though unchanged. One
    ingest at a time, over all processes: `waiting` is called where another is running, and that is waited for.

    Raises:
        BusyError: another ingest is running, and there is no `waiting`.
        IngestError: the documents folder does not exist.
        StoreError: the store cannot be read or written; it is as it was.
    """
    from assistant.app import open_generations

    home = settings.state_folder
    try:
        with (
            _alone(home, waiting),
            Reader(settings.limits, on_page=progress.page, folder=_work(home)) as reader,
        ):
            return sync(
                open_generations(settings),
                settings.documents,
                reader,
                progress.file,
                afresh=rebuild,
                again=again,
            )
    except OSError as exc:
        raise StoreError(explanation("写入", str(home), exc)) from exc


def _work(home: Path) -> Path:
    """An empty folder for what reading files takes; one that was killed may have left something there."""
    folder = home / _WORK
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


@contextmanager
def _alone(home: Path, waiting: Callable[[], None] | None) -> Iterator[None]:
    """The one ingest of this home; the system gives the lock back when a process dies."""
    home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home / _LOCK)
    try:
        lock.acquire(blocking=False)
    except Timeout as exc:
        if waiting is None:
            raise BusyError("另一个导入正在进行，请等它完成后再试") from exc
        waiting()
        lock.acquire()
    try:
        yield
    finally:
        lock.release()
