"""What every shape of task needs of the document: its text, the places of sections, its dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.brackets import top_level, trim
from ingest.deadlines import Anchor, find_deadlines, is_status, parse_deadline_field
from ingest.outline import Node, record_id
from ingest.progress import reported_as_of
from ingest.records import Deadline, Measure, Section, Span, Task
from ingest.responsibility import Duties
from ingest.tasks.review import doubts

# What Markdown and word processors put before a label: bullets, emphasis, 【牵头单位】.
LINE_MARKS = "-*•·●【"
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Context:
    """A document while its tasks are read; `sections` are the frozen sections by `id()` of their node."""

    text: str
    sha256: str
    sections: dict[int, Section]
    anchor: Anchor

    def span(self, start: int, end: int) -> Span:
        return Span(start, end, self.text[start:end])

    def words_start(self, node: Node, end: int) -> int:
        """Where the words of a section begin, behind its numbering mark."""
        mark = node.marker.length if node.marker else 0
        return trim(self.text, node.start + mark, end)[0]

    def title(self, node: Node) -> Span:
        """The section's heading, or its first clause where it has none."""
        start = self.words_start(node, node.heading_end)
        end = trim(self.text, start, node.heading_end)[1]
        if start < end:
            return self.span(start, end)
        body_end = node.blocks[0].end
        stop = next(
            (p for p in top_level(self.text, start, body_end) if self.text[p] in "，,。；;：:"),
            body_end,
        )
        return self.span(start, min(stop, start + _LONGEST_NAME))

    def field(self, duties: Duties, role: str) -> Span | None:
        """The value of a field, if it has one."""
        start, end = duties.fields.get(role, (0, 0))
        return self.span(start, end) if start < end else None

    def deadline(self, duties: Duties) -> Deadline | None:
        limit = self.field(duties, "deadline")
        if limit is not None and not is_status(limit.quote):
            return parse_deadline_field(self.text, limit.start, limit.end, self.anchor)
        target = self.field(duties, "target")
        if target is None:
            return None
        # Without a limit of its own the task is due when its target is to be met.
        found = find_deadlines(self.text, target.start, target.end, self.anchor)
        dated = [one for one in found if one.latest is not None]
        return max(dated, key=lambda one: one.latest or dt.date.min, default=None)

    def status(self, duties: Duties) -> Span | None:
        """What is reported, also where the time limit belongs: 整改时限：已完成."""
        limit = self.field(duties, "deadline")
        reported = limit if limit is not None and is_status(limit.quote) else None
        return self.field(duties, "status") or reported

    def task(
        self,
        node: Node,
        duties: Duties,
        *,
        number: str,
        problem: Span | None,
        measures: tuple[Measure, ...],
        labelled: bool = False,
        fields: Mapping[str, Span] | None = None,
    ) -> Task:
        """The record of a section that is a task."""
        deadline = self.deadline(duties)
        status = self.status(duties) or (fields or {}).get("status")
        return Task(
            id=record_id(self.sha256, "task", node.start, node.end),
            number=number,
            title=self.title(node),
            path=self.sections[id(node)].path,
            span=self.span(node.start, node.end),
            labelled=labelled,
            problem=problem,
            leaders=tuple(duties.leaders),
            lead_units=duties.of("lead"),
            responsible_units=duties.of("responsible"),
            cooperating_units=duties.of("cooperating"),
            acceptance_units=duties.of("acceptance"),
            target=self.field(duties, "target"),
            deadline=deadline,
            status=status,
            status_as_of=reported_as_of(self.text, status, self.anchor),
            measures=measures,
            fields=dict(fields or {}),
            review=doubts(fields or {}, duties.units, duties.leaders, deadline, measures),
        )


def number_of(node: Node) -> str:
    """The section's number without its marks, empty where it has none."""
    return node.marker.number if node.marker else ""


def within(node: Node, nodes: set[int]) -> bool:
    """Whether a section is one of the nodes (by `id()`), or below one."""
    while node.parent is not None and id(node) not in nodes:
        node = node.parent
    return id(node) in nodes
