"""How many rows of a table of words are so far, and which: 9家企业里已完成的2家, 已验收的1家."""

from __future__ import annotations

from assistant.composers.reckoning.figures_said import shared_pairs
from assistant.composers.wording import cite
from assistant.draft import Draft, Statement, bullets, paragraph
from assistant.library import Library
from assistant.query import Query
from assistant.understanding.row_states import RowState, rows_counted, states_counted
from ingest.records import FigureTable, ParsedDocument
from ingest.tables import heading_of_column
from prompts import phrase

_FEWEST_SHARED = 2


class RowStateComposer:
    """Counts the rows in each of the states that a question names, in the one table that it means."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def draft(self, query: Query) -> Draft | None:
        """The rows of each state; None where the question counts no states, or it is not sure of which table."""
        if query.windows or query.overdue:
            return None
        found = [
            (parsed, table, column)
            for parsed in self._library.within(query.documents)
            for table in parsed.tables
            if not (table.of_tasks or table.listed)
            if (column := _state_column(table)) is not None and _is_meant(query, table)
        ]
        if len(found) != 1:
            return None
        parsed, table, column = found[0]
        cells = [row.cells[column].span.quote for row in table.rows if not row.total]
        states = states_counted(query.text, cells)
        if not states:
            return None
        caption = table.caption.quote if table.caption else ""
        lead = phrase(
            "table_reckoned",
            table=phrase(
                "table_of",
                title=parsed.source.title,
                caption=phrase("table_caption", caption=caption) if caption else "",
            ),
        )
        head = cite(self._library, parsed.source, *table.header)
        said = [self._said(parsed, table, column, state) for state in states]
        return Draft((paragraph(Statement(lead, head, computed=(lead,))), bullets(*said)))

    def _said(
        self, parsed: ParsedDocument, table: FigureTable, column: int, state: RowState
    ) -> Statement:
        rows = [
            row for row in table.rows if not row.total and state.holds(row.cells[column].span.quote)
        ]
        values = dict.fromkeys(row.cells[column].span.quote.strip() for row in rows)
        text = phrase(
            "rows_in_state" if rows else "no_row_in_state",
            column=table.columns[column].name,
            states="”“".join(values),
            count=f"{len(rows)}{state.unit}",
            names="、".join(row.name for row in rows),
        )
        cited = [row.span for row in rows or table.rows]
        return Statement(text, cite(self._library, parsed.source, *cited), computed=(text,))


def _is_meant(query: Query, table: FigureTable) -> bool:
    """Whether a question speaks of as many rows as the table has, or of what the table is headed with."""
    own = [row for row in table.rows if not row.total]
    if (count := rows_counted(query.text)) is not None:
        return count == len(own)
    caption = table.caption.quote if table.caption else ""
    return shared_pairs(query.text, caption) >= _FEWEST_SHARED


def _state_column(table: FigureTable) -> int | None:
    """The one column that tells how far the rows are."""
    found = [i for i, one in enumerate(table.columns) if heading_of_column(one.name) == "status"]
    return found[0] if len(found) == 1 else None
