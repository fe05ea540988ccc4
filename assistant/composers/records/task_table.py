"""Tasks as a table: number, title, who, by when and how far, each row with its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from assistant.composers.wording import (
    ROLE_FIELDS,
    by_label,
    cite_task,
    field_spans,
    flat,
    heading_span,
    limit_text,
    measure_numbers,
    names,
    people_or_units,
    task_label_block,
    task_number,
)
from assistant.draft import Block, Statement, table
from assistant.ledger import Role, TaskEntry, own_units
from assistant.library import Library
from assistant.query import Field
from assistant.role_labels import role_name
from assistant.units import matches
from ingest.records import Measure, Span, Task, Unit

_RESPONSIBLE = "责任单位"
_PROGRESS = "进展"
_BRACKET = re.compile(r"[（(][^（()）]+[)）]$")


class TaskTable:
    """Puts tasks into a table with the columns that any of them fills."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def block(
        self,
        entries: Sequence[TaskEntry],
        asked: str = "",
        own: Sequence[str] = (),
        fields: Iterable[Field] = (),
    ) -> Block:
        """The table; with the part that the body `asked` for has in each labelled task.

        `own` are headings of the documents' own tables whose cells are shown too, and `fields` those asked for:
        bodies in further roles have a column where they are.
        """
        labelled = any(entry.task.labelled for entry in entries)
        # Most items of a plan say no more of a body than that it is responsible.
        told_apart = any(_has_own_role(asked, entry.task) for entry in entries)
        asked = asked if labelled or told_apart else ""
        leading = [bool(entry.task.lead_units) for entry in entries]
        leads = any(leading) if labelled else all(leading)
        lead_name = role_name(Role.LEAD, [entry.task for entry in entries])
        bodies = lead_name if leads else _RESPONSIBLE
        further = _further_roles(entries, fields, bodies)
        columns = {
            "文件": len({entry.document.path for entry in entries}) > 1,
            "编号": True,
            "任务": True,
            "承担角色": bool(asked),
            "负责领导": any(entry.task.leaders for entry in entries),
            bodies: any(_bodies(entry.task) for entry in entries),
            **dict.fromkeys(further, True),
            **{head: any(head in entry.task.columns for entry in entries) for head in own},
            "时限": any(entry.limit_wording for entry in entries),
            _PROGRESS: any(entry.task.status for entry in entries),
        }
        shown = [name for name, filled in columns.items() if filled]
        rows = tuple(self._row(entry, asked, shown, bodies, further) for entry in entries)
        return table(tuple(shown), rows)

    def _row(
        self,
        entry: TaskEntry,
        asked: str,
        shown: Sequence[str],
        bodies: str,
        further: Mapping[str, Field],
    ) -> Statement:
        """The cells of one task under the headings `shown`; `bodies` is that of those who carry it out."""
        task = entry.task
        columns = {head: span for head, span in task.columns.items() if head in shown}
        values = {
            **{head: "" for head in shown},
            **{head: flat(span.quote) for head, span in columns.items()},
            "文件": entry.document.title,
            "编号": task_number(entry),
            "任务": task.name,
            "承担角色": part_of(asked, task) if asked else "",
            "负责领导": leading(entry),
            bodies: _said_bodies(task, bodies),
            **{head: names(people_or_units(task, field)) for head, field in further.items()},
            "时限": limit_text(entry),
            _PROGRESS: "；".join(flat(one.quote) for one in _progress(task, shown)),
        }
        spans = [heading_span(entry.document, task), *task_label_block(entry.document, task)]
        if asked:
            spans += [one.units_span for one in measures_naming(asked, task) if one.units_span]
        for field in (Field.LEADER, *further.values()):
            spans += _uncovered(field_spans(entry.document, task, field), spans)
        spans += _progress(task, shown)
        spans += _uncovered(columns.values(), spans)
        if entry.limit is not None and not any(span.covers(entry.limit.phrase) for span in spans):
            spans.append(entry.limit.clause)
        return Statement(
            "",
            cite_task(self._library, entry, *spans),
            tuple(values[name] for name in shown),
            computed=(
                task_number(entry),
                entry.document.title,
                *(one.number for one in task.measures if asked),
                _how_many(measures_naming(asked, task)) if asked else "",
            ),
        )


def leading(entry: TaskEntry) -> str:
    """The persons who answer for a task, each with the document's label where these differ."""
    groups = by_label(entry.document, entry.task, Field.LEADER)
    if len(groups) == 1:
        return names(groups[0][1])
    return "、".join(f"{flat(one.span.quote)}（{label}）" for label, who in groups for one in who)


def _further_roles(
    entries: Sequence[TaskEntry], fields: Iterable[Field], bodies: str
) -> dict[str, Field]:
    """Headings for the roles asked for that any task fills, beside that of the `bodies` shown anyway."""
    tasks = [entry.task for entry in entries]
    asked = [one for one in ROLE_FIELDS if one in fields and one is not Field.LEADER]
    heads = {role_name(Role(one.value), tasks): one for one in asked}
    filled = {one for one in asked if any(people_or_units(task, one) for task in tasks)}
    return {head: one for head, one in heads.items() if one in filled and head != bodies}


def _uncovered(spans: Iterable[Span], cited: Sequence[Span]) -> list[Span]:
    """Those spans that none of the ones cited has in it."""
    return [span for span in spans if not any(one.covers(span) for one in cited)]


def _progress(task: Task, shown: Sequence[str]) -> list[Span]:
    """The state that a list gives a task, where its column is not `shown` beside, and the progress told."""
    beside = any(task.columns.get(head) == task.state for head in shown if head != _PROGRESS)
    return [one for one in task.reported if not (beside and one == task.state)]


def _said_bodies(task: Task, heading: str) -> str:
    """The bodies of the cell; those of a task without a lead say under a lead's heading what they are."""
    said = names(_bodies(task))
    beside = said and not task.lead_units and heading != _RESPONSIBLE
    return f"{said}（{_RESPONSIBLE}）" if beside else said


def _bodies(task: Task) -> tuple[Unit, ...]:
    return task.lead_units or task.responsible_units


def part_of(asked: str, task: Task) -> str:
    """What a body has to do with a task: its roles, and the numbers of the measures that name it."""
    named = {
        role: next((unit for unit in own_units(task, role) if matches(asked, unit)), None)
        for role in map(Role, ROLE_FIELDS)
    }
    parts = [role_name(role, [task]) + _own_part(unit) for role, unit in named.items() if unit]
    if len(measures := measures_naming(asked, task)) and task.labelled:
        numbers = measure_numbers(measures)
        parts.append(f"措施{numbers}{_how_many(measures)}" if numbers else "措施责任单位")
    return "、".join(parts)


def _has_own_role(asked: str, task: Task) -> bool:
    """Whether a body has another role in a task than to be responsible."""
    further = (role for role in map(Role, ROLE_FIELDS) if role is not Role.RESPONSIBLE)
    return bool(asked) and any(
        matches(asked, unit) for role in further for unit in own_units(task, role)
    )


def _how_many(measures: Sequence[Measure]) -> str:
    return f"，共{len(measures)}条" if len(measures) > 1 else ""


def _own_part(unit: Unit) -> str:
    """What a bracket behind a body says of its part: （监测井） of 安环部（监测井）; a former name is none."""
    bracket = _BRACKET.search(unit.span.quote)
    return bracket.group() if bracket and not unit.aliases and not unit.group else ""


def measures_naming(asked: str, task: Task) -> list[Measure]:
    """The measures that name a body itself; those that cover it by a group where none does."""
    named = [one for one in task.measures if any(matches(asked, unit) for unit in one.units)]
    direct = [
        one for one in named if any(matches(asked, unit) for unit in one.units if not unit.group)
    ]
    return direct or named
