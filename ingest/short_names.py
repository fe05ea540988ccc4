"""Short and former names that a document gives its bodies: 镇综合行政执法局简称执法局, 原城建科更名为规划建设办公室.

Where a list has the short name, the long one is another name of the same body, and the other way round.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ingest.records import Task, Unit
from ingest.unit_lists import is_unit_name

_NAME = r"[\u4e00-\u9fff]"
_CALLED = r"(?:[（(](?:以下简称|简称|下称)|(?:以下)?简称)为?"
_WRITTEN = (
    # 某局（以下简称“某办”）, 某局简称某办
    re.compile(
        rf"(?P<full>{_NAME}{{4,24}}){_CALLED}[“\"]?(?P<short>{_NAME}{{2,12}})[”\"]?(?=[）)，,。；;、\n])"
    ),
    # “某办”指某局, “某办”为某局的简称
    re.compile(
        rf"[“\"](?P<short>{_NAME}{{2,12}})[”\"](?:是指|系指|指|系|为|即)(?P<full>{_NAME}{{4,24}}?)(?:的简称)?(?=[）)，,。；;、\n])"
    ),
)
# 原城建科更名为规划建设办公室, 原农业服务中心并入农业农村办公室
_RENAMED = re.compile(
    rf"原(?P<old>{_NAME}{{2,16}}?)(?:已)?(?:更名为|改名为|改称为?|调整为|并入|合并为|划入)(?P<new>{_NAME}{{3,24}})(?=[（(）)，,。；;、\n])"
)
_FIRMS = ("公司", "集团", "合作社", "厂")
# What may stand before a name in the same clause: 原城建科更名为规划建设办公室.
_BEFORE = re.compile(
    r"^(?:.*(?:更名为|改名为|并入|设在|设于|成立|组建|改为|请向)|由|经|和|与|及|以及|会同|其中|根据|按照)"
)


def short_names(text: str) -> dict[str, tuple[str, ...]]:
    """Each name that a text gives a body beside another, with the others."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for full, short in _pairs(text):
        if short != full and short not in found[full]:
            found[full].append(short)
            found[short].append(full)
    for old, new in _renamed(text):
        same = (new, *found[new])
        for name in same:
            found[name].append(old)
        found[old] += [one for one in same if one not in found[old]]
    return {name: tuple(others) for name, others in found.items()}


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for pattern in _WRITTEN:
        for match in pattern.finditer(text):
            full = _BEFORE.sub("", match["full"])
            short = match["short"]
            called = is_unit_name(short) or full.endswith(_FIRMS)  # 某某磷化 of 某某磷化有限公司
            if is_unit_name(full) and called and is_short_for(short, full):
                yield full, short


def _renamed(text: str) -> Iterator[tuple[str, str]]:
    for match in _RENAMED.finditer(text):
        if is_unit_name(match["old"]) and is_unit_name(match["new"]):
            yield match["old"], match["new"]


def is_short_for(short: str, full: str) -> bool:
    """Whether the characters of a short name stand in the long one in their order."""
    rest = iter(full)
    return all(character in rest for character in short)


def with_other_names(task: Task, known: Mapping[str, Sequence[str]]) -> Task:
    """A task whose bodies have the names that the document gives them elsewhere."""
    if not known:
        return task

    def named(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
        return tuple(
            replace(one, aliases=tuple(dict.fromkeys((*one.aliases, *known.get(one.name, ())))))
            for one in units
        )

    return replace(
        task,
        lead_units=named(task.lead_units),
        responsible_units=named(task.responsible_units),
        cooperating_units=named(task.cooperating_units),
        acceptance_units=named(task.acceptance_units),
        supervising_units=named(task.supervising_units),
        measures=tuple(replace(one, units=named(one.units)) for one in task.measures),
    )
