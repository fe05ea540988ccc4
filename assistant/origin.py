"""Where a quotation stands in the original file, and how its words were got: shown with its section."""

from __future__ import annotations

from ingest.records import SourceDocument, Span
from prompts import phrase

# Below this mean confidence a reader should look at the original.
LOW_CONFIDENCE = 0.9


def with_origin(section: str, source: SourceDocument, span: Span) -> str:
    """The section's path with the place in the original, for formats other than plain text."""
    notes = []
    if place := source.place(span.start):
        notes.append(phrase("origin_place", place=place))
    confidence = source.confidence(span.start, span.end)
    if confidence is not None:
        name = "origin_recognised" if confidence >= LOW_CONFIDENCE else "origin_doubtful"
        notes.append(phrase(name, percent=int(100 * confidence)))
    return f"{section}（{'；'.join(notes)}）" if notes else section
