"""Ways of searching side by side, on public reading sets and on questions about the documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from evals.benchmarks import RetrievalSet, question_set, read_benchmarks
from evals.questions import Question, everyday_questions, read_questions
from evals.ranking import RankedQuestion, SetFigures, measure
from evals.systems import build_systems
from ingest.files.formats import TEXT
from ingest.parse import parse_file
from ingest.passages import whole_items
from ingest.records import ParsedDocument
from vectorstore.embedding import Embedder
from vectorstore.folding import fold

EVERYDAY = "日常用语"
EVERYDAY_FAR = "日常用语·共字最少的一半"


def read_documents(folder: Path) -> tuple[ParsedDocument, ...]:
    """The documents of a folder that is not ingested, by path; notes about them are left out."""
    files = sorted(
        p for p in folder.rglob("*") if p.suffix.lower() in TEXT.suffixes and p.is_file()
    )
    return tuple(parse_file(p, folder) for p in files if not p.stem.lower().startswith("readme"))


def retrieval_sets(
    documents: Sequence[ParsedDocument],
    questions: Sequence[Question],
    more_documents: Sequence[ParsedDocument],
    benchmarks: Path | None,
) -> Iterator[RetrievalSet]:
    """The public sets, the given questions, and the everyday ones with the half that is hardest by its words.

    Everyday questions are searched among `documents` and `more_documents` together; those whose evidence
    stands in neither are left out, as is a set without a question.
    """
    sets = [*read_benchmarks(benchmarks)] if benchmarks is not None else []
    sets.append(question_set("题目", documents, questions))
    pool = (*documents, *more_documents)
    everyday = question_set(EVERYDAY, pool, read_questions([everyday_questions()]))
    sets += [everyday, replace(everyday, name=EVERYDAY_FAR, questions=_farthest_half(everyday))]
    yield from (item for item in sets if item.questions)


def compare(
    sets: Sequence[RetrievalSet], embedder: Embedder, progress: Callable[[str], None]
) -> tuple[SetFigures, ...]:
    """Every system on every set; `progress` is told what is being measured."""
    results: list[SetFigures] = []
    for item in sets:
        figures = []
        for name, ranking in build_systems(item.documents, embedder).items():
            progress(f"{item.name}：{name}")
            figures.append(measure(name, ranking, item.questions))
        results.append(SetFigures(item.name, len(item.questions), tuple(figures)))
    return tuple(results)


def _farthest_half(everyday: RetrievalSet) -> tuple[RankedQuestion, ...]:
    """The half of the questions that shares the smallest part of its characters with its passage."""
    texts = [passage.span.quote for parsed in everyday.documents for passage in whole_items(parsed)]
    ranked = sorted(everyday.questions, key=lambda question: _shared_part(question, texts))
    return tuple(ranked[: len(ranked) // 2])


def _shared_part(question: RankedQuestion, texts: Sequence[str]) -> float:
    characters = {c for c in fold(question.query) if c.isalnum()}
    gold = {n for quote in question.quotes for alternative in quote for n in alternative}
    held = set(fold("".join(texts[n] for n in sorted(gold))))
    return len(characters & held) / max(len(characters), 1)
