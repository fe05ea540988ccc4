"""What something was a year before, by how far it changed since: 火点47个，同比增加12个, so 35 in the year before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.composers.tables.series import decimal_text
from assistant.composers.wording import cite, flat
from assistant.draft import Block, Statement, paragraph
from assistant.library import Library
from assistant.proof.quantities import Quantity, quantities
from assistant.query import Query
from assistant.search import Found, SentenceSearch
from assistant.synonyms import with_synonyms
from assistant.understanding.reckonings import POINTS, asked_years, asks_same_time_before
from assistant.vocabulary import asks
from assistant.words import pairs
from prompts import phrase
from vectorstore.folding import fold

_MOST_SENTENCES = 4
# 同比增加12个, 比上年减少5天. What fell by a share (同比下降5.6%) gives no exact figure.
_CHANGED = re.compile(
    r"[,，（(](?:同比|(?:较|比)(?:上年|去年|前一年|上一年)(?:同期)?|(?:较|比|环比)(?P<than>[一二三]季度|上半年|\d{1,2}月份?))"
    r"(?P<way>增加|增长|上升|提高|升高|增|多|升|减少|下降|降低|减|少|降)了?(?=\d)"
)
_TIME = re.compile(r"[一二三]季度|上半年|\d月")
_UP = re.compile("[增升多提]")
_CLAUSE_START = re.compile(r"[，,；;。：:）)](?=[^，,；;。：:）)]*$)")
_YEAR = re.compile(r"(?<!\d)(20\d{2})年")
# Of what a level is, its time, its place and its figure do not tell.
_WHEN_WHERE = re.compile(
    r"20\d{2}年|[上下]半年|[一二三四]季度|\d+(?:[—–~-]\d+)?月|全[省市县区镇乡]|(?<![a-z\d.])\d+(?:\.\d+)?[^\d]*$"
)
_POINTS = (POINTS, "百分点")


@dataclass(frozen=True, slots=True)
class _Changed:
    """A level with the clause that states it, the year of it, and the change up to it."""

    found: Found
    clause: str
    level: Quantity
    change: Quantity
    change_said: str
    up: bool
    year: int | None
    than: str = ""

    @property
    def before(self) -> str:
        """The level of the year before, in the unit that the text writes."""
        unit = self.level.written.strip().lstrip("0123456789., ")
        one = quantities(f"1{unit}")
        scale = one[0].value if one else Decimal(1)
        gap = self.change.value if self.up else -self.change.value
        return f"{decimal_text((self.level.value - gap) / scale)}{unit}"


class YearBeforeComposer:
    """Takes the change off the level, where the year before it is asked for and no sentence has its figure."""

    def __init__(self, library: Library, search: SentenceSearch) -> None:
        self._library = library
        self._search = search

    def blocks(self, query: Query) -> list[Block]:
        """The level of the year before; nothing unless one level alone is of what is asked."""
        asks_figure = asks("tables", "figure", query.text) or "几" in query.text
        years = asked_years(query.text) or asks_same_time_before(query.text)
        years = years or _TIME.search(query.text) is not None
        if not (asks_figure and years):
            return []
        topic = pairs(fold(with_synonyms(f"{query.topic} {query.context}")))
        changed = [
            (len(topic & pairs(_WHEN_WHERE.sub(" ", one.clause))), one)
            for found in self._search.find(query, query.documents)[:_MOST_SENTENCES]
            for one in _changed(found)
            if _is_asked_before(query, one)
        ]
        best = max((shared for shared, _ in changed), default=0)
        named = {(one.level, one.change): one for shared, one in changed if shared == best}
        if not best or len(named) != 1:
            return []
        return [paragraph(self._worded(next(iter(named.values()))))]

    def _worded(self, one: _Changed) -> Statement:
        text = phrase(
            "year_before",
            said=one.clause,
            change=one.change_said,
            year=one.than or (f"{one.year - 1}年" if one.year else phrase("same_time_before")),
            figure=one.before,
        )
        return Statement(
            text, cite(self._library, one.found.source, one.found.span), computed=(text,)
        )


def _is_asked_before(query: Query, one: _Changed) -> bool:
    """Whether the year before that of a level is asked for, be it by its number or as the same time of it."""
    if one.than:
        return one.than.removesuffix("份") in query.text
    years = set(map(int, asked_years(query.text)))
    if not years:
        return asks_same_time_before(query.text)
    return one.year is not None and years in ({one.year - 1}, {one.year - 1, one.year})


def _changed(found: Found) -> Iterator[_Changed]:
    """The levels of a sentence behind each of which stands by how much it changed within a year."""
    text = fold(flat(found.span.quote))
    figures = quantities(text)
    for match in _CHANGED.finditer(text):
        change = next((one for one in figures if one.start >= match.end()), None)
        opening = _CLAUSE_START.search(text[: match.start()])
        start = opening.end() if opening else 0
        levels = [one for one in figures if start <= one.start and one.end <= match.start()]
        if change is None or change.start != match.end() or not levels:
            continue
        level = levels[-1]
        of_share = level.unit == "%" and change.unit in _POINTS
        if level.end != match.start() or not (level.unit == change.unit != "%" or of_share):
            continue
        years = _YEAR.findall(text[: match.start()])
        clause = text[start : level.end].strip()
        said = text[match.start() + 1 : change.end]
        up = _UP.search(match["way"]) is not None
        yield _Changed(
            found,
            clause,
            level,
            change,
            said,
            up,
            int(years[-1]) if years else None,
            match["than"] or "",
        )
