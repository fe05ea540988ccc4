"""Annexes that list projects with their figures, one numbered line each: a table of figures without columns.

1.甲公司脱硝改造，氮氧化物减排620吨，2025年底前完成。 A figure is told by the name that it has in its line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.brackets import trim
from ingest.figure_tables.cells import read_figure
from ingest.outline import record_id
from ingest.records import (
    ColumnKind,
    FigureCell,
    FigureColumn,
    FigureRow,
    FigureTable,
    Indicator,
    Section,
    Span,
    Task,
)

_FEWEST_ITEMS = 3
# Of the items, so that a list of measures in which figures occur now and then is none.
_HAVING_FIGURES = 0.6
_LONGEST_ITEM = 120
_NAME_END = re.compile("[，,：:；;。]")

Named = tuple[str, str]


def find_figure_lists(
    text: str,
    sha256: str,
    sections: Sequence[Section],
    indicators: Sequence[Indicator],
    tasks: Sequence[Task],
) -> tuple[FigureTable, ...]:
    """The annexes that list items with figures of the same names; one whose items are tasks is read as tasks."""
    found = (
        _table(
            text, sha256, section, [one for one in sections if one.parent == section.id], indicators
        )
        for section in sections
        if section.annex and not any(section.span.overlaps(task.span) for task in tasks)
    )
    return tuple(table for table in found if table is not None)


def _table(
    text: str,
    sha256: str,
    section: Section,
    items: Sequence[Section],
    indicators: Sequence[Indicator],
) -> FigureTable | None:
    if len(items) < _FEWEST_ITEMS or any(len(one.span.quote) > _LONGEST_ITEM for one in items):
        return None
    own = [[one for one in indicators if item.span.covers(one.span)] for item in items]
    counted = Counter({(one.name, one.unit): 0 for of_item in own for one in of_item})
    for of_item in own:
        counted.update({(one.name, one.unit) for one in of_item})
    names = [name for name, count in counted.items() if count > 1]
    having = sum(any((one.name, one.unit) in names for one in of_item) for of_item in own)
    if not names or having < _HAVING_FIGURES * len(items):
        return None
    start, end = items[0].span.start, items[-1].span.end
    columns = (FigureColumn(ColumnKind.LABEL, "", ()), *_columns(names))
    return FigureTable(
        id=record_id(sha256, "table", start, end),
        span=Span(start, end, text[start:end]),
        header=(section.heading,),
        columns=columns,
        rows=tuple(
            _row(text, item, of_item, names) for item, of_item in zip(items, own, strict=True)
        ),
        caption=_title(text, section),
        listed=True,
    )


def _columns(names: Sequence[Named]) -> Iterator[FigureColumn]:
    for name, unit in names:
        yield FigureColumn(ColumnKind.FIGURES, name, (), unit)


def _row(
    text: str, item: Section, indicators: Sequence[Indicator], names: Sequence[Named]
) -> FigureRow:
    start, end = trim(text, item.span.start + len(item.number), item.span.end)
    if stop := _NAME_END.search(text, start, end):
        end = stop.start()
    label = Span(start, end, text[start:end])
    by_name = {(one.name, one.unit): one for one in reversed(indicators)}
    cells = [FigureCell(label), *(_cell(text, item, by_name.get(name)) for name in names)]
    return FigureRow(label.quote, (label,), item.span, tuple(cells))


def _cell(text: str, item: Section, indicator: Indicator | None) -> FigureCell:
    """The figure with its unit as it stands in the line; none where the line has none of this name."""
    end = item.span.end
    if indicator is None:
        return FigureCell(Span(end, end, ""), blank=True)
    written = re.search(
        rf"{re.escape(indicator.value)}\s*{re.escape(indicator.unit)}", indicator.span.quote
    )
    if written is None:
        return FigureCell(Span(end, end, ""), blank=True)
    begin = indicator.span.start + written.start()
    stop = indicator.span.start + written.end()
    figure = read_figure(indicator.value)
    value = figure.value if figure else ""
    return FigureCell(Span(begin, stop, text[begin:stop]), value, indicator.unit)


def _title(text: str, section: Section) -> Span | None:
    """The annex's title without its number, where the heading has one."""
    begin, end = trim(text, section.heading.start + len(section.number), section.heading.end)
    return Span(begin, end, text[begin:end]) if begin < end else None
