"""What one body has to do in each of several roles: 牵头几项、配合几项."""

from __future__ import annotations

from dataclasses import replace

from assistant.composers.lists import ListComposer
from assistant.draft import Draft
from assistant.library import Library
from assistant.query import Operation, Query
from assistant.understanding.role_counts import counted_roles
from assistant.understanding.topic import is_about_the_whole


class RoleCountComposer:
    """Answers each role by itself, in the question's order."""

    def __init__(self, library: Library, lists: ListComposer) -> None:
        self._library = library
        self._lists = lists

    def draft(self, query: Query) -> Draft | None:
        """A counted list for each role; None where a question counts no several roles of one body."""
        roles = counted_roles(query)
        if not roles or not is_about_the_whole(query, self._library):
            return None
        asked = replace(query, operation=Operation.LIST_TASKS, group_by=None, extreme=None)
        drafts = [self._lists.tasks(replace(asked, units=units)) for units in roles]
        if all(one.refused for one in drafts):
            return None
        return Draft(tuple(block for one in drafts for block in one.blocks))
