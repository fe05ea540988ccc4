"""What a count is broken down by: for each kind the names a task is counted under and the words that show it."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.composers.wording import flat, limit_text, status_name
from assistant.ledger import TaskEntry
from assistant.library import Library
from assistant.query import BY_BODY, Grouping
from assistant.units import without_office
from ingest.records import Person, Span, Unit
from prompts import phrase

_NO_DATE = "未写明日期"
# A longer state is a sentence of its own.
_LONGEST_STATE = 10


@dataclass(frozen=True, slots=True)
class GroupKind:
    """One way to break a count down.

    `heading` stands over the groups, `counted` says what they are where their number is told; `by_date` tells
    that groups follow their limits (months) and not where they come up.
    """

    heading: str
    names: Callable[[TaskEntry], Sequence[str]]
    span: Callable[[Library, TaskEntry], Span | None]
    counted: str = ""
    by_date: bool = False


def group_kind(grouping: Grouping) -> GroupKind:
    """How tasks are broken down by `grouping`."""
    return _KINDS[grouping]


def grouped_by(grouping: Grouping, entries: Sequence[TaskEntry]) -> dict[str, list[TaskEntry]]:
    """Tasks by group; one shared by several leaders or units counts for each."""
    kind = _KINDS[grouping]
    groups: dict[str, list[TaskEntry]] = defaultdict(list)
    # A body goes by its first name, where the document writes it in more than one way.
    known: dict[str, str] = {}
    for entry in entries:
        names = kind.names(entry)
        if grouping in BY_BODY:
            names = [known.setdefault(without_office(name), name) for name in names]
        for name in dict.fromkeys(names):
            groups[name].append(entry)
    if not kind.by_date:
        return dict(groups)
    last = dt.date.max
    return dict(sorted(groups.items(), key=lambda group: group[1][0].due or last))


def natural_grouping(entries: Sequence[TaskEntry]) -> Grouping:
    """Issues of a list are told apart by their limits, items of a plan by its parts."""
    return Grouping.LIMIT if any(entry.task.deadline for entry in entries) else Grouping.PART


def _named(entries: Sequence[Unit | Person]) -> tuple[str, ...]:
    return tuple(one.name for one in entries)


def _field(*roles: str) -> Callable[[Library, TaskEntry], Span | None]:
    def span(library: Library, entry: TaskEntry) -> Span | None:
        fields = entry.task.fields
        return next((fields[role] for role in roles if role in fields), None)

    return span


def _limit_span(library: Library, entry: TaskEntry) -> Span | None:
    return entry.task.fields.get("deadline") or entry.limit_wording


def _month(entry: TaskEntry) -> tuple[str, ...]:
    return (f"{entry.due.year}年{entry.due.month}月" if entry.due else _NO_DATE,)


def _quarter(entry: TaskEntry) -> tuple[str, ...]:
    if entry.due is None:
        return (_NO_DATE,)
    return (f"{entry.due.year}年第{'一二三四'[(entry.due.month - 1) // 3]}季度",)


def _year(entry: TaskEntry) -> tuple[str, ...]:
    return (f"{entry.due.year}年" if entry.due else _NO_DATE,)


def _part(entry: TaskEntry) -> tuple[str, ...]:
    task = entry.task
    path = task.path[:-1] if task.number else task.path
    return (path[-1] if path else entry.document.title,)


def _part_span(library: Library, entry: TaskEntry) -> Span | None:
    sections = library[entry.document.path].sections
    return next((one.heading for one in sections if one.path == entry.task.path[:-1]), None)


def _status(entry: TaskEntry) -> tuple[str, ...]:
    """What is reported, in the document's own word (申请延期) or as told otherwise where that says neither done nor not."""
    if entry.reported is not None:
        return (status_name(entry.reported),)
    if entry.task.state is None:
        return (phrase("status_untold"),)
    state = flat(entry.task.state.quote).rstrip("。")
    is_word = len(state) <= _LONGEST_STATE and not re.search(r"[\d，,；;]", state)
    return (phrase("status_as_written", state=state) if is_word else phrase("status_in_words"),)


_KINDS = {
    Grouping.LIMIT: GroupKind("时限", lambda e: (limit_text(e) or "未载明时限",), _limit_span),
    Grouping.MONTH: GroupKind("到期月份", _month, _limit_span, by_date=True),
    Grouping.QUARTER: GroupKind("到期季度", _quarter, _limit_span, by_date=True),
    Grouping.YEAR: GroupKind("到期年份", _year, _limit_span, by_date=True),
    Grouping.PART: GroupKind("部分", _part, _part_span),
    Grouping.LEADER: GroupKind(
        "负责领导（责任人）",
        lambda e: _named(e.task.leaders),
        _field("leader"),
        "位负责领导（责任人）",
    ),
    Grouping.LEAD: GroupKind(
        "牵头单位",
        lambda e: _named(e.task.lead_units or e.task.responsible_units),
        _field("lead", "responsible"),
        "家牵头单位",
    ),
    Grouping.RESPONSIBLE: GroupKind(
        "责任单位", lambda e: _named(e.task.responsible_units), _field("responsible"), "家责任单位"
    ),
    Grouping.COOPERATING: GroupKind(
        "配合单位",
        lambda e: _named(e.task.cooperating_units),
        _field("cooperating", "lead"),
        "家配合单位",
    ),
    Grouping.ACCEPTANCE: GroupKind(
        "验收单位", lambda e: _named(e.task.acceptance_units), _field("acceptance"), "家验收单位"
    ),
    Grouping.SUPERVISING: GroupKind(
        "督导单位", lambda e: _named(e.task.supervising_units), _field("supervising"), "家督导单位"
    ),
    Grouping.DOCUMENT: GroupKind(
        "文件", lambda e: (e.document.title,), lambda library, entry: None
    ),
    Grouping.STATUS: GroupKind("进展", _status, lambda library, entry: entry.task.state),
}
