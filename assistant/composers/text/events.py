"""What happened when: the sentences of a report that name a day, in the order of the days."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.composers.records.conditions import conditions_text
from assistant.composers.wording import cite, flat, scope_name
from assistant.draft import Draft, Statement, bullets, own_words, paragraph
from assistant.library import Library
from assistant.query import Query
from assistant.understanding.topic import asks_of_all
from assistant.vocabulary import asks
from ingest.anchor import Anchor
from ingest.paragraphs import Paragraph, paragraphs
from ingest.passages import split_sentences
from ingest.records import ParsedDocument, SourceDocument, Span
from ingest.time_expressions import TimeExpression, time_expressions
from prompts import phrase

_MOST = 40
_DAY = re.compile(r"\d\s*[日号]")


@dataclass(frozen=True, slots=True)
class _Event:
    """A day, and the sentence that tells what was then."""

    day: dt.date
    source: SourceDocument
    sentence: Span


class EventComposer:
    """Lists dated events of progress reports; the dates of plans are limits, which other lists hold."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def draft(self, query: Query) -> Draft | None:
        """The events in the time asked for; None where none are asked for or a report tells none."""
        if not asks("operations", "events", query.text):
            return None
        if not asks_of_all(query, self._library):
            return None  # 某厂哪天必须达标，有准日子没 asks of one thing
        reports = [
            one for one in self._library.within(query.documents) if one.source.reports_progress
        ]
        found = {
            event
            for parsed in reports
            for event in _events(parsed, query)
            # What a body did is told by the sentences that name it.
            if all(
                any(name in event.sentence.quote for name in self._library.names_of(one.name))
                for one in query.wanted_units
            )
        }
        if not 0 < len(found) <= _MOST:
            return None
        ordered = sorted(found, key=lambda one: (one.day, one.source.path, one.sentence.start))
        text = phrase(
            "events_count",
            scope=scope_name(query, self._library),
            count=len(ordered),
            conditions=conditions_text(query, self._library),
        )
        lines = bullets(*(self._line(event) for event in ordered))
        return Draft((paragraph(own_words(text)), lines))

    def _line(self, event: _Event) -> Statement:
        day = event.day.isoformat()
        return Statement(
            f"{day}：{flat(event.sentence.quote)}",
            cite(self._library, event.source, event.sentence),
            computed=(day,),
        )


def _events(parsed: ParsedDocument, query: Query) -> Iterator[_Event]:
    """Each day named in the running text that the question asks for, with its sentence."""
    source = parsed.source
    anchor = Anchor(source.issued, source.year, source.reports_progress)
    for passage in parsed.passages:
        for block in paragraphs(source.text, passage.span.start, passage.span.end):
            for time in time_expressions(block, anchor):
                span = block.span(time.start, time.end)
                for day in _days(time, span):
                    if span.start in passage.span and _is_asked(query, day):
                        yield _Event(day, source, _sentence(source, block, span))


def _days(time: TimeExpression, written: Span) -> tuple[dt.date, ...]:
    """The day that an expression names; of a stretch of days the first."""
    if time.marked or time.level not in ("day", "range") or not _DAY.search(written.quote):
        return ()
    return (time.earliest,)


def _is_asked(query: Query, day: dt.date) -> bool:
    return not query.windows or any(window.holds(day) for window in query.windows)


def _sentence(source: SourceDocument, block: Paragraph, inside: Span) -> Span:
    sentences = split_sentences(source.text, block.offsets[0], block.offsets[-1] + 1)
    return next((one for one in sentences if inside.start in one), inside)
