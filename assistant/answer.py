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
class PromptUse:
    """A prompt that was used, with the hash of its file."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one sentence or row of a chat model.

    It was `proven` with the evidence that it named, `cited_anew` with other evidence, `rewritten` after failing or
    `removed`. `missing` is what the wording that failed says without evidence; the wording itself is not kept.
    """

    outcome: Literal["proven", "cited_anew", "rewritten", "removed"]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Writing:
    """How a chat model wrote an answer, and what became of its sentences.

    `seconds` is the time from the request to the last sentence, `first_seconds` to the first one shown; tokens are
    as the endpoint counts them, None where it does not. `verified` counts the statements shown with evidence;
    of these `cited_anew` got other evidence than the model gave and `rewritten` were worded again after failing.
    `removed` failed twice; `verdicts` has one for each. `looked_up` is how often the model asked for more evidence. `left_out` pieces of evidence did not fit into the model's context. `notice` is what
    the reader is told where something went wrong; with `built_in` the answer is Duban's own after all.
    """

    model: str
    prompts: tuple[PromptUse, ...] = ()
    seconds: float = 0.0
    first_seconds: float | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    verified: int = 0
    cited_anew: int = 0
    rewritten: int = 0
    removed: int = 0
    verdicts: tuple[Verdict, ...] = ()
    looked_up: int = 0
    left_out: int = 0
    notice: str = ""
    built_in: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question.

    `text` is the Markdown shown to the user, with marks like `[1]` and without the citation list;
    `refused` tells that the documents do not say what was asked; `notices` are remarks on how the question
    was read (a corrected typo, a resolved follow-up), already part of `text`. `writing` tells how a chat model
    wrote it, None where none is configured.
    """

    text: str
    citations: tuple[Citation, ...] = ()
    refused: bool = False
    notices: tuple[str, ...] = ()
    writing: Writing | None = None
