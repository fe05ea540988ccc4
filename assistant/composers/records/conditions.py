"""How an answer says the conditions that tasks were selected by."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Sequence

from assistant.composers.wording import status_name
from assistant.ledger import Role
from assistant.library import Library
from assistant.query import Extreme, Query, Window
from assistant.role_labels import role_name
from assistant.row_days import event_asked
from assistant.row_persons import persons_beside
from assistant.understanding.named_tables import table_named
from assistant.understanding.task_conditions import status_asked, task_conditions
from assistant.units import matches
from ingest.dates import chinese_date
from prompts import phrase

# How an answer says superlatives by date.
_EXTREME_NAMES = {
    Extreme.LATEST: "时限最晚",
    Extreme.EARLIEST: "时限最早",
    Extreme.NEXT: "自{day}起最先到期",
}

_YEAR_ALONE = re.compile(r"[今明后]年|\d{4}年")


def conditions_text(query: Query, library: Library, others: Sequence[str] = ()) -> str:
    """The conditions in brackets, and `others` that tasks were selected by; empty where there are none."""
    conditions = [*_unit_conditions(query, library), *others]
    if query.people:
        conditions += _person_conditions(query, library)
    if query.without_people:
        conditions.append(f"负责领导不含{'、'.join(query.without_people)}")
    by = _dated_by(query, library)
    conditions += [f"{by}：{_said(window, query.as_of)}" for window in dict.fromkeys(query.windows)]
    if query.windows and query.with_ongoing:
        conditions[-1] += "，或长期坚持"
    if query.ongoing is not None:
        conditions.append("要求长期坚持" if query.ongoing else "未要求长期坚持")
    if (status := status_asked(query, library)) is not None:
        conditions.append(status_name(status))
    if query.overdue:
        conditions.append(f"截至{query.as_of.isoformat()}时限已过")
    if query.undetermined:
        conditions.append("时限未定")
    if query.remaining:
        conditions.append("尚未到期")
    if query.joint is not None:
        who = "领导" if query.of_persons else "单位"
        conditions.append(f"多个{who}共同承担" if query.joint else f"一个{who}单独承担")
    if query.one_measure:
        conditions.append("整改措施未分条")
    if query.mentions:
        conditions.append(f"提到“{query.mentions}”")
    conditions += [one.wording for one in task_conditions(query, library) if one.wording]
    if query.extreme in _EXTREME_NAMES:
        conditions.append(_EXTREME_NAMES[query.extreme].format(day=query.as_of.isoformat()))
    return phrase("list_conditions", conditions="；".join(conditions)) if conditions else ""


def _said(window: Window, as_of: dt.date) -> str:
    """A time as the question words it; 拖到明年的 may be due still later, 年底前到期的 no earlier than today."""
    later = window.latest is None and _YEAR_ALONE.fullmatch(window.text)
    if window.earliest == as_of and window.text.endswith("前"):
        return f"{window.text}，自{chinese_date(as_of)}起"
    return f"{window.text}及以后" if later else window.text


def _person_conditions(query: Query, library: Library) -> list[str]:
    """The persons asked for, by the headings that they stand below: 包联领导 where a ledger has them beside others."""
    tasks = [task for parsed in library.within(query.documents) for task in parsed.tasks]
    called: defaultdict[str, list[str]] = defaultdict(list)
    for name in query.people:
        leads = any(person.name == name for task in tasks for person in task.leaders)
        beside = (persons_beside(task).get(name, "") for task in tasks)
        heads = [*(["负责领导"] if leads else []), *dict.fromkeys(filter(None, beside))]
        called["或".join(heads) or "负责领导"].append(name)
    return [f"{heads}：{'、'.join(names)}" for heads, names in called.items()]


def _dated_by(query: Query, library: Library) -> str:
    """What the days are called that a time asked about is compared with."""
    tasks = (task for parsed in library.within(query.documents) for task in parsed.tasks)
    if event := next(filter(None, (event_asked(task, query.text) for task in tasks)), ""):
        return event
    table = table_named(query, library)
    return "日期" if table is not None and not table.has_limits else "时限"


def _unit_conditions(query: Query, library: Library) -> list[str]:
    tasks = [task for parsed in library.within(query.documents) for task in parsed.tasks]

    def called(role: Role | None) -> str:
        return role_name(role, tasks) if role else "涉及单位"

    named = "、".join(
        dict.fromkeys(_as_written(one.name, query, library) for one in query.wanted_units)
    )
    conditions = [f"{called(query.wanted_role)}：{named}"] if named else []
    return conditions + [
        f"不含{one.name}仅为{called(one.role)}的"
        if one.alone
        else f"{called(one.role)}不含{one.name}"
        for one in query.units
        if one.excluded
    ]


def _as_written(name: str, query: Query, library: Library) -> str:
    """A body as the documents call it: 区生态环境局 for 环保局; as it is asked for where that is part of its name."""
    paths = {parsed.source.path for parsed in library.within(query.documents)}
    written = {
        unit.name
        for path, unit in library.units
        if path in paths and not unit.group and matches(name, unit)
    }
    known = len(written) != 1 or any(name in one for one in written)
    return name if known else written.pop()
