"""The page's own words in the language that its reader has chosen, from one catalogue, `words.toml`.

Gradio's `gr.I18n` was weighed and left: it follows the browser's locale, which the reader cannot choose on the page,
and translates only what a component was made with, not what handlers and scripts write later. So the choice is a
cookie, which the server and the page's scripts read alike.
"""

from __future__ import annotations

import json
import string
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Literal, get_args

from ingest.dates import chinese_date

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
COOKIE = "duban_language"


class WordsError(KeyError):
    """The catalogue has no such words, or their variables are not the ones given."""


class Words:
    """The words of one language: `say("page_number", page=3)`."""

    def __init__(self, language: Language = "zh") -> None:
        self.language = language

    def __call__(self, key: str, **values: object) -> str:
        """The words with their variables filled in.

        Raises:
            WordsError: no such words, or the variables differ from theirs.
        """
        if key not in catalogue():
            raise WordsError(f"no words {key!r} in ui/words.toml")
        words = catalogue()[key][self.language]
        wanted = variables(words)
        if wanted != set(values):
            raise WordsError(f"words {key!r} take {sorted(wanted)}, got {sorted(values)}")
        return words.format(**values)

    def day(self, day: date) -> str:
        """A date as it is written out."""
        return chinese_date(day) if self.language == "zh" else f"{day.day} {day:%B} {day.year}"


def words_for(cookies: Mapping[str, str]) -> Words:
    """The words that a reader has chosen; Chinese for one who has not."""
    return Words("en" if cookies.get(COOKIE) == "en" else "zh")


@cache
def catalogue() -> dict[str, dict[Language, str]]:
    """All words by key and language."""
    text = resources.files(__package__ or "ui").joinpath("words.toml").read_text(encoding="utf-8")
    found: dict[str, dict[Language, str]] = tomllib.loads(text)
    return found


def variables(words: str) -> set[str]:
    """The names of the variables in some words."""
    return {field for _, field, _, _ in string.Formatter().parse(words) if field}


def catalogue_script() -> str:
    """The catalogue for the page's own scripts, where `duban.say` finds it."""
    return f"window.dubanWords = {json.dumps(catalogue(), ensure_ascii=False)};"
