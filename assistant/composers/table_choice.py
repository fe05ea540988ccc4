"""Which table a question is about, if any: the one whose rows and columns it names, asked for what a table says.

A table stands beside sentences that speak of the same places and things. So a question is left to the sentences where it
asks for what is no figure, where it speaks of another year or of what was done, and where it names things that the
text knows and the table does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.library import Library
from assistant.query import Field, Operation, Query
from assistant.search import synonyms_of, with_synonyms
from assistant.understanding.fields import asks_amount
from assistant.understanding.places import is_no_single_place
from assistant.understanding.subjects import subjects
from assistant.understanding.table_names import Named, is_place_name, named_of, places_in
from assistant.understanding.topic import specific_words
from assistant.units import is_abbreviation
from assistant.vocabulary import asks, generic_words, load_words
from assistant.words import pairs
from ingest.numerals import parse_number
from ingest.records import ColumnKind, FigureRow, FigureTable, ParsedDocument
from ingest.tables import heading_of_column
from vectorstore.folding import fold_query

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=年)")
_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_NUMBERED = re.compile(r"(附[件表录]|表)\s*(\d{1,2}|[一二三四五六七八九十]{1,3})")
_YEARS_FROM_TODAY = (
    ("今年", 0),
    ("本年", 0),
    ("去年", -1),
    ("上年", -1),
    ("前年", -2),
    ("明年", 1),
)
_OF_ROWS = ("most", "fewest", "loosest", "strictest", "looser", "stricter")
_RECKONING = (*_OF_ROWS, "sum", "difference", "agrees", "refers", "each", "whole_row")
_BESIDE_FIGURES = {Field.TARGET}
# Characters in which a document says who issues it, to whom, on what.
_HEAD = 200
# Characters of a caption that a question has to repeat to mean the table.
_OF_CAPTION = 6
# From this share of a name on, a row that is no place is meant by itself.
_MOST_OF_NAME = 0.5
# … and from this one on, where a column is named too; 污水 alone does not mean 城市生活污水集中收集率.
_PART_OF_NAME = 0.4
_UNHEARD = re.compile(
    r"[\u4e00-\u9fff]{2,3}(?:镇|乡|街道|县|区)(?![\u4e00-\u9fff]{0,2}(?:局|委|办))"
)
_ZONE = re.compile(r"(?<![发新园])(?<!经开)(?<!高新)(?<!示范)区$|[村场]$")
_STATED = re.compile(r"正文|文(?:里|中)|前面|总数|总量|目标|指标|任务")


@dataclass(frozen=True, slots=True)
class TableReading:
    """A table with what a question names of it.

    `text` is the question, `confirms` that it asks to confirm what it says, `referred` that it names the table itself,
    `absent` a place it names that has no line.
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

    @property
    def years(self) -> frozenset[int]:
        """The years that its caption and its document's title speak of."""
        said = f"{self.caption}{self.parsed.source.title}"
        return frozenset(map(int, _ANY_YEAR.findall(said)))

    @property
    def transposed(self) -> bool:
        """Whether the places, of which each has its figures, are the columns and not the rows."""
        figures = [one for one in self.table.columns if one.kind is ColumnKind.FIGURES]
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


class TableChoice:
    """Chooses among the tables of the documents in scope."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def choose(self, query: Query) -> TableReading | None:
        """The table that a question is about; None where there is none, or where it may be about the text."""
        if not self._is_for_tables(query):
            return None
        readings = sorted(self._readings(query), key=lambda one: one.weight, reverse=True)
        if not readings:
            return None
        best = readings[0]
        rivals = [one for one in readings[1:] if one.weight == best.weight]
        return best if not rivals else None

    def _is_for_tables(self, query: Query) -> bool:
        other = query.task_numbers or query.people or query.unknown_years or query.overdue
        return query.operation is not Operation.COMPARE and not other

    def _readings(self, query: Query) -> Iterator[TableReading]:
        for parsed in self._library.within(query.documents):
            for table in parsed.tables:
                reading = self._reading(query, parsed, table)
                if reading is not None and self._is_about(query, reading):
                    yield reading

    def _reading(
        self, query: Query, parsed: ParsedDocument, table: FigureTable
    ) -> TableReading | None:
        text = _in_words_of(table, _with_years(query.text, query.as_of.year))
        path = self._library.place(parsed.source.path, table.span.start).section.path
        caption = "".join(table.caption.quote.split()) if table.caption else path[-1]
        reading = TableReading(
            parsed,
            table,
            query.text,
            _rows(table, text),
            _columns(table, text),
            caption,
            confirms=query.asks_confirmation,
            referred=self._is_referred_to(query.text, table, path, caption),
        )
        if query.refers_back and query.earlier:
            reading = self._with_earlier(reading, _in_words_of(table, query.earlier))
        reading = _with_fields(reading, query.fields)
        if not reading.rows:
            meant = {i: one for i, one in reading.columns.items() if not one.weak}
            reading = replace(reading, columns=meant)
        if absent := self._absent(query, reading):
            return replace(
                reading, rows={} if not reading.transposed else reading.rows, absent=absent
            )
        if not (reading.rows or reading.columns or reading.referred):
            return None
        return self._of_unit(query, reading)

    def _with_earlier(self, reading: TableReading, earlier: str) -> TableReading:
        """What the question leaves out, as the one before it named it; 哪个最多 leaves out no place."""
        of_all = any(asks("tables", name, reading.text) for name in (*_OF_ROWS, "sum"))
        rows, columns = _rows(reading.table, earlier), _columns(reading.table, earlier)
        if of_all and reading.transposed:
            columns = {}
        elif of_all:
            rows = {}
        return replace(reading, rows=reading.rows or rows, columns=reading.columns or columns)

    def _is_referred_to(
        self, text: str, table: FigureTable, path: tuple[str, ...], caption: str
    ) -> bool:
        """Whether the question names the table by its number, its annex or its title."""
        titled = named_of(text, [caption]).get(0)
        if titled is not None and not titled.weak:
            whole = titled.weight >= _OF_CAPTION
            if whole or any(f"{stretch}表" in text for stretch in titled.stretches):
                return True
        own = fold_query(" ".join([*path, table.caption.quote if table.caption else ""]))
        return bool(_numbers(text) & _numbers(own))

    def _of_unit(self, query: Query, reading: TableReading) -> TableReading | None:
        """Only the columns in whose unit the figure is asked; where none is named, the one that has it."""
        unit = asks_amount(query.text)
        if not unit or asks("tables", "rows", query.text):
            return reading
        table = reading.table
        rows = [table.rows[i] for i in reading.rows] or list(table.rows)
        fitting = {
            i: named
            for i, named in reading.columns.items()
            if table.columns[i].kind is not ColumnKind.FIGURES
            or any(_is_unit(unit, table.unit_of(row, i)) for row in rows)
        }
        if reading.columns and not fitting:
            return None
        if not reading.columns and reading.rows:
            having = [
                i
                for i, one in enumerate(table.columns)
                if one.kind is ColumnKind.FIGURES
                and any(_is_unit(unit, table.unit_of(row, i)) for row in rows)
            ]
            if not having:
                return None
            if len(having) == 1 and not reading.transposed:
                return replace(reading, columns={having[0]: Named(frozenset([unit]), 1, weak=True)})
        # A question may ask for several figures in units of their own.
        return reading

    # -- whether it is about the table -------------------------------------------------------------

    def _is_about(self, query: Query, reading: TableReading) -> bool:
        if not self._is_of_time(query, reading):
            return False
        if not self._answers(query, reading):
            return False
        if asks("tables", "agrees", query.text):
            return True
        if reading.absent:
            return asks("tables", "figure", query.text) or query.refers_back
        if not reading.rows and not self._is_shared_out(query, reading):
            return False
        return not self._speaks_of_more(query, reading)

    def _is_of_time(self, query: Query, reading: TableReading) -> bool:
        """Whether the table is of the time asked about, and of what is to be done where it is not of what was."""
        table, source = reading.table, reading.parsed.source
        spans = (*table.header, *table.notes, *(one.labels[0] for one in table.rows))
        own = "".join([source.title, reading.caption, *(one.quote for one in spans)])
        heads = "".join(one.name for one in table.columns) + reading.caption
        past = {
            f"{query.as_of.year + offset}"
            for word, offset in _YEARS_FROM_TODAY
            if offset < 0 and word in query.text
        }
        years = set(_YEAR.findall(query.text)) | past
        if years and not all(year in own for year in years):
            return False
        done = load_words("questions")["tables"]["done_heads"]
        return not asks("tables", "done", query.text) or any(word in heads for word in done)

    def _answers(self, query: Query, reading: TableReading) -> bool:
        """Whether the table has what is asked for beside figures: who, by when, how far."""
        columns = [reading.table.columns[i] for i in reading.columns]
        words = any(one.kind in (ColumnKind.TEXT, ColumnKind.LABEL) for one in columns)
        beside = query.fields - _BESIDE_FIGURES
        # 最多的是谁 asks for a row and not for a body.
        if any(asks("tables", name, query.text) for name in _OF_ROWS):
            beside -= {Field.RESPONSIBLE, Field.LEADER}
        done = load_words("questions")["tables"]["done_heads"]
        if query.status and not any(word in one.name for word in done for one in columns):
            return False
        if beside - {Field.STATUS} or (beside and not query.status):
            return words
        return words or not asks("tables", "other_than_figures", query.text)

    def _is_shared_out(self, query: Query, reading: TableReading) -> bool:
        """Whether the figures of the single rows are meant, and not one of the text as a whole."""
        said = ("shared_out", "refers")
        if reading.referred or any(asks("tables", name, query.text) for name in said):
            return True
        # A sum that no sentence can state is one of the table.
        return asks("tables", "sum", query.text) and not self._is_told(reading)

    def _is_told(self, reading: TableReading) -> bool:
        """Whether the text outside of tables has the words by which a column is named."""
        text = reading.parsed.source.text
        for table in reversed(reading.parsed.tables):
            text = text[: table.span.start] + "\n" + text[table.span.end :]
        words = {word for one in reading.columns.values() for word in one.stretches}
        return any(word in fold_query(text) for word in words)

    def _speaks_of_more(self, query: Query, reading: TableReading) -> bool:
        """Whether the question has a word that the text knows, and the table and what stands around it do not."""
        own = self._words_of(reading)
        known = pairs(own)
        elsewhere = self._library.folded(query.documents)
        ignored = generic_words() | set(load_words("questions")["tables"]["everyday"])
        for word in specific_words(query):
            if word in ignored or _STATED.search(word):
                continue
            if any(asks("tables", name, word) for name in _RECKONING):
                continue
            covered = word in own or pairs(word) & known
            if not covered and word in elsewhere:
                return True
        return False

    def _words_of(self, reading: TableReading) -> str:
        """The table, its caption, notes and headings, and what its document says of itself at its head, folded."""
        table, source = reading.table, reading.parsed.source
        path = self._library.place(source.path, table.span.start).section.path
        parts = [
            *path,
            reading.caption,
            source.title,
            source.region,
            *source.region_aliases,
            *subjects(source),
            source.text[:_HEAD],
            *(one.quote for one in table.header),
            *(one.span.quote for one in table.rows),
            *(one.quote for one in table.notes),
        ]
        return with_synonyms(fold_query(" ".join(parts)))

    # -- a place without a line --------------------------------------------------------------------

    def _absent(self, query: Query, reading: TableReading) -> str | None:
        """A place that the question names, that the document knows and that has no line in the table."""
        if not reading.of_places or not (
            reading.columns if not reading.transposed else reading.rows
        ):
            return None
        own_rows = _rows(reading.table, query.text) if not reading.transposed else {}
        own_columns = _columns(reading.table, query.text) if reading.transposed else {}
        if own_rows or own_columns:
            return None
        source = reading.parsed.source
        notes = [fold_query(one.quote) for one in reading.table.notes]
        text = fold_query(source.text)
        regions = {fold_query(source.region), *map(fold_query, source.region_aliases)}
        heads = fold_query("".join(one.quote for one in reading.table.header))
        for place in places_in(query.text):
            if len(place) < 3 or place in regions or is_no_single_place(place) or place in heads:
                continue
            noted = any(
                place in note or any(is_abbreviation(place, one) for one in places_in(note))
                for note in notes
            )
            # 禁燃区 is a zone, 治理村庄 a heading: of what ends so, only what a note speaks of is a place.
            if noted or (place in text and not _ZONE.search(place)):
                return place
        # One that stands nowhere begins what is left of the question when its document is taken away.
        unheard = _UNHEARD.match(query.topic)
        name = unheard.group() if unheard else ""
        return name if name and name not in text and not is_no_single_place(name) else None


def _numbers(text: str) -> set[tuple[str, int | None]]:
    """The numbered annexes and tables that a text names: 附件1, 表二."""
    return {
        ("表" if kind == "表" else "附", parse_number(number))
        for kind, number in _NUMBERED.findall(text)
    }


def _rows(table: FigureTable, text: str) -> dict[int, Named]:
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
    """Whether what is said of a row's labels is enough to mean it: its beginning, or a good part of one."""
    for label in (row.name, *(one.quote for one in row.labels[1:])):
        name = "".join(fold_query(label).split())
        if named.weight >= _PART_OF_NAME * len(name) and all(
            one in name for one in named.stretches
        ):
            return True
        if any(name.startswith(stretch) for stretch in named.stretches):
            return True
    return is_place_name(row.name)


def _columns(table: FigureTable, text: str) -> dict[int, Named]:
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
    return _of_years(table, named, set(_YEAR.findall(text)))


def _with_fields(reading: TableReading, fields: frozenset[Field]) -> TableReading:
    """With the columns of words that have the fields asked for: 完成时间 where it is asked when."""
    having = {
        i: Named(frozenset(), 0)
        for i, one in enumerate(reading.table.columns)
        if one.kind is ColumnKind.TEXT
        and heading_of_column(one.name) in {field.value for field in fields - _BESIDE_FIGURES}
    }
    if not reading.rows or not having:
        return reading
    return replace(reading, columns={**reading.columns, **having})


def _of_years(table: FigureTable, named: dict[int, Named], years: set[str]) -> dict[int, Named]:
    """Without the columns of other years, where some are of a year that the text names."""
    own = {i: set(_YEAR.findall(table.columns[i].name)) for i in named}
    if not any(one & years for one in own.values()):
        return named
    return {i: one for i, one in named.items() if not own[i] or own[i] & years}


def _in_words_of(table: FigureTable, text: str) -> str:
    """A text with the other words for what it names that the table has: 细颗粒物 for pm2.5."""
    columns, rows = (one.name for one in table.columns), (one.name for one in table.rows)
    own = fold_query(" ".join([*columns, *rows]))
    return " ".join([text, *(word for word in synonyms_of(text) if word in own)])


def _with_years(text: str, today: int) -> str:
    """A question with the years that it names by today's: 今年（2026年）."""
    said = (f"{today + offset}年" for word, offset in _YEARS_FROM_TODAY if word in text)
    return " ".join([text, *said])


def _is_unit(asked: str, unit: str) -> bool:
    """Whether a figure asked for in 辆 may be one in a unit of the same kind (台), or of another scale (万户)."""
    sets: list[list[str]] = load_words("questions")["amounts"]["sets"]
    same = next((words for words in sets if asked in words), [asked])
    return not unit or any(word in unit for word in same)
