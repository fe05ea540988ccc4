"""The unit of a figure that a row of a list has in a column, which the heading alone states: 投入（万元）."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.composers.tables.series import cell_point
from assistant.composers.wording import flat
from ingest.records import ParsedDocument, Span


@dataclass(frozen=True, slots=True)
class Written:
    """A cell for reading, and the headings that state the unit which it is given."""

    text: str
    heads: tuple[Span, ...] = ()


def with_unit(parsed: ParsedDocument, cell: Span) -> Written:
    """A cell as it is read, a figure with the unit of its column."""
    plain = flat(cell.quote)
    for table in parsed.tables:
        for row in table.rows if table.span.covers(cell) else ():
            for place, one in enumerate(row.cells):
                if one.span == cell and one.value:
                    text = cell_point(table, row, place).written
                    return Written(text, table.header if text != plain else ())
    return Written(plain)
