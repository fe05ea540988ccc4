"""Labelled issues of a task list: 牵头单位：… 整改时限：… 整改措施：…"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.blocks import content_range
from ingest.brackets import trim
from ingest.markers import RANK_TASK, Label, find_marker, value_of
from ingest.outline import Node
from ingest.records import Deadline, Measure, Span, Task
from ingest.responsibility import (
    DUTY_ROLES,
    Duties,
    field_lines,
    label_values,
    outside_labels,
    read_duties,
)
from ingest.tasks.context import LINE_MARKS, Context, number_of
from ingest.tasks.measures import clauses, section_measure
from ingest.told_duties import told_duties

TASK_ROLES = frozenset((
    "leader",
    "lead",
    "responsible",
    "acceptance",
    "target",
    "deadline",
    "measures",
    "problem",
    "name",
))
_ENOUGH_FIELDS = 3
# A measure may have its own units and limit, but not these: what has them is a task, wherever it stands.
ROLES_OF_TASKS_ONLY = frozenset(("target", "measures", "problem"))


def labelled_issues(text: str, node: Node, taken: frozenset[int] = frozenset()) -> Iterator[Node]:
    """Sections with the fields of a task; `taken` are the labels of such a section above."""
    labels = [label for label in _labels(text, node) if label.start not in taken]
    roles = {label.role for label in labels} & TASK_ROLES
    is_task = (
        len(roles) >= 2 and node.marker is not None and not (node.annex or _groups_tasks(node))
    )
    if is_task and (not taken or roles & ROLES_OF_TASKS_ONLY):
        yield node
    if is_task:
        taken |= {label.start for label in labels}
    for child in node.children:
        yield from labelled_issues(text, child, taken)


def is_sheet(text: str, root: Node) -> bool:
    """Whether a document is one task by itself, a sheet of fields: 督办事项：… 主办单位：… 办结时限：…"""
    roles = {label.role for label in _labels(text, root)}
    says_what = roles & {"name", "problem"}
    says_who = roles & {"lead", "responsible"}
    return bool(says_what and says_who and roles & {"deadline", "measures"})


def _groups_tasks(node: Node) -> bool:
    """Whether what is numbered below a section goes on counting from section to section, as measures do not."""
    beside = node.parent.children if node.parent else []
    return any(
        (one is node or other is node) and _count_on(one, other) for one, other in pairwise(beside)
    )


def _count_on(node: Node, following: Node) -> bool:
    last = node.children[-1].marker if node.children else None
    first = following.children[0].marker if following.children else None
    if last is None or first is None or last.rank != first.rank:
        return False
    before, value = value_of(last), value_of(first)
    return before is not None and value == before + 1


def read_labelled(context: Context, node: Node) -> Task:
    """The task that a labelled issue is."""
    labels = _labels(context.text, node)
    duties, fields = _read_fields(context.text, node, labels)
    duties.merge(context.heading_duties(node))
    first = min(one.start for one in labels)
    description = describe(context, node, _line_start(context.text, first))
    problem = (
        _listed_problem(context, node, labels) or context.field(duties, "problem") or description
    )
    if description and not duties.units:
        for told in told_duties(context.text, description.start, description.end):
            duties.merge(told.duties)
    measures = tuple(_measures(context, node, labels, duties))
    closing = _clauses_behind(context, node, labels) if not measures else ()
    if closing:
        measures = closing
        last = _last_limit(closing)
        if last is not None:
            duties.fields.setdefault("deadline", (last.phrase.start, last.phrase.end))
    elif description and not measures and not ROLES_OF_TASKS_ONLY & fields.keys():
        # An item of a plan: its text says what is to be done, the labels only who and by when.
        problem, measures = None, tuple(clauses(context, description.start, description.end))
    return context.task(
        node,
        duties,
        number=number_of(node),
        problem=problem,
        measures=measures,
        labelled=True,
        fields=fields,
    )


def describe(context: Context, node: Node, before: int) -> Span | None:
    """The text between the title and the first field, where an issue is described without a label."""
    text = context.text
    start = next((start for start, _ in node.body()), before)
    start, end = content_range(text, start, max(start, before))
    start, end = trim(text, start, end, "。：:" + LINE_MARKS)
    if start >= end:
        return None
    if end < before and text[end] == "。":
        end += 1
    return context.span(start, end)


def _labels(text: str, node: Node) -> list[Label]:
    """Labels of the section's own text, and those that stand after its last measure.

    A label that several measures have belongs to the measures; one that only the last has, closes the task.
    """
    first = node.blocks[0]
    own = outside_labels(text, max(first.start, node.heading_end), first.end)
    own += _own_labels(text, node)
    if not node.children or (not own and node.rank < RANK_TASK):
        return own
    closing = _closing_child(text, node)
    seen = {label.role for label in own}
    demands = []
    for child in (one for one in node.children if one is not closing):
        inside = _own_labels(text, child)
        seen |= {label.role for label in inside}
        demands += [label for label in inside if label.role == "measures"]
    closes = [label for label in _own_labels(text, closing) if label.role not in seen]
    if len(demands) == 1 and own and own[-1].role == "problem":
        return [*own, *demands, *closes]  # 存在问题：1.…；2.… 整改要求：1.…
    return own + closes


def _closing_child(text: str, node: Node) -> Node:
    """The measure that the fields of the issue stand behind: the last, or one before sections of another kind."""
    for child in node.children:
        if len({label.role for label in _own_labels(text, child)}) >= _ENOUGH_FIELDS:
            return child
    return node.children[-1]


def _own_labels(text: str, node: Node) -> list[Label]:
    """Labels of the section's text below its first paragraph."""
    return [
        label for block in node.blocks[1:] for label in outside_labels(text, block.start, block.end)
    ]


def _read_fields(text: str, node: Node, labels: Sequence[Label]) -> tuple[Duties, dict[str, Span]]:
    """What the labels say, and their whole lines; a value ends with its paragraph."""
    duties = Duties()
    fields: dict[str, Span] = {}
    closing = _closing_child(text, node).blocks[1:] if node.children else []
    for block in [*node.blocks, *closing]:
        inside = [label for label in labels if block.start <= label.start < block.end]
        if inside:
            duties.merge(read_duties(text, inside, block.end))
            for role, span in field_lines(text, inside, block.end).items():
                fields.setdefault(role, span)
    return duties, fields


def _measures(
    context: Context, node: Node, labels: Sequence[Label], duties: Duties
) -> Iterator[Measure]:
    """The numbered sections below the issue, or the text of its 整改措施."""
    listed = _problem_and_demand(node, labels)
    children = [one for one in node.children if listed is None or one.start > listed[1].start]
    if children:
        yield from _numbered_measures(context, node, children, labels)
    elif "measures" in duties.fields:
        start = duties.fields["measures"][0]
        following = (label.start for label in labels if label.start > start)
        end = min((_line_start(context.text, one) for one in following), default=node.end)
        words = content_range(context.text, start, max(start, end))
        yield from clauses(context, *trim(context.text, *words, "|｜"))


def _problem_and_demand(node: Node, labels: Sequence[Label]) -> tuple[Label, Label] | None:
    """The labels 问题： with numbered points below it and 要求： behind these; None where the points are what is to be done."""
    if not node.children:
        return None
    first = node.children[0].start
    heads = [label for label in labels if label.start < first]
    demand = next((one for one in labels if one.start > first and one.role == "measures"), None)
    if not heads or heads[-1].role != "problem" or demand is None:
        return None
    return heads[-1], demand


def _listed_problem(context: Context, node: Node, labels: Sequence[Label]) -> Span | None:
    """The numbered points that tell what is wrong, where others or a field tell what is to be done about it."""
    listed = _problem_and_demand(node, labels)
    if listed is None:
        return None
    problem, demand = listed
    end = _line_start(context.text, demand.start)
    return context.span(*trim(context.text, problem.value_start, end))


def _numbered_measures(
    context: Context, node: Node, children: Sequence[Node], labels: Sequence[Label]
) -> Iterator[Measure]:
    """Each section is a measure; the last ends before the labels that close the issue."""
    closing = (label.start for label in labels if label.start > children[0].start)
    lifted = min((_line_start(context.text, one) for one in closing), default=node.end)
    for child in (one for one in children if one.start < lifted):
        end = content_range(context.text, child.start, min(child.end, lifted))[1]
        yield section_measure(context, child, end)


def _clauses_behind(context: Context, node: Node, labels: Sequence[Label]) -> tuple[Measure, ...]:
    """What is to be done, where it follows the last list of names: 责任单位：甲局；8月底前接通管网。"""
    last = max(labels, key=lambda one: one.start)
    block = next((one for one in node.blocks if one.start <= last.start < one.end), None)
    if block is None or last.role not in DUTY_ROLES:
        return ()
    *_, (_, _, finish) = label_values(context.text, [last], block.end)
    start, end = trim(context.text, finish, block.end, "；;")
    found = tuple(clauses(context, start, end)) if start < end else ()
    return found if any(one.deadlines for one in found) else ()


def _last_limit(measures: Sequence[Measure]) -> Deadline | None:
    """The last day that measures name."""
    dated = [one for measure in measures for one in measure.deadlines if one.latest is not None]
    return max(dated, key=lambda one: one.latest or dt.date.min, default=None)


def _line_start(text: str, label_start: int) -> int:
    """Where the line of a label begins, if only a bullet or a number stands before it: （二）整改时限：…"""
    begin = text.rfind("\n", 0, label_start) + 1
    before = text[begin:label_start].strip()
    marker = find_marker(text[begin:label_start].strip() + "一")
    numbered = marker is not None and marker.length >= len(before)
    return begin if numbered or not before.strip(LINE_MARKS + " ") else label_start
