"""Which table a question is about, if any: the one whose rows and columns it names, asked for what a table says.

A table stands beside sentences that speak of the same places and things. So a question is left to the sentences where it
asks for what is no figure, where it speaks of another year or of what was done, and where it names things that the
text knows and the table does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.composers.tables.aims import aim_asked
from assistant.composers.tables.change_columns import is_change, year_pairs
from assistant.composers.tables.named_parts import (
    MOST_OF_NAME,
    YEAR,
    YEARS_FROM_TODAY,
    core,
)
from assistant.composers.tables.naming import OF_ROWS, RECKONING, TableNaming, opening_place
from assistant.composers.tables.rank_moves import asks_move
from assistant.composers.tables.reading import BESIDE_FIGURES, TableReading
from assistant.ledger import Reported, reported_by
from assistant.library import Library
from assistant.query import Field, Operation, Query
from assistant.synonyms import synonyms_of, with_synonyms
from assistant.understanding.orders import asked_order
from assistant.understanding.periods import periods
from assistant.understanding.phases import is_of_phase
from assistant.understanding.reckonings import asks_share
from assistant.understanding.row_bounds import bound_asked, picks_rows
from assistant.understanding.row_conditions import overdue_columns, tells_people
from assistant.understanding.subjects import subjects
from assistant.understanding.table_names import Named, is_place_name
from assistant.understanding.table_ranks import asked_rank, matters_of, rank_column
from assistant.understanding.task_columns import heads_called
from assistant.understanding.topic import specific_words, topic_of
from assistant.vocabulary import asks, generic_words, load_words
from assistant.words import cut, pairs
from ingest.records import ColumnKind, FigureTable, ParsedDocument
from ingest.tables import heading_of_column
from vectorstore.folding import fold_query

# Characters in which a document says who issues it, to whom, on what.
_HEAD = 200
_STATED = re.compile(r"正文|文(?:里|中)|前面|总数|总量|目标|指标|任务")
_DAY_HEADING = re.compile(r"(?:时间|时限|期限|日期)$")
_HOW_MANY = re.compile(r"(?:多少|几)[个座处条家户台辆项件](?P<what>[\u4e00-\u9fff]?)")
_DONE_HEAD = re.compile("^(?:其中)?已?(?:完成|办结|销号)")
_NOT_YET = (Reported.NOT_DONE, Reported.NOT_CLOSED)
_RATE = re.compile(r"[\u4e00-\u9fff]{2}率")
_ROWS = "项目、工程、任务、问题、事项的"
_ENDS = ("most", "fewest")
_MOST_TABLES = 3
# 黄牌, 评了D的: a grade of one character.
_GRADE_SAID = re.compile("[a-z甲乙丙丁红黄绿蓝橙白黑]")
_PLACES_ASKED = re.compile(
    r"哪(?:些|几|一)?个?(?:县区|区县|县|区|乡镇|镇街|镇|乡|街道|村)(?![\u4e00-\u9fff]{0,3}(?:局|委|办|领导|政府|长))"
)
_BODIES = frozenset({Field.RESPONSIBLE, Field.LEADER})


class TableChoice:
    """Chooses among the tables of the documents in scope."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._naming = TableNaming(library)
        self._pairs: dict[str, set[str]] = {}

    def choose(self, query: Query) -> list[TableReading]:
        """The table that a question is about; several where as much of it names each; none where it may be about the text."""
        if not self._is_for_tables(query):
            return []
        found = list(self._readings(query))
        readings = [
            one for one in found if _is_of_period(query, one) and self._is_about(query, one)
        ]
        most = max((one.weight for one in readings), default=0)
        # A list of tasks that the question picks rows of is asked by its tasks.
        rivals = [
            one
            for one in found
            if one.table.of_tasks
            and one.conditions
            and one not in readings
            and one.weight >= most
            and _has_places_asked(query, one)
        ]
        best = [one for one in readings if one.weight == most]
        return best if not rivals and len(best) <= _MOST_TABLES else []

    def of_other_period(self, query: Query) -> tuple[TableReading, str] | None:
        """A table that would answer, were it of the part of the year asked about, and that part, of which no text speaks."""
        asked = periods(query.text)
        if not asked or not self._is_for_tables(query):
            return None
        if asked.keys() & periods(self._library.folded(query.documents)).keys():
            return None
        others = (
            one
            for one in self._readings(query)
            if not _is_of_period(query, one) and self._is_about(query, one)
        )
        best = max(others, key=lambda one: one.weight, default=None)
        return (best, "、".join(asked.values())) if best is not None else None

    def of_rows(self, query: Query) -> list[TableReading]:
        """The table of which a question names a firm or a project, or picks rows by what they have in a column.

        What is asked of them may be anything. Rows of several tables may be picked; where several have one that is
        named, which is meant is not known.
        """
        if not self._is_for_tables(query):
            return []
        found = [one for one in self._readings(query) if self._is_of_rows(query, one)]
        most = max((one.weight for one in found), default=0)
        best = [one for one in found if one.weight == most]
        picked = len(best) <= _MOST_TABLES and all(one.conditions for one in best)
        return best if picked or len(best) == 1 else []

    def _is_of_rows(self, query: Query, reading: TableReading) -> bool:
        table = reading.table
        if table.of_tasks or table.listed or reading.absent or reading.transposed:
            return False
        by_time = all(one.is_of_time for one in reading.conditions)
        picked = bool(reading.conditions) and picks_rows(query.text)
        picked = picked and (reading.of_kind or not by_time)
        named = bool(reading.rows) and not reading.conditions and _names_firms(reading)
        named = named and not query.refers_back  # of whom that is asked, the answer before tells
        of_those = _is_of_those_named(query, reading)
        return of_those and (picked or named) and self.is_meant(query, reading)

    def is_meant(self, query: Query, reading: TableReading) -> bool:
        """Whether a table of which a question names a row or a plan is of its time and has all that it names."""
        of_time = _is_of_period(query, reading) and self._is_of_time(query, reading)
        return of_time and not self._speaks_of_more(query, reading)

    def _is_for_tables(self, query: Query) -> bool:
        documents = self._library.within(query.documents)
        compares = query.operation is Operation.COMPARE and len(documents) > 1
        return not (compares or query.unknown_years)

    def _readings(self, query: Query) -> Iterator[TableReading]:
        said = f"{query.text} {query.earlier}"
        asked = pairs(" ".join([said, *synonyms_of(said), *heads_called(said)]))
        asked |= set(_GRADE_SAID.findall(query.text))
        bounded = _sets_bound(query)
        asks_rank = asked_rank(query.text) is not None
        asks_change = asks("tables", "change", query.text)
        for parsed in self._library.within(query.documents):
            for table in parsed.tables:
                ranked = asks_rank and rank_column(table) is not None
                changes = asks_change and bool(year_pairs(table))
                if not (ranked or bounded or changes or asked & self._pairs_of(parsed, table)):
                    continue
                reading = self._naming.reading(query, parsed, table)
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
            cells = {fold_query(cell.span.quote) for row in table.rows for cell in row.cells}
            self._pairs[key] = pairs(fold_query("，".join([*words, *caption]))) | {
                one for one in cells if len(one) == 1 and not one.isdigit()
            }
        return self._pairs[key]

    # -- whether it is about the table -------------------------------------------------------------

    def _is_about(self, query: Query, reading: TableReading) -> bool:
        if reading.table.listed and not reading.referred:
            return False  # the lines of a list are sentences, which are found as such
        if reading.table.in_words and not _picks_rows_in_words(reading):
            return False  # one row of words is a sentence
        if reading.table.of_tasks and not reading.names_figures:
            return False  # who, by when and how far are told by the tasks that its rows are
        if reading.table.of_tasks and query.status is not None and not reading.asks_by_state:
            return False  # the figures of all rows are not those of the rows that are done
        if query.overdue and (reading.table.of_tasks or not _tells_overdue(reading)):
            return False
        if _asks_for_tasks(query, reading):
            return False
        if not _is_of_those_named(query, reading) or _asks_of_a_class(query, reading):
            return False
        if reading.rank and not _ranks_what_is_asked(query, reading):
            return False
        if not _has_places_asked(query, reading):
            return False
        if not self._is_of_time(query, reading):
            return False
        if aim_asked(reading) is not None and (reading.rows or self._is_shared_out(query, reading)):
            return True  # a table alone has both for each row
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
        # The year in which rows are finished is not that of the table.
        of_rows = {year for one in reading.conditions for year in YEAR.findall(one.stretch)}
        years = (set(YEAR.findall(query.text)) | past) - of_rows
        if years and not all(year in own for year in years):
            return False
        done = load_words("questions")["tables"]["done_heads"]
        # 同比 asks for what was, and is told by a column of changes.
        changes = any(is_change(table.columns[i].name) for i in reading.columns)
        return (
            changes or not asks("tables", "done", query.text) or any(word in heads for word in done)
        )

    def _answers(self, query: Query, reading: TableReading) -> bool:
        """Whether the table has what is asked for beside figures: who, by when, how far."""
        columns = [reading.table.columns[i] for i in reading.columns]
        words = any(one.kind in (ColumnKind.TEXT, ColumnKind.LABEL) for one in columns)
        roles = {heading_of_column(one.name) for one in reading.table.columns}
        asked = query.fields - BESIDE_FIGURES
        # Who and by when is asked of the row at an end (最贵的谁管) as well as of a task.
        of_a_row = reading.table.of_tasks or any(asks("tables", name, query.text) for name in _ENDS)
        words = words or (of_a_row and {one.value for one in asked} <= roles)
        told = {one.column for one in reading.conditions}
        if Field.MEASURES in asked - roles and told >= reading.columns.keys():
            return False  # what picks the rows out (超标) is not how they are mended
        if Field.LEADER in asked and "leader" not in roles and not any(map(tells_people, columns)):
            return False
        if _counts_by_days(query, reading):
            return False
        if asks("tables", "later_limit", query.text) and any(
            one.name.startswith("原") for one in columns
        ):
            return False  # 原定时限 is not the limit that was set after it
        beside = asked - (_BODIES if _asks_for_rows(query, reading) else frozenset())
        picked = _picks_by_state(query, reading)
        done = load_words("questions")["tables"]["done_heads"]
        heads = [one.name for one in columns]
        if query.status and not picked and not any(word in head for word in done for head in heads):
            return _has_column_of(query, reading)
        if picked and not beside:
            return True
        if beside - {Field.STATUS} or (beside and not query.status):
            return words
        return words or not asks("tables", "other_than_figures", query.text)

    def _is_shared_out(self, query: Query, reading: TableReading) -> bool:
        """Whether the figures of the single rows are meant, and not one of the text as a whole."""
        said = ("shared_out", "refers")
        if (
            reading.rank
            or asks_move(reading)
            or reading.referred
            or any(asks("tables", name, query.text) for name in said)
        ):
            return True
        # Of the figures of a list of tasks, the largest, or one beyond a bound, is that of one of its rows.
        of_rows = (*OF_ROWS, "bounded")
        if reading.table.of_tasks and any(asks("tables", name, query.text) for name in of_rows):
            return True
        if asked_order(query.text) is not None and reading.names_figures:
            return True
        if _sets_bound(query) and reading.names_figures:
            return True  # 完成率没到60%的 are rows of the table that has this column
        # So is what the rows of some kind have in their columns, or which of their figures keep to a bound.
        moved = any(is_change(reading.table.columns[i].name) for i in reading.columns)
        picks = reading.conditions or _sets_bound(query)
        picks = picks or (moved and asks("tables", "moves", query.text))
        if reading.of_kind and (picks or any(asks("tables", name, query.text) for name in of_rows)):
            return True
        if _asks_for_total(query, reading):
            return True
        # How far the two ends of a column are apart no sentence tells.
        if reading.names_figures and all(asks("tables", end, query.text) for end in _ENDS):
            return True
        # A sum that no sentence can state is one of the table.
        return asks("tables", "sum", query.text) and not self._is_told(reading)

    def _is_told(self, reading: TableReading) -> bool:
        """Whether the text outside of tables has the words by which a column is named.

        What a note says of a column is no figure of the rows, where these are asked for by what they are.
        """
        text = reading.parsed.source.text
        tables = reading.parsed.tables
        spans = [table.span for table in tables]
        spans += [note for table in tables for note in table.notes if reading.of_kind]
        for span in sorted(spans, key=lambda one: one.start, reverse=True):
            text = text[: span.start] + "\n" + text[span.end :]
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
        summed = any(row.total for row in reading.table.rows)
        words = specific_words(query)
        if query.refers_back and not self._naming.names_columns(query, reading):
            # Without a column of its own it goes where the question before it went.
            before = topic_of(query.context, self._library)
            words += specific_words(replace(query, text=query.context, topic=before))
        others = [
            word
            for word in words
            if not (
                word in ignored
                or (summed and asks("tables", "whole_place", word))
                or (reading.rank and word in reading.rank.said)
                or _STATED.search(word)
                or word in own
                or pairs(word) & known
            )
            and not any(asks("tables", name, word) for name in RECKONING)
        ]
        plain = re.sub("[（()）]", "", own)
        others = [one for one in others if one not in plain and bound_asked(one) is None]
        if any(word in here for word in others):
            return True
        rates = [one for one in _RATE.findall(query.text) if one in here]
        table = fold_query(reading.caption + reading.table.span.quote)
        if any(one not in table for one in rates):
            return True  # a rate that the text has is none of the amounts in a table without it
        place = opening_place(query)
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


def _names_firms(reading: TableReading) -> bool:
    """Whether the rows named are no places, and are named by most of their own names, by all of another label, or by a phase."""
    rows = [(reading.table.rows[i], one) for i, one in reading.rows.items()]
    return not any(is_place_name(row.name) for row, _ in rows) and all(
        _is_called(fold_query(core(row.name)), one)
        or is_of_phase(reading.text, [row.name])
        or any(fold_query(label.quote) in one.stretches for label in row.labels[1:])
        for row, one in rows
    )


def _ranks_what_is_asked(query: Query, reading: TableReading) -> bool:
    """Whether a ranking is not of another matter than the question's: by water, where places are ranked by air."""
    table = reading.table
    own = matters_of(fold_query("，".join([reading.caption, *(one.name for one in table.columns)])))
    asked = matters_of(query.text)
    return not (own and asked) or bool(own & asked)


def _has_places_asked(query: Query, reading: TableReading) -> bool:
    """Whether the rows of a table are places, or have places in a column, where places are asked for: 哪个县."""
    if reading.of_places or _PLACES_ASKED.search(query.text) is None:
        return True
    rows = [one for one in reading.table.rows if not one.total]
    return any(
        one.kind in (ColumnKind.TEXT, ColumnKind.LABEL)
        and 2 * sum(is_place_name(row.cells[i].span.quote) for row in rows) > len(rows)
        for i, one in enumerate(reading.table.columns)
    )


def _is_called(name: str, named: Named) -> bool:
    return named.weight >= MOST_OF_NAME * len(name) and all(
        part in name for part in named.stretches
    )


def _is_of_period(query: Query, reading: TableReading) -> bool:
    """Whether a table that is of some part of the year is of the one asked about: 三季度 tells nothing of 二季度.

    A row or a note may tell of another part. The month in which rows began or ended is none of the table.
    """
    table = reading.table
    heads = [reading.parsed.source.title, reading.caption, *(one.name for one in table.columns)]
    of_table = periods(fold_query("，".join([*heads, *(one.quote for one in table.header)])))
    labels = (label.quote for row in table.rows for label in row.labels)
    beside = periods(fold_query("，".join([*labels, *(one.quote for one in table.notes)])))
    of_rows = periods("，".join(one.stretch for one in reading.conditions))
    asked = periods(query.text).keys() - of_rows.keys()
    told = asked <= of_table.keys() | beside.keys()
    return not (asked and of_table) or told or Field.DEADLINE in query.fields


def _asks_for_tasks(query: Query, reading: TableReading) -> bool:
    """Whether the tasks that a row counts are asked for, and no column has it: 信访的几件都啥情况, 占全部几成."""
    if query.operation is not Operation.LIST_TASKS or reading.table.of_tasks or reading.rank:
        return False
    heads = [reading.table.columns[i].name for i in reading.columns]
    if heads:  # 没办完的 is no 已办完
        return query.status in _NOT_YET and all(map(_DONE_HEAD.search, heads))
    return asks("tables", "how_far", query.text) or asks_share(query.text)


def _counts_by_days(query: Query, reading: TableReading) -> bool:
    """Whether it is asked how many of what are no rows, and the columns named only say when: 完成几个村."""
    named = [reading.table.columns[i] for i in reading.columns]
    when = bool(named) and all(
        one.kind is not ColumnKind.FIGURES and _DAY_HEADING.search(one.name) for one in named
    )
    counted = _HOW_MANY.search(query.text)
    if not when or counted is None or Field.DEADLINE in query.fields:
        return False
    heads = "，".join(one.name for one in reading.table.columns)
    own = any(
        word.startswith(counted["what"]) for word in cut(f"{_ROWS}，{reading.caption}，{heads}")
    )
    return not (reading.conditions and own)


def _asks_for_rows(query: Query, reading: TableReading) -> bool:
    """Whether a row and no body is asked for: 最多的是谁, and 哪几家 of rows that are picked out."""
    if reading.rank or any(asks("tables", name, query.text) for name in OF_ROWS):
        return True
    compares = len(reading.rows) > 1 and asks("tables", "difference", query.text)
    if compares and not asks("tables", "duty", query.text):
        return True
    picked = bool(reading.conditions) or reading.by_number or _sets_bound(query)
    return picked and not asks("tables", "duty", query.text)


def _asks_of_a_class(query: Query, reading: TableReading) -> bool:
    """Whether a figure is asked of rows by their class alone, which only a sentence can have: B类企业限产多少."""
    graded = any(one.is_of_grade for one in reading.conditions)
    of_rows = (*RECKONING, "which", "rows", "refers")
    return (
        graded
        and not reading.columns
        and re.search("有(?:多少|几)", query.text) is None
        and not any(asks("tables", name, query.text) for name in of_rows)
    )


def _asks_for_total(query: Query, reading: TableReading) -> bool:
    """Whether the whole place's figure of one year is asked for, and a row adds up all others of that year."""
    of_years = [i for i in reading.columns if YEAR.search(reading.table.columns[i].name)]
    return (
        asks("tables", "whole_place", query.text)
        and asks("tables", "figure", query.text)
        and len(of_years) == len(reading.columns) == 1
        and sum(row.total for row in reading.table.rows) == 1
    )


def _sets_bound(query: Query) -> bool:
    """Whether the rows asked for, or counted, are those within a bound."""
    return picks_rows(query.text) and bound_asked(query.text) is not None


def _picks_by_state(query: Query, reading: TableReading) -> bool:
    """Whether the progress asked for is what the rows have in a column: 未开工 as 开工时间."""
    status = query.status
    said = (one.stretch for one in reading.conditions)
    return status is not None and any(
        asks("operations", status, one) or reported_by(one) is status for one in said
    )


def _picks_rows_in_words(reading: TableReading) -> bool:
    """Whether a question asks which rows of a table in words are due by a time or somebody's, or how many there are.

    A row that is named is told by its sentence, and 任务 are those of the text.
    """
    if not (reading.conditions or reading.rows):
        return reading.referred and asks("tables", "rows", reading.text)
    names = [fold_query(row.name) for row in reading.named_rows]
    picks = [one for one in reading.conditions if one.is_of_time or one.is_of_bodies]
    if not picks or any(one.stretch in name for one in picks for name in names):
        return False
    heading = next(one.name for one in reading.table.columns if one.kind is ColumnKind.LABEL)
    kind = heading.removesuffix("名称")
    called = ("项目", "工程") if kind == "项目" else (kind,)
    return reading.referred or any(word in reading.text for word in called)


def _tells_overdue(reading: TableReading) -> bool:
    """Whether the rows are picked out by their limits and what is left of each to do."""
    if reading.table.in_words:
        return any(one.is_of_time for one in reading.conditions)
    columns = overdue_columns(reading.table)
    return columns is not None and set(columns) <= {one.column for one in reading.conditions}


def _has_column_of(query: Query, reading: TableReading) -> bool:
    """Whether a column of figures that the question names counts what has the progress asked for: 滞后."""
    named = (reading.table.columns[i].name for i in reading.columns.keys() & reading.figure_columns)
    # 没有滞后的 are those of which the column counts none.
    asked = Reported.BEHIND if query.status is Reported.NOT_BEHIND else query.status
    return any(reported_by(one) is asked for one in named)


def _is_of_those_named(query: Query, reading: TableReading) -> bool:
    """Whether the persons and numbers that the question names are those of rows of the table."""
    said = {one.stretch for one in reading.conditions}
    numbered = reading.by_number and (reading.referred or query.refers_back)
    numbered = numbered or reading.rank is not None
    return set(query.people) <= said and (numbered or not query.task_numbers)
