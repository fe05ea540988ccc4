"""Accounts with their sessions and tokens, in one SQLite file of the state folder beside the conversations.

Passwords are kept as Argon2 hashes; a session's cookie and a token only as SHA-256, which is enough for 256 random
bits: who reads the file can sign in as nobody.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import sqlite3
import threading
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import UsageError
from ui.attempts import Attempts, Subject
from ui.database import connected

if TYPE_CHECKING:
    from argon2 import PasswordHasher

FILE_NAME = "accounts.sqlite3"
SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 200
TOKEN_PREFIX = "duban-"
# A session ends when it was not used for so long, and at last after a week.
IDLE_S = 12 * 3600
LONGEST_SESSION_S = 7 * 24 * 3600
_SEEN_EVERY_S = 300
_NAME = re.compile(r"[\w.@-]{1,32}")
_LONGEST_TYPED_NAME = 64
_FEWEST_CHARACTERS = 4
# Each check takes 19 MB and a processor; a crowd at the door must not take the machine.
_CHECKS = threading.BoundedSemaphore(2)
_SCHEMA = """
CREATE TABLE IF NOT EXISTS account (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, folded TEXT NOT NULL UNIQUE, role TEXT NOT NULL, password TEXT NOT NULL,
    token TEXT UNIQUE, created TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS session (
    secret TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    begun REAL NOT NULL, seen REAL NOT NULL
);
"""
_COLUMNS = "account.id, account.name, account.role, account.created, account.token IS NOT NULL"


class Role(StrEnum):
    """What an account may do, each more than the one before."""

    READER = "reader"
    EDITOR = "editor"
    ADMIN = "admin"

    @property
    def chinese(self) -> str:
        return _ROLE_NAMES[self]


_ROLE_NAMES = {Role.READER: "查阅", Role.EDITOR: "编辑", Role.ADMIN: "管理"}


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in. The id is new for every account: a name given again inherits nothing."""

    id: str
    name: str
    role: Role
    created: datetime
    has_token: bool

    @property
    def may_edit(self) -> bool:
        """Whether it may upload, replace and delete documents."""
        return self.role is not Role.READER

    @property
    def owner(self) -> str:
        """What its conversations belong to; never what a browser's cookie can hold."""
        return f"account:{self.id}"


@dataclass(frozen=True, slots=True)
class Refused:
    """Why nobody was signed in: name or password are wrong, or they were not even tried; and how long to wait."""

    tried: bool
    wait_s: int


class AccountStore:
    """The file of accounts. Safe to use from several threads and processes."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / FILE_NAME
        self._clock = clock
        # Made before SQLite makes it, which would let everybody on the machine read it.
        os.close(os.open(self._file, os.O_CREAT | os.O_RDWR, 0o600))
        with connected(self._file) as database:
            database.executescript(_SCHEMA)
        self._attempts = Attempts(self._file, clock)

    # accounts

    def add(self, name: str, role: Role, password: str) -> Account:
        """A new account.

        Raises:
            UsageError: the name is taken or cannot be one, or the password is too easy to guess.
        """
        name = normal_name(name)
        require_good_password(password, name)
        created = datetime.now().astimezone()
        account = Account(secrets.token_hex(16), name, role, created, has_token=False)
        try:
            with connected(self._file) as database:
                database.execute(
                    "INSERT INTO account (id, name, folded, role, password, created) "
                    "VALUES (?, ?, ?, ?, ?, ?)",
                    (
                        account.id,
                        name,
                        _folded(name),
                        role.value,
                        _hasher().hash(password),
                        created.isoformat(timespec="seconds"),
                    ),
                )
        except sqlite3.IntegrityError as exc:
            raise UsageError(
                f"已有账号“{name}”。要换密码请运行：duban users password {name}"
            ) from exc
        return account

    def all(self) -> tuple[Account, ...]:
        """Every account, by name."""
        with connected(self._file) as database:
            rows = database.execute(f"SELECT {_COLUMNS} FROM account ORDER BY folded").fetchall()
        return tuple(_account(row) for row in rows)

    def named(self, name: str) -> Account:
        """The account of a name.

        Raises:
            UsageError: there is none.
        """
        with connected(self._file) as database:
            row = database.execute(
                f"SELECT {_COLUMNS} FROM account WHERE folded = ?", (_folded(name),)
            ).fetchone()
        if row is None:
            raise UsageError(f"没有账号“{name}”。运行 duban users list 查看全部账号。")
        return _account(row)

    def remove(self, account: Account) -> None:
        """Remove an account; its sessions and its token end at once."""
        with connected(self._file) as database:
            database.execute("DELETE FROM account WHERE id = ?", (account.id,))

    def set_role(self, account: Account, role: Role) -> None:
        with connected(self._file) as database:
            database.execute("UPDATE account SET role = ? WHERE id = ?", (role.value, account.id))

    def set_password(self, account: Account, password: str) -> None:
        """Give an account a new password; whoever is signed in with the old one is signed out."""
        require_good_password(password, account.name)
        hashed = _hasher().hash(password)
        with connected(self._file) as database:
            database.execute("UPDATE account SET password = ? WHERE id = ?", (hashed, account.id))
            database.execute("DELETE FROM session WHERE account = ?", (account.id,))
        self._attempts.forget(Subject.name(_folded(account.name)))

    # signing in

    def sign_in(self, name: str, password: str, address: str) -> tuple[Account, str] | Refused:
        """The account and the secret of a new session, or why there is none.

        A name that does not exist takes as long, and is limited in the same way, as one that does.
        """
        subject, place = Subject.name(_folded(name[:_LONGEST_TYPED_NAME])), Subject.address(address)
        if wait := self._attempts.begin((subject, place)):
            return Refused(tried=False, wait_s=wait)
        with connected(self._file) as database:
            row = database.execute(
                f"SELECT {_COLUMNS}, password FROM account WHERE folded = ?", (_folded(name),)
            ).fetchone()
        hashed = row[-1] if row else _nobodys_hash()
        if not _verified(hashed, password[:LONGEST_PASSWORD]) or row is None:
            return Refused(tried=True, wait_s=self._attempts.wait_s((subject, place)))
        account = _account(row[:-1])
        self._attempts.succeeded(subject, place)
        if _hasher().check_needs_rehash(hashed):
            self._rehash(account, password)
        return account, self._begin_session(account)

    def session(self, secret: str) -> Account | None:
        """The account of a session that has not ended."""
        now = self._clock()
        with connected(self._file) as database:
            row = database.execute(
                f"SELECT {_COLUMNS}, seen FROM session JOIN account ON account.id = session.account "
                "WHERE secret = ? AND seen > ? AND begun > ?",
                (_digest(secret), now - IDLE_S, now - LONGEST_SESSION_S),
            ).fetchone()
            if row is not None and now - row[-1] > _SEEN_EVERY_S:
                database.execute(
                    "UPDATE session SET seen = ? WHERE secret = ?", (now, _digest(secret))
                )
        return _account(row[:-1]) if row is not None else None

    def sign_out(self, secret: str) -> None:
        with connected(self._file) as database:
            database.execute("DELETE FROM session WHERE secret = ?", (_digest(secret),))

    # tokens for programs

    def new_token(self, account: Account) -> str:
        """A token for programs, told this once; an earlier one of the account ends."""
        token = TOKEN_PREFIX + secrets.token_urlsafe(32)
        with connected(self._file) as database:
            database.execute(
                "UPDATE account SET token = ? WHERE id = ?", (_digest(token), account.id)
            )
        return token

    def revoke_token(self, account: Account) -> None:
        with connected(self._file) as database:
            database.execute("UPDATE account SET token = NULL WHERE id = ?", (account.id,))

    def token(self, token: str) -> Account | None:
        """The account that a token belongs to."""
        with connected(self._file) as database:
            row = database.execute(
                f"SELECT {_COLUMNS} FROM account WHERE token = ?", (_digest(token),)
            ).fetchone()
        return _account(row) if row is not None else None

    def _begin_session(self, account: Account) -> str:
        secret, now = secrets.token_urlsafe(32), self._clock()
        with connected(self._file) as database:
            database.execute(
                "DELETE FROM session WHERE seen < ? OR begun < ?",
                (now - IDLE_S, now - LONGEST_SESSION_S),
            )
            database.execute(
                "INSERT INTO session VALUES (?, ?, ?, ?)", (_digest(secret), account.id, now, now)
            )
        return secret

    def _rehash(self, account: Account, password: str) -> None:
        """Keep the password as the library advises today."""
        with connected(self._file) as database:
            database.execute(
                "UPDATE account SET password = ? WHERE id = ?",
                (_hasher().hash(password), account.id),
            )


def normal_name(name: str) -> str:
    """A name as it is kept.

    Raises:
        UsageError: it is empty, too long or holds something that does not belong into a name.
    """
    normal = unicodedata.normalize("NFKC", name).strip()
    if not _NAME.fullmatch(normal):
        raise UsageError(f"账号名 {name!r} 不可用：请用 1 到 32 个汉字、字母、数字或 . _ @ -。")
    return normal


def require_good_password(password: str, name: str) -> None:
    """Refuse what is guessed first.

    Raises:
        UsageError: the password is too short, too long, has too few different characters or is the name.
    """
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise UsageError(f"密码要有 {SHORTEST_PASSWORD} 到 {LONGEST_PASSWORD} 个字符。")
    if len(set(password)) < _FEWEST_CHARACTERS or password in _RUNS:
        raise UsageError("密码太容易猜到：请不要用重复或连续的字符。")
    if name.casefold() in password.casefold() and len(password) < len(name) + SHORTEST_PASSWORD:
        raise UsageError("密码太容易猜到：请不要用账号名作密码。")


_RUNS = frozenset(
    run[start : start + length]
    for run in ("0123456789", "1234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "password")
    for length in range(SHORTEST_PASSWORD, len(run) + 1)
    for start in range(len(run) - length + 1)
)


def _folded(name: str) -> str:
    """Names that look alike to whoever types them are one."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def _account(row: tuple[str, str, str, str, int]) -> Account:
    id_, name, role, created, has_token = row
    return Account(id_, name, Role(role), datetime.fromisoformat(created), bool(has_token))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@cache
def _hasher() -> PasswordHasher:
    """Argon2id with what OWASP asks for at least, so that a small machine is not busy with people signing in.

    Source: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
    """
    from argon2 import PasswordHasher

    return PasswordHasher(memory_cost=19 * 1024, time_cost=2, parallelism=1)


@cache
def _nobodys_hash() -> str:
    """What the password for a name that does not exist is compared with."""
    return _hasher().hash(secrets.token_urlsafe(32))


def _verified(hashed: str, password: str) -> bool:
    from argon2.exceptions import VerifyMismatchError

    with _CHECKS:
        try:
            return _hasher().verify(hashed, password)
        except VerifyMismatchError:
            return False
