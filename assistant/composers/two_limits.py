"""Which of two tasks that a question names is due first, or last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assistant.composers.figures_said import shared_pairs
from assistant.composers.task_table import TaskTable
from assistant.composers.wording import flat
from assistant.draft import Draft, own_words, paragraph
from assistant.ledger import TaskEntry
from assistant.library import Library
from assistant.query import Query
from assistant.understanding.topic import topic_of
from assistant.understanding.two_things import asked_of_two
from ingest.dates import chinese_date
from prompts import phrase

_FEWEST_SHARED = 2


class TwoLimitsComposer:
    """Answers with both tasks, and which of their limits comes first."""

    def __init__(self, library: Library, task_asked: Callable[[Query], TaskEntry | None]) -> None:
        self._library = library
        self._task_asked = task_asked
        self._table = TaskTable(library)

    def draft(self, query: Query) -> Draft | None:
        """Both tasks; None where a question compares no two, or one of them is not found or has no date."""
        asked = asked_of_two(query.text)
        if asked is None:
            return None
        entries = [self._meant(query, name) for name in (asked.one, asked.other)]
        found = [one for one in entries if one is not None]
        if len(found) < 2 or found[0].task.id == found[1].task.id:
            return None
        ordered = sorted(found, key=lambda one: str(one.due), reverse=asked.later)
        first, second = ordered
        name = "two_limits_later" if asked.later else "two_limits_sooner"
        if first.due == second.due:
            name = "two_limits_alike"
        text = phrase(
            name,
            first=flat(first.task.title.quote),
            day=chinese_date(first.due) if first.due else "",
            second=flat(second.task.title.quote),
            other=chinese_date(second.due) if second.due else "",
        )
        return Draft((paragraph(own_words(text)), self._table.block(ordered)))

    def _meant(self, query: Query, name: str) -> TaskEntry | None:
        """The task with a dated limit of its own that is meant by a name."""
        one = replace(query, text=name, topic=topic_of(name, self._library) or name, units=())
        entry = self._task_asked(one)
        if entry is None or entry.task.deadline is None or entry.due is None:
            return None
        return entry if shared_pairs(one.topic, entry.task.words) >= _FEWEST_SHARED else None
