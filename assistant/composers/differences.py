"""By how much one figure of a sentence is above another of it: 甲镇中心年处理6万吨、乙镇中心4.5万吨."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.composers.figures_said import FigureSaid, chinese_pairs, figures_said
from assistant.composers.tables.series import decimal_text
from assistant.composers.wording import cite
from assistant.draft import Block, Statement, paragraph
from assistant.library import Library
from assistant.proof.quantities import quantities
from assistant.query import Query
from assistant.search import SentenceSearch
from assistant.vocabulary import asks
from ingest.records import SourceDocument, Span
from prompts import phrase
from vectorstore.folding import fold

_MOST_SENTENCES = 3


class DifferenceComposer:
    """Compares two figures that one sentence states for two things the question names."""

    def __init__(self, library: Library, search: SentenceSearch) -> None:
        self._library = library
        self._search = search

    def blocks(self, query: Query) -> list[Block]:
        """The difference; nothing where no two figures of one unit are told apart by the question's words."""
        if not asks("reckonings", "difference", query.text):
            return []
        for found in self._search.find(query, query.documents)[:_MOST_SENTENCES]:
            for compared in _compared(query.text, found.source, found.span):
                return [paragraph(self._worded(compared))]
        return []

    def _worded(self, compared: Sequence[FigureSaid]) -> Statement:
        less, more = sorted(compared, key=lambda one: one.value)
        gap = decimal_text(more.value - less.value)
        text = phrase(
            "figures_apart",
            higher=more.said,
            lower=less.said,
            difference=f"{gap}{'个百分点' if more.unit == '%' else more.unit}",
        )
        evidence = cite(self._library, more.source, more.sentence)
        return Statement(text, evidence, computed=(text,))


def _compared(text: str, source: SourceDocument, sentence: Span) -> Iterator[list[FigureSaid]]:
    """The two figures of each unit that words of the question tell apart from all others of the sentence."""
    asked = chinese_pairs(text)
    for unit in dict.fromkeys(one.unit for one in quantities(fold(sentence.quote)) if one.unit):
        figures = list(figures_said(source, [sentence], unit))
        words = [chinese_pairs(one.before) & asked for one in figures]
        own = [
            one
            for place, (one, said) in enumerate(zip(figures, words, strict=True))
            if said - set().union(*(w for i, w in enumerate(words) if i != place))
        ]
        if len(own) == 2 and own[0].unit == own[1].unit and own[0].value != own[1].value:
            yield own
