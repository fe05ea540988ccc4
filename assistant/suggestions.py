"""Questions to go on with after an answer, made from the records it cites."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.answer import Answer
from assistant.examples import example_questions
from assistant.library import Library
from ingest.records import SourceDocument, Task

_LONGEST_TITLE = 40


def follow_up_questions(answer: Answer, library: Library) -> Iterator[str]:
    """Candidates, the nearest to the answer first; whether they have an answer is not known yet."""
    cited = _cited_tasks(answer, library)
    for source, task in cited[:2]:
        yield from _about_task(source, task)
    for source, task in cited[:1]:
        yield from _about_people(source, task)
    paths = dict.fromkeys(one.document for one in answer.citations)
    yield from example_questions(library.within(tuple(paths) or None))


def _cited_tasks(answer: Answer, library: Library) -> list[tuple[SourceDocument, Task]]:
    """The tasks whose text an answer quotes, each once."""
    found: dict[str, tuple[SourceDocument, Task]] = {}
    for one in answer.citations:
        if one.document in library.paths():
            task = library.place(one.document, one.start).task
            if task is not None:
                found.setdefault(task.id, (library[one.document].source, task))
    return list(found.values())


def _about_task(source: SourceDocument, task: Task) -> Iterator[str]:
    title = "".join(task.title.quote.split())
    if len(title) > _LONGEST_TITLE:
        return
    if task.measures:
        yield f"{source.region}“{title}”有哪些整改措施？"
    if task.deadline is not None:
        yield f"{source.region}“{title}”的时限是什么时候？"


def _about_people(source: SourceDocument, task: Task) -> Iterator[str]:
    for unit in task.lead_units[:1]:
        yield f"{source.region}由{unit.name}牵头的任务有哪些？"
    for person in task.leaders[:1]:
        yield f"{source.region}{person.name}负责的任务有哪些？"
