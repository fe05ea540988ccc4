"""What was read from a document, in the form of what was expected."""

from __future__ import annotations

from collections.abc import Sequence

from evals.ledger.expected import Issue, Limit, Step
from ingest.records import Deadline, Measure, Person, Span, Task, Unit


def issue_of(task: Task) -> Issue:
    """A task without its offsets. A row of a table without a column for the problem has its title for it."""
    return Issue(
        number=task.number,
        title=task.title.quote,
        problem="" if task.problem == task.title else _quote(task.problem),
        leaders=_names(task.leaders),
        lead=_names(task.lead_units),
        responsible=_names(task.responsible_units),
        cooperating=_names(task.cooperating_units),
        acceptance=_names(task.acceptance_units),
        target=_quote(task.target),
        limit=_limit(task.deadline) if task.deadline is not None else None,
        status=_quote(task.status),
        steps=tuple(_step(measure) for measure in task.measures),
    )


def _step(measure: Measure) -> Step:
    return Step(
        measure.number,
        measure.text.quote,
        _names(measure.units),
        tuple(_limit(limit) for limit in measure.deadlines),
        tuple(one.span.quote for one in measure.progress),
    )


def _limit(limit: Deadline) -> Limit:
    return Limit(
        limit.phrase.quote,
        limit.latest,
        limit.soft,
        limit.ongoing,
        limit.undetermined,
        limit.immediate,
        limit.relative,
    )


def _names(named: Sequence[Unit | Person]) -> tuple[str, ...]:
    return tuple(one.name for one in named)


def _quote(span: Span | None) -> str:
    return span.quote if span is not None else ""
