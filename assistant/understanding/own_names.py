"""Things by the names that the documents have for them: 细颗粒物 is pm2.5 where they write it so."""

from __future__ import annotations

import re
from functools import cache

from assistant.vocabulary import load_words


def with_own_names(text: str, known: str) -> str:
    """A folded question with the names that `known`, the folded text asked, has for its things.

    A name that it has itself stays, and so does one that none of its equals stands there for.
    """

    def own(match: re.Match[str]) -> str:
        said = match.group()
        if said in known:
            return said
        return next((one for one in _equals()[said] if one in known), said)

    return _names().sub(own, text)


@cache
def _equals() -> dict[str, list[str]]:
    sets: list[list[str]] = load_words("questions")["synonyms"]["names"]
    return {name: names for names in sets for name in names}


@cache
def _names() -> re.Pattern[str]:
    longest_first = "|".join(map(re.escape, sorted(_equals(), key=len, reverse=True)))
    return re.compile(rf"(?<![a-z\d])(?:{longest_first})(?![a-z\d])")
