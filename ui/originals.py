"""The original pages of PDF files and scans as pictures, drawn when they are looked at and kept for the next time."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from threading import Lock

from pydantic import TypeAdapter

from ingest.files.limits import Limits
from ingest.files.page_images import SUFFIXES, Glyph, page_glyphs, page_picture
from ingest.files.process import ReadingProcess
from ingest.records import SourceDocument

_SECONDS = 60
_MOST_KEPT = 2000  # pages, of about 100 kB each
_glyphs = TypeAdapter(tuple[Glyph, ...])


class _Worker(ReadingProcess):
    """A process for one caller at a time."""

    def __init__(self, limits: Limits, folder: Path) -> None:
        super().__init__(limits, folder)
        self.lock = Lock()


class Originals:
    """Draws pages of the files in a folder; called from several threads at once.

    Files come from outside, so they are opened in a process of its own, as when they were read.
    """

    def __init__(self, documents_folder: Path, state_folder: Path, limits: Limits) -> None:
        self._documents = documents_folder
        self._kept = state_folder / "pages"
        self._kept.mkdir(parents=True, exist_ok=True)
        bounds = Limits(limits.size_mb, limits.pages, _SECONDS, limits.memory_mb)
        # Recognising the words of a scan takes long, and no picture waits for it.
        self._pictures = _Worker(bounds, self._kept)
        self._words = _Worker(bounds, self._kept)

    def has(self, source: SourceDocument) -> bool:
        """Whether the pages of a document can be shown: its file has some, is there, and is the one that was read."""
        file = self._file(source)
        if not source.pages or file.suffix.lower() not in SUFFIXES or not file.is_file():
            return False
        stat = file.stat()
        return _sha256(file, stat.st_mtime_ns, stat.st_size) == source.sha256

    def picture(self, source: SourceDocument, number: int) -> Path:
        """The file with the picture (WebP) of a page, which is named by its number, from 1.

        Raises:
            IngestError: it cannot be drawn.
        """
        file = self._kept / f"{source.sha256[:32]}-{number}.webp"
        with self._pictures.lock:
            if not file.exists():
                self._keep(
                    file,
                    self._pictures.run(source.path, page_picture, self._file(source), number - 1),
                )
        return file

    def glyphs(self, source: SourceDocument, number: int) -> tuple[Glyph, ...]:
        """The characters of a page.

        Raises:
            IngestError: they cannot be read.
        """
        file = self._kept / f"{source.sha256[:32]}-{number}.json"
        with self._words.lock:
            if not file.exists():
                found = self._words.run(source.path, page_glyphs, self._file(source), number - 1)
                self._keep(file, _glyphs.dump_json(found))
        return _glyphs.validate_json(file.read_bytes())

    def close(self) -> None:
        """End the processes that draw and read."""
        self._pictures.close()
        self._words.close()

    def _keep(self, file: Path, content: bytes) -> None:
        kept = sorted(self._kept.glob(f"*{file.suffix}"), key=lambda one: one.stat().st_mtime)
        for oldest in kept[: max(0, len(kept) - _MOST_KEPT + 1)]:
            oldest.unlink(missing_ok=True)
        file.write_bytes(content)

    def _file(self, source: SourceDocument) -> Path:
        return self._documents / source.path


@lru_cache(maxsize=256)
def _sha256(file: Path, _modified_ns: int, _size: int) -> str:
    """The hash of a file, worked out again when it has changed."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
