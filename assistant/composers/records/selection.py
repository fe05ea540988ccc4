"""Which tasks meet the conditions of a query: what lists, counts and superlatives are made of."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence

from assistant.composers.wording import flat
from assistant.ledger import (
    Ledger,
    Reported,
    Role,
    TaskEntry,
    TaskFilter,
    meets,
    own_units,
    units_in_role,
)
from assistant.library import Library, task_units
from assistant.query import Extreme, Query, UnitMention
from assistant.row_days import event_days, row_days
from assistant.row_persons import persons_of
from assistant.understanding.table_names import row_places_named
from assistant.understanding.task_columns import is_plain
from assistant.understanding.task_conditions import status_asked, task_conditions
from assistant.understanding.topic import distinctive_words
from assistant.units import core, matches
from ingest.deadlines import Anchor, days_in_field
from ingest.records import Task, Unit
from ingest.vocabulary import load_vocabulary

# Superlatives by date.
BY_DATE = (Extreme.LATEST, Extreme.EARLIEST, Extreme.NEXT)
_TOGETHER = re.compile(
    r"共同|一块|合伙|搭伙|合[挂背牵包管抓扛]|一起|一道|联合|合背|都(?:有|参与|牵头|负责)|同时"
)
_LEADING = re.compile("牵头|主办|挑头|打头|领衔")
# 11月底前（原定6月底前，因流标延期） falls in June no more.
_REPLACED = re.compile(r"[(（]原(?:定|时限|期限|计划|要求|为|是)[^()（）]*[)）]")
_Quantifier = Callable[[Iterable[bool]], bool]


class TaskSelection:
    """Selects the tasks of the ledger that a query asks for."""

    def __init__(self, library: Library, ledger: Ledger) -> None:
        self._library = library
        self._ledger = ledger

    def entries(self, query: Query) -> list[TaskEntry]:
        """Every task that meets all conditions, by name or by a group; those of the section asked for, if any are."""
        conditions = task_conditions(query, self._library)
        status = status_asked(query, self._library)
        # 到期没销号的 may have been done, and only not closed.
        unclosed = query.overdue and status is Reported.NOT_CLOSED
        wanted = TaskFilter(
            documents=query.documents,
            overdue_on=query.as_of if query.overdue and not unclosed else None,
            ongoing=query.ongoing,
        )
        together = all if _TOGETHER.search(query.text) else any
        entries = [
            entry
            for entry in self._ledger.tasks(wanted)
            if (not query.among or entry.task.id in query.among)
            and (status is None or entry.is_reported(status))
            and (not unclosed or entry.passed(query.as_of))
            and self._has_units(query, entry, together)
            and _has_leaders(query, entry, together)
        ]
        from_today = any(window.earliest == query.as_of for window in query.windows)
        # 没销号的还剩几条 counts what is not done, 从今天到月底还剩哪些 what the window holds.
        if query.remaining and query.status is None and not from_today:
            cutoff = next((w.latest for w in query.windows if w.latest), query.as_of)
            entries = [e for e in entries if e.due is not None and e.due > cutoff]
        elif query.windows:
            entries = [
                e for e in entries if _falls_in(e, query) or (query.with_ongoing and e.ongoing)
            ]
        if query.extreme in BY_DATE:
            if query.extreme is Extreme.NEXT:
                entries = [e for e in entries if e.due is not None and e.due >= query.as_of]
            latest = query.extreme is Extreme.LATEST
            entries = _at_the_end(entries, latest=latest, how_many=query.how_many)
        led = self._tells_leads(query)
        entries = [entry for entry in entries if _shape_holds(query, entry, led=led)]
        if query.undetermined:
            entries = [e for e in entries if e.limit is not None and e.limit.undetermined]
        for condition in conditions:
            entries = condition.keep(entries)
        return [one for one in entries if _is_in_section(query, one)] or entries

    def _tells_leads(self, query: Query) -> bool:
        """Whether it is asked who leads, of documents some of which tell it from who is responsible."""
        tasks = (task for one in self._library.within(query.documents) for task in one.tasks)
        return _LEADING.search(query.text) is not None and any(task.lead_units for task in tasks)

    def narrowed(self, query: Query) -> tuple[list[TaskEntry], list[str]]:
        """The tasks of `entries` that words of the question pick out, all where none does.

        With them how they were picked out beyond the conditions that the question states, as conditions.
        """
        entries = self.entries(query)
        if entries and _is_in_section(query, entries[0]):
            return entries, [f"属于“{flat(query.section)}”"]
        words = self._telling_words(query)
        picked = [one for one in entries if any(_is_said_of(word, one.task) for word in words)]
        if not picked and (place := self._place_untold(query, entries)):
            return [], [f"提到“{place}”"]
        if not picked or len(picked) == len(entries):
            return entries, []
        told = [word for word in words if any(_is_said_of(word, one.task) for one in picked)]
        return picked, [f"提到“{'”或“'.join(told)}”"]

    def _place_untold(self, query: Query, entries: Sequence[TaskEntry]) -> str:
        """A place of the question that rows of tables stand for and no task speaks of: those of others are not its own."""
        if query.units or query.people:
            return ""
        places = row_places_named(query.text, self._library.within(query.documents))
        untold = (one for one in places if not any(_is_said_of(one, each.task) for each in entries))
        return next(untold, "")

    def _telling_words(self, query: Query) -> list[str]:
        """Words of the question that pick out some tasks, without those of conditions."""
        stated = [word for one in task_conditions(query, self._library) for word in one.words]
        return [
            word
            for word in distinctive_words(query, self._library)
            if not any(word in said for said in stated)
        ]

    def _has_units(self, query: Query, entry: TaskEntry, together: _Quantifier) -> bool:
        """Whether the bodies asked for are in the task: each of them where a shared duty is asked for."""
        wanted, role = query.wanted_units, query.wanted_role
        if any(_is_left_out(entry, mention) for mention in query.units if mention.excluded):
            return False
        return not wanted or together(_has(entry, one, one.role or role) for one in wanted)

    def direct(self, query: Query, entries: Sequence[TaskEntry]) -> list[TaskEntry]:
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
            roles = (
                [role] if role else [Role.LEAD, Role.COOPERATING, Role.ACCEPTANCE, Role.SUPERVISING]
            )
            roles = [one for one in roles if one is not Role.RESPONSIBLE]
            units = [unit for one in roles for unit in units_in_role(entry.task, one)]
            units += entry.task.responsible_units if role in (None, Role.RESPONSIBLE) else ()
        else:
            units = list(task_units(entry.task))
        if role is None and any(_lies_in(entry.task, mention.name) for mention in wanted):
            return True
        return any(
            not unit.group and matches(office_name(mention.name), unit)
            for mention in wanted
            for unit in units
        )


def _is_in_section(query: Query, entry: TaskEntry) -> bool:
    return bool(query.section) and query.section in entry.task.path


def office_name(name: str) -> str:
    """水务口 and, in a list of bodies, 水务 are everyday for 水务局."""
    if name.endswith("口"):
        return name[:-1] + "局"
    ending = tuple(load_vocabulary("units")["suffixes"])
    spoken = {everyday for everyday, _ in load_vocabulary("units")["everyday"]}
    return name if name.endswith((*ending, "政府")) or name in spoken else f"{name}局"


def _has(entry: TaskEntry, mention: UnitMention, role: Role | None) -> bool:
    wanted = TaskFilter(documents=(entry.document.path,), unit=office_name(mention.name), role=role)
    return meets(entry, wanted) or (role is None and _lies_in(entry.task, mention.name))


def _is_left_out(entry: TaskEntry, mention: UnitMention) -> bool:
    """Whether a body has a role that is not asked for, and no other one where only that leaves a task out."""
    others = [one for one in Role if one is not mention.role] if mention.alone else []
    return _has(entry, mention, mention.role) and not any(
        _has(entry, mention, one) for one in others
    )


def _lies_in(task: Task, place: str) -> bool:
    """Whether a column of places has what may be a body as well: 河口镇 as 属地."""
    return any(
        cell.quote == place and is_plain(head, cell, task) for head, cell in task.columns.items()
    )


def _has_leaders(query: Query, entry: TaskEntry, together: _Quantifier) -> bool:
    names = persons_of(entry.task)
    if names.intersection(query.without_people):
        return False
    return not query.people or together(name in names for name in query.people)


def _bears_it(query: Query, task: Task, *, led: bool) -> bool:
    """Whether a task is borne by one alone, or by several together, as asked: persons where persons are named.

    With `led` only who leads it counts; a body that is asked for in a role is to be alone in that.
    """
    if query.of_persons:
        return len(task.leaders) > 1 if query.joint else len(task.leaders) == 1
    role = query.wanted_role
    if role is not None and not query.joint:
        return _has_nobody_beside(query, task, role)
    units = task.lead_units or (() if led else task.responsible_units)
    if (len(units) > 1) is not query.joint:
        return False
    return bool(query.joint) or (bool(units) and not units[0].group)


def _has_nobody_beside(query: Query, task: Task, role: Role) -> bool:
    """Whether the bodies asked for in a role are all that have it; 甲县委、甲县政府 is one place."""
    units = own_units(task, role)
    if not units and role is Role.RESPONSIBLE and not task.cooperating_units:
        units = task.lead_units
    names = [office_name(one.name) for one in query.wanted_units]
    return bool(units) and all(
        not unit.group and any(_is_of(name, unit) for name in names) for unit in units
    )


def _is_of(name: str, unit: Unit) -> bool:
    """Whether a body is the one asked for, or one of the place that is asked for: 甲县委 of 甲县."""
    place = core(name)
    return matches(name, unit) or (place[-1:] in "县市区旗" and unit.name.startswith(place))


def _shape_holds(query: Query, entry: TaskEntry, *, led: bool) -> bool:
    """Conditions on how many bodies or measures a task has, and on what its text mentions."""
    task = entry.task
    if query.joint is not None and not _bears_it(query, task, led=led):
        return False
    if query.one_measure and not (len(task.measures) == 1 and not task.measures[0].number):
        return False
    if len(query.mentions) == 1:
        return _is_about_it(query.mentions, task)
    return not query.mentions or _is_said_of(query.mentions, task)


def _is_about_it(element: str, task: Task) -> bool:
    """Whether a title, or a problem more than once, has 水, 气 … by itself; names of bodies have it as well (水务局)."""
    alone = re.compile(rf"{element}(?!平|务|利)")
    problem = task.problem.quote if task.problem is not None else ""
    return bool(alone.search(task.title.quote)) or len(alone.findall(problem)) > 1


def _is_said_of(word: str, task: Task) -> bool:
    """Whether a task's text has a word, or a heading above it, which speaks of all below: 四、隐患整改."""
    return word in task.words or any(word in heading for heading in task.path)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _falls_in(entry: TaskEntry, query: Query) -> bool:
    """Whether any date of a task's limit is in a window: “6月底前完成备案，演练于第三季度内完成” has two.

    A row without a limit goes by the day that it tells, on which a petition was received.
    """
    if happened := event_days(entry, query.text):
        return any(window.holds(day) for window in query.windows for day in happened)
    days = [entry.due, *row_days(entry, query.text)]
    if entry.task.deadline is not None:
        source = entry.document
        written = _REPLACED.sub(_blank, entry.task.deadline.phrase.quote)
        anchor = Anchor(source.issued, source.year, source.reports_progress)
        days += days_in_field(written, 0, len(written), anchor)
    return any(window.holds(day) for window in query.windows for day in days)


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
