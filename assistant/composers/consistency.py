"""Where a document speaks of one thing in several places: all of them, and whether they agree."""

from __future__ import annotations

import re

from assistant.composers.wording import cite, readable
from assistant.draft import Block, Draft, Statement, bullets, paragraph
from assistant.library import Library
from assistant.query import Query
from assistant.search import Found, SentenceSearch, is_heading
from prompts import phrase
from vectorstore.folding import fold_query

_OUTCOME = re.compile(
    r"(?:\d{4}年)?\d{0,2}月?(?:底|末)?前?[^，。；,;]{0,4}?(?:完成|建成|完工|投运|开工|达到|控制|提升|改善|解决)[^，。；,;]{0,14}"
)


class ConsistencyComposer:
    """Lists every place and says whether their wording of the outcome differs; it never chooses."""

    def __init__(self, library: Library, search: SentenceSearch) -> None:
        self._library = library
        self._search = search

    def check(self, query: Query) -> Draft | None:
        places = self._places(query)
        if len(places) < 2:
            return None
        outcomes = {"".join(_OUTCOME.findall(self._outcome_clause(query, one))) for one in places}
        name = "wording_differs" if len(outcomes) > 1 else "wording_agrees"
        items = [
            Statement(
                readable(one.span.quote, one.place.task), cite(self._library, one.source, one.span)
            )
            for one in places
        ]
        blocks: list[Block] = [paragraph(Statement(phrase(name))), bullets(*items)]
        return Draft(tuple(blocks))

    def _places(self, query: Query) -> list[Found]:
        """Sentences about the thing the question names, in the order of the text."""
        found = [
            one
            for one in self._search.find(query, query.documents, 30)
            if not is_heading(one.span, one.place)
        ]
        if not found:
            return []
        subject = self._subject(query, found[0])
        source = found[0].source
        kept = [one for one in found if one.source == source and subject in _bare(one.span.quote)]
        return sorted(kept, key=lambda one: one.span.start)

    def _subject(self, query: Query, best: Found) -> str:
        """The longest stretch of the question that the best sentence has, a place's kind left out."""
        text, sentence = _bare(query.text), _bare(best.span.quote)
        for length in range(len(text), 3, -1):
            for start in range(len(text) - length + 1):
                stretch = text[start : start + length]
                if (
                    stretch in sentence
                    and not stretch.isdigit()
                    and re.fullmatch(r"[\u4e00-\u9fff]+", stretch)
                ):
                    return stretch
        return sentence[:6]

    def _outcome_clause(self, query: Query, one: Found) -> str:
        subject = self._subject(query, one)
        text = _bare(one.span.quote)
        return text[text.find(subject) :]


def _bare(text: str) -> str:
    return "".join(re.sub(r"[镇乡]", "", fold_query(text)).split())
