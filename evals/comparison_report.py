"""The comparison of ways of searching: one table a set, and the same as JSON values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from evals.ranking import Figures, SetFigures, SystemFigures, difference
from evals.systems import BM25_BEST, FUSION

HEADINGS = ("召回率@1", "召回率@5", "召回率@10", "MRR@10", "nDCG@10")
_FIELDS = ("recall_1", "recall_5", "recall_10", "mrr_10", "ndcg_10")


def print_comparison(results: Sequence[SetFigures], console: Console) -> None:
    """A table for each set, and what the fusion gains over BM25 on it."""
    for result in results:
        console.print(_table(result))
        gain, low, high = _gain(result)
        console.print(
            f"融合比 {BM25_BEST} 的召回率@5 高 {100 * gain:+.1f} 个百分点"
            f"（95% 区间 {100 * low:+.1f} 至 {100 * high:+.1f}）"
        )


def comparison_record(results: Sequence[SetFigures]) -> list[dict[str, Any]]:
    """Everything measured, question by question."""
    return [
        {
            "set": result.name,
            "n": result.size,
            "gain_in_recall_5": dict(zip(("mean", "low", "high"), _gain(result), strict=True)),
            "systems": [asdict(system) for system in result.systems],
        }
        for result in results
    ]


def _table(result: SetFigures) -> Table:
    table = Table(title=f"{escape(result.name)}（{result.size} 题，括号内为 95% 区间）")
    table.add_column("")
    for heading in HEADINGS:
        table.add_column(heading, justify="right")
    for system in result.systems:
        table.add_row(escape(system.system), *_cells(system))
    return table


def _cells(system: SystemFigures) -> list[str]:
    def percent(figures: Figures, field: str) -> str:
        return f"{100 * getattr(figures, field):.1f}"

    return [
        f"{percent(system.mean, f)} ({percent(system.low, f)}–{percent(system.high, f)})"
        for f in _FIELDS
    ]


def _gain(result: SetFigures) -> tuple[float, float, float]:
    by_name = {system.system: system for system in result.systems}
    return difference(by_name[FUSION], by_name[BM25_BEST])
