"""`duban ask`: answer one question, or a file of them."""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import Progress

from assistant.answer import Answer, Turn
from assistant.errors import UsageError
from assistant.settings import load_settings

if TYPE_CHECKING:
    from assistant.app import Assistant


@click.command(help="回答一个问题，或用 --batch 回答一批问题。")
@click.argument("question", required=False)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="把这一天当作今天（YYYY-MM-DD）")
@click.option("--history", type=click.Path(path_type=Path), help="此前对话的 JSON 文件")
@click.option("--json", "as_json", is_flag=True, help="在标准输出给出 JSON")
@click.option(
    "--passages",
    type=click.IntRange(1),
    metavar="条数",
    help="不回答，只列出据以回答的原文段落，最多这么多条",
)
@click.option("--batch", type=click.Path(path_type=Path), help="问题文件（JSONL，每行一个问题）")
@click.option("--output", type=click.Path(path_type=Path), help="与 --batch 合用：答案写入的文件")
def ask(
    question: str | None,
    as_of: dt.datetime | None,
    history: Path | None,
    as_json: bool,
    passages: int | None,
    batch: Path | None,
    output: Path | None,
) -> None:
    if batch is not None:
        if output is None or question is not None or history is not None or passages is not None:
            raise click.UsageError(
                "--batch 需要同时给出 --output，且不能再给问题、--history 或 --passages"
            )
        _answer_batch(batch, output, as_of.date() if as_of else None)
        return
    if question is None:
        raise click.UsageError("请给出问题，或用 --batch 指定问题文件")
    turns = _turns(_read_json(history), str(history)) if history else ()
    today = as_of.date() if as_of else None
    if passages is not None:
        rows = _passages(_open(), question, turns, today, passages)
        click.echo(json.dumps(rows, ensure_ascii=False) if as_json else _readable_passages(rows))
        return
    answer = _open().answer(question, turns, today)
    click.echo(json.dumps(_as_json(answer), ensure_ascii=False) if as_json else _readable(answer))


def _open() -> Assistant:
    from assistant.app import open_assistant

    return open_assistant(load_settings())


def _as_json(answer: Answer) -> dict[str, Any]:
    """Every field of the answer; how a chat model wrote it only where one did."""
    row = asdict(answer)
    if answer.writing is None:
        del row["writing"]
    return row


def _readable(answer: Answer) -> str:
    """The answer with its list of citations, for a terminal."""
    from assistant.render import unescaped

    lines = [unescaped(answer.text)]
    if answer.citations:
        lines.append("\n引文：")
    for one in answer.citations:
        where = f"《{one.title}》{one.section}".rstrip()
        lines.append(f"[{one.number}] {where}（{one.document}，第{one.start}—{one.end}字）")
        lines.append(f"    “{' '.join(one.quote.split())}”")
    return "\n".join(lines)


def _passages(
    assistant: Assistant, question: str, turns: tuple[Turn, ...], as_of: dt.date | None, most: int
) -> list[dict[str, Any]]:
    """The passages that a question is answered from, with their places."""
    titles = {source.path: source.title for source in assistant.sources()}
    return [
        {
            "document": found.document,
            "title": titles[found.document],
            "section": " > ".join(found.passage.path),
            "quote": found.passage.span.quote,
            "start": found.passage.span.start,
            "end": found.passage.span.end,
            "page": found.passage.page,
        }
        for found in assistant.passages(question, turns, as_of, most=most)
    ]


def _readable_passages(rows: list[dict[str, Any]]) -> str:
    lines: list[str] = []
    for number, row in enumerate(rows, 1):
        place = f"{row['document']}，第{row['start']}—{row['end']}字"
        lines.append(f"[{number}] 《{row['title']}》{row['section']}".rstrip() + f"（{place}）")
        lines.append(f"{row['quote']}\n")
    return "\n".join(lines).rstrip() or "没有找到与提问相关的段落。"


def _answer_batch(batch: Path, output: Path, as_of: dt.date | None) -> None:
    rows = list(_batch_rows(batch))
    assistant = _open()
    try:
        with (
            output.open("w", encoding="utf-8") as file,
            Progress(console=Console(stderr=True), transient=True) as progress,
        ):
            for row in progress.track(rows, description="回答"):
                file.write(
                    json.dumps(_batch_answer(assistant, row, as_of), ensure_ascii=False) + "\n"
                )
    except OSError as exc:
        raise UsageError(f"无法写入 {output}：{exc.strerror or exc}") from exc


def _batch_answer(
    assistant: Assistant, row: dict[str, Any], as_of: dt.date | None
) -> dict[str, Any]:
    started = time.perf_counter()
    answer = assistant.answer(row["question"], row["history"], row["as_of"] or as_of)
    return {
        "id": row["id"],
        "answer": answer.text,
        "refused": answer.refused,
        "citations": [
            {name: value for name, value in asdict(one).items() if name != "number"}
            for one in answer.citations
        ],
        "seconds": round(time.perf_counter() - started, 4),
    }


def _batch_rows(batch: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = batch.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as exc:
        raise UsageError(f"无法读取问题文件 {batch}：{exc}") from exc
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _batch_row(line, f"{batch} 第{number}行")


def _batch_row(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as exc:
        raise UsageError(f"{where}：不是合法的 JSON（{exc.msg}）") from exc
    if not isinstance(row, dict) or not isinstance(row.get("question"), str) or "id" not in row:
        raise UsageError(f"{where}：需要含有 id 和 question 的对象")
    try:
        as_of = dt.date.fromisoformat(row["as_of"]) if row.get("as_of") else None
    except (TypeError, ValueError) as exc:
        raise UsageError(f"{where}：as_of 应为 YYYY-MM-DD") from exc
    return {
        "id": row["id"],
        "question": row["question"],
        "history": _turns(row.get("history") or [], where),
        "as_of": as_of,
    }


def _read_json(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as exc:
        raise UsageError(f"无法读取对话文件 {path}：{exc}") from exc


def _turns(rows: object, where: str) -> tuple[Turn, ...]:
    if not isinstance(rows, list):
        raise UsageError(f"{where}：history 应为列表")
    turns = []
    for row in rows:
        if (
            not isinstance(row, dict)
            or row.get("role") not in ("user", "assistant")
            or not isinstance(row.get("content"), str)
        ):
            raise UsageError(f"{where}：history 的每一项需要 role（user 或 assistant）和 content")
        turns.append(Turn(row["role"], row["content"]))
    return tuple(turns)
