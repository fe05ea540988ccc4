"""Which documents can tell what is still open: those that report of their tasks how far they are."""

from __future__ import annotations

from dataclasses import replace

from assistant.ledger import Reported
from assistant.library import Library
from assistant.query import Query
from ingest.records import ParsedDocument

# A plan that reports nothing would have all of its tasks among them.
_OPEN = (Reported.NOT_DONE, Reported.NOT_CLOSED)


def tells_states(parsed: ParsedDocument) -> bool:
    """Whether a document tells of any of its tasks how far it is."""
    return any(task.state is not None for task in parsed.tasks)


def of_reports(query: Query, library: Library) -> Query:
    """A query for what is not done or not closed, of the documents that report progress where it names none.

    It stays as it is where none of them or all do.
    """
    if query.status not in _OPEN or query.documents is not None:
        return query
    reporting = tuple(one.source.path for one in library.documents if tells_states(one))
    several = 0 < len(reporting) < len(library.documents)
    return replace(query, documents=reporting) if several else query
