"""A conversation as a value: what was asked and answered, kept in the browser session's own state."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from assistant.answer import Answer, Turn
from ui.words import Words

# The error of an exchange that failed for a reason nobody foresaw; kept in Chinese, shown in the reader's language.
UNEXPECTED = Words()("unexpected")
Verdict = Literal["", "up", "down"]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question with its answer so far.

    `as_of` is “today” for the question, `documents` the paths it was asked of (empty is all). `running` until the
    answer is complete; `stopped` when the user cut it short; `error` is the message shown when no answer could be
    given. `suggestions` are questions to go on with, `tasks` the ids of the tasks the answer lists and
    `board_address` the query that shows them on the board; `verdict` and `reason` what the user thinks of the answer.
    """

    question: str
    as_of: date
    documents: tuple[str, ...] = ()
    answer: Answer = field(default_factory=lambda: Answer(""))
    running: bool = True
    stopped: bool = False
    error: str = ""
    suggestions: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    board_address: str = ""
    verdict: Verdict = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """Exchanges in their order; `id` is empty until the first question is asked."""

    id: str = ""
    exchanges: tuple[Exchange, ...] = ()

    @property
    def running(self) -> bool:
        return bool(self.exchanges) and self.exchanges[-1].running

    def with_exchange(self, index: int, exchange: Exchange) -> Conversation:
        """The conversation with one exchange replaced."""
        exchanges = list(self.exchanges)
        exchanges[index] = exchange
        return replace(self, exchanges=tuple(exchanges))

    def with_last(self, exchange: Exchange) -> Conversation:
        return self.with_exchange(len(self.exchanges) - 1, exchange)

    def until(self, index: int) -> Conversation:
        """The conversation as it was before an exchange."""
        return replace(self, exchanges=self.exchanges[:index])

    def history(self) -> tuple[Turn, ...]:
        """Turns for the assistant: exchanges that ended with an answer."""
        return tuple(
            turn
            for one in self.exchanges
            if one.answer.text and not one.error
            for turn in (Turn("user", one.question), Turn("assistant", one.answer.text))
        )


def stopped(conversation: Conversation) -> Conversation:
    """The conversation with its running answer left as it stands."""
    if not conversation.running:
        return conversation
    return conversation.with_last(replace(conversation.exchanges[-1], running=False, stopped=True))
