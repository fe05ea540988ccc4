"""Whether a question counts what one body has to do in several roles: 牵头和配合的各几项."""

from __future__ import annotations

from assistant.query import Query, UnitMention
from assistant.understanding.conditions import role_conditions
from assistant.vocabulary import asks


def counted_roles(query: Query) -> tuple[tuple[UnitMention, ...], ...]:
    """The conditions for each role in the question's order; empty where there are not several."""
    names = {mention.name for mention in query.units}
    if len(names) != 1 or not asks("operations", "count_each", query.text):
        return ()
    (name,) = names
    found = role_conditions(query.text.replace(name, " " * len(name)))
    asked = [one for one in found if not one.denied]
    if len(asked) < 2:
        return ()
    return tuple(one.of(name) for one in asked)
