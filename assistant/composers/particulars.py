"""What a document says of itself: its number, its issuer, its date."""

from __future__ import annotations

import datetime as dt
import re

from assistant.composers.wording import cite
from assistant.draft import Block, Statement, paragraph
from assistant.library import Library
from assistant.query import Query
from assistant.understanding.topic import specific_words
from assistant.vocabulary import asks, load_words
from ingest.dates import chinese_date
from ingest.records import SourceDocument, Span
from prompts import phrase
from vectorstore.folding import fold_query


class ParticularsComposer:
    """Answers from the metadata of the documents in scope, citing where they stand."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def blocks(self, query: Query) -> list[Block]:
        """A sentence for each particular asked for and stated; empty where none is asked for."""
        if query.documents is None or self._is_about_something_in(query):
            return []
        asked = self._asked(query.text)
        statements = [
            statement
            for parsed in self._library.within(query.documents)
            for name in asked
            if (statement := self._statement(parsed.source, name)) is not None
        ]
        return [paragraph(statement) for statement in statements]

    def _is_about_something_in(self, query: Query) -> bool:
        """Whether the question asks for the date of something in a document and not of the document itself."""
        texts = self._library.folded(query.documents)
        titles = " ".join(
            fold_query(one.source.title) for one in self._library.within(query.documents)
        )
        return any(
            len(word) > 2 and word in texts and word not in titles for word in specific_words(query)
        )

    def _asked(self, text: str) -> list[str]:
        return [
            name
            for name in load_words("questions")["particulars"]
            if asks("particulars", name, text)
        ]

    def _statement(self, source: SourceDocument, name: str) -> Statement | None:
        value, span = self._particular(source, name)
        if span is None:
            return None
        text = phrase(f"particular_{name}", title=source.title, value=value)
        return Statement(text, cite(self._library, source, span), computed=(value, source.title))

    def _particular(self, source: SourceDocument, name: str) -> tuple[str, Span | None]:
        """The value for reading and where it stands."""
        if name == "number":
            return source.document_number, _place(source, source.document_number)
        if name == "issuer":
            return source.issuer, _place(source, source.issuer)
        day = source.issued
        if day is None:
            return "", None
        return chinese_date(day), _date_place(source, day)


def _place(source: SourceDocument, value: str) -> Span | None:
    if not value:
        return None
    pattern = r"\s*".join(map(re.escape, value))
    match = re.search(pattern, source.text)
    return source.span(*match.span()) if match else None


def _date_place(source: SourceDocument, day: dt.date) -> Span | None:
    pattern = rf"{day.year}\s*年\s*0?{day.month}\s*月\s*0?{day.day}\s*日"
    match = re.search(pattern, source.text)
    return source.span(*match.span()) if match else None
