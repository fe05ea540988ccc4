"""Whether a question asks what is wrong in a place, or why it was named: 某镇有什么问题, 某村为啥被点名."""

from __future__ import annotations

import re
from collections.abc import Iterator
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


def _descriptions(library: Library, query: Query) -> str:
    """What the documents in scope describe problems with, folded, titles included."""
    return "\n".join(
        fold_query(f"{task.title.quote}\n{task.problem.quote if task.problem else ''}")
        for _, task in described_problems(library, query)
    )


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
    described = _descriptions(library, query)
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


# 哪几个村被点名露天焚烧: the kind of place that is asked for, by the endings of such names.
_KINDS = (
    (re.compile(r"哪(?:些|几)?(?:个|家|俩|两个)?(?:村|社区)子?"), ("村", "社区")),
    (
        re.compile(r"哪(?:些|几)?(?:个|家|俩|两个)?(?:镇街|乡镇|街镇|镇|乡|街道)"),
        ("镇", "乡", "街道"),
    ),
    (re.compile(r"哪(?:些|几)?(?:个|家|俩|两个)?(?:县区|区县|县|区)"), ("县", "区", "市")),
    (re.compile(r"哪(?:些|几)?(?:个|家|俩|两个)?(?:企业|公司|厂子?)"), ("公司", "厂", "企业")),
)


def named_for(query: Query, library: Library) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The endings of the names that a question asks for which were named for something, and the words for that.

    None where nothing of the kind is asked, or where descriptions of problems have not all of the words.
    """
    text = query.text
    if not asks("operations", "named_for", text) or asks("operations", "duties_named", text):
        return None
    kind = next(((one, endings) for one, endings in _KINDS if one.search(text)), None)
    if kind is None or query.people or query.task_numbers:
        return None
    asking, endings = kind
    rest = wording("operations", "named_for").sub(
        " ", asking.sub(" ", without_subjects(text, library))
    )
    described = _descriptions(library, query)
    words = tuple(dict.fromkeys(_stretches_in(described, rest)))
    said = sum(len(one) * rest.count(one) for one in words)
    return (endings, words) if 2 * said > len("".join(rest.split())) else None


def _stretches_in(described: str, rest: str) -> Iterator[str]:
    """The longest stretches of a question's rest, of two characters and more, that descriptions have."""
    start = 0
    while start < len(rest):
        ends = range(len(rest), start + 1, -1)
        found = next((rest[start:end] for end in ends if rest[start:end] in described), "")
        if found and re.fullmatch(r"[\u4e00-\u9fffa-z\d.]+", found):
            yield found
        start += max(1, len(found))
