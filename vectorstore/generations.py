"""Generations of the store: an ingest writes a new one, and one small mark says which is read.

A generation is never changed once it is read. The next one begins as its copy, is brought up to date by one
writer, and becomes the current one when the mark is exchanged, which is a single step of the file system or of
the Chroma server. So a reader has the old state or the new, and a writer that is killed leaves the old one as it
was and its own work to go on with.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from ingest.records import ParsedDocument
from vectorstore.embedding import Embedder
from vectorstore.errors import StoreError, StoreMismatchError
from vectorstore.folder_shelf import FolderShelf
from vectorstore.server_shelf import ServerShelf
from vectorstore.store import SCHEMA_VERSION, Place, Store, translated

logger = logging.getLogger(__name__)


class Shelf(Protocol):
    """Where the generations of one embedding model and version stand, numbered from 1."""

    @property
    def name(self) -> str: ...

    def current(self) -> int:
        """The generation to read, 0 where there is none."""

    def is_foreign(self) -> bool:
        """Whether another model or version has written here."""

    def place(self, generation: int) -> Place: ...

    def check(self, generation: int) -> None:
        """Whether all that was written of a generation is there.

        Raises:
            OSError: files are missing or cut off.
        """

    def unfinished(self, base: int) -> int:
        """The generation that somebody began upon `base` and left unfinished, 0 where there is none."""

    def begin(self, base: int) -> int:
        """A new generation, a copy of `base` (0 is empty); unfinished ones are thrown away."""

    def publish(self, generation: int) -> None:
        """Make a generation the current one, and forget those that nobody can be reading any more."""


class Generations:
    """The store's generations, under `home` or on the Chroma server at `chroma_url`."""

    def __init__(self, home: Path, embedder: Embedder, chroma_url: str = "") -> None:
        key = hashlib.sha256(f"{SCHEMA_VERSION}\0{embedder.name}".encode()).hexdigest()[:12]
        self._shelf: Shelf = ServerShelf(chroma_url, key) if chroma_url else FolderShelf(home, key)
        self._embedder = embedder

    def current(self) -> int:
        """The generation to read, 0 where nothing was ingested with this model and version.

        Raises:
            StoreError: it cannot be told.
        """
        with translated("打开", self._shelf.name):
            return self._shelf.current()

    def open(self) -> tuple[int, Store] | None:
        """The current generation with its number, to read; None where nothing was ever ingested.

        Raises:
            StoreMismatchError: only another embedding model or version has written here.
            StoreError: it is damaged or cannot be reached.
        """
        while generation := self.current():
            try:
                return generation, self._opened(generation)
            except StoreError:
                # A reader that was slow may find its generation gone.
                if self.current() == generation:
                    raise
        with translated("打开", self._shelf.name):
            foreign = self._shelf.is_foreign()
        if foreign:
            raise StoreMismatchError(
                f"{self._shelf.name} 中的数据是用别的句向量模型或别的版本建立的，与当前模型 "
                f"{self._embedder.name} 不符。请运行 duban ingest 重新入库（原有数据不受影响），"
                "或把 DUBAN_EMBEDDING_MODEL 改回原来的模型。"
            )
        return None

    @contextmanager
    def draft(self, *, afresh: bool = False) -> Iterator[Draft]:
        """What the next generation is written through; it becomes the current one at the end, if anything changed.

        `afresh` begins with nothing, whatever state the current one is in. One writer at a time: the caller
        holds a lock. Where an error ends the block, what was written waits for the next draft to go on with.

        Raises:
            StoreError: it cannot be read or written; the current generation is as it was.
        """
        base = 0 if afresh else self.current()
        present: dict[str, str] = {}
        if base:
            store = self._opened(base)
            try:
                present = store.manifest()
            finally:
                store.close()
        draft = Draft(self._shelf, self._embedder, base, present)
        try:
            draft.resume()
            yield draft
            draft.publish(even_unchanged=base == 0)
        finally:
            draft.close()

    def _opened(self, generation: int) -> Store:
        place = self._shelf.place(generation)
        with translated("打开", str(place)):
            self._shelf.check(generation)
        store = Store.open(place, self._embedder)
        try:
            store.check()
        except BaseException:
            store.close()
            raise
        return store


class Draft:
    """The next generation while it is written. It is begun with the first change.

    `before` is what the current generation holds and `known` what this one does, path → SHA-256 of the file's
    bytes; `resumed` tells that an interrupted writer's work is gone on with.
    """

    def __init__(self, shelf: Shelf, embedder: Embedder, base: int, before: dict[str, str]) -> None:
        self.before = before
        self.known = dict(before)
        self.resumed = False
        self._shelf = shelf
        self._embedder = embedder
        self._base = base
        self._generation = 0
        self._store: Store | None = None

    def resume(self) -> None:
        """Go on with what an interrupted writer left, where that can be read."""
        with translated("打开", self._shelf.name):
            self._generation = self._shelf.unfinished(self._base)
        if not self._generation:
            return
        try:
            self._store = Store.open(self._shelf.place(self._generation), self._embedder)
            self._store.prune()
            self._store.check()
            self.known = self._store.manifest()
        except StoreError:
            logger.warning("the work of an interrupted ingest cannot be read and is done again")
            self.close()
            self.known = dict(self.before)
            return
        self.resumed = True

    def get(self, path: str) -> ParsedDocument:
        """A document of this generation."""
        return self._begun().get(path)

    def put(self, parsed: ParsedDocument) -> None:
        """Store a document, in place of what its path held before."""
        self._begun().put(parsed)
        self.known[parsed.source.path] = parsed.source.sha256

    def remove(self, path: str) -> None:
        self._begun().remove(path)
        self.known.pop(path, None)

    def publish(self, *, even_unchanged: bool) -> None:
        """Make this generation the current one, where there is anything new in it."""
        if even_unchanged:
            self._begun()
        if self._store is None:
            return
        self._store.check()
        self.close()
        with translated("写入", self._shelf.name):
            self._shelf.publish(self._generation)

    def close(self) -> None:
        """Release the files or the connection."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def _begun(self) -> Store:
        if self._store is None:
            with translated("写入", self._shelf.name):
                self._generation = self._shelf.begin(self._base)
            self._store = Store.open(
                self._shelf.place(self._generation), self._embedder, create=True
            )
        return self._store
