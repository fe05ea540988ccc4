"""Whether one state of a task is as good as another (已完成就等于销号吗): what the documents say of the two words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.composers.text.quoting import quoted
from assistant.draft import Draft
from assistant.library import Library
from assistant.query import Query
from ingest.records import ParsedDocument, Span
from prompts import phrase

_STATE = r"(?:已)?(销号|验收|办结|完成|整改到位|整改完成)"
_ASKED = re.compile(
    rf"(?:等于|等同于?|就算是?|算不算是?|意味着|算是|视为|视同|代表)(?:就是)?{_STATE}"
)
_EXPLAINS = re.compile(r"不等于|不等同|不代表|不视为|不视同|是指|指的是|视同|视为|即为")


class StateWordComposer:
    """Quotes the sentences that explain a state or tell it from another."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def draft(self, query: Query) -> Draft | None:
        """What each document says of the state; None where none explains it or nothing of the kind is asked."""
        asked = _ASKED.search(query.text)
        if asked is None:
            return None
        blocks = [
            block
            for parsed in self._library.within(query.documents)
            if (sentences := list(_explaining(parsed, asked.group(1))))
            for block in quoted(
                self._library,
                parsed.source,
                sentences,
                phrase("quoted_from", title=parsed.source.title),
            )
        ]
        return Draft(tuple(blocks)) if blocks else None


def _explaining(parsed: ParsedDocument, state: str) -> Iterator[Span]:
    """The sentences outside of tasks that explain a state."""
    of_tasks = [task.span for task in parsed.tasks]
    for sentence in parsed.sentences:
        explains = state in sentence.quote and _EXPLAINS.search(sentence.quote)
        if explains and not any(one.covers(sentence) for one in of_tasks):
            yield sentence
