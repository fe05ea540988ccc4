"""Recall of the evidence, and the plain pipeline it is compared with."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from tiny_assistant import DOCUMENT, TEXT, SentenceIndex, TinyAssistant, ask, span_of

from assistant.answer import Turn
from evals.baselines import CHUNK_CHARS, PlainPipeline, cut_words, split
from evals.evidence import Stretch, searchable
from evals.questions import Question, default_question_files, read_questions
from evals.retrieval import by_words, measure_retrieval, passages_for, passages_of, query_of
from ingest.records import SourceDocument

CORPUS = searchable([DOCUMENT])
DOCUMENTS = Path(__file__).parents[2] / "documents"


def public_documents() -> list[SourceDocument]:
    return [
        SourceDocument(path.name, hashlib.sha256(path.read_bytes()).hexdigest(), text, path.stem)
        for path in sorted(DOCUMENTS.glob("*.txt"))
        for text in [path.read_text(encoding="utf-8-sig")]
    ]


def test_recall_is_the_share_of_quotes_within_the_first_k() -> None:
    first, second = span_of("县水务局牵头"), span_of("北山造林500亩")

    def search(question: Question, k: int) -> list[Stretch]:
        return [
            Stretch(DOCUMENT.path, first.start, first.end),
            Stretch(DOCUMENT.path, 0, 3),
            Stretch(DOCUMENT.path, second.start, second.end),
        ]

    question = ask("？", evidence=[first.quote, second.quote])
    scores = measure_retrieval("手工", search, [question], CORPUS)
    assert scores.items[0].recall == {1: 0.5, 3: 1.0, 5: 1.0, 10: 1.0}
    assert scores.items[0].retrieved_chars == 6 + 3 + 8


def test_a_quote_over_two_passages_needs_both() -> None:
    span = span_of("县水务局牵头，2029年底前")
    middle = span.start + 7

    def search(question: Question, k: int) -> list[Stretch]:
        return [
            Stretch(DOCUMENT.path, span.start, middle),
            Stretch(DOCUMENT.path, middle, span.end),
        ]

    scores = measure_retrieval("手工", search, [ask("？", evidence=[span.quote])], CORPUS)
    assert scores.recall(1) == 0
    assert scores.recall(3) == 1


def test_recall_by_type_and_only_of_questions_that_need_evidence() -> None:
    questions = [
        ask("青石河清淤", id="a", type="measure", evidence=["完成青石河清淤工程"]),
        ask("青石河清淤", id="b", type="target", evidence=["北山造林500亩"]),
        ask("青石河清淤", id="c", type="trap"),
        ask("青石河清淤", id="d", answerable=False, evidence=["北山"]),
    ]
    scores = measure_retrieval("句子", passages_of(SentenceIndex()), questions, CORPUS)
    assert scores.n == 2
    assert scores.types == ("measure", "target")
    assert (scores.recall(1), scores.recall(1, "measure"), scores.recall(1, "target")) == (
        0.5,
        1,
        0,
    )
    assert scores.recall(1, "trap") is None


def test_what_duban_answers_from_is_measured_too() -> None:
    scores = measure_retrieval(
        "句子", passages_for(TinyAssistant()), [ask("北山造林", evidence=["北山造林500亩"])], CORPUS
    )
    assert scores.recall(1) == 1


def test_nothing_to_search_for_means_nothing_known() -> None:
    scores = measure_retrieval("句子", passages_of(SentenceIndex()), [ask("？")], CORPUS)
    assert scores.recall(1) is None
    assert scores.mean_retrieved_chars is None


def test_a_follow_up_is_searched_with_what_the_user_said_before() -> None:
    history = [Turn("user", "武清PM2.5目标"), Turn("assistant", "38微克")]
    assert query_of(ask("那和平呢？", history=history)) == "武清PM2.5目标 那和平呢？"


def test_words_are_lower_case_and_never_blank() -> None:
    assert cut_words("PM2.5 目标\n") == ["pm2.5", "目标"]


def test_chunks_stand_in_the_text_and_leave_nothing_visible_out() -> None:
    for document in public_documents():
        chunks = split(document)
        assert all(0 < chunk.end - chunk.start <= CHUNK_CHARS for chunk in chunks)
        covered = {i for chunk in chunks for i in range(chunk.start, chunk.end)}
        assert not [i for i, c in enumerate(document.text) if not c.isspace() and i not in covered]


def test_the_plain_pipeline_finds_nothing_when_no_word_is_known() -> None:
    pipeline = PlainPipeline.over([DOCUMENT])
    assert pipeline.search("zzz", 5) == []
    [best] = pipeline.search("青石河", 5)
    assert "青石河" in TEXT[best.start : best.end]


def test_the_plain_pipeline_reaches_the_known_figures() -> None:
    documents = public_documents()
    [development] = [path for path in default_question_files() if path.stem == "development"]
    scores = measure_retrieval(
        "普通检索",
        by_words(PlainPipeline.over(documents).search),
        read_questions([development]),
        searchable(documents),
    )
    assert scores.n == 85
    assert [scores.recall(k) for k in (1, 3, 5, 10)] == pytest.approx(
        [0.54, 0.74, 0.81, 0.90], abs=0.005
    )
    assert scores.recall(5, "deadline_filter") == pytest.approx(0.50, abs=0.005)
    assert scores.recall(5, "aggregation") == pytest.approx(0.46, abs=0.005)
