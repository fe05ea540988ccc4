"""A table read with a question in mind: which rows and columns the question names, and what it asks of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.composers.tables.named_parts import MOST_OF_NAME
from assistant.query import Field
from assistant.understanding.row_conditions import RowCondition
from assistant.understanding.table_names import Named, is_place_name
from assistant.understanding.table_ranks import RankAsked
from assistant.vocabulary import asks
from ingest.records import ColumnKind, FigureRow, FigureTable, ParsedDocument
from vectorstore.folding import fold_query

_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
BESIDE_FIGURES = frozenset({Field.TARGET})


_VERDICT = re.compile("超标|达标|合格|评价|判定|结论")


def is_verdict(heading: str) -> bool:
    """Whether a column of this name says whether figures keep to their limits: 是否超标."""
    return _VERDICT.search(heading) is not None


@dataclass(frozen=True, slots=True)
class TableReading:
    """A table with what a question names of it.

    `text` is the question, `confirms` that it asks to confirm what it says, `referred` that it names the table itself,
    `absent` a place it names that has no line. `conditions` are what it asks the rows to have in their columns,
    `of_kind` tells that it says what the rows are (断面, 工程), `by_number` that it names some by their numbers,
    `refers` that it goes back to what was asked before, and `rank` which places it asks for, where the table ranks.
    """

    parsed: ParsedDocument
    table: FigureTable
    text: str
    rows: dict[int, Named]
    columns: dict[int, Named]
    caption: str
    confirms: bool = False
    referred: bool = False
    absent: str | None = None
    conditions: tuple[RowCondition, ...] = ()
    of_kind: bool = False
    by_number: bool = False
    refers: bool = False
    rank: RankAsked | None = None

    @property
    def years(self) -> frozenset[int]:
        """The years that its caption and its document's title speak of."""
        said = f"{self.caption}{self.parsed.source.title}"
        return frozenset(map(int, _ANY_YEAR.findall(said)))

    @property
    def named_rows(self) -> list[FigureRow]:
        """The rows that the question names, in their order."""
        return [self.table.rows[i] for i in sorted(self.rows)]

    @property
    def figure_columns(self) -> list[int]:
        """The columns of figures."""
        return [i for i, one in enumerate(self.table.columns) if one.kind is ColumnKind.FIGURES]

    @property
    def asks_by_state(self) -> bool:
        """Whether the rows are picked out by how far they are, too."""
        return any(one.is_of_state for one in self.conditions)

    @property
    def names_figures(self) -> bool:
        """Whether the question names a column of figures by more than everyday words."""
        return any(i in self.columns and not self.columns[i].weak for i in self.figure_columns)

    @property
    def transposed(self) -> bool:
        """Whether the places, of which each has its figures, are the columns and not the rows."""
        figures = [self.table.columns[i] for i in self.figure_columns]
        own = [one for one in figures if not one.total]
        return bool(own) and all(is_place_name(one.name) for one in own)

    @property
    def of_places(self) -> bool:
        """Whether the rows, or the columns, are places."""
        rows = [one for one in self.table.rows if not one.total]
        return self.transposed or all(is_place_name(one.name) for one in rows)

    @property
    def weight(self) -> int:
        """How much of the question its names hold."""
        named = [*self.rows.values(), *self.columns.values()]
        stretches = {part for one in named for part in one.stretches}
        return sum(map(len, stretches)) + 4 * self.referred

    @property
    def is_quotable(self) -> bool:
        """Whether the question asks for cells: of a row and a column, of a whole row, or of a whole column."""
        # 石门呢 asks for the figure that the question before it named, be it in no more than its name.
        swapped = self.refers and self.text.rstrip("?？。").endswith("呢")
        figure = asks("tables", "figure", self.text) or swapped
        figure = figure or self.confirms or len(self.columns) > 1
        other = any(
            self.table.columns[i].kind in (ColumnKind.TEXT, ColumnKind.LABEL) for i in self.columns
        )
        if self.by_number:
            return True
        if self.rows and self.columns:
            return figure or other
        if self.rows:
            return self._whole_rows(figure)
        if self.columns:
            return asks("tables", "each", self.text)
        return self.referred and asks("tables", "shared_how", self.text)

    def _whole_rows(self, figure: bool) -> bool:
        """Whether rows are asked for as they stand, without the name of a column."""
        whole = asks("tables", "whole_row", self.text)
        if not self.of_places:
            names = [fold_query(self.table.rows[i].name) for i in self.rows]
            shares = [
                one.weight / len(name) for one, name in zip(self.rows.values(), names, strict=True)
            ]
            return figure and (self.referred or max(shares) >= MOST_OF_NAME)
        if self.transposed:
            return figure and asks("tables", "each", self.text)
        return whole and (self.referred or asks("tables", "shared_out", self.text))
