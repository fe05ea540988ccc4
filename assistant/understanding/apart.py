"""Several lists in one question, each with a condition of its own: 归它验收的有几个，列成责任单位的有几个."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.library import Library
from assistant.query import Extreme, Operation, Query
from assistant.understanding.conditions import roles_uncounted
from assistant.understanding.task_conditions import task_conditions
from assistant.understanding.task_sizes import asked_size
from assistant.understanding.topic import asks_of_all
from assistant.vocabulary import asks

_BREAK = re.compile(r"[,，;；?？。]+")
_ASKS = re.compile(r"几|多少|哪")
# What goes on from the list before is no list of its own.
_GOES_ON = re.compile(
    r"其中|当中|(?<!\d[项个件条家])里[头面边]|[几些][项个条件桩]?(?:里|中|当)|[这那][些几]|它们|剩|其余|别的|反过来|搭档"
)
_MEASURES = "措施"

Understand = Callable[[str], Query]


def asked_apart(query: Query, library: Library, understand: Understand) -> tuple[Query, ...]:
    """The lists that the clauses of a question ask for; empty where they are not several.

    `understand` reads a clause as a question about the same documents.
    """
    if query.whole is not None or query.refers_back or _GOES_ON.search(query.text):
        return ()
    if roles_uncounted(query.text):
        return ()  # 牵头几条？是哪几条？只当责任单位的不算: what is left out is said of the one list
    clauses = _asking_clauses(query.text)
    if len(clauses) < 2:
        return ()
    asked: list[Query] = []
    texts: list[str] = []
    for clause in clauses:
        text = _with_subject(clause, asked[-1]) if asked else clause
        one = understand(text)
        if _conditions(one, library) or (not asked and _of_bodies(one)):
            asked.append(one)
            texts.append(text)
        elif asked:
            # 几条 and 都是哪些 belong to the clause before.
            texts[-1] = f"{texts[-1]},{clause}"
            asked[-1] = understand(texts[-1])
        else:
            return ()
    if asked and _of_bodies(asked[0]) and not _is_of_a_role(asked[0], asked[1:]):
        return ()
    return _as_lists(asked, library)


def _of_bodies(query: Query) -> bool:
    """Whether a clause asks for the tasks of bodies in whatever role, and nothing else of them."""
    listed = asks("operations", "list", query.text) or asks("operations", "count", query.text)
    return listed and bool(query.units) and all(one.role is None for one in query.units)


def _is_of_a_role(first: Query, others: Sequence[Query]) -> bool:
    """Whether all later clauses ask in which tasks the bodies of the first have some role: 沾了几件？哪件是它打头的."""
    names = {one.name for one in first.units}
    return bool(others) and all(
        other.units and all(one.role and one.name in names for one in other.units)
        for other in others
    )


def asked_first(query: Query, library: Library, understand: Understand) -> Query | None:
    """The list that the first clause asks for by itself, where later ones ask more of it: 管几件事？是他一个人管吗.

    None where the question asks for one list in one clause, or the first says the same as the whole.
    """
    if not query.is_of_tasks or query.whole is not None or query.apart or query.refers_back:
        return None
    clauses = _asking_clauses(query.text)
    if len(clauses) < 2:
        return None
    first = understand(clauses[0])
    narrower = _conditions(first, library) != _conditions(query, library)
    return first if first.is_of_tasks and narrower else None


def _asking_clauses(text: str) -> list[str]:
    """The clauses that ask how many or which, each with what is said before it."""
    clauses: list[str] = []
    before = ""
    for part in filter(None, _BREAK.split(text)):
        before = f"{before},{part}" if before else part
        if _ASKS.search(part):
            clauses.append(before)
            before = ""
    if before and clauses:
        clauses[-1] = f"{clauses[-1]},{before}"
    return clauses


def _with_subject(clause: str, before: Query) -> str:
    """A clause with the body, person or thing counted that it leaves to the one before it."""
    names = [mention.name for mention in before.units if mention.name not in clause]
    if _MEASURES in before.text and _MEASURES not in clause:
        names.append(_MEASURES)
    people = [name for name in before.people if name not in clause]
    subject = "、".join(people or dict.fromkeys(names))
    return f"{subject}{clause}"


def _as_lists(asked: list[Query], library: Library) -> tuple[Query, ...]:
    """The queries as lists of tasks, if they are several different ones and about nothing else."""
    conditions = [_conditions(one, library) for one in asked]
    if len(asked) < 2 or len(set(conditions)) < len(asked):
        return ()
    # One that is plainly of tasks tells what the others count: 长期坚持的有几个，限到12月的有几个.
    limits = Operation.LIST_LIMITS
    if not any(one.is_of_tasks or one.operation is limits or asked_size(one) for one in asked):
        return ()
    for one in asked:
        words = [word for condition in task_conditions(one, library) for word in condition.words]
        if not asks_of_all(one, library, [*words, one.section]):
            return ()
    return tuple(
        one if one.extreme or one.group_by else replace(one, operation=Operation.LIST_TASKS)
        for one in asked
    )


def _conditions(query: Query, library: Library) -> tuple[object, ...]:
    """What a clause asks of its tasks beside whose they are; empty where it asks nothing."""
    if not (asks("operations", "list", query.text) or asks("operations", "count", query.text)):
        return ()
    own: tuple[object, ...] = (
        frozenset((one.name, one.role, one.excluded) for one in query.units if one.role),
        query.people,
        query.without_people,
        query.windows,
        query.joint,
        query.ongoing,
        query.one_measure,
        query.overdue,
        query.status,
        query.undetermined,
        query.extreme if query.extreme in (Extreme.MOST, Extreme.FEWEST) else None,
        tuple(one.wording for one in task_conditions(query, library) if one.wording),
    )
    return own if any(one not in (None, False, (), frozenset()) for one in own) else ()
