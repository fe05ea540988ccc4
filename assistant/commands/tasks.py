"""`duban tasks`: the tasks of the ledger that meet exact conditions, shown or exported."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.errors import AssistantError, UsageError

if TYPE_CHECKING:
    from assistant.export import Export
    from assistant.taskrows import TaskRow
    from ingest.records import ParsedDocument

# The values of `ledger.Role` and `export.Format`, in the order in which the help page offers them.
ROLES = ("lead", "responsible", "cooperating", "acceptance", "leader")
FORMATS = ("table", "json", "csv", "xlsx", "docx", "ics", "md")
# Forms that are no text, for which a terminal is no place.
BINARY_FORMATS = ("xlsx", "docx")


class DayType(click.ParamType[dt.date]):
    """A calendar day written YYYY-MM-DD."""

    name = "日期"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        if isinstance(value, dt.date):
            return value
        try:
            # `fromisoformat` alone also takes 20241231 and 2024-W01-1, which nobody means here.
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", str(value)) is None:
                raise ValueError
            return dt.date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"“{value}”不是日期，请按 YYYY-MM-DD 填写，如 2024-12-31", param, ctx)


@click.command(
    help="按条件列出整改任务。条件须同时满足；不带条件时列出全部任务。"
    "结果来自逐项登记的任务台账，不是相似度检索，因此列表是完整的。"
)
@click.option(
    "--document",
    "names",
    metavar="文件",
    multiple=True,
    help="只看这份文件：路径、文件名、标题的一部分或地区名。可重复。",
)
@click.option("--unit", metavar="单位", default="", help="任务涉及的单位，全称或常用简称均可。")
@click.option(
    "--role",
    type=click.Choice(ROLES),
    metavar="角色",
    help="该单位的角色：lead 牵头，responsible 责任（含措施中的责任单位），cooperating 配合，"
    "acceptance 验收，leader 责任领导（此时 --unit 填姓名）。",
)
@click.option(
    "--due-before", type=DayType(), metavar="日期", help="截止日期不晚于这一天（含当天）。"
)
@click.option(
    "--due-after", type=DayType(), metavar="日期", help="截止日期不早于这一天（含当天）。"
)
@click.option(
    "--overdue",
    is_flag=True,
    help="只看时限已过的任务。时限已过不等于没有完成，文件载明已完成的不列入。",
)
@click.option("--ongoing", is_flag=True, help="只看要求长期坚持的任务。")
@click.option(
    "--as-of", type=DayType(), metavar="日期", help="以这一天为“今天”判断时限，不填为系统日期。"
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    metavar="格式",
    help="输出格式：table 表格，json，csv，xlsx 电子表格，docx 公文格式的 Word 文件，ics 日历，md。"
    "不填时按输出文件的扩展名，否则为 table。table 只列主要栏目。",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="文件",
    help="写入这个文件；不填时写到标准输出（xlsx 和 docx 必须填）。",
)
def tasks(
    names: tuple[str, ...],
    unit: str,
    role: str | None,
    due_before: dt.date | None,
    due_after: dt.date | None,
    overdue: bool,
    ongoing: bool,
    as_of: dt.date | None,
    form: str | None,
    output: Path | None,
) -> None:
    """List the tasks that meet the options."""
    from assistant.ledger import Ledger, Role, TaskFilter
    from assistant.taskrows import task_rows

    chosen = form or _format_of(output)
    if chosen in BINARY_FORMATS and output is None:
        raise click.UsageError(f"{chosen} 格式需要用 --output 指定文件。")
    today = as_of or dt.date.today()
    documents = _library()
    wanted = TaskFilter(
        documents=_resolved(names, documents),
        unit=unit.strip(),
        role=Role(role) if role else None,
        due_before=due_before,
        due_after=due_after,
        overdue_on=today if overdue else None,
        ongoing=True if ongoing else None,
    )
    rows = task_rows(Ledger(documents).tasks(wanted), today)
    _write(_exported(rows, chosen, today, output), output)
    where = f"，已写入 {output}" if output is not None else ""
    click.echo(
        f"共 {len(rows)} 项任务{where}。" if rows else f"没有符合条件的任务{where}。", err=True
    )


def _library() -> tuple[ParsedDocument, ...]:
    from assistant.app import open_library
    from assistant.settings import load_settings

    return open_library(load_settings())


def _format_of(output: Path | None) -> str:
    suffix = output.suffix.lower().removeprefix(".") if output is not None else ""
    return suffix if suffix in FORMATS else "table"


def _resolved(
    names: tuple[str, ...], documents: tuple[ParsedDocument, ...]
) -> tuple[str, ...] | None:
    """The paths meant by the names, None when no name was given."""
    from assistant.ledger import resolve_document

    if not names:
        return None
    try:
        found = [path for name in names for path in resolve_document(name, documents)]
    except UsageError as exc:
        raise click.BadParameter(str(exc), param_hint="--document") from exc
    return tuple(dict.fromkeys(found))


def _exported(rows: tuple[TaskRow, ...], form: str, today: dt.date, output: Path | None) -> Export:
    from assistant.export import TABLE_WIDTH, Format, export_tasks

    on_screen = output is None and sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if on_screen else TABLE_WIDTH
    return export_tasks(rows, Format(form), today, width)


def _write(export: Export, output: Path | None) -> None:
    if output is None:
        click.echo(export.content, nl=False)
    else:
        try:
            output.write_bytes(export.content)
        except OSError as exc:
            raise AssistantError(f"无法写入 {output}：{exc.strerror or exc}") from exc
    for note in export.notes:
        click.echo(note, err=True)
