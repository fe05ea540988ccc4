"""Rows of a table in words: the cells that were found, with what they are and what is reported of the row."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.composers.wording import cite_task, column_name, flat, names, row_name
from assistant.draft import Statement
from assistant.ledger import TaskEntry
from assistant.library import Library
from assistant.row_verdicts import denial
from assistant.search import Found
from ingest.records import Measure, Span, Task
from ingest.remarks import next_steps, remarks
from ingest.row_notes import MARK, notes_on
from prompts import phrase

# Longer ones are not shown whole.
_LONGEST_CELL = 120


def row_statement(library: Library, found: Sequence[Found], lead: str = "") -> Statement | None:
    """The cells of one row that some sentences stand in, behind `lead`; None where they stand in no row."""
    first, task = found[0], _row_of(found[0])
    if task is None:
        return None
    spans = (one.span for one in found if not one.span.covers(task.title))
    cells = dict.fromkeys(_whole_cell(task, one) for one in spans)
    return row_in_words(library, TaskEntry(first.source, task), list(cells), lead)


def row_in_words(
    library: Library, entry: TaskEntry, cells: Sequence[Span], lead: str = ""
) -> Statement:
    """Some cells of a row, or notes on it, with what is reported and remarked of it, behind its name."""
    task = entry.task
    lines = _lines_told(task, cells)
    of_lines = [span for one in lines for span in (one.span, *one.states)]
    part = task.fields.get("part")  # which its name has
    shown = [one for one in cells if one != part and not any(span.covers(one) for span in of_lines)]
    # What is remarked tells how far it is, and why no further; where measures have rows of their own, each tells its own.
    denied = denial(task)
    parted = any(one.states for one in task.measures)
    following = () if entry.closed else next_steps(task)
    beside = () if parted else (*task.reported, *remarks(task), *following)
    beside = (*beside, *((denied,) if denied else ()))
    shown += [one for one in beside if one not in shown]
    cells_said = [_cell(task, cell) for cell in sorted(shown, key=lambda one: one.start)]
    said = "；".join([*cells_said, *map(_line, lines)])
    text = f"{lead}{row_name(task)}" + (f"（{said}）" if said else "")
    cited = [span for one in lines for span in _spans(one)]
    evidence = cite_task(library, entry, task.title, *shown, *cited)
    return Statement(text, evidence, computed=(lead, task.number))


def _lines_told(task: Task, cells: Sequence[Span]) -> list[Measure]:
    """The measures with rows of their own that some cells are of, of a task whose rows differ in state; all without cells."""
    lines = [one for one in task.measures if one.states]
    if not cells:
        return lines
    return [
        one
        for one in lines
        if any(span.covers(cell) for span in (one.span, *one.states) for cell in cells)
    ]


def _line(measure: Measure) -> str:
    """A measure with the bodies, the limit and the state that its own row has."""
    limits = [flat(each.phrase.quote) for each in measure.deadlines]
    values = {
        phrase("row_units"): names(measure.units),
        column_name("deadline"): "，".join(limits),
        column_name("status"): "，".join(flat(one.quote).rstrip("。") for one in measure.states),
    }
    said = "；".join(f"{head}：{value}" for head, value in values.items() if value)
    return f"{flat(measure.span.quote).rstrip('。；;')}（{said}）"


def _spans(measure: Measure) -> list[Span]:
    """What is cited for a measure with a row of its own."""
    limits = [each.phrase for each in measure.deadlines]
    return [measure.span, *(unit.span for unit in measure.units), *limits, *measure.states]


def by_row(found: Sequence[Found]) -> list[list[Found]]:
    """Sentences by themselves, cells of one row of a table together, in the order given."""
    groups: dict[str, list[Found]] = {}
    for index, one in enumerate(found):
        task = _row_of(one)
        key = task.id if task is not None else str(index)
        groups.setdefault(key, []).append(one)
    return list(groups.values())


def _row_of(found: Found) -> Task | None:
    """The row that a sentence stands in; a sentence of notes that tells of several rows in turn stands in none."""
    task = found.place.task
    within = task is not None and any(one.covers(found.span) for one in task.stretches)
    return task if within and task is not None and task.row else None


def _whole_cell(task: Task, said: Span) -> Span:
    """The cell that a sentence stands in, where it is short enough to be read whole: ①…；②…."""
    cells = [one for one in (*task.columns.values(), *task.fields.values()) if one.covers(said)]
    cell = min(cells, key=lambda one: len(one.quote), default=said)
    return cell if len(cell.quote) <= _LONGEST_CELL else said


def _cell(task: Task, cell: Span) -> str:
    """A cell of a row with the name of its column, or what the text below the list tells of it."""
    if any(note.overlaps(cell) for note in notes_on(task)):
        return phrase("row_note_in", said=MARK.sub("", flat(cell.quote), count=1).rstrip("。；;"))
    role = next((role for role, span in task.fields.items() if span.covers(cell)), "")
    own = next((head for head, span in task.columns.items() if span == cell), "")
    name = column_name(role) or own
    return f"{name}：{flat(cell.quote)}" if name else flat(cell.quote)
