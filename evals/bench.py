"""How fast Duban is on this machine: `python -m evals.bench`.

Figures for comparing versions on one machine, which is why nothing here fails for being slow.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from evals.scoring import nearest_rank

if TYPE_CHECKING:
    from assistant.settings import Settings
    from evals.questions import Question

COLD_RUNS = 3
ENCODING_RUNS = 5


@dataclass(frozen=True, slots=True)
class Timing:
    """How long something took, in seconds, each time it was done."""

    name: str
    seconds: tuple[float, ...]
    remark: str = ""


def measure(documents: Path, home: Path) -> list[Timing]:
    """Every timing, over the documents of a folder, with an index under `home`."""
    from assistant.app import open_assistant
    from assistant.settings import load_settings
    from evals.questions import default_question_files, read_questions

    settings = load_settings().model_copy(update={"documents": documents, "home": home})
    questions = read_questions(default_question_files())
    timings = _ingesting(settings)
    timings.append(_cold_answers(settings, questions[0]))
    assistant = open_assistant(settings)
    assistant.answer(questions[0].question)
    warm = tuple(
        _timed(partial(assistant.answer, one.question, one.history, one.as_of)) for one in questions
    )
    timings.append(Timing("回答（已启动）", warm, f"{len(questions)} 题"))
    timings.append(_encoding(settings))
    return timings


def show(timings: list[Timing]) -> None:
    """Print the timings as a table."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title="用时")
    table.add_column("")
    for heading in ("次数", "中位数", "95% 分位"):
        table.add_column(heading, justify="right")
    table.add_column("说明")
    for one in timings:
        figures = (statistics.median(one.seconds), nearest_rank(one.seconds, 0.95))
        table.add_row(one.name, str(len(one.seconds)), *map(_shown, figures), one.remark)
    Console().print(table)


def _ingesting(settings: Settings) -> list[Timing]:
    from assistant.commands.ingest import run_ingest

    first = _timed(lambda: run_ingest(settings, as_json=False))
    again = _timed(lambda: run_ingest(settings, as_json=False, quiet_when_unchanged=True))
    size = sum(file.stat().st_size for file in settings.documents.rglob("*") if file.is_file())
    return [
        Timing("导入全部文件", (first,), f"{size / 1024:.0f} KiB，含加载"),
        Timing("再次导入（无变化）", (again,)),
    ]


def _cold_answers(settings: Settings, question: Question) -> Timing:
    """A whole `duban ask`, from starting Python to the end of the process."""
    command = [
        sys.executable,
        "-c",
        "from assistant.cli import main; main()",
        "ask",
        question.question,
    ]
    places = {
        "DUBAN_HOME": str(settings.home),
        "DUBAN_DOCUMENTS": str(settings.documents.resolve()),
    }

    def ask() -> None:
        subprocess.run(command, env=os.environ | places, stdout=subprocess.DEVNULL, check=True)

    return Timing("回答（冷启动）", tuple(_timed(ask) for _ in range(COLD_RUNS)), "duban ask 全程")


def _encoding(settings: Settings) -> Timing:
    from assistant.app import open_embedder, open_library

    sentences = [
        sentence.quote
        for parsed in open_library(settings)
        for passage in parsed.passages
        for sentence in passage.sentences
    ]
    embedder = open_embedder(settings)
    seconds = tuple(
        _timed(lambda: embedder.embed_documents(sentences)) for _ in range(ENCODING_RUNS)
    )
    speed = len(sentences) / statistics.median(seconds)
    return Timing("句向量编码", seconds, f"{len(sentences)} 句，每秒 {speed:.0f} 句")


def _timed(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def _shown(seconds: float | None) -> str:
    if seconds is None:
        return "—"
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"


def main() -> None:
    """Measure with a temporary index and print the table."""
    from assistant.settings import load_settings

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        show(measure(load_settings().documents, Path(home)))


if __name__ == "__main__":
    main()
