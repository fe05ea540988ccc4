"""Two clauses of one line that a question names, each with a limit of its own: 6月底前开工，2026年5月底前建成."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.composers.wording import flat
from assistant.library import Library
from assistant.query import Query
from assistant.understanding.topic import topic_of
from assistant.understanding.two_things import TwoThings
from assistant.words import chinese_pairs
from ingest.records import Deadline, ParsedDocument, SourceDocument, Span
from vectorstore.folding import fold

_MOST_OF_NAME = 0.5
_MARKS = "，,；;。\n\t|（("
# 整改措施：1.
_LABEL = re.compile(r"^(?:[\u4e00-\u9fff]{2,6}[:：])?\s*(?:\d{1,2}[.．、](?!\d(?!\d{3}年)))?")


@dataclass(frozen=True, slots=True)
class LimitedClause:
    """What is due on a day, as the text words it, and the sentence that says so."""

    name: str
    day: dt.date
    sentence: Span


@dataclass(frozen=True, slots=True)
class TwoClauses:
    """Two such clauses of one document, in the order in which the question names them."""

    source: SourceDocument
    clauses: tuple[LimitedClause, LimitedClause]


def two_clauses(library: Library, query: Query, asked: TwoThings) -> TwoClauses | None:
    """The pair of clauses that has most of both names; None where there is none or several."""
    names = [topic_of(name, library) or name for name in (asked.one, asked.other)]
    found = [
        (share, pair)
        for parsed in library.within(query.documents)
        for share, pair in _pairs(parsed, names)
    ]
    best = max((share for share, _ in found), default=0)
    pairs = [pair for share, pair in found if share == best]
    return pairs[0] if len(pairs) == 1 else None


def _pairs(parsed: ParsedDocument, names: Sequence[str]) -> Iterator[tuple[float, TwoClauses]]:
    """Each two clauses of one line that have half of either name or more, and how much of both."""
    source = parsed.source
    clauses = [(_around(source, one.phrase), one) for one in parsed.deadlines]
    ones, others = (list(_having(name, clauses)) for name in names)
    for share, span, one in ones:
        for more, beside, other in others:
            first, last = min(span.start, beside.start), max(span.end, beside.end)
            if span == beside or "\n" in source.text[first:last]:
                continue
            if one.latest is not None and other.latest is not None:
                pair = (
                    LimitedClause(_bare(span), one.latest, one.clause),
                    LimitedClause(_bare(beside), other.latest, other.clause),
                )
                yield share + more, TwoClauses(source, pair)


def _having(
    name: str, clauses: Sequence[tuple[Span, Deadline]]
) -> Iterator[tuple[float, Span, Deadline]]:
    wanted = chinese_pairs(name)
    for span, one in clauses:
        shared = wanted & chinese_pairs(fold(span.quote))
        if wanted and len(shared) >= _MOST_OF_NAME * len(wanted):
            yield len(shared) / len(wanted), span, one


def _around(source: SourceDocument, limit: Span) -> Span:
    """What stands around a limit between commas."""
    start = max(source.text.rfind(mark, 0, limit.start) for mark in _MARKS) + 1
    ends = (source.text.find(mark, limit.end) for mark in _MARKS)
    return source.span(start, min((one for one in ends if one >= 0), default=len(source.text)))


def _bare(clause: Span) -> str:
    return _LABEL.sub("", flat(clause.quote))
