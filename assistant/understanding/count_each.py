"""Whether a question counts several things apart: 牵头和配合的各几项, 甲局和乙局谁牵头的多."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.ledger import Role
from assistant.query import Operation, Query, UnitMention
from assistant.understanding.conditions import role_conditions
from assistant.vocabulary import asks


@dataclass(frozen=True, slots=True)
class CountedApart:
    """A list query for each thing that is counted, and whether their numbers are to be compared."""

    queries: tuple[Query, ...]
    compared: bool = False


def counted_apart(query: Query) -> CountedApart | None:
    """One list query for each role of the only body, or for each body or person; None where they are not several."""
    if query.whole is not None:
        return None
    compared = asks("operations", "count_compare", query.text)
    if not compared and not asks("operations", "count_each", query.text):
        return None
    apart = compared or re.search("各|分别", query.text) is not None
    names = tuple(dict.fromkeys(mention.name for mention in query.wanted_units))
    if len(query.people) > 1 and apart:
        plain = _plain(query, query.people)
        return CountedApart(tuple(replace(plain, people=(n,)) for n in query.people), compared)
    if len(names) > 1 and apart:
        role = _role_of_all(query, names)
        plain = _plain(query, names)
        each = (replace(plain, units=(UnitMention(name, role),)) for name in names)
        return CountedApart(tuple(each), compared)
    roles = role_conditions(_without(query.text, names)) if len(names) == 1 else []
    asked = [one for one in roles if not one.denied]
    if len(asked) < 2:
        return None
    plain = _plain(query, ())
    return CountedApart(tuple(replace(plain, units=one.of(names[0])) for one in asked))


def _plain(query: Query, names: Sequence[str]) -> Query:
    """The query as one for a list; the names that are asked for one at a time are no topic of any of them."""
    return replace(
        query,
        operation=Operation.LIST_TASKS,
        group_by=None,
        extreme=None,
        topic=_without(query.topic, names),
    )


def _role_of_all(query: Query, names: Sequence[str]) -> Role | None:
    """The role that all the bodies are asked in: given to any of them, or to whichever has more (谁牵头的多)."""
    roles = role_conditions(_without(query.text, names), of_another=True)
    return query.wanted_role or (roles[0].role if len(roles) == 1 else None)


def _without(text: str, names: Sequence[str]) -> str:
    for name in names:
        text = text.replace(name, " " * len(name))
    return text
