"""What several bodies, persons or roles have to do, each counted by itself: 牵头几项、配合几项; 谁牵头的多."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.composers.records.lists import ListComposer
from assistant.composers.records.selection import TaskSelection
from assistant.composers.wording import counts_compared
from assistant.draft import Block, Draft, own_words, paragraph
from assistant.library import Library
from assistant.query import Query
from assistant.role_labels import role_name
from assistant.understanding.count_each import counted_apart
from assistant.understanding.topic import asks_of_all
from prompts import phrase


class CountEachComposer:
    """Answers with a counted list for each, in the question's order, and with who has more where that is asked."""

    def __init__(self, library: Library, selection: TaskSelection, lists: ListComposer) -> None:
        self._library = library
        self._selection = selection
        self._lists = lists

    def draft(self, query: Query) -> Draft | None:
        """The lists one after the other; None where a question counts no several things apart."""
        asked = counted_apart(query)
        if asked is None or not asks_of_all(query, self._library):
            return None
        drafts = [self._lists.tasks(one) for one in asked.queries]
        if all(one.refused for one in drafts):
            return None
        ahead = [self._ahead(asked.queries)] if asked.compared else []
        return Draft((*ahead, *(block for one in drafts for block in one.blocks)))

    def _ahead(self, queries: Sequence[Query]) -> Block:
        """Which of them has the most; the lists below show what is counted."""
        counts = {_name(one): self._count(one) for one in queries}
        role = queries[0].wanted_role
        tasks = [t for one in self._library.within(queries[0].documents) for t in one.tasks]
        said = phrase("count_as", role=role_name(role, tasks)) if role else ""
        return paragraph(own_words(said + counts_compared(counts)))

    def _count(self, query: Query) -> int:
        """The tasks that name the body itself, as its list counts them."""
        entries = self._selection.entries(query)
        return len(self._selection.direct(query, entries) or entries)


def _name(query: Query) -> str:
    return query.people[0] if query.people else query.units[0].name
