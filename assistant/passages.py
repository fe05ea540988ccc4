"""The passages a question is answered from, for readers and programs that want the text and not an answer.

A search ranks what is similar to the question. Which tasks a person leads or what is due by June is no
similarity: the records decide it, so the passages that the built-in draft rests on come first, and the search
within the documents that the question is about fills up.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.draft import Draft
from assistant.query import Query
from ingest.records import Passage
from vectorstore.retriever import HybridIndex


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage and the path of its document; `by_record` tells one that the draft rests on."""

    document: str
    passage: Passage
    by_record: bool = False


def find_passages(
    query: Query, draft: Draft, index: HybridIndex, searched: str, most: int
) -> tuple[FoundPassage, ...]:
    """At most `most` passages, best first; `searched` are the words to search for."""
    found: dict[tuple[str, int], FoundPassage] = {}
    for evidence in (one for statement in draft.statements() for one in statement.evidence):
        path = evidence.document.path
        passage = index.item_at(path, evidence.span.start)
        if passage is not None:
            found.setdefault((path, passage.span.start), FoundPassage(path, passage, True))
    for hit in index.search(searched, most, query.documents):
        key = (hit.document, hit.passage.span.start)
        found.setdefault(key, FoundPassage(hit.document, hit.passage))
    return tuple(found.values())[: max(most, 0)]
