"""What letters say of the firms they are addressed to: who supervises each, how much is demanded, what is due first."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.composers.records.claims import duties_stated
from assistant.composers.records.fields import FieldComposer
from assistant.composers.wording import (
    ROLE_FIELDS,
    cite,
    flat,
    heading_span,
    people_or_units,
    task_name,
)
from assistant.draft import Block, Draft, Statement, bullets, own_words, paragraph
from assistant.ledger import TaskEntry
from assistant.library import Library, task_units
from assistant.query import Extreme, Field, Operation, Query
from assistant.understanding.addressed_firms import firms_asked, is_alone, names_no_thing
from assistant.units import matches
from assistant.vocabulary import asks
from ingest.brackets import trim
from ingest.enumerations import numbered_points
from ingest.records import Deadline, Measure, Span
from prompts import phrase

_DEMANDS, _PROBLEMS = "整改要求", "存在问题"


class AddressedFirmComposer:
    """Answers from the parts of a letter, each of which is one firm's."""

    def __init__(self, library: Library, fields: FieldComposer) -> None:
        self._library = library
        self._fields = fields

    def draft(self, query: Query) -> Draft | None:
        """None where no firm of a letter is asked about, or nothing of this kind."""
        if query.people or not (firms := firms_asked(query, self._library)):
            return None
        if query.windows:
            return self._due_then(query, firms)
        if query.extreme in (Extreme.MOST, Extreme.FEWEST):
            return self._most(query, firms)
        if asks("firms", "problem_count", query.text):
            return self._counted(query, firms, _PROBLEMS)
        if asks("firms", "demand_count", query.text):
            return self._counted(query, firms, _DEMANDS)
        if len(firms) > 1:
            return self._duties(query, firms)
        if first := self._first_or_last(query, firms[0]):
            return first
        if not is_alone(query, firms[0]):
            return None
        if query.fields and query.fields <= ROLE_FIELDS.keys() and not query.asks_confirmation:
            return self._duties(query, firms)
        return self._all_demanded(query, firms[0])

    def _duties(self, query: Query, firms: Sequence[TaskEntry]) -> Draft | None:
        """Who has the roles asked for, firm by firm; a firm itself is no answer to who is responsible for it."""
        asked = [field for field in ROLE_FIELDS if field in query.fields]
        asked = [Field.LEADER if one is Field.RESPONSIBLE else one for one in asked]
        told = []
        for entry in firms:
            present = [one for one in dict.fromkeys(asked) if people_or_units(entry.task, one)]
            if present:
                told.append(duties_stated(self._library, entry, present, None))
        return Draft((bullets(*told),)) if told else None

    def _all_demanded(self, query: Query, entry: TaskEntry) -> Draft | None:
        """What a firm has to do by its part of the letter, where no other task is laid upon it."""
        unit = entry.task.addressee
        listed = (
            query.operation is Operation.LIST_TASKS
            or query.fields == {Field.MEASURES}
            or asks("firms", "demands", query.text)
        )
        if unit is None or not listed or query.status or query.overdue:
            return None
        tasks = [one for parsed in self._library.within(query.documents) for one in parsed.tasks]
        laid = [one for one in tasks if any(matches(unit.name, body) for body in task_units(one))]
        if len(laid) > 1 or not entry.task.measures:
            return None
        return Draft(tuple(self._fields.all_measures(query, entry)))

    def _counted(self, query: Query, firms: Sequence[TaskEntry], what: str) -> Draft | None:
        points = [(one, self._points(one, what)) for one in firms]
        points = [(one, spans) for one, spans in points if spans]
        if not points:
            return None
        if len(points) == 1 and what == _DEMANDS:
            return Draft(tuple(self._fields.all_measures(query, points[0][0])))
        total = sum(len(spans) for _, spans in points)
        blocks: list[Block] = []
        if len(points) > 1:
            text = phrase("firms_counted", firms=len(points), what=what, count=total)
            blocks.append(paragraph(own_words(text)))
        for entry, spans in points:
            blocks.append(paragraph(self._number(entry, spans, what)))
            blocks.append(bullets(*(self._quoted(entry, span) for span in spans)))
        return Draft(tuple(blocks))

    def _most(self, query: Query, firms: Sequence[TaskEntry]) -> Draft | None:
        """The firm of which the most, or the least, is demanded or found wrong, and how much it is of each."""
        what = next((one for one in (_DEMANDS, _PROBLEMS) if one[2:] in query.text), None)
        if what is None or len(firms) < 2:
            return None
        points = [(one, self._points(one, what)) for one in firms]
        pick = max if query.extreme is Extreme.MOST else min
        count = pick(len(spans) for _, spans in points)
        ahead = [task_name(one.task) for one, spans in points if len(spans) == count]
        extreme = "最多" if query.extreme is Extreme.MOST else "最少"
        text = phrase("firm_most", firms="、".join(ahead), what=what, extreme=extreme, count=count)
        return Draft((
            paragraph(own_words(text)),
            bullets(*(self._number(entry, spans, what) for entry, spans in points)),
        ))

    def _number(self, entry: TaskEntry, spans: Sequence[Span], what: str) -> Statement:
        firm = task_name(entry.task)
        text = phrase("firm_counted", firm=firm, what=what, count=len(spans))
        heading = heading_span(entry.document, entry.task)
        evidence = cite(self._library, entry.document, heading, *spans[:1], *spans[-1:])
        return Statement(text, evidence, computed=(text,))

    def _points(self, entry: TaskEntry, what: str) -> list[Span]:
        """The points of what is demanded of a firm, or of what is wrong there; a text without points is none."""
        task, source = entry.task, entry.document
        if what == _DEMANDS:
            return [one.span for one in task.measures]
        if task.problem is None:
            return []
        start, end = task.problem.start, task.problem.end
        points = numbered_points(source.text, start, end)
        if not points:
            return [task.problem]
        stops = [*(one.start for one in points[1:]), end]
        parts = zip(points, stops, strict=True)
        return [source.span(*trim(source.text, one.start, stop)) for one, stop in parts]

    def _quoted(self, entry: TaskEntry, span: Span) -> Statement:
        return Statement(flat(span.quote), cite(self._library, entry.document, span))

    def _first_or_last(self, query: Query, entry: TaskEntry) -> Draft | None:
        """Which demand is due first or last, where a firm has several with days."""
        extreme = _extreme(query, entry)
        if extreme is None:
            return None
        limits = [
            (measure, limit)
            for measure in entry.task.measures
            for limit in measure.deadlines
            if limit.latest is not None
        ]
        if len(limits) < 2:
            return None
        pick = min if extreme is Extreme.EARLIEST else max
        day = pick(limit.latest for _, limit in limits if limit.latest is not None)
        ahead = [one for one in limits if one[1].latest == day]
        return Draft((bullets(*(self._due(extreme, entry, *one) for one in ahead)),))

    def _due_then(self, query: Query, firms: Sequence[TaskEntry]) -> Draft | None:
        """What is demanded of one firm by the times asked about, where that is all that is asked."""
        entry = firms[0]
        if len(firms) > 1 or not query.fields <= {Field.MEASURES, Field.DEADLINE} or query.overdue:
            return None
        due = [
            measure
            for measure in entry.task.measures
            if any(
                window.holds(one.latest) for one in measure.deadlines for window in query.windows
            )
        ]
        if not due or not is_alone(query, entry):
            return None
        text = phrase("firm_due_then", firm=task_name(entry.task), count=len(due))
        heading = heading_span(entry.document, entry.task)
        evidence = cite(self._library, entry.document, heading, *(one.span for one in due))
        items = (self._quoted(entry, one.span) for one in due)
        return Draft((paragraph(Statement(text, evidence, computed=(text,))), bullets(*items)))

    def _due(
        self, extreme: Extreme, entry: TaskEntry, measure: Measure, limit: Deadline
    ) -> Statement:
        text = phrase(
            "firm_due",
            firm=task_name(entry.task),
            extreme="最早" if extreme is Extreme.EARLIEST else "最晚",
            limit=flat(limit.phrase.quote),
            measure=flat(measure.span.quote).rstrip("。；;"),
        )
        heading = heading_span(entry.document, entry.task)
        evidence = cite(self._library, entry.document, heading, measure.span)
        return Statement(text, evidence, computed=(task_name(entry.task), measure.number))


def _extreme(query: Query, entry: TaskEntry) -> Extreme | None:
    """Whether the first or the last limit is asked for; 最晚哪天 is the last one of all where only the firm is named."""
    if query.extreme in (Extreme.EARLIEST, Extreme.LATEST):
        return query.extreme
    found = (one for one in (Extreme.EARLIEST, Extreme.LATEST) if asks("firms", one, query.text))
    extreme = next(found, None)
    return extreme if extreme and is_alone(query, entry) and names_no_thing(query, entry) else None
