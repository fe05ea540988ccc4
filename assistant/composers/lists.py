"""Lists and counts from records: complete, counted, the count first."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence

from assistant.composers.wording import (
    cite,
    flat,
    heading_span,
    limit_text,
    measure_numbers,
    names,
    role_name,
    scope_name,
    status_name,
    task_label_block,
    task_name,
    task_number,
)
from assistant.draft import Block, Draft, Statement, bullets, paragraph, table
from assistant.ledger import Ledger, Role, TaskEntry, TaskFilter, meets, units_in_role
from assistant.library import Library, task_units
from assistant.query import Extreme, Query, UnitMention, Window
from assistant.understanding.topic import distinctive_words
from assistant.units import matches
from ingest.deadlines import Anchor, find_deadlines
from ingest.records import Measure, Task
from ingest.vocabulary import load_vocabulary
from prompts import phrase

_MOST_MEASURES = 12
_ASKS_ITS_PART = re.compile(
    r"哪[几些]?条|具体|干(?:点|些)?[啥什]|做(?:点|些)?[啥什]|措施|怎么|哪些活|什么活|一[块起道同]|认领|领了|揽|扛|摊"
)
_COUNTS_MEASURES = re.compile(r"措施.{0,6}(?:几|多少)|(?:几|多少)(?:条|项|个)措施")
# Superlatives by date, and how an answer says them.
_BY_DATE = {
    Extreme.LATEST: "时限最晚",
    Extreme.EARLIEST: "时限最早",
    Extreme.NEXT: "自{day}起最先到期",
}
_TOGETHER = re.compile(r"共同|一起|一道|联合|合背|都(?:有|参与|牵头|负责)|同时")
_Quantifier = Callable[[Iterable[bool]], bool]


class ListComposer:
    """Lists the tasks that meet the conditions of a query."""

    def __init__(self, library: Library, ledger: Ledger) -> None:
        self._library = library
        self._ledger = ledger

    def tasks(self, query: Query) -> Draft:
        """Every task that meets all conditions, those named directly before those covered by a group."""
        entries = self._filtered(query)
        direct = self._direct(query, entries)
        grouped = [entry for entry in entries if entry not in direct]
        if not direct and grouped:
            direct, grouped = grouped, []
        count = phrase(
            "list_count",
            scope=scope_name(query, self._library),
            count=len(direct),
            conditions=self._conditions(query),
        )
        if not entries:
            text = phrase(
                "list_none",
                scope=scope_name(query, self._library),
                conditions=self._conditions(query),
            )
            return Draft((paragraph(_own(text)),), refused=True)
        blocks = [paragraph(_own(count)), self._table(query, direct)]
        blocks += self._measures(query, direct)
        if joint := self._joint(query, direct):
            blocks.append(paragraph(joint))
        if grouped:
            blocks.append(paragraph(self._grouped(query, grouped)))
        if query.overdue:
            blocks.append(paragraph(Statement(phrase("passed_hint"))))
        return Draft(tuple(blocks))

    def _filtered(self, query: Query) -> list[TaskEntry]:
        wanted = TaskFilter(
            documents=query.documents,
            overdue_on=query.as_of if query.overdue else None,
            ongoing=query.ongoing,
        )
        together = all if _TOGETHER.search(query.text) else any
        entries = [
            entry
            for entry in self._ledger.tasks(wanted)
            if (query.status is None or entry.is_reported(query.status))
            and self._has_units(query, entry, together)
            and _has_leaders(query, entry, together)
        ]
        if query.remaining:
            cutoff = next((w.latest for w in query.windows if w.latest), query.as_of)
            entries = [e for e in entries if e.due is not None and e.due > cutoff]
        elif query.windows:
            entries = [e for e in entries if _falls_in(e, query.windows)]
        if query.extreme in _BY_DATE:
            if query.extreme is Extreme.NEXT:
                entries = [e for e in entries if e.due is not None and e.due >= query.as_of]
            latest = query.extreme is Extreme.LATEST
            entries = _at_the_end(entries, latest=latest, how_many=query.how_many)
        entries = [entry for entry in entries if _shape_holds(query, entry)]
        if query.undetermined:
            entries = [e for e in entries if e.limit is not None and e.limit.undetermined]
        words = distinctive_words(query, self._library)
        about = [e for e in entries if any(word in e.task.words for word in words)]
        return about or entries

    def _has_units(self, query: Query, entry: TaskEntry, together: _Quantifier) -> bool:
        """Whether the bodies asked for are in the task: each of them where a shared duty is asked for."""
        wanted, role = query.wanted_units, query.wanted_role
        if any(_has(entry, mention, mention.role) for mention in query.units if mention.excluded):
            return False
        return not wanted or together(_has(entry, one, one.role or role) for one in wanted)

    def _direct(self, query: Query, entries: Sequence[TaskEntry]) -> list[TaskEntry]:
        """The tasks that name the body by itself; in their own lines where that is asked, if any does."""
        own = [
            one
            for one in entries
            if self._named_directly(query, one, in_own_lines=query.named_directly)
        ]
        if own or not query.named_directly:
            return own
        return [one for one in entries if self._named_directly(query, one, in_own_lines=False)]

    def _named_directly(self, query: Query, entry: TaskEntry, *, in_own_lines: bool) -> bool:
        """Whether the task names the body asked for, by itself and not by a group."""
        wanted, role = query.wanted_units, query.wanted_role
        if not wanted:
            return True
        if in_own_lines or role not in (None, Role.RESPONSIBLE):
            # 责任单位 asked for by name is the task's own line, not the brackets of its measures.
            roles = [role] if role else [Role.LEAD, Role.COOPERATING, Role.ACCEPTANCE]
            roles = [one for one in roles if one is not Role.RESPONSIBLE]
            units = [unit for one in roles for unit in units_in_role(entry.task, one)]
            units += entry.task.responsible_units if role in (None, Role.RESPONSIBLE) else ()
        else:
            units = list(task_units(entry.task))
        return any(
            not unit.group and matches(_office(mention.name), unit)
            for mention in wanted
            for unit in units
        )

    def _table(self, query: Query, entries: Sequence[TaskEntry]) -> Block:
        labelled = any(entry.task.labelled for entry in entries)
        several = len({entry.document.path for entry in entries}) > 1
        header = [*(["文件"] if several else []), "编号", "任务"]
        # Items of a plan say no more of a body than that it is responsible.
        asked = _asked_body(query) if labelled else ""
        header += ["承担角色"] if asked else []
        leaders = any(entry.task.leaders for entry in entries)
        status = any(entry.task.status for entry in entries)
        header += ["负责领导"] if leaders else []
        header += ["牵头单位" if labelled else "责任单位", "时限"]
        header += ["进展"] if status else []
        rows = tuple(
            self._row(entry, asked, several=several, leaders=leaders, status=status)
            for entry in entries
        )
        return table(tuple(header), rows)

    def _row(
        self, entry: TaskEntry, asked: str, *, several: bool, leaders: bool, status: bool
    ) -> Statement:
        task = entry.task
        units = task.lead_units or task.responsible_units
        cells = [
            *([entry.document.title] if several else []),
            task_number(entry),
            flat(task.title.quote),
            *([_part_of(asked, task)] if asked else []),
            *(["、".join(flat(person.span.quote) for person in task.leaders)] if leaders else []),
            names(units),
            limit_text(entry),
            *([flat(task.status.quote) if task.status else ""] if status else []),
        ]
        spans = [heading_span(entry.document, task), *task_label_block(entry.document, task)]
        if asked:
            spans += [one.units_span for one in _measures_naming(asked, task) if one.units_span]
        if status and task.status:
            spans.append(task.status)
        if entry.limit is not None and not any(span.covers(entry.limit.phrase) for span in spans):
            spans.append(entry.limit.clause)
        return Statement(
            "",
            cite(self._library, entry.document, *spans),
            tuple(cells),
            computed=(
                task_number(entry),
                entry.document.title,
                *(one.number for one in task.measures if asked),
            ),
        )

    def _measures(self, query: Query, entries: Sequence[TaskEntry]) -> list[Block]:
        """The measures of the tasks listed that name the body asked for, where its part in them is asked for."""
        asked = _asked_body(query)
        if not asked or not _ASKS_ITS_PART.search(query.text):
            return []
        items = [
            Statement(
                f"{task_name(entry.task)}{flat(measure.span.quote)}",
                cite(self._library, entry.document, measure.span),
                computed=(task_name(entry.task), measure.number),
            )
            for entry in entries
            for measure in _measures_naming(asked, entry.task)
        ]
        listed = [bullets(*items)] if 0 < len(items) <= _MOST_MEASURES else []
        return [*self._measure_count(query, asked, entries), *listed]

    def _measure_count(self, query: Query, asked: str, entries: Sequence[TaskEntry]) -> list[Block]:
        """In how many measures a body is named, and in which tasks, where measures are counted."""
        if not _COUNTS_MEASURES.search(query.text):
            return []
        own = [(one, named) for one in entries if (named := _measures_naming(asked, one.task))]
        if not own:
            return []
        text = phrase(
            "measures_counted",
            unit=asked,
            count=sum(len(named) for _, named in own),
            items="；".join(
                f"{task_name(one.task)}{len(named)}条{measure_numbers(named)}" for one, named in own
            ),
        )
        evidence = [
            piece
            for one, named in own
            for piece in cite(self._library, one.document, *(m.units_span or m.span for m in named))
        ]
        return [paragraph(Statement(text, tuple(evidence), computed=(text,)))]

    def _joint(self, query: Query, entries: Sequence[TaskEntry]) -> Statement | None:
        """Which of the tasks are shared with others, where a person or a lead unit is asked for."""
        if query.people:
            shared = [entry for entry in entries if len(entry.task.leaders) > 1]
        elif query.units and query.units[0].role is Role.LEAD:
            shared = [entry for entry in entries if len(entry.task.lead_units) > 1]
        else:
            return None
        if not shared:
            return None
        items = "；".join(
            f"{task_name(entry.task)}（{names(entry.task.leaders if query.people else entry.task.lead_units)}）"
            for entry in shared
        )
        text = phrase("joint_items", count=len(shared), items=items)
        evidence = [
            one
            for entry in shared
            for one in cite(
                self._library,
                entry.document,
                heading_span(entry.document, entry.task),
                *task_label_block(entry.document, entry.task),
            )
        ]
        return Statement(
            text,
            tuple(evidence),
            computed=(str(len(shared)), *(entry.task.number for entry in shared)),
        )

    def _grouped(self, query: Query, entries: Sequence[TaskEntry]) -> Statement:
        mention = query.units[0].name
        groups = dict.fromkeys(
            unit.name
            for entry in entries
            for unit in task_units(entry.task)
            if unit.group and matches(mention, unit)
        )
        items = "、".join(task_name(entry.task) for entry in entries)
        text = phrase(
            "by_group",
            count=len(entries),
            group=next(iter(groups), "各单位"),
            unit=mention,
            items=items,
        )
        evidence = [
            one
            for entry in entries
            for one in cite(
                self._library,
                entry.document,
                heading_span(entry.document, entry.task),
                *task_label_block(entry.document, entry.task),
            )
        ]
        computed = (str(len(entries)), mention, *groups, *(e.task.number for e in entries))
        return Statement(text, tuple(evidence), computed=computed)

    def _conditions(self, query: Query) -> str:
        conditions = _unit_conditions(query)
        if query.people:
            conditions.append(f"负责领导：{'、'.join(query.people)}")
        if query.without_people:
            conditions.append(f"负责领导不含{'、'.join(query.without_people)}")
        conditions += [f"时限：{window.text}" for window in dict.fromkeys(query.windows)]
        if query.ongoing is not None:
            conditions.append("要求长期坚持" if query.ongoing else "未要求长期坚持")
        if query.status is not None:
            conditions.append(status_name(query.status))
        if query.overdue:
            conditions.append(f"截至{query.as_of.isoformat()}时限已过")
        if query.undetermined:
            conditions.append("时限未定")
        if query.remaining:
            conditions.append("尚未到期")
        if query.joint is not None:
            conditions.append("多个单位共同承担" if query.joint else "一个单位单独承担")
        if query.one_measure:
            conditions.append("整改措施未分条")
        if query.mentions:
            conditions.append(f"提到“{query.mentions}”")
        if query.extreme in _BY_DATE:
            conditions.append(_BY_DATE[query.extreme].format(day=query.as_of.isoformat()))
        return phrase("list_conditions", conditions="；".join(conditions)) if conditions else ""


def _asked_body(query: Query) -> str:
    """The one body whose tasks are asked for in whatever role; empty where there is none or a role is named."""
    names = {mention.name for mention in query.wanted_units}
    roles = {mention.role for mention in query.wanted_units}
    return (
        _office(next(iter(names))) if len(names) == 1 and roles <= {None, Role.RESPONSIBLE} else ""
    )


def _part_of(asked: str, task: Task) -> str:
    """What a body has to do with a task: its roles, and the numbers of the measures that name it."""
    roles = {
        Role.LEAD: task.lead_units,
        Role.RESPONSIBLE: task.responsible_units,
        Role.COOPERATING: task.cooperating_units,
        Role.ACCEPTANCE: task.acceptance_units,
    }
    parts = [
        role_name(role) for role, units in roles.items() if any(matches(asked, u) for u in units)
    ]
    if len(measures := _measures_naming(asked, task)) and task.labelled:
        numbers = measure_numbers(measures)
        parts.append(f"措施{numbers}" if numbers else "措施责任单位")
    return "、".join(parts)


def _measures_naming(asked: str, task: Task) -> list[Measure]:
    """The measures that name a body itself; those that cover it by a group where none does."""
    named = [one for one in task.measures if any(matches(asked, unit) for unit in one.units)]
    direct = [
        one for one in named if any(matches(asked, unit) for unit in one.units if not unit.group)
    ]
    return direct or named


def _unit_conditions(query: Query) -> list[str]:
    role = query.wanted_role
    named = "、".join(dict.fromkeys(mention.name for mention in query.wanted_units))
    conditions = [f"{role_name(role) if role else '涉及单位'}：{named}"] if named else []
    return conditions + [
        f"{role_name(one.role) if one.role else '涉及单位'}不含{one.name}"
        for one in query.units
        if one.excluded
    ]


def _office(name: str) -> str:
    """水务口 and, in a list of bodies, 水务 are everyday for 水务局."""
    if name.endswith("口"):
        return name[:-1] + "局"
    ending = tuple(load_vocabulary("units")["suffixes"])
    spoken = {everyday for everyday, _ in load_vocabulary("units")["everyday"]}
    return name if name.endswith((*ending, "政府")) or name in spoken else f"{name}局"


def _has(entry: TaskEntry, mention: UnitMention, role: Role | None) -> bool:
    wanted = TaskFilter(documents=(entry.document.path,), unit=_office(mention.name), role=role)
    return meets(entry, wanted)


def _has_leaders(query: Query, entry: TaskEntry, together: _Quantifier) -> bool:
    names = {person.name for person in entry.task.leaders}
    if names.intersection(query.without_people):
        return False
    return not query.people or together(name in names for name in query.people)


def _shape_holds(query: Query, entry: TaskEntry) -> bool:
    """Conditions on how many bodies or measures a task has, and on what its text mentions."""
    task = entry.task
    units = task.lead_units or task.responsible_units
    if query.joint is not None and (len(units) > 1) is not query.joint:
        return False
    if query.joint is False and (not units or units[0].group):
        return False
    if query.one_measure and not (len(task.measures) == 1 and not task.measures[0].number):
        return False
    return not query.mentions or query.mentions in task.words


def _falls_in(entry: TaskEntry, windows: Sequence[Window]) -> bool:
    """Whether any date of a task's limit is in a window: “6月底前完成备案，演练于第三季度内完成” has two."""
    days = [entry.due]
    if entry.task.deadline is not None:
        source, written = entry.document, entry.task.deadline.phrase.quote
        anchor = Anchor(source.issued, source.year, source.reports_progress)
        days += [one.latest for one in find_deadlines(written, 0, len(written), anchor)]
    return any(window.holds(day) for window in windows for day in days)


def _at_the_end(
    entries: Sequence[TaskEntry], *, latest: bool, how_many: int | None
) -> list[TaskEntry]:
    """The dated tasks that are due last (or first), as many as are asked for and ties with them."""
    days = sorted((entry.due for entry in entries if entry.due is not None), reverse=latest)
    if not days:
        return []
    last = days[min(how_many or 1, len(days)) - 1]
    reached = {day for day in days if (day >= last if latest else day <= last)}
    kept = [entry for entry in entries if entry.due in reached]
    return sorted(kept, key=lambda entry: entry.due or dt.date.max, reverse=latest)


def _own(text: str) -> Statement:
    """A sentence about the list itself: its figures are Duban's own count."""
    return Statement(text, computed=(text,))
