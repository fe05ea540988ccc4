"""Tasks of documents in many layouts, read as a careful person reads them (`tests/data/readings`)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ingest.parse import parse_text
from ingest.records import Task

FOLDER = Path(__file__).parents[1] / "data" / "readings"
NAMES = sorted(file.stem for file in FOLDER.glob("*.json"))
# What is not read whole: 承办 for who leads where nobody helps or another leads, cells left open or broken over lines, a
# number that may be a figure, two bodies that sign as one, problems and measures in lists apart, columns of a page that are
# interleaved, actions parted by semicolons alone.
NOT_WHOLE = {
    *("20", "26", "30", "31", "32", "33", "38"),
    *("46", "48", "49", "56", "61", "62", "65", "70"),
    *("71", "73", "80", "81", "83", "86", "88", "89", "90", "91", "94", "101", "105", "110"),
}
ROLES = {
    "lead": "lead_units",
    "responsible": "responsible_units",
    "cooperating": "cooperating_units",
    "accepting": "acceptance_units",
    "leader": "leaders",
}


@dataclass(frozen=True, slots=True)
class Found:
    """One thing of one task: whether it was to be read, and whether it was."""

    what: str
    wanted: bool
    read: bool


def test_there_are_all() -> None:
    assert len(NAMES) == 112


@pytest.mark.parametrize("name", [name for name in NAMES if name not in NOT_WHOLE])
def test_a_layout_is_read_whole(name: str) -> None:
    wrong = [one.what for one in compared(name) if one.wanted != one.read]
    assert wrong == []


def test_little_is_missed_and_little_read_that_is_not_there() -> None:
    everything = [one for name in NAMES for one in compared(name)]
    hits = sum(one.wanted and one.read for one in everything)
    assert hits / sum(one.wanted for one in everything) >= 0.96
    assert hits / sum(one.read for one in everything) >= 0.96


@cache
def compared(name: str) -> tuple[Found, ...]:
    """All that is to be read of a document, and all that was."""
    expected = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))["tasks"]
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    left = list(parse_text(text, f"{name}.txt", "0" * 64).tasks)
    found: list[Found] = []
    for task in expected:
        read = next((one for one in left if _is_titled(one, task["title"])), None)
        found.append(Found(f"task {task['title']}", wanted=True, read=read is not None))
        if read is not None:
            left.remove(read)
            found += _fields(task, read)
    found += [Found(f"extra {one.title.quote}", wanted=False, read=True) for one in left]
    return tuple(found)


def _fields(task: dict[str, Any], read: Task) -> Iterator[Found]:
    for role, attribute in ROLES.items():
        names = [_plain(one.name) for one in getattr(read, attribute)]
        what = f"{task['title']}: {role}"
        yield from _set_against(what, task.get(role) or (), names, exact=role != "leader")
    limit = read.deadline.phrase.quote if read.deadline is not None else ""
    yield from _set_against(f"{task['title']}: limit", _some(task.get("deadline")), _some(limit))
    state = read.state.quote if read.state is not None else ""
    yield from _set_against(f"{task['title']}: state", _some(task.get("state")), _some(state))
    if (task.get("measures") or 0) > 1:
        right = len(read.measures) == task["measures"]
        yield Found(f"{task['title']}: measures", wanted=True, read=right)


def _set_against(
    what: str, wanted: Iterable[str], read: Iterable[str], *, exact: bool = False
) -> Iterator[Found]:
    """Each of what is wanted and of what was read; unless `exact`, one may be told with its post or its verb."""
    left = [_plain(one) for one in read]
    for one in map(_plain, wanted):
        match = next((other for other in left if _same(one, other, exact=exact)), None)
        if match is not None:
            left.remove(match)
        yield Found(f"{what} {one}", wanted=True, read=match is not None)
    yield from (Found(f"{what} {one}", wanted=False, read=True) for one in left)


def _same(one: str, other: str, *, exact: bool) -> bool:
    return one == other if exact else one in other or other in one


def _is_titled(task: Task, title: str) -> bool:
    read = _plain(task.title.quote)
    return bool(read) and (_plain(title) in read or read in _plain(title))


def _some(text: str | None) -> list[str]:
    return [text] if text else []


def _plain(text: str) -> str:
    return "".join(text.split()).strip("。；;，,：:")
