"""How many tasks there are, broken down by limit, part, leader or unit; who has the most."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from assistant.composers.wording import (
    cite,
    flat,
    heading_span,
    limit_text,
    scope_name,
    status_name,
    task_number,
)
from assistant.draft import Block, Draft, Statement, paragraph, table
from assistant.ledger import Ledger, TaskEntry, TaskFilter
from assistant.library import Library
from assistant.query import Extreme, Grouping, Query
from ingest.numerals import parse_number
from ingest.records import SourceDocument, Span
from prompts import phrase

# 一共几条，蓝天那块几条: the whole is asked for beside a part.
_ASKS_TOTAL = re.compile(r"一共|总共|合计|总数|共(?:有|计)?(?:几|多少)")


class CountComposer:
    """Counts the tasks of each document in scope."""

    def __init__(self, library: Library, ledger: Ledger) -> None:
        self._library = library
        self._ledger = ledger

    def counts(self, query: Query) -> Draft:
        """How many tasks the documents in scope have, broken down as asked."""
        blocks: list[Block] = []
        section = "" if _ASKS_TOTAL.search(query.text) else query.section
        for parsed in self._library.within(query.documents):
            scope = replace(query, documents=(parsed.source.path,))
            entries = tuple(
                entry
                for entry in self._ledger.tasks(TaskFilter(documents=scope.documents))
                if not section or section in entry.task.path
            )
            if not entries:
                continue
            grouping = query.group_by or _natural_grouping(entries)
            groups = _grouped_by(grouping, entries)
            if query.only_one:
                groups = {name: own for name, own in groups.items() if len(own) == 1}
            if not groups:
                continue
            if query.extreme is not None:
                groups = _ordered(groups, most_first=query.extreme is Extreme.MOST)
                blocks.append(
                    paragraph(self._ahead(query.extreme, parsed.source, groups, grouping))
                )
            if query.group_by in _WHAT and query.extreme is None:
                blocks.append(paragraph(self._number_of_groups(scope, groups, query.group_by)))
            blocks.append(
                paragraph(self._total(scope, parsed.source, entries, grouping, len(groups)))
            )
            if query.status is not None and not any(entry.task.status for entry in entries):
                text = phrase("status_unreported", scope=scope_name(scope, self._library))
                blocks.append(paragraph(Statement(text, computed=(text,))))
            blocks.append(self._counted(groups, grouping))
        return Draft(tuple(blocks), refused=not blocks)

    def _total(
        self,
        scope: Query,
        source: SourceDocument,
        entries: Sequence[TaskEntry],
        grouping: Grouping,
        groups: int,
    ) -> Statement:
        name = "total_by_part" if grouping is Grouping.PART and groups > 1 else "total_tasks"
        values = {
            "scope": scope_name(scope, self._library),
            "count": len(entries),
            "numbers": _range(entries),
        }
        text = (
            phrase(name, **values, parts=groups)
            if name == "total_by_part"
            else phrase(name, **values)
        )
        evidence = cite(
            self._library,
            source,
            heading_span(source, entries[0].task),
            heading_span(source, entries[-1].task),
        )
        return Statement(text, evidence, computed=(text,))

    def _number_of_groups(
        self, scope: Query, groups: dict[str, list[TaskEntry]], grouping: Grouping
    ) -> Statement:
        """How many leaders or units there are, and who."""
        text = phrase(
            "total_groups",
            scope=scope_name(scope, self._library),
            count=len(groups),
            what=_WHAT[grouping],
            names="、".join(groups),
        )
        evidence = tuple(
            one
            for entries in groups.values()
            for one in cite(
                self._library, entries[0].document, self._group_span(grouping, entries[0])
            )
        )
        return Statement(text, tuple(dict.fromkeys(evidence)), computed=(text,))

    def _ahead(
        self,
        extreme: Extreme,
        source: SourceDocument,
        groups: dict[str, list[TaskEntry]],
        grouping: Grouping,
    ) -> Statement:
        """Who has the most or the fewest, ties named together; `groups` are in order."""
        count = len(next(iter(groups.values())))
        ahead = {name: entries for name, entries in groups.items() if len(entries) == count}
        name = "most_tasks" if extreme is Extreme.MOST else "fewest_tasks"
        text = phrase(name, names="、".join(ahead), count=count, scope=f"《{source.title}》")
        evidence = tuple(
            one
            for entries in ahead.values()
            for entry in entries
            for one in cite(
                self._library,
                source,
                heading_span(entry.document, entry.task),
                self._group_span(grouping, entry),
            )
        )
        return Statement(text, tuple(dict.fromkeys(evidence)), computed=(text,))

    def _counted(self, groups: dict[str, list[TaskEntry]], grouping: Grouping) -> Block:
        rows = []
        for name, entries in groups.items():
            short = "、".join(task_number(entry) for entry in entries)
            evidence = tuple(
                one
                for entry in entries
                for one in cite(
                    self._library,
                    entry.document,
                    heading_span(entry.document, entry.task),
                    self._group_span(grouping, entry),
                )
            )
            cells = (name, f"{len(entries)}项", "；".join(_listed(entry) for entry in entries))
            computed = (str(len(entries)), name, short)
            rows.append(Statement("", tuple(dict.fromkeys(evidence)), cells, computed))
        return table((_GROUP_HEADINGS[grouping], "数量", "编号和任务"), tuple(rows))

    def _group_span(self, grouping: Grouping, entry: TaskEntry) -> Span | None:
        """What shows that a task belongs to its group."""
        task = entry.task
        match grouping:
            case Grouping.LIMIT:
                return task.fields.get("deadline") or entry.limit_wording
            case Grouping.LEADER:
                return task.fields.get("leader")
            case Grouping.LEAD:
                return task.fields.get("lead") or task.fields.get("responsible")
            case Grouping.PART:
                sections = self._library[entry.document.path].sections
                return next((one.heading for one in sections if one.path == task.path[:-1]), None)
            case Grouping.STATUS:
                return task.status
            case Grouping.DOCUMENT:
                return None


_WHAT = {Grouping.LEADER: "位负责领导（责任人）", Grouping.LEAD: "家牵头单位"}
_GROUP_HEADINGS = {
    Grouping.LIMIT: "时限",
    Grouping.PART: "部分",
    Grouping.LEADER: "负责领导（责任人）",
    Grouping.LEAD: "牵头单位",
    Grouping.DOCUMENT: "文件",
    Grouping.STATUS: "进展",
}


def _natural_grouping(entries: Sequence[TaskEntry]) -> Grouping:
    """Issues of a list are told apart by their limits, items of a plan by its parts."""
    return Grouping.LIMIT if any(entry.task.deadline for entry in entries) else Grouping.PART


def _grouped_by(grouping: Grouping, entries: Sequence[TaskEntry]) -> dict[str, list[TaskEntry]]:
    """Tasks by group; one shared by several leaders or units counts for each."""
    groups: dict[str, list[TaskEntry]] = defaultdict(list)
    for entry in entries:
        for name in _group_names(grouping, entry):
            groups[name].append(entry)
    return groups


def _group_names(grouping: Grouping, entry: TaskEntry) -> tuple[str, ...]:
    task = entry.task
    match grouping:
        case Grouping.LIMIT:
            return (limit_text(entry) or "未载明时限",)
        case Grouping.LEADER:
            return tuple(person.name for person in task.leaders)
        case Grouping.LEAD:
            return tuple(unit.name for unit in task.lead_units or task.responsible_units)
        case Grouping.STATUS:
            return (status_name(entry.reported) if entry.reported else "文件未载明进展",)
        case Grouping.DOCUMENT:
            return (entry.document.title,)
        case Grouping.PART:
            path = task.path[:-1] if task.number else task.path
            return (path[-1] if path else entry.document.title,)


def _range(entries: Sequence[TaskEntry]) -> str:
    """The first and the last number, where the tasks are numbered through."""
    numbers = [parse_number(entry.task.number) for entry in entries]
    first = numbers[0]
    if first is None or numbers != list(range(first, first + len(numbers))):
        return ""
    return f"（编号{entries[0].task.number}至{entries[-1].task.number}）"


def _ordered(groups: dict[str, list[TaskEntry]], *, most_first: bool) -> dict[str, list[TaskEntry]]:
    names = sorted(groups, key=lambda name: len(groups[name]), reverse=most_first)
    return {name: groups[name] for name in names}


def _listed(entry: TaskEntry) -> str:
    title = flat(entry.task.title.quote)
    return f"{task_number(entry)} {title if len(title) <= 30 else title[:29] + '…'}"
