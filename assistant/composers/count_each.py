"""What several bodies, persons or roles have to do, each counted by itself: 牵头几项、配合几项."""

from __future__ import annotations

from assistant.composers.lists import ListComposer
from assistant.draft import Draft
from assistant.library import Library
from assistant.query import Query
from assistant.understanding.count_each import counted_apart
from assistant.understanding.topic import asks_of_all


class CountEachComposer:
    """Answers with a counted list for each, in the question's order."""

    def __init__(self, library: Library, lists: ListComposer) -> None:
        self._library = library
        self._lists = lists

    def draft(self, query: Query) -> Draft | None:
        """The lists one after the other; None where a question counts no several things apart."""
        asked = counted_apart(query)
        if not asked or not asks_of_all(query, self._library):
            return None
        drafts = [self._lists.tasks(one) for one in asked]
        if all(one.refused for one in drafts):
            return None
        return Draft(tuple(block for one in drafts for block in one.blocks))
