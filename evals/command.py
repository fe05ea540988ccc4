"""`duban eval`: question sets against the assistant, retrieval beside the plain pipeline, and the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

from evals.run import Assistant

if TYPE_CHECKING:
    from rich.console import Console

    from assistant.answer import Turn
    from assistant.settings import Settings
    from evals.evidence import Corpus
    from evals.questions import Question
    from evals.ranking import SetFigures
    from evals.retrieval import Hit, PassageIndex, RetrievalScores
    from evals.run import Evaluation
    from ingest.records import ParsedDocument
    from vectorstore.embedding import Embedder

_PLANS = 200
"""Made-up plans that `--ledger` reads unless told otherwise: some twenty seconds."""
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_QUESTION_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class MeasuredAssistant(Assistant, Protocol):
    """An assistant whose retrieval can be measured as well as its answers."""

    @property
    def index(self) -> PassageIndex: ...

    def passages(
        self, question: str, history: Sequence[Turn], as_of: dt.date | None, *, most: int
    ) -> Sequence[Hit]: ...


@dataclass(frozen=True, slots=True)
class Measurement:
    """What a run found; `evaluation` is None when nothing was asked."""

    evaluation: Evaluation | None
    retrieval: tuple[RetrievalScores, ...]
    comparison: tuple[SetFigures, ...] = ()


@click.command(
    "eval",
    help="用题目评测问答：正确率、引文、拒答、用时，并与普通检索对比。"
    "有引文与原文不符，或正确率低于 --min-accuracy 时，以状态 1 退出。--ledger 评测台账提取。",
)
@click.option(
    "--questions",
    "question_files",
    type=_QUESTION_FILE,
    multiple=True,
    metavar="文件",
    help="题目文件（JSONL），可给多个；默认用自带的题目。",
)
# An option takes one value, so `--questions A B` leaves B to this argument.
@click.argument("more_files", nargs=-1, type=_QUESTION_FILE, metavar="[文件…]")
@click.option(
    "--report",
    "report_folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="文件夹",
    help="把逐题结果写入此文件夹的 report.json。",
)
@click.option(
    "--min-accuracy",
    type=click.FloatRange(0, 1),
    metavar="比例",
    help="正确率低于此值（0 到 1）时以状态 1 退出。",
)
@click.option(
    "--retrieval", "retrieval_only", is_flag=True, help="只测检索，不提问；并排比较各种检索方法。"
)
@click.option(
    "--ledger",
    "ledger_only",
    is_flag=True,
    help="只测台账提取：逐字段的精确率和召回率，对照自带文件的人工标注和自动生成的方案；不需要先导入。",
)
@click.option(
    "--plans",
    type=click.IntRange(0),
    metavar="份数",
    help="与 --ledger 同用：生成多少份方案，默认 200。",
)
@click.option(
    "--benchmarks",
    type=_FOLDER,
    metavar="文件夹",
    help="公开评测集所在文件夹（SQuAD 格式的 .json），与 --retrieval 同用。",
)
@click.option(
    "--more-documents",
    type=_FOLDER,
    metavar="文件夹",
    help="日常用语题目另外涉及的文件所在文件夹，不入库，与 --retrieval 同用。",
)
def evaluate(
    question_files: tuple[Path, ...],
    more_files: tuple[Path, ...],
    report_folder: Path | None,
    min_accuracy: float | None,
    retrieval_only: bool,
    ledger_only: bool,
    plans: int | None,
    benchmarks: Path | None,
    more_documents: Path | None,
) -> None:
    """Run the questions and fail when the answers are not good enough."""
    from evals.questions import default_question_files, read_questions

    if plans is not None and not ledger_only:
        raise click.UsageError("--plans 须与 --ledger 同用。")
    if ledger_only:
        if question_files or more_files or retrieval_only or benchmarks or more_documents:
            raise click.UsageError(
                "--ledger 不提问也不检索，只能与 --plans、--report、--min-accuracy 同用。"
            )
        evaluate_ledger(_PLANS if plans is None else plans, report_folder, min_accuracy)
        return
    if retrieval_only and min_accuracy is not None:
        raise click.UsageError("--retrieval 不提问，不能与 --min-accuracy 同用。")
    if not retrieval_only and (benchmarks or more_documents):
        raise click.UsageError("--benchmarks 和 --more-documents 须与 --retrieval 同用。")
    paths = (*question_files, *more_files) or default_question_files()
    questions = read_questions(paths)

    from rich.console import Console

    from assistant.app import open_assistant, open_embedder
    from assistant.settings import load_settings

    settings = load_settings()
    assistant = open_assistant(settings)
    measured = measure(assistant, questions, retrieval_only=retrieval_only)
    if retrieval_only:
        compared = compare_systems(
            assistant.documents(), open_embedder(settings), questions, benchmarks, more_documents
        )
        measured = replace(measured, comparison=compared)
    show(measured, Console())
    if report_folder is not None:
        path = save(measured, assistant, settings, paths, report_folder)
        click.echo(f"报告：{path}", err=True)
    complaints = shortcomings(measured.evaluation, min_accuracy)
    if complaints:
        raise click.ClickException("；".join(complaints))


def evaluate_ledger(plans: int, report_folder: Path | None, least: float | None) -> None:
    """Read the gold's documents and made-up plans; fail when too little of either is read."""
    from rich.console import Console
    from rich.progress import track

    from assistant.settings import load_settings
    from evals.ledger.report import below, ledger_record, print_ledger
    from evals.ledger.run import read_documents, read_plans
    from evals.report import write_report

    documents = read_documents(load_settings().documents)
    made_up = tuple(
        track(
            read_plans(plans), description="生成的方案", total=plans, console=Console(stderr=True)
        )
    )
    print_ledger(documents, made_up, Console())
    if report_folder is not None:
        path = write_report({"ledger": ledger_record(documents, made_up)}, report_folder)
        click.echo(f"报告：{path}", err=True)
    if least is not None and (complaints := below(documents, made_up, least)):
        raise click.ClickException("；".join(complaints))


def measure(
    assistant: MeasuredAssistant, questions: Sequence[Question], *, retrieval_only: bool
) -> Measurement:
    """Ask the questions, unless only retrieval is wanted, and search for their evidence."""
    from rich.console import Console
    from rich.progress import track

    from evals.evidence import searchable
    from evals.run import ask_all, summarise

    corpus = searchable(assistant.sources())
    _warn_of_missing_evidence(questions, corpus)
    evaluation = None
    if not retrieval_only:
        results = track(
            ask_all(assistant, questions, corpus),
            description="提问",
            total=len(questions),
            console=Console(stderr=True),
        )
        evaluation = summarise(results)
    return Measurement(evaluation, compare_retrieval(assistant, questions, corpus))


def compare_retrieval(
    assistant: MeasuredAssistant, questions: Sequence[Question], corpus: Corpus
) -> tuple[RetrievalScores, ...]:
    """The plain pipeline, Duban's search and what it answers from; nothing when no question needs evidence."""
    from evals.baselines import PlainPipeline
    from evals.retrieval import by_words, measure_retrieval, passages_for, passages_of

    if not any(question.needs_evidence for question in questions):
        return ()
    plain = PlainPipeline.over(assistant.sources())
    return (
        measure_retrieval("普通检索", by_words(plain.search), questions, corpus),
        measure_retrieval("督办·只搜索", passages_of(assistant.index), questions, corpus),
        measure_retrieval("督办·读懂再找", passages_for(assistant), questions, corpus),
    )


def compare_systems(
    documents: Sequence[ParsedDocument],
    embedder: Embedder,
    questions: Sequence[Question],
    benchmarks: Path | None,
    more_documents: Path | None,
) -> tuple[SetFigures, ...]:
    """Every way of searching on every set, with progress on stderr."""
    from evals.comparison import compare, read_documents, retrieval_sets

    more = read_documents(more_documents) if more_documents is not None else ()
    sets = tuple(retrieval_sets(documents, questions, more, benchmarks))
    return compare(sets, embedder, lambda name: click.echo(f"检索评测 {name}", err=True))


def show(measured: Measurement, console: Console) -> None:
    """Print the tables."""
    from evals.comparison_report import print_comparison
    from evals.report import print_evaluation, print_retrieval

    if measured.evaluation is not None:
        print_evaluation(measured.evaluation, console)
    if measured.retrieval:
        print_retrieval(measured.retrieval, console)
    print_comparison(measured.comparison, console)


def save(
    measured: Measurement,
    assistant: Assistant,
    settings: Settings,
    question_files: Sequence[Path],
    folder: Path,
) -> Path:
    """Write the JSON report."""
    from evals.comparison_report import comparison_record
    from evals.provenance import provenance
    from evals.report import report_record, write_report

    made_with = provenance(settings, assistant.sources(), question_files)
    record = report_record(made_with, measured.evaluation, measured.retrieval)
    return write_report(record | {"comparison": comparison_record(measured.comparison)}, folder)


def shortcomings(evaluation: Evaluation | None, min_accuracy: float | None) -> list[str]:
    """Why the run must not pass; empty when it may."""
    if evaluation is None:
        return []
    overall, complaints = evaluation.overall, []
    altered = overall.citations - overall.verbatim
    if altered:
        complaints.append(f"{altered} 条引文与原文不符")
    accuracy = overall.accuracy
    if min_accuracy is not None and (accuracy is None or accuracy < min_accuracy):
        reached = "未知" if accuracy is None else f"{accuracy:.1%}"
        complaints.append(f"正确率 {reached}，低于要求的 {min_accuracy:.1%}")
    return complaints


def _warn_of_missing_evidence(questions: Sequence[Question], corpus: Corpus) -> None:
    # Such a question scores zero whatever is answered, which would look like the assistant's fault.
    from evals.evidence import is_located

    lost = [q.id for q in questions if not all(is_located(e, corpus) for e in q.evidence)]
    if lost:
        click.echo(f"注意：以下题目的依据不在已入库的文件中：{'、'.join(lost)}", err=True)
