"""Persons whom a text names behind their posts, outside of any record: 水体组组长为区水务局局长尹树声."""

from __future__ import annotations

import re
from functools import cache

from assistant.words import frequency
from ingest.vocabulary import load_vocabulary

# What goes on behind a name in the same clause.
_GOES_ON = "统筹|牵头|负责|分管|总牵头|担任|兼任|任|带队|约谈|提请|审批|召集|主持|协助|汇总|办理|同志|等|为|和|及|、|[,，。;；:：()（）/|\\s]|$"


def persons_named(text: str) -> frozenset[str]:
    """The names that stand behind posts in a text; what is a word of the language is one only with a usual surname."""
    names = {match["name"] for match in _behind_post().finditer(text)}
    posts = tuple(load_vocabulary("units")["posts"])
    return frozenset(
        name
        for name in names
        if not name.endswith(posts)
        and (
            name[0] in _surnames("surnames")
            or (name[0] in _surnames("rarer_surnames") and not frequency(name))
        )
    )


@cache
def _behind_post() -> re.Pattern[str]:
    posts = "|".join(sorted(load_vocabulary("units")["posts"], key=len, reverse=True))
    return re.compile(
        rf"(?:{posts})[ 　]?(?:为|是|[:：])?(?P<name>[\u4e00-\u9fff]{{2,3}}?)(?={_GOES_ON})"
    )


@cache
def _surnames(which: str) -> frozenset[str]:
    return frozenset("".join(load_vocabulary("units")[which]))
