"""What is asked of two tasks that a question names by their titles: 甲问题和乙问题是一家牵头吗, 两项各由谁验收."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.composers.records.task_table import TaskTable
from assistant.composers.wording import ROLE_FIELDS, names, people_or_units
from assistant.draft import Draft, own_words, paragraph
from assistant.ledger import TaskEntry
from assistant.library import Library
from assistant.query import DUTY_FIELDS, Field, Query
from assistant.understanding.topic import topic_of
from assistant.understanding.two_things import asks_same, named_both
from assistant.words import chinese_pairs
from prompts import phrase
from vectorstore.folding import fold

# A task is meant where its title has so much of what the question calls it, by pairs of characters.
_OF_THE_NAME = 0.5
_FEWEST_PAIRS = 2
_MOST_OF_A_NAME = 2


class TwoTasksComposer:
    """Answers with both tasks in one table, and whether they agree where that is asked."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._table = TaskTable(library)

    def draft(self, query: Query) -> Draft | None:
        """Both tasks with the fields asked for; None where the question names no two by their titles."""
        two = named_both(query.text)
        asked = query.fields & (DUTY_FIELDS | {Field.DEADLINE})
        if two is None or not asked or query.fields - asked:
            return None
        titled = [self._titled(query, name, asked) for name in two]
        entries = list({one.task.id: one for found in titled for one in found}.values())
        if not all(titled) or len(entries) < sum(map(len, titled)):
            return None
        lead = phrase(
            "two_tasks", count=len(entries), answer=self._agreement(query, entries, asked)
        )
        table = self._table.block(entries, fields=asked)
        return Draft((paragraph(own_words(lead)), table))

    def _titled(self, query: Query, name: str, asked: frozenset[Field]) -> list[TaskEntry]:
        """The tasks that tell what is asked and whose titles have most of a name: 秸秆 may be two; more are no one's name."""
        wanted = chinese_pairs(topic_of(name, self._library))
        shared = [
            (len(wanted & chinese_pairs(fold(task.title.quote))), TaskEntry(parsed.source, task))
            for parsed in self._library.within(query.documents)
            for task in parsed.tasks
            if any(_value(TaskEntry(parsed.source, task), field) for field in asked)
        ]
        most = max((count for count, _ in shared), default=0)
        best = [entry for count, entry in shared if count == most]
        named = most >= max(1, min(_FEWEST_PAIRS, len(wanted)), _OF_THE_NAME * len(wanted))
        return best if named and len(best) <= _MOST_OF_A_NAME else []

    def _agreement(
        self, query: Query, entries: Sequence[TaskEntry], asked: frozenset[Field]
    ) -> str:
        """Whether two tasks have the same in the one field that the question compares; empty where it compares none."""
        if not asks_same(query.text) or len(asked) > 1 or len(entries) > 2:
            return ""
        (field,) = asked
        values = {_value(entry, field) for entry in entries}
        if "" in values:
            return ""
        name = "two_tasks_same" if len(values) == 1 else "two_tasks_differ"
        return phrase(name, field=ROLE_FIELDS.get(field, "时限"))


def _value(entry: TaskEntry, field: Field) -> str:
    """What a task has in a field, or nothing."""
    if field is Field.DEADLINE:
        return entry.limit_wording.quote if entry.limit_wording is not None else ""
    return names(people_or_units(entry.task, field))
