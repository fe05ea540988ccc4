"""Questions to begin with, made from the records at hand so that each of them has an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.records import ParsedDocument

_MOST = 4


def example_questions(documents: Sequence[ParsedDocument]) -> tuple[str, ...]:
    """One question of each kind that the documents can answer: a list, a target, a filter, a measure."""
    makers = (_leading, _target, _ongoing, _due, _measure)
    questions = [next((q for parsed in documents for q in make(parsed)), "") for make in makers]
    return tuple(question for question in questions if question)[:_MOST]


def _leading(parsed: ParsedDocument) -> Iterator[str]:
    leaders = Counter(unit.name for task in parsed.tasks for unit in task.lead_units)
    if leaders:
        yield f"{parsed.source.region}由{leaders.most_common(1)[0][0]}牵头的任务有哪些？"


def _target(parsed: ParsedDocument) -> Iterator[str]:
    if parsed.source.reports_progress:
        return
    for indicator in parsed.indicators:
        if (
            indicator.unit in ("%", "微克/立方米")
            and indicator.year
            and indicator.comparator != "="
        ):
            yield f"{parsed.source.region}{indicator.year}年{indicator.name}的目标是多少？"


def _ongoing(parsed: ParsedDocument) -> Iterator[str]:
    if sum(bool(task.deadline and task.deadline.ongoing) for task in parsed.tasks) > 1:
        yield f"{parsed.source.region}哪些任务要求长期坚持？"


def _due(parsed: ParsedDocument) -> Iterator[str]:
    limits = [limit for limit in parsed.deadlines if limit.latest and not limit.ongoing]
    if len(limits) > 1 and not parsed.source.reports_progress:
        latest = max(limit.latest for limit in limits if limit.latest)
        yield f"{parsed.source.region}{latest.year}年底前要完成哪些工程？"


def _measure(parsed: ParsedDocument) -> Iterator[str]:
    for task in parsed.tasks:
        if task.responsible_units and not task.labelled:
            yield f"{parsed.source.region}{task.title.quote}由谁负责？"
