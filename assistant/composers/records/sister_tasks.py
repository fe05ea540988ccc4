"""What is asked of several tasks by the name that they have in common: 农厕返工那俩项目，牵头的、配合的是谁."""

from __future__ import annotations

import re
from itertools import chain

from assistant.composers.records.task_table import TaskTable
from assistant.draft import Draft, own_words, paragraph
from assistant.ledger import TaskEntry
from assistant.library import Library, task_units
from assistant.query import Query
from assistant.understanding.sister_tasks import together_asked
from assistant.understanding.task_columns import is_plain
from assistant.understanding.task_conditions import task_conditions
from assistant.understanding.topic import specific_words, topic_of
from assistant.units import matches
from assistant.words import stretches
from ingest.records import Task
from prompts import phrase
from vectorstore.folding import fold

_SHORTEST_NAME = 3
# 交通局牵头的两个项目
_BY_ROLE = re.compile(r"(?:牵头|负责|配合|验收|督导|承办|主办|主责)的")


class SisterTaskComposer:
    """Answers with all tasks meant, if there are just so many of the name."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._table = TaskTable(library)

    def draft(self, query: Query) -> Draft | None:
        """The tasks with the fields asked for; None where no field is asked of several, or others share their name."""
        count = together_asked(query.text)
        if count is None or not query.fields or query.people:
            return None
        if task_conditions(query, self._library):
            return None  # 暂不销号的那两项 are those of a list
        entries, name = self._named(query)
        if len(entries) != count:
            entries, name = self._of_body(query), ""
        if len(entries) != count or len({one.document.path for one in entries}) > 1:
            return None
        lead = phrase("sister_tasks", title=entries[0].document.title, count=count)
        heads = {
            head
            for one in entries
            for head, cell in _plain(one.task)
            if name and name in fold(cell)
        }
        table = self._table.block(entries, own=sorted(heads), fields=query.fields)
        return Draft((paragraph(own_words(lead)), table))

    def _of_body(self, query: Query) -> list[TaskEntry]:
        """The tasks of the one body or place that the question names, itself and by no group.

        What a body leads or cooperates in is a list of its own.
        """
        if len({one.name for one in query.units}) != 1 or _BY_ROLE.search(query.text):
            return []
        asked = query.units[0].name
        return [
            TaskEntry(parsed.source, task)
            for parsed in self._library.within(query.documents)
            for task in parsed.tasks
            if any(not unit.group and matches(asked, unit) for unit in task_units(task))
        ]

    def _named(self, query: Query) -> tuple[list[TaskEntry], str]:
        """The tasks whose titles, or cells of no field, have the longest stretch of the topic that any has, and it."""
        entries = [
            TaskEntry(parsed.source, task)
            for parsed in self._library.within(query.documents)
            for task in parsed.tasks
        ]
        titles = [fold(_named_by(entry.task)) for entry in entries]
        # A body may be what the tasks are named by, and not who has them: 经开区那两个问题谁牵头.
        topic = topic_of(query.text, self._library)
        names = chain.from_iterable(stretches(fold(topic), _SHORTEST_NAME))
        for stretch in chain(names, specific_words(query)):
            holding = [one for one, title in zip(entries, titles, strict=True) if stretch in title]
            if holding:
                return holding, stretch
        return [], ""


def _named_by(task: Task) -> str:
    """By what a task is called: its title, and the place of its row."""
    return "\n".join(["".join(task.title.quote.split()), *(cell for _, cell in _plain(task))])


def _plain(task: Task) -> list[tuple[str, str]]:
    """The cells of no field, by their headings."""
    return [
        (head, "".join(cell.quote.split()))
        for head, cell in task.columns.items()
        if is_plain(head, cell, task)
    ]
