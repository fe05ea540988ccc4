"""How many tasks there are, broken down by limit, part, leader or unit; who has the most."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.composers.records.conditions import conditions_text
from assistant.composers.records.findings import FINDINGS, findings_apart
from assistant.composers.records.groupings import group_kind, grouped_by, natural_grouping
from assistant.composers.records.selection import TaskSelection
from assistant.composers.records.stated_counts import ANNOUNCED
from assistant.composers.records.total_lines import TotalLineComposer
from assistant.composers.wording import (
    cite,
    cite_task,
    counted_by_parts,
    flat,
    heading_span,
    scope_name,
    task_number,
)
from assistant.draft import Block, Draft, Statement, bullets, own_words, paragraph, table
from assistant.ledger import TaskEntry
from assistant.library import Library
from assistant.query import BY_BODY, BY_TIME, Extreme, Field, Grouping, Holding, Query
from assistant.vocabulary import asks
from assistant.words import cut
from ingest.numerals import parse_number
from ingest.records import ParsedDocument, SourceDocument
from ingest.unit_lists import is_group
from prompts import phrase

_PROBLEMS_ASKED = re.compile("问题|毛病|隐患|违法")
# 一共几条，蓝天那块几条: the whole is asked for beside a part.
_ASKS_TOTAL = re.compile(r"一共|总共|合计|总数|共(?:有|计)?(?:几|多少)")


class CountComposer:
    """Counts the tasks of each document in scope."""

    def __init__(self, library: Library, selection: TaskSelection) -> None:
        self._library = library
        self._selection = selection
        self._totals = TotalLineComposer(library)

    def counts(self, query: Query) -> Draft:
        """How many tasks the documents in scope have, broken down as asked."""
        blocks: list[Block] = []
        # The extremes are those of the groups, and progress that is not reported is told below.
        wanted = replace(query, extreme=None, status=None, remaining=False)
        if query.group_by not in (*BY_BODY, *BY_TIME):
            # Limits, parts and progress that the question names are those it counts by.
            wanted = replace(wanted, windows=(), overdue=False, ongoing=None, undetermined=False)
        if _asks_total(query):
            wanted = replace(wanted, section="")
        for parsed in self._library.within(query.documents):
            scope = replace(wanted, documents=(parsed.source.path,))
            if found := self._findings(query, parsed):
                blocks += found
                continue
            entries = _of_findings(self._selection.entries(scope), query.text)
            grouping = query.group_by or natural_grouping(entries)
            leads = [entry for entry in entries if entry.task.lead_units]
            if grouping is Grouping.LEAD and not leads:
                grouping = Grouping.RESPONSIBLE  # a document that tells no leads apart
            # Who leads the most is not who is responsible for the most.
            led = grouping is Grouping.LEAD and Field.LEAD in query.fields
            groups = grouped_by(grouping, leads if led else entries)
            if not groups and grouping is Grouping.LEADER:
                # 谁手上最多 asks for bodies where no person is named.
                grouping = Grouping.LEAD
                groups = grouped_by(grouping, entries)
            if (holding := query.holding) is not None:
                groups = _ordered(groups, most_first=True)
                groups = {n: own for n, own in groups.items() if holding.holds(len(own))}
            if not groups:
                continue
            counted = group_kind(grouping).counted
            extremes = _extremes(query)
            if extremes:
                groups = _ordered(groups, most_first=extremes[0] is Extreme.MOST)
            for extreme in extremes:
                blocks.append(paragraph(self._ahead(extreme, parsed.source, groups, grouping)))
            if counted and query.group_by is not None and not extremes:
                blocks.append(paragraph(self._number_of_groups(scope, groups, grouping)))
            blocks.append(
                paragraph(self._total(scope, parsed.source, entries, grouping, len(groups)))
            )
            if announced := self._announced(query, parsed, len(entries)):
                blocks.append(paragraph(announced))
            if query.group_by in (*BY_TIME, Grouping.STATUS):
                by_day = query.group_by is not Grouping.STATUS
                if remarks := self._totals.differing(parsed.source.path, by_day=by_day):
                    blocks.append(paragraph(*remarks))
            if query.status is not None and not any(entry.task.status for entry in entries):
                text = phrase("status_unreported", scope=scope_name(scope, self._library))
                blocks.append(paragraph(own_words(text)))
            blocks.append(self._counted(groups, grouping))
        if query.holding is not None and query.group_by is not None and not blocks:
            text = phrase(
                "no_group_holding",
                scope=scope_name(query, self._library),
                what=group_kind(query.group_by).heading,
                holding=_held(query.holding),
            )
            return Draft((paragraph(own_words(text)),), refused=True)
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
            "conditions": conditions_text(scope, self._library) + counted_by_parts(entries),
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

    def _findings(self, query: Query, parsed: ParsedDocument) -> list[Block]:
        """The problems that a notice lists apart from its demands, where problems are counted; else nothing."""
        apart = not (query.units or query.people or query.section or query.group_by)
        if not apart or not _PROBLEMS_ASKED.search(query.text):
            return []
        points = findings_apart(parsed)
        if not points:
            return []
        part = points[0].path[0] if points[0].path else ""
        text = phrase("findings", title=parsed.source.title, part=part, count=len(points))
        ends = (points[0].heading, points[-1].heading)
        evidence = cite(self._library, parsed.source, *ends)
        blocks = [paragraph(Statement(text, evidence, computed=(text,)))]
        if announced := self._announced(query, parsed, len(points)):
            blocks.append(paragraph(announced))
        items = (
            Statement(flat(one.heading.quote), cite(self._library, parsed.source, one.heading))
            for one in points
        )
        return [*blocks, bullets(*items)]

    def _announced(self, query: Query, parsed: ParsedDocument, count: int) -> Statement | None:
        """The number of problems that the text itself gives before it lists them, where it is another one."""
        source = parsed.source
        said = ANNOUNCED.search(source.text, 0, min(task.span.start for task in parsed.tasks))
        if said is None or query.section:
            return None
        if parse_number(said["number"] or said["behind"]) in (None, count):
            return None
        text = phrase("announced_otherwise", stated=flat(said.group()))
        return Statement(text, cite(self._library, source, source.span(*said.span())))

    def _number_of_groups(
        self, scope: Query, groups: dict[str, list[TaskEntry]], grouping: Grouping
    ) -> Statement:
        """How many leaders or units there are, and who."""
        values = {
            "scope": scope_name(scope, self._library),
            "count": len(groups),
            "what": group_kind(grouping).counted,
            "names": "、".join(groups),
        }
        text = (
            phrase("total_groups_holding", **values, holding=_held(scope.holding))
            if scope.holding
            else phrase("total_groups", **values)
        )
        evidence = tuple(
            one
            for entries in groups.values()
            for one in cite(
                self._library,
                entries[0].document,
                group_kind(grouping).span(self._library, entries[0]),
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
        """Who has the most or the fewest, ties named together; 各镇街 is nobody in particular."""
        single = {name: own for name, own in groups.items() if not is_group(name)} or groups
        counts = [len(own) for own in single.values()]
        count = max(counts) if extreme is Extreme.MOST else min(counts)
        ahead = {name: own for name, own in single.items() if len(own) == count}
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
                group_kind(grouping).span(self._library, entry),
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
                for one in cite_task(
                    self._library,
                    entry,
                    heading_span(entry.document, entry.task),
                    group_kind(grouping).span(self._library, entry),
                )
            )
            cells = (name, f"{len(entries)}项", "；".join(_listed(entry) for entry in entries))
            computed = (str(len(entries)), name, short)
            rows.append(Statement("", tuple(dict.fromkeys(evidence)), cells, computed))
        return table((group_kind(grouping).heading, "数量", "编号和任务"), tuple(rows))


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


def _held(holding: Holding) -> str:
    """How many tasks are asked for, in whole numbers: 超过三项 is 在4项及以上."""
    if holding.most is None:
        return f"在{holding.least}项及以上"
    return f"为{holding.most}项" if holding.least == holding.most else f"在{holding.most}项及以下"


def _of_findings(entries: list[TaskEntry], text: str) -> list[TaskEntry]:
    """The findings alone, where problems are counted in a notice that goes on with requirements as items of their own."""
    found = [one for one in entries if one.task.path and FINDINGS.search(one.task.path[0])]
    rest = [one for one in entries if one not in found]
    required = rest and all(one.task.path and not one.task.labelled for one in rest)
    return found if found and required and _PROBLEMS_ASKED.search(text) else entries


def _asks_total(query: Query) -> bool:
    """Whether the whole is asked for, in a part of the question that does not speak of the section."""
    return any(
        _ASKS_TOTAL.search(part) and not any(len(w) > 1 and w in query.section for w in cut(part))
        for part in re.split("[,，;；?？。]", query.text)
    )


def _extremes(query: Query) -> list[Extreme]:
    """The most and the fewest, where both are asked for in one question."""
    both = (Extreme.MOST, Extreme.FEWEST)
    if query.extreme not in both:
        return []
    return [one for one in both if asks("extremes", one.value, query.text)] or [query.extreme]


def _listed(entry: TaskEntry) -> str:
    title = flat(entry.task.title.quote)
    title = title if len(title) <= 30 else title[:29] + "…"
    return f"{task_number(entry)} {title}{entry.task.part}"
