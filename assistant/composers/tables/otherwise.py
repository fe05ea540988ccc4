"""Where the text asks of a row of a table another figure, or sets it another day, than its cell: both are told.

A notice lists firms with a limit each, and sets one of them a stricter one in a later clause. Which holds is not for
Duban to choose.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from assistant.composers.tables.cited import CitedTable
from assistant.composers.tables.reading import TableReading
from assistant.composers.tables.running_text import RunningText
from assistant.composers.tables.series import amount, row_series
from assistant.composers.wording import flat
from assistant.draft import Statement, own_words
from assistant.library import Library
from assistant.proof.quantities import quantities
from assistant.understanding.table_names import named_of
from assistant.words import pairs
from ingest.anchor import Anchor
from ingest.paragraphs import fold_paragraph
from ingest.records import ColumnKind, FigureRow, Span
from ingest.time_expressions import time_expressions
from prompts import phrase
from vectorstore.folding import fold_query

_CLAUSES = re.compile("[，,；;。]")
# What was measured is no contradiction to what is asked for.
_DEMANDS = re.compile(
    r"执行|限值|标准|不[高大多超低小少]|控制|达到|目标|[须应]|要求|按|≤|≥|以[内下上]|低于|高于"
)
_PARTS = re.compile("[^；;]+")
_YEAR = re.compile(r"(?:19|20)\d{2}(?=年)")
_SHORTEST_NAME = 3
_MOST_TOLD = 2


class StatedOtherwise:
    """The sentences outside of a table that give one of its rows another value than its cell."""

    def __init__(
        self, library: Library, reading: TableReading, cited: CitedTable, text: RunningText
    ) -> None:
        self._library, self._reading, self._cited, self._text = library, reading, cited, text

    def statements(self, row: FigureRow, columns: Sequence[int]) -> list[Statement]:
        """What the text says otherwise of some cells of a row, behind a remark that it does; nothing where it agrees."""
        found = [
            sentence for sentence, part in self._naming(row) if self._differs(row, columns, part)
        ]
        if not 0 < len(found) <= _MOST_TOLD:
            return []
        told = (Statement(flat(one.quote), self._cited.cite(one)) for one in found)
        return [own_words(phrase("stated_otherwise")), *told]

    def _naming(self, row: FigureRow) -> Iterator[tuple[Span, Span]]:
        """The sentences with a part that names a row and no other, and that part."""
        name = fold_query(row.name)
        others = [
            fold_query(one.name)
            for one in self._reading.table.rows
            if name not in fold_query(one.name)
        ]
        for sentence in self._text.sentences() if len(name) >= _SHORTEST_NAME else ():
            for part in _PARTS.finditer(sentence.quote):
                said = fold_query(part.group())
                # 甲厂、乙厂须于…: what is set for several together is set for each.
                rest = _without_list(said, name, others)
                if name in said and not any(one in rest for one in others if one):
                    start = sentence.start + part.start()
                    yield sentence, Span(start, start + len(part.group()), part.group())

    def _differs(self, row: FigureRow, columns: Sequence[int], part: Span) -> bool:
        kinds = self._reading.table.columns
        return any(
            self._figure_differs(row, i, part)
            if kinds[i].kind is ColumnKind.FIGURES
            else self._day_differs(row, i, part)
            for i in columns
        )

    def _figure_differs(self, row: FigureRow, column: int, part: Span) -> bool:
        """Whether a part of a sentence asks for another figure of the column's name and unit, for the same time."""
        point = row_series(self._reading.table, row, [column]).points[0]
        plain = amount(point.value, point.unit) if point.value is not None else None
        named = named_of(fold_query(part.quote), [point.name]).get(0)
        if plain is None or named is None or named.weak:
            return False
        source = self._reading.parsed.source
        years = {str(one) for one in (*self._reading.years, source.year)}
        stated = [
            one.value
            for clause in _CLAUSES.split(fold_query(part.quote))
            if _DEMANDS.search(clause) and set(_YEAR.findall(clause)) <= years
            for one in quantities(clause)
            if one.unit == plain[1]
        ]
        return bool(stated) and plain[0] not in stated

    def _day_differs(self, row: FigureRow, column: int, part: Span) -> bool:
        """Whether a part of a sentence sets another day than a cell, of what another cell of the row or the question says."""
        days = self._days(row.cells[column].span.quote)
        source = self._reading.parsed.source
        set_days = {
            limit.latest
            for limit in self._library.limits(source.path)
            if part.covers(limit.phrase) and limit.latest is not None
        }
        if not days or not set_days or days & set_days:
            return False
        said = pairs(fold_query(part.quote).replace(fold_query(row.name), " "))
        cells = " ".join(
            cell.span.quote for i, cell in enumerate(row.cells) if i != column and not cell.blank
        )
        told = f"{self._reading.text} {cells}"
        about = pairs(fold_query(told).replace(fold_query(row.name), " "))
        return any(not re.search(r"\d", one) for one in said & about)

    def _days(self, cell: str) -> set[dt.date]:
        source = self._reading.parsed.source
        anchor = Anchor(source.issued, source.year, source.reports_progress)
        folded = fold_paragraph(cell, 0, len(cell))
        return {one.latest for one in time_expressions(folded, anchor)} if cell else set()


def _without_list(said: str, name: str, others: Sequence[str]) -> str:
    """A text without the list of rows that a row stands in: 甲厂、乙厂."""
    names = "|".join(map(re.escape, sorted({name, *filter(None, others)}, key=len, reverse=True)))
    for listed in re.finditer(rf"(?:{names})(?:[、和与及](?:{names}))+", said):
        if name in listed.group():
            return said.replace(listed.group(), " ")
    return said
