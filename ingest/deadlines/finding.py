"""The limits of running text: every kind of them in a paragraph, put together and recorded."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.anchor import Anchor
from ingest.deadlines.dated import dated_limits
from ingest.deadlines.fields import labelled_fields, read_field
from ingest.deadlines.limit import Limit
from ingest.deadlines.patterns import deadline_patterns
from ingest.deadlines.undated import (
    immediate_limits,
    recurring_limits,
    relative_limits,
    undetermined_limits,
)
from ingest.paragraphs import Paragraph, paragraphs
from ingest.records import Deadline, Span

# Where two kinds overlap, the one read earlier here wins.
_KINDS = (undetermined_limits, recurring_limits, relative_limits, dated_limits, immediate_limits)


def find_deadlines(
    text: str,
    start: int,
    end: int,
    anchor: Anchor,
    bounds: Sequence[tuple[int, int]] | None = None,
) -> tuple[Deadline, ...]:
    """Time limits stated in `text[start:end]`, in order; `bounds` as in `paragraphs`.

    A labelled field inside the range is read as a field.
    """
    wanted = Span(start, end, text[start:end])
    found = [
        deadline
        for paragraph in paragraphs(text, start, end, bounds)
        for deadline in _in_paragraph(paragraph, anchor, wanted)
    ]
    return tuple(sorted(found, key=lambda one: one.phrase.start))


def _in_paragraph(paragraph: Paragraph, anchor: Anchor, wanted: Span) -> Iterator[Deadline]:
    fields = list(labelled_fields(paragraph))
    for field in fields:
        deadline = read_field(paragraph, field, anchor)
        if wanted.covers(deadline.clause):
            yield deadline
        elif wanted.covers(deadline.phrase):
            yield replace(deadline, clause=deadline.phrase)
    for limit in _limits(paragraph, anchor):
        phrase = paragraph.span(limit.start, limit.end)
        in_field = any(field.start <= limit.start < field.end for field in fields)
        if wanted.covers(phrase) and not in_field:
            clause = paragraph.clause_span(limit.start, limit.end, wanted.start, wanted.end)
            yield _record(limit, phrase, clause)


def _record(limit: Limit, phrase: Span, clause: Span) -> Deadline:
    return Deadline(
        phrase=phrase,
        clause=clause,
        earliest=limit.earliest,
        latest=limit.latest,
        soft=limit.soft,
        ongoing=limit.ongoing,
        undetermined=limit.undetermined,
        immediate=limit.immediate,
        relative=limit.relative,
        year_inferred=limit.year_inferred,
    )


def _limits(paragraph: Paragraph, anchor: Anchor) -> list[Limit]:
    """The limits of a paragraph in order, none of which overlap."""
    kept: list[Limit] = []
    for kind in _KINDS:
        for limit in kind(paragraph, anchor):
            place = bisect_left(kept, limit.start, key=lambda other: other.start)
            if not any(limit.overlaps(other) for other in kept[max(place - 1, 0) : place + 1]):
                kept.insert(place, limit)
    return _with_ongoing(paragraph, _joined(paragraph, kept))


def _joined(paragraph: Paragraph, limits: list[Limit]) -> list[Limit]:
    """立行立改,2017年8月底前 is one limit: at once, and by a date at the latest."""
    joined: list[Limit] = []
    for limit in limits:
        before = joined[-1] if joined else None
        gap = paragraph.masked[before.end : limit.start] if before else ""
        if before and before.immediate and limit.dated and gap in ("", ",", "、", "并", ",并"):
            earliest = limit.earliest or before.earliest
            joined[-1] = replace(limit, start=before.start, immediate=True, earliest=earliest)
        else:
            joined.append(limit)
    return joined


def _with_ongoing(paragraph: Paragraph, limits: list[Limit]) -> list[Limit]:
    """Mark a limit that the text says goes on afterwards; the words belong to the last limit before them."""
    words, masked = deadline_patterns(), paragraph.masked
    next_starts = [*(limit.start for limit in limits), len(masked)][1:]
    marked: list[Limit] = []
    for limit, next_start in zip(limits, next_starts, strict=True):
        stop = min(paragraph.clause(limit.start)[1], next_start)
        if not (limit.dated or limit.immediate or limit.relative):
            marked.append(limit)
        elif at_once := words.ongoing_next.match(masked, limit.end, stop):
            marked.append(replace(limit, ongoing=True, end=at_once.end()))
        elif words.ongoing_later.search(masked, limit.end, stop):
            marked.append(replace(limit, ongoing=True))
        else:
            marked.append(limit)
    return marked
