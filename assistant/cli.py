"""The `duban` command: finds the commands that the packages register, and how every one of them ends.

Command modules are imported when their command runs. Some need seconds to import, and `duban --help` should
not wait for them.
"""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Sequence
from importlib.metadata import EntryPoint, entry_points, version
from typing import Any, TextIO

import click

from assistant.clickzh import ChineseContext, error_message, speak_chinese
from assistant.errors import AssistantError
from ingest.errors import IngestError
from vectorstore.errors import StoreError

COMMANDS_GROUP = "duban.commands"
OUR_LOGGERS = ("ingest", "vectorstore", "prompts", "assistant", "ui", "evals")

# In the order of a first use. A command registered by another package is listed after these.
SUMMARIES = {
    "ingest": "读入文件，建立或更新索引",
    "ask": "提一个问题，或成批回答问题",
    "tasks": "按单位、时限等条件列出整改任务，可导出",
    "chat": "启动网页：问答和台账",
    "users": "管理网页的账号、密码和程序令牌",
    "feedback": "把网页上的评价导出为问题集",
    "eval": "用问题集测评回答质量",
    "doctor": "检查配置和运行环境",
}


class DubanGroup(click.Group):
    """A group whose commands come from entry points, loaded one at a time."""

    context_class = ChineseContext

    def list_commands(self, ctx: click.Context) -> list[str]:
        registered = _registered()
        known = [name for name in SUMMARIES if name in registered]
        return known + sorted(registered.keys() - SUMMARIES.keys())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = _registered().get(cmd_name)
        return speak_chinese(_loaded(entry)) if entry is not None else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        names = self.list_commands(ctx)
        if args[0] not in names and not args[0].startswith("-"):
            raise click.UsageError(f"没有命令 {args[0]}。可用的命令：{'、'.join(names)}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        names = self.list_commands(ctx)
        with formatter.section("Commands"):
            formatter.write_dl([(name, SUMMARIES.get(name, "")) for name in names])

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,  # noqa: ANN401 - handed on to Click
    ) -> Any:  # noqa: ANN401 - Click's own signature
        """Run a command and exit: 0 done, 1 something failed, 2 wrong usage."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        _use_utf8(sys.stdout, sys.stderr)
        try:
            returned = super().main(
                args, prog_name or "duban", complete_var, standalone_mode=False, **extra
            )
        except click.ClickException as error:
            click.echo(error_message(error), err=True)
            sys.exit(error.exit_code)
        except click.Abort:
            click.echo("已中断。", err=True)
            sys.exit(1)
        except (AssistantError, StoreError, IngestError) as error:
            logging.getLogger(__name__).debug("command failed", exc_info=True)
            click.echo(f"错误：{error}", err=True)
            sys.exit(1)
        # Click returns the status of `ctx.exit()` here, and the command's own value otherwise.
        sys.exit(returned if isinstance(returned, int) else 0)


class _StderrHandler(logging.StreamHandler[TextIO]):
    """Writes to whatever standard error is at the moment, also after it was replaced."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)
        self.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))

    @property
    def stream(self) -> TextIO:  # type: ignore[override]
        return sys.stderr


def _registered() -> dict[str, EntryPoint]:
    return {entry.name: entry for entry in entry_points(group=COMMANDS_GROUP)}


def _loaded(entry: EntryPoint) -> click.Command:
    try:
        command = entry.load()
    except ModuleNotFoundError as exc:
        raise AssistantError(
            f"命令 {entry.name} 需要的模块 {exc.name} 没有安装。请重新安装 Duban 及其依赖。"
        ) from exc
    if not isinstance(command, click.Command):
        raise AssistantError(f"命令 {entry.name} 的登记有误：{entry.value} 不是命令。")
    return command


def _use_utf8(*streams: TextIO) -> None:
    """Chinese output must not depend on the code page of the console or of a pipe."""
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _configure_logging(verbose: bool) -> None:
    root = logging.getLogger()
    if not any(isinstance(handler, _StderrHandler) for handler in root.handlers):
        root.addHandler(_StderrHandler())
    root.setLevel(logging.WARNING)
    for name in OUR_LOGGERS:
        logging.getLogger(name).setLevel(logging.INFO if verbose else logging.NOTSET)


def _show_version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(f"duban {version('duban')}")
        ctx.exit()


@click.group(
    name="duban",
    cls=DubanGroup,
    options_metavar="[选项]",
    subcommand_metavar="命令 …",
    help="督办：查询生态环境整改文件，每句回答都有原文出处。",
)
@click.option("-v", "--verbose", is_flag=True, help="在标准错误输出中显示运行过程。")
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="显示版本号。",
)
def main(verbose: bool) -> None:
    """The entry point of the console script."""
    _configure_logging(verbose)
