"""Answers from tables of figures: cells, rows and columns by name, and what is reckoned from them.

Whether a question is about a table is decided narrowly: what a sentence may answer as well is left to the sentences.
Figures are quoted with the heading they stand under; what is reckoned says so and cites all that it was reckoned from.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.composers.tables.aims import Aims
from assistant.composers.tables.choice import TableChoice
from assistant.composers.tables.cited import CitedTable
from assistant.composers.tables.named_parts import in_words_of
from assistant.composers.tables.ordered_rows import ordered
from assistant.composers.tables.rank_moves import rank_moves
from assistant.composers.tables.ranked_rows import RankedRows
from assistant.composers.tables.reading import TableReading, is_verdict
from assistant.composers.tables.reckoning import Reckoning
from assistant.composers.tables.running_text import RunningText
from assistant.composers.tables.series import Point, amount, cell_point, column_series, row_series
from assistant.composers.tables.shortfalls import Shortfalls
from assistant.composers.tables.stated_bounds import StatedBounds
from assistant.composers.wording import flat
from assistant.draft import Block, Draft, Statement, own_words, paragraph, table
from assistant.library import Library
from assistant.proof.quantities import quantities
from assistant.query import Query
from assistant.understanding.claimed_limits import claimed_limit
from assistant.understanding.column_values import parts_of
from assistant.understanding.fields import asked_fields
from assistant.understanding.phases import phases_asked
from assistant.understanding.reckonings import asks_share
from assistant.understanding.row_conditions import (
    RowCondition,
    due_within,
    is_of_bodies,
    limit_column,
    meets,
    worded,
    year_of,
)
from assistant.understanding.table_names import named_of
from assistant.units import same_unit
from assistant.vocabulary import asks
from ingest.figure_tables.cells import bare_name
from ingest.records import ColumnKind, FigureRow
from ingest.tables import heading_of_column
from prompts import phrase
from vectorstore.folding import fold_query

_MEASURED = re.compile("监测值|实测|检测值|限值|标准值")
_PARTS = re.compile("[，,、；;。？?]")
_COUNTERS = frozenset("项个件家起处条座台")
_INTERROGATIVE = re.compile("什么|啥|几|多少|哪|谁|怎|咋|多久|何")


@dataclass(frozen=True, slots=True)
class TableAnswer:
    """What a table says to a question; `whole` unless the question asks for something besides.

    It is `refused` where all there is to say is that the table does not have what is asked.
    """

    blocks: tuple[Block, ...]
    whole: bool
    refused: bool = False


class FigureTableComposer:
    """Answers from the one table that a question's names point to."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._choice = TableChoice(library)
        self._shortfalls = Shortfalls(library, self._choice)
        self._stated_bounds = StatedBounds(library)

    def answer(self, query: Query) -> TableAnswer | None:
        """The table's part of the answer; None where the question is not, or may not be, about a table."""
        if lacking := self._shortfalls.lacking(query):
            return TableAnswer(tuple(lacking), whole=True)
        if claimed := self._shortfalls.claimed(query):
            return TableAnswer(tuple(claimed), whole=False)
        if shares := self._shortfalls.shares(query):
            return TableAnswer(tuple(shares), whole=True)
        if stated := self._stated_bounds.blocks(query):
            return TableAnswer(tuple(stated), whole=True)
        readings = self._choice.choose(query)
        if not readings:
            return self._of_other_period(query)
        if len(readings) > 1:
            return self._of_each(query, readings)
        reading = readings[0]
        answering = _Answering(self._library, query, reading)
        blocks = answering.blocks()
        if not blocks:
            return None
        said = sum(len(one.statements) for one in blocks)
        if reading.absent and (said == 1 or not reading.of_places):
            return TableAnswer(tuple(blocks), whole=True, refused=True)
        of_whole = asks("tables", "whole_place", query.text) and reading.rows
        if of_whole or (
            asks("tables", "text_too", query.text) and not asks("tables", "agrees", query.text)
        ):
            return TableAnswer(tuple(blocks), whole=False)  # the text speaks of it as well
        whole = _is_whole(reading)
        beside = [] if whole else answering.text.beside()
        return TableAnswer((*blocks, *beside), whole or bool(beside))

    def _of_each(self, query: Query, readings: Sequence[TableReading]) -> TableAnswer | None:
        """What each of several tables says that a question names alike, the newest first; None unless all do.

        Bulletins of a place have the same columns each time: which of them is meant is left to the reader.
        """
        answers = [
            _Answering(self._library, query, one).blocks()
            for one in sorted(readings, key=_issued, reverse=True)
            if one.absent is None
        ]
        if len(answers) < len(readings) or not all(answers):
            return None
        return TableAnswer(tuple(block for blocks in answers for block in blocks), whole=True)

    def instead(self, query: Query, draft: Draft) -> Draft:
        """An answer of sentences, after what a table says of the rows that the question names or picks out.

        Sentences that are rows and notes of that table are left out then: found one by one, they are some rows of
        it, and not those that are asked for.
        """
        blocks: list[Block] = []
        rest = [] if draft.refused else list(draft.blocks)
        for reading in self._choice.of_rows(query):
            if draft.refused and not (reading.columns or reading.conditions):
                return draft
            if not (reading.conditions or _takes_from(draft, reading)):
                return draft
            blocks += _Answering(self._library, query, reading).told()
            rest = _without_rows(rest, reading)
        return Draft((*blocks, *rest)) if blocks else draft

    def _of_other_period(self, query: Query) -> TableAnswer | None:
        """That the table which would answer is of another part of the year: its figures are no answer."""
        found = self._choice.of_other_period(query)
        if found is None:
            return None
        reading, period = found
        cited = CitedTable(self._library, reading)
        text = phrase("table_of_other_period", table=cited.name(), period=period)
        said = Statement(text, cited.header(), computed=(text,))
        return TableAnswer((paragraph(said),), whole=True, refused=True)


class _Answering:
    """One question put to one table."""

    def __init__(self, library: Library, query: Query, reading: TableReading) -> None:
        self._query, self._reading, self._table = query, reading, reading.table
        self._cited = CitedTable(library, reading)
        self.text = RunningText(reading, self._cited)

    def blocks(self) -> list[Block]:
        """The first kind of answer that the question's words ask for and the table can give."""
        if moved := rank_moves(self._reading, self._cited):
            return [paragraph(self._cited.lead(), *moved)]
        if ranked := RankedRows(self._reading, self._cited, self._sentence).statements():
            named = self._reading.named_rows
            notes = self._cited.notes(sorted(self._reading.columns), named) if named else []
            return [paragraph(self._cited.lead(), *ranked, *notes)]
        if held := Aims(self._reading, self._cited).statements():
            return [paragraph(self._cited.lead(), *held)]
        reckoning = Reckoning(self._reading, self._cited)
        if in_order := self._in_order(reckoning):
            return in_order
        rows, columns = self._reading.named_rows, sorted(self._reading.columns)
        agrees = self._asks("agrees")
        reckoned = self.text.agreement(reckoning) if agrees else reckoning.statements()
        picked = self._reading.conditions and not agrees
        if (
            picked
            and not reckoned
            and self._asks("each")
            and (quoted := self._quoted(rows, columns))
        ):
            return quoted
        if reckoned or picked:
            return self._reckoned(reckoning, reckoned)
        if agrees:
            return []
        if count := self._count():
            return [paragraph(self._cited.lead(), count)]
        if not rows and columns and self._asks("whole_place") and not self._asks("each"):
            rows = self._totals()
        return self._absent() or self._quoted(rows, columns)

    def _in_order(self, reckoning: Reckoning) -> list[Block]:
        """The rows in the order of a column with what else is asked of them, and their sum where that is asked."""
        found = ordered(self._reading, reckoning.series())
        if found is None:
            return []
        said = self._filtered(self._reading.named_rows) if self._reading.conditions else []
        said.append(self._cited.reckoned(found.said(), found.series.points))
        own = next(i for i, one in enumerate(self._table.columns) if one.name == found.series.name)
        shown = [own, *(i for i in sorted(self._reading.columns) if i != own)]
        kept = replace(found.series, points=found.points, totals=())
        behind = reckoning.left_open(found.series)
        behind += reckoning.sum(kept) if self._asks("sum") else []
        return [
            paragraph(self._cited.lead(reckoned=True), *said),
            self._lines_of([one.row for one in found.points], shown),
            *([paragraph(*behind)] if behind else []),
        ]

    def told(self) -> list[Block]:
        """What the table says of the rows that the question names or picks out, whatever is asked of them."""
        if self._reading.conditions:
            reckoning = Reckoning(self._reading, self._cited)
            return self._reckoned(reckoning, reckoning.statements())
        # What a question takes to be so is held against all that the row has.
        rows = self._reading.named_rows
        columns = [] if self._query.asks_confirmation else sorted(self._reading.columns)
        return self._of_rows(rows, columns or self._shown_columns(rows))

    def _reckoned(self, reckoning: Reckoning, found: Sequence[Statement]) -> list[Block]:
        """What was reckoned, after which rows it was reckoned from, and what else is asked of these."""
        rows, columns = self._reading.named_rows, sorted(self._reading.columns)
        said = list(found)
        if self._reading.conditions and not self._asks("agrees"):
            said = [*self._filtered(rows), *(said or reckoning.sums())]
        said += self._beside_ends(reckoning)
        if rows and self._asks("whole_place") and not asks_share(self._reading.text):
            said = [*(self._sentence(one, columns) for one in self._totals() if columns), *said]
        notes = self._cited.notes(columns, rows or self._table.rows)
        lead = paragraph(self._cited.lead(reckoned=True), *said, *notes)
        shown = self._asked_of_rows(columns, reckoned=bool(found))
        return [lead, self._lines_of(rows, shown)] if shown else [lead]

    def _totals(self) -> list[FigureRow]:
        """The row that adds up all others, where the question asks for the whole place beside some of them."""
        found = [one for one in self._table.rows if one.total]
        return found if len(found) == 1 else []

    def _asked_of_rows(self, columns: Sequence[int], *, reckoned: bool) -> list[int]:
        """The columns that are asked for of each of the rows which the question picks out."""
        if not self._reading.conditions or (self._table.of_tasks and reckoned):
            return []
        by = {one.column for one in self._reading.conditions}
        kinds = (ColumnKind.TEXT, ColumnKind.LABEL)
        return [
            i
            for i in columns
            if i not in by and (not reckoned or self._table.columns[i].kind in kinds)
        ]

    def _asks(self, name: str) -> bool:
        return asks("tables", name, self._reading.text)

    def _count(self) -> Statement | None:
        """How many rows the table has, where it is the table that is asked about."""
        named = self._reading.rows or self._reading.columns
        refers = self._asks("refers") or (self._table.in_words and self._reading.referred)
        if named or not (self._asks("rows") and refers):
            return None
        rows = [one for one in self._table.rows if not one.total]
        text = phrase(
            "table_count",
            count=len(rows),
            lines=self._cited.line_word(),
            names="、".join(one.name for one in rows),
        )
        return Statement(text, self._cited.cited_rows(rows), computed=(text,))

    def _beside_ends(self, reckoning: Reckoning) -> list[Statement]:
        """Who, by when and what else in words is asked of the row that has the largest or the smallest figure."""
        asked = {one.value for one in self._query.fields}
        shown = [
            i
            for i, one in enumerate(self._table.columns)
            if heading_of_column(one.name) in asked
            or (i in self._reading.columns and one.kind is ColumnKind.TEXT)
        ]
        if not shown:
            return []
        return [self._sentence(row, shown) for row in reckoning.rows_at_ends()]

    def _filtered(self, rows: Sequence[FigureRow]) -> list[Statement]:
        """Which rows have the values of columns that the question names, and how many.

        Where some of them are left out of the figures (除了雨水口), first how many there are with these.
        """
        wanted = [one for one in self._reading.conditions if not one.excluded]
        whole = [row for row in self._table.rows if not row.total and meets(row, wanted)]
        found = [(self._reading.conditions, rows)]
        if wanted and len(whole) > len(rows):
            found.insert(0, (tuple(wanted), whole))
        return [self._counted(*each) for each in found]

    def _counted(self, values: Sequence[RowCondition], rows: Sequence[FigureRow]) -> Statement:
        text = phrase(
            "table_filtered",
            conditions="；".join(worded(values)),
            count=len(rows),
            names="、".join(self._with_limit(one, values) for one in rows),
        )
        if self._table.in_words and self._query.overdue:
            text += phrase("passed_hint")
        return Statement(text, self._cited.cited_rows(rows), computed=(text,))

    def _with_limit(self, row: FigureRow, values: Sequence[RowCondition]) -> str:
        """A row of a table in words with the limits that it was picked by."""
        limits = [one.column for one in values if one.is_of_time] if self._table.in_words else []
        said = "，".join(flat(row.cells[i].span.quote) for i in dict.fromkeys(limits))
        return f"{row.name}（{said}）" if said else row.name

    def _absent(self) -> list[Block]:
        """That a place has no row of its own, with the note and the sentences that say why."""
        if self._reading.absent is None:
            return []
        place = self._reading.absent
        names = [one.name for one in self._lines()]
        text = phrase(
            "table_absent",
            table=self._cited.name(),
            place=place,
            lines=self._cited.line_word(),
            names="、".join(names),
        )
        head = self._cited.header()
        statements = [Statement(text, head, computed=(text,))]
        explained = [*self._cited.notes_on(place), *self.text.sentences_on(place)]
        return [paragraph(*statements, *explained)]

    def _lines(self) -> Sequence[Point]:
        """The lines that stand for places, whichever way the table lies."""
        if self._reading.transposed:
            return row_series(self._table, self._table.rows[0], self._reading.figure_columns).points
        column = self._reading.figure_columns[0]
        return column_series(self._table, column).points

    # -- cells as they are written -----------------------------------------------------------------

    def _quoted(self, rows: Sequence[FigureRow], columns: Sequence[int]) -> list[Block]:
        if not (self._reading.is_quotable or (rows and rows == self._totals())):
            return []
        if self._table.listed:
            return []
        rows = rows or list(self._table.rows)
        return self._of_rows(rows, columns or self._shown_columns(rows))

    def _of_rows(self, rows: Sequence[FigureRow], shown: Sequence[int]) -> list[Block]:
        """Some columns of some rows, with what the notes say of them."""
        columns = sorted(self._reading.columns)
        if len(rows) == 1:
            if self._leaves_part_open(shown):
                shown = self._shown_columns(rows)
            shown = self._with_measured(shown)
            said = self._sentence(rows[0], self._with_asserted(rows[0], shown))
            wrong = [
                *self._wrongly_asserted(rows[0], shown),
                *self._bodies_claimed(rows[0]),
                *self._limits_claimed(rows[0]),
            ]
            notes = self._cited.notes(columns, rows)
            if in_note := self._of_part_in_note(rows[0], notes):
                return [paragraph(*in_note)]
            return [paragraph(*wrong, self._cited.lead(), said, *notes)]
        notes = self._cited.notes(columns, rows)
        return [
            paragraph(self._cited.lead()),
            self._lines_of(rows, shown),
            *([paragraph(*notes)] if notes else []),
        ]

    def _leaves_part_open(self, columns: Sequence[int]) -> bool:
        """Whether a part of the question asks for none of some columns: 上什么设备 of 上什么设备，几时完."""
        heads = [self._table.columns[i].name for i in columns]
        roles = {heading_of_column(one) for one in heads}
        parts = [
            part
            for part in _PARTS.split(self._reading.text)
            if _INTERROGATIVE.search(part) and not asks("tables", "which", part)
        ]
        return len(parts) > 1 and any(
            not named_of(in_words_of(self._table, part), heads)
            and not roles & {one.value for one in asked_fields(part)}
            for part in parts
        )

    def _with_measured(self, columns: Sequence[int]) -> Sequence[int]:
        """With the figures and limits that a verdict asked for (是否超标) is on."""
        heads = self._table.columns
        if not any(is_verdict(heads[i].name) and heads[i].kind is ColumnKind.TEXT for i in columns):
            return columns
        others = [i for i, one in enumerate(heads) if _MEASURED.search(one.name)]
        return sorted({*columns, *self._reading.figure_columns, *others})

    def _with_asserted(self, row: FigureRow, columns: Sequence[int]) -> Sequence[int]:
        """With the column that has the figure put to us to confirm; with all where that is what these add up to."""
        other = self._held_by_another(row, columns)
        if other is None:
            return columns
        shown = self._reading.figure_columns if self._table.columns[other].total else [other]
        return sorted({*columns, *shown})

    def _held_by_another(self, row: FigureRow, columns: Sequence[int]) -> int | None:
        """The one column that has the figure put to us to confirm, where none of some columns has it."""
        if not self._query.asks_confirmation or self._reading.transposed:
            return None
        asserted = {(one.value, one.unit) for one in quantities(self._reading.text) if one.unit}
        having = [i for i in self._reading.figure_columns if self._plain(row, i) in asserted]
        return having[0] if len(having) == 1 and having[0] not in columns else None

    def _plain(self, row: FigureRow, column: int) -> tuple[Decimal, str] | None:
        """The figure of a cell in its plain unit; None where it has none."""
        point = self._point(row, column)
        return amount(point.value, point.unit) if point.value is not None else None

    def _of_part_in_note(self, row: FigureRow, notes: Sequence[Statement]) -> list[Statement]:
        """The notes on a row, where the question asks for a phase (三期) that they alone tell of: the row is another."""
        asked = phases_asked(self._reading.text)
        if any(one in fold_query(row.span.quote) for one in asked):
            return []
        return [one for one in notes if any(phase in one.text for phase in asked)]

    def _lines_of(self, rows: Sequence[FigureRow], shown: Sequence[int]) -> Block:
        """Some columns of some rows as a table."""
        columns = self._table.columns
        label = next((one.name for one in columns if one.kind is ColumnKind.LABEL), columns[0].name)
        head = (label, *(columns[i].name for i in shown))
        return table(head, tuple(self._line(row, shown) for row in rows))

    def _wrongly_asserted(self, row: FigureRow, columns: Sequence[int]) -> list[Statement]:
        """That a figure which the question puts to us to confirm is none of the cells that have its unit."""
        cells = [plain for i in columns if (plain := self._plain(row, i)) is not None]
        asserted = quantities(self._reading.text) if self._query.asks_confirmation else ()
        wrong = [
            one.written.strip()
            for one in asserted
            if (one.unit in {unit for _, unit in cells} and (one.value, one.unit) not in cells)
            # 5项 of a column of counts that leaves its unit out.
            or (
                one.unit in _COUNTERS
                and cells
                and all(not unit and value != one.value for value, unit in cells)
            )
        ]
        if not wrong:
            return []
        if (other := self._held_by_another(row, columns)) is not None:
            point = self._point(row, other)
            text = phrase(
                "table_of_another_column",
                asked=point.written,
                row=row.name,
                column=self._table.columns[other].name,
                named="、".join(self._table.columns[i].name for i in columns),
            )
            return [Statement(text, self._cited.evidence([point]), computed=(text,))]
        return [own_words(phrase("figures_differ", asked="、".join(wrong)))]

    def _bodies_claimed(self, row: FigureRow) -> list[Statement]:
        """Whether the row names a body that the question puts to us to confirm: 是农业农村局牵头的吧."""
        if not self._query.asks_confirmation or not self._query.wanted_units:
            return []
        columns = self._table.columns
        held = [
            (i, row.cells[i].span.quote) for i, one in enumerate(columns) if is_of_bodies(one.name)
        ]
        if not held:
            return []
        column, bodies = held[0]
        said = []
        for mention in self._query.wanted_units:
            if mention.name in row.name:
                continue  # 甲镇管网 is not said to be the town's
            named = any(
                same_unit(mention.name, part) for _, cell in held for part in parts_of(cell)
            )
            name = "table_body_is" if named else "table_body_not"
            values = {"row": row.name, "column": columns[column].name, "bodies": bodies}
            text = phrase(name, **values) if named else phrase(name, **values, asked=mention.name)
            said.append(Statement(text, self._cited.cited_rows([row]), computed=(text,)))
        return said

    def _limits_claimed(self, row: FigureRow) -> list[Statement]:
        """Whether a row is due when the question puts to us to confirm that it is: 10月底要完吧."""
        column, query = limit_column(self._table), self._query
        if column is None or not query.asks_confirmation:
            return []
        claimed = claimed_limit(query.text, query.as_of)
        asked = query.windows or ((claimed,) if claimed is not None else ())
        if len(asked) != 1:
            return []
        year = year_of(self._table, self._reading.parsed.source.year)
        due = due_within(row.cells[column].span.quote, asked[0], year)
        text = phrase(
            "table_limit_is" if due else "table_limit_differs",
            row=row.name,
            column=self._table.columns[column].name,
            limit=flat(row.cells[column].span.quote),
        )
        return [Statement(text, self._cited.cited_rows([row]), computed=(text,))]

    def _shown_columns(self, rows: Sequence[FigureRow]) -> list[int]:
        """All columns beside those that number and name some rows."""
        kinds = (ColumnKind.FIGURES, ColumnKind.TEXT, ColumnKind.LABEL)
        return [
            i
            for i, one in enumerate(self._table.columns)
            if one.kind in kinds
            and not all(bare_name(row.cells[i].span.quote)[0] in row.name for row in rows)
        ]

    def _sentence(self, row: FigureRow, columns: Sequence[int]) -> Statement:
        points = [self._point(row, i) for i in columns]
        cells = [_cell(one.name, one) for one in points]
        subject = row.name
        if self._reading.transposed and len(points) == 1:
            subject, cells = points[0].name, [_cell(row.name, points[0])]
        several = self._reading.transposed and len(points) > 1
        name = "table_line" if several else "table_cells"
        text = phrase(name, row=subject, cells="，".join(cells))
        heads = self._cited.header() if self._reading.transposed else ()
        return Statement(text, self._cited.evidence(points) + heads, computed=tuple(cells))

    def _line(self, row: FigureRow, columns: Sequence[int]) -> Statement:
        cells = tuple(self._point(row, i).written for i in columns)
        return Statement("", self._cited.cited_rows([row]), (row.name, *cells), computed=cells)

    def _point(self, row: FigureRow, column: int) -> Point:
        return cell_point(self._table, row, column)


def _issued(reading: TableReading) -> dt.date:
    source = reading.parsed.source
    return source.issued or source.published or dt.date(source.year or dt.MINYEAR, 1, 1)


def _cell(name: str, point: Point) -> str:
    if point.cell.blank:
        return phrase("table_cell_blank", column=name, blank=point.written)
    return phrase("table_cell", column=name, figure=point.written)


def _takes_from(draft: Draft, reading: TableReading) -> bool:
    """Whether an answer is taken from a table, other than the rows of it that are named."""
    source, table = reading.parsed.source, reading.table
    quoted = [
        one.span
        for said in draft.statements()
        for one in said.evidence
        if one.document.path == source.path
    ]
    told = {i for i, row in enumerate(table.rows) if any(one.overlaps(row.span) for one in quoted)}
    noted = any(one.overlaps(note) for one in quoted for note in table.notes)
    return told != set(reading.rows) and bool(told or noted)


def _without_rows(blocks: Sequence[Block], reading: TableReading) -> list[Block]:
    """Blocks without what they say from some table, and without a lead that nothing follows then."""
    source, table = reading.parsed.source, reading.table
    own = (table.span, *table.notes)

    def is_of_table(said: Statement) -> bool:
        return any(
            one.document.path == source.path and any(one.span.overlaps(span) for span in own)
            for one in said.evidence
        )

    kept = [
        replace(block, statements=tuple(one for one in block.statements if not is_of_table(one)))
        for block in blocks
    ]
    return [one for one in kept if one.statements] if any(_proven(one) for one in kept) else []


def _proven(block: Block) -> bool:
    return any(one.evidence for one in block.statements)


def _is_whole(reading: TableReading) -> bool:
    """Whether each part of the question that asks for a figure names something of the table."""
    heads = [one.name for one in reading.table.columns]
    rows = [one.name for one in reading.table.rows]
    parts = [part for part in _PARTS.split(reading.text) if asks("tables", "figure", part)]
    if len(parts) < 2:
        return True
    reckons = ("sum", "difference", "agrees", "most", "fewest", "loosest", "strictest", "each")
    return all(
        named_of(part, heads)
        or named_of(part, rows)
        or any(asks("tables", name, part) for name in reckons)
        for part in parts
    )
