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

    There are more of them than `re` keeps compiled, and every question meets them all.
    """
    return re.compile("|".join(f"(?:{way})" for way in load_words("questions")[table][name]))


def asks(table: str, name: str, text: str) -> bool:
    """Whether a folded question uses one of those ways."""
    return wording(table, name).search(text) is not None


@cache
def generic_words() -> frozenset[str]:
    """Words of a list's own form, which never pick out a task."""
    return frozenset(load_words("questions")["generic"]["words"])


@dataclass(frozen=True, slots=True)
class Attribute:
    """A kind of thing a question asks for (money, a telephone number) and what evidence of it shows."""

    name: str
    ask: re.Pattern[str]
    shows: re.Pattern[str]


@cache
def attributes() -> tuple[Attribute, ...]:
    """All kinds of thing whose evidence is known by its shape."""
    return tuple(
        Attribute(one["name"], re.compile(one["ask"]), re.compile(one["shows"]))
        for one in load_words("questions")["attributes"]
    )
