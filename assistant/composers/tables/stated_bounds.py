"""The rows of a table that a bound of a sentence is set to: 完成率低于80%的地区11月15日前须达到80%, asked for as 那道八成的坎."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.composers.tables.cited import CitedTable
from assistant.composers.tables.reading import TableReading
from assistant.composers.tables.series import Point, column_series, with_figure
from assistant.composers.wording import flat
from assistant.draft import Block, Statement, paragraph
from assistant.library import Library
from assistant.query import Query
from assistant.synonyms import with_synonyms
from assistant.understanding.row_bounds import bound_asked
from assistant.understanding.shortfalls import shares_named
from assistant.understanding.table_names import Named
from assistant.vocabulary import asks
from assistant.words import chinese_pairs, pairs
from ingest.records import ColumnKind, FigureTable, ParsedDocument, Span
from prompts import phrase
from vectorstore.folding import fold, fold_query

# 管网完成率低于80%的地区
_BOUND = re.compile(
    r"(?P<subject>[\u4e00-\u9fffA-Za-z\d.]*[率分])?(?P<word>低于|不足|不到|未达到|未达|达不到|高于|超过|不低于|达到)"
    r"(?P<figure>\d+(?:\.\d+)?)(?P<unit>[%分])(?:以上|及以上)?的(?P<outcome>[^。；;\n]*)"
)
_SCORE = "得分"
_NOTE = re.compile(r"[^。；;\n]+")
_FEWEST_SHARED = 2
_ABOVE = re.compile(r"^(?:高于|超过)$")
_AT_LEAST = re.compile(r"^(?:不低于|达到)$")


@dataclass(frozen=True, slots=True)
class _Stated:
    """A bound that a sentence sets to a column of a table."""

    parsed: ParsedDocument
    table: FigureTable
    column: int
    sentence: Span
    subject: str
    word: str
    figure: Decimal
    unit: str
    outcome: str

    def holds(self, value: Decimal) -> bool:
        if _ABOVE.search(self.word):
            return value > self.figure
        return value >= self.figure if _AT_LEAST.search(self.word) else value < self.figure


class StatedBounds:
    """Holds the rows of a table against a bound which a sentence of the same document sets to them."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def blocks(self, query: Query) -> list[Block]:
        """The sentence with the rows that it is about; nothing where the question means no such sentence, or several."""
        if not asks("tables", "which", query.text):
            return []
        speaks_of_line = asks("shortfalls", "line", query.text) or bound_asked(query.text)
        is_meant = self._is_meant if speaks_of_line else _names_outcome
        meant = [one for one in self._stated(query) if is_meant(query, one)]
        return self._told(query, meant[0]) if len(meant) == 1 else []

    def _stated(self, query: Query) -> Iterator[_Stated]:
        for parsed in self._library.within(query.documents):
            if not parsed.tables:
                continue
            for sentence in _beside_rows(parsed):
                for match in _BOUND.finditer(fold(sentence.quote)):
                    subject = match["subject"] or (_SCORE if match["unit"] == "分" else "")
                    found = _column_of(parsed, subject, match["unit"]) if subject else None
                    if found is not None:
                        figure = Decimal(match["figure"])
                        words = (subject, match["word"])
                        rest = (match["unit"], match["outcome"])
                        yield _Stated(parsed, *found, sentence, *words, figure, *rest)

    def _is_meant(self, query: Query, one: _Stated) -> bool:
        """Whether a question means a bound: by its figure, and where it names none by what it is set to.

        A day or a thing that it names besides is the sentence's.
        """
        named = shares_named(query.text) if one.unit == "%" else _points_named(query.text)
        if named and one.figure not in named:
            return False
        own = bound_asked(query.text)
        if own is not None and (own.word != one.word or own.figure not in (None, one.figure)):
            return False  # 高于80%的 are the others
        limits = [
            limit
            for limit in self._library.limits(one.parsed.source.path)
            if one.sentence.covers(limit.phrase)
        ]
        windows = query.windows
        timed = any(window.holds(limit.latest) for window in windows for limit in limits)
        if windows and not timed:
            return False
        about = bool(pairs(fold_query(one.subject)) & pairs(query.text))
        return about or (bool(named) and timed)

    def _told(self, query: Query, one: _Stated) -> list[Block]:
        rows = [row for row in one.table.rows if not row.total and not row.part]
        series = column_series(one.table, one.column, rows)
        if not series.filled:
            return []
        kept = [point for point in series.filled if one.holds(point.value or Decimal(0))]
        caption = "".join(one.table.caption.quote.split()) if one.table.caption else ""
        names = {one.column: Named(frozenset(), 0)}
        reading = TableReading(one.parsed, one.table, query.text, {}, names, caption)
        cited = CitedTable(self._library, reading)
        quoted = phrase("quoted_from", title=one.parsed.source.title)
        sentence = Statement(
            f"{quoted}{flat(one.sentence.quote).strip()}",
            cited.cite(one.sentence),
            computed=(quoted,),
        )
        return [paragraph(sentence), paragraph(cited.lead(), self._listed(one, kept, cited))]

    @staticmethod
    def _listed(one: _Stated, kept: list[Point], cited: CitedTable) -> Statement:
        name = one.table.columns[one.column].name
        bound = f"{one.word}{one.figure}{one.unit}"
        if not kept:
            text = phrase("table_none_bounded", column=name, bound=bound)
            return Statement(text, cited.cited_rows(one.table.rows), computed=(text,))
        text = phrase(
            "table_bounded",
            column=name,
            bound=bound,
            count=len(kept),
            names="、".join(with_figure(point) for point in kept),
        )
        return cited.reckoned(text, kept)


def _beside_rows(parsed: ParsedDocument) -> Iterator[Span]:
    """The sentences outside of tables, and those of the notes below these."""
    notes = [note for table in parsed.tables for note in table.notes]
    for sentence in parsed.sentences:
        if not any(one.covers(sentence) for one in (*(t.span for t in parsed.tables), *notes)):
            yield sentence
    for note in notes:
        for match in _NOTE.finditer(note.quote):
            yield parsed.source.span(note.start + match.start(), note.start + match.end())


def _names_outcome(query: Query, one: _Stated) -> bool:
    """Whether a question asks for the rows by what comes of being beyond the bound: 重点督办对象."""
    asked = chinese_pairs(with_synonyms(fold_query(query.text)))
    return len(asked & chinese_pairs(fold_query(one.outcome))) >= _FEWEST_SHARED


def _points_named(text: str) -> frozenset[Decimal]:
    """The points that a folded question names: 80分."""
    return frozenset(Decimal(one) for one in re.findall(r"(\d+(?:\.\d+)?)分", text))


def _column_of(parsed: ParsedDocument, subject: str, unit: str) -> tuple[FigureTable, int] | None:
    """The one column of shares, or of points, whose heading a subject ends with, in a table that speaks of the rest of it.

    管网完成率 is the 完成率 of a table that has 污水管网计划 before it.
    """
    found = []
    for table in parsed.tables:
        for column, one in enumerate(table.columns):
            name = fold_query(one.name)
            if one.kind is not ColumnKind.FIGURES or not _is_called(subject, name):
                continue
            if unit == "%" and table.unit_of(table.rows[0], column) != unit:
                continue
            rest = pairs(fold_query(subject).removesuffix(name))
            before = "，".join(fold_query(head.name) for head in table.columns[:column])
            caption = fold_query(table.caption.quote) if table.caption else ""
            if not rest or rest & pairs(f"{before}，{caption}，{name}"):
                found.append((table, column))
    return found[0] if len(found) == 1 else None


def _is_called(subject: str, name: str) -> bool:
    folded = fold_query(subject)
    return folded.endswith(name) or name.endswith(folded)
