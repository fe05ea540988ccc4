"""Firms that letters are addressed to, each of which is one task: 三家企业分别谁督办, 某某盯着哪几家企业.

Which firms a body or a person has is asked for as the tasks of a plan are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.ledger import TaskEntry
from assistant.library import Library
from assistant.query import Query
from assistant.understanding.names import mentioned_people, mentioned_units
from assistant.understanding.topic import specific_words
from assistant.units import matches
from vectorstore.folding import fold_query

_FIRMS = r"(?:企业|公司|工厂|厂子|厂家|厂|单位|场)"
_WHICH = re.compile(rf"(?P<how>哪[些几]|哪一?(?=[家个])|几|多少)(?:[家个]){_FIRMS}?|哪些{_FIRMS}")
_OF_EACH = re.compile(
    rf"(?P<number>[两二三四五六七八九十\d]+)家{_FIRMS}?[^,，。;；?？]{{0,12}}?(?:分别|各自?|都|[一总]共|合计|加起来)|(?:每家|各家?){_FIRMS}?|哪一?家{_FIRMS}?(?=[^,，。;；?？]{{0,8}}最[多少])"
)
# Which are due by some time is asked for as well.
_DUE = re.compile(r"\d\s*月|[年月季]底|到期|期限|时限|逾期|超期")
_FILLERS = "的整改要求措施任务里中各项那些这家公司企业，,"
_HAS = re.compile(r"盯|包|管|督|监|牵头|负责|责任|协办|配合|联系|挂|跟(?!.{0,6}(?:一样|相比|比))")


def with_firms_as_tasks(text: str, library: Library, scope: Sequence[str] | None) -> str:
    """A folded question for the firms that somebody has, as one for tasks; any other as it is."""
    which = _WHICH.search(text)
    if which is None or not library.addressed(scope):
        return text
    if _DUE.search(text) and scope is not None and _are_letters(library, scope):
        return _of_tasks(text, which)
    if not _HAS.search(text):
        return text
    bodies = mentioned_units(text, library, scope)
    addressed = library.addressed(scope)
    others = [one for one in bodies if not any(matches(one.name, unit) for unit in addressed)]
    if not others and not mentioned_people(text, library):
        return text
    return _of_tasks(text, which)


def _of_tasks(text: str, which: re.Match[str]) -> str:
    how = "多少项" if which["how"] in ("几", "多少") else "哪些"
    return f"{text[: which.start()]}{how}任务{text[which.end() :]}"


def _are_letters(library: Library, scope: Sequence[str]) -> bool:
    """Whether most of what documents ask for is asked of firms by their names."""
    tasks = sum(len(parsed.tasks) for parsed in library.within(scope))
    return 2 * len(library.addressed(scope)) > tasks


def firms_asked(query: Query, library: Library) -> list[TaskEntry]:
    """The parts of letters for the firms that a question names, or for each of as many as it says; else none."""
    letters = [
        [TaskEntry(parsed.source, task) for task, _ in parts]
        for parsed, parts in library.letters(query.documents)
    ]
    if named := [one for parts in letters for one in parts if names_firm(query, one)]:
        return named
    if len(letters) != 1:
        return []
    (parts,) = letters
    is_all = len(parts) == sum(len(one.tasks) for one in library.within(query.documents)) == 1
    return parts if is_all or _OF_EACH.search(query.text) else []


def is_alone(query: Query, entry: TaskEntry) -> bool:
    """Whether a question names the firm and no thing of it: 某某公司要做什么, but not 某某公司的锅炉怎么改."""
    called = _called(entry)
    return all(word in called for word in specific_words(query))


def names_no_thing(query: Query, entry: TaskEntry) -> bool:
    """Whether nothing but the firm stands before 最: 某某公司最晚哪天, but not 某某公司取水证最晚哪天."""
    return not set(query.text.partition("最")[0]) - set(_called(entry)) - set(_FILLERS)


def _called(entry: TaskEntry) -> str:
    """All names of the firm whose part of a letter a task is, folded."""
    unit = entry.task.addressee
    return fold_query("".join((unit.name, *unit.aliases))) if unit is not None else ""


def names_firm(query: Query, entry: TaskEntry) -> bool:
    """Whether a question names the firm whose part of a letter a task is."""
    unit = entry.task.addressee
    return unit is not None and any(
        not mention.excluded and matches(mention.name, unit) for mention in query.units
    )
