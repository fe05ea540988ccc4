"""Conversations and feedback kept across restarts, in one SQLite file of the state folder.

Every row belongs to a user, an account or an opaque id that a browser keeps in a cookie, and every query asks for
it: nobody reaches a conversation by guessing its id.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter

from ui.conversation import Conversation, Exchange
from ui.database import connected

FILE_NAME = "conversations.sqlite3"
_LONGEST_TITLE = 40
_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversation (
    id TEXT PRIMARY KEY, user TEXT NOT NULL, title TEXT NOT NULL, renamed INTEGER NOT NULL DEFAULT 0,
    updated TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS conversation_user ON conversation (user, updated);
CREATE TABLE IF NOT EXISTS exchange (
    conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    position INTEGER NOT NULL, record TEXT NOT NULL, PRIMARY KEY (conversation, position)
);
CREATE TABLE IF NOT EXISTS feedback (
    id INTEGER PRIMARY KEY, user TEXT NOT NULL, conversation TEXT NOT NULL, position INTEGER NOT NULL,
    record TEXT NOT NULL, UNIQUE (conversation, position)
);
"""
_exchange = TypeAdapter(Exchange)


@dataclass(frozen=True, slots=True)
class Listed:
    """A kept conversation in the list."""

    id: str
    title: str
    updated: datetime


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a user thought of an answer, with all that is needed to ask again.

    `history` are the questions and answers before it, `versions` what answered: the program's version and the hash
    of each document that was cited.
    """

    exchange: Exchange
    history: tuple[tuple[str, str], ...]
    versions: dict[str, str]
    given: datetime


_feedback = TypeAdapter(Feedback)


class ConversationStore:
    """The file of conversations and opinions."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / FILE_NAME
        with connected(self._file) as database:
            database.executescript(_SCHEMA)

    def save(self, user: str, conversation: Conversation, now: datetime) -> None:
        """Keep a conversation as it is now; one that belongs to somebody else is left alone."""
        title = conversation.exchanges[0].question[:_LONGEST_TITLE]
        with connected(self._file) as database:
            database.execute(
                "INSERT INTO conversation (id, user, title, updated) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO "
                "UPDATE SET updated = excluded.updated, title = iif(renamed, title, excluded.title) "
                "WHERE user = excluded.user",
                (conversation.id, user, title, now.isoformat()),
            )
            if not self._owns(database, user, conversation.id):
                return
            database.execute("DELETE FROM exchange WHERE conversation = ?", (conversation.id,))
            database.executemany(
                "INSERT INTO exchange VALUES (?, ?, ?)",
                (
                    (conversation.id, position, _exchange.dump_json(one).decode())
                    for position, one in enumerate(conversation.exchanges)
                ),
            )

    def load(self, user: str, id_: str) -> Conversation | None:
        with connected(self._file) as database:
            if not self._owns(database, user, id_):
                return None
            rows = database.execute(
                "SELECT record FROM exchange WHERE conversation = ? ORDER BY position", (id_,)
            ).fetchall()
        return Conversation(id_, tuple(_exchange.validate_json(record) for (record,) in rows))

    def listed(self, user: str, words: str = "") -> tuple[Listed, ...]:
        """The user's conversations, the latest first; only those that hold every word, if any is given."""
        # Inside a record JSON escapes quotes and backslashes, nothing else that people search for.
        conditions = (
            " AND (title LIKE ? ESCAPE '!' OR EXISTS (SELECT 1 FROM exchange WHERE conversation = id "
            "AND record LIKE ? ESCAPE '!'))"
        )
        patterns = [_like(word) for word in words.split() for _ in range(2)]
        with connected(self._file) as database:
            rows = database.execute(
                "SELECT id, title, updated FROM conversation WHERE user = ?"
                + conditions * len(words.split())
                + " ORDER BY updated DESC",
                (user, *patterns),
            ).fetchall()
        return tuple(Listed(id_, title, datetime.fromisoformat(at)) for id_, title, at in rows)

    def rename(self, user: str, id_: str, title: str) -> None:
        with connected(self._file) as database:
            database.execute(
                "UPDATE conversation SET title = ?, renamed = 1 WHERE id = ? AND user = ?",
                (title, id_, user),
            )

    def title(self, user: str, id_: str) -> str:
        return next((one.title for one in self.listed(user) if one.id == id_), "")

    def delete(self, user: str, id_: str) -> None:
        """Remove a conversation; what was said about its answers stays for evaluation."""
        with connected(self._file) as database:
            database.execute("DELETE FROM conversation WHERE id = ? AND user = ?", (id_, user))

    def delete_all(self, user: str) -> None:
        """Remove every conversation of a user; opinions stay, as in `delete`."""
        with connected(self._file) as database:
            database.execute("DELETE FROM conversation WHERE user = ?", (user,))

    def vote(self, user: str, conversation: Conversation, index: int, feedback: Feedback) -> None:
        """Keep the latest opinion on an answer; an empty verdict takes it back."""
        place = (conversation.id, index)
        with connected(self._file) as database:
            database.execute("DELETE FROM feedback WHERE conversation = ? AND position = ?", place)
            if feedback.exchange.verdict:
                database.execute(
                    "INSERT INTO feedback (user, conversation, position, record) VALUES (?, ?, ?, ?)",
                    (user, *place, _feedback.dump_json(feedback).decode()),
                )

    def feedback(self) -> tuple[Feedback, ...]:
        """All opinions of all users, in the order they were given."""
        with connected(self._file) as database:
            rows: Sequence[tuple[str]] = database.execute(
                "SELECT record FROM feedback ORDER BY id"
            ).fetchall()
        return tuple(_feedback.validate_json(record) for (record,) in rows)

    @staticmethod
    def _owns(database: sqlite3.Connection, user: str, id_: str) -> bool:
        found = database.execute(
            "SELECT 1 FROM conversation WHERE id = ? AND user = ?", (id_, user)
        ).fetchone()
        return found is not None


def _like(word: str) -> str:
    escaped = word.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"%{escaped}%"
