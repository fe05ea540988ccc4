"""A measure of a task by its place: 第二项措施, with the bodies it is laid upon."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.composers.wording import cite, flat, names, task_name
from assistant.draft import Draft, Statement, paragraph
from assistant.ledger import TaskEntry
from assistant.library import Library
from assistant.query import Field, Query
from assistant.understanding.fields import asked_fields
from assistant.understanding.task_numbers import task_numbers
from assistant.units import matches
from ingest.numerals import parse_number
from ingest.records import Measure
from prompts import phrase

_NTH = re.compile(
    r"第([一二三四五六七八九十]{1,2}|\d{1,2})(?:个|项|条)?(?:整改)?(?:措施|举措|办法)"
)

# 第四条细说, behind a question for the measures of a task.
_NTH_OF_THOSE = re.compile(
    r"^(?:那|就|把|请|再)*第([一二三四五六七八九十]{1,2}|\d{1,2})(?:个|项|条|点)(?:的)?"
    r"(?:(?:再|具体|详细|仔细|展开|细)*(?:说|讲|看|是|写)*(?:说|讲|看|一?下|什么|啥|内容|原文|全文|全|详细|清楚|展开)*)[呢吗吧]?[?？。]?$"
)


class NthMeasureComposer:
    """Answers with one measure, and whether the bodies in question are among those it names."""

    def __init__(self, library: Library, task_asked: Callable[[Query], TaskEntry | None]) -> None:
        self._library = library
        self._task_asked = task_asked

    def draft(self, query: Query) -> Draft | None:
        """The measure at the place asked for; None where none is, or the task has not as many."""
        match = _NTH.search(query.text)
        if match is None and Field.MEASURES in asked_fields(query.earlier):
            match = _NTH_OF_THOSE.match(query.text)
            query = replace(query, topic=query.earlier, task_numbers=task_numbers(query.earlier))
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
