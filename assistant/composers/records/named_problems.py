"""What is wrong in a place, by the descriptions of problems that name it: 某镇有什么问题, 某村为啥被点名."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from assistant.composers.records.lists import ListComposer
from assistant.composers.wording import cite, flat, task_name
from assistant.draft import Block, Draft, Statement, bullets, own_words, paragraph
from assistant.library import Library, task_units
from assistant.query import Operation, Query
from assistant.understanding.named_problems import (
    described_problems,
    named_for,
    place_of_problems,
)
from assistant.units import matches
from ingest.passages import split_sentences
from ingest.records import Span, Task
from prompts import phrase
from vectorstore.folding import fold_query


class NamedProblemComposer:
    """Quotes what descriptions of problems say of a place, with the task that each stands in."""

    def __init__(self, library: Library, lists: ListComposer) -> None:
        self._library = library
        self._lists = lists

    def draft(self, query: Query) -> Draft | None:
        """The sentences that name it; what it has to do where none does; None where nothing of the kind is asked."""
        if asked := named_for(query, self._library):
            return self._named_for(query, *asked)
        name = place_of_problems(query, self._library)
        if not name:
            return None
        found = [
            (path, task, said)
            for path, task in described_problems(self._library, query)
            for said in _saying(self._library[path].source.text, task, name)
        ]
        if not found:
            return self._unnamed(query, name)
        paths = dict.fromkeys(path for path, *_ in found)
        text = phrase(
            "problems_naming",
            scope="、".join(f"《{self._library[path].source.title}》" for path in paths),
            place=name,
            count=len({task.id for _, task, _ in found}),
        )
        return Draft((paragraph(own_words(text)), self._lines(found)))

    def _named_for(
        self, query: Query, endings: Sequence[str], words: Sequence[str]
    ) -> Draft | None:
        """The sentences that name places or firms of a kind for what the words say; None where there are none."""
        names = re.compile(f"[\u4e00-\u9fff]{{2}}(?:{'|'.join(endings)})")
        found = [
            (path, task, said)
            for path, task in described_problems(self._library, query)
            for said in _sentences(self._library[path].source.text, task)
            if names.search(said.quote)
            and all(one in fold_query(f"{task.title.quote}{said.quote}") for one in words)
        ]
        if not found:
            return None
        text = phrase("problems_named_for", thing="、".join(words))
        return Draft((paragraph(own_words(text)), self._lines(found)))

    def _lines(self, found: Iterable[tuple[str, Task, Span]]) -> Block:
        return bullets(
            *(
                Statement(
                    task_name(task)
                    if said == task.title
                    else f"{task_name(task)}：{flat(said.quote)}",
                    cite(self._library, self._library[path].source, said),
                    computed=(task_name(task),),
                )
                for path, task, said in found
            )
        )

    def _unnamed(self, query: Query, name: str) -> Draft | None:
        """That no description names a body, and the tasks that it has; None where it has none by its name."""
        paths = {
            path
            for path, task in described_problems(self._library, query)
            if any(not unit.group and matches(name, unit) for unit in task_units(task))
        }
        if not paths:
            return None
        listed = self._lists.tasks(replace(query, operation=Operation.LIST_TASKS))
        text = phrase("problems_not_naming", place=name)
        return None if listed.refused else Draft((paragraph(own_words(text)), *listed.blocks))


def _saying(text: str, task: Task, name: str) -> Iterator[Span]:
    """The sentences of a task's problem that name a place; all of them where only the title does, which may be all."""
    sentences = _sentences(text, task)
    naming = [one for one in sentences if name in fold_query(one.quote)]
    if naming or name in fold_query(task.title.quote):
        yield from naming or sentences


def _sentences(text: str, task: Task) -> list[Span]:
    problem = task.problem or task.title
    return list(split_sentences(text, problem.start, problem.end))
