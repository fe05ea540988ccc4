"""Where a quote stands in a document, and how much of it some stretches of text cover.

Evidence may differ from the text in whitespace only (a quote joins lines that the file breaks), so quotes
are looked up in the text without whitespace, and coverage counts visible characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evals.questions import Evidence
from ingest.records import SourceDocument


@dataclass(frozen=True, slots=True)
class Stretch:
    """A half-open range of one document's text: a citation, a passage or a chunk."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SearchableText:
    """A text with its visible characters squeezed together; `offsets[i]` is where the i-th stands."""

    text: str
    visible: str
    offsets: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> SearchableText:
        offsets = tuple(i for i, character in enumerate(text) if not character.isspace())
        return cls(text, "".join(text[i] for i in offsets), offsets)

    def occurrences(self, quote: str) -> list[Sequence[int]]:
        """For each place where `quote` stands, the offsets of its visible characters in the text."""
        needle = "".join(quote.split())
        found: list[Sequence[int]] = []
        at = self.visible.find(needle) if needle else -1
        while at >= 0:
            found.append(self.offsets[at : at + len(needle)])
            at = self.visible.find(needle, at + 1)
        return found


Corpus = Mapping[str, SearchableText]


def searchable(documents: Iterable[SourceDocument]) -> Corpus:
    """The texts of the documents by path."""
    return {document.path: SearchableText.of(document.text) for document in documents}


def is_located(evidence: Evidence, corpus: Corpus) -> bool:
    """Whether the quote stands in its document at all; otherwise nothing can ever cover it."""
    text = corpus.get(evidence.document)
    return text is not None and bool(text.occurrences(evidence.quote))


def covered_share(evidence: Evidence, stretches: Iterable[Stretch], corpus: Corpus) -> float:
    """The share (0-1) of the quote's visible characters that the union of the stretches covers.

    Where the quote occurs several times the best covered occurrence counts; 0 where it does not occur.
    """
    text = corpus.get(evidence.document)
    if text is None:
        return 0.0
    ranges = [(s.start, s.end) for s in stretches if s.document == evidence.document]
    return max(
        (_share_inside(place, ranges) for place in text.occurrences(evidence.quote)), default=0.0
    )


def touches(stretch: Stretch, evidence: Iterable[Evidence], corpus: Corpus) -> bool:
    """Whether a stretch has a visible character in common with any of the quotes, wherever they occur."""
    text = corpus.get(stretch.document)
    return text is not None and any(
        place[0] < stretch.end and stretch.start <= place[-1]
        for one in evidence
        if one.document == stretch.document
        for place in text.occurrences(one.quote)
    )


def _share_inside(offsets: Sequence[int], ranges: Sequence[tuple[int, int]]) -> float:
    inside = sum(any(start <= offset < end for start, end in ranges) for offset in offsets)
    return inside / len(offsets)
