"""Answers from tables of figures: cells, rows and columns by name, their ends, sums and differences.

Whether a question is about a table is decided narrowly: what a sentence may answer as well is left to the sentences.
Figures are quoted with the heading they stand under; what is reckoned says so and cites all that it was reckoned from.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.composers.table_choice import TableChoice, TableReading
from assistant.composers.table_series import (
    Point,
    Series,
    amount,
    column_series,
    decimal_text,
    in_unit,
    row_series,
)
from assistant.composers.wording import cite, flat
from assistant.draft import Block, Evidence, Statement, bullets, paragraph, table
from assistant.library import Library
from assistant.proof.quantities import quantities
from assistant.query import Query
from assistant.understanding.table_names import named_of, places_in
from assistant.units import is_abbreviation
from assistant.vocabulary import asks, wording
from ingest.passages import split_sentences
from ingest.records import ColumnKind, FigureRow, Indicator, Span
from prompts import phrase
from vectorstore.folding import fold_query

_NOTE_HEAD = re.compile(
    r"^[(（*]?(?:附?注释?|备注|说明)\s*\d*\s*[:：.．、]\s*|^\d{1,2}\s*[.．、)）]\s*"
)
_WITH_UNIT = re.compile(r"(\d+(?:\.\d+)?)\s*([^\s\d，。；、,;（）()]{1,10})")
_PARTS = re.compile("[，,、；;。？?]")
_MOST_STATED, _MOST_BESIDE = 2, 3
_ENDS = (("most", True), ("fewest", False), ("loosest", None), ("strictest", None))


_BOUND = re.compile(
    r"(?P<word>超过|高于|大于|多于|不低于|不少于|不小于|达到|至少|低于|少于|小于|不到|不足|不超过|不高于)"
    r"(?P<behind>\d+(?:\.\d+)?)"
    r"|(?P<before>\d+(?:\.\d+)?)[^\d,，。;；?？]{0,10}?(?P<trail>以上|以下|以内)"
)
_COMPARED: dict[str, Callable[[Decimal, Decimal], bool]] = {
    **dict.fromkeys(("超过", "高于", "大于", "多于"), operator.gt),
    **dict.fromkeys(("不低于", "不少于", "不小于", "达到", "至少", "以上"), operator.ge),
    **dict.fromkeys(("低于", "少于", "小于", "不到", "不足"), operator.lt),
    **dict.fromkeys(("不超过", "不高于", "以下", "以内"), operator.le),
}


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

    def answer(self, query: Query) -> TableAnswer | None:
        """The table's part of the answer; None where the question is not, or may not be, about a table."""
        reading = self._choice.choose(query)
        if reading is None:
            return None
        answering = _Answering(self._library, query, reading)
        blocks = answering.blocks()
        if not blocks:
            return None
        if reading.absent and sum(len(one.statements) for one in blocks) == 1:
            return TableAnswer(tuple(blocks), whole=True, refused=True)
        if asks("tables", "whole_place", query.text) and reading.rows:
            return TableAnswer(tuple(blocks), whole=False)  # the text speaks of the whole
        whole = _is_whole(reading)
        beside = [] if whole else answering.beside()
        return TableAnswer((*blocks, *beside), whole or bool(beside))


class _Answering:
    """One question put to one table."""

    def __init__(self, library: Library, query: Query, reading: TableReading) -> None:
        self._library, self._query, self._reading = library, query, reading
        self._source, self._table = reading.parsed.source, reading.table
        self._text = reading.text

    def blocks(self) -> list[Block]:
        """The first kind of answer that the question's words ask for and the table can give."""
        reckoned: list[Statement] = []
        if self._asks("agrees"):
            reckoned = self._agreement()
        elif series := self._series():
            if self._asks("bounded") and self._asks("which"):
                reckoned += [one for each in series for one in self._within_bound(each)]
            elif self._asks("which") or len(self._reading.rows) > 1 or self._asks_both_ends():
                reckoned += self._ends(series)
            if self._asks("sum"):
                reckoned += [one for each in series for one in self._sum(each)]
        if not reckoned and self._asks_difference():
            reckoned = self._difference()
        if reckoned:
            notes = self._notes(self._columns(), self._lines_reckoned())
            return [paragraph(self._lead("table_reckoned"), *reckoned, *notes)]
        if count := self._count():
            return [paragraph(self._lead("table_says"), count)]
        if absent := self._absent():
            return absent
        return self._quoted()

    def _asks(self, name: str) -> bool:
        return asks("tables", name, self._text)

    def _asks_both_ends(self) -> bool:
        return self._asks("most") and self._asks("fewest")

    def _asks_difference(self) -> bool:
        return any(self._asks(name) for name in ("difference", "looser", "stricter"))

    # -- which rows and columns --------------------------------------------------------------------

    def _rows(self) -> list[FigureRow]:
        return [self._table.rows[i] for i in sorted(self._reading.rows)]

    def _columns(self) -> list[int]:
        return sorted(self._reading.columns)

    def _figure_columns(self) -> list[int]:
        return [i for i, one in enumerate(self._table.columns) if one.kind is ColumnKind.FIGURES]

    def _series(self) -> list[Series]:
        """What is reckoned with: the columns named, or the rows named where these have several places."""
        rows, columns = self._rows(), self._columns()
        figures = [i for i in columns if i in self._figure_columns()]
        if self._reading.transposed:
            over = figures if len(figures) > 1 else self._figure_columns()
            return [
                row_series(self._table, row, over) for row in rows if not figures or over == figures
            ]
        if len(rows) == 1:
            return []
        found = [column_series(self._table, i, rows) for i in figures]
        return [one for one in found if one.can_be_reckoned]

    def _lines_reckoned(self) -> list[FigureRow]:
        return self._rows() or list(self._table.rows)

    # -- what is reckoned --------------------------------------------------------------------------

    def _ends(self, series: Sequence[Series]) -> list[Statement]:
        statements = []
        for one in series:
            ends = [end for name, largest in _ENDS if (end := self._end(one, name, largest))]
            if not ends or not one.can_be_reckoned or len(one.filled) < 2:
                continue
            text = phrase(
                "table_ends",
                lines=self._line_word(),
                column=one.name,
                ends="，".join(text for text, _ in ends),
            )
            winners = [point for _, points in ends for point in points]
            statements.append(self._reckoned(text, winners, one.points))
            if self._asks_both_ends() and self._asks("difference"):
                low, high = one.ends(largest=False)[0], one.ends(largest=True)[0]
                statements.append(self._gap(one.name, low, high))
            statements += self._left_open(one)
        return statements

    def _within_bound(self, series: Series) -> list[Statement]:
        """The lines whose figures are on the side of a bound that the question gives."""
        found = _BOUND.search(self._text)
        if found is None or not series.can_be_reckoned:
            return []
        unit = series.filled[0].unit
        bound = self._bound(found, unit)
        if bound is None:
            return []
        holds = _COMPARED[found["word"] or found["trail"]]
        kept = [one for one in series.filled if one.value is not None and holds(one.value, bound)]
        figure = f"{decimal_text(bound)}{unit}"
        said = f"{found['word']}{figure}" if found["word"] else f"{figure}{found['trail']}"
        text = phrase("table_none_bounded", column=series.name, bound=said)
        if kept:
            text = phrase(
                "table_bounded",
                column=series.name,
                bound=said,
                count=len(kept),
                names="、".join(map(_with_figure, kept)),
            )
        return [self._reckoned(text, series.points), *self._left_open(series)]

    def _bound(self, found: re.Match[str], unit: str) -> Decimal | None:
        """The bound in the unit of the figures: 超过5000户 is 0.5 of 万户. None where it is in another unit."""
        start = found.start("behind") if found["behind"] else found.start("before")
        given = next((one for one in quantities(self._text) if one.start == start), None)
        one = amount(Decimal(1), unit)
        if given is None or one is None or not given.unit:
            return Decimal(found["behind"] or found["before"])
        if given.unit == one[1] or one[1].startswith(f"{given.unit}/"):
            return given.value / one[0]
        return None

    def _gap(self, name: str, low: Point, high: Point) -> Statement:
        """By how much one figure is above another."""
        gap = decimal_text((high.value or Decimal(0)) - (low.value or Decimal(0)))
        text = phrase(
            "table_difference",
            column=name,
            higher=_with_figure(high),
            lower=_with_figure(low),
            more="高" if "/" in high.unit or high.unit == "%" else "多",
            difference=f"{gap}{'个百分点' if high.unit == '%' else high.unit}",
        )
        return self._reckoned(text, [low, high])

    def _end(
        self, series: Series, name: str, largest: bool | None
    ) -> tuple[str, tuple[Point, ...]] | None:
        """One end of a series in the question's own word: 最重的是东岭镇（9500吨）."""
        match = wording("tables", name).search(self._text)
        if match is None:
            return None
        if largest is None:
            upper = series.is_upper_bound
            if upper is None:
                return None
            largest = upper is (name == "loosest")
        points = series.ends(largest=largest)
        names = "、".join(one.name for one in points)
        text = phrase(
            "table_end",
            word=match.group(),
            names=names,
            figure=points[0].written,
        )
        return text, points

    def _sum(self, series: Series) -> list[Statement]:
        if not series.can_be_summed or len(series.filled) < 2:
            return []
        text = phrase(
            "table_sum",
            column=series.name,
            names="、".join(one.name for one in series.filled),
            count=len(series.filled),
            lines=self._line_word(),
            total=self._total(series),
            parts="+".join(
                decimal_text(one.value) for one in series.filled if one.value is not None
            ),
        )
        statements = [self._reckoned(text, series.filled), *self._left_open(series)]
        return [*statements, *self._stated_totals(series)]

    def _total(self, series: Series) -> str:
        return f"{decimal_text(series.sum())}{series.filled[0].unit}"

    def _stated_totals(self, series: Series) -> list[Statement]:
        """What the table itself writes as the total, and whether that is the sum."""
        statements = []
        for one in series.totals:
            if one.value is None or one.unit != series.filled[0].unit or "均" in one.name:
                continue
            agrees = one.value == series.sum()
            verdict = phrase("table_total_agrees" if agrees else "table_total_differs")
            text = phrase("table_total", label=one.name, figure=one.written, verdict=verdict)
            statements.append(self._reckoned(text, [one]))
        return statements

    def _left_open(self, series: Series) -> list[Statement]:
        blank = [one for one in series.points if one.cell.blank]
        if not blank:
            return []
        names = "、".join(one.name for one in blank)
        text = phrase("table_left_open", names=names, blank=phrase("table_blank"))
        return [self._reckoned(text, blank)]

    def _difference(self) -> list[Statement]:
        """Two rows of each column named, or two columns of the one row named."""
        statements = []
        for series in self._compared():
            if len(series.filled) != 2 or not series.can_be_reckoned:
                continue
            low, high = sorted(series.filled, key=lambda one: one.value or Decimal(0))
            if low.value == high.value:
                text = phrase("equal", names="、".join(_with_figure(one) for one in series.filled))
                statements.append(self._reckoned(text, series.filled))
                continue
            statements.append(self._gap(series.name, low, high))
            statements += self._strictness(series, low, high)
        return statements

    def _compared(self) -> list[Series]:
        rows, columns = self._rows(), self._columns()
        figures = [i for i in columns if i in self._figure_columns()]
        if len(rows) == 2 and figures:
            return [column_series(self._table, i, rows) for i in figures]
        if len(figures) == 2:
            return [row_series(self._table, row, figures) for row in rows]
        if len(rows) == 1 and len(self._figure_columns()) == 2:
            return [row_series(self._table, rows[0], self._figure_columns())]
        return []

    def _strictness(self, series: Series, low: Point, high: Point) -> list[Statement]:
        """Which of two bounds is the stricter, where the column says which way it bounds."""
        upper = series.is_upper_bound
        if upper is None:
            return []
        strict, loose = (low, high) if upper else (high, low)
        found = []
        for name, point in (("looser", loose), ("stricter", strict)):
            if self._asks(name):
                text = phrase(f"table_{name}", column=series.name, place=point.name)
                found.append(self._reckoned(text, series.filled))
        return found

    # -- the body beside the table -----------------------------------------------------------------

    def _agreement(self) -> list[Statement]:
        """The sum, what the text states as a whole, and whether the two agree; neither is chosen."""
        statements = []
        for series in self._series():
            summed = self._sum(series)
            if not summed:
                continue
            statements += summed
            stated = self._stated_in_text(series)
            statements += [self._against(series, one) for one in stated]
            if not stated and not series.totals:
                text = phrase("table_body_missing")
                statements.append(Statement(text, computed=(text,)))
        return statements

    def _stated_in_text(self, series: Series) -> list[Indicator]:
        """The figures of the text that have the name and the unit of a series, as a whole."""
        plain = amount(series.sum(), series.filled[0].unit)
        if plain is None:
            return []
        names = [one.name for one in series.points]
        found: list[tuple[int, bool, Indicator]] = []
        for one in self._reading.parsed.indicators:
            stated = _plain(one)
            within = any(tabled.start <= one.span.start < tabled.end for tabled in self._tabled())
            years = self._reading.years
            other_year = one.year is not None and years and one.year not in years
            if within or other_year or stated is None or stated[1] != plain[1]:
                continue
            words = fold_query(one.span.quote)
            named = named_of(words, [series.name]).get(0)
            if named is None or named.weak or named_of(words, names):
                continue
            quoted = fold_query(f"{one.value}{one.unit}") in self._text
            found.append((named.weight, quoted, one))
        best = max(((quoted, weight) for weight, quoted, _ in found), default=None)
        best_ones = [one for weight, quoted, one in found if (quoted, weight) == best]
        return best_ones[:_MOST_STATED]

    def _against(self, series: Series, one: Indicator) -> Statement:
        unit = series.filled[0].unit
        stated, plain = _plain(one), amount(series.sum(), unit)
        clause = flat(one.span.quote)
        evidence = self._evidence(series.filled) + self._cite(one.clause)
        if stated is not None and plain is not None and stated[0] != plain[0]:
            gap = decimal_text(in_unit(abs(stated[0] - plain[0]), unit))
            text = phrase(
                "table_body_differs",
                clause=clause,
                total=self._total(series),
                difference=f"{gap}{unit}",
            )
        else:
            text = phrase("table_body_agrees", clause=clause, total=self._total(series))
        return Statement(text, evidence, computed=(text,))

    # -- counts, and what is not there -------------------------------------------------------------

    def _count(self) -> Statement | None:
        """How many rows the table has, where it is the table that is asked about."""
        if not (self._asks("rows") and self._asks("refers")) or self._rows() or self._columns():
            return None
        rows = [one for one in self._table.rows if not one.total]
        text = phrase(
            "table_count",
            count=len(rows),
            lines="行",
            names="、".join(one.name for one in rows),
        )
        return Statement(text, self._cited_rows(rows), computed=(text,))

    def _absent(self) -> list[Block]:
        """That a place has no row of its own, with the note and the sentences that say why."""
        if self._reading.absent is None:
            return []
        place = self._reading.absent
        names = [one.name for one in self._lines()]
        text = phrase(
            "table_absent",
            table=self._name(),
            place=place,
            lines=self._line_word(),
            names="、".join(names),
        )
        head = self._header()
        statements = [Statement(text, head, computed=(text,))]
        explained = [*self._notes_on(place), *self._sentences_on(place)]
        return [paragraph(*statements, *explained)]

    def _lines(self) -> Sequence[Point]:
        """The lines that stand for places, whichever way the table lies."""
        if self._reading.transposed:
            return row_series(self._table, self._table.rows[0], self._figure_columns()).points
        column = self._figure_columns()[0]
        return column_series(self._table, column).points

    def _notes_on(self, place: str) -> list[Statement]:
        heads = [one.name for one in self._table.columns]
        found = []
        for line, sentence in self._note_sentences():
            words = fold_query(sentence)
            of_others = named_of(words, heads).keys() - set(self._columns())
            if _names_place(words, place) and not (of_others and self._columns()):
                found.append(self._note(line, sentence))
        return found

    def _sentences_on(self, place: str) -> list[Statement]:
        """Sentences of the text that name a place together with what the question asks of it."""
        columns = [self._table.columns[i].name for i in self._columns()]
        asked = columns + [one.name for one in self._rows()]
        found = [
            one
            for one in self._sentences()
            if _names_place(words := fold_query(one.quote), place) and named_of(words, asked)
        ]
        return [Statement(flat(one.quote), self._cite(one)) for one in found[:_MOST_STATED]]

    def _sentences(self) -> list[Span]:
        """The sentences of the document outside of its tables and their notes."""
        tabled = self._tabled()
        return [
            sentence
            for passage in self._reading.parsed.passages
            for sentence in passage.sentences
            if not any(sentence.start < one.end and one.start < sentence.end for one in tabled)
        ]

    def _tabled(self) -> list[Span]:
        """What is no running text: the tables of the document and the notes below them."""
        return [span for one in self._reading.parsed.tables for span in (one.span, *one.notes)]

    def _cite(self, *spans: Span | None) -> tuple[Evidence, ...]:
        return cite(self._library, self._source, *spans)

    def beside(self) -> list[Block]:
        """Sentences of the text that name a row with a figure of its unit: what was found, beside what is allowed."""
        names = [one.name for one in self._rows()]
        units = {
            self._table.unit_of(row, i) for row in self._rows() for i in self._figure_columns()
        }
        found = [
            one
            for one in self._sentences()
            if names
            and named_of(fold_query(one.quote), names)
            and units & {unit for _, unit in _figures_in(one)}
        ]
        lead = phrase("table_beside")
        items = [Statement(flat(one.quote), self._cite(one)) for one in found[:_MOST_BESIDE]]
        return [paragraph(Statement(lead)), bullets(*items)] if items else []

    # -- cells as they are written -----------------------------------------------------------------

    def _quoted(self) -> list[Block]:
        rows, columns = self._rows(), self._columns()
        if not self._reading.is_quotable:
            return []
        shown = columns or self._shown_columns()
        if not rows:
            rows = list(self._table.rows)
        if len(rows) == 1:
            said = self._sentence(rows[0], shown)
            wrong = self._wrongly_asserted(rows[0], shown)
            return [paragraph(*wrong, self._lead("table_says"), said, *self._notes(columns, rows))]
        head = (self._table.columns[0].name, *(self._head(i) for i in shown))
        label = next(
            (one.name for one in self._table.columns if one.kind is ColumnKind.LABEL), head[0]
        )
        lines = tuple(self._line(row, shown) for row in rows)
        notes = self._notes(columns, rows)
        return [
            paragraph(self._lead("table_says")),
            table((label, *head[1:]), lines),
            *([paragraph(*notes)] if notes else []),
        ]

    def _wrongly_asserted(self, row: FigureRow, columns: Sequence[int]) -> list[Statement]:
        """That a figure which the question puts to us to confirm is none of the cells that have its unit."""
        cells = [
            plain
            for i in columns
            if (point := self._point(row, i)).value is not None
            and (plain := amount(point.value or Decimal(0), point.unit)) is not None
        ]
        asserted = quantities(self._text) if self._query.asks_confirmation else ()
        wrong = [
            one.written.strip()
            for one in asserted
            if one.unit in {unit for _, unit in cells} and (one.value, one.unit) not in cells
        ]
        if not wrong:
            return []
        text = phrase("figures_differ", asked="、".join(wrong))
        return [Statement(text, computed=(text,))]

    def _shown_columns(self) -> list[int]:
        return [
            i
            for i, one in enumerate(self._table.columns)
            if one.kind in (ColumnKind.FIGURES, ColumnKind.TEXT)
        ]

    def _sentence(self, row: FigureRow, columns: Sequence[int]) -> Statement:
        points = [self._point(row, i) for i in columns]
        cells = [_cell(one.name, one) for one in points]
        subject = row.name
        if self._reading.transposed and len(points) == 1:
            subject, cells = points[0].name, [_cell(row.name, points[0])]
        text = phrase("table_cells", row=subject, cells="，".join(cells))
        heads = self._header() if self._reading.transposed else ()
        return Statement(text, self._evidence(points) + heads, computed=tuple(cells))

    def _line(self, row: FigureRow, columns: Sequence[int]) -> Statement:
        cells = tuple(self._point(row, i).written for i in columns)
        return Statement("", self._cited_rows([row]), (row.name, *cells), computed=cells)

    def _head(self, column: int) -> str:
        return self._table.columns[column].name

    def _point(self, row: FigureRow, column: int) -> Point:
        return (
            row_series(self._table, row, [column]).points[0]
            if not self._table.columns[column].total
            else row_series(self._table, row, [column]).totals[0]
        )

    # -- notes -------------------------------------------------------------------------------------

    def _notes(self, columns: Sequence[int], rows: Sequence[FigureRow]) -> list[Statement]:
        """What the notes say of the rows and columns shown, and of the table as a whole."""
        shown = {self._table.rows.index(one) for one in rows}
        everything = len(shown) == len(self._table.rows)
        heads = [one.name for one in self._table.columns]
        found = []
        for line, sentence in self._note_sentences():
            words = fold_query(sentence)
            on_rows = named_of(words, [one.name for one in self._table.rows])
            on_columns = {i for i, one in named_of(words, heads).items() if not one.weak}
            of_row = bool(shown & on_rows.keys()) if on_rows else True
            of_column = bool(on_columns & set(columns)) if on_columns and columns else True
            # Of a whole column, what is said of one place in general is beside the question.
            aside = everything and columns and on_rows and not on_columns
            if of_row and of_column and not aside:
                found.append(self._note(line, sentence))
        return found

    def _note_sentences(self) -> list[tuple[Span, str]]:
        return [
            (line, flat(self._source.text[one.start : one.end]))
            for line in self._table.notes
            for whole in split_sentences(self._source.text, line.start, line.end)
            for one in _clauses(whole)
        ]

    def _note(self, line: Span, sentence: str) -> Statement:
        words = _NOTE_HEAD.sub("", _NOTE_HEAD.sub("", sentence)).rstrip("；;")
        text = phrase("table_note", note=words if words.endswith("。") else f"{words}。")
        return Statement(text, self._cite(line))

    # -- the table, and evidence ----------------------------------------------------------------------------------

    def _name(self) -> str:
        caption = self._reading.caption
        return phrase(
            "table_of",
            title=self._source.title,
            caption=phrase("table_caption", caption=caption) if caption else "",
        )

    def _lead(self, name: str) -> Statement:
        """What the answer is taken from, with the headings that all of it stands under."""
        text = phrase(name, table=self._name())
        return Statement(text, self._header(), computed=(text,))

    def _line_word(self) -> str:
        return "列" if self._reading.transposed else "行"

    def _header(self) -> tuple[Evidence, ...]:
        heads = self._table.header
        span = self._source.span(heads[0].start, heads[-1].end)
        unit = self._table.unit_span
        return self._cite(span, unit)

    def _cited_rows(self, rows: Iterable[FigureRow]) -> tuple[Evidence, ...]:
        """Rows, with the cells above them that they are merged with; neighbours as one quotation."""
        wanted = sorted({row.span for row in rows}, key=lambda one: one.start)
        order = [row.span for row in self._table.rows]
        stretches: list[list[Span]] = []
        for span in wanted:
            last = stretches[-1][-1] if stretches else None
            if last is not None and order.index(span) == order.index(last) + 1:
                stretches[-1].append(span)
            else:
                stretches.append([span])
        spans = [self._source.span(one[0].start, one[-1].end) for one in stretches]
        merged = [
            label
            for row in rows
            for label in row.labels
            if not any(one.covers(label) for one in spans)
        ]
        return self._cite(*spans, *dict.fromkeys(merged))

    def _evidence(self, points: Sequence[Point]) -> tuple[Evidence, ...]:
        rows = list(dict.fromkeys(one.row.span for one in points))
        cited = [row for row in self._table.rows if row.span in rows]
        return self._cited_rows(cited)

    def _reckoned(
        self, text: str, points: Sequence[Point], compared: Sequence[Point] = ()
    ) -> Statement:
        evidence = self._evidence(points) + self._evidence(compared)
        return Statement(text, tuple(dict.fromkeys(evidence)), computed=(text,))


def _with_figure(point: Point) -> str:
    return f"{point.name}（{point.written}）"


def _cell(name: str, point: Point) -> str:
    if point.cell.blank:
        return phrase("table_cell_blank", column=name, blank=point.written)
    return phrase("table_cell", column=name, figure=point.written)


def _plain(one: Indicator) -> tuple[Decimal, str] | None:
    """An indicator's figure in its plain unit."""
    if not re.fullmatch(r"[\d,]+(?:\.\d+)?", one.value):
        return None
    return amount(Decimal(one.value.replace(",", "")), one.unit)


def _figures_in(sentence: Span) -> list[tuple[str, str]]:
    """The figures of a sentence with their units as written."""
    return [(one, unit) for one, unit in _WITH_UNIT.findall(sentence.quote)]


def _clauses(sentence: Span) -> list[Span]:
    """A sentence of a note cut at its semicolons: each may be about another row."""
    found, begin = [], 0
    for part in re.split("(?<=[；;])", sentence.quote):
        if part.strip():
            found.append(Span(sentence.start + begin, sentence.start + begin + len(part), part))
        begin += len(part)
    return found


def _names_place(text: str, place: str) -> bool:
    """Whether a folded text names a place, by the name asked about or by one that it is short for."""
    return place in text or any(is_abbreviation(place, one) for one in places_in(text))


def _is_whole(reading: TableReading) -> bool:
    """Whether each part of the question that asks for a figure names something of the table."""
    heads = [one.name for one in reading.table.columns]
    rows = [one.name for one in reading.table.rows]
    asked: Callable[[str], bool] = lambda part: asks("tables", "figure", part)  # noqa: E731
    parts = [part for part in _PARTS.split(reading.text) if asked(part)]
    if len(parts) < 2:
        return True
    reckons = ("sum", "difference", "agrees", "most", "fewest", "loosest", "strictest", "each")
    return all(
        named_of(part, heads)
        or named_of(part, rows)
        or any(asks("tables", name, part) for name in reckons)
        for part in parts
    )
