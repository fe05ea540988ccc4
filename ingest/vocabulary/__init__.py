"""The words of the genre, as data: field labels and their synonyms, forms of units, kinds of document.

They describe how such documents are written anywhere in the country. A word that only one document
uses does not belong here.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any


@cache
def load_vocabulary(name: str) -> dict[str, Any]:
    """Read one vocabulary file by its stem, e.g. `labels`."""
    file = resources.files(__name__).joinpath(f"{name}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def any_of(words: Iterable[str]) -> str:
    """A pattern that matches any of the words; of two that begin alike, the longer one."""
    return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"
