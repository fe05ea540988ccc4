"""The built-in model read by Duban beside the same folder read by sentence-transformers: `python -m evals.encoding`.

Each in a process of its own with one thread, by the processor's time, which other work on the machine does not
count in; the ratio of the two is what can be compared between machines.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from evals.comparison import read_documents

READERS = {
    "督办": "from vectorstore.embedding import StaticEmbedder\n"
    "encode = StaticEmbedder(Path(folder)).embed_documents",
    "sentence-transformers": "from sentence_transformers import SentenceTransformer\n"
    "model = SentenceTransformer(folder, device='cpu')\n"
    "encode = lambda texts: model.encode(texts, batch_size=1024, show_progress_bar=False)",
}
_MEASURED = """
import json, sys, time
from pathlib import Path
started = time.process_time()
given = json.load(sys.stdin)
folder = given["folder"]
{reader}
encode(["河水脏了怎么治"])
first = time.process_time() - started
rounds = []
for _ in range(given["rounds"]):
    started = time.process_time()
    encode(given["texts"])
    rounds.append(time.process_time() - started)
print(json.dumps([first, min(rounds)]))
"""
_ONE_THREAD = {
    name: "1"
    for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS")
}


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds of one core from before the import to the first vector, and characters encoded in one."""

    reader: str
    first_vector_s: float
    chars_per_s: float


def measure(reader: str, folder: Path, texts: list[str], rounds: int = 5) -> Speed:
    """One of `READERS` on the model in `folder`; the best of some rounds over `texts`."""
    given = {"folder": str(folder), "texts": texts, "rounds": rounds}
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED.format(reader=READERS[reader])],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | _ONE_THREAD | {"TOKENIZERS_PARALLELISM": "false"},
    )
    first, all_texts = json.loads(done.stdout.splitlines()[-1])
    return Speed(reader, first, sum(map(len, texts)) / all_texts)


def main() -> None:
    """Measure on the sentences of the shipped documents and print a table for the model's card."""
    from assistant.settings import load_settings
    from vectorstore.embedding import BUILTIN_MODEL
    from vectorstore.folding import fold_query

    texts = [
        fold_query(sentence.quote)
        for parsed in read_documents(load_settings().documents)
        for passage in parsed.passages
        for sentence in passage.sentences
    ]
    own, reference = (measure(reader, BUILTIN_MODEL, texts) for reader in READERS)
    lines = ["| reader | characters/s | import to first vector |", "|---|---|---|"]
    lines += [
        f"| {one.reader} | {one.chars_per_s / 1e6:.2f} million | {one.first_vector_s:.2f} s |"
        for one in (own, reference)
    ]
    faster = own.chars_per_s / reference.chars_per_s
    sooner = reference.first_vector_s / own.first_vector_s
    lines.append(f"| ratio | {faster:.1f} times as many | {sooner:.0f} times as soon |")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
