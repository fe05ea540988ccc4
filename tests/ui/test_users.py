"""`duban users`, and what `duban chat` asks for before it serves an address that others reach."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.cli import main
from assistant.settings import load_settings
from ui.accounts import AccountStore, Refused
from ui.conversation import Conversation, Exchange
from ui.store import ConversationStore

PASSWORD = "河西-走廊-2025"


def duban(*arguments: str, stdin: str = "") -> Result:
    return CliRunner().invoke(main, list(arguments), input=stdin)


def state() -> Path:
    return load_settings().state_folder


def added(name: str, *options: str) -> None:
    result = duban("users", "add", name, *options, stdin=f"{PASSWORD}\n")
    assert result.exit_code == 0, result.output


def test_an_account_is_added_listed_changed_and_removed() -> None:
    added("张三", "--role", "editor")
    listed = duban("users", "list").stdout
    assert ("张三" in listed, "editor" in listed) == (True, True)
    assert duban("users", "role", "张三", "admin").exit_code == 0
    assert AccountStore(state()).named("张三").role == "admin"
    assert duban("users", "password", "张三", stdin="另一个密码-2025\n").exit_code == 0
    assert isinstance(AccountStore(state()).sign_in("张三", PASSWORD, "::1"), Refused)
    assert duban("users", "remove", "张三", "--yes").exit_code == 0
    assert AccountStore(state()).all() == ()


def test_no_password_is_an_argument_a_default_or_shown() -> None:
    assert duban("users", "add", "张三", PASSWORD).exit_code == 2
    nothing = duban("users", "add", "张三")
    assert nothing.exit_code == 1
    assert "没有读到密码" in nothing.stderr
    assert AccountStore(state()).all() == ()
    result = duban("users", "add", "张三", stdin=f"{PASSWORD}\n")
    assert PASSWORD not in result.output


def test_a_token_goes_to_standard_output_once_and_can_be_revoked() -> None:
    added("张三")
    token = duban("users", "token", "张三").stdout.strip()
    accounts = AccountStore(state())
    found = accounts.token(token)
    assert found is not None
    assert found.name == "张三"
    assert duban("users", "token", "张三", "--revoke").stdout == ""
    assert accounts.token(token) is None


def test_removing_an_account_removes_its_conversations() -> None:
    from datetime import date, datetime

    added("张三")
    store = ConversationStore(state())
    account = AccountStore(state()).named("张三")
    kept = Conversation("c" * 32, (Exchange("问题", date(2025, 1, 1)),))
    now = datetime.now().astimezone()
    store.save(account.owner, kept, now)
    store.save("b" * 32, Conversation("d" * 32, kept.exchanges), now)
    assert duban("users", "remove", "张三", stdin="n\n").exit_code == 1
    assert store.load(account.owner, kept.id) is not None
    assert duban("users", "remove", "张三", stdin="y\n").exit_code == 0
    assert store.load(account.owner, kept.id) is None
    assert store.load("b" * 32, "d" * 32) is not None


@pytest.mark.parametrize(
    "command", [("remove", "--yes"), ("password",), ("role", "admin"), ("token",)]
)
def test_an_unknown_account_is_told(command: tuple[str, ...]) -> None:
    result = duban("users", command[0], "无名", *command[1:], stdin=f"{PASSWORD}\n")
    assert result.exit_code == 1
    assert "没有账号“无名”" in result.stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])
def test_an_address_that_others_reach_needs_an_account_first(host: str) -> None:
    result = duban("chat", "--host", host, "--port", "0")
    assert result.exit_code == 1
    assert f"别的电脑也能访问 {host}" in result.stderr
    assert "duban users add 账号名 --role admin" in result.stderr


def test_so_does_this_machine_where_the_setting_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBAN_REQUIRE_SIGN_IN", "true")
    result = duban("chat", "--port", "0")
    assert result.exit_code == 1
    assert "DUBAN_REQUIRE_SIGN_IN" in result.stderr


def test_who_has_to_sign_in() -> None:
    from ui.command import requires_sign_in

    settings = load_settings()
    assert requires_sign_in(settings) is False
    added("张三")
    for host, required in (("localhost", False), ("::1", False), ("0.0.0.0", True)):
        assert requires_sign_in(settings.model_copy(update={"host": host})) is required
