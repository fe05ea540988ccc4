"""The ledger of a document: its rectification tasks with their fields and measures.

Two shapes occur in the genre. A task list has *labelled* issues (牵头单位：… 整改时限：…), whose measures carry
their own units and limits. Plans and reports without labels have *numbered items* under a part such as
整改措施 or 重点任务; there the item is the task, with the units in its closing bracket if there are any.
Where a document has labelled issues, they are its tasks, with the numbered items beside them that lack labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.blocks import content_range
from ingest.brackets import top_level, trim
from ingest.deadlines import Anchor, find_deadlines, parse_deadline_field
from ingest.markers import RANK_ITEM, Label, find_marker
from ingest.outline import Node, record_id
from ingest.records import Deadline, Measure, Section, Span, Task
from ingest.responsibility import Duties, closing_duties, field_lines, outside_labels, read_duties
from ingest.vocabulary import load_vocabulary

_CLAUSE = re.compile(r"([一二三四五六七八九十]{1,2})是(?!否)")
_QUOTED_PROBLEM = re.compile(r"关于[“\"](.*)[”\"]\s*(?:的)?问题")
_TASK_ROLES = frozenset((
    "leader",
    "lead",
    "responsible",
    "acceptance",
    "target",
    "deadline",
    "measures",
    "problem",
))
# A measure may have its own units and limit, but not these: what has them is a task, wherever it stands.
_ROLES_OF_TASKS_ONLY = frozenset(("target", "measures", "problem"))
_RANK_CLAUSE = 6
# What Markdown and word processors put before a label: bullets, emphasis, 【牵头单位】.
_LINE_MARKS = "-*•·●【"


class TaskReader:
    """Reads the tasks of one document from its outline."""

    def __init__(
        self, text: str, sha256: str, sections: dict[int, Section], anchor: Anchor
    ) -> None:
        self._text = text
        self._sha256 = sha256
        self._sections = sections
        self._anchor = anchor

    def read(self, root: Node) -> tuple[Task, ...]:
        labelled = list(self._labelled_nodes(root))
        if not labelled:
            return tuple(self._item(node) for part in measure_parts(root) for node in _items(part))
        known = {id(node) for node in labelled}
        beside = {id(node) for node in _items_beside(root, known)}
        return tuple(
            self._labelled(node) if id(node) in known else self._item(node)
            for node in root.walk()
            if id(node) in known | beside
        )

    # Labelled issues

    def _labelled_nodes(self, node: Node, taken: frozenset[int] = frozenset()) -> Iterator[Node]:
        """Sections with the fields of a task; `taken` are the labels of such a section above."""
        labels = [label for label in self._labels(node) if label.start not in taken]
        roles = {label.role for label in labels} & _TASK_ROLES
        is_task = len(roles) >= 2 and node.marker is not None and not node.annex
        if is_task and (not taken or roles & _ROLES_OF_TASKS_ONLY):
            yield node
        if is_task:
            taken |= {label.start for label in labels}
        for child in node.children:
            yield from self._labelled_nodes(child, taken)

    def _labels(self, node: Node) -> list[Label]:
        """Labels of the section's own text, and those that stand after its last measure.

        A label that several measures have belongs to the measures; one that only the last has, closes the task.
        """
        own = [
            label
            for index, block in enumerate(node.blocks)
            for label in outside_labels(
                self._text,
                max(block.start, node.heading_end) if index == 0 else block.start,
                block.end,
            )
        ]
        if not own or not node.children:
            return own
        *others, last = node.children
        seen = {label.role for label in own}
        seen |= {label.role for child in others for label in self._own_labels(child)}
        return own + [label for label in self._own_labels(last) if label.role not in seen]

    def _own_labels(self, node: Node) -> list[Label]:
        return [
            label
            for block in node.blocks[1:]
            for label in outside_labels(self._text, block.start, block.end)
        ]

    def _labelled(self, node: Node) -> Task:
        labels = self._labels(node)
        duties = Duties()
        fields: dict[str, Span] = {}
        for block, in_block in self._by_block(node, labels):
            duties.merge(read_duties(self._text, in_block, block))
            for role, span in field_lines(self._text, in_block, block).items():
                fields.setdefault(role, span)
        values = duties.fields
        title = self._title(node)
        first_label = _line_start(node, min(label.start for label in labels))
        description = self._description(node, first_label)
        problem = self._field(values, "problem") or description
        deadline = self._deadline(values)
        measures = tuple(self._measures(node, labels, values))
        if description and not measures and not _ROLES_OF_TASKS_ONLY & fields.keys():
            # An item of a plan: its text says what is to be done, the labels only who and by when.
            problem, measures = None, tuple(self._clauses(description.start, description.end))
        return Task(
            id=record_id(self._sha256, "task", node.start, node.end),
            number=node.marker.number if node.marker else "",
            title=title,
            path=self._path(node),
            span=self._span(node.start, node.end),
            labelled=True,
            problem=problem,
            leaders=tuple(duties.leaders),
            lead_units=duties.of("lead"),
            responsible_units=duties.of("responsible"),
            cooperating_units=duties.of("cooperating"),
            acceptance_units=duties.of("acceptance"),
            target=self._field(values, "target"),
            deadline=deadline,
            status=self._field(values, "status"),
            measures=measures,
            fields=fields,
            review=_review(duties, fields, measures),
        )

    def _by_block(self, node: Node, labels: Sequence[Label]) -> Iterator[tuple[int, list[Label]]]:
        blocks = [*node.blocks, *(node.children[-1].blocks[1:] if node.children else ())]
        for block in blocks:
            inside = [label for label in labels if block.start <= label.start < block.end]
            if inside:
                yield block.end, inside

    def _deadline(self, values: dict[str, tuple[int, int]]) -> Deadline | None:
        if "deadline" not in values or values["deadline"][0] >= values["deadline"][1]:
            return None
        return parse_deadline_field(self._text, *values["deadline"], self._anchor)

    def _description(self, node: Node, before: int) -> Span | None:
        """The text between the title and the first label, where an issue is described without a label."""
        start = next((start for start, _ in node.body()), before)
        start, end = content_range(self._text, start, max(start, before))
        start, end = trim(self._text, start, end, "。：:" + _LINE_MARKS)
        if start >= end:
            return None
        if end < before and self._text[end] == "。":
            end += 1
        return self._span(start, end)

    def _measures(
        self, node: Node, labels: Sequence[Label], values: dict[str, tuple[int, int]]
    ) -> Iterator[Measure]:
        if node.children:
            lifted = min(
                (label.start for label in labels if label.start > node.children[0].start),
                default=node.end,
            )
            for child in node.children:
                number = child.marker.number if child.marker else ""
                end = content_range(self._text, child.start, min(child.end, lifted))[1]
                end = trim(self._text, child.start, end, _LINE_MARKS)[1]
                yield self._measure(number, child.start, end, child)
            return
        if "measures" not in values:
            return
        start = values["measures"][0]
        following = (label.start for label in labels if label.start > start)
        end = _line_start(node, min(following, default=node.end))
        yield from self._clauses(*content_range(self._text, start, max(start, end)))

    # Numbered items

    def _item(self, node: Node) -> Task:
        bodies = [trim(self._text, start, end) for start, end in node.body()]
        title = self._title(node)
        duties = Duties()
        for start, end in [*bodies, *((child.start, child.end) for child in node.children)]:
            closing = closing_duties(self._text, start, end)
            if closing:
                duties.merge(closing[0])
            labels = [
                label
                for label in outside_labels(self._text, start, end)
                if label.role != "measures"
            ]
            duties.merge(read_duties(self._text, labels, end))
        quoted = _QUOTED_PROBLEM.search(title.quote)
        problem = (
            self._span(title.start + quoted.start(1), title.start + quoted.end(1))
            if quoted
            else None
        )
        return Task(
            id=record_id(self._sha256, "task", node.start, node.end),
            number=node.marker.number if node.marker and node.rank >= RANK_ITEM else "",
            title=title,
            path=self._path(node),
            span=self._span(node.start, node.end),
            labelled=False,
            problem=problem,
            leaders=tuple(duties.leaders),
            lead_units=duties.of("lead"),
            responsible_units=duties.of("responsible"),
            cooperating_units=duties.of("cooperating"),
            acceptance_units=duties.of("acceptance"),
            target=self._field(duties.fields, "target"),
            deadline=self._deadline(duties.fields),
            status=self._field(duties.fields, "status"),
            measures=tuple(self._item_measures(node, bodies)),
        )

    def _item_measures(self, node: Node, bodies: Sequence[tuple[int, int]]) -> Iterator[Measure]:
        bodies = [(s, e) for s, e in bodies if s < e]
        if bodies and self._is_field(*bodies[0]):
            bodies = []  # Fields alone: the heading says what is to be done.
        if bodies:
            bracketed = [body for body in bodies if closing_duties(self._text, *body)]
            if len(bracketed) > 1:
                for start, end in bodies:
                    yield self._measure("", start, end)
            else:
                yield from self._clauses(bodies[0][0], bodies[-1][1])
        elif not node.children:
            yield self._measure("", node.start, node.end, node)
        for child in node.children:
            yield self._measure(
                child.marker.number if child.marker else "", child.start, child.end, child
            )

    def _is_field(self, start: int, end: int) -> bool:
        """Whether a body begins with a field other than that of the measures."""
        labels = outside_labels(self._text, start, end)
        return bool(
            labels
            and labels[0].role != "measures"
            and not self._text[start : labels[0].start].strip(_LINE_MARKS + " ")
        )

    # Shared

    def _clauses(self, start: int, end: int) -> Iterator[Measure]:
        """A paragraph's measures: its 一是…二是… clauses, or the paragraph as one."""
        label = next(
            (one for one in outside_labels(self._text, start, end) if one.role == "measures"), None
        )
        if label is not None and label.start == start:
            start = trim(self._text, label.value_start, end)[0]
        marks = _clause_marks(self._text, start, end)
        if len(marks) < 2:
            yield self._numbered_or_whole(start, end)
            return
        lead_in = trim(self._text, start, marks[0][0])
        if lead_in[1] - lead_in[0] >= 12:
            yield self._measure("", *lead_in)
        stops = [position for position, _ in marks[1:]] + [end]
        for (position, number), stop in zip(marks, stops, strict=True):
            yield self._measure(number, *trim(self._text, position, stop))

    def _numbered_or_whole(self, start: int, end: int) -> Measure:
        """A paragraph as one measure; its own (1) may stand behind the label: 整改措施：(1)开展巡查。"""
        marker = find_marker(self._text[start:end])
        if marker is None or marker.rank < _RANK_CLAUSE:
            return self._measure("", start, end)
        body = trim(self._text, start + marker.length, end)[0]
        return self._measure(marker.number, body, end)

    def _measure(self, number: str, start: int, end: int, node: Node | None = None) -> Measure:
        text_start, text_end = start, end
        if node is not None and node.marker is not None:
            text_start = trim(self._text, node.start + node.marker.length, end)[0]
        duties, units_span = Duties(), None
        if closing := closing_duties(self._text, text_start, end):
            duties, begin, finish = closing
            units_span = self._span(begin, finish)
            text_end = trim(self._text, text_start, begin)[1]
        labels = [
            one
            for one in outside_labels(self._text, text_start, text_end)
            if one.role != "measures"
        ]
        if labels:
            duties.merge(read_duties(self._text, labels, text_end))
            units_span = units_span or self._span(labels[0].start, text_end)
            text_end = trim(self._text, text_start, labels[0].start, _LINE_MARKS)[1]
            text_end = content_range(self._text, text_start, text_end)[1]
        limits = find_deadlines(self._text, text_start, text_end, self._anchor)
        own = self._deadline(duties.fields)
        return Measure(
            number=number,
            text=self._span(text_start, text_end),
            span=self._span(start, end),
            units=duties.all_units(),
            units_span=units_span,
            deadlines=(*limits, own) if own is not None else limits,
        )

    def _title(self, node: Node) -> Span:
        marker_length = node.marker.length if node.marker else 0
        start, end = trim(self._text, node.start + marker_length, node.heading_end)
        if start < end:
            return self._span(start, end)
        # No heading of its own: the first clause names the item.
        body_end = node.blocks[0].end
        stop = next(
            (p for p in top_level(self._text, start, body_end) if self._text[p] in "，,。；;：:"),
            body_end,
        )
        return self._span(start, min(stop, start + 40))

    def _field(self, values: dict[str, tuple[int, int]], role: str) -> Span | None:
        if role not in values or values[role][0] >= values[role][1]:
            return None
        return self._span(*values[role])

    def _path(self, node: Node) -> tuple[str, ...]:
        return self._sections[id(node)].path

    def _span(self, start: int, end: int) -> Span:
        return Span(start, end, self._text[start:end])


def measure_parts(root: Node) -> list[Node]:
    """The parts of the document that hold measures: 整改措施, 重点任务, 整改落实的成效 …"""
    words = load_vocabulary("labels")
    parts = [
        node
        for node in root.children
        if any(word in node.title for word in words["measure_parts"])
        and not any(node.title.endswith(word) for word in words["other_parts"])
    ]
    return parts or [
        node
        for node in root.children
        if not node.annex_list and not any(word in node.title for word in words["other_parts"])
    ]


def _items(node: Node) -> Iterator[Node]:
    """The sections below a part that stand for one task each."""
    for child in node.children:
        structural = [one for one in child.children if one.rank <= RANK_ITEM]
        heading_only = not any(start < end for start, end in child.body())
        if structural or (heading_only and child.children and child.rank < RANK_ITEM):
            yield from _items(child)
        else:
            yield child


def _items_beside(root: Node, labelled: set[int]) -> Iterator[Node]:
    """Numbered items that stand among labelled ones of their rank and have no labels themselves."""
    for part in measure_parts(root):
        items = list(_items(part))
        ranks = {node.rank for node in items if id(node) in labelled}
        for node in items:
            if node.rank >= RANK_ITEM and node.rank in ranks and not _within(node, labelled):
                yield node


def _within(node: Node, nodes: set[int]) -> bool:
    """Whether a section is one of the nodes, or below one."""
    while node.parent is not None and id(node) not in nodes:
        node = node.parent
    return id(node) in nodes


def _line_start(node: Node, label_start: int) -> int:
    """Where the line of a label begins, if only a numbering mark stands before it: （二）整改时限：…"""
    for block in node.blocks:
        if block.start < label_start < block.end:
            marker = find_marker(block.text)
            if marker is not None and block.start + marker.length == label_start:
                return block.start
    return label_start


def _clause_marks(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """Positions of 一是, 二是, … outside quotation marks, as far as they count on from one."""
    outside = set(top_level(text, start, end))
    marks: list[tuple[int, str]] = []
    for match in _CLAUSE.finditer(text, start, end):
        before = text[match.start() - 1] if match.start() > start else "。"
        expected = "一二三四五六七八九十"[len(marks)] if len(marks) < 10 else ""
        if (
            match.start() in outside
            and before in "。；;，,：:)）\n "
            and match.group(1) == expected
        ):
            marks.append((match.start(), match.group()))
    return marks


def _review(
    duties: Duties, fields: dict[str, Span], measures: Sequence[Measure]
) -> tuple[str, ...]:
    """What a reader should look at, because a label is there but nothing could be read from it."""
    remarks = [
        f"“{fields[role].quote}”未能识别"
        for role in (*("lead", "responsible", "cooperating", "acceptance"),)
        if role in fields and not duties.units.get(role)
    ]
    if "leader" in fields and not duties.leaders:
        remarks.append(f"“{fields['leader'].quote}”未能识别")
    if "measures" in fields and not measures:
        remarks.append("未识别到整改措施")
    return tuple(remarks)
