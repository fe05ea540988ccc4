"""What the notes below a list fill in of its rows: who has each, and values under a heading of their own.

第3项、第8项由副区长甲某包保；其余由整改办主任乙某调度. 问题来源：第1项、第2项为信访举报，其余为自查. What a row says of itself counts
before what its notes say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.brackets import trim
from ingest.records import Person, Span, Task, Unit
from ingest.row_notes import MARK, SUBJECT, notes_on
from ingest.told_duties import leaders_told, told_duties

# Who only takes part in it is not who accepts or answers for a row.
_TAKES_PART = re.compile(r"参与|参加|协助")
_IS = re.compile(r"(?:为|系|属于?|是)(?P<value>[^，,。；;：:\n]{2,14})[，,。；;]?$")
_HEADING = re.compile(r"(?P<heading>[\u4e00-\u9fff]{2,8})[:：]")


def with_fields_of_notes(task: Task, text: str) -> Task:
    """A row with what its notes fill in of it."""
    if not task.row:
        return task
    columns = dict(task.columns)
    leaders: dict[str, Person] = {}
    units: dict[str, Sequence[Unit]] = {}
    fields: dict[str, Span] = {}
    for note in notes_on(task):
        subject = SUBJECT.search(note.quote)
        if subject is None:
            continue
        start = note.start + subject.start()
        begin, end = trim(text, note.start + subject.end(), note.end, "，,。；;")
        line = Span(start, end, text[start:end])
        if (said := _IS.match(text, begin, end)) and (heading := _heading(text, start)):
            columns.setdefault(heading, Span(*said.span("value"), said["value"]))
        if not text.startswith("由", begin):
            continue
        for person in leaders_told(text, begin, end):
            leaders.setdefault(person.name, person)
            fields.setdefault("leader", line)
        told = [] if _TAKES_PART.search(line.quote) else told_duties(text, begin, end)
        for role, named in (one for each in told for one in each.duties.units.items()):
            units.setdefault(role, named)
            fields.setdefault(role, line)
    return _filled(replace(task, columns=columns), leaders, units, fields)


def _heading(text: str, start: int) -> str:
    """What the sentence that a row is named in begins with, as the heading of what it says of rows: 问题来源：."""
    opens = max(text.rfind("。", 0, start), text.rfind("\n", 0, start)) + 1
    mark = MARK.match(text, opens, start)
    heading = _HEADING.match(text, mark.end() if mark else opens, start)
    return heading["heading"] if heading else ""


def _filled(
    task: Task,
    leaders: Mapping[str, Person],
    units: Mapping[str, Sequence[Unit]],
    fields: Mapping[str, Span],
) -> Task:
    """A row with persons and bodies in the roles that nobody has in the row itself."""
    own: dict[str, tuple[Unit, ...]] = {
        "lead": task.lead_units,
        "responsible": task.responsible_units,
        "cooperating": task.cooperating_units,
        "acceptance": task.acceptance_units,
        "supervising": task.supervising_units,
    }
    known = {role for role, named in own.items() if named} | ({"leader"} if task.leaders else set())
    by_role = {role: named or tuple(units.get(role, ())) for role, named in own.items()}
    return replace(
        task,
        lead_units=by_role["lead"],
        responsible_units=by_role["responsible"],
        cooperating_units=by_role["cooperating"],
        acceptance_units=by_role["acceptance"],
        supervising_units=by_role["supervising"],
        leaders=task.leaders or tuple(leaders.values()),
        fields={
            **{role: line for role, line in fields.items() if role not in known},
            **task.fields,
        },
    )
