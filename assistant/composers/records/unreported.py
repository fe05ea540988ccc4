"""How far all tasks are, asked of documents that do not tell it: 哪些任务还没完成, of a plan."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.composers.records.lists import ListComposer
from assistant.composers.records.reporting import tells_states
from assistant.composers.wording import scope_name
from assistant.draft import Draft, own_words, paragraph
from assistant.ledger import Reported
from assistant.library import Library
from assistant.query import DUTY_FIELDS, Operation, Query
from assistant.understanding.topic import asks_of_all
from assistant.vocabulary import asks
from prompts import phrase

# What is handed on one by one is reported as a number in a sentence.
_PETITIONS = re.compile(r"举报|信访|投诉|来信|来电|[几多少\d]件")
# Of what is not done a limit that has passed tells something; of what is done none does.
_OPEN = (Reported.NOT_DONE, Reported.NOT_CLOSED, Reported.BEHIND)


class UnreportedComposer:
    """Says that no progress is reported, and of what is still open which limits have passed."""

    def __init__(self, library: Library, lists: ListComposer) -> None:
        self._library = library
        self._lists = lists

    def draft(self, query: Query) -> Draft | None:
        """A refusal with its reason; None where single tasks are asked about, or some task tells how far it is."""
        if query.status is None or query.documents is None:
            return None
        if query.operation is Operation.COUNT_TASKS:
            return None  # the count says it beside how many there are
        parsed = self._library.within(query.documents)
        reported = any(one.source.reports_progress or tells_states(one) for one in parsed)
        if reported or not any(one.tasks for one in parsed) or not self._asks_of_all(query):
            return None
        scope = scope_name(query, self._library)
        told = paragraph(own_words(phrase("progress_unreported", scope=scope)))
        if query.status not in _OPEN:
            return Draft((told,), refused=True)
        passed = self._lists.tasks(
            replace(
                query, status=None, remaining=False, overdue=True, operation=Operation.LIST_TASKS
            )
        )
        return Draft((told, *(() if passed.refused else passed.blocks)), refused=True)

    def _asks_of_all(self, query: Query) -> bool:
        listed = asks("operations", "list", query.text) or asks("operations", "count", query.text)
        one_thing = query.task_numbers or query.asks_confirmation or query.refers_back
        else_asked = query.windows or query.fields & DUTY_FIELDS or _PETITIONS.search(query.text)
        return bool(
            listed and not one_thing and not else_asked and asks_of_all(query, self._library)
        )
