"""Running an assistant over questions, and what comes out of it."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from rich.console import Console
from tiny_assistant import DOCUMENT, QUESTIONS, MisquotingAssistant, TinyAssistant, ask

from assistant.answer import Answer, Turn
from assistant.settings import Settings
from evals.command import measure, save, shortcomings, show
from evals.errors import ReportError
from evals.evidence import searchable
from evals.report import write_report
from evals.run import Evaluation, ask_all, summarise

CORPUS = searchable([DOCUMENT])


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    return summarise(ask_all(TinyAssistant(), QUESTIONS, CORPUS))


def test_accuracy_overall_and_by_type(evaluation: Evaluation) -> None:
    # q3 asks for 600亩 where the document has 500亩.
    assert evaluation.overall.accuracy == 3 / 4
    assert evaluation.by_type["target"].accuracy == 1 / 2
    assert list(evaluation.by_type) == ["target", "responsibility", "unanswerable"]


def test_citations(evaluation: Evaluation) -> None:
    assert evaluation.overall.citations == 3
    assert evaluation.overall.citation_precision == 1
    assert evaluation.overall.citation_recall == 1
    assert evaluation.overall.recall_n == 3
    assert evaluation.by_type["unanswerable"].citation_precision is None
    assert evaluation.by_type["unanswerable"].citation_recall is None


def test_refusals(evaluation: Evaluation) -> None:
    assert evaluation.refusals.precision == 1
    assert evaluation.refusals.recall == 1
    assert evaluation.refusals.false_refusal_rate == 0


def test_failures_name_the_item_and_the_reason(evaluation: Evaluation) -> None:
    [failure] = evaluation.failures
    assert failure.question.id == "q3"
    assert failure.reason == "缺少“600亩”"


def test_a_moved_citation_is_a_failure_even_of_a_correct_answer() -> None:
    evaluation = summarise(ask_all(MisquotingAssistant(), QUESTIONS[:1], CORPUS))
    [item] = evaluation.items
    assert item.verdict.correct
    assert item.reason == "引文与原文不符：[1]"
    assert evaluation.overall.citation_precision == 0


def test_nothing_asked_means_nothing_known() -> None:
    nothing = summarise([])
    assert nothing.overall.accuracy is None
    assert nothing.overall.accuracy_interval is None
    assert nothing.seconds_median is None
    assert nothing.by_type == {}


def test_the_assistant_is_told_history_and_the_day() -> None:
    told: list[tuple[Sequence[Turn], dt.date | None]] = []

    class Listening(TinyAssistant):
        def answer(
            self,
            question: str,
            history: Sequence[Turn] = (),
            as_of: dt.date | None = None,
            documents: Sequence[str] | None = None,
        ) -> Answer:
            told.append((history, as_of))
            return super().answer(question, history, as_of, documents)

    question = ask("那清淤呢？", history=[Turn("user", "造林多少亩？")])
    summarise(ask_all(Listening(), [question], CORPUS))
    assert told == [((Turn("user", "造林多少亩？"),), None)]


def test_a_crash_names_the_question() -> None:
    class Crashing(TinyAssistant):
        def answer(self, *args: object, **named: object) -> Answer:
            raise RuntimeError("broken")

    with pytest.raises(RuntimeError) as caught:
        list(ask_all(Crashing(), QUESTIONS, CORPUS))
    assert caught.value.__notes__ == ["题号 q1"]


def test_a_run_passes_when_citations_are_verbatim_and_accuracy_is_enough(
    evaluation: Evaluation,
) -> None:
    assert shortcomings(evaluation, None) == []
    assert shortcomings(evaluation, 0.75) == []
    assert shortcomings(evaluation, 0.76) == ["正确率 75.0%，低于要求的 76.0%"]
    assert shortcomings(None, None) == []


def test_a_run_with_a_moved_citation_does_not_pass() -> None:
    evaluation = summarise(ask_all(MisquotingAssistant(), QUESTIONS, CORPUS))
    assert shortcomings(evaluation, 0) == ["3 条引文与原文不符"]


def test_the_tables_and_the_failing_items_are_printed() -> None:
    screen = io.StringIO()
    show(measure(TinyAssistant(), QUESTIONS, retrieval_only=False), Console(file=screen, width=100))
    printed = screen.getvalue()
    assert "目标指标" in printed
    assert "75.0%" in printed
    assert "拒答：准确率 100.0%，召回率 100.0%，误拒率 0.0%" in printed
    assert "✗ q3 北山造林多少亩？" in printed
    assert "缺少“600亩”" in printed
    assert "普通检索" in printed
    assert "督办" in printed


def test_progress_and_warnings_leave_standard_output_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lost = ask("造林多少亩？", id="q9", evidence=["文件里没有的话"])
    measure(TinyAssistant(), [*QUESTIONS, lost], retrieval_only=False)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "依据不在已入库的文件中：q9" in captured.err


def test_the_report_holds_the_header_the_scores_and_a_row_for_every_item(tmp_path: Path) -> None:
    assistant = TinyAssistant()
    measured = measure(assistant, QUESTIONS, retrieval_only=False)
    path = save(measured, assistant, Settings(), [Path("set.jsonl")], tmp_path / "new")
    report = json.loads(path.read_text(encoding="utf-8"))
    assert report["header"]["questions"] == ["set.jsonl"]
    assert report["header"].keys() >= {"commit", "version", "settings_hash", "documents_hash"}
    assert report["evaluation"]["n"] == 4
    assert report["evaluation"]["overall"]["accuracy"] == 0.75
    assert len(report["evaluation"]["overall"]["accuracy_interval"]) == 2
    rows = report["evaluation"]["items"]
    assert [(row["id"], row["correct"]) for row in rows] == [
        ("q1", True),
        ("q2", True),
        ("q3", False),
        ("q4", True),
    ]
    assert rows[0]["citations"][0]["quote"] in DOCUMENT.text
    assert [scores["name"] for scores in report["retrieval"]] == [
        "普通检索",
        "督办·只搜索",
        "督办·读懂再找",
    ]


def test_a_report_that_cannot_be_written_is_an_error_that_names_it(tmp_path: Path) -> None:
    occupied = tmp_path / "file"
    occupied.write_text("", encoding="utf-8")
    with pytest.raises(ReportError, match="无法写入报告"):
        write_report({}, occupied / "folder")


def test_retrieval_alone_asks_nothing() -> None:
    measured = measure(TinyAssistant(), QUESTIONS, retrieval_only=True)
    assert measured.evaluation is None
    assert len(measured.retrieval) == 3


def test_retrieval_is_left_out_when_no_question_needs_evidence() -> None:
    assert measure(TinyAssistant(), QUESTIONS[3:], retrieval_only=False).retrieval == ()
