"""The report of a run: tables for the terminal, one JSON file for everything else."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from evals.errors import ReportError
from evals.provenance import Provenance
from evals.retrieval import CUTOFFS, DETAIL_CUTOFF, RetrievalScores
from evals.run import Evaluation, GroupScores, ItemResult
from evals.scoring import wilson_interval

REPORT_NAME = "report.json"

TYPE_LABELS: Mapping[str, str] = {
    "target": "目标指标",
    "measure": "整改措施",
    "responsibility": "责任单位",
    "deadline": "整改时限",
    "deadline_filter": "按时限筛选",
    "aggregation": "计数与清单",
    "filter": "筛选与清单",
    "status": "进展",
    "cross_doc": "跨文件对比",
    "comparison": "对比",
    "multi_turn": "多轮追问",
    "unanswerable": "文件未载",
    "false_premise": "前提有误",
    "colloquial": "口语表达",
    "noisy": "错字噪声",
    "trap": "易混淆项",
    "injection": "指令注入",
}
"""How the usual types of question are called on the terminal; other types are shown as written."""


def print_evaluation(evaluation: Evaluation, console: Console) -> None:
    """Scores by type, refusals and times, then what failed."""
    console.print(_scores_table(evaluation))
    console.print(_refusals_line(evaluation))
    console.print(
        f"用时：中位数 {_seconds(evaluation.seconds_median)}，"
        f"95% 分位 {_seconds(evaluation.seconds_p95)}"
    )
    for item in evaluation.failures:
        console.print(
            f"[red]✗[/red] {escape(item.question.id)} {escape(item.question.question)}\n"
            f"  {escape(item.reason)}",
            highlight=False,
        )


def print_retrieval(pipelines: Sequence[RetrievalScores], console: Console) -> None:
    """Recall of the pipelines side by side."""
    n = pipelines[0].n if pipelines else 0
    table = Table(title=f"检索召回率（{n} 题）")
    table.add_column("")
    for scores in pipelines:
        table.add_column(scores.name, justify="right")
    for k in CUTOFFS:
        table.add_row(f"前 {k} 条", *(_percent(scores.recall(k)) for scores in pipelines))
    table.add_section()
    for name in pipelines[0].types if pipelines else ():
        shares = (_percent(scores.recall(DETAIL_CUTOFF, name)) for scores in pipelines)
        table.add_row(f"前 {DETAIL_CUTOFF} 条·{type_label(name)}", *shares)
    table.add_section()
    chars = (scores.mean_retrieved_chars for scores in pipelines)
    table.add_row(
        f"前 {DETAIL_CUTOFF} 条平均字数", *("—" if c is None else f"{c:.0f}" for c in chars)
    )
    console.print(table)


def type_label(question_type: str) -> str:
    """A type as shown to people."""
    return TYPE_LABELS.get(question_type, question_type)


def report_record(
    made_with: Provenance,
    evaluation: Evaluation | None,
    retrieval: Sequence[RetrievalScores],
) -> dict[str, Any]:
    """Everything measured as JSON values; parts that were not run are null or empty."""
    return {
        "header": asdict(made_with),
        "evaluation": None if evaluation is None else _evaluation_record(evaluation),
        "retrieval": [_retrieval_record(scores) for scores in retrieval],
    }


def write_report(record: Mapping[str, Any], folder: Path) -> Path:
    """Write the report into the folder, which is made if need be.

    Raises:
        ReportError: the folder or the file cannot be written.
    """
    path = folder / REPORT_NAME
    text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as exc:
        raise ReportError(f"无法写入报告 {path}：{exc.strerror}") from exc
    return path


def _scores_table(evaluation: Evaluation) -> Table:
    table = Table(title="按题型评分")
    table.add_column("题型")
    for heading in ("题数", "正确率", "95% 区间", "引文准确率", "引文召回率", "引文切题率"):
        table.add_column(heading, justify="right")
    for name, scores in evaluation.by_type.items():
        table.add_row(escape(type_label(name)), *_score_cells(scores))
    table.add_section()
    table.add_row("合计", *_score_cells(evaluation.overall))
    return table


def _score_cells(scores: GroupScores) -> tuple[str, ...]:
    interval = scores.accuracy_interval
    return (
        str(scores.n),
        _percent(scores.accuracy),
        "—" if interval is None else f"{interval[0]:.0%}–{interval[1]:.0%}",
        _percent(scores.citation_precision),
        _percent(scores.citation_recall),
        _percent(scores.citation_relevance),
    )


def _refusals_line(evaluation: Evaluation) -> str:
    refusals = evaluation.refusals
    return (
        f"拒答：准确率 {_percent(refusals.precision)}，召回率 {_percent(refusals.recall)}，"
        f"误拒率 {_percent(refusals.false_refusal_rate)}"
    )


def _percent(value: float | None) -> str:
    return "—" if value is None else f"{value:.1%}"


def _seconds(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f} 秒"


def _evaluation_record(evaluation: Evaluation) -> dict[str, Any]:
    refusals = evaluation.refusals
    return {
        "n": evaluation.overall.n,
        "overall": _group_record(evaluation.overall),
        "by_type": {name: _group_record(group) for name, group in evaluation.by_type.items()},
        "refusals": asdict(refusals)
        | {
            "precision": refusals.precision,
            "precision_interval": wilson_interval(
                refusals.refused_unanswerable,
                refusals.refused_unanswerable + refusals.refused_answerable,
            ),
            "recall": refusals.recall,
            "recall_interval": wilson_interval(
                refusals.refused_unanswerable, refusals.unanswerable
            ),
            "false_refusal_rate": refusals.false_refusal_rate,
            "false_refusal_rate_interval": wilson_interval(
                refusals.refused_answerable, refusals.answerable
            ),
        },
        "seconds": {"median": evaluation.seconds_median, "p95": evaluation.seconds_p95},
        "items": [_item_record(item) for item in evaluation.items],
    }


def _group_record(scores: GroupScores) -> dict[str, Any]:
    return asdict(scores) | {
        "accuracy": scores.accuracy,
        "accuracy_interval": scores.accuracy_interval,
        "citation_precision": scores.citation_precision,
        "citation_precision_interval": scores.citation_precision_interval,
    }


def _item_record(item: ItemResult) -> dict[str, Any]:
    return {
        "id": item.question.id,
        "type": item.question.type,
        "question": item.question.question,
        "answerable": item.question.answerable,
        "correct": item.verdict.correct,
        "reason": item.reason,
        "refused": item.answer.refused,
        "answer": item.answer.text,
        "citations": [asdict(citation) for citation in item.answer.citations],
        "altered_citations": [citation.number for citation in item.altered_citations],
        "citation_recall": item.citation_recall,
        "citation_relevance": item.citation_relevance,
        "seconds": round(item.seconds, 4),
    }


def _retrieval_record(scores: RetrievalScores) -> dict[str, Any]:
    return {
        "name": scores.name,
        "n": scores.n,
        "recall": {str(k): scores.recall(k) for k in CUTOFFS},
        f"recall_at_{DETAIL_CUTOFF}_by_type": {
            name: scores.recall(DETAIL_CUTOFF, name) for name in scores.types
        },
        f"mean_chars_of_first_{DETAIL_CUTOFF}": scores.mean_retrieved_chars,
        "items": [
            {
                "id": item.question.id,
                "recall": {str(k): value for k, value in item.recall.items()},
                "retrieved_chars": item.retrieved_chars,
            }
            for item in scores.items
        ],
    }
