"""How often a password may be tried: after a few failures a name, and an address, has to wait longer each time."""

from __future__ import annotations

import ipaddress
import math
import sqlite3
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from ui.database import connected

_SCHEMA = """
CREATE TABLE IF NOT EXISTS attempt (
    subject TEXT PRIMARY KEY, failures INTEGER NOT NULL, latest REAL NOT NULL, blocked_until REAL NOT NULL
)
"""
_FORGOTTEN_AFTER_S = 3600
_FIRST_WAIT_S = 30
_LONGEST_WAIT_S = 900


@dataclass(frozen=True, slots=True)
class Subject:
    """What is counted: a name, or an address that several people may share."""

    key: str
    free: int  # failures until the first pause

    @classmethod
    def name(cls, folded: str) -> Subject:
        return cls(f"name:{folded}", 5)

    @classmethod
    def address(cls, host: str) -> Subject:
        """An address; of version 6 the network, because one machine has as many in it as it likes."""
        try:
            numeric = ipaddress.ip_address(host.partition("%")[0])
        except ValueError:
            return cls(f"address:{host}", 20)
        if isinstance(numeric, ipaddress.IPv6Address) and numeric.ipv4_mapped is None:
            return cls(f"address:{ipaddress.ip_network((numeric, 64), strict=False)}", 20)
        return cls(f"address:{numeric}", 20)


class Attempts:
    """Failures in the file of the accounts, so that they outlive a restart."""

    def __init__(self, file: Path, clock: Callable[[], float] = time.time) -> None:
        self._file = file
        self._clock = clock
        with connected(file) as database:
            database.execute(_SCHEMA)

    def begin(self, subjects: Iterable[Subject]) -> int:
        """Take an attempt for each subject; where one has to wait, none is taken: the seconds until one may be.

        An attempt counts as failed until `succeeded`: many at once could otherwise all be made before the first
        of them has failed.
        """
        counted, now = tuple(subjects), self._clock()
        with connected(self._file) as database:
            database.execute("BEGIN IMMEDIATE")
            database.execute("DELETE FROM attempt WHERE latest < ?", (now - _FORGOTTEN_AFTER_S,))
            if wait := _wait(database, counted, now):
                return wait
            for one in counted:
                database.execute(
                    "INSERT INTO attempt VALUES (?, 0, ?, 0) ON CONFLICT (subject) DO NOTHING",
                    (one.key, now),
                )
                (failures,) = database.execute(
                    "UPDATE attempt SET failures = failures + 1, latest = ? WHERE subject = ? RETURNING failures",
                    (now, one.key),
                ).fetchone()
                database.execute(
                    "UPDATE attempt SET blocked_until = ? WHERE subject = ?",
                    (now + _pause_s(failures - one.free), one.key),
                )
        return 0

    def wait_s(self, subjects: Iterable[Subject]) -> int:
        """Seconds until another attempt may be made for all of these."""
        with connected(self._file) as database:
            return _wait(database, tuple(subjects), self._clock())

    def succeeded(self, name: Subject, address: Subject) -> None:
        """Forget the failures of a name; of an address only this attempt, lest one account free it for others."""
        with connected(self._file) as database:
            database.execute("DELETE FROM attempt WHERE subject = ?", (name.key,))
            database.execute(
                "UPDATE attempt SET failures = failures - 1, blocked_until = 0 WHERE subject = ?",
                (address.key,),
            )

    def forget(self, name: Subject) -> None:
        with connected(self._file) as database:
            database.execute("DELETE FROM attempt WHERE subject = ?", (name.key,))


def _wait(database: sqlite3.Connection, subjects: Iterable[Subject], now: float) -> int:
    until = max(
        (
            float(blocked)
            for one in subjects
            for (blocked,) in database.execute(
                "SELECT blocked_until FROM attempt WHERE subject = ?", (one.key,)
            )
        ),
        default=0.0,
    )
    return math.ceil(max(until - now, 0))


def _pause_s(beyond: int) -> float:
    """Seconds to wait after so many failures beyond the free ones, the last of which makes the first pause."""
    if beyond < 0:
        return 0
    return min(_FIRST_WAIT_S * 2.0 ** min(beyond, 10), _LONGEST_WAIT_S)
