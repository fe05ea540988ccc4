"""What an earlier answer left out of a list, where the question doubts that it was whole: 漏了吧，再数一遍."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.draft import Statement, own_words
from assistant.ledger import TaskEntry
from prompts import phrase
from vectorstore.folding import fold_query

_NUMBER = re.compile(r"[一二三四五六七八九十]+|\d+")
_COUNT = re.compile(r"(?:共|计|有)\s*(?:\d+|[一二三四五六七八九十]+)\s*[项个条件]")
_TOLD_BY = 8  # characters at the head of a title


def omitted(entries: Sequence[TaskEntry], answer: str) -> Statement | None:
    """The tasks of a list that an earlier answer names neither by title nor by number.

    None where it names less than half of them: then it was about something else, or in other words.
    """
    told = _COUNT.sub(" ", fold_query(answer))
    numbers = set(_NUMBER.findall(told))
    bare = "".join(told.split())
    left = [one for one in entries if one.task.number not in numbers and not _titled(one, bare)]
    if not left or 2 * len(left) > len(entries):
        return None
    items = "；".join(f"{one.task.number} {one.task.name}".strip() for one in left)
    return own_words(phrase("list_omitted", count=len(left), items=items))


def _titled(entry: TaskEntry, answer: str) -> bool:
    return "".join(fold_query(entry.task.title.quote).split())[:_TOLD_BY] in answer
