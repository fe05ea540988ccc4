"""Words that questions are asked with, as data; the words of documents are in `ingest.vocabulary`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@cache
def load_words(name: str) -> dict[str, Any]:
    """Read one file by its stem, e.g. `questions`."""
    file = resources.files(__name__).joinpath(f"{name}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def wording(table: str, name: str) -> re.Pattern[str]:
    """One pattern for all the ways `questions` lists under a name of a table, e.g. `fields`, `deadline`.

    A way may hold words that the file gives a name to (`{做完}`). There are more of them than `re` keeps compiled,
    and every question meets them all.
    """
    words = load_words("questions")
    ways = "|".join(f"(?:{way})" for way in words[table][name])
    for shared, pattern in words["shared"].items():
        ways = ways.replace(f"{{{shared}}}", pattern)
    return re.compile(ways)


def asks(table: str, name: str, text: str) -> bool:
    """Whether a folded question uses one of those ways."""
    return wording(table, name).search(text) is not None


@cache
def generic_words() -> frozenset[str]:
    """Words of a list's own form, which never pick out a task."""
    return frozenset(load_words("questions")["generic"]["words"])


@dataclass(frozen=True, slots=True)
class Attribute:
    """A kind of thing that a question asks for (money, a telephone number) and what evidence of it shows.

    With `nearby` the evidence may follow the sentence that speaks of the thing. `annex` is what an annex is called
    that tells it. With `in_task` it may be told anywhere in the task that is asked about.
    """

    name: str
    shows: re.Pattern[str]
    nearby: bool
    annex: str = ""
    in_task: bool = False


def asked_attributes(text: str) -> list[Attribute]:
    """The kinds of thing that a folded question asks for, of those whose evidence is known by its shape.

    Evidence of a post shows the very post that is asked about.
    """
    # 要报预算，今年换几台 asks for no money.
    asking = wording("operations", "purpose").sub("", text)
    asked = ((one, pattern.search(asking)) for one, pattern in _kinds())
    return [
        Attribute(
            one["name"],
            _evidence(one["shows"], match.groups()),
            one.get("nearby", False),
            one.get("annex", ""),
            one.get("in_task", False),
        )
        for one, match in asked
        if match
    ]


@cache
def _kinds() -> tuple[tuple[dict[str, Any], re.Pattern[str]], ...]:
    """Each kind with how it is asked for: by a pattern of its own, or as an operation."""
    return tuple(
        (
            one,
            wording("operations", one["asked_as"]) if "asked_as" in one else re.compile(one["ask"]),
        )
        for one in load_words("questions")["attributes"]
    )


@cache
def _evidence(shows: str, asked: tuple[str | None, ...]) -> re.Pattern[str]:
    return re.compile(shows.replace("{asked}", next(filter(None, asked), "")))
