"""Which things of a kind a question asks to have made: 要建哪三本账, 都立了哪几项制度."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.query import Query
from ingest.numerals import parse_number

_MADE = re.compile(
    r"(?P<verb>建|立|设|定|制定|编|办|搭|备)(?:立|起|出|好|置|成)?(?:了)?哪"
    r"(?:几|(?P<count>[两三四五六七八九]))(?P<measure>[本个套张种道项份支类])"
    r"(?P<noun>[\u4e00-\u9fff]{1,4})(?=$|[,，。?？;；])"
)
_ASKS = re.compile(r"什么|啥|谁|哪|几|多少|咋|怎么|何时|吗")


@dataclass(frozen=True, slots=True)
class ThingsMade:
    """The things as the question calls them, how they come about, and how many it takes to be there."""

    noun: str
    verb: str
    measure: str
    count: int | None


def things_made(query: Query) -> ThingsMade | None:
    """The things asked for; None where the question asks for something else, or for more."""
    match = _MADE.search(query.text)
    if match is None or _ASKS.search(query.text.replace(match.group(), " ")):
        return None
    count = {"两": 2}.get(match["count"]) or parse_number(match["count"] or "")
    return ThingsMade(match["noun"], match["verb"], match["measure"], count)
