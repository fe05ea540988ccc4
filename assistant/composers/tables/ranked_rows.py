"""The rows of a ranking at the places asked for, the place of a row, and whether a place that is claimed is so."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.composers.tables.cited import CitedTable
from assistant.composers.tables.reading import TableReading
from assistant.draft import Statement
from assistant.understanding.table_ranks import place_in, rank_column, rank_column_of_time
from ingest.records import FigureRow
from prompts import phrase

Sentence = Callable[[FigureRow, Sequence[int]], Statement]


class RankedRows:
    """Answers from the column of places of a table."""

    def __init__(self, reading: TableReading, cited: CitedTable, sentence: Sentence) -> None:
        self._reading, self._cited, self._sentence = reading, cited, sentence
        self._column = rank_column_of_time(reading.table, reading.text)

    def statements(self) -> list[Statement]:
        """The rows asked for with their places; nothing where the table ranks nothing or no place is asked."""
        asked, column = self._reading.rank, self._column
        if asked is None or column is None:
            return []
        places = {i: place for i, row in enumerate(self._rows) if (place := place_in(row, column))}
        if asked.of_row:
            return [self._told(row, column) for row in self._reading.named_rows]
        size = max(places.values(), default=0)
        found = [i for i, place in places.items() if asked.holds(place, size)]
        checked = self._checked(places, found) if self._reading.confirms else []
        return [*checked, *(self._told(self._rows[i], column) for i in found)]

    @property
    def _rows(self) -> Sequence[FigureRow]:
        return [row for row in self._reading.table.rows if not row.total]

    def _told(self, row: FigureRow, column: int) -> Statement:
        """A row with its place and its figures, only those named where any are."""
        figures = self._reading.figure_columns
        named = [i for i in figures if i in self._reading.columns and i != column]
        shown = named or [i for i in figures if i != column]
        if column != rank_column(self._reading.table):
            shown = []  # the other figures are of now, and the place is not
        return self._sentence(row, [column, *shown])

    def _checked(self, places: dict[int, int], found: Sequence[int]) -> list[Statement]:
        """Whether the rows that the question puts at a place are there."""
        heading = self._reading.table.columns[self._column or 0].name
        named = [i for i, row in enumerate(self._rows) if row in self._reading.named_rows]
        texts = [
            phrase(
                "table_rank_is" if i in found else "table_rank_differs",
                row=self._rows[i].name,
                column=heading,
                place=places[i],
            )
            for i in named
            if i in places
        ]
        evidence = self._cited.cited_rows([self._rows[i] for i in named])
        return [Statement(text, evidence, computed=(text,)) for text in texts]
