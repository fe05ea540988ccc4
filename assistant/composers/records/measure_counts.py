"""Measures counted by the bodies they name: over all tasks for one body, or whether all of a task name one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.composers.records.selection import office_name
from assistant.composers.wording import cite, flat, heading_span, measure_numbers, task_name
from assistant.draft import Block, Draft, Evidence, Statement, bullets, own_words, paragraph
from assistant.ledger import TaskEntry
from assistant.library import Library
from assistant.query import Query
from assistant.understanding.measure_counts import asks_of_every_measure, measures_counted
from assistant.units import matches
from ingest.records import Measure
from prompts import phrase

_MOST_LISTED = 12


class MeasureCountComposer:
    """Counts the measures of labelled tasks, whose brackets tell whom each is laid upon."""

    def __init__(self, library: Library, task_asked: Callable[[Query], TaskEntry | None]) -> None:
        self._library = library
        self._task_asked = task_asked

    def draft(self, query: Query) -> Draft | None:
        """The measures that name the body asked for; None where no measures are counted or none names it."""
        if asks_of_every_measure(query):
            return self._of_task(query)
        asked = measures_counted(query, self._library)
        return self._of_body(query, asked.unit, alone=asked.alone) if asked is not None else None

    def _of_body(self, query: Query, unit: str, *, alone: bool) -> Draft | None:
        asked = office_name(unit)
        entries = [
            TaskEntry(parsed.source, task)
            for parsed in self._library.within(query.documents)
            for task in parsed.tasks
            if task.labelled
        ]
        own = [(one, named) for one in entries if (named := _naming(asked, one))]
        if not own:
            return None
        count = sum(len(named) for _, named in own)
        text = phrase(
            "measures_counted",
            unit=asked,
            count=count,
            items="；".join(
                f"{task_name(one.task)}{len(named)}条{measure_numbers(named)}" for one, named in own
            ),
        )
        whole = count <= _MOST_LISTED
        evidence = [piece for one, named in own for piece in self._proof(one, named, whole=whole)]
        said = [paragraph(Statement(text, tuple(evidence), computed=(text,)))]
        if alone:
            said.append(self._alone(own, whole=whole))
        groups = [group for one in entries for group in _by_group(asked, one)]
        if groups:
            text = phrase("measures_by_group", unit=asked, group=groups[0], count=len(groups))
            said.append(paragraph(own_words(text)))
        return Draft((*said, *(self._listed(own) if whole else ())))

    def _alone(self, own: Sequence[tuple[TaskEntry, Sequence[Measure]]], *, whole: bool) -> Block:
        """Those of the measures that name nobody else."""
        single = [(one, _single(named)) for one, named in own]
        text = phrase("measures_alone", count=sum(len(named) for _, named in single))
        evidence = [
            piece
            for one, named in single
            if named
            for piece in self._proof(one, named, whole=whole)
        ]
        return paragraph(Statement(text, tuple(evidence), computed=(text,)))

    def _listed(self, own: Sequence[tuple[TaskEntry, Sequence[Measure]]]) -> tuple[Block, ...]:
        items = (
            Statement(
                f"{task_name(one.task)}{flat(measure.span.quote)}",
                cite(self._library, one.document, measure.span),
                computed=(task_name(one.task), measure.number),
            )
            for one, named in own
            for measure in named
        )
        return (bullets(*items),)

    def _of_task(self, query: Query) -> Draft | None:
        """How many measures a task has, and how many of them name the body asked for, or a single one."""
        entry = self._task_asked(query)
        measures = entry.task.measures if entry is not None else ()
        if entry is None or len(measures) < 2 or not all(one.units for one in measures):
            return None
        units = {unit.name for one in measures for unit in one.units}
        asked = query.wanted_units[0].name if query.wanted_units else ""
        values = {"task": task_name(entry.task), "count": len(measures)}
        if asked:
            named = [one for one in measures if any(matches(asked, unit) for unit in one.units)]
            others = [one for one in measures if one not in named]
            name = "every_measure_names" if not others else "some_measures_name"
            more = (
                {"named": len(named), "others": f"{len(others)}条{measure_numbers(others)}"}
                if others
                else {}
            )
            text = phrase(name, **values, unit=asked, **more)
        elif len(units) == 1:
            text = phrase("every_measure_alone", **values, unit=next(iter(units)))
        else:
            text = phrase("measures_of_several", **values, units="、".join(sorted(units)))
        proof = self._proof(entry, measures, whole=True)
        said = paragraph(Statement(text, proof, computed=(text,)))
        return Draft((said, *self._listed([(entry, measures)])))

    def _proof(
        self, entry: TaskEntry, measures: Sequence[Measure], *, whole: bool
    ) -> tuple[Evidence, ...]:
        """The heading of a task and its measures, of many only the brackets with the bodies."""
        heading = heading_span(entry.document, entry.task)
        spans = (one.span if whole else one.units_span or one.span for one in measures)
        return cite(self._library, entry.document, heading, *spans)


def _naming(asked: str, entry: TaskEntry) -> list[Measure]:
    """The measures that name a body itself."""
    return [
        one
        for one in entry.task.measures
        if any(not unit.group and matches(asked, unit) for unit in one.units)
    ]


def _by_group(asked: str, entry: TaskEntry) -> list[str]:
    """The groups by which measures cover a body that they do not name, one for each such measure."""
    named = _naming(asked, entry)
    covering = (
        [unit.name for unit in one.units if unit.group and matches(asked, unit)]
        for one in entry.task.measures
        if one not in named
    )
    return [groups[0] for groups in covering if groups]


def _single(measures: Sequence[Measure]) -> list[Measure]:
    return [one for one in measures if len(one.units) == 1]
