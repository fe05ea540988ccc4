"""Accounts: what is kept of them, who may sign in, and how often somebody may try."""

from __future__ import annotations

import sqlite3
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.errors import UsageError
from ui.accounts import FILE_NAME, IDLE_S, LONGEST_SESSION_S, AccountStore, Refused, Role
from ui.attempts import Attempts, Subject

PASSWORD = "河西-走廊-2025"
HERE, ELSEWHERE = "10.0.0.7", "10.0.0.8"


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(tmp_path: Path, clock: Clock) -> AccountStore:
    return AccountStore(tmp_path, clock)


def signed_in(accounts: AccountStore, name: str = "张三", address: str = HERE) -> str:
    result = accounts.sign_in(name, PASSWORD, address)
    assert not isinstance(result, Refused)
    return result[1]


def refusal(accounts: AccountStore, name: str, address: str = HERE) -> Refused:
    result = accounts.sign_in(name, "wrong", address)
    assert isinstance(result, Refused)
    return result


def test_the_file_holds_no_secret_and_is_its_owners_alone(
    accounts: AccountStore, tmp_path: Path
) -> None:
    account = accounts.add("张三", Role.EDITOR, PASSWORD)
    secrets = [PASSWORD, signed_in(accounts), accounts.new_token(account)]
    with sqlite3.connect(tmp_path / FILE_NAME) as database:
        kept = "\n".join(database.iterdump())
    database.close()
    assert "$argon2id$" in kept
    assert [one for one in secrets if one in kept] == []
    if sys.platform != "win32":
        modes = {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.glob(f"{FILE_NAME}*")}
        assert modes == {0o600}


def test_a_session_is_its_account_until_it_is_signed_out(accounts: AccountStore) -> None:
    accounts.add("Zhang", Role.READER, PASSWORD)
    secret = signed_in(accounts, "ＺＨＡＮＧ ")
    account = accounts.session(secret)
    assert account is not None
    assert (account.name, account.role, account.may_edit) == ("Zhang", Role.READER, False)
    accounts.sign_out(secret)
    assert accounts.session(secret) is None
    assert accounts.session("") is None


def test_a_session_ends_when_unused_and_after_a_week(accounts: AccountStore, clock: Clock) -> None:
    accounts.add("张三", Role.READER, PASSWORD)
    idle, used = signed_in(accounts), signed_in(accounts)
    for _ in range(int(LONGEST_SESSION_S / IDLE_S * 2) - 1):
        clock.now += IDLE_S / 2
        assert accounts.session(used) is not None
    assert accounts.session(idle) is None
    clock.now += IDLE_S / 2
    assert accounts.session(used) is None


def test_a_new_password_ends_sessions_and_the_old_one(accounts: AccountStore) -> None:
    account = accounts.add("张三", Role.READER, PASSWORD)
    secret = signed_in(accounts)
    accounts.set_password(account, "新的密码-九个字以上")
    assert accounts.session(secret) is None
    result = accounts.sign_in("张三", PASSWORD, HERE)
    assert isinstance(result, Refused)
    assert result.tried


def test_a_removed_account_is_nobody_and_its_name_inherits_nothing(accounts: AccountStore) -> None:
    first = accounts.add("张三", Role.ADMIN, PASSWORD)
    secret, token = signed_in(accounts), accounts.new_token(first)
    accounts.remove(first)
    assert accounts.session(secret) is None
    assert accounts.token(token) is None
    assert refusal(accounts, "张三").tried
    assert accounts.add("张三", Role.READER, PASSWORD).owner != first.owner


def test_a_token_stands_for_its_account_until_there_is_another(accounts: AccountStore) -> None:
    account = accounts.add("张三", Role.EDITOR, PASSWORD)
    first = accounts.new_token(account)
    assert accounts.token(first) == accounts.named("张三")
    second = accounts.new_token(account)
    assert accounts.token(first) is None
    accounts.set_role(account, Role.READER)
    found = accounts.token(second)
    assert found is not None
    assert found.role is Role.READER
    accounts.revoke_token(account)
    assert accounts.token(second) is None


def failed(attempts: Attempts, name: str, address: str = HERE) -> int:
    """Fail once; the seconds to wait after it, or those that kept it from being tried."""
    subjects = Subject.name(name), Subject.address(address)
    return attempts.begin(subjects) or attempts.wait_s(subjects)


@pytest.fixture
def attempts(tmp_path: Path, clock: Clock) -> Attempts:
    return Attempts(tmp_path / "attempts.sqlite3", clock)


def test_a_name_waits_longer_after_each_failure_beyond_the_fourth(
    attempts: Attempts, clock: Clock
) -> None:
    assert [failed(attempts, "张三") for _ in range(5)] == [0, 0, 0, 0, 30]
    assert failed(attempts, "张三", ELSEWHERE) == 30
    waits = []
    for _ in range(7):
        clock.now += attempts.wait_s([Subject.name("张三")])
        waits.append(failed(attempts, "张三", ELSEWHERE))
    assert waits == [60, 120, 240, 480, 900, 900, 900]


def test_signing_in_is_limited_and_told_and_free_again_after_the_right_password(
    accounts: AccountStore, clock: Clock
) -> None:
    accounts.add("张三", Role.READER, PASSWORD)
    assert [refusal(accounts, "张三").wait_s for _ in range(5)] == [0, 0, 0, 0, 30]
    assert accounts.sign_in("张三", PASSWORD, ELSEWHERE) == Refused(tried=False, wait_s=30)
    clock.now += 30
    signed_in(accounts)
    assert refusal(accounts, "张三") == Refused(tried=True, wait_s=0)


def test_an_address_that_tries_many_names_waits_too(attempts: Attempts) -> None:
    waits = [failed(attempts, f"名字{number}") for number in range(20)]
    assert waits == [0] * 19 + [30]
    assert failed(attempts, "别的名字") == 30
    assert failed(attempts, "别的名字", ELSEWHERE) == 0


def test_an_account_of_ones_own_frees_no_address(attempts: Attempts) -> None:
    own = Subject.name("张三"), Subject.address(HERE)
    for number in range(19):
        failed(attempts, f"名字{number}")
        assert attempts.begin(own) == 0
        attempts.succeeded(*own)
    assert failed(attempts, "别的名字") == 30


def test_addresses_of_one_network_of_version_6_are_one(attempts: Attempts) -> None:
    waits = [failed(attempts, f"名字{n}", f"2001:db8::{n + 1:x}") for n in range(20)]
    assert waits[-1] == 30


def test_attempts_made_at_once_are_all_counted(attempts: Attempts) -> None:
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda _: attempts.begin([Subject.name("张三")]), range(16)))
    assert sorted(waits) == [0] * 5 + [30] * 11


def test_waiting_outlives_a_restart_and_is_forgotten_after_an_hour(
    attempts: Attempts, tmp_path: Path, clock: Clock
) -> None:
    for _ in range(5):
        failed(attempts, "张三")
    again = Attempts(tmp_path / "attempts.sqlite3", clock)
    assert failed(again, "张三") == 30
    clock.now += 3601
    assert failed(again, "张三") == 0


@pytest.mark.parametrize(
    "password", ["short-7", "12345678", "aaaaaaaabb", "张三张三张三张三", "x" * 201]
)
def test_passwords_that_are_guessed_first_are_refused(
    accounts: AccountStore, password: str
) -> None:
    with pytest.raises(UsageError, match="密码"):
        accounts.add("张三", Role.READER, password)
    assert accounts.all() == ()


@pytest.mark.parametrize(
    "name", ["", " ", "a b", "<script>", "../x", "名" * 33, "a\nb", "'; DROP TABLE account"]
)
def test_names_that_are_none_are_refused(accounts: AccountStore, name: str) -> None:
    with pytest.raises(UsageError, match="账号名"):
        accounts.add(name, Role.READER, PASSWORD)


def test_a_name_is_given_once(accounts: AccountStore) -> None:
    accounts.add("Zhang", Role.READER, PASSWORD)
    with pytest.raises(UsageError, match="已有账号"):
        accounts.add("zhang", Role.READER, PASSWORD)
