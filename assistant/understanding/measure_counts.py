"""Whether measures are counted, and not tasks: those that name a body, and whether all of one task do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.ledger import Role
from assistant.library import Library
from assistant.query import Query
from assistant.understanding.topic import asks_of_all
from assistant.vocabulary import asks

_ALONE = re.compile(r"单独|独自|一家(?!.{0,4}[和跟与])|光(?:是)?它|只(?:有|写)它")


@dataclass(frozen=True, slots=True)
class MeasuresOf:
    """The body whose measures are counted; with `alone` also those that it has to do by itself."""

    unit: str
    alone: bool = False


def measures_counted(query: Query, library: Library) -> MeasuresOf | None:
    """The body that measures of any task are counted for; None where something else is counted."""
    if not asks("operations", "measure_count", query.text):
        return None
    names = {mention.name for mention in query.wanted_units}
    if len(names) != 1 or len(query.wanted_units) < len(query.units):
        return None
    (mention, *_) = query.wanted_units
    if mention.role not in (None, Role.RESPONSIBLE) or query.people or query.windows:
        return None
    if not asks_of_all(query, library, [mention.name]):
        return None
    return MeasuresOf(mention.name, _ALONE.search(query.text) is not None)


def asks_of_every_measure(query: Query) -> bool:
    """Whether it is asked if every measure of a task is laid upon one body: 是不是条条都压给一家."""
    return asks("operations", "every_measure", query.text)
