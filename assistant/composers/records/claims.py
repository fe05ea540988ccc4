"""What a question takes for granted, or asks to have confirmed, of who has which duty: checked by the record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.composers.wording import (
    ROLE_FIELDS,
    by_label,
    cite,
    cite_task,
    field_spans,
    flat,
    heading_span,
    joint_span,
    label_of,
    line_of_fields,
    measure_name,
    names,
    numbers_in,
    people_or_units,
    task_name,
)
from assistant.draft import Statement
from assistant.ledger import Role, TaskEntry
from assistant.library import Library
from assistant.query import Field, Query, UnitMention
from assistant.row_persons import persons_beside, persons_of
from assistant.units import matches
from assistant.vocabulary import asks
from ingest.records import Measure, Span, Task, Unit
from prompts import phrase

_DO = r"(?:在|来|去|给|自己)?(?:办|干|管|弄|搞|做|抓|负责|治|落实|整|承办|主抓|承担|出面|经手)(?:理|治|改)?(?:的|了)?"
_CLAUSE = re.compile(r"[^。;；?？]+?(?:[。;；?？]|[,，](?=[^,，]*$)|$)")
_OF_THE_TASK = re.compile(r"[个项条件]问题|清单|台账|那?一?栏")
# The roles of bodies; that of a person is checked by name.
ROLE_TO_FIELD: dict[Role, Field] = {
    role: Field(role.value) for role in Role if role is not Role.LEADER
}


def bodies_said_to_do_it(query: Query) -> list[str]:
    """The bodies that a question says do it, in no particular role, for confirmation: 是水利站办的吧."""
    if not query.asks_confirmation:
        return []
    names = [mention.name for mention in query.units if mention.role is None]
    return [one for one in names if re.search(rf"{re.escape(one)}{_DO}", query.text)]


def asks_role(query: Query) -> bool:
    """Whether it is asked what a body has to do with a task: 水利局在里头算什么角色."""
    return any(
        one.name in clause
        for clause in _CLAUSE.findall(query.text)
        if asks("operations", "role_of_body", clause)
        for one in query.units
    )


def doing_field(task: Task) -> Field:
    """The field that says who does it: the lead, where the task tells one."""
    return Field.LEAD if task.lead_units else Field.RESPONSIBLE


class ClaimChecker:
    """Says which duties that a question gives to bodies and persons the record of a task bears out."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def checked(self, query: Query, entry: TaskEntry, measure: Measure | None) -> list[Statement]:
        """What is denied, and what is so; nothing where the question claims nothing."""
        membership = asks("operations", "membership", query.text)
        said = (
            [*self._memberships(query, entry, measure)]
            if membership
            else [*self._misplaced(query, entry)]
        )
        said += self.persons(query, entry)
        if membership:
            return said
        for mention in query.units:
            roles = [one for one in ROLE_FIELDS if self._holds(mention.name, entry, one)]
            if roles and (said or query.asks_confirmation or asks_role(query)):
                said.append(self._actual_roles(mention.name, entry, roles))
            elif asks_role(query):
                said.append(self._no_role(mention.name, entry))
            elif mention.name in bodies_said_to_do_it(query):
                said.append(self._denial(mention.name, entry, doing_field(entry.task)))
        return said

    def persons(self, query: Query, entry: TaskEntry) -> list[Statement]:
        """Who really has the task, where the question gives it to a person who does not: 甲负责的扬尘那条何时到期."""
        absent = [name for name in query.people if name not in persons_of(entry.task)]
        heads = {name: self._heading_of(name, entry) for name in absent}
        leading = [name for name, head in heads.items() if not head]
        said = []
        if leading and entry.task.leaders:
            said.append(self._denial("、".join(leading), entry, Field.LEADER))
            said.append(duties_stated(self._library, entry, [Field.LEADER], None))
        return [*said, *(self._another(name, head, entry) for name, head in heads.items() if head)]

    def _heading_of(self, name: str, entry: TaskEntry) -> str:
        """The heading, beside those of leaders, that a person stands below in other rows of a task's table."""
        rows = self._library[entry.document.path].tasks
        heads = (persons_beside(row).get(name, "") for row in rows)
        return next((head for head in heads if head in entry.task.columns), "")

    def _another(self, name: str, head: str, entry: TaskEntry) -> Statement:
        """Who stands in a row below the heading that a person stands below in others."""
        cell = entry.task.columns[head]
        task = task_name(entry.task)
        text = phrase(
            "person_differs", task=task, heading=head, stated=flat(cell.quote), asked=name
        )
        heading = heading_span(entry.document, entry.task)
        evidence = cite_task(self._library, entry, heading, cell)
        return Statement(text, evidence, computed=(head, name, *numbers_in(task)))

    def _memberships(
        self, query: Query, entry: TaskEntry, measure: Measure | None
    ) -> Iterator[Statement]:
        """Whether bodies are among those of a measure or a role: 市场监管局在不在里头.

        A question that names none, and asks who leads as well, means the lead: 谁牵头，责任单位里有它吗.
        """
        roles = [one for one in ROLE_FIELDS if one in query.fields]
        asked = [
            (one.name, ROLE_TO_FIELD.get(one.role) if one.role else None) for one in query.units
        ]
        if not query.units and Field.LEAD in roles:
            asked = [(unit.name, None) for unit in entry.task.lead_units]
            roles.remove(Field.LEAD)
            measure = None
        if _OF_THE_TASK.search(query.text):
            measure = None
        for name, role in asked:
            if role is None and measure is not None and measure.units:
                yield self._in_measure(name, entry, measure)
                continue
            for field in [role] if role else roles or [Field.RESPONSIBLE]:
                listed = people_or_units(entry.task, field)
                if listed and not self._holds(name, entry, field):
                    yield self._denial(name, entry, field)
                elif listed:
                    yield self._actual_roles(name, entry, [field])

    def _misplaced(self, query: Query, entry: TaskEntry) -> Iterator[Statement]:
        """Bodies in roles that the record gives to others."""
        for mention in query.units:
            field = ROLE_TO_FIELD.get(mention.role) if mention.role else _one_asked(query, mention)
            if field is Field.LEAD or (field and not people_or_units(entry.task, field)):
                field = doing_field(entry.task)  # of a list that tells no leads apart
            if field is None or self._holds(mention.name, entry, field):
                continue
            if people_or_units(entry.task, field):
                yield self._denial(mention.name, entry, field)

    def _in_measure(self, asked: str, entry: TaskEntry, measure: Measure) -> Statement:
        listed = any(matches(asked, unit) for unit in measure.units)
        text = phrase(
            "unit_in_measure" if listed else "unit_not_in_measure",
            measure=measure_name(measure),
            asked=asked,
        )
        evidence = cite(self._library, entry.document, measure.span)
        return Statement(text, evidence, computed=(asked, *numbers_in(measure.number)))

    def _holds(self, asked: str, entry: TaskEntry, field: Field) -> bool:
        units = people_or_units(entry.task, field)
        return any(isinstance(unit, Unit) and matches(asked, unit) for unit in units)

    def _denial(self, asked: str, entry: TaskEntry, field: Field) -> Statement:
        label = label_of(entry.task, field.value, ROLE_FIELDS[field])
        evidence = cite(
            self._library, entry.document, *field_spans(entry.document, entry.task, field)
        )
        text = phrase("unit_differs", role=label, asked=asked)
        # A row has its label in the table's header, which a cell does not show.
        computed = (text,) if entry.task.row else (asked,)
        return Statement(text, evidence, computed=computed)

    def _no_role(self, asked: str, entry: TaskEntry) -> Statement:
        """That none of the roles which the record gives is a body's."""
        fields = [one for one in ROLE_FIELDS if people_or_units(entry.task, one)]
        spans = [s for one in fields for s in field_spans(entry.document, entry.task, one)]
        task = task_name(entry.task)
        roles = "、".join(label_of(entry.task, one.value, ROLE_FIELDS[one]) for one in fields)
        text = phrase("unit_without_role", task=task, roles=roles, asked=asked)
        heading = heading_span(entry.document, entry.task)
        evidence = cite_task(self._library, entry, heading, *joint_span(entry.document, spans))
        return Statement(text, evidence, computed=(text,))

    def _actual_roles(self, asked: str, entry: TaskEntry, roles: Sequence[Field]) -> Statement:
        said = "、".join(label_of(entry.task, role.value, ROLE_FIELDS[role]) for role in roles)
        written = dict.fromkeys(
            unit.name
            for role in roles
            for unit in people_or_units(entry.task, role)
            if isinstance(unit, Unit) and matches(asked, unit)
        )
        name = asked if asked in written else f"{asked}（文件写作“{'、'.join(written)}”）"
        text = phrase("unit_is", task=task_name(entry.task), asked=name, roles=said)
        spans = [span for role in roles for span in field_spans(entry.document, entry.task, role)]
        heading = heading_span(entry.document, entry.task)
        block = joint_span(entry.document, spans)
        evidence = cite_task(self._library, entry, heading, *block)
        return Statement(text, evidence, computed=(asked, *numbers_in(text)))


def _one_asked(query: Query, mention: UnitMention) -> Field | None:
    """The one role that is asked for, of which a body is said to be the answer: 谁牵头，是水利局对吧."""
    roles = [one for one in ROLE_FIELDS if one in query.fields and one is not Field.LEADER]
    if not query.asks_confirmation or len(roles) != 1:
        return None
    # 卞长林是兴苇村的 tells where somebody is from.
    said = re.search(rf"是{re.escape(mention.name)}(?!的(?![吧吗嘛么对]))", query.text)
    return roles[0] if said else None


def duties_stated(
    library: Library, entry: TaskEntry, present: Sequence[Field], matched: Span | None
) -> Statement:
    """Who has some roles of a task, by the document's own labels."""
    task = entry.task
    said = "，".join(
        f"{label}为{names(who)}"
        for field in present
        for label, who in by_label(entry.document, task, field)
    )
    spans = [span for field in present for span in field_spans(entry.document, task, field)]
    block = joint_span(entry.document, [line_of_fields(entry, span) for span in spans])
    return Statement(
        phrase("task_field", task=task_name(task), fields=said),
        cite_task(library, entry, heading_span(entry.document, task), *block, matched),
        computed=numbers_in(task_name(task)),
    )
