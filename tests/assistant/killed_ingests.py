"""Ingests in processes of their own that are killed, and what the store holds afterwards, as JSON lines.

    python killed_ingests.py FOLDER ROUNDS SEED

All is imported once, the model and the vocabularies are read once, and every process is forked from here, before any
store is open: starting Python anew would take longer than the ingest. Each round writes another edition of all documents, kills the ingest of it at a random moment
and tells which edition of which document a new process finds.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import bm25s
import chromadb.api.rust
import httpx

import vectorstore.embedding.static
from assistant.app import open_generations, read_generation
from assistant.ingestion import ingest_documents
from assistant.settings import Settings
from ingest.parse import parse_file
from vectorstore.embedding import load_embedder
from vectorstore.retriever import HybridIndex

PRELOADED = (bm25s, chromadb.api.rust, httpx, vectorstore.embedding.static)
FILES = 5


class Quiet:
    """No progress is shown."""

    def file(self, path: str, done: int, total: int) -> None: ...

    def page(self, path: str, done: int, total: int) -> None: ...


def write_edition(folder: Path, edition: int) -> None:
    """All documents anew, the last one under another name."""
    for old in folder.glob("新*.txt"):
        old.unlink()
    for number in range(FILES):
        name = f"新{edition}.txt" if number == FILES - 1 else f"{number}.txt"
        text = f"{number}号河整改任务清单\n\n一、{number}号河黑臭\n牵头单位：第{edition}局\n整改时限：2027年{number + 1}月\n"
        measures = "".join(
            f"（{n}）第{edition}局清理{number}号河第{n}段淤泥。\n" for n in range(1, 9)
        )
        (folder / name).write_text(f"{text}整改措施：\n{measures}", encoding="utf-8")


def in_child(work: Callable[[], None]) -> int:
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        status = 0
        try:
            work()
        except Exception:  # noqa: BLE001 - whatever it is, the parent is told
            traceback.print_exc()
            status = 1
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    return pid


def ingest(settings: Settings) -> None:
    ingest_documents(settings, Quiet(), waiting=lambda: None)


def tell_state(settings: Settings) -> None:
    """The editions that documents, ledger and vectors are of; they have to be the same one."""
    generation, store, documents = read_generation(open_generations(settings), settings.documents)
    found = HybridIndex(store, documents).search_sentences(["清理淤泥"], 30)[0]
    vectors = [hit.span.quote for hit in found if hit.dense > 0]
    units = [unit.name for parsed in documents for task in parsed.tasks for unit in task.lead_units]
    state = {
        "generation": generation,
        "paths": [parsed.source.path for parsed in documents],
        "units": units,
        "vectors": sorted({quote.partition("局")[0].partition("第")[2] for quote in vectors}),
    }
    store.close()
    sys.stdout.write(json.dumps(state, ensure_ascii=False) + "\n")


def wait(pid: int) -> None:
    assert os.waitpid(pid, 0)[1] == 0, "a process failed"


def main(folder: Path, rounds: int, seed: int) -> None:
    chance = random.Random(seed)
    settings = Settings(documents=folder / "documents", home=folder / "home")
    settings.documents.mkdir(parents=True)
    write_edition(settings.documents, 0)
    load_embedder()
    parse_file(settings.documents / "0.txt", settings.documents)
    wait(in_child(lambda: ingest(settings)))
    write_edition(settings.documents, 1)
    began = time.monotonic()
    both = [in_child(lambda: ingest(settings)) for _ in range(2)]
    for pid in both:
        wait(pid)
    lasting = time.monotonic() - began
    wait(in_child(lambda: tell_state(settings)))
    for edition in range(2, rounds + 2):
        write_edition(settings.documents, edition)
        pid = in_child(lambda: ingest(settings))
        time.sleep(chance.uniform(0, 1.3 * lasting))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        wait(in_child(lambda: tell_state(settings)))
    wait(in_child(lambda: ingest(settings)))
    wait(in_child(lambda: tell_state(settings)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
