"""`duban tasks`: the tasks of the ledger that meet exact conditions, shown or exported."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import sys
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

from assistant.errors import AssistantError, UsageError
from ingest.dates import chinese_date

if TYPE_CHECKING:
    from assistant.export import Export
    from assistant.grouping import Group
    from assistant.taskrows import TaskRow
    from ingest.records import ParsedDocument

# The values of `ledger.Role`, `grouping.By`, `grouping.Sort` and `export.Format`, in the order in which the help
# page offers them.
ROLES = ("lead", "responsible", "cooperating", "acceptance", "supervising", "leader")
GROUPS = ("unit", "leader", "deadline", "document")
SORTS = ("document", "deadline", "unit", "leader", "title")
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


class SpanType(click.ParamType[dt.timedelta]):
    """A number of days, weeks or months of thirty days: 30d, 2w, 3m, or 30天."""

    name = "时长"
    _DAYS = MappingProxyType({"d": 1, "天": 1, "w": 7, "周": 7, "m": 30, "月": 30})

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.timedelta:
        if isinstance(value, dt.timedelta):
            return value
        written = re.fullmatch(r"([0-9]{1,4})(d|天|w|周|m|月)", str(value))
        if written is None:
            self.fail(f"“{value}”不是时长，请写成 30d、2w 或 3m（天、周、月）", param, ctx)
        return dt.timedelta(days=int(written[1]) * self._DAYS[written[2]])


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
    "acceptance 验收，supervising 督导，leader 责任领导（此时 --unit 填姓名）。",
)
@click.option(
    "--due-before", type=DayType(), metavar="日期", help="截止日期不晚于这一天（含当天）。"
)
@click.option(
    "--due-after", type=DayType(), metavar="日期", help="截止日期不早于这一天（含当天）。"
)
@click.option(
    "--due-within",
    type=SpanType(),
    metavar="时长",
    help="从“今天”起在这段时间内到期，如 30d、2w、3m；文件载明已完成的不列入。",
)
@click.option(
    "--overdue",
    is_flag=True,
    help="只看时限已过的任务。时限已过不等于没有完成，文件载明已完成的不列入。",
)
@click.option("--ongoing", is_flag=True, help="只看要求长期坚持的任务。")
@click.option(
    "--by",
    "by",
    type=click.Choice(GROUPS),
    metavar="分组",
    help="分组列出，并给出各组数量：unit 单位（给了 --role 按该角色，否则按牵头单位，无牵头的按责任单位），"
    "leader 责任领导，deadline 到期月份，document 文件。涉及多个单位或领导的任务在各组都列。",
)
@click.option(
    "--sort",
    type=click.Choice(SORTS),
    metavar="排序",
    default="document",
    help="排序：document 文件原有顺序（默认），deadline 时限，unit 单位，leader 责任领导，title 任务。",
)
@click.option("--descending", is_flag=True, help="倒序。")
@click.option("--count", "count_only", is_flag=True, help="只给数量；与 --by 同用时给各组数量。")
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
    due_within: dt.timedelta | None,
    overdue: bool,
    ongoing: bool,
    by: str | None,
    sort: str,
    descending: bool,
    count_only: bool,
    as_of: dt.date | None,
    form: str | None,
    output: Path | None,
) -> None:
    """List the tasks that meet the options."""
    from assistant.grouping import By, Sort, grouped, sorted_rows
    from assistant.ledger import Ledger, Reported, Role, TaskFilter
    from assistant.taskrows import task_rows

    chosen = form or _format_of(output)
    if count_only and chosen not in ("table", "json"):
        raise click.UsageError(f"--count 只能输出 table 或 json，不能输出 {chosen}。")
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
    entries = Ledger(documents).tasks(wanted)
    if due_within is not None:
        entries = tuple(
            entry
            for entry in entries
            if entry.due is not None
            and today <= entry.due <= today + due_within
            and entry.reported is not Reported.DONE
        )
    rows = sorted_rows(task_rows(entries, today), Sort(sort), descending=descending)
    groups = grouped(rows, By(by), wanted.role) if by else None
    if count_only:
        export = _counts(rows, groups, as_json=chosen == "json")
    else:
        export = _exported(rows, groups, chosen, today, output)
    _write(export, output)
    where = f"，已写入 {output}" if output is not None else ""
    found = f"共 {len(rows)} 项任务{where}。" if rows else f"没有符合条件的任务{where}。"
    click.echo(found + _kinds(rows, today), err=True)


def _kinds(rows: tuple[TaskRow, ...], today: dt.date) -> str:
    """How many of the tasks are of each kind that somebody has to watch."""
    kinds = (
        (sum(row.overdue for row in rows), "时限已过"),
        (sum(row.ongoing for row in rows), "长期坚持"),
        (sum(row.due is None and not row.ongoing for row in rows), "无固定日期"),
        (sum(bool(row.review) for row in rows), "待人工核对"),
    )
    told = "，".join(f"{name} {count} 项" for count, name in kinds if count)
    return f"截至{chinese_date(today)}：{told}。" if told else ""


def _counts(
    rows: tuple[TaskRow, ...], groups: tuple[Group, ...] | None, *, as_json: bool
) -> Export:
    """The number of tasks, or of those in each group."""
    from assistant.export import Export

    counts = {group.name: len(group.rows) for group in groups or ()}
    if as_json:
        named = [{"group": name, "count": count} for name, count in counts.items()]
        record = {"total": len(rows)} | ({"groups": named} if groups is not None else {})
        return Export((json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode())
    lines = [f"{count}\t{name}" for name, count in counts.items()] or [str(len(rows))]
    return Export("".join(f"{line}\n" for line in lines).encode())


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


def _exported(
    rows: tuple[TaskRow, ...],
    groups: tuple[Group, ...] | None,
    form: str,
    today: dt.date,
    output: Path | None,
) -> Export:
    from assistant.export import TABLE_WIDTH, Format, export_groups, export_tasks

    on_screen = output is None and sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if on_screen else TABLE_WIDTH
    if groups is not None:
        return export_groups(groups, Format(form), today, width)
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
