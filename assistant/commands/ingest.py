"""`duban ingest`: bring the store up to date with the documents folder."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from assistant.errors import BusyError, UsageError
from assistant.settings import Settings, load_settings

if TYPE_CHECKING:
    from ingest.records import ParsedDocument
    from vectorstore.build import SyncReport

# A scanned page takes seconds and a file of them minutes, so speed is judged over a while.
_SPEED_OVER_S = 300


@click.command(help="导入文件：解析、切分、建立台账并写入索引。只处理有变化的文件。")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="在标准输出给出 JSON 结果")
@click.option("--rebuild", is_flag=True, help="不用现有索引，从原文件重新建立；完成前仍用原来的")
def ingest(paths: tuple[Path, ...], as_json: bool, rebuild: bool) -> None:
    if len(paths) > 1:
        raise UsageError("一次只能导入一个文件夹，请把文件放进同一个文件夹")
    settings = load_settings()
    if paths:
        settings = settings.model_copy(update={"documents": paths[0]})
    failed = run_ingest(settings, as_json=as_json, rebuild=rebuild)
    if failed:
        sys.exit(1)


def ensure_ingested(settings: Settings) -> None:
    """Ingest what is new or changed before the chat starts; unchanged files cost a hash each.

    Where another ingest is running and there is something to answer from, it is not waited for.
    """
    from assistant.app import open_generations

    try:
        run_ingest(
            settings,
            as_json=False,
            quiet_when_unchanged=True,
            wait=not open_generations(settings).current(),
        )
    except BusyError:
        message = "另一个导入正在进行，先用现有的内容启动；它完成后网页会自动换成新的内容。"
        click.echo(message, err=True)


def run_ingest(
    settings: Settings,
    *,
    as_json: bool,
    quiet_when_unchanged: bool = False,
    rebuild: bool = False,
    wait: bool = True,
) -> int:
    """Bring the store up to date and report; the number of files that failed."""
    from assistant.app import open_generations
    from assistant.ingestion import ingest_documents

    console = Console(stderr=True)

    def waiting() -> None:
        console.print("另一个导入正在进行，等它完成后继续……")

    with _Bars(console) as bars:
        report = ingest_documents(
            settings, bars, rebuild=rebuild, waiting=waiting if wait else None
        )
    if report.changed or report.failed or report.duplicates or not quiet_when_unchanged:
        _print_summary(console, report)
    for path, reason in report.failed:
        console.print(
            Text.assemble(("未导入 ", "red"), printable(f"{path}：{reason}")), soft_wrap=True
        )
    if as_json:
        opened = open_generations(settings).open()
        documents: tuple[ParsedDocument, ...] = ()
        if opened is not None:
            documents = opened[1].load()
            opened[1].close()
        click.echo(json.dumps(_as_json(report, documents), ensure_ascii=False))
    return len(report.failed)


class _Bars:
    """A bar for all files with the time left, and one for each file whose pages are being read."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            TextColumn("{task.description}", style="progress.description", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            speed_estimate_period=_SPEED_OVER_S,
        )
        self._all = self._progress.add_task("导入文件", total=None)
        self._done = 0
        self._files: dict[str, TaskID] = {}

    def __enter__(self) -> _Bars:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def file(self, path: str, done: int, total: int) -> None:
        """A file is read; what comes next is to store it."""
        self._done = done
        if path in self._files:
            self._progress.remove_task(self._files.pop(path))
        description = printable(path) or "写入索引"
        self._progress.update(self._all, total=total, description=description)
        self._count()

    def page(self, path: str, done: int, total: int) -> None:
        if path not in self._files:
            self._files[path] = self._progress.add_task(printable(f"{path}（页）"), total=total)
        self._progress.update(self._files[path], completed=done, total=total)
        self._count()

    def _count(self) -> None:
        """Files done, and the parts of those that are being read."""
        reading = [one for one in self._progress.tasks if one.id in self._files.values()]
        parts = sum(one.completed / one.total for one in reading if one.total)
        self._progress.update(self._all, completed=self._done + parts)


def _print_summary(console: Console, report: SyncReport) -> None:
    counted = (
        *(("新增", report.added), ("更新", report.updated), ("未变", report.unchanged)),
        *(("改名", report.renamed), ("重复", report.duplicates), ("移除", report.removed)),
        ("失败", report.failed),
    )
    console.print("，".join(f"{name} {len(paths)}" for name, paths in counted))
    if report.resumed:
        found = f"接着上次没有完成的导入：其中 {len(report.resumed)} 份文件上次已读好，没有重读"
        console.print(found)
    for old, new in report.renamed:
        console.print(Text(printable(f"  {new}：由 {old} 改名，内容未变")))
    for path, same in report.duplicates:
        console.print(Text(printable(f"  {path}：与 {same} 完全相同，只算一份")))
    for parsed in report.documents:
        console.print(Text(printable(f"  {parsed.source.path}：{_became(parsed)}")))
        for remark in parsed.remarks:
            console.print(Text(printable(f"    注意：{remark}")))


def _became(parsed: ParsedDocument) -> str:
    """What a file became, in one line."""
    source = parsed.source
    parts = [f"{len(source.pages)} 页"] if source.pages else []
    parts += [
        f"{len(parsed.passages)} 段",
        f"{len(parsed.tasks)} 项任务",
        f"{len(parsed.deadlines)} 个时限",
        f"{len(parsed.indicators)} 个指标",
    ]
    if parsed.tables:
        parts.append(f"{len(parsed.tables)} 张数据表")
    if (confidence := source.confidence()) is not None:
        parts.append(f"文字识别，平均置信度 {int(100 * confidence)}%")
    if review := len(parsed.notes):
        parts.append(f"{review} 处待复核")
    return "，".join(parts)


def printable(text: str) -> str:
    """Text without what would steer the terminal; names of files may hold anything."""
    return "".join(one if one.isprintable() else "�" for one in text)


def _as_json(report: SyncReport, documents: Sequence[ParsedDocument]) -> dict[str, object]:
    """The report with every document stored, unchanged ones included."""
    return {
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "renamed": [{"from": old, "document": new} for old, new in report.renamed],
        "duplicates": [{"document": path, "same_as": same} for path, same in report.duplicates],
        "removed": report.removed,
        "resumed": report.resumed,
        "failed": [{"document": path, "reason": reason} for path, reason in report.failed],
        "documents": [
            {
                "document": one.source.path,
                "title": one.source.title,
                "passages": len(one.passages),
                "tasks": len(one.tasks),
                "tables": len(one.tables),
                "pages": len(one.source.pages) or None,
                "obtained": one.source.obtained.value,
                "confidence": one.source.confidence(),
                "remarks": list(one.remarks),
                "review": list(one.notes),
            }
            for one in documents
        ],
    }
