"""A table that sums up the tasks of a plan's own sections: its rows go along beside them, as further evidence.

The sections have the fields; the table says for each in few words who keeps an eye on it, or by when.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.markers import ordinal
from ingest.records import Task

_FEWEST = 2
_SHARE_OF_TITLE = 0.5  # of the pairs of characters in a row's title that its section has too


def sections_with_rows(sections: Sequence[Task], rows: Sequence[Task]) -> tuple[Task, ...]:
    """The tasks of sections with the rows of a table that sums them up; none where it is another list, or says more."""
    issues = [one for one in sections if one.labelled]
    pairs = {
        id(issue): row
        for row in rows
        if (issue := next((one for one in issues if _is_same(one, row)), None)) is not None
    }
    named = [one for one in issues if id(one) in pairs]
    if len(pairs) < max(_FEWEST, len(rows)):
        return ()
    if sum(len(one.fields) - len(pairs[id(one)].fields) for one in named) <= 0:
        return ()
    return tuple(_joined(one, pairs[id(one)]) if id(one) in pairs else one for one in sections)


def _is_same(section: Task, row: Task) -> bool:
    """Whether a row has the number of a section and is called by its words: 老城雨污分流."""
    if ordinal(section.number) != ordinal(row.number):
        return False
    title = "".join(row.title.quote.split())
    written = "".join(section.span.quote.split())
    pairs = [title[i : i + 2] for i in range(len(title) - 1)]
    return sum(pair in written for pair in pairs) >= _SHARE_OF_TITLE * max(len(pairs), 1)


def _joined(section: Task, row: Task) -> Task:
    """A section's task with what its row adds; what both say is said by the section."""
    return replace(
        section,
        leaders=section.leaders or row.leaders,
        lead_units=section.lead_units or row.lead_units,
        responsible_units=section.responsible_units or row.responsible_units,
        cooperating_units=section.cooperating_units or row.cooperating_units,
        acceptance_units=section.acceptance_units or row.acceptance_units,
        deadline=section.deadline or row.deadline,
        status=section.status or row.status,
        status_as_of=section.status_as_of if section.status else row.status_as_of,
        beside=(*section.beside, *row.stretches),
        fields={**row.fields, **section.fields},
        # The title of the row is but the section's in short.
        columns={head: cell for head, cell in row.columns.items() if cell != row.title},
    )
