"""Real assistants over files: read by the real ingest into a real store, and every citation of an answer checked."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from assistant.answer import Answer, Turn
from assistant.app import Assistant, open_assistant
from assistant.commands.ingest import run_ingest
from assistant.settings import Settings


def opened(folder: Path, home: Path) -> Assistant:
    """An assistant over a folder's documents."""
    settings = Settings(documents=folder, home=home)
    assert run_ingest(settings, as_json=False) == 0
    return open_assistant(settings)


def opened_over(files: Iterable[Path], home: Path) -> Assistant:
    """An assistant over copies of single files."""
    folder = home / "documents"
    folder.mkdir()
    for file in files:
        shutil.copy(file, folder)
    return opened(folder, home / "state")


def opened_on(text: str, home: Path) -> Assistant:
    """An assistant over one document of the test's own."""
    folder = home / "documents"
    folder.mkdir()
    (folder / "document.txt").write_text(text, encoding="utf-8")
    return opened(folder, home / "state")


def ask(
    assistant: Assistant, question: str, today: dt.date, history: Sequence[Turn] = ()
) -> Answer:
    """The answer on a day; its citations are the documents' words, and none had to be taken out."""
    answer = assistant.answer(question, history, today)
    texts = {one.path: one.text for one in assistant.sources()}
    for one in answer.citations:
        assert texts[one.document][one.start : one.end] == one.quote
    assert "未通过引文核对" not in answer.text
    return answer
