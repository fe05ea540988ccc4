"""A measure of a task by its place: 第二项措施, with the bodies it is laid upon."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.composers.wording import cite, flat, names, task_name
from assistant.draft import Draft, Statement, paragraph
from assistant.ledger import TaskEntry
from assistant.library import Library
from assistant.query import Query
from assistant.units import matches
from ingest.numerals import parse_number
from ingest.records import Measure
from prompts import phrase

_NTH = re.compile(
    r"第([一二三四五六七八九十]{1,2}|\d{1,2})(?:个|项|条)?(?:整改)?(?:措施|举措|办法)"
)


class NthMeasureComposer:
    """Answers with one measure, and whether the bodies in question are among those it names."""

    def __init__(self, library: Library, task_asked: Callable[[Query], TaskEntry | None]) -> None:
        self._library = library
        self._task_asked = task_asked

    def draft(self, query: Query) -> Draft | None:
        """The measure at the place asked for; None where none is, or the task has not as many."""
        match = _NTH.search(query.text)
        entry = self._task_asked(query) if match else None
        place = parse_number(match.group(1)) if match else None
        if entry is None or not place or place > len(entry.task.measures):
            return None
        measure = entry.task.measures[place - 1]
        evidence = cite(self._library, entry.document, entry.task.title, measure.span)
        text = phrase(
            "nth_measure",
            task=task_name(entry.task),
            place=place,
            measure=flat(measure.span.quote).rstrip("。"),
        )
        said = [Statement(text, evidence, computed=(task_name(entry.task), f"第{place}"))]
        said += [self._named(entry, measure, mention.name) for mention in query.wanted_units]
        return Draft(tuple(paragraph(one) for one in said))

    def _named(self, entry: TaskEntry, measure: Measure, asked: str) -> Statement:
        """Whether a measure names a body, by itself or by a group."""
        covering = [unit for unit in measure.units if matches(asked, unit)]
        name = "measure_names" if covering else "measure_names_not"
        text = phrase(name, unit=asked, units=names(measure.units))
        spans = measure.units_span or measure.span
        return Statement(text, cite(self._library, entry.document, spans), computed=(text,))
