"""Kept conversations."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hand_made import cite, plan

from assistant.answer import Answer
from ui.conversation import Conversation, Exchange
from ui.store import ConversationStore

USER, OTHER = "a" * 32, "b" * 32
DAY = date(2025, 10, 1)
NOW = datetime(2025, 10, 1, 9, tzinfo=UTC)


def conversation(id_: str, *questions: str) -> Conversation:
    answer = Answer("4天。[1]", (cite(plan(), "重污染天数控制在4天以内"),), notices=("按“和平区”",))
    exchanges = (Exchange(one, DAY, ("a.txt",), answer, running=False) for one in questions)
    return Conversation(id_, tuple(exchanges))


@pytest.fixture
def store(tmp_path: Path) -> ConversationStore:
    return ConversationStore(tmp_path / "state")


def test_what_is_kept_comes_back_whole_also_after_a_restart(tmp_path: Path) -> None:
    kept = conversation("1", "几天？", "哪一年？")
    ConversationStore(tmp_path).save(USER, kept, NOW)
    assert ConversationStore(tmp_path).load(USER, "1") == kept


def test_a_shorter_conversation_replaces_the_longer(store: ConversationStore) -> None:
    store.save(USER, conversation("1", "几天？", "哪一年？"), NOW)
    store.save(USER, conversation("1", "几天？"), NOW)
    loaded = store.load(USER, "1")
    assert loaded is not None
    assert len(loaded.exchanges) == 1


def test_the_latest_is_listed_first_and_a_given_name_stays(store: ConversationStore) -> None:
    store.save(USER, conversation("1", "几天？"), NOW)
    store.save(USER, conversation("2", "哪一年？"), NOW.replace(hour=10))
    store.rename(USER, "1", "重污染天数")
    store.save(USER, conversation("1", "几天？", "然后呢？"), NOW.replace(hour=11))
    assert [one.title for one in store.listed(USER)] == ["重污染天数", "哪一年？"]


@pytest.mark.parametrize(
    ("words", "found"),
    [("几天", 1), ("4天。 几", 1), ("100%", 0), ("_天", 0), ("控制在4天以内", 1), ("水库", 0)],
)
def test_words_are_searched_as_they_are(store: ConversationStore, words: str, found: int) -> None:
    store.save(USER, conversation("1", "几天？"), NOW)
    assert len(store.listed(USER, words)) == found


def test_another_user_can_neither_read_nor_change(store: ConversationStore) -> None:
    kept = conversation("1", "几天？")
    store.save(USER, kept, NOW)
    store.save(OTHER, conversation("1", "改写"), NOW)
    store.rename(OTHER, "1", "改名")
    store.delete(OTHER, "1")
    assert (store.load(OTHER, "1"), store.listed(OTHER)) == (None, ())
    assert store.load(USER, "1") == kept
    assert store.title(USER, "1") == "几天？"


def test_many_write_at_once(store: ConversationStore) -> None:
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda n: store.save(USER, conversation(f"{n}", "几天？"), NOW), range(64)))
    assert len(store.listed(USER)) == 64
