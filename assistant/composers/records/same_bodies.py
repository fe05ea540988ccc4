"""Whether those who have two roles of one task are the same: 牵头和验收是同一家吗."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.composers.wording import (
    ROLE_FIELDS,
    cite_task,
    field_spans,
    heading_span,
    label_of,
    task_name,
)
from assistant.draft import Statement
from assistant.ledger import Role, TaskEntry, own_units
from assistant.library import Library
from assistant.query import Field, Query
from assistant.units import same_unit
from assistant.vocabulary import asks
from ingest.records import Unit
from prompts import phrase

_TWO = 2


def bodies_compared(query: Query, entry: TaskEntry, library: Library) -> Statement | None:
    """Whether the bodies in the two roles asked for are the same; None where that is not asked or names leave it open."""
    task = entry.task
    fields = [one for one in ROLE_FIELDS if one in query.fields and one is not Field.LEADER]
    if len(fields) != _TWO or not asks("conditions", "one_body", query.text):
        return None
    first, second = (own_units(task, Role(field.value)) for field in fields)
    verdict = _verdict(first, second) if first and second else ""
    if not verdict:
        return None
    roles = "和".join(label_of(task, one.value, ROLE_FIELDS[one]) for one in fields)
    text = phrase(f"roles_{verdict}", task=task_name(task), roles=roles)
    spans = [span for one in fields for span in field_spans(entry.document, task, one)]
    heading = heading_span(entry.document, task)
    return Statement(text, cite_task(library, entry, heading, *spans), computed=(text,))


def _verdict(first: Sequence[Unit], second: Sequence[Unit]) -> str:
    """How two lists of bodies compare; empty where a name of one may be another name of the other's: 市环保局, 环保局."""
    one, other = ({unit.name for unit in units} for units in (first, second))
    if one == other:
        return "one" if len(one) == 1 else "alike"
    apart = [(mine, its) for mine in one - other for its in other - one]
    if any(same_unit(mine, its) or same_unit(its, mine) for mine, its in apart):
        return ""
    return "overlap" if one & other else "differ"
