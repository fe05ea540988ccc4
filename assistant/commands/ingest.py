"""`duban ingest`: bring the store up to date with the documents folder."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from assistant.errors import UsageError
from assistant.settings import Settings, load_settings

if TYPE_CHECKING:
    from ingest.records import ParsedDocument
    from vectorstore.build import SyncReport


@click.command(help="导入文件：解析、切分、建立台账并写入索引。只处理有变化的文件。")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="在标准输出给出 JSON 结果")
def ingest(paths: tuple[Path, ...], as_json: bool) -> None:
    if len(paths) > 1:
        raise UsageError("一次只能导入一个文件夹，请把文件放进同一个文件夹")
    settings = load_settings()
    if paths:
        settings = settings.model_copy(update={"documents": paths[0]})
    failed = run_ingest(settings, as_json=as_json)
    if failed:
        sys.exit(1)


def ensure_ingested(settings: Settings) -> None:
    """Ingest what is new or changed before the chat starts; unchanged files cost a hash each."""
    run_ingest(settings, as_json=False, quiet_when_unchanged=True)


def run_ingest(settings: Settings, *, as_json: bool, quiet_when_unchanged: bool = False) -> int:
    """Bring the store up to date and report; the number of files that failed."""
    from assistant.app import open_store
    from ingest.files.reader import Reader
    from vectorstore.build import sync

    console = Console(stderr=True)
    store = open_store(settings, rebuild=True)
    columns = (
        TextColumn("{task.description}", style="progress.description", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    try:
        with Progress(*columns, console=console, transient=True) as progress:
            bar = progress.add_task("导入文件", total=None)

            def turn(path: str, done: int, total: int) -> None:
                progress.update(bar, description=printable(f"{path} 第{done}/{total}页"))

            def advance(path: str, done: int, total: int) -> None:
                progress.update(
                    bar, completed=done, total=total, description=printable(path) or "完成"
                )

            with Reader(settings.limits, on_page=turn) as reader:
                report = sync(store, settings.documents, reader, advance)
        documents = store.load()
    finally:
        store.close()
    changed = report.added or report.updated or report.removed or report.failed
    if changed or not quiet_when_unchanged:
        _print_summary(console, report)
    for path, reason in report.failed:
        console.print(
            Text.assemble(("未导入 ", "red"), printable(f"{path}：{reason}")), soft_wrap=True
        )
    if as_json:
        click.echo(json.dumps(_as_json(report, documents), ensure_ascii=False))
    return len(report.failed)


def _print_summary(console: Console, report: SyncReport) -> None:
    console.print(
        f"新增 {len(report.added)}，更新 {len(report.updated)}，未变 {len(report.unchanged)}，"
        f"移除 {len(report.removed)}，失败 {len(report.failed)}"
    )
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
        "removed": report.removed,
        "failed": [{"document": path, "reason": reason} for path, reason in report.failed],
        "documents": [
            {
                "document": one.source.path,
                "title": one.source.title,
                "passages": len(one.passages),
                "tasks": len(one.tasks),
                "pages": len(one.source.pages) or None,
                "obtained": one.source.obtained.value,
                "confidence": one.source.confidence(),
                "remarks": list(one.remarks),
                "review": list(one.notes),
            }
            for one in documents
        ],
    }
