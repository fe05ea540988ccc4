"""Figures of rankings, the sets they are measured on, and the systems side by side."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console
from tiny_assistant import ask

from evals.benchmarks import question_set, read_benchmarks
from evals.comparison import EVERYDAY, EVERYDAY_FAR, compare, read_documents, retrieval_sets
from evals.comparison_report import comparison_record, print_comparison
from evals.errors import BenchmarkError
from evals.evidence import is_located, searchable
from evals.questions import default_question_files, everyday_questions, read_questions
from evals.ranking import RankedQuestion, difference, measure
from evals.systems import BM25_BEST, FUSION
from ingest.parse import parse_text
from ingest.passages import whole_items
from vectorstore.embedding import load_embedder

ROOT = Path(__file__).parents[2]


def one(*passages: int) -> tuple[frozenset[int], ...]:
    return (frozenset(passages),)


def squad(folder: Path, *paragraphs: tuple[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    rows = [
        {"context": text, "qas": [{"id": f"q{i}", "question": question}]}
        for i, (text, question) in enumerate(paragraphs)
    ]
    content = json.dumps({"data": [{"paragraphs": rows}]}, ensure_ascii=False)
    (folder / "tiny.json").write_text(content, encoding="utf-8")
    return folder


def test_the_first_rank_is_worth_most() -> None:
    questions = [RankedQuestion("a", "a", (one(7),)), RankedQuestion("b", "b", (one(8),))]
    mean = measure("手工", lambda query: [7, 1, 8], questions).mean
    assert (mean.recall_1, mean.recall_5) == (0.5, 1)
    assert mean.mrr_10 == pytest.approx((1 + 1 / 3) / 2)
    assert mean.ndcg_10 == pytest.approx((1 + 1 / 2) / 2)


def test_a_quote_over_two_passages_is_found_with_the_second() -> None:
    question = RankedQuestion("a", "a", (one(1, 2),))
    assert measure("手工", lambda query: [2, 9, 1], [question]).mean.mrr_10 == pytest.approx(1 / 3)


def test_any_place_of_a_quote_will_do() -> None:
    question = RankedQuestion("a", "a", ((frozenset({1}), frozenset({2})),))
    assert measure("手工", lambda query: [2, 1], [question]).mean.recall_1 == 1


def test_recall_counts_quotes() -> None:
    question = RankedQuestion("a", "a", (one(1), one(2)))
    assert measure("手工", lambda query: [1, 5], [question]).mean.recall_10 == 0.5


def test_ranks_below_ten_count_for_nothing() -> None:
    question = RankedQuestion("a", "a", (one(10),))
    assert measure("手工", lambda query: range(11), [question]).mean.mrr_10 == 0


def test_the_interval_holds_the_mean_and_is_the_same_each_time() -> None:
    questions = [RankedQuestion(str(i), str(i), (one(i % 3),)) for i in range(30)]
    first, again = (measure("手工", lambda query: [0, 1], questions) for _ in range(2))
    assert first == again
    assert first.low.recall_1 < first.mean.recall_1 < first.high.recall_1
    assert difference(first, again) == (0, 0, 0)


def test_a_benchmark_question_seeks_its_paragraph(tmp_path: Path) -> None:
    folder = squad(
        tmp_path / "b", ("甲河在北。乙山在南。", "甲河在哪？"), ("丙湖很深。", "丙湖深吗？")
    )
    [benchmark] = read_benchmarks(folder)
    assert benchmark.name == "tiny"
    assert [q.quotes for q in benchmark.questions] == [(one(0),), (one(1),)]
    sentences = benchmark.documents[0].passages[0].sentences
    assert [s.quote for s in sentences] == ["甲河在北。", "乙山在南。"]


@pytest.mark.parametrize("content", ["{}", "[1]", "x", '{"data": []}'])
def test_a_file_of_another_layout_is_an_error(tmp_path: Path, content: str) -> None:
    (tmp_path / "bad.json").write_text(content, encoding="utf-8")
    with pytest.raises(BenchmarkError, match=r"bad\.json"):
        read_benchmarks(tmp_path)


def test_a_folder_without_sets_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match="没有"):
        read_benchmarks(tmp_path)


def test_evidence_is_sought_in_the_passages_that_hold_it() -> None:
    parsed = parse_text(
        "东山区整改方案\n一、水污染\n（一）新建管网12公里。\n", "plan.txt", "0" * 64
    )
    known = ask("？", id="a", evidence=["新建管网12公里"])
    document = known.evidence[0].document
    unknown = ask("？", id="b", evidence=["没有这句话"])
    parsed = parse_text(parsed.source.text, document, "0" * 64)
    found = question_set("题目", [parsed], [known, unknown])
    [question] = found.questions
    [number] = question.quotes[0][0]
    assert "新建管网12公里" in whole_items(parsed)[number].span.quote


def test_everyday_questions_have_their_evidence_and_are_not_asked() -> None:
    documents = [*read_documents(ROOT / "documents"), *read_documents(ROOT / "tests/data/plans")]
    corpus = searchable([parsed.source for parsed in documents])
    questions = read_questions([everyday_questions()])
    assert len(questions) >= 80
    assert all(is_located(e, corpus) for q in questions for e in q.evidence)
    assert everyday_questions() not in default_question_files()


def test_systems_are_compared_on_every_set(tmp_path: Path) -> None:
    folder = squad(
        tmp_path / "b", ("甲河在北边流过。", "甲河在哪边？"), ("丙湖很深很大。", "丙湖深吗？")
    )
    documents = read_documents(ROOT / "documents")[:1]
    embedder = load_embedder("")
    sets = [s for s in retrieval_sets(documents, [], (), folder) if s.name == "tiny"]
    results = compare(sets, embedder, lambda name: None)
    systems = {system.system: system for system in results[0].systems}
    assert {BM25_BEST, FUSION} <= set(systems)
    assert systems[FUSION].mean.recall_1 == 1
    record = json.loads(json.dumps(comparison_record(results)))
    assert record[0]["systems"][0]["mean"]["recall_5"] == 1
    console = Console(file=io.StringIO(), width=200)
    print_comparison(results, console)
    assert FUSION in console.file.getvalue()  # type: ignore[attr-defined]


def test_the_hard_half_is_half_of_the_everyday_questions() -> None:
    documents = read_documents(ROOT / "documents")
    more = read_documents(ROOT / "tests/data/plans")
    sets = {s.name: s for s in retrieval_sets(documents, [], more, None)}
    assert len(sets[EVERYDAY_FAR].questions) == len(sets[EVERYDAY].questions) // 2
    assert set(sets[EVERYDAY_FAR].questions) <= set(sets[EVERYDAY].questions)
