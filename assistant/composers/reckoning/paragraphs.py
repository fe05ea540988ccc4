"""The paragraphs that the best sentences stand in, which tell of one thing in several sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.composers.reckoning.figures_said import shared_pairs
from assistant.query import Query
from assistant.search import Found
from ingest.records import SourceDocument, Span

_MOST_SENTENCES = 3
_FEWEST_SHARED = 2


def paragraphs_of(
    found: Sequence[Found], most: int = _MOST_SENTENCES
) -> Iterator[tuple[SourceDocument, Span, str]]:
    """The paragraphs that the best sentences stand in, each once, with the title of their task."""
    seen: set[tuple[str, int]] = set()
    for one in found[:most]:
        text = one.source.text
        start = text.rfind("\n", 0, one.span.start) + 1
        end = text.find("\n", one.span.end)
        if (one.source.path, start) not in seen:
            seen.add((one.source.path, start))
            title = one.place.title
            yield one.source, one.source.span(start, end if end >= 0 else len(text)), title


def paragraphs_about(
    query: Query, found: Sequence[Found], most: int = _MOST_SENTENCES
) -> Iterator[tuple[SourceDocument, Span]]:
    """Those of them that share enough words with a question and what it goes back to."""
    asked = f"{query.topic} {query.context}"
    for source, stretch, title in paragraphs_of(found, most):
        if shared_pairs(asked, f"{title} {stretch.quote}") >= _FEWEST_SHARED:
            yield source, stretch
