"""Labelled time limits (整改时限：2024年12月底): the label makes a limit of whatever time stands after it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.anchor import Anchor
from ingest.deadlines.patterns import deadline_patterns
from ingest.deadlines.undated import at_once, recurring_limits, relative_limits
from ingest.paragraphs import Paragraph, fold_paragraph
from ingest.records import Deadline, Span
from ingest.time_expressions import time_expressions

# 完成时限：全年 is the year that the document is for.
_WHOLE_YEAR = re.compile(r"(?:贯穿)?全年")
_PART = re.compile(r"[^;。]+")


@dataclass(frozen=True, slots=True)
class Field:
    """Where a label starts, and the range of the value after it, at folded offsets."""

    label: int
    start: int
    end: int


def labelled_fields(paragraph: Paragraph) -> Iterator[Field]:
    """Labelled time limits in running text."""
    for label in deadline_patterns().label.finditer(paragraph.masked):
        end = paragraph.clause(label.end())[1]
        if label.end() < end:
            yield Field(label.start(), label.end(), end)


def read_field(paragraph: Paragraph, field: Field, anchor: Anchor) -> Deadline:
    """The limit of a field in running text; its clause is label and value."""
    value = paragraph.span(field.start, field.end)
    deadline = parse_deadline_field(paragraph.text, value.start, value.end, anchor)
    softened = deadline_patterns().soft.match(paragraph.masked, field.label)
    soft = deadline.soft or (softened["soft"] if softened else "")  # 预计完成时间：…
    return replace(deadline, clause=paragraph.span(field.label, field.end), soft=soft)


def parse_deadline_field(text: str, start: int, end: int, anchor: Anchor) -> Deadline:
    """The value of a labelled time limit, where a bare month, year or day is a limit.

    The phrase is the whole value; several dates give the last of them. A value that names no time at all
    gives a deadline without dates, so that the words can still be quoted.
    """
    paragraph = fold_paragraph(text, start, end)
    label = deadline_patterns().label.match(paragraph.masked)
    begin, finish = label.end() if label else 0, len(paragraph.folded.rstrip("。;."))
    if begin >= finish:
        empty = Span(start, end, text[start:end])
        return Deadline(phrase=empty, clause=empty)
    value = paragraph.span(begin, finish)
    return _record(fold_paragraph(text, value.start, value.end), value, anchor)


def days_in_field(text: str, start: int, end: int, anchor: Anchor) -> tuple[dt.date, ...]:
    """The last day of each time that a labelled limit names: 隔离带10月底前；监测井11月30日前 has two."""
    paragraph = fold_paragraph(text, start, end)
    return tuple(one.latest for one in time_expressions(paragraph, anchor))


def is_status(value: str) -> bool:
    """Whether the value of a labelled time limit tells that the task is done, and sets none: 已完成."""
    return deadline_patterns().status_in_field.fullmatch("".join(value.split())) is not None


def _leaves_open(masked: str, dated: Sequence[tuple[int, int]]) -> bool:
    """Whether a limit, or a part of it, has no date and is still to be fixed: 建成：5月底；运行时间待评估后确定."""
    pattern = deadline_patterns().undetermined_field
    parts = (match.span() for match in _PART.finditer(masked))
    undated = ((s, e) for s, e in parts if not any(s <= first < e for first, _ in dated))
    return any(pattern.search(masked, start, end) for start, end in undated)


def _record(paragraph: Paragraph, value: Span, anchor: Anchor) -> Deadline:
    words, masked = deadline_patterns(), paragraph.masked
    relative = next(relative_limits(paragraph, anchor), None)
    season = next(recurring_limits(paragraph, anchor), None)
    expressions = [
        one
        for one in time_expressions(paragraph, anchor)
        if season is None or one.end <= season.start or season.end <= one.start
    ]
    immediate = words.immediate_field.search(masked) is not None
    last = max(expressions, key=lambda one: one.latest, default=None)
    earliest = at_once(anchor) if immediate else None
    if last and last.names_beginning:
        earliest = last.earliest
    if relative:
        earliest = relative.earliest
    soft = words.soft.search(masked)
    latest = relative.latest if relative else last.latest if last else None
    year = anchor.base_year if not (expressions or relative) and _WHOLE_YEAR.match(masked) else None
    if year is not None:
        earliest, latest = dt.date(year, 1, 1), dt.date(year, 12, 31)
    return Deadline(
        phrase=value,
        clause=value,
        earliest=earliest,
        latest=latest,
        soft=soft["soft"] if soft else "",
        ongoing=words.ongoing_field.search(masked) is not None or bool(season and season.ongoing),
        undetermined=_leaves_open(masked, [(one.start, one.end) for one in expressions]),
        immediate=immediate,
        relative=relative is not None or bool(season and season.relative and not expressions),
        year_inferred=bool(last and last.year_inferred) or year is not None,
    )
