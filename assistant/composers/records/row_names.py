"""Rows that a question names by what a cell says they are, or where, and their titles do not: 鸿达石料厂, 1-2 清淤."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cached_property

from assistant.ledger import TaskEntry
from assistant.library import Library
from assistant.query import Query
from assistant.synonyms import with_synonyms
from assistant.understanding.task_columns import naming_cells
from assistant.understanding.topic import specific_words
from assistant.words import pairs
from ingest.records import Task
from vectorstore.folding import fold, fold_query

# A name is said by so much of it, a short one whole; a longer cell is a description.
_SHORTEST, _SHORTEST_PART = 2, 3
_MOST_OF_A_NAME = 0.5
_LONGEST_NAME = 16
# 北山 of 石桥镇北山.
_BEHIND_TOWN = re.compile(r"^[\u4e00-\u9fff]{1,4}(?:镇|乡|街道)([\u4e00-\u9fff]{2,8})$")
_NUMBERING = re.compile(r"^[\d\s.、()-]+")


@dataclass(frozen=True, slots=True)
class _Named:
    """A row with what it is called, folded: its part of a matter, and its own or its matter's name."""

    entry: TaskEntry
    part: str
    names: tuple[str, ...]


class RowNames:
    """Finds the row, or the parts of one matter, that a question names by such a cell."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def named(self, query: Query) -> list[TaskEntry]:
        """The only row so named, or all parts of the one matter that is; none where several are.

        All else that the question names has to be told of it too.
        """
        if query.task_numbers:
            return []
        rows = [
            one
            for one in self._rows
            if query.documents is None or one.entry.document.path in query.documents
        ]
        by_part = [one for one in rows if one.part and one.part in query.text]
        called = [one for one in rows if any(_calls(query.text, name) for name in one.names)]
        found = [one.entry for one in ([one for one in by_part if one in called] or by_part)]
        found = found or [one.entry for one in called]
        matters = {(one.document.path, one.task.title.start) for one in found}
        if len(matters) != 1 or (len(found) > 1 and not found[0].task.fields.get("part")):
            return []
        told = pairs(with_synonyms(fold(" ".join(one.task.words for one in found))))
        return found if all(pairs(word) & told for word in specific_words(query)) else []

    @cached_property
    def _rows(self) -> tuple[_Named, ...]:
        found: list[_Named] = []
        for parsed in self._library.documents:
            for task in parsed.tasks:
                cells = (fold_query(one.quote) for one in naming_cells(task).values())
                names = tuple(
                    name
                    for one in cells
                    for name in (one, *_BEHIND_TOWN.findall(one))
                    if _SHORTEST <= len(name) <= _LONGEST_NAME
                )
                if part := _part(task):
                    found.append(_Named(TaskEntry(parsed.source, task), part, names))
                elif names:
                    found.append(_Named(TaskEntry(parsed.source, task), "", names))
        return tuple(found)


def _part(task: Task) -> str:
    """What the part of a matter that a row is goes by, without its number."""
    part = task.fields.get("part")
    name = _NUMBERING.sub("", fold_query(part.quote)) if part is not None else ""
    return name if len(name) > 1 else ""


def _calls(text: str, name: str) -> bool:
    """Whether a question has a name, or most of it: 石料厂 of 鸿达石料厂, 金鹿皮革 of 金鹿皮革公司."""
    fewest = min(max(_SHORTEST_PART, math.ceil(_MOST_OF_A_NAME * len(name))), len(name))
    return any(name[at : at + fewest] in text for at in range(len(name) - fewest + 1))
