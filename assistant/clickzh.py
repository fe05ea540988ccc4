"""Click's own words in Chinese: headings of help pages and messages about wrong usage.

Click translates through gettext's global domain and the locale of the machine. Office computers run with
any locale, so the few sentences that reach our users are translated here, whatever the locale is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import click
from rich.cells import cell_len

_PIECES = re.compile(r"\s+|(?:[!-~]+|.)[，。；：、）”》？！]*")
_HEADINGS = {"Options": "选项", "Commands": "命令", "Arguments": "参数"}
_HELP_OPTION = {"Show this message and exit.": "显示本说明。"}

# Tried in this order; what none of them knows is shown as Click says it.
_MESSAGES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), chinese)
    for pattern, chinese in (
        (r"^Invalid value for '(.+?)': (.+)$", r"\1：\2"),
        (r"^Invalid value: (.+)$", r"\1"),
        (r"(?<=：)'(.+)' is not one of (.+)\.$", r"“\1”不是可选值，可选值为 \2"),
        (r"(?<=：)'(.+)' is not a valid (?:integer|int|float)(?: range)?\.$", r"“\1”不是数字"),
        (r"(?<=：)(.+) is not in the range (.+)\.$", r"\1 不在范围 \2 之内"),
        (r"(?<=：)\w+ '(.+)' does not exist\.$", r"“\1”不存在"),
        (r"(?<=：)\w+ '(.+)' is a directory\.$", r"“\1”是文件夹，应为文件"),
        (r"(?<=：)\w+ '(.+)' is a file\.$", r"“\1”是文件，应为文件夹"),
        (r"(?<=：)\w+ '(.+)' is not (?:read|writ)able\.$", r"没有权限使用“\1”"),
        (r"^(No such \w+.+?) \(?Did you mean(?: one of:)? (.+)\?\)?$", r"\1（是不是 \2？）"),
        (r"^No such option:? '?([^'（]+?)'?\.?(?=$|（)", r"没有选项 \1"),
        (r"^No such command '(.+?)'\.", r"没有命令 \1"),
        (r"^Option '(.+)' requires (?:an argument|\d+ arguments)\.$", r"选项 \1 后面缺少值"),
        (r"^Option '(.+)' does not take a value\.$", r"选项 \1 后面不能带值"),
        (r"^Missing (?:option|argument|parameter) '(.+?)'\.(.*)$", r"缺少 \1"),
        (r"^Got unexpected extra arguments? \((.+)\)$", r"多余的参数：\1"),
        (r"^Could not open file '(.+)': (.+)$", r"无法打开文件“\1”：\2"),
    )
)  # fmt: skip


class ChineseFormatter(click.HelpFormatter):
    """A help page with Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{_HEADINGS.get(heading, heading)}：\n")

    def write_text(self, text: str) -> None:
        """Paragraphs folded by the width of their characters, which Click counts as one column each."""
        indent = " " * self.current_indent
        for paragraph in text.splitlines():
            lines = folded(paragraph, self.width - self.current_indent)
            self.write("".join(f"{indent}{line}\n" for line in lines))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Terms and what they mean, in two aligned columns."""
        entries = [(term, _HELP_OPTION.get(text, text)) for term, text in rows]
        widest = max((cell_len(term) for term, _ in entries), default=0)
        start = self.current_indent + min(widest, col_max) + col_spacing
        for term, text in entries:
            lines = folded(text, max(self.width - start, 20))
            gap = start - self.current_indent - cell_len(term)
            # A term too long for its column stands on a line of its own.
            first = f"{term}{' ' * gap}" if gap >= col_spacing else f"{term}\n{' ' * start}"
            body = f"\n{' ' * start}".join(lines)
            self.write(f"{' ' * self.current_indent}{first}{body}".rstrip() + "\n")


class ChineseContext(click.Context):
    """The context that makes a command use `ChineseFormatter`."""

    formatter_class = ChineseFormatter


def speak_chinese(command: click.Command) -> click.Command:
    """Make a command's help page Chinese; its own texts are its own."""
    command.context_class = ChineseContext
    if command.options_metavar == "[OPTIONS]":
        command.options_metavar = "[选项]"
    return command


def folded(text: str, width: int) -> list[str]:
    """Lines of at most `width` columns; Latin words and closing punctuation are kept in one piece."""
    lines = [""]
    for piece in _PIECES.findall(text.strip()):
        if lines[-1] and cell_len(lines[-1] + piece.rstrip()) > width:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines]


def error_message(error: click.ClickException) -> str:
    """What is wrong with a command line, in Chinese, with the usage line where there is one."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.message
    lines = [f"错误：{translated(error.format_message())}"]
    if isinstance(error, click.UsageError) and error.ctx is not None:
        lines.insert(0, error.ctx.get_usage())
        lines.append(f"运行 {error.ctx.command_path} --help 查看说明。")
    return "\n".join(lines)


def translated(message: str) -> str:
    """One of Click's messages in Chinese."""
    for pattern, chinese in _MESSAGES:
        message = pattern.sub(chinese, message)
    return message.strip()
