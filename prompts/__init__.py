"""Every sentence Duban says by itself, as data, rendered strictly.

A missing or an unused variable is an error: a template must not drift from the code that fills it.
"""

from __future__ import annotations

import string
import tomllib
from functools import cache
from importlib import resources


class PhraseError(KeyError):
    """A phrase does not exist, or its variables are not the ones given."""


@cache
def _phrases() -> dict[str, str]:
    text = resources.files(__name__).joinpath("phrases.toml").read_text(encoding="utf-8")
    phrases: dict[str, str] = tomllib.loads(text)
    return phrases


def phrase(name: str, **values: object) -> str:
    """The phrase with its variables filled in.

    Raises:
        PhraseError: no such phrase, or the variables differ from the template's.
    """
    if name not in _phrases():
        raise PhraseError(f"no phrase {name!r} in prompts/phrases.toml")
    template = _phrases()[name]
    wanted = {field for _, field, _, _ in string.Formatter().parse(template) if field}
    if wanted != set(values):
        raise PhraseError(f"phrase {name!r} takes {sorted(wanted)}, got {sorted(values)}")
    return template.format(**values)
