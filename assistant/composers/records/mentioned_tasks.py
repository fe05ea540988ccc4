"""Tasks that speak of a place without naming it among their bodies: 改造管网31公里，其中城关镇14公里."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.composers.records.selection import TaskSelection
from assistant.composers.wording import cite, readable, task_name
from assistant.draft import Block, Statement, bullets, own_words, paragraph
from assistant.ledger import TaskEntry
from assistant.library import Library
from assistant.query import Query
from ingest.passages import split_sentences
from ingest.records import Span
from prompts import phrase

_PLACE = re.compile(r".{2,}(?:镇|乡|街道|县|区|市|旗|州|村|社区)$")
_MOST = 6


class MentionedTasks:
    """Adds to the list of a place's tasks those that only their text lays upon it."""

    def __init__(self, library: Library, selection: TaskSelection) -> None:
        self._library = library
        self._selection = selection

    def blocks(self, query: Query, listed: Sequence[TaskEntry]) -> list[Block]:
        """The sentences of the tasks not `listed` that name the place asked for, in whatever role it is asked for."""
        names = {one.name for one in query.units}
        if len(names) != 1 or any(one.role or one.excluded for one in query.units):
            return []
        (place,) = names
        if not _PLACE.match(place):
            return []
        known = {entry.task.id for entry in listed}
        others = [
            (entry, saying)
            for entry in self._selection.entries(replace(query, units=()))
            if entry.task.id not in known and (saying := _saying(entry, place))
        ]
        if not 0 < len(others) <= _MOST:
            return []
        lead = phrase("by_mention", count=len(others), unit=place)
        return [
            paragraph(own_words(lead)),
            bullets(*(self._worded(*one) for one in others)),
        ]

    def _worded(self, entry: TaskEntry, saying: Span) -> Statement:
        name = task_name(entry.task)
        said = readable(saying.quote, entry.task)
        text = name if entry.task.title.covers(saying) else f"{name}：{said}"
        return Statement(text, cite(self._library, entry.document, saying), computed=(name,))


def _saying(entry: TaskEntry, place: str) -> Span | None:
    """The first sentence of a task that names a place, its title if that does."""
    task = entry.task
    if place in task.title.quote:
        return task.title
    if place not in task.span.quote:
        return None
    sentences = split_sentences(entry.document.text, task.span.start, task.span.end)
    return next((one for one in sentences if place in one.quote), None)
