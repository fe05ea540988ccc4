"""What a sentence sets for the class of a row: 橙色预警时，B类企业减产40%, asked of a firm that the table has as B.

Neither the table nor the sentence answers alone: the table tells the class, and the sentence does not name the firm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.composers.tables.cited import CitedTable
from assistant.composers.tables.naming import TableNaming
from assistant.composers.tables.reading import TableReading
from assistant.composers.text.clauses import ClauseComposer
from assistant.draft import Draft, Statement, paragraph
from assistant.library import Library
from assistant.query import Field, Query
from assistant.ranking.shapes import is_heading
from assistant.search import Found, SentenceSearch
from assistant.understanding.row_conditions import tells_people
from ingest.records import FigureRow
from prompts import phrase

_CLASS = re.compile("(?P<name>[A-Za-z甲乙丙丁]|[ⅠⅡⅢⅣⅤ]|[一二三四五])[类级档]?")
_MOST_ROWS = 4


class ClassRules:
    """Answers what is to be done by rows of a table that have a class, where the best sentence tells it by class."""

    def __init__(self, library: Library, search: SentenceSearch, clauses: ClauseComposer) -> None:
        self._library = library
        self._naming = TableNaming(library)
        self._search = search
        self._clauses = clauses

    def draft(self, query: Query) -> Draft | None:
        """The classes of the rows named and the sentence for these; None where that is not what answers."""
        for reading, column in self._classed(query):
            rows = reading.named_rows
            if (
                rule := self._rule(query, reading, [_class_of(one, column) for one in rows])
            ) is None:
                continue
            cited = CitedTable(self._library, reading)
            columns = [column, *self._people(query, reading)]
            said = [self._told(cited, reading, one, columns) for one in rows]
            blocks = self._clauses.blocks([rule])
            return Draft((paragraph(cited.lead(), *said), *blocks))
        return None

    def _classed(self, query: Query) -> Iterator[tuple[TableReading, int]]:
        """The tables of which the question names a few rows, and the column of each that has their classes."""
        for parsed in self._library.within(query.documents):
            for table in parsed.tables:
                columns = [i for i, _ in enumerate(table.columns) if _is_classed(table.rows, i)]
                reading = self._naming.reading(query, parsed, table) if columns else None
                if reading is None or not 0 < len(reading.rows) <= _MOST_ROWS:
                    continue
                if all(_class_of(one, columns[0]) for one in reading.named_rows):
                    yield reading, columns[0]

    def _rule(self, query: Query, reading: TableReading, classes: Sequence[str]) -> Found | None:
        """The best sentence for the question without the names of the rows, where it tells of each of their classes."""
        rest = query.topic
        for named in reading.rows.values():
            for stretch in sorted(named.stretches, key=len, reverse=True):
                rest = rest.replace(stretch, " ")
        found = self._search.find(replace(query, topic=rest), [reading.parsed.source.path])
        table = reading.table.span
        best = next(
            (
                one
                for one in found
                if not is_heading(one.span, one.place) and not table.covers(one.span)
            ),
            None,
        )
        told = best is not None and all(
            re.search(rf"{re.escape(one)}[类级档]", best.span.quote) for one in classes
        )
        return best if told else None

    @staticmethod
    def _people(query: Query, reading: TableReading) -> list[int]:
        """The columns of persons, where it is asked who answers for a row as well."""
        columns = enumerate(reading.table.columns) if Field.LEADER in query.fields else ()
        return [i for i, one in columns if tells_people(one)]

    @staticmethod
    def _told(
        cited: CitedTable, reading: TableReading, row: FigureRow, columns: Sequence[int]
    ) -> Statement:
        cells = [
            phrase(
                "table_cell",
                column=reading.table.columns[i].name,
                figure=row.cells[i].span.quote.strip(),
            )
            for i in columns
        ]
        text = phrase("table_cells", row=row.name, cells="，".join(cells))
        return Statement(text, cited.cited_rows([row]), computed=tuple(cells))


def _is_classed(rows: Sequence[FigureRow], column: int) -> bool:
    """Whether a column has the classes of the rows, and not a quality of water that differs from row to row."""
    own = [_class_of(row, column) for row in rows if not row.total and not row.cells[column].blank]
    return len(own) > 1 and all(own)


def _class_of(row: FigureRow, column: int) -> str:
    """The class of a row, without the word for it: B of B类; empty where its cell has none."""
    match = _CLASS.fullmatch(row.cells[column].span.quote.strip())
    return match["name"] if match else ""
