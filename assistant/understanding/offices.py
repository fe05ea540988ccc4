"""Offices that every county has, by their usual names: 卫健局, 市财政局. No document need know them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from assistant.vocabulary import load_words


def offices_in(text: str) -> Iterator[re.Match[str]]:
    """The offices that a folded text names, each with its stem (卫健) as the group `stem`."""
    yield from _offices().finditer(text)


@cache
def _offices() -> re.Pattern[str]:
    stems: list[str] = load_words("questions")["offices"]["stems"]
    longest_first = "|".join(sorted(stems, key=len, reverse=True))
    return re.compile(
        rf"[省市区县镇乡州旗]?(?P<stem>{longest_first})(?:局|委员会|委|厅|办公室|办)(?![员托派得理了完好])"
    )
