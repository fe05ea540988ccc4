"""An answer as it grows: what the assistant writes, what to ask next, and its list on the board."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace

from assistant.errors import AssistantError
from ui.board import Board
from ui.conversation import UNEXPECTED, Conversation, Exchange
from ui.following import Following
from ui.protocol import Assistant
from vectorstore.errors import StoreError

logger = logging.getLogger(__name__)


class Answering:
    """Answers the last question of a conversation."""

    def __init__(self, assistant: Assistant, board: Following[Board]) -> None:
        self._assistant = assistant
        self._board = board

    def grow(self, conversation: Conversation) -> Iterator[Conversation]:
        """The conversation with more and more of its last answer; the last one is complete, or tells the error."""
        for exchange in self._exchanges(conversation):
            conversation = conversation.with_last(exchange)
            if not exchange.running:
                conversation = conversation.with_last(self._enriched(conversation, exchange))
            yield conversation

    def _exchanges(self, conversation: Conversation) -> Iterator[Exchange]:
        exchange = conversation.exchanges[-1]
        earlier = conversation.until(len(conversation.exchanges) - 1).history()
        try:
            for answer in self._assistant.stream(
                exchange.question, earlier, exchange.as_of, exchange.documents
            ):
                exchange = replace(exchange, answer=answer)
                yield exchange
        except (AssistantError, StoreError) as exc:
            logger.exception("question could not be answered")
            exchange = replace(exchange, error=str(exc))
        except Exception:
            logger.exception("unexpected error while answering")
            exchange = replace(exchange, error=UNEXPECTED)
        yield replace(exchange, running=False)

    def _enriched(self, conversation: Conversation, last: Exchange) -> Exchange:
        """A complete answer with questions to go on with and its list on the board.

        All in one event: a later one could meet a conversation that has gone on meanwhile.
        """
        if last.error:
            return last
        try:
            suggestions = self._assistant.suggestions(
                conversation.history(), last.answer, last.as_of, last.documents
            )
            return self._on_board(conversation, replace(last, suggestions=suggestions))
        except Exception:
            logger.exception("no suggestions for an answer")
            return last

    def _on_board(self, conversation: Conversation, last: Exchange) -> Exchange:
        tasks = self._board().cited(last.answer)
        earlier = conversation.until(len(conversation.exchanges) - 1).history()
        wanted = (
            self._assistant.asked_filter(last.question, earlier, last.as_of, last.documents)
            if tasks
            else None
        )
        if wanted is None:
            return last
        address = self._board().address(wanted, tasks, last.as_of)
        return replace(last, tasks=tasks, board_address=address)
