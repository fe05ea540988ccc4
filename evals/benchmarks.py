"""Public reading sets in SQuAD's layout, and question files, as sets of ranked questions over passages."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.errors import BenchmarkError
from evals.evidence import SearchableText
from evals.questions import Evidence, Question
from evals.ranking import RankedQuestion
from evals.retrieval import query_of
from ingest.passages import whole_items
from ingest.records import ParsedDocument, Passage, SourceDocument, Span

_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Questions and the documents whose passages they are searched among."""

    name: str
    documents: tuple[ParsedDocument, ...]
    questions: tuple[RankedQuestion, ...]


def read_benchmarks(folder: Path) -> tuple[RetrievalSet, ...]:
    """Every `.json` file of the folder: a question should find its paragraph among all of the file.

    Raises:
        BenchmarkError: the folder has no such file, or one is not in SQuAD's layout.
    """
    files = sorted(folder.glob("*.json"))
    if not files:
        raise BenchmarkError(f"{folder} 中没有 .json 评测集。")
    return tuple(_read(file) for file in files)


def question_set(
    name: str, documents: Sequence[ParsedDocument], questions: Iterable[Question]
) -> RetrievalSet:
    """The questions that need evidence which all stands in `documents`."""
    places = _Places(documents)
    ranked = [
        RankedQuestion(q.id, query_of(q), tuple(places.of(e) for e in q.evidence))
        for q in questions
        if q.needs_evidence
    ]
    return RetrievalSet(name, tuple(documents), tuple(r for r in ranked if all(r.quotes)))


def _read(file: Path) -> RetrievalSet:
    documents: list[ParsedDocument] = []
    questions: list[RankedQuestion] = []
    try:
        articles = json.loads(file.read_text(encoding="utf-8"))["data"]
        for paragraph in (p for article in articles for p in article["paragraphs"]):
            gold = ((frozenset({len(documents)}),),)
            documents.append(_one_passage(f"{len(documents)}", paragraph["context"]))
            questions += [
                RankedQuestion(str(qa["id"]), qa["question"], gold) for qa in paragraph["qas"]
            ]
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise BenchmarkError(f"{file} 不是 SQuAD 格式的评测集。") from exc
    if not questions:
        raise BenchmarkError(f"{file} 中没有题目。")
    return RetrievalSet(file.stem, tuple(documents), tuple(questions))


def _one_passage(path: str, text: str) -> ParsedDocument:
    found = [Span(m.start(), m.end(), m[0]) for m in _SENTENCE.finditer(text) if m[0].strip()]
    span = Span(0, len(text), text)
    passage = Passage(path, "", (), span, tuple(found) or (span,))
    sha256 = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return ParsedDocument(SourceDocument(path, sha256, text, path), (), (passage,), (), (), ())


class _Places:
    """Where quotes stand among the passages, which are numbered through all documents."""

    def __init__(self, documents: Sequence[ParsedDocument]) -> None:
        self._texts = {d.source.path: SearchableText.of(d.source.text) for d in documents}
        self._passages: dict[str, list[tuple[int, Span]]] = {}
        number = 0
        for parsed in documents:
            for passage in whole_items(parsed):
                place = (number, passage.span)
                self._passages.setdefault(parsed.source.path, []).append(place)
                number += 1

    def of(self, evidence: Evidence) -> tuple[frozenset[int], ...]:
        """For each place of the quote the passages that hold it; none where no passages do."""
        text = self._texts.get(evidence.document)
        if text is None:
            return ()
        passages = self._passages.get(evidence.document, [])
        held = [self._holders(o, passages) for o in text.occurrences(evidence.quote)]
        return tuple(dict.fromkeys(h for h in held if h))

    @staticmethod
    def _holders(offsets: Sequence[int], passages: Sequence[tuple[int, Span]]) -> frozenset[int]:
        owners = [next((n for n, span in passages if o in span), None) for o in offsets]
        found = {owner for owner in owners if owner is not None}
        return frozenset(found) if None not in owners else frozenset()
