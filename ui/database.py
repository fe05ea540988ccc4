"""A SQLite file of the state folder, opened anew for every operation: its connections belong to one thread."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

_WAIT_S = 30


@contextmanager
def connected(file: Path) -> Iterator[sqlite3.Connection]:
    """A transaction on a connection of its own; waits when another thread or process writes."""
    with closing(sqlite3.connect(file, timeout=_WAIT_S)) as database:
        database.execute("PRAGMA foreign_keys = ON")
        database.execute("PRAGMA journal_mode = WAL")
        with database:
            yield database
