"""Sentences of a document quoted one below the other, under a line that tells where they stand."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.composers.wording import cite, flat
from assistant.draft import Block, Statement, bullets, own_words, paragraph
from assistant.library import Library
from ingest.records import SourceDocument, Span


def quoted(
    library: Library, source: SourceDocument, spans: Iterable[Span], lead: str
) -> list[Block]:
    """The sentences, each with its citation, under `lead`, Duban's own words."""
    said = [Statement(flat(one.quote), cite(library, source, one)) for one in spans]
    return [paragraph(own_words(lead)), bullets(*said)]
