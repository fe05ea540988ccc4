"""The figures of a run: tables for the terminal, JSON values for the report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import islice
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from evals.ledger.run import Reading, by_style
from evals.ledger.scoring import Comparison, Tally, total

FIELD_NAMES: Mapping[str, str] = {
    "number": "编号",
    "title": "标题",
    "problem": "问题",
    "leaders": "责任领导",
    "lead": "牵头单位",
    "responsible": "责任单位",
    "cooperating": "配合单位",
    "acceptance": "验收单位",
    "target": "目标",
    "limit": "时限",
    "status": "进展",
    "step_number": "措施编号",
    "step_text": "措施内容",
    "step_units": "措施单位",
    "step_limits": "措施时限",
    "step_progress": "措施进展",
    "figure": "指标数值",
    "figure_name": "指标名称",
}
STYLE_NAMES: Mapping[str, str] = {
    "label_lines": "逐行字段",
    "fields_in_a_row": "字段连写",
    "headed_fields": "字段作标题",
    "work_plan": "条目式计划",
    "piped": "竖线表格",
    "tabbed": "制表符表格",
}
_MOST_SHOWN = 20


def print_ledger(
    documents: Sequence[Reading], plans: tuple[Reading, ...], console: Console
) -> None:
    """Figures by document, by style of the made-up plans and by field, then what differs in the documents."""
    console.print(_table("自带文件", {one.name: one.comparison for one in documents}))
    _print_fields("自带文件·各字段", documents, console)
    if plans:
        styles = {STYLE_NAMES.get(name, name): one for name, one in by_style(plans).items()}
        console.print(_table(f"生成的方案（{len(plans)} 份）", styles))
        _print_fields("生成的方案·各字段", plans, console)
        exact = sum(not one.comparison.differences for one in plans)
        console.print(f"逐字段完全一致的方案：{exact}/{len(plans)}", highlight=False)
    for line in islice(_differences(documents), _MOST_SHOWN):
        console.print(line, highlight=False)


def ledger_record(documents: Sequence[Reading], plans: tuple[Reading, ...]) -> dict[str, Any]:
    """Everything measured, with every difference."""
    return {
        "documents": [_record(one.name, one.comparison) for one in documents],
        "plans": [_record(name, one) for name, one in by_style(plans).items()],
        "plans_total": _record("", total(one.comparison for one in plans)) if plans else None,
        "plans_differing": [
            {"name": one.name, "style": one.style, "differences": _plain(one.comparison)}
            for one in plans
            if one.comparison.differences
        ],
    }


def below(documents: Sequence[Reading], plans: Sequence[Reading], least: float) -> list[str]:
    """Which of the two has a precision or recall that is too low."""
    complaints = []
    for name, readings in (("自带文件", documents), ("生成的方案", plans)):
        overall = total(one.comparison for one in readings).overall
        for what, value in (("精确率", overall.precision), ("召回率", overall.recall)):
            if readings and value < least:
                complaints.append(f"{name}的{what} {value:.2%}，低于要求的 {least:.2%}")
    return complaints


def _table(title: str, rows: Mapping[str, Comparison]) -> Table:
    table = _empty(title)
    for name, comparison in rows.items():
        table.add_row(escape(name), *_cells(comparison.overall))
    table.add_section()
    table.add_row("合计", *_cells(total(rows.values()).overall))
    return table


def _print_fields(title: str, readings: Sequence[Reading], console: Console) -> None:
    table = _empty(title)
    for field, tally in total(one.comparison for one in readings).tallies.items():
        if tally.expected or tally.read:
            table.add_row(FIELD_NAMES.get(field, field), *_cells(tally))
    console.print(table)


def _empty(title: str) -> Table:
    table = Table(title=title)
    table.add_column("")
    for heading in ("应有", "读出", "一致", "精确率", "召回率"):
        table.add_column(heading, justify="right")
    return table


def _cells(tally: Tally) -> tuple[str, ...]:
    counts = (str(tally.expected), str(tally.read), str(tally.same))
    return (*counts, f"{tally.precision:.2%}", f"{tally.recall:.2%}")


def _differences(readings: Sequence[Reading]) -> Iterator[str]:
    for reading in readings:
        for one in reading.comparison.differences:
            field = FIELD_NAMES.get(one.field, one.field)
            yield f"[red]✗[/red] {escape(reading.name)} {field}：应为“{escape(one.expected)}”，读成“{escape(one.read)}”"


def _record(name: str, comparison: Comparison) -> dict[str, Any]:
    fields = {"overall": comparison.overall, **comparison.tallies}
    return {
        "name": name,
        "fields": {
            field: asdict(tally) | {"precision": tally.precision, "recall": tally.recall}
            for field, tally in fields.items()
        },
        "differences": _plain(comparison),
    }


def _plain(comparison: Comparison) -> list[dict[str, str]]:
    return [asdict(one) for one in comparison.differences]
