"""Bounds that a sentence sets for a part of the year: 四季度东坪区PM2.5平均浓度须控制在30微克/立方米以内."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.composers.text.clauses import ClauseComposer
from assistant.draft import Draft
from assistant.library import Library
from assistant.query import Query
from assistant.search import SentenceSearch
from assistant.synonyms import with_synonyms
from assistant.understanding.places import spoken_places
from assistant.vocabulary import asks, load_words
from ingest.records import ParsedDocument
from vectorstore.folding import fold_query

_WIDE = 200
_PERIOD = re.compile(
    r"第?(?P<quarter>[一二三四1234])季度|(?P<half>[上下]半年)|(?P<season>秋冬季|采暖季|非采暖季|供暖季|汛期|枯水期|冬季|夏季|春季|秋季)"
    r"|(?<!\d)(?P<month>\d{1,2})月(?!\d)"
)
_BOUND = re.compile(
    r"(?:控制在|控制到|压减?到|降[低]?[到至]|不(?:得)?(?:高于|超过|大于|低于|少于|小于)|稳定在|达到|[≤≥<>])[^\d，,；;。]{0,6}\d"
    r"|\d[^，,；;。]{0,12}以[内下上]"
)
_LATIN = re.compile(r"[a-z]+[a-z\d.]*")
_CHINESE_DIGITS = str.maketrans("1234", "一二三四")


class PeriodBoundComposer:
    """Finds the sentences that set a bound to an indicator for the part of the year which a question names."""

    def __init__(self, library: Library, search: SentenceSearch, clauses: ClauseComposer) -> None:
        self._library = library
        self._search = search
        self._clauses = clauses

    def draft(self, query: Query) -> Draft | None:
        """Those sentences; None where no such bound is asked for, none is set, or a table is of that time."""
        if not asks("operations", "bound_of_period", query.text):
            return None
        periods, indicators = set(_periods(query.text)), _indicators(query.text)
        if not (periods and indicators):
            return None
        documents = self._library.within(query.documents)
        if any(periods & set(_periods(_heads(parsed))) for parsed in documents):
            return None
        found = [
            one
            for one in self._search.find(query, query.documents, _WIDE)
            if _sets(fold_query(one.span.quote), periods, indicators)
        ]
        places = spoken_places(query.text, self._library.folded(query.documents))
        named = [
            one for one in found if any(place in fold_query(one.span.quote) for place in places)
        ]
        told = (named or found) if not places or named else []
        return Draft(tuple(self._clauses.blocks(told))) if told else None


def _sets(text: str, periods: set[str], indicators: list[str]) -> bool:
    """Whether one of the stretches between semicolons of a folded sentence has period, indicator and bound."""
    return any(
        periods & set(_periods(part))
        and any(one in part for one in indicators)
        and _BOUND.search(part) is not None
        for part in re.split("[;；]", text)
    )


def _periods(text: str) -> Iterator[str]:
    for match in _PERIOD.finditer(text):
        quarter = match["quarter"]
        yield f"{quarter.translate(_CHINESE_DIGITS)}季度" if quarter else match.group()


def _indicators(text: str) -> list[str]:
    """The indicators that a question names: Latin names and pollutants, with the other words for them."""
    known: list[str] = load_words("questions")["pollutants"]["words"]
    said = with_synonyms(text)
    named = {*_LATIN.findall(said), *(word for word in known if word in said)}
    return [one for one in named if len(one) > 1]


def _heads(parsed: ParsedDocument) -> str:
    """What the captions and headings of a document's tables say."""
    return fold_query(
        "，".join(
            span.quote
            for table in parsed.tables
            for span in (*table.header, *((table.caption,) if table.caption else ()))
        )
    )
