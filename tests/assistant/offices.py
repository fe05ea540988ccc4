"""Real assistants over files: read as an ingest reads them, and every citation of an answer checked.

Their vectors are in memory, which a store answers alike (tests/vectorstore): writing one takes longer than all else.
The assistant over the shipped documents, `corpus`, has a store.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from assistant.answer import Answer, Turn
from assistant.app import Assistant
from ingest.files.reader import Reader
from ingest.records import ParsedDocument
from vectorstore.embedding import load_embedder
from vectorstore.memory import MemoryVectors
from vectorstore.retriever import HybridIndex


def opened(folder: Path) -> Assistant:
    """An assistant over a folder's documents."""
    documents: list[ParsedDocument] = []
    with Reader(processes=1) as reader:
        for source, read in reader.read_all(reader.sources(folder)):
            assert isinstance(read, ParsedDocument), source
            documents.append(read)
    documents.sort(key=lambda parsed: parsed.source.path)
    return Assistant(documents, HybridIndex(MemoryVectors(load_embedder(), documents), documents))


def opened_over(files: Iterable[Path], home: Path) -> Assistant:
    """An assistant over copies of single files."""
    folder = home / "documents"
    folder.mkdir()
    for file in files:
        shutil.copy(file, folder)
    return opened(folder)


def opened_on(text: str, home: Path) -> Assistant:
    """An assistant over one document of the test's own."""
    folder = home / "documents"
    folder.mkdir()
    (folder / "document.txt").write_text(text, encoding="utf-8")
    return opened(folder)


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


def ask_in_turn(assistant: Assistant, questions: Sequence[str], today: dt.date) -> Answer:
    """The answer to the last of some questions, each asked behind the answers before it."""
    history: list[Turn] = []
    for question in questions[:-1]:
        answer = ask(assistant, question, today, history)
        history += [Turn("user", question), Turn("assistant", answer.text)]
    return ask(assistant, questions[-1], today, history)


def assert_told(answer: Answer, said: Iterable[str], unsaid: Iterable[str]) -> None:
    """That something is answered, that has all of `said` and nothing of `unsaid`."""
    assert not answer.refused
    assert not [one for one in said if one not in answer.text], answer.text
    assert not [one for one in unsaid if one in answer.text], answer.text
