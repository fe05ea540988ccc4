"""A figure of one year is asked for, where the documents state that of another: 2024年的目标, beside 到2025年控制在…."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.composers.wording import flat
from assistant.draft import Statement, own_words
from assistant.query import Field, Query
from assistant.search import Found
from assistant.understanding.topic import specific_words
from prompts import phrase
from vectorstore.folding import fold

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年)")
_RANGE = re.compile(r"(?<!\d)((?:19|20)\d{2})年?\s*[-—–~～至到]+\s*((?:19|20)\d{2})年")
_PARTS = re.compile("[；;。]")
_FIGURE = re.compile(r"\d")
_ASKS_FIGURE = re.compile(r"多少|[百几]分|几成|目标|[率值量数](?:是|呢|要|[?？]|$)")


def of_another_year(query: Query, clauses: Sequence[Found]) -> Statement | None:
    """A remark that the year asked about is in none of the clauses, where the best states a figure of another year."""
    asked = set(_YEAR.findall(query.text))
    if len(asked) != 1 or query.asks_confirmation or not clauses or Field.DEADLINE in query.fields:
        return None
    if not _ASKS_FIGURE.search(query.text):
        return None
    (year,) = asked
    best = fold(flat(clauses[0].span.quote))
    named = [word for word in specific_words(query) if word in best]
    parts = [part for one in clauses for part in _PARTS.split(fold(flat(one.span.quote)))]
    # What names all that the best sentence names is said of the same thing.
    told = [part for part in parts if named and all(word in part for word in named)]
    if any(year in part or _spans(part, year) for part in told):
        return None
    own = next((part for part in told if part in best), "")
    others = set(_YEAR.findall(own))
    if len(others) != 1 or not _FIGURE.search(_YEAR.sub("", own)):
        return None
    (other,) = others
    return own_words(phrase("year_untold", year=year, other=other))


def _spans(text: str, year: str) -> bool:
    """Whether a text names a stretch of years that the year is one of."""
    return any(first <= year <= last for first, last in _RANGE.findall(text))
