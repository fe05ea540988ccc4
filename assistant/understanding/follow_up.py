"""What an elliptical question leaves to the turns before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Turn
from assistant.vocabulary import asks

_MARKS = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True)
class Background:
    """The earlier exchange a question goes back to: its question and what was answered.

    `is_first` tells that the question expressly goes back to the first exchange, past all later ones.
    """

    question: str = ""
    answer: str = ""
    is_first: bool = False

    @property
    def text(self) -> str:
        return f"{self.question} {self.answer}".strip()


def refers_back(text: str) -> bool:
    """Whether the wording points at something said before."""
    return asks("operations", "refers_back", text)


def background(text: str, history: Sequence[Turn]) -> Background:
    """The exchange meant: the first where the question says so (回到最开头), else the last."""
    exchanges = _exchanges(history)
    if not exchanges:
        return Background()
    first = asks("operations", "first_turn", text)
    return replace(exchanges[0], is_first=True) if first else exchanges[-1]


def _exchanges(history: Sequence[Turn]) -> list[Background]:
    exchanges: list[Background] = []
    question = ""
    for turn in history:
        content = _MARKS.sub("", turn.content)
        if turn.role == "user":
            question = content
        else:
            exchanges.append(Background(question, content))
            question = ""
    if question:
        exchanges.append(Background(question))
    return exchanges
