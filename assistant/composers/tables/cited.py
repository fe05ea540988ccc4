"""A table as answers cite it: its name, its headings, its rows, and its notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.composers.tables.notes import bare_note, note_sentences, rows_numbered
from assistant.composers.tables.reading import TableReading
from assistant.composers.tables.series import Point
from assistant.composers.wording import cite
from assistant.draft import Evidence, Statement
from assistant.library import Library
from assistant.understanding.table_names import named_of, names_place
from assistant.words import chinese_pairs
from ingest.records import FigureRow, Span
from prompts import phrase
from vectorstore.folding import fold_query

# Notes of the table as a whole are all told where they are few; of many, those that qualify its figures and those
# that speak of what is asked.
_FEW_NOTES = 3
_QUALIFIES = re.compile(
    r"口径|统计|核算|初步|快报|暂定|为准|四舍五入|单位[:：]|不含|[未不]包[括含]|[未不][列计]入|扣除|换算|参照|按.{1,8}计|截至"
    r"|[“\"”][^“”\"]{1,4}[”\"](?:是|均|系|者)?(?:指|表示|代表|为)"
)


class CitedTable:
    """The table of a reading, put into statements with their evidence."""

    def __init__(self, library: Library, reading: TableReading) -> None:
        self._library, self._reading = library, reading
        self._source, self._table = reading.parsed.source, reading.table

    def name(self) -> str:
        caption, title = self._reading.caption, self._source.title
        return phrase(
            "table_of",
            title=title,
            caption=phrase("table_caption", caption=caption) if caption not in ("", title) else "",
        )

    def lead(self, *, reckoned: bool = False) -> Statement:
        """What the answer is taken from, with the headings that all of it stands under."""
        text = phrase("table_reckoned" if reckoned else "table_says", table=self.name())
        return Statement(text, self.header(), computed=(text,))

    def line_word(self) -> str:
        if self._table.listed or self._stands_upright:
            return "项"
        return "列" if self._reading.transposed else "行"

    def header(self) -> tuple[Evidence, ...]:
        heads = self._table.header
        if self._stands_upright:
            named = [self._table.columns[i].heads for i in sorted(self._reading.columns)]
            return self.cite(*(one for own in named for one in own))
        span = self._source.span(heads[0].start, heads[-1].end)
        return self.cite(span, self._table.unit_span)

    @property
    def _stands_upright(self) -> bool:
        """Whether the rows are forms, which have the headings beside their cells."""
        return self._table.header[-1].end > self._table.rows[0].span.start

    def cite(self, *spans: Span | None) -> tuple[Evidence, ...]:
        return cite(self._library, self._source, *spans)

    def cited_rows(self, rows: Iterable[FigureRow]) -> tuple[Evidence, ...]:
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
        return self.cite(*spans, *dict.fromkeys(merged))

    def evidence(self, points: Sequence[Point]) -> tuple[Evidence, ...]:
        rows = list(dict.fromkeys(one.row.span for one in points))
        cited = [row for row in self._table.rows if row.span in rows]
        # A cell that is merged with the one above stands in the row of that.
        above = (one.cell.span for one in points if not one.row.span.covers(one.cell.span))
        return tuple(dict.fromkeys((*self.cited_rows(cited), *self.cite(*above))))

    def reckoned(
        self, text: str, points: Sequence[Point], compared: Sequence[Point] = ()
    ) -> Statement:
        evidence = self.evidence(points) + self.evidence(compared)
        return Statement(text, tuple(dict.fromkeys(evidence)), computed=(text,))

    # -- notes ----------------------------------------------------------------------------------

    def notes(self, columns: Sequence[int], rows: Sequence[FigureRow]) -> list[Statement]:
        """What the notes say of the rows and columns shown, and of the table as a whole."""
        shown = {self._table.rows.index(one) for one in rows}
        everything = len(shown) == len(self._table.rows)
        heads = [one.name for one in self._table.columns]
        found = []
        names = [one.name for one in self._table.rows]
        rows_before: set[int] = set()
        sentences = note_sentences(self._source, self._table)
        for line, sentence in sentences:
            words = fold_query(sentence)
            # What goes on behind a semicolon is about the row named before it.
            on_rows = {*named_of(words, names), *rows_numbered(self._table, words)} or rows_before
            rows_before = on_rows if sentence.endswith(("；", ";")) else set()
            on_columns = {i for i, one in named_of(words, heads).items() if not one.weak}
            of_row = bool(shown & on_rows) if on_rows else True
            of_column = bool(on_columns & set(columns)) if on_columns and columns else True
            # Of the one row that is shown, all that is said of it belongs to it: 未完成目标，差0.9个百分点.
            of_column = of_column or on_rows == shown
            # Of a whole column, what is said of one place in general is beside the question.
            aside = everything and columns and on_rows and not on_columns
            if not on_rows and not on_columns and len(sentences) > _FEW_NOTES:
                aside = not self._concerns(words)
            if of_row and of_column and not aside:
                found.append(self._note(line, sentence))
        return found

    def notes_on(self, place: str) -> list[Statement]:
        heads = [one.name for one in self._table.columns]
        found = []
        for line, sentence in note_sentences(self._source, self._table):
            words = fold_query(sentence)
            of_others = named_of(words, heads).keys() - set(self._reading.columns.keys())
            if names_place(words, place) and not (of_others and self._reading.columns.keys()):
                found.append(self._note(line, sentence))
        return found

    def _concerns(self, note: str) -> bool:
        """Whether a note of the table as a whole qualifies its figures, or speaks of what the question asks."""
        return _QUALIFIES.search(note) is not None or bool(
            chinese_pairs(self._reading.text) & chinese_pairs(note)
        )

    def _note(self, line: Span, sentence: str) -> Statement:
        words = bare_note(sentence).rstrip("；;")
        text = phrase("table_note", note=f"{words.rstrip('。')}。")
        return Statement(text, self.cite(line))
