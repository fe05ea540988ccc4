"""What every shape of task needs of the document: its text, the places of sections, its dates."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.blocks import Block, is_table_row
from ingest.brackets import top_level, trim
from ingest.deadlines import Anchor, find_deadlines, is_status, parse_deadline_field
from ingest.markers import Label, find_labels
from ingest.outline import Node, record_id
from ingest.progress import reported_as_of
from ingest.records import Deadline, Measure, Section, Span, Task
from ingest.responsibility import (
    UNIT_ROLES,
    Duties,
    closing_duties,
    read_duties,
)
from ingest.said_behind import said_behind
from ingest.tasks.addressees import addressee, before_short_name, says_responsible
from ingest.tasks.groups import duties_of_group
from ingest.tasks.limits import BULLETS, limit_above, own_limit
from ingest.tasks.review import doubts
from ingest.tasks.states import closing_state
from ingest.told_duties import accepted_by, duties_of_all

# What may stand before a label: bullets, emphasis, 【牵头单位】.
LINE_MARKS = BULLETS + "【"
_LONGEST_NAME = 40
# The role of those who are named beside a firm that a letter is addressed to.
_BESIDE = {"responsible": "cooperating"}
# What may stand before a field that holds for all tasks below: （本部分责任领导：某某）.
_OF_PART = re.compile(
    r"[（(]?(?P<part>[本该此](?:部分|章|节|类|领域|板块|批|清单|方案|台账)(?:各项)?(?:任务|问题|事项|整改)*的?)?"
)
_CODE = re.compile(r"[\u4e00-\u9fff]{0,6}[:：]?[A-Za-z\d-]*\d[A-Za-z\d-]{3,}")


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

    def title(self, node: Node, problem: Span | None = None, name: Span | None = None) -> Span:
        """The section's heading less who is named in its bracket; else its name, or the first clause of problem or text.

        The number of a complaint says nothing by itself: 受理编号D3-0021：甲村反映烟尘.
        """
        start = self.words_start(node, node.heading_end)
        end = trim(self.text, start, self._words_end(start, node.heading_end))[1]
        if start < end and problem is not None and _CODE.fullmatch(self.text, start, end):
            return self.span(start, trim(self.text, start, problem.end, "。；;")[1])
        if start < end:
            return self.span(start, end)
        if name is not None:
            return name
        body = problem or self.span(start, node.blocks[0].end)
        stop = next(
            (
                p
                for p in top_level(self.text, body.start, body.end)
                if self.text[p] in "，,。；;：:"
            ),
            body.end,
        )
        return self.span(body.start, min(stop, body.start + _LONGEST_NAME))

    def heading_duties(self, node: Node) -> Duties:
        """Who is named in the bracket behind the heading's words: 第3项（包案领导：某某）."""
        closing = closing_duties(self.text, self.words_start(node, node.end), node.heading_end)
        return closing[0] if closing else Duties()

    def _duties_above(self, node: Node) -> Duties:
        """What headings above say of all that stands below them, in a bracket or in fields of their own."""
        duties = Duties()
        section = node.parent
        while section is not None:
            is_root = section.parent is None
            nearer = Duties() if is_root else self.heading_duties(section)
            nearer.merge(duties_of_group(self.text, section))
            for block in section.blocks if is_root else section.blocks[1:]:
                labels = _labels_for_all(block, named=is_root)
                nearer.merge(read_duties(self.text, labels, _inner_end(block)))
                nearer.merge(duties_of_all(self.text, block.start, block.end))
            _inherit(duties, nearer)
            if "deadline" in nearer.fields:
                duties.fields.setdefault("deadline", nearer.fields["deadline"])
            section = section.parent
        return duties

    def _closing_state(self, node: Node) -> Span | None:
        """The state in the bracket that closes the heading or the last paragraph of a section's own text."""
        ends = ((node.start, node.heading_end), (node.blocks[-1].start, node.blocks[-1].end))
        found = (closing_state(self.text, start, end) for start, end in ends)
        return next((state for state in found if state is not None), None)

    def _state_above(self, node: Node) -> Span | None:
        """The state in the bracket behind the nearest heading above: 三、红灯（逾期未完成）."""
        above = node.parent
        while above is not None and above.parent is not None:
            if state := closing_state(self.text, above.start, above.heading_end):
                return state
            above = above.parent
        return None

    def _words_end(self, start: int, end: int) -> int:
        """Where the words of a heading end before the bracket that names who is in charge, or a short name."""
        closing = closing_duties(self.text, start, end)
        return before_short_name(self.text, start, closing[1] if closing else end)

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
        """What is reported, also where the time limit belongs: 整改时限：已完成, 6月底前（已完成）."""
        if (status := self.field(duties, "status")) is not None:
            return status
        limit = self.field(duties, "deadline")
        if limit is None or is_status(limit.quote):
            return limit
        return closing_state(self.text, limit.start, limit.end)

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
        behind = said_behind(self.text, node, self.anchor)
        _inherit(duties, behind)
        deadline = self.deadline(duties) or self.deadline(behind)
        above = self._duties_above(node)
        _inherit(duties, above)
        if not duties.units.get("acceptance"):
            duties.units["acceptance"] = list(accepted_by(self.text, node.start, node.end))
        if deadline is None and "deadline" not in duties.fields:
            deadline = own_limit(self.text, node, self.anchor)
            if deadline is None and not any(one.deadlines for one in measures):
                deadline = limit_above(self.text, node, self.anchor) or self.deadline(above)
        addressed = addressee(self.text, node) if not duties.units.get("lead") else None
        if addressed is not None and not says_responsible(fields or {}):
            # 属地单位：某镇 names who is there beside the firm itself.
            duties.units["cooperating"] = [*duties.of("cooperating"), *duties.of("responsible")]
            duties.units["responsible"] = [addressed]
            fields = {_BESIDE.get(role, role): line for role, line in (fields or {}).items()}
        status = self.status(duties) or (fields or {}).get("status") or self._closing_state(node)
        status = status or self._state_above(node)
        put_down = closing_state(self.text, node.start, node.heading_end)
        if put_down is not None and put_down != status:
            fields = {**(fields or {}), "state": put_down}
        return Task(
            id=record_id(self.sha256, "task", node.start, node.end),
            number=number,
            title=self.title(node, problem, self.field(duties, "name")),
            path=self.sections[id(node)].path,
            span=self.span(node.start, node.end),
            labelled=labelled,
            problem=problem,
            leaders=tuple(duties.leaders),
            lead_units=duties.of("lead"),
            responsible_units=duties.of("responsible"),
            cooperating_units=duties.of("cooperating"),
            acceptance_units=duties.of("acceptance"),
            supervising_units=duties.of("supervising"),
            target=self.field(duties, "target"),
            deadline=deadline,
            status=status,
            status_as_of=reported_as_of(self.text, status, self.anchor),
            measures=measures,
            fields=dict(fields or {}),
            review=doubts(fields or {}, duties.units, duties.leaders, deadline, measures),
        )


def _labels_for_all(block: Block, *, named: bool) -> list[Label]:
    """The labels of a line of fields above tasks: （本部分责任领导：某某）; `named` where it has to say of what it is."""
    opening = _OF_PART.match(block.text)
    skipped = opening.end() if opening else 0
    if named and not (opening and opening["part"]):
        return []
    labels = find_labels(block.text[skipped:], 0, _inner_end(block) - block.start - skipped)
    if not labels or is_table_row(block):
        return []
    if block.text[skipped : skipped + labels[0].start].strip(LINE_MARKS + " "):
        return []
    offset = block.start + skipped
    return [
        Label(one.role, one.start + offset, one.end + offset, one.value_start + offset)
        for one in labels
    ]


def _inner_end(block: Block) -> int:
    """Where a line ends without the bracket around the whole of it."""
    return block.end - (block.text.startswith(("（", "(")) and block.text.endswith(("）", ")")))


def _inherit(duties: Duties, above: Duties) -> None:
    """Add whom a section above names in roles that nobody has here."""
    named = duties.units.get("lead") or duties.units.get("responsible")
    roles = [role for role in UNIT_ROLES if role != "responsible" or not named]
    for role in roles:
        if not duties.units.get(role) and above.units.get(role):
            duties.units[role] = list(above.units[role])
    duties.leaders = duties.leaders or list(above.leaders)


def number_of(node: Node) -> str:
    """The section's number without its marks, empty where it has none."""
    return node.marker.number if node.marker else ""


def within(node: Node, nodes: set[int]) -> bool:
    """Whether a section is one of the nodes (by `id()`), or below one."""
    while node.parent is not None and id(node) not in nodes:
        node = node.parent
    return id(node) in nodes
