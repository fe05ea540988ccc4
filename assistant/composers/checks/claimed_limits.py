"""A time limit that a question has confirmed, where the documents give another one for the very thing."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.composers.wording import cite, flat, task_name
from assistant.draft import Statement
from assistant.ledger import TaskEntry
from assistant.library import Library
from assistant.query import Query, Window
from assistant.search import Found
from assistant.synonyms import with_synonyms
from assistant.understanding.claimed_limits import claimed_limit
from assistant.understanding.topic import specific_words
from assistant.words import chinese_pairs
from ingest.records import Deadline, SourceDocument
from prompts import phrase
from vectorstore.folding import fold

_ENDS = "，,。；;：: "


def limit_otherwise(
    library: Library, query: Query, clauses: Sequence[Found], entry: TaskEntry | None
) -> Statement | None:
    """A remark on the time claimed, where neither the record of the task asked about nor what is quoted has it.

    `entry` is the task whose own limit answers, None where the clauses do.
    """
    claimed = claimed_limit(query.text, query.as_of) if query.asks_confirmation else None
    if claimed is None:
        return None
    if entry is not None and entry.task.deadline is not None:
        stated = [(entry.document, entry.task.deadline)]
    else:
        stated = [
            (one.source, limit)
            for one in clauses
            for limit in library.limits(one.source.path)
            if one.span.covers(limit.phrase)
        ]
        # Only what is said of the very thing in the best sentence answers.
        if not stated or not _is_of(query, clauses[0], stated[0][1]):
            return None
    if any(_may_be(claimed, limit) for _, limit in stated):
        return None
    return _remark(library, claimed, *stated[0])


def _is_of(query: Query, best: Found, limit: Deadline) -> bool:
    """Whether a limit stands in a sentence that has, with the title of its task, all of what the question names."""
    task = best.place.task
    said = chinese_pairs(fold(best.span.quote + (task.title.quote if task else "")))
    words = [chinese_pairs(with_synonyms(one)) for one in specific_words(query)]
    return best.span.covers(limit.phrase) and bool(words) and all(one & said for one in words)


def _remark(
    library: Library, claimed: Window, source: SourceDocument, limit: Deadline
) -> Statement:
    task = library.place(source.path, limit.phrase.start).task
    if task is not None and task.deadline is not None and task.deadline.phrase == limit.phrase:
        stated = flat(limit.phrase.quote)
        text = phrase("limit_differs", task=task_name(task), stated=stated, asked=claimed.text)
    else:
        stated = flat(limit.clause.quote).strip(_ENDS)
        text = phrase("limit_told_otherwise", stated=stated, asked=claimed.text)
    return Statement(text, cite(library, source, limit.phrase), computed=(text,))


def _may_be(claimed: Window, limit: Deadline) -> bool:
    """Whether a limit is the time claimed, or is no certain day."""
    if limit.latest is None or claimed.latest is None:
        return True
    return claimed.holds(limit.latest) or claimed.latest == limit.latest
