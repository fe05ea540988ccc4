"""Whether a question asks what is wrong in a place, or why it was named: 某镇有什么问题, 某村为啥被点名."""

from __future__ import annotations

import re
from functools import cache

from assistant.library import Library
from assistant.query import Query
from assistant.understanding.topic import is_about_the_whole, without_subjects
from assistant.vocabulary import asks, wording
from ingest.records import Task
from ingest.vocabulary import load_vocabulary
from vectorstore.folding import fold_query

_LONGEST_NAME = 14
_SITES = ("厂", "场", "站", "店", "公司", "企业", "工地")


def described_problems(library: Library, query: Query) -> list[tuple[str, Task]]:
    """The tasks of documents in scope that describe problems in texts of their own, each with the path of its document."""
    return [
        (parsed.source.path, task)
        for parsed in library.within(query.documents)
        if any(map(_is_described, parsed.tasks))
        for task in parsed.tasks
    ]


def _is_described(task: Task) -> bool:
    return task.problem is not None and task.problem != task.title and not task.row


def place_of_problems(query: Query, library: Library) -> str:
    """The place or body whose problems are asked for, as the question calls it; empty where nothing of the kind is asked.

    What it has to do is another thing: 点名让甲镇牵头的问题.
    """
    text = query.text
    if not asks("operations", "named_problems", text) or asks("operations", "duties_named", text):
        return ""
    if query.task_numbers or query.people or any(unit.role for unit in query.units):
        return ""
    name = _name_in(query, library)
    if not name:
        return ""
    cue = wording("operations", "named_problems").findall(text)
    return name if is_about_the_whole(query, library, [name, *cue]) else ""


def _name_in(query: Query, library: Library) -> str:
    """The longest name that the question has of what descriptions of problems name, else the only body it names."""
    described = "\n".join(
        fold_query(f"{task.title.quote}\n{task.problem.quote if task.problem else ''}")
        for _, task in described_problems(library, query)
    )
    if not described:
        return ""
    text = without_subjects(query.text, library)
    for length in range(_LONGEST_NAME, 1, -1):
        for start in range(len(text) - length + 1):
            name = text[start : start + length]
            if name in described and _is_name(name, described):
                return name
    bodies = {unit.name for unit in query.units}
    return next(iter(bodies)) if len(bodies) == 1 else ""


def _is_name(name: str, described: str) -> bool:
    """Whether a stretch ends like a place, a body or a site, or does where it is written in full."""
    if not re.fullmatch(r"[\u4e00-\u9fff]+", name):
        return False
    kinds = load_vocabulary("units")["place_kinds"]
    whole = name.endswith(_endings()) and len(name) > 2
    return whole or any(f"{name}{kind}" in described for kind in kinds)


@cache
def _endings() -> tuple[str, ...]:
    units = load_vocabulary("units")
    return (*units["suffixes"], *units["place_kinds"], *_SITES)
