"""What the assistant gives back: an answer whose every statement carries its citations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of the conversation."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a statement comes from: `quote` is exactly `text[start:end]` of the ingested document.

    `number` is the mark in the answer (`[1]`), `document` the path relative to the documents folder,
    `title` the document's title, `section` its heading path joined for reading, `page` 1-based or None.
    """

    number: int
    document: str
    title: str
    section: str
    quote: str
    start: int
    end: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question.

    `text` is the Markdown shown to the user, with marks like `[1]` and without the citation list;
    `refused` tells that the documents do not say what was asked; `notices` are remarks on how the question
    was read (a corrected typo, a resolved follow-up), already part of `text`.
    """

    text: str
    citations: tuple[Citation, ...] = ()
    refused: bool = False
    notices: tuple[str, ...] = ()
