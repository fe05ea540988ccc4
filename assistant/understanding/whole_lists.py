"""Whether a question asks for all tasks of a document, without any condition: 把清单念一遍."""

from __future__ import annotations

from assistant.library import Library
from assistant.query import Field, Query
from assistant.understanding.topic import asks_of_all, without_subjects
from assistant.vocabulary import asks, generic_words, wording
from assistant.words import cut
from ingest.records import ParsedDocument
from vectorstore.folding import fold

# A table of tasks does not show these.
_NOT_IN_A_LIST = frozenset({Field.TARGET, Field.STATUS})
# Of the tasks; words that more of them have are those of the genre.
_FEW = 0.7


def asks_for_all_tasks(query: Query, library: Library) -> bool:
    """Whether the tasks of the one document in scope are asked for, all of them."""
    if len(library.within(query.documents)) != 1 or _has_conditions(query):
        return False
    if query.fields & _NOT_IN_A_LIST or not _wants_a_list(query.text):
        return False
    (parsed,) = library.within(query.documents)
    if not parsed.tasks or _picks_some(query, parsed, library):
        return False
    return asks_of_all(query, library, [parsed.source.title, query.section])


def _picks_some(query: Query, parsed: ParsedDocument, library: Library) -> bool:
    """Whether the question has a word, be it no noun, that most of the tasks have not: 露天焚烧.

    A whole list in answer to a question about some of it would be wrong, so any such word counts.
    """
    text = without_subjects(query.text, library)
    for name in ("whole_list", "listing", "task_words"):
        text = wording("operations", name).sub(" ", text)
    texts = [fold(task.words) for task in parsed.tasks]
    words = (word for word in cut(text) if _is_content(word) and word not in fold(query.section))
    held = (sum(word in one for one in texts) for word in words)
    return any(count <= _FEW * len(texts) for count in held)


def _is_content(word: str) -> bool:
    return len(word) > 1 and word not in generic_words() and not word.isdigit()


def _has_conditions(query: Query) -> bool:
    return bool(
        query.units
        or query.people
        or query.without_people
        or query.task_numbers
        or query.windows
        or query.listed
        or query.status
        or query.overdue
        or query.ongoing is not None
        or query.undetermined
        or query.asks_confirmation
        or query.group_by
        or query.extreme
        or query.refers_back
    )


def _wants_a_list(text: str) -> bool:
    """Whether a text says that a list of tasks is wanted, plainly or by all that it has and has not."""
    if asks("operations", "whole_list", text):
        return True
    wanted = asks("operations", "listing", text) and asks("operations", "task_words", text)
    return wanted and not asks("operations", "asks_otherwise", text)
