"""Rows of tables that answer nothing, among the sentences found: those of others than the question names."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.library import Library
from assistant.query import Query
from assistant.search import Found
from assistant.vocabulary import asks
from ingest.records import FigureTable, Span
from vectorstore.folding import fold_query


def without_other_rows(query: Query, found: Sequence[Found], library: Library) -> list[Found]:
    """The sentences found, without the rows of a table beside the one that the question names.

    Of a limit that was set anew (最后宽限到哪天) a table of the first ones says nothing at all.
    """
    paths = list(dict.fromkeys(one.source.path for one in found))
    beside = {
        parsed.source.path: [row for table in parsed.tables for row in _beside(query, table)]
        for parsed in library.within(paths)
    }
    return [
        one
        for one in found
        if not any(row.covers(one.span) for row in beside.get(one.source.path, ()))
    ]


def _beside(query: Query, table: FigureTable) -> list[Span]:
    named = [row for row in table.rows if fold_query(row.name) in query.text]
    if not named or table.of_tasks or table.listed:
        return []
    first_limits = any(one.name.startswith("原") for one in table.columns)
    none_answers = first_limits and asks("tables", "later_limit", query.text)
    return [row.span for row in table.rows if none_answers or row not in named]
