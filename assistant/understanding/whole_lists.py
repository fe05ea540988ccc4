"""Whether a question asks for all tasks of a document, without any condition: 把清单念一遍."""

from __future__ import annotations

from assistant.library import Library
from assistant.query import Field, Query
from assistant.understanding.topic import asks_of_all
from assistant.vocabulary import asks

# A table of tasks does not show these.
_NOT_IN_A_LIST = frozenset({Field.TARGET, Field.STATUS})


def asks_for_all_tasks(query: Query, library: Library) -> bool:
    """Whether the tasks of the one document in scope are asked for, all of them."""
    if len(library.within(query.documents)) != 1 or _has_conditions(query):
        return False
    if query.fields & _NOT_IN_A_LIST or not _wants_a_list(query.text):
        return False
    (parsed,) = library.within(query.documents)
    return bool(parsed.tasks) and asks_of_all(query, library, [parsed.source.title, query.section])


def _has_conditions(query: Query) -> bool:
    return bool(
        query.units
        or query.people
        or query.without_people
        or query.task_numbers
        or query.windows
        or query.listed
        or query.status
        or query.overdue
        or query.ongoing is not None
        or query.undetermined
        or query.asks_confirmation
        or query.group_by
        or query.extreme
        or query.refers_back
    )


def _wants_a_list(text: str) -> bool:
    """Whether a text says that a list of tasks is wanted, plainly or by all that it has and has not."""
    if asks("operations", "whole_list", text):
        return True
    wanted = asks("operations", "listing", text) and asks("operations", "task_words", text)
    return wanted and not asks("operations", "asks_otherwise", text)
