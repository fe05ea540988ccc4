"""Short invented documents, and readings of them that are easy to compare."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.blocks import split_blocks
from ingest.outline import Node, build_outline
from ingest.parse import parse_text
from ingest.records import FigureTable, ParsedDocument, Person, Span, Task, Unit

DOCUMENTS = Path(__file__).parents[2] / "documents"
SHIPPED = tuple(sorted(path for path in DOCUMENTS.glob("*.txt")))


def parse(text: str, name: str = "invented.txt") -> ParsedDocument:
    return parse_text(text, name, hashlib.sha256(text.encode()).hexdigest())


def outline(text: str) -> Node:
    return build_outline(split_blocks(text))


def tree(text: str) -> list[str]:
    """Labels of the outline, indented by depth, without the root."""

    def lines(node: Node, depth: int) -> Iterator[str]:
        for child in node.children:
            yield "  " * depth + child.label
            yield from lines(child, depth + 1)

    return list(lines(outline(text), 0))


def names(entries: Sequence[Unit | Person]) -> list[str]:
    return [entry.name for entry in entries]


def quote(span: Span | None) -> str | None:
    return None if span is None else span.quote


def measures(task: Task) -> list[tuple[str, str]]:
    """Number and text of each measure."""
    return [(measure.number, measure.text.quote) for measure in task.measures]


def only_task(text: str) -> Task:
    tasks = parse(text).tasks
    assert len(tasks) == 1, [task.title.quote for task in tasks]
    return tasks[0]


def spans_of(document: ParsedDocument) -> Iterator[Span]:
    """Every span that any record of a document holds."""
    for section in document.sections:
        yield from (section.heading, section.span)
    for passage in document.passages:
        yield from (passage.span, *passage.sentences)
    for task in document.tasks:
        yield from _spans_of_task(task)
    for deadline in document.deadlines:
        yield from (deadline.phrase, deadline.clause)
    for indicator in document.indicators:
        yield from (indicator.span, indicator.clause)
    for table in document.tables:
        yield from _spans_of_table(table)


def _spans_of_table(table: FigureTable) -> Iterator[Span]:
    yield from (table.span, *table.header, *table.notes)
    yield from (one for one in (table.caption, table.unit_span) if one is not None)
    yield from (head for column in table.columns for head in column.heads)
    for row in table.rows:
        yield from (row.span, *row.labels, *(cell.span for cell in row.cells))


def _spans_of_task(task: Task) -> Iterator[Span]:
    yield from (task.title, task.span, *task.fields.values())
    yield from (one for one in (task.problem, task.target, task.status) if one is not None)
    named = (*task.leaders, *task.lead_units, *task.responsible_units)
    yield from (entry.span for entry in (*named, *task.cooperating_units, *task.acceptance_units))
    limits = [] if task.deadline is None else [task.deadline]
    for measure in task.measures:
        yield from (measure.text, measure.span, *(unit.span for unit in measure.units))
        if measure.units_span is not None:
            yield measure.units_span
        yield from (report.span for report in measure.progress)
        limits.extend(measure.deadlines)
    for limit in limits:
        yield from (limit.phrase, limit.clause)
