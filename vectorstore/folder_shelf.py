"""Generations as folders of this machine: each is a Chroma folder, and `current.json` names the one to read."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from vectorstore.store import Place

_DATABASE = "chroma.sqlite3"
# Chroma writes this file with an index that it keeps. Without it the index is made from the database whenever the
# store is opened, and its other files mean nothing.
_KEPT_INDEX = "index_metadata.pickle"
_CURRENT, _UNFINISHED = "current.json", "unfinished.json"
# Questions that are being answered may still read the generation before the current one.
_KEPT = 2
# Where versions before generations kept the one store.
_BEFORE_GENERATIONS = "chroma"


@dataclass(frozen=True, slots=True)
class _Mark:
    """The current generation with the sizes of its files, so that a lost or cut one is noticed."""

    generation: int
    sizes: dict[str, int]


class FolderShelf:
    """`home/store/<key>/`, with a folder for each generation."""

    def __init__(self, home: Path, key: str) -> None:
        self._home = home
        self._folder = home / "store" / key

    @property
    def name(self) -> str:
        return str(self._folder)

    def current(self) -> int:
        mark = self._mark()
        return mark.generation if mark else 0

    def is_foreign(self) -> bool:
        others = self._folder.parent.glob(f"*/{_CURRENT}")
        return any(others) or (self._home / _BEFORE_GENERATIONS / _DATABASE).exists()

    def place(self, generation: int) -> Place:
        return Place(self._folder / str(generation))

    def check(self, generation: int) -> None:
        mark = self._mark()
        if mark is None or mark.generation != generation:
            return
        folder = self._folder / str(generation)
        for name, size in mark.sizes.items():
            # Opening the database may lengthen it, never shorten it.
            if not (folder / name).exists() or (folder / name).stat().st_size < size:
                raise OSError(f"{name} 缺失或不完整")

    def unfinished(self, base: int) -> int:
        try:
            note = json.loads((self._folder / _UNFINISHED).read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return 0
        generation = int(note["generation"])
        begun_here = note["base"] == base and generation > self._newest()
        return generation if begun_here and (self._folder / str(generation)).is_dir() else 0

    def begin(self, base: int) -> int:
        newest, present = self._newest(), self._numbers()
        # Never a number again: Chroma remembers a folder that it could not open, and another program may still
        # hold the files of one that was to be removed.
        generation = max([newest, *present]) + 1
        for leftover in present:
            if leftover > newest:
                shutil.rmtree(self._folder / str(leftover), ignore_errors=True)
        folder = self._folder / str(generation)
        folder.mkdir(parents=True)
        if base:
            _copy(self._folder / str(base), folder)
        note = {"generation": generation, "base": base}
        _replace(self._folder / _UNFINISHED, json.dumps(note))
        return generation

    def publish(self, generation: int) -> None:
        folder = self._folder / str(generation)
        files = [file for file in folder.rglob("*") if file.is_file()]
        for file in files:
            _settle(file)
        lasting = (
            one for one in files if one.parent == folder or (one.parent / _KEPT_INDEX).exists()
        )
        sizes = {file.relative_to(folder).as_posix(): file.stat().st_size for file in lasting}
        mark = {"generation": generation, "sizes": sizes}
        _replace(self._folder / _CURRENT, json.dumps(mark))
        (self._folder / _UNFINISHED).unlink(missing_ok=True)
        for old in sorted(self._numbers())[:-_KEPT]:
            shutil.rmtree(self._folder / str(old), ignore_errors=True)

    def _newest(self) -> int:
        """The current generation; where its mark is damaged, the last that it may have been."""
        try:
            return self.current()
        except OSError:
            return max(self._numbers(), default=0)

    def _mark(self) -> _Mark | None:
        try:
            mark = json.loads((self._folder / _CURRENT).read_text(encoding="utf-8"))
            return _Mark(int(mark["generation"]), dict(mark["sizes"]))
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError) as exc:
            raise OSError(f"{_CURRENT} 已损坏") from exc

    def _numbers(self) -> list[int]:
        if not self._folder.is_dir():
            return []
        return [int(one.name) for one in self._folder.iterdir() if one.name.isdecimal()]


def _copy(old: Path, new: Path) -> None:
    shutil.copytree(old, new, dirs_exist_ok=True, ignore=shutil.ignore_patterns(f"{_DATABASE}*"))
    # Through SQLite: opening a database to read it may write to it, so a copy of its bytes could be torn.
    with (
        closing(sqlite3.connect(old / _DATABASE)) as source,
        closing(sqlite3.connect(new / _DATABASE)) as target,
    ):
        source.backup(target)


def _replace(path: Path, content: str) -> None:
    """Exchange a file in one step that survives a power cut."""
    fresh = path.with_suffix(".new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    if os.name == "posix":
        _settle(path.parent)


def _settle(path: Path) -> None:
    """Have the system write a file or folder to the disk itself."""
    handle = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
