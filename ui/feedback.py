"""`duban feedback`: what users thought of answers, as a question set that `duban eval --questions` can ask again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.errors import AssistantError
from assistant.settings import load_settings

if TYPE_CHECKING:
    from ui.store import Feedback

_FIGURE = re.compile(r"\d+(?:\.\d+)?\s*(?:%|％|[^\W\d_]{1,4})?")
_MOST_FIGURES = 5
_FORBIDDEN_CHARS = 60


@click.command(
    help="把网页上的“有用”“有问题”导出为问题集（JSONL），可用 duban eval --questions 重新测评。"
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="文件",
    required=True,
    help="写入这个文件。",
)
def feedback(output: Path) -> None:
    """Write the opinions kept in the state folder."""
    from ui.store import ConversationStore

    kept = ConversationStore(load_settings().state_folder).feedback()
    if not kept:
        raise AssistantError("还没有评价。请先在网页上对回答点“有用”或“有问题”。")
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in question_rows(kept)]
    try:
        output.write_text("".join(lines), encoding="utf-8")
    except OSError as exc:
        raise AssistantError(f"无法写入 {output}：{exc.strerror or exc}") from exc
    click.echo(f"共 {len(lines)} 条评价，已写入 {output}。", err=True)


def question_rows(kept: tuple[Feedback, ...]) -> Iterator[dict[str, Any]]:
    """Rows of a question set.

    An answer found useful has to come again: with its proven figures and from the same places. One found wrong
    must not come again as it was; what it should say is left to the person who edits the set.
    """
    for number, one in enumerate(kept, start=1):
        exchange = one.exchange
        useful = exchange.verdict == "up"
        yield {
            "id": f"feedback-{number:04d}",
            "type": f"feedback-{exchange.verdict}",
            "history": [{"role": role, "content": content} for role, content in one.history],
            "question": exchange.question,
            "as_of": exchange.as_of.isoformat(),
            "must": [[figure] for figure in _figures(one)] if useful else [],
            "must_not": [] if useful else [_beginning(exchange.answer.text)],
            "evidence": _evidence(one) if useful else [],
            "answerable": not (useful and exchange.answer.refused),
            "note": _note(one),
        }


def _figures(one: Feedback) -> list[str]:
    """Figures of the answer that its quotes contain, the first of them."""
    quoted = "".join(citation.quote for citation in one.exchange.answer.citations)
    said = re.sub(r"\[\d+\]", "", one.exchange.answer.text)
    found = dict.fromkeys(figure.strip() for figure in _FIGURE.findall(said))
    return [figure for figure in found if figure in quoted][:_MOST_FIGURES]


def _beginning(text: str) -> str:
    """Enough of an answer to know it by, without its marks."""
    lines = [re.sub(r"\[\d+\]|[|*`]", "", line).strip() for line in text.splitlines()]
    return next((line for line in lines if line), text)[:_FORBIDDEN_CHARS]


def _evidence(one: Feedback) -> list[dict[str, str]]:
    return [
        {"document": citation.document, "quote": citation.quote}
        for citation in one.exchange.answer.citations
        if citation.quote.strip()
    ]


def _note(one: Feedback) -> str:
    """When and why, and what answered."""
    versions = "，".join(f"{name} {value[:12]}" for name, value in one.versions.items())
    reason = f"{one.exchange.reason}；" if one.exchange.reason else ""
    return f"{reason}{one.given:%Y-%m-%d}；{versions}"
