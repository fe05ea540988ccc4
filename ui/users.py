"""`duban users`: the accounts of the page, their passwords and the tokens of programs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from assistant.clickzh import ChineseContext
from assistant.errors import UsageError
from assistant.settings import load_settings

if TYPE_CHECKING:
    from ui.accounts import AccountStore

_ROLES = ("reader", "editor", "admin")
_NAME = click.argument("name", metavar="账号名")
_ROLE = click.Choice(_ROLES)


class _Group(click.Group):
    """A group whose commands speak Chinese too."""

    context_class = ChineseContext

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        cmd.context_class = ChineseContext
        cmd.options_metavar = "[选项]"
        super().add_command(cmd, name)


@click.group(
    cls=_Group,
    subcommand_metavar="命令 …",
    help="管理网页的账号。密码从终端询问，或从标准输入读取一行；不写在命令行里。",
)
def users() -> None:
    """The commands below."""


@users.command(help="建立账号。", short_help="建立账号")
@_NAME
@click.option(
    "--role",
    type=_ROLE,
    default="reader",
    metavar="角色",
    help="reader 只查阅（默认）；editor 还能上传、替换、删除文件；admin 还能重新读入全部文件。",
)
def add(name: str, role: str) -> None:
    from ui.accounts import Role, normal_name

    name = normal_name(name)
    account = _accounts().add(name, Role(role), _new_password())
    click.echo(f"已建立账号“{account.name}”（{account.role.chinese}）。", err=True)


@users.command("list", help="列出全部账号。", short_help="列出全部账号")
def list_accounts() -> None:
    accounts = _accounts().all()
    if not accounts:
        click.echo("还没有账号。建立账号：duban users add 账号名", err=True)
        return
    table = Table("账号", "角色", "建立时间", "程序令牌", box=None, pad_edge=False)
    for one in accounts:
        token = "有" if one.has_token else ""
        table.add_row(one.name, one.role.value, f"{one.created:%Y-%m-%d %H:%M}", token)
    Console(file=sys.stdout, markup=False).print(table)


@users.command(
    help="删除账号，连同它的对话；它对回答的评价保留。登录和令牌立即失效。", short_help="删除账号"
)
@_NAME
@click.option("--yes", is_flag=True, help="不再询问。")
def remove(name: str, yes: bool) -> None:
    from ui.store import ConversationStore

    accounts = _accounts()
    account = accounts.named(name)
    if not yes:
        click.confirm(f"删除账号“{account.name}”和它的全部对话？", abort=True, err=True)
    accounts.remove(account)
    ConversationStore(load_settings().state_folder).delete_all(account.owner)
    click.echo(f"已删除账号“{account.name}”。", err=True)


@users.command(help="换密码。已登录的网页会退出。", short_help="换密码")
@_NAME
def password(name: str) -> None:
    accounts = _accounts()
    account = accounts.named(name)
    accounts.set_password(account, _new_password())
    click.echo(f"已换“{account.name}”的密码。", err=True)


@users.command(help="改变账号的角色：reader、editor 或 admin。", short_help="改变角色")
@_NAME
@click.argument("role", type=_ROLE, metavar="角色")
def role(name: str, role: str) -> None:
    from ui.accounts import Role

    accounts = _accounts()
    account = accounts.named(name)
    accounts.set_role(account, Role(role))
    click.echo(f"“{account.name}”现在的角色是{Role(role).chinese}。", err=True)


@users.command(
    help="给程序发一个令牌，写在标准输出，只显示这一次；这个账号原来的令牌随即失效。",
    short_help="给程序发令牌",
)
@_NAME
@click.option("--revoke", is_flag=True, help="只收回原来的令牌，不发新的。")
def token(name: str, revoke: bool) -> None:
    accounts = _accounts()
    account = accounts.named(name)
    if revoke:
        accounts.revoke_token(account)
        click.echo(f"已收回“{account.name}”的令牌。", err=True)
        return
    click.echo(accounts.new_token(account))
    click.echo("请妥善保存，令牌不会再显示。用法：Authorization: Bearer 令牌", err=True)


def _accounts() -> AccountStore:
    from ui.accounts import AccountStore

    return AccountStore(load_settings().state_folder)


def _new_password() -> str:
    """A password asked for twice in a terminal, or the first line of standard input."""
    if sys.stdin.isatty():
        typed: str = click.prompt("密码", hide_input=True, err=True)
        if click.prompt("再输一次", hide_input=True, err=True) != typed:
            raise UsageError("两次输入的密码不一样，请重新运行。")
        return typed
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise UsageError("没有读到密码。请在终端里运行，或从标准输入给出一行密码。")
    return line
