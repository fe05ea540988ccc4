"""Who answers for a task, where another place says another: a sentence on its lead, the table that sums up the tasks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.composers.contradictions.said import Contradiction, Matter, Said
from assistant.library import task_units
from assistant.units import same_unit
from ingest.records import ParsedDocument, Person, Span, Task, Unit
from vectorstore.folding import fold

_LEADS = re.compile("牵头(?!单位|部门|科室|责任)")
_CLAUSES = re.compile("[^，,。；;：:\n]+")
_CELLS = re.compile("[^\t|\n]+")
_OPENING = re.compile(r"^[\u4e00-\u9fff]+")
_SHORTEST = 3
_NAME = re.compile("[\u4e00-\u9fff]{2,16}")
_FEWEST_AGREEING = 2
_MOSTLY = 0.6


def duties_twice(parsed: ParsedDocument) -> Iterator[Contradiction]:
    """Those who answer for a task by its record, and others who do by another place."""
    yield from _leads(parsed)
    yield from _summed_up(parsed)


def _summed_up(parsed: ParsedDocument) -> Iterator[Contradiction]:
    """Persons and bodies of a table that sums up tasks, in a column that has those of the records in most of its rows."""
    rows = [
        (task, [cell.strip() for cell in _CELLS.findall(row.quote)], row)
        for task in parsed.tasks
        if not task.row
        for row in task.beside
    ]
    for named in (_leaders, _bodies):
        own = [(task, named(task), cells, row) for task, cells, row in rows if named(task)]
        for column in range(max((len(cells) for _, _, cells, _ in own), default=0)):
            told = [one for one in own if len(one[2]) > column]
            agreeing = [one for one in told if _is_one_of(one[2][column], one[1])]
            if len(agreeing) < max(_FEWEST_AGREEING, _MOSTLY * len(told)):
                continue
            for task, entries, cells, row in told:
                cell = cells[column]
                if _NAME.fullmatch(cell) and not _is_one_of(cell, entries):
                    start = row.start + row.quote.find(cell)
                    value = parsed.source.span(start, start + len(cell))
                    title = fold(task.title.quote)
                    own_said = Said(entries[0].span, entries[0].span, task)
                    yield Contradiction(Matter.DUTY, (title, title), own_said, Said(value, row))


def _leaders(task: Task) -> tuple[Person, ...]:
    return tuple(one for one in task.leaders if task.span.covers(one.span))


def _bodies(task: Task) -> tuple[Unit, ...]:
    own = task.lead_units or task.responsible_units
    return tuple(one for one in own if task.span.covers(one.span))


def _is_one_of(cell: str, entries: Sequence[Person | Unit]) -> bool:
    """Whether a cell is one of those who answer for a task, or has them among others."""
    return any(one.name in cell or same_unit(cell, one.name) for one in entries)


def _leads(parsed: ParsedDocument) -> Iterator[Contradiction]:
    """The tasks whose lead is another body by the text than by their own record."""
    led = [one for one in parsed.tasks if one.lead_units]
    if not led or "牵头" not in parsed.source.text:
        return
    names = {unit.name for task in parsed.tasks for unit in task_units(task)}
    own = [span for task in parsed.tasks for span in task.stretches]
    for sentence in parsed.sentences:
        if not _LEADS.search(sentence.quote) or any(one.overlaps(sentence) for one in own):
            continue
        for clause in _CLAUSES.finditer(sentence.quote):
            said = fold(clause.group())
            bodies = [one for one in names if one in said]
            bodies = [one for one in bodies if not any(one in b and one != b for b in bodies)]
            task = _meant(said, led)
            if not _LEADS.search(said) or len(bodies) != 1 or task is None:
                continue
            if not any(same_unit(bodies[0], unit.name) for unit in task.lead_units):
                start = sentence.start + clause.start()
                at = clause.group().find(bodies[0])
                value = Span(start + at, start + at + len(bodies[0]), bodies[0])
                lead = task.lead_units[0].span
                names_of_it = (fold(task.title.quote), said)
                yield Contradiction(
                    Matter.DUTY, names_of_it, Said(lead, lead, task), Said(value, sentence)
                )


def _meant(said: str, led: list[Task]) -> Task | None:
    """The one task of which a clause repeats how its title opens."""
    found = [one for one in led if _shared(fold(one.title.quote), said) >= _SHORTEST]
    return found[0] if len(found) == 1 else None


def _shared(title: str, said: str) -> int:
    """How many characters from its beginning on a title shares with a text."""
    opening = _OPENING.match(title)
    run = opening.group() if opening else ""
    return next((n for n in range(len(run), 0, -1) if run[:n] in said), 0)
