"""An article of a notice by its number: what 第八条 or 第八条之一 says, whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.composers.text.quoting import quoted
from assistant.draft import Block, Draft
from assistant.library import Library
from assistant.query import Operation, Query
from assistant.vocabulary import asks
from ingest.numerals import parse_number
from ingest.records import ParsedDocument, Section, Span
from prompts import phrase

_ARTICLE = re.compile(
    r"(?P<law>[法例》定][的里]?)?第(?P<number>[一二三四五六七八九十百]{1,5}|\d{1,3})条(?:之(?P<inserted>[一二三四五六七八九十]))?"
)
_MOST_SENTENCES = 12


class ArticleComposer:
    """Answers with the articles that a question names; those of laws are in no document of the genre."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def draft(self, query: Query) -> Draft | None:
        """Each article named, sentence by sentence; None where no document in scope has one of them."""
        if query.operation is Operation.CHECK_WORDING or asks("tables", "agrees", query.text):
            return None  # An article set against another place is no article asked for.
        asked = {
            _key(match["number"], match["inserted"])
            for match in _ARTICLE.finditer(query.text)
            if not match["law"]
        }
        blocks = [
            block
            for parsed in self._library.within(query.documents)
            for section in parsed.sections
            if (match := _ARTICLE.fullmatch(section.number))
            and _key(match["number"], match["inserted"]) in asked
            for block in self._quoted(parsed, section)
        ]
        return Draft(tuple(blocks)) if blocks else None

    def _quoted(self, parsed: ParsedDocument, section: Section) -> list[Block]:
        sentences = _sentences(parsed, section)[:_MOST_SENTENCES]
        lead = phrase("quoted_from", title=parsed.source.title)
        return quoted(self._library, parsed.source, sentences, lead)


def _key(number: str, inserted: str | None) -> tuple[int, int]:
    return parse_number(number) or 0, parse_number(inserted or "") or 0


def _sentences(parsed: ParsedDocument, section: Section) -> Sequence[Span]:
    """The sentences of an article and of what it lists."""
    return [
        sentence
        for passage in parsed.passages
        if section.span.covers(passage.span)
        for sentence in passage.sentences
    ]
