"""A table read with a question in mind: which rows and columns the question names, and what it asks of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.query import Field, Query
from assistant.synonyms import synonyms_of
from assistant.understanding.row_conditions import (
    RowCondition,
    conditions_named,
    meets,
    year_of,
)
from assistant.understanding.table_names import Named, is_place_name, named_of
from assistant.vocabulary import asks, load_words
from ingest.records import ColumnKind, FigureRow, FigureTable, ParsedDocument, SourceDocument
from ingest.tables import heading_of_column
from vectorstore.folding import fold_query

YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=年)")
_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
YEARS_FROM_TODAY = (
    ("今年", 0),
    ("本年", 0),
    ("去年", -1),
    ("上年", -1),
    ("前年", -2),
    ("明年", 1),
)
BESIDE_FIGURES = frozenset({Field.TARGET})
# From this share of a name on, a row that is no place is meant; 污水 does not mean 城市生活污水集中收集率.
_MOST_OF_NAME = 0.5


@dataclass(frozen=True, slots=True)
class TableReading:
    """A table with what a question names of it.

    `text` is the question, `confirms` that it asks to confirm what it says, `referred` that it names the table itself,
    `absent` a place it names that has no line. `conditions` are what it asks the rows to have in their columns,
    `of_kind` tells that it says what the rows are (断面, 工程), `by_number` that it names some by their numbers, and `refers` that it goes back to what was asked before.
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
        figure = asks("tables", "figure", self.text) or self.confirms or len(self.columns) > 1
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
            return figure and (self.referred or max(shares) >= _MOST_OF_NAME)
        if self.transposed:
            return figure and asks("tables", "each", self.text)
        return whole and (self.referred or asks("tables", "shared_out", self.text))


def rows_named(table: FigureTable, text: str) -> dict[int, Named]:
    """The rows that a text names, by their names and by their other labels."""
    named = named_of(text, [one.name for one in table.rows])
    others: dict[int, int] = {}
    most = max((len(one.labels) for one in table.rows), default=0)
    for position in range(1, most):
        labels = [
            one.labels[position].quote if position < len(one.labels) else "" for one in table.rows
        ]
        found = named_of(text, labels)
        for index, one in found.items():
            if not one.weak:
                named.setdefault(index, one)
                others[index] = others.get(index, 0) + 1
    by_name = named_of(text, [one.name for one in table.rows])
    both = {i for i in by_name if others.get(i)}
    kept = both or (by_name.keys() or others.keys())
    totals = {i for i in kept if table.rows[i].total}
    meant = {i for i in kept if not named[i].weak and _is_enough(table.rows[i], named[i])}
    return {i: named[i] for i in sorted(meant - totals)}


def _is_enough(row: FigureRow, named: Named) -> bool:
    """Whether what is said of a row's labels is enough to mean it: a good part of one, or how its name begins."""
    if is_place_name(row.name) or any(row.name.startswith(part) for part in named.stretches):
        return True
    labels = (row.name, *(one.quote for one in row.labels[1:]))
    folded = ("".join(fold_query(label).split()) for label in labels)
    return any(
        named.weight >= _MOST_OF_NAME * len(name) and all(part in name for part in named.stretches)
        for name in folded
    )


def with_conditions(reading: TableReading, query: Query) -> TableReading:
    """With the rows that have in their columns what the question names, where it names any such thing.

    A row that is named by itself is one of them, or what the columns have in common with the question is no condition.
    """
    table = reading.table
    year = year_of(table, reading.parsed.source.year)
    named = tuple(conditions_named(table, query, year))
    own = {i for i, row in enumerate(table.rows) if not row.total}
    kept = {i for i in own if meets(table.rows[i], named)}
    rows = kept if table.of_tasks else kept & reading.rows.keys() or kept
    by_name = reading.rows.keys() and not table.of_tasks and not rows <= reading.rows.keys()
    if not named or not kept or kept == own or by_name:
        return reading
    stretches = frozenset(one.stretch for one in named)
    meant = Named(stretches, sum(map(len, stretches)))
    return replace(reading, rows=dict.fromkeys(sorted(rows), meant), conditions=named)


def with_rows_by_number(reading: TableReading, query: Query) -> TableReading:
    """With the rows that the question names by their numbers: 第4项 of a table that is no list of tasks."""
    table = reading.table
    if not query.task_numbers or table.of_tasks or table.listed:
        return reading
    own = [i for i, row in enumerate(table.rows) if not row.total]
    numbered = next(
        (i for i, one in enumerate(table.columns) if one.kind is ColumnKind.NUMBER), None
    )
    numbers = {
        str(place)
        if numbered is None
        else "".join(table.rows[i].cells[numbered].span.quote.split()): i
        for place, i in enumerate(own, start=1)
    }
    found = [numbers[str(one)] for one in query.task_numbers if str(one) in numbers]
    if len(found) < len(query.task_numbers):
        return reading
    rows = dict.fromkeys(found, Named(frozenset(), 2))
    return replace(reading, rows={**reading.rows, **rows}, by_number=True)


def with_row_answered(reading: TableReading, before: str) -> TableReading:
    """With the one row that the answer before told of, where the question goes on from it: 跟它后面第3项差多少."""
    table = reading.table
    told = [
        i for i, one in enumerate(table.rows) if not one.total and fold_query(one.name) in before
    ]
    if len(told) != 1 or table.of_tasks or (reading.rows and not reading.by_number):
        return reading
    rows = {**reading.rows, told[0]: Named(frozenset(), len(table.rows[told[0]].name))}
    return replace(reading, rows=rows)


def with_only_figures(reading: TableReading) -> TableReading:
    """With the column of figures that rows picked out are reckoned by, where the question leaves it out.

    It is the one whose figures have what is asked beside them (（自筹）), or the only one there is.
    """
    reckons = any(asks("tables", name, reading.text) for name in ("sum", "most", "fewest"))
    figures = reading.figure_columns
    if not (reading.conditions and reckons) or reading.columns.keys() & set(figures):
        return reading
    beside = [one.column for one in reading.conditions if one.column in figures]
    meant = beside or (figures if len(figures) == 1 else [])
    return replace(
        reading, columns={**reading.columns, **dict.fromkeys(meant, Named(frozenset(), 0))}
    )


def columns_named(table: FigureTable, text: str) -> dict[int, Named]:
    """The columns beside the first label's that a text names, by their lowest heading or by those above it."""
    usable = [
        i
        for i, one in enumerate(table.columns)
        if one.kind not in (ColumnKind.NUMBER, ColumnKind.UNIT)
    ]
    label = next(i for i in usable if table.columns[i].kind is ColumnKind.LABEL)
    usable.remove(label)
    found = named_of(text, [table.columns[i].name for i in usable])
    if not found:
        above = ["".join(head.quote for head in table.columns[i].heads[:-1]) for i in usable]
        found = named_of(text, above)
    named = {usable[i]: one for i, one in found.items() if not table.columns[usable[i]].total}
    return _of_years(table, named, set(YEAR.findall(text)))


def _of_years(table: FigureTable, named: dict[int, Named], years: set[str]) -> dict[int, Named]:
    """Without the columns of other years, where some are of a year that the text names."""
    own = {i: set(YEAR.findall(table.columns[i].name)) for i in named}
    if not any(one & years for one in own.values()):
        return named
    return {i: one for i, one in named.items() if not own[i] or own[i] & years}


def with_fields(reading: TableReading, fields: frozenset[Field]) -> TableReading:
    """With the columns of words that have the fields asked for: 完成时间 where it is asked when."""
    having = {
        i: Named(frozenset(), 0)
        for i, one in enumerate(reading.table.columns)
        if one.kind is ColumnKind.TEXT
        and heading_of_column(one.name) in {field.value for field in fields - BESIDE_FIGURES}
    }
    if not reading.rows or not having:
        return reading
    return replace(reading, columns={**reading.columns, **having})


def without_region(text: str, source: SourceDocument, table: FigureTable) -> str:
    """A text without the place of the document, which names no row, unless a row is a place called so too."""
    places = [row.name for row in table.rows if is_place_name(row.name)]
    for name in sorted((source.region, *source.region_aliases), key=len, reverse=True):
        if name and not any(place.startswith(name) for place in places):
            text = text.replace(fold_query(name), " ")
    return text


def in_words_of(table: FigureTable, text: str) -> str:
    """A text with the other words for what it names that the table has: 细颗粒物 for pm2.5."""
    columns, rows = (one.name for one in table.columns), (one.name for one in table.rows)
    own = fold_query(" ".join([*columns, *rows]))
    measured: dict[str, list[str]] = load_words("questions")["measured_columns"]
    left: dict[str, list[str]] = load_words("questions")["outstanding"]
    spoken: dict[str, list[str]] = load_words("questions")["spoken_heads"]
    meant = [
        noun
        for noun, ways in (*measured.items(), *left.items(), *spoken.items())
        if any(way in text for way in ways)
    ]
    return " ".join([text, *(word for word in (*synonyms_of(text), *meant) if word in own)])


def with_years(text: str, today: int) -> str:
    """A question with the years that it names by today's: 今年（2026年）."""
    said = (f"{today + offset}年" for word, offset in YEARS_FROM_TODAY if word in text)
    return " ".join([text, *said])
