"""A page that asks for an account, and accounts to enter it with."""

from __future__ import annotations

from dataclasses import dataclass

from ui.accounts import AccountStore, Role

PASSWORD = "河西-走廊-2025"
ROLES = {"张三": Role.READER, "李四": Role.EDITOR, "王五": Role.ADMIN}


@dataclass(frozen=True, slots=True)
class Guarded:
    """A served page; its accounts are `ROLES`, their password is `PASSWORD`."""

    address: str
    accounts: AccountStore
