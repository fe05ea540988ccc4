"""Which tasks stand at several places in the order of time limits, each place answered by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.composers.records.conditions import conditions_text
from assistant.composers.records.selection import TaskSelection
from assistant.composers.records.task_table import TaskTable
from assistant.composers.wording import scope_name
from assistant.draft import Block, Draft, own_words, paragraph
from assistant.ledger import TaskEntry
from assistant.library import Library
from assistant.query import Query
from assistant.understanding.ranks import Rank, asked_ranks
from assistant.understanding.topic import asks_of_all
from ingest.dates import chinese_date
from prompts import phrase


class RankComposer:
    """Answers for the first and the last limit together, and for the second, third … of them."""

    def __init__(self, library: Library, selection: TaskSelection) -> None:
        self._library = library
        self._selection = selection
        self._table = TaskTable(library)

    def draft(self, query: Query) -> Draft | None:
        """The tasks at each place asked for; None where the question asks for no such place."""
        ranks = asked_ranks(query.text)
        if not ranks or not asks_of_all(query, self._library):
            return None
        scope = replace(query, extreme=None, status=None)
        entries = self._selection.entries(scope)
        blocks = [block for rank in ranks for block in self._at(scope, rank, entries)]
        return Draft(tuple(blocks)) if blocks else None

    def _at(self, query: Query, rank: Rank, entries: Sequence[TaskEntry]) -> list[Block]:
        days = sorted({one.due for one in entries if one.due is not None}, reverse=rank.latest)
        if len(days) < rank.place:
            return []
        day = days[rank.place - 1]
        chosen = [one for one in entries if one.due == day]
        text = phrase(
            "rank_count",
            scope=scope_name(query, self._library),
            conditions=conditions_text(query, self._library),
            rank=_name(rank),
            day=chinese_date(day),
            count=len(chosen),
        )
        return [paragraph(own_words(text)), self._table.block(chosen)]


def _name(rank: Rank) -> str:
    end = "晚" if rank.latest else "早"
    return f"最{end}" if rank.place == 1 else f"第{rank.place}{end}"
