"""Figures that documents of one place give of one thing: what reports tell was reached, and what plans aim at for a year.

A figure of a report stands in a sentence or in a table; one of a sentence is of the whole place, one of a row of the place
that the row is. Two are of one thing where they have one name, one unit and one place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.composers.tables.series import decimal_text, unit_of_gap
from assistant.library import Library
from assistant.understanding.fields import asks_amount
from assistant.understanding.table_names import is_place_name, named_of
from ingest.records import ColumnKind, FigureTable, Indicator, ParsedDocument, Span
from vectorstore.folding import fold_query

_MARK = re.compile(r"^(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）.．、])+(?!\d)")
_ANY_NAME = re.compile(
    r"全[省市县区州镇乡]|(?:19|20)\d{2}年|年均|平均|均值|年度|累计|目标值?|[计规]划|[（(][^（()）]*[)）]|\s"
)
_REACHED = re.compile("现状|实际|完成|基数|基准|同期|上年|去年")
_CHANGES = ("个百分点", "百分点")
_UNITS_OF_ANYTHING = ("个", "")
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A figure with what it is of; `place` is empty where it is of the whole place that its document speaks for.

    `heading` is what it stands under and `when` its time as the document writes it.
    """

    parsed: ParsedDocument
    name: str
    value: Decimal
    unit: str
    spans: tuple[Span, ...]
    place: str = ""
    heading: str = ""
    when: str = ""

    @property
    def written(self) -> str:
        return f"{decimal_text(self.value)}{self.unit}"

    @property
    def key(self) -> str:
        """The name without what says neither of what the figure is nor of which part."""
        return _ANY_NAME.sub("", _MARK.sub("", fold_query(self.name)))

    def is_of_same(self, other: StatedFigure) -> bool:
        """Whether two figures are of one thing, be it that one of them leaves its heading to say of what."""
        if self.unit != other.unit or self.place != other.place:
            return False
        one, two = self.key, other.key
        return (
            one == two or _says_rest(one, two, other.heading) or _says_rest(two, one, self.heading)
        )

    def gap_to(self, other: StatedFigure) -> str:
        """How far two figures are apart, with the unit of a difference."""
        return f"{decimal_text(abs(self.value - other.value))}{unit_of_gap(self.unit)}"


def figures_reported(library: Library, parsed: ParsedDocument) -> Iterator[StatedFigure]:
    """The figures that a report gives, in its sentences and in its tables."""
    for one in library.indicators(parsed.source.path):
        if one.comparator == "=" and one.unit not in _CHANGES:
            yield from _of_sentence(library, parsed, one)
    for table in parsed.tables:
        if not table.listed:
            yield from _of_rows(parsed, table)


def figures_aimed_at(library: Library, parsed: ParsedDocument, year: int) -> Iterator[StatedFigure]:
    """The figures that a plan aims at for a year."""
    for one in library.indicators(parsed.source.path):
        if one.year == year:
            yield from _of_sentence(library, parsed, one)
    for table in parsed.tables:
        for i, column in enumerate(table.columns):
            of_year = str(year) in column.name and not _REACHED.search(column.name)
            if column.kind is ColumnKind.FIGURES and of_year:
                yield from _of_column(parsed, table, i)


def compared(
    ones: Iterable[StatedFigure], others: Iterable[StatedFigure]
) -> list[tuple[StatedFigure, StatedFigure]]:
    """The figures of one thing that stand in both, where either gives one value for it."""
    second = list(others)
    pairs = [(one, other) for one in ones for other in second if one.is_of_same(other)]
    single: list[tuple[StatedFigure, StatedFigure]] = []
    for one, other in pairs:
        same = [pair for pair in pairs if pair[0].is_of_same(one) or pair[1].is_of_same(other)]
        values = {pair[0].value for pair in same}, {pair[1].value for pair in same}
        known = any(pair[0].is_of_same(one) for pair in single)
        if all(len(own) == 1 for own in values) and not known:
            single.append((one, other))
    return single


def asked_of(
    text: str, pairs: Sequence[tuple[StatedFigure, StatedFigure]]
) -> tuple[StatedFigure, StatedFigure] | None:
    """The one of some pairs that a folded question names, by its place and by what it is of."""
    places = list(dict.fromkeys(one.place for one, _ in pairs if one.place))
    named = {places[i] for i in named_of(text, places)}
    unit = asks_amount(text) or ""
    meant = [
        pair
        for pair in pairs
        if (pair[0].place in named if named else not pair[0].place)
        and (unit in pair[0].unit or pair[0].unit in _UNITS_OF_ANYTHING)
    ]
    found = named_of(text, [max(one.key, other.key, key=len) for one, other in meant])
    strong = {i: one for i, one in found.items() if not one.weak}
    found = strong or found
    best = max((one.weight for one in found.values()), default=0)
    chosen = [meant[i] for i, one in found.items() if one.weight == best]
    # A sentence and the total of a table may both have it.
    alike = {(one.value, other.value) for one, other in chosen}
    return chosen[0] if len(alike) == 1 else None


def display_name(one: StatedFigure, other: StatedFigure) -> str:
    """The fuller of two names for one thing, without its mark."""
    return max((_MARK.sub("", each.name) for each in (one, other)), key=len)


def _says_rest(full: str, bare: str, heading: str) -> bool:
    """Whether a name ends with another one, in whose heading its beginning stands: 保有量 under 新能源货车推广不足."""
    rest = full.removesuffix(bare)
    return bool(bare) and len(rest) >= _SHORTEST and rest != full and rest in fold_query(heading)


def _of_sentence(
    library: Library, parsed: ParsedDocument, one: Indicator
) -> Iterator[StatedFigure]:
    try:
        value = Decimal(one.value.replace(",", ""))
    except ArithmeticError:
        return
    section = library.place(parsed.source.path, one.span.start).section
    yield StatedFigure(
        parsed, one.name, value, one.unit, (one.clause,), "", section.title, one.date
    )


def _of_rows(parsed: ParsedDocument, table: FigureTable) -> Iterator[StatedFigure]:
    """The cells of a table whose rows are places, those of its only total as of the whole."""
    rows = [one for one in table.rows if not one.total]
    if not rows or not all(is_place_name(one.name) for one in rows):
        return
    totals = [one for one in table.rows if one.total]
    for row in [*rows, *(totals if len(totals) == 1 else ())]:
        for i, column in enumerate(table.columns):
            if column.kind is ColumnKind.FIGURES and row.cells[i].value:
                yield StatedFigure(
                    parsed,
                    column.name,
                    Decimal(row.cells[i].value),
                    table.unit_of(row, i),
                    (row.span,),
                    "" if row.total else row.name,
                )


def _of_column(parsed: ParsedDocument, table: FigureTable, column: int) -> Iterator[StatedFigure]:
    """The cells of one column: of places, what the column aims at; of measures, what each row does."""
    places = all(is_place_name(one.name) for one in table.rows if not one.total)
    for row in table.rows:
        if row.cells[column].value and not row.total:
            yield StatedFigure(
                parsed,
                table.columns[column].name if places else row.name,
                Decimal(row.cells[column].value),
                table.unit_of(row, column),
                (row.span, *table.header),
                row.name if places else "",
            )
