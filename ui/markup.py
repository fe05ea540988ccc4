"""HTML from text: the one place where what comes from documents, models and users is escaped.

Everything else in this package builds HTML from pieces that went through `text` or from words of its own.
"""

from __future__ import annotations

import html
import re

COLOURS = 6
# On elements that hold words of documents, answers and users, whatever language the page itself speaks.
CHINESE = 'lang="zh-CN"'
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def text(words: object) -> str:
    """Words as HTML that shows exactly them, in an element or in a quoted attribute.

    Characters that turn the direction of writing are shown as �: they would make a name read as another one.
    """
    return _TURNING.sub("�", html.escape(str(words)))


def colour(number: int) -> str:
    """The class that gives a citation's mark and its quote the same colour."""
    return f"c{(number - 1) % COLOURS + 1}"


def cite_value(exchange: int, number: int) -> str:
    """What a citation's button sends when it is clicked; read back by `parse_cite_value`."""
    return f"{exchange}-{number}"


def parse_cite_value(sent: object) -> tuple[int, int] | None:
    """Exchange and citation number of a clicked button; None for anything a button cannot have sent."""
    match = re.fullmatch(r"(\d{1,6})-(\d{1,6})", sent, re.ASCII) if isinstance(sent, str) else None
    return (int(match[1]), int(match[2])) if match else None
