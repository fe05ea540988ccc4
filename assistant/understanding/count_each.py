"""Whether a question counts several things apart: 牵头和配合的各几项, 甲局和乙局各牵头几项."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.query import Operation, Query
from assistant.understanding.conditions import role_conditions
from assistant.vocabulary import asks


def counted_apart(query: Query) -> tuple[Query, ...]:
    """One list query for each role of the only body, or for each body or person; empty where they are not several."""
    if query.whole is not None or not asks("operations", "count_each", query.text):
        return ()
    plain = replace(query, operation=Operation.LIST_TASKS, group_by=None, extreme=None)
    names = list(dict.fromkeys(mention.name for mention in query.wanted_units))
    apart = re.search("各|分别", query.text) is not None
    if len(query.people) > 1 and apart:
        return tuple(replace(plain, people=(name,)) for name in query.people)
    if len(names) > 1 and apart:
        return tuple(
            replace(plain, units=(replace(mention, role=query.wanted_role),))
            for mention in query.wanted_units
        )
    if len(names) != 1:
        return ()
    roles = role_conditions(query.text.replace(names[0], " " * len(names[0])))
    asked = [one for one in roles if not one.denied]
    return tuple(replace(plain, units=one.of(names[0])) for one in asked) if len(asked) > 1 else ()
