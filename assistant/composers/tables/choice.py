"""Which table a question is about, if any: the one whose rows and columns it names, asked for what a table says.

A table stands beside sentences that speak of the same places and things. So a question is left to the sentences where it
asks for what is no figure, where it speaks of another year or of what was done, and where it names things that the
text knows and the table does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.composers.tables.reading import (
    BESIDE_FIGURES,
    YEAR,
    YEARS_FROM_TODAY,
    TableReading,
    columns_named,
    in_words_of,
    rows_named,
    with_conditions,
    with_fields,
    with_only_figures,
    with_row_answered,
    with_rows_by_number,
    with_years,
    without_region,
)
from assistant.library import Library
from assistant.query import Field, Operation, Query
from assistant.synonyms import synonyms_of, with_synonyms
from assistant.understanding.fields import asks_amount
from assistant.understanding.places import is_no_single_place
from assistant.understanding.row_bounds import bound_asked
from assistant.understanding.subjects import subjects
from assistant.understanding.table_names import Named, named_of, places_in
from assistant.understanding.topic import specific_words
from assistant.units import is_abbreviation
from assistant.vocabulary import asks, generic_words, load_words
from assistant.words import cut, pairs
from ingest.numerals import parse_number
from ingest.records import ColumnKind, FigureTable, ParsedDocument
from ingest.tables import heading_of_column
from vectorstore.folding import fold_query

_NUMBERED = re.compile(r"(附[件表录]|表)\s*(\d{1,2}|[一二三四五六七八九十]{1,3})")
_OF_ROWS = ("most", "fewest", "loosest", "strictest", "looser", "stricter")
_RECKONING = (*_OF_ROWS, "sum", "difference", "agrees", "refers", "each", "whole_row")
# Characters in which a document says who issues it, to whom, on what.
_HEAD = 200
# Characters of a caption that a question has to repeat to mean the table.
_OF_CAPTION = 6
_OPENING_PLACE = re.compile(
    r"[\u4e00-\u9fff]{2,3}(?:新区|开发区|高新区|园区|镇|乡|街道|县|区)(?![\u4e00-\u9fff]{0,2}(?:局|委|办))"
)
_ZONE = re.compile(r"(?<![发新园])(?<!经开)(?<!高新)(?<!示范)区$|[村场]$")
_STATED = re.compile(r"正文|文(?:里|中)|前面|总数|总量|目标|指标|任务")


class TableChoice:
    """Chooses among the tables of the documents in scope."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._pairs: dict[str, set[str]] = {}

    def choose(self, query: Query) -> TableReading | None:
        """The table that a question is about; None where there is none, or where it may be about the text."""
        if not self._is_for_tables(query):
            return None
        found = list(self._readings(query))
        readings = [one for one in found if self._is_about(query, one)]
        if not readings:
            return None
        best = max(readings, key=lambda one: one.weight)
        # A list of tasks that the question picks rows of is asked by its tasks.
        rivals = [
            one for one in found if one in readings or (one.table.of_tasks and one.conditions)
        ]
        ahead = [one for one in rivals if one is not best and one.weight >= best.weight]
        return best if not ahead else None

    def _is_for_tables(self, query: Query) -> bool:
        documents = self._library.within(query.documents)
        compares = query.operation is Operation.COMPARE and len(documents) > 1
        return not (compares or query.unknown_years or query.overdue)

    def _readings(self, query: Query) -> Iterator[TableReading]:
        said = f"{query.text} {query.earlier}"
        asked = pairs(" ".join([said, *synonyms_of(said)]))
        for parsed in self._library.within(query.documents):
            for table in parsed.tables:
                if not asked & self._pairs_of(parsed, table):
                    continue
                reading = self._reading(query, parsed, table)
                if reading is not None:
                    yield reading

    def _pairs_of(self, parsed: ParsedDocument, table: FigureTable) -> set[str]:
        """What a question has to share something with to be about a table: there may be very many of these."""
        key = f"{parsed.source.path}\n{table.id}"
        if key not in self._pairs:
            path = self._library.place(parsed.source.path, table.span.start).section.path
            words = [*path, *(one.name for one in table.columns)]
            words += [label.quote for row in table.rows for label in row.labels]
            caption = [table.caption.quote] if table.caption else []
            self._pairs[key] = pairs(fold_query("，".join([*words, *caption])))
        return self._pairs[key]

    def _reading(
        self, query: Query, parsed: ParsedDocument, table: FigureTable
    ) -> TableReading | None:
        asked = without_region(query.text, parsed.source, table)
        text = in_words_of(table, with_years(asked, query.as_of.year))
        # What the rows asked for are held against is none of them.
        other = self._held_against(query)
        text = text.replace(other, " " * len(other)) if other else text
        about = _without(query, other)
        path = self._library.place(parsed.source.path, table.span.start).section.path
        caption = "".join(table.caption.quote.split()) if table.caption else path[-1]
        reading = TableReading(
            parsed,
            table,
            query.text,
            rows_named(table, text),
            columns_named(table, text),
            caption,
            confirms=query.asks_confirmation,
            referred=self._is_referred_to(query.text, table, path, caption),
            of_kind=_names_kind(query.text, table, caption),
            refers=query.refers_back,
        )
        reading = with_rows_by_number(with_conditions(reading, about), query)
        reading = with_only_figures(reading)
        if query.refers_back and query.earlier:
            reading = with_row_answered(self._with_earlier(reading, query), query.context)
        reading = with_fields(reading, query.fields)
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

    @staticmethod
    def _held_against(query: Query) -> str:
        """What else has the bound that the question sets to the rows it asks for: 河西街道 of 比河西街道还高."""
        bound = bound_asked(query.text) if asks("tables", "which", query.text) else None
        return bound.other if bound is not None else ""

    def _with_earlier(self, reading: TableReading, query: Query) -> TableReading:
        """What the question leaves out, as the one before it named it; 哪个最多 leaves out no place.

        Where it only puts something else in the place of what was asked before (换成颗粒物呢), the same is reckoned.
        """
        earlier = in_words_of(reading.table, query.earlier)
        of_all = any(asks("tables", name, reading.text) for name in (*_OF_ROWS, "sum"))
        rows, columns = rows_named(reading.table, earlier), columns_named(reading.table, earlier)
        if of_all and reading.transposed:
            columns = {}
        elif of_all:
            rows = {}
        if not (reading.rows or of_all):
            asked = replace(query, text=query.earlier)
            before = with_conditions(replace(reading, text=earlier, rows=rows), asked)
            rows, reading = before.rows, replace(reading, conditions=before.conditions)
        reckons = any(asks("tables", name, reading.text) for name in _RECKONING)
        if asks("operations", "swaps", reading.text) and not reckons:
            reading = replace(reading, text=f"{reading.text} {query.earlier}")
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
        figures = any(i in reading.figure_columns for i in fitting)
        # The name of a column of words (排口) may only say what the rows picked out are.
        if reading.rows and (not reading.columns or (reading.conditions and not figures)):
            having = [
                i
                for i, one in enumerate(table.columns)
                if one.kind is ColumnKind.FIGURES
                and any(_is_unit(unit, table.unit_of(row, i)) for row in rows)
            ]
            if not having:
                return None
            if len(having) == 1 and not reading.transposed:
                return replace(reading, columns={having[0]: Named(frozenset([unit]), 1)})
        # A question may ask for several figures in units of their own.
        return reading

    # -- whether it is about the table -------------------------------------------------------------

    def _is_about(self, query: Query, reading: TableReading) -> bool:
        if reading.table.listed and not reading.referred:
            return False  # the lines of a list are sentences, which are found as such
        if reading.table.of_tasks and not reading.names_figures:
            return False  # who, by when and how far are told by the tasks that its rows are
        if reading.table.of_tasks and query.status is not None and not reading.asks_by_state:
            return False  # the figures of all rows are not those of the rows that are done
        if not _is_of_those_named(query, reading):
            return False
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
            for word, offset in YEARS_FROM_TODAY
            if offset < 0 and word in query.text
        }
        years = set(YEAR.findall(query.text)) | past
        if years and not all(year in own for year in years):
            return False
        done = load_words("questions")["tables"]["done_heads"]
        return not asks("tables", "done", query.text) or any(word in heads for word in done)

    def _answers(self, query: Query, reading: TableReading) -> bool:
        """Whether the table has what is asked for beside figures: who, by when, how far."""
        columns = [reading.table.columns[i] for i in reading.columns]
        words = any(one.kind in (ColumnKind.TEXT, ColumnKind.LABEL) for one in columns)
        beside = query.fields - BESIDE_FIGURES
        roles = set(map(heading_of_column, self._heads(reading)))
        words = words or (reading.table.of_tasks and {one.value for one in beside} <= roles)
        if Field.LEADER in beside and "leader" not in roles:
            return False
        # 最多的是谁 asks for a row and not for a body, and so does 哪几家 of the rows of some kind.
        of_rows = any(asks("tables", name, query.text) for name in _OF_ROWS)
        picked = (reading.conditions or reading.by_number) and not asks(
            "tables", "duty", query.text
        )
        if of_rows or picked:
            beside -= {Field.RESPONSIBLE, Field.LEADER}
        done = load_words("questions")["tables"]["done_heads"]
        told = (
            any(asks("operations", query.status, one.stretch) for one in reading.conditions)
            if query.status
            else False
        )
        if (
            query.status
            and not told
            and not any(word in one.name for word in done for one in columns)
        ):
            return False
        if told and not beside:
            return True
        if beside - {Field.STATUS} or (beside and not query.status):
            return words
        return words or not asks("tables", "other_than_figures", query.text)

    @staticmethod
    def _heads(reading: TableReading) -> list[str]:
        return [one.name for one in reading.table.columns]

    def _is_shared_out(self, query: Query, reading: TableReading) -> bool:
        """Whether the figures of the single rows are meant, and not one of the text as a whole."""
        said = ("shared_out", "refers")
        if reading.referred or any(asks("tables", name, query.text) for name in said):
            return True
        # Of the figures of a list of tasks, the largest, or one beyond a bound, is that of one of its rows.
        of_rows = (*_OF_ROWS, "bounded")
        if reading.table.of_tasks and any(asks("tables", name, query.text) for name in of_rows):
            return True
        # So is what the rows of some kind have in their columns, or which of their figures keep to a bound.
        bounded = asks("tables", "which", query.text) and bound_asked(query.text) is not None
        picks = reading.conditions or bounded
        if reading.of_kind and (picks or any(asks("tables", name, query.text) for name in of_rows)):
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
        """Whether the question has a word that the text knows, and the table and what stands around it do not.

        Of words that only other documents know, it takes several, or a place: everyday words stand everywhere.
        """
        own = self._words_of(reading)
        known = pairs(own)
        here = self._library.folded([reading.parsed.source.path])
        elsewhere = self._library.folded(query.documents)
        ignored = generic_words() | set(load_words("questions")["tables"]["everyday"])
        others = [
            word
            for word in specific_words(query)
            if not (word in ignored or _STATED.search(word) or word in own or pairs(word) & known)
            and not any(asks("tables", name, word) for name in _RECKONING)
        ]
        if any(word in here for word in others):
            return True
        place = _opening_place(query)
        if place in elsewhere and place not in here:
            return True
        return sum(word in elsewhere for word in others) > 1

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
        own_rows = rows_named(reading.table, query.text) if not reading.transposed else {}
        own_columns = columns_named(reading.table, query.text) if reading.transposed else {}
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
        place = _opening_place(query)
        return place if place not in self._library.folded(query.documents) else None


def _without(query: Query, other: str) -> Query:
    """The question without some words of it and the bodies that are named by them."""
    if not other:
        return query
    units = tuple(one for one in query.units if one.name not in other)
    return replace(query, text=query.text.replace(other, " " * len(other)), units=units)


def _is_of_those_named(query: Query, reading: TableReading) -> bool:
    """Whether the persons and numbers that the question names are those of rows of the table."""
    said = {one.stretch for one in reading.conditions}
    numbered = reading.by_number and (reading.referred or query.refers_back)
    return set(query.people) <= said and (numbered or not query.task_numbers)


def _names_kind(text: str, table: FigureTable, caption: str) -> bool:
    """Whether a question says what the rows of a table are, as its title or the heading of its rows does."""
    heading = next((one.name for one in table.columns if one.kind is ColumnKind.LABEL), "")
    words = {word for name in (heading, caption) for word in cut(fold_query(name))}
    return any(len(word) > 1 and not word.isdigit() and word in text for word in words)


def _opening_place(query: Query) -> str:
    """The place that the topic of a question begins with, once its document's own is taken away; empty without one."""
    match = _OPENING_PLACE.match(query.topic)
    return match.group() if match and not is_no_single_place(match.group()) else ""


def _numbers(text: str) -> set[tuple[str, int | None]]:
    """The numbered annexes and tables that a text names: 附件1, 表二."""
    return {
        ("表" if kind == "表" else "附", parse_number(number))
        for kind, number in _NUMBERED.findall(text)
    }


def _is_unit(asked: str, unit: str) -> bool:
    """Whether a figure asked for in 辆 may be one in a unit of the same kind (台), or of another scale (万户)."""
    sets: list[list[str]] = load_words("questions")["amounts"]["sets"]
    same = next((words for words in sets if asked in words), [asked])
    return not unit or any(word in unit for word in same)
