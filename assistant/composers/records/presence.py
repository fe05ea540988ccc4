"""Whether a body has any task: the answer first, then the list that proves it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.composers.records.lists import ListComposer
from assistant.composers.records.selection import TaskSelection
from assistant.composers.wording import cite, scope_name
from assistant.draft import Draft, Statement, own_words, paragraph
from assistant.ledger import TaskEntry
from assistant.library import Library, task_units
from assistant.query import Operation, Query
from assistant.understanding.presence import body_in_doubt
from assistant.units import matches
from ingest.records import SourceDocument, Span, Unit
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
        entries = self._selection.entries(asked)
        if not entries:
            return None
        by_name = self._selection.direct(asked, entries)
        scope = scope_name(query, self._library)
        if by_name:
            head = own_words(phrase("presence_by_name", scope=scope, unit=body.name))
        else:
            groups = _groups(body.name, entries)
            text = phrase("presence_by_group", scope=scope, unit=body.name, group=groups[0].name)
            meaning = _meaning(entries[0].document, groups[0].name)
            head = Statement(
                text, cite(self._library, entries[0].document, meaning), computed=(text,)
            )
        return Draft((paragraph(head), *self._lists.tasks(asked).blocks))


def _groups(name: str, entries: Sequence[TaskEntry]) -> list[Unit]:
    """The collective entries that cover a body."""
    units = (unit for entry in entries for unit in task_units(entry.task))
    return [unit for unit in units if unit.group and matches(name, unit)]


def _meaning(source: SourceDocument, group: str) -> Span | None:
    """Where the document says whom it means by a group: “各镇街”指…."""
    match = re.search(rf"[“\"]{re.escape(group)}[”\"]\s*(?:是)?(?:指|包括)[^。\n]*。?", source.text)
    return source.span(match.start(), match.end()) if match else None
