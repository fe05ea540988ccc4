"""What the page does to the documents folder: files come, are replaced and go, one ingest after the other.

The folder stays the one truth: every job changes it, by renaming, and then has it ingested, so that a process killed in
between leaves what `duban ingest` makes whole. A job that fails puts back what it found.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.errors import AssistantError
from assistant.ingestion import ingest_documents
from assistant.settings import Settings
from ingest.errors import IngestError
from ingest.files.formats import ARCHIVE, SUFFIXES
from ingest.files.limits import MEGABYTE
from ingest.files.reader import Reader, Source, document_files
from ui.file_names import safe_name
from vectorstore.errors import StoreError

if TYPE_CHECKING:
    from ingest.records import ParsedDocument
    from vectorstore.build import SyncReport

logger = logging.getLogger(__name__)

# Hidden, so that no ingest reads it; in the documents folder, so that a file comes and goes by one renaming.
_STAGING = ".duban-uploads"
_LEFT_OVER_S = 24 * 3600
_REMEMBERED_JOBS = 200
_CLOSING_S = 5
# The key of some of the page's words, and the values of their variables.
Told = tuple[str, dict[str, object]]


class Action(StrEnum):
    """What a job does; `READ` reads a file again though it is unchanged, `READ_ALL` every file."""

    ADD = "add"
    REPLACE = "replace"
    DELETE = "delete"
    READ = "read"
    READ_ALL = "read_all"


class State(StrEnum):
    WAITING = "waiting"
    READING = "reading"
    STORING = "storing"
    DONE = "done"
    FAILED = "failed"


class Owner(Protocol):
    """Whoever answers from the documents."""

    def documents(self) -> tuple[ParsedDocument, ...]: ...

    def refresh(self) -> bool:
        """Answer from what was ingested last."""
        ...


class RefusedError(Exception):
    """A job that is not taken: `key` and `values` are the page's words for why."""

    def __init__(self, status: int, key: str, **values: object) -> None:
        super().__init__(key)
        self.status = status
        self.key = key
        self.values = values


@dataclass(slots=True)
class Job:
    """Something to do to one file of the folder, and how far it is.

    `staged` is the uploaded file that waits for its place, `by` who asked. `reasons` tell what of the file failed, by
    name; `problem` names the page's words for why nothing came of it.
    """

    action: Action
    path: str
    by: str = ""
    staged: Path | None = None
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    state: State = State.WAITING
    page: int = 0
    pages: int = 0
    reasons: tuple[tuple[str, str], ...] = ()
    problem: Told | None = None
    kept: Path | None = None  # where what the folder held before is, until the job has ended

    def fail(self, key: str, **values: object) -> None:
        """Note why nothing comes of it; it ends when the folder is as it should be."""
        self.problem = (key, values)

    def owns(self, document: str) -> bool:
        """Whether a document is the job's file, or lies in it where that is an archive."""
        return document == self.path or document.startswith(f"{self.path}/")

    @property
    def ended(self) -> bool:
        return self.state in (State.DONE, State.FAILED)


class Intake:
    """Takes jobs from several threads and does them in one of its own."""

    def __init__(self, settings: Settings, owner: Owner) -> None:
        self._settings = settings
        self._folder = settings.documents
        self._owner = owner
        self._jobs: dict[str, Job] = {}
        self._changed = threading.Condition()
        self._closed = False
        self._failures: dict[str, Told] = {}
        self._thread = threading.Thread(target=self._work, name="duban-intake", daemon=True)
        self._thread.start()

    @property
    def most_bytes(self) -> int:
        """The largest file that is taken."""
        return self.most_megabytes * MEGABYTE

    @property
    def most_megabytes(self) -> int:
        return self._settings.max_file_mb

    def close(self) -> None:
        """Take nothing more. An ingest that is running may end with the process: the next one resumes it."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._thread.join(_CLOSING_S)

    # what there is

    def documents(self) -> tuple[ParsedDocument, ...]:
        return self._owner.documents()

    def jobs(self) -> tuple[Job, ...]:
        """The jobs of late, the newest first."""
        with self._changed:
            return tuple(reversed(self._jobs.values()))

    def unread(self) -> tuple[tuple[str, Told], ...]:
        """Files of the folder that no document came of, with the page's words for why."""
        known = {self.file_of(one.source.path) for one in self._owner.documents()}
        with self._changed:
            busy = {one.path for one in self._jobs.values() if not one.ended}
            reasons = dict(self._failures)
        unknown: Told = ("not_read_why", {})
        return tuple(
            (path, next((why for one, why in reasons.items() if _within(one, path)), unknown))
            for path in self._files()
            if path not in known and path not in busy
        )

    def file_of(self, document: str) -> str:
        """The file that a document is in: the archive where it is part of one."""
        parts = document.split("/")
        ways = ("/".join(parts[:count]) for count in range(1, len(parts)))
        return next((way for way in ways if (self._folder / way).is_file()), document)

    # what is to be done

    def stage(self, name: str, size: int | None, *, replace: bool) -> tuple[str, Path]:
        """The name that an upload gets, and the file to write it to.

        Raises:
            RefusedError: it cannot be taken, whatever it holds.
        """
        path = name if replace and name in self._files() else safe_name(name)
        if Path(path).suffix.lower() not in SUFFIXES:
            raise RefusedError(415, "upload_kind", suffix=Path(path).suffix or "—")
        if size is not None and size > self.most_bytes:
            raise RefusedError(413, "upload_large", limit=self.most_megabytes)
        target = self._folder / path
        if target.exists() and not replace:
            raise RefusedError(409, "upload_exists", name=path)
        if (
            not target.exists()
            and len(self._files()) + self._coming() >= self._settings.max_documents
        ):
            raise RefusedError(409, "upload_many", limit=self._settings.max_documents)
        try:
            if shutil.disk_usage(self._folder).free < 2 * (size or 0) + 64 * MEGABYTE:
                raise RefusedError(507, "upload_no_space")
            staged = self._folder / _STAGING / secrets.token_hex(8) / Path(path).name
            staged.parent.mkdir(parents=True)
        except OSError as exc:
            raise RefusedError(507, "upload_unwritable", reason=exc.strerror or str(exc)) from exc
        return path, staged

    def discard(self, staged: Path) -> None:
        """Forget an upload that was not completed."""
        shutil.rmtree(staged.parent, ignore_errors=True)

    def submit(self, job: Job) -> Job:
        """Have a job done when its turn comes.

        Raises:
            RefusedError: there is no such file, or it must stay.
        """
        if job.action in (Action.DELETE, Action.READ) and job.path not in self._files():
            raise RefusedError(404, "file_gone", name=job.path)
        if job.action is Action.DELETE and all(
            job.owns(one.source.path) for one in self._owner.documents()
        ):
            raise RefusedError(409, "file_last")
        with self._changed:
            if any(one.path == job.path and not one.ended for one in self._jobs.values()):
                raise RefusedError(409, "file_busy", name=job.path)
            self._jobs[job.id] = job
            ended = [one.id for one in self._jobs.values() if one.ended]
            for id_ in ended[: max(len(self._jobs) - _REMEMBERED_JOBS, 0)]:
                del self._jobs[id_]
            self._changed.notify_all()
        logger.info("%s %r by %r", job.action, job.path, job.by)
        return job

    # inner workings

    def _files(self) -> tuple[str, ...]:
        files = document_files(self._folder)
        return tuple(one.relative_to(self._folder).as_posix() for one in files)

    def _coming(self) -> int:
        with self._changed:
            return sum(one.action is Action.ADD and not one.ended for one in self._jobs.values())

    def _work(self) -> None:
        self._sweep()
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or self._waiting())
                if self._closed:
                    return
                jobs = self._waiting()
            self._do(jobs)

    def _waiting(self) -> list[Job]:
        return [one for one in self._jobs.values() if one.state is State.WAITING]

    def _do(self, jobs: Sequence[Job]) -> None:
        """Change the folder for all jobs, ingest once, and tell each what came of it."""
        for job in jobs:
            self._guarded(job, self._place)
        placed = [job for job in jobs if job.problem is None]
        if placed:
            try:
                report = self._ingested(placed)
            except (AssistantError, IngestError, StoreError) as exc:
                self._take_back(placed, "ingest_failed", reason=str(exc))
            except Exception:
                logger.exception("unexpected error while ingesting")
                self._take_back(placed, "ingest_broken")
            else:
                self._failures = _failures_of(report)
                for job in placed:
                    self._settle(job, report)
                self._restore([job for job in placed if job.problem is not None])
                self._owner.refresh()
        for job in jobs:
            self._tidy(job)
            job.state = State.FAILED if job.problem is not None else State.DONE

    def _guarded(self, job: Job, step: Callable[[Job], None]) -> None:
        """A step of one job, whose failing is this job's alone."""
        try:
            step(job)
        except RefusedError as exc:
            job.fail(exc.key, **exc.values)
        except IngestError as exc:
            job.fail("told", reason=exc.message)
        except OSError as exc:
            job.fail("upload_unwritable", reason=exc.strerror or str(exc))
        except Exception:
            logger.exception("unexpected error with %r", job.path)
            job.fail("ingest_broken")
        if job.problem is not None and job.kept is not None:
            self._put_back(job)

    def _place(self, job: Job) -> None:
        """Change the folder as the job asks; what it held there before is kept beside."""
        job.state = State.READING
        target = self._folder / job.path
        if job.staged is not None:
            self._require_new(job.staged)
            if job.action is Action.REPLACE:
                # A file that cannot be read must not take the place of one that could.
                self._require_readable(job)
            elif target.exists():
                raise RefusedError(409, "upload_exists", name=job.path)
        if job.action in (Action.REPLACE, Action.DELETE) and target.exists():
            kept = self._folder / _STAGING / secrets.token_hex(8) / target.name
            kept.parent.mkdir(parents=True)
            target.replace(kept)
            job.kept = kept
        if job.staged is not None:
            job.staged.replace(target)

    def _require_new(self, staged: Path) -> None:
        if staged.stat().st_size == 0:
            raise RefusedError(400, "upload_empty")
        with staged.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        for one in self._owner.documents():
            if one.source.sha256 == digest:
                raise RefusedError(409, "upload_same", name=one.source.path)

    def _require_readable(self, job: Job) -> None:
        assert job.staged is not None
        with Reader(self._settings.limits, processes=1, on_page=_Watched([job]).page) as reader:
            for source in reader.sources(job.staged.parent):
                if source.path.suffix.lower() not in ARCHIVE.suffixes:
                    reader.read(Source(job.path, source.path, source.error))

    def _ingested(self, jobs: Sequence[Job]) -> SyncReport:
        again = {
            one.source.path
            for one in self._owner.documents()
            for job in jobs
            if job.action is Action.READ and job.owns(one.source.path)
        }
        return ingest_documents(
            self._settings,
            _Watched(jobs),
            rebuild=any(job.action is Action.READ_ALL for job in jobs),
            again=again,
            waiting=lambda: None,
        )

    def _settle(self, job: Job, report: SyncReport) -> None:
        """What a finished ingest made of a job's file."""
        if job.action is Action.READ_ALL:
            job.reasons = tuple(report.failed)
            return
        reasons = tuple(one for one in report.failed if job.owns(one[0]))
        same = next((first for path, first in report.duplicates if path == job.path), "")
        read = {*report.added, *report.updated, *report.unchanged, *report.resumed}
        read |= {new for _, new in report.renamed}
        job.reasons = reasons
        if job.action is Action.DELETE or any(job.owns(path) for path in read):
            return
        if same:
            job.fail("upload_same", name=same)
        elif len(reasons) == 1:
            job.fail("told", reason=reasons[0][1])
        elif reasons:
            job.fail("upload_none_read", count=len(reasons))
        else:
            job.fail("upload_passed_over")

    def _restore(self, jobs: Sequence[Job]) -> None:
        """Undo what jobs did to the folder from which no document came, and to the store where it held one before."""
        for job in jobs:
            self._put_back(job)
            if job.staged is not None:
                for path, _ in job.reasons:
                    self._failures.pop(path, None)
        if any(job.action is Action.REPLACE for job in jobs):
            try:
                self._ingested(jobs)
            except (AssistantError, IngestError, StoreError):
                logger.exception("could not ingest what was put back")

    def _take_back(self, jobs: Iterable[Job], key: str, **values: object) -> None:
        """End jobs with the folder as it was."""
        for job in jobs:
            job.fail(key, **values)
            self._put_back(job)

    def _put_back(self, job: Job) -> None:
        target = self._folder / job.path
        try:
            if job.kept is not None:
                job.kept.replace(target)
            elif job.action is Action.ADD:
                target.unlink(missing_ok=True)
        except OSError:
            logger.exception("could not put back %s", target)

    def _tidy(self, job: Job) -> None:
        for one in (job.staged, job.kept):
            if one is not None:
                self.discard(one)

    def _sweep(self) -> None:
        """Remove what a process that was killed has left."""
        for left in (self._folder / _STAGING).glob("*"):
            if time.time() - left.stat().st_mtime > _LEFT_OVER_S:
                shutil.rmtree(left, ignore_errors=True)


class _Watched:
    """The progress of an ingest, noted on the jobs that it is done for."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._jobs = jobs

    def file(self, path: str, done: int, total: int) -> None:
        for job in self._jobs:
            if not path or job.owns(path):
                job.state = State.STORING

    def page(self, path: str, done: int, total: int) -> None:
        for job in self._jobs:
            if job.owns(path) or job.action is Action.READ_ALL:
                job.page, job.pages = done, total


def _failures_of(report: SyncReport) -> dict[str, Told]:
    failed: dict[str, Told] = {path: ("told", {"reason": why}) for path, why in report.failed}
    same: dict[str, Told] = {path: ("same_as", {"name": one}) for path, one in report.duplicates}
    return {**failed, **same}


def _within(document: str, file: str) -> bool:
    return document == file or document.startswith(f"{file}/")
