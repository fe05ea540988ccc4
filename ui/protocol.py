"""What the page and its doors for programs need of an assistant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol

from assistant.answer import Answer, Turn
from assistant.ledger import TaskFilter
from ingest.records import ParsedDocument


class Assistant(Protocol):
    """Answers questions about documents. Called from several threads at once."""

    def answer(
        self,
        question: str,
        history: Sequence[Turn] = (),
        as_of: date | None = None,
        documents: Sequence[str] = (),
    ) -> Answer: ...

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        as_of: date | None = None,
        documents: Sequence[str] = (),
    ) -> Iterator[Answer]:
        """Growing partial answers; the last one is complete."""
        ...

    def documents(self) -> tuple[ParsedDocument, ...]: ...

    def examples(self) -> tuple[str, ...]: ...

    def suggestions(
        self, history: Sequence[Turn], answer: Answer, as_of: date, documents: Sequence[str] = ()
    ) -> tuple[str, ...]:
        """Questions to ask next, each of which has an answer."""
        ...

    def asked_filter(
        self, question: str, history: Sequence[Turn], as_of: date, documents: Sequence[str] = ()
    ) -> TaskFilter | None:
        """The filter on tasks that a question states; None when it asks for no list."""
        ...
