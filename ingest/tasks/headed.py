"""Issues whose fields are headings with their text below: （一）整改目标 … （二）整改措施 …"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.blocks import Block, content_range
from ingest.markers import Label, find_labels, find_marker, heading_role, starts_with_label
from ingest.outline import Node
from ingest.records import Measure, Span, Task
from ingest.responsibility import Duties, field_lines, outside_labels, read_duties
from ingest.tasks.context import Context, number_of
from ingest.tasks.labelled import ROLES_OF_TASKS_ONLY, TASK_ROLES, describe
from ingest.tasks.measures import clauses, section_measure


def headed_issues(root: Node) -> Iterator[Node]:
    """Sections with nothing but fields below them, as headings or on lines, where two stand side by side.

    One alone may as well be a part of a plan: 总体要求 with 整改目标 and 整改要求.
    """
    for parent in root.walk():
        issues = [node for node in parent.children if _has_fields_below(node)]
        if len(issues) >= 2:
            yield from issues


def _has_fields_below(node: Node) -> bool:
    named = {role for child in node.children if (role := heading_role(child.title)) is not None}
    return (
        node.marker is not None
        and not node.annex
        and all(heading_role(one.title) or _opens_with_field(one) for one in node.children)
        and len(named & TASK_ROLES) >= 2
        and bool(named & ROLES_OF_TASKS_ONLY)
    )


def _opens_with_field(section: Node) -> bool:
    """Whether the text below a heading begins with a field of its own: （三）督办责任 / 督办单位：某局；…"""
    return len(section.blocks) > 1 and starts_with_label(section.blocks[1].text)


def read_headed(context: Context, node: Node) -> Task:
    """The task that such an issue is."""
    duties = Duties()
    fields: dict[str, Span] = {}
    for labels, end in _fields(context, node):
        duties.merge(read_duties(context.text, labels, end))
        for role, span in field_lines(context.text, labels, end).items():
            fields.setdefault(role, span)
    measures = tuple(one for child in node.children for one in _measures(context, child))
    described = describe(context, node, _first_field(node, node.children[0].start))
    return context.task(
        node,
        duties,
        number=number_of(node),
        problem=context.field(duties, "problem") or described,
        measures=measures,
        labelled=True,
        fields=fields,
    )


def _fields(context: Context, node: Node) -> Iterator[tuple[list[Label], int]]:
    """The labels of each field, headings or with a colon, and where the last value ends."""
    read: set[int] = set()
    for section in (node, *node.children):
        role = heading_role(section.title)
        if section is not node and role is not None:
            begin = context.words_start(section, section.heading_end)
            start, end = _text_below(context.text, section)
            yield [Label(role, begin, section.heading_end, start)], end
        lines = [one for one in _lines_with_labels(section) if one.start not in read]
        read |= {one.start for one in lines}
        for block in lines:
            yield outside_labels(context.text, block.start, block.end), block.end


def _lines_with_labels(node: Node) -> Iterator[Block]:
    """Fields with a colon in the section's text, and those that follow its last point, numbered like it or not at all.

    A field that other points have too is the last point's own.
    """
    *others, last = node.walk()
    roles = {role for one in others if one is not node for role in _roles_of_lines(one)}
    for section in node.walk():
        for block in section.blocks[1:]:
            marker = find_marker(block.text)
            words = block.text[marker.length :] if marker else block.text
            alike = marker is not None and marker.rank == node.rank
            closes = section is last and marker is None and not roles & _roles_of(block)
            if (section is node or alike or closes) and starts_with_label(words):
                yield block


def _roles_of_lines(section: Node) -> Iterator[str]:
    for block in section.blocks[1:]:
        yield from _roles_of(block)


def _roles_of(block: Block) -> set[str]:
    return {one.role for one in find_labels(block.text, 0, len(block.text))}


def _first_field(node: Node, default: int) -> int:
    return min([default, *(block.start for block in _lines_with_labels(node))])


def _text_below(text: str, node: Node) -> tuple[int, int]:
    """The text below a heading, with numbered points if it has any, up to the next field."""
    start = next((start for start, _ in node.body()), node.heading_end)
    end = content_range(text, node.start, _first_field(node, node.end))[1]
    return start, max(start, end)


def _measures(context: Context, node: Node) -> Iterator[Measure]:
    """The numbered points below 整改措施, or its text."""
    if heading_role(node.title) != "measures":
        return
    start, end = _text_below(context.text, node)
    for child in node.children:
        stop = content_range(context.text, child.start, min(child.end, end))[1]
        yield section_measure(context, child, stop)
    if not node.children and start < end:
        yield from clauses(context, start, end)
