"""A process that reads files and can be killed: one that hangs, crashes or eats memory takes nobody along."""

from __future__ import annotations

import contextlib
import logging
import os
import pickle
import signal
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Lock
from typing import TypeVar, cast

from ingest.errors import FormatError, IngestError, LimitError
from ingest.files.limits import MEGABYTE, Limits
from ingest.files.progress import listen

Result = TypeVar("Result")
# Told of the file's name, the pages read and the pages there are.
PageListener = Callable[[str, int, int], None]

# Libraries keep some memory of each file, so a process is not used for ever.
_MOST_FILES = 100
_SECONDS_TO_START = 120  # importing the libraries on a busy machine


@dataclass(frozen=True, slots=True)
class _PageDone:
    done: int
    total: int


class ReadingProcess:
    """Runs functions on files in a process of its own, which starts with the first and again after a failure."""

    def __init__(self, limits: Limits, folder: Path, on_page: PageListener | None = None) -> None:
        self._limits = limits
        self._folder = folder
        self._on_page = on_page
        self._files = 0
        self._closing = Lock()
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None

    def run(self, name: str, function: Callable[..., Result], *arguments: object) -> Result:
        """`function(*arguments)`; `name` is the file that errors are about.

        Raises:
            IngestError: the function's own, or because time or memory ran out.
        """
        connection = self._started(name)
        try:
            connection.send((function, arguments))
            answer = self._answer(name, connection)
        except (EOFError, OSError, pickle.UnpicklingError) as exc:
            self.close()
            raise FormatError(name, "读取时进程意外结束，文件已损坏或所需内存过多") from exc
        if isinstance(answer, LimitError):
            self.close()  # its memory may be full
        if isinstance(answer, IngestError):
            raise answer
        self._files += 1
        if self._files >= _MOST_FILES:
            self.close()
        return cast(Result, answer)

    def _answer(self, name: str, connection: Connection) -> object:
        """What the process sends when it is done, within the time there is."""
        end = time.monotonic() + self._limits.seconds
        while connection.poll(max(0.0, end - time.monotonic())):
            answer = connection.recv()
            if not isinstance(answer, _PageDone):
                return answer
            if self._on_page is not None:
                self._on_page(name, answer.done, answer.total)
        self.close()
        raise LimitError(
            name,
            f"读取超过 {self._limits.seconds} 秒的上限，已放弃；请拆分、另存，或调高上限后再导入",
        )

    def close(self) -> None:
        """End the process and whatever it has started. May be called while another thread waits for it."""
        with self._closing:
            if self._process is None or self._connection is None:
                return
            # First the process: that wakes whoever waits at the connection.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                if os.name == "posix" and self._process.pid is not None:
                    os.killpg(self._process.pid, signal.SIGKILL)
            self._process.kill()
            self._process.join()
            self._process.close()
            self._connection.close()
            self._process = self._connection = None
            self._files = 0

    def _started(self, name: str) -> Connection:
        if self._process is not None and self._connection is not None:
            if self._process.is_alive():
                return self._connection
            self.close()
        context = get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(theirs, self._limits, str(self._folder)), daemon=True
        )
        self._process.start()
        theirs.close()
        if not self._connection.poll(_SECONDS_TO_START):
            self.close()
            raise FormatError(name, "读取文件的进程没有启动，请重试")
        try:
            self._connection.recv()
        except EOFError as exc:
            self.close()
            raise FormatError(name, "读取文件的进程没有启动，请重试") from exc
        return self._connection


def _serve(connection: Connection, limits: Limits, folder: str) -> None:
    """What the process does: read one file after the other until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    # The parent names what cannot be read; what libraries remark would only disturb its output.
    logging.getLogger().addHandler(logging.NullHandler())
    warnings.simplefilter("ignore")
    if os.name == "posix":
        os.setpgid(0, 0)
    tempfile.tempdir = folder
    _bound_memory(limits)
    listen(lambda done, total: connection.send(_PageDone(done, total)))
    connection.send(None)
    while True:
        try:
            function, arguments = connection.recv()
        except EOFError:
            return
        try:
            answer = function(*arguments)
        except IngestError as exc:
            answer = exc
        connection.send(answer)


def _bound_memory(limits: Limits) -> None:
    if sys.platform == "win32":
        return
    import resource

    bound = limits.memory_mb * MEGABYTE
    for kind in (resource.RLIMIT_DATA, resource.RLIMIT_CORE):
        _, hard = resource.getrlimit(kind)
        wanted = 0 if kind == resource.RLIMIT_CORE else bound
        # macOS refuses bounds below what is in use; the other limits hold there.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (wanted if hard < 0 else min(wanted, hard), hard))
