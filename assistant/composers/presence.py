"""Whether a body has any task: the answer first, then the list that proves it."""

from __future__ import annotations

from dataclasses import replace

from assistant.composers.lists import ListComposer
from assistant.composers.selection import TaskSelection
from assistant.composers.wording import scope_name
from assistant.draft import Draft, Statement, paragraph
from assistant.library import Library
from assistant.query import Operation, Query
from assistant.understanding.presence import body_in_doubt
from prompts import phrase


class PresenceComposer:
    """Says whether a body is named, or only covered by a group, or neither."""

    def __init__(self, library: Library, selection: TaskSelection, lists: ListComposer) -> None:
        self._library = library
        self._selection = selection
        self._lists = lists

    def draft(self, query: Query) -> Draft | None:
        """有, with what and how much; None where the question asks nothing of the kind."""
        body = body_in_doubt(query, self._library)
        if body is None:
            return None
        asked = replace(
            query, operation=Operation.LIST_TASKS, units=(body,), status=None, remaining=False
        )
        entries = self._selection.entries(asked, about=False)
        if not entries:
            return None
        by_name = self._selection.direct(asked, entries)
        text = phrase(
            "presence_by_name" if by_name else "presence_by_group",
            scope=scope_name(query, self._library),
            unit=body.name,
        )
        head = paragraph(Statement(text, computed=(text,)))
        return Draft((head, *self._lists.tasks(asked).blocks))
