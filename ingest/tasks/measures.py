"""Measures: what is to be done, by whom and by when, from a section, a paragraph or its numbered points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.blocks import content_range
from ingest.brackets import trim
from ingest.deadlines import find_deadlines
from ingest.enumerations import bulleted_points, lined_points, numbered_points
from ingest.markers import Label, Marker, find_marker
from ingest.outline import Node
from ingest.progress import find_progress
from ingest.records import Measure, Span
from ingest.responsibility import (
    DUTY_ROLES,
    Duties,
    closing_duties,
    inner_duties,
    label_values,
    outside_labels,
    read_duties,
)
from ingest.tasks.context import LINE_MARKS, Context, number_of
from ingest.told_duties import told_duties

_SHORTEST_LEAD_IN = 12
# 督察发现，…。1.…；2.…: what stands before the points is what is wrong, and nothing to be done.
_FINDING = re.compile(
    r"(?:督察|检查|核查|巡查|排查|调查|暗访|监测|审计|警示片|群众|信访|通报|意见)[^，,。；;]{0,10}?"
    r"(?:指出|发现|反映|显示|披露|查明)[，,：:]"
)
_RANK_CLAUSE = 6


def section_measure(context: Context, node: Node, end: int) -> Measure:
    """A section as one measure, up to `end`."""
    return measure(context, number_of(node), node.start, end, context.words_start(node, end))


def clauses(context: Context, start: int, end: int) -> Iterator[Measure]:
    """A paragraph's measures: its numbered points, or the paragraph as one."""
    text = context.text
    start = _behind_label(text, start, end)
    points = (
        numbered_points(text, start, end)
        or bulleted_points(text, start, end)
        or lined_points(text, start, end)
    )
    if not points or (points[0].start > start and _clause_mark(text, start, end)):
        yield _numbered_or_whole(context, start, end)
        return
    lead_in = trim(text, start, points[0].start)
    announces = text[lead_in[1] - 1 : lead_in[1]] in ("：", ":")  # …，重点做好以下工作：一是…
    announces = announces or _tells_who(text, *lead_in)
    told = announces or _FINDING.match(text, *lead_in) is not None
    if lead_in[1] - lead_in[0] >= _SHORTEST_LEAD_IN and not told:
        yield measure(context, "", *lead_in)
    stops = [point.start for point in points[1:]] + [end]
    for point, stop in zip(points, stops, strict=True):
        finish = trim(text, point.start, stop)[1]
        yield measure(context, point.number, point.start, finish, point.words)


def finding(context: Context, start: int, end: int) -> Span | None:
    """What a range says was found to be wrong, before the points that tell what is to be done about it."""
    points = numbered_points(context.text, start, end)
    if not points or not _FINDING.match(context.text, start, points[0].start):
        return None
    return context.span(*trim(context.text, start, points[0].start))


def _tells_who(text: str, start: int, end: int) -> bool:
    """Whether the words before points end with who has these: …。由甲科负责，（1）…"""
    last = max(start, text.rfind("。", start, end) + 1)
    return text[end - 1] in "，," and bool(told_duties(text, last, end))


def measure(
    context: Context, number: str, start: int, end: int, words_start: int | None = None
) -> Measure:
    """A range as one measure; its words begin at `words_start` where a numbering mark stands before them."""
    text_start = start if words_start is None else words_start
    duties, units_span, text_end = _split_duties(context, text_start, end)
    limits = find_deadlines(context.text, text_start, text_end, context.anchor)
    own = context.deadline(duties)
    return Measure(
        number=number,
        text=context.span(text_start, text_end),
        span=context.span(start, end),
        units=duties.all_units(),
        units_span=units_span,
        deadlines=(*limits, own) if own is not None else limits,
        progress=find_progress(context.text, text_start, text_end, context.anchor),
    )


def labels_of_duties(text: str, start: int, end: int) -> list[Label]:
    """Field labels of a range other than 整改措施：, which says nothing of who or when."""
    return [label for label in outside_labels(text, start, end) if label.role != "measures"]


def _split_duties(context: Context, start: int, end: int) -> tuple[Duties, Span | None, int]:
    """The duties a measure ends with, the words that tell them, and where its text ends before these."""
    text = context.text
    duties, units_span = Duties(), None
    if closing := closing_duties(text, start, end):
        duties, begin, finish = closing
        units_span = context.span(begin, finish)
        end = trim(text, start, begin)[1]
    else:
        duties = inner_duties(text, start, end)
    if labels := labels_of_duties(text, start, end):
        duties.merge(read_duties(text, labels, end))
        begins = (
            labels[0].start == start
        )  # 应完成时间为6月底，…: a sentence that tells more than who and when.
        if begins or _goes_on(text, labels, end):
            return duties, units_span, end
        units_span = units_span or context.span(labels[0].start, end)
        end = trim(text, start, labels[0].start, LINE_MARKS)[1]
        end = content_range(text, start, end)[1]
    return duties, units_span, end


def _goes_on(text: str, labels: Sequence[Label], end: int) -> bool:
    """Whether more than a few words follow the last value: 包保领导为某某。年度任务修复岸线4.8公里，…"""
    *_, (_, _, finish) = label_values(text, labels, end)
    is_short = labels[-1].role in (*DUTY_ROLES, "deadline")
    return is_short and end - finish > _SHORTEST_LEAD_IN


def _behind_label(text: str, start: int, end: int) -> int:
    """The start of a paragraph's text, without the 整改措施： it may begin with."""
    label = next((one for one in outside_labels(text, start, end) if one.role == "measures"), None)
    if label is None or label.start != start:
        return start
    return trim(text, label.value_start, end)[0]


def _clause_mark(text: str, start: int, end: int) -> Marker | None:
    """The mark of a numbered clause that a paragraph begins with."""
    marker = find_marker(text[start:end])
    return marker if marker is not None and marker.rank >= _RANK_CLAUSE else None


def _numbered_or_whole(context: Context, start: int, end: int) -> Measure:
    """A paragraph as one measure; its own (1) may stand behind the label: 整改措施：(1)开展巡查：一是…"""
    marker = _clause_mark(context.text, start, end)
    if marker is None:
        return measure(context, "", start, end)
    body = trim(context.text, start + marker.length, end)[0]
    return measure(context, marker.number, body, end)
