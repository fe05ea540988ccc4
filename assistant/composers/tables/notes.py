"""The notes below a table, one by one, and what they say of a row that an answer tells of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.composers.tables.row_words import table_row_at
from assistant.composers.wording import cite, flat
from assistant.draft import Block, Draft, Statement, paragraph
from assistant.library import Library
from assistant.query import Query
from assistant.understanding.table_names import named_of
from ingest.passages import split_sentences
from ingest.records import ColumnKind, FigureRow, FigureTable, SourceDocument, Span
from prompts import phrase
from vectorstore.folding import fold_query

_NOTE_HEAD = re.compile(
    r"^[(（*]?(?:附?注释?|备注|说明)\s*\d*\s*[:：.．、]\s*|^\d{1,2}\s*[.．、)）]\s*"
)
# 序号5为跨年项目, 第3项已移交
# 项目6投资由企业自筹; 项目6个 counts them.
_NUMBERED = re.compile(
    r"(?:序号(?:为|是)?|(?:项目|工程|任务)(?=\s*\d{1,3}(?!\d|\s*[.%个项条家处座年月])))\s*(\d{1,3})(?!\d)"
    r"|第\s*(\d{1,3})\s*[项号个]"
)


class TableRowNotes:
    """Tells with an answer about one row of a table what the notes below the table say of that row."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def told_in(self, query: Query, draft: Draft) -> Draft:
        """An answer with the notes on the row that it quotes first, where the question is about that row."""
        quoted = [one for said in draft.statements() for one in said.evidence]
        if draft.refused or not quoted:
            return draft
        path = quoted[0].document.path
        source = self._library[path].source
        found = table_row_at(self._library, path, quoted[0].span)
        if found is None or not _is_named(query, *found):
            return draft
        return replace(draft, blocks=(*draft.blocks, *self._untold(draft, source, *found)))

    def _untold(
        self, draft: Draft, source: SourceDocument, table: FigureTable, row: FigureRow
    ) -> Iterator[Block]:
        told = "".join(one.text for one in draft.statements())
        place = table.rows.index(row)
        for line, sentence in note_sentences(source, table):
            words = bare_note(sentence)
            if place in rows_numbered(table, sentence) and words.rstrip("。；;") not in told:
                text = phrase("table_note", note=f"{words.rstrip('。；;')}。")
                yield paragraph(Statement(text, cite(self._library, source, line)))


def note_sentences(source: SourceDocument, table: FigureTable) -> list[tuple[Span, str]]:
    """The sentences of the notes below a table, cut at semicolons, each with its line."""
    return [
        (line, flat(source.text[one.start : one.end]))
        for line in table.notes
        for whole in split_sentences(source.text, line.start, line.end)
        for one in _clauses(whole)
        if _NOTE_HEAD.sub("", flat(one.quote))
    ]


def bare_note(sentence: str) -> str:
    """A note without what it is headed by: 注：1.…"""
    return _NOTE_HEAD.sub("", _NOTE_HEAD.sub("", sentence))


def rows_numbered(table: FigureTable, note: str) -> set[int]:
    """The rows of a table that a note names by their numbers, where the table numbers them."""
    column = next((i for i, one in enumerate(table.columns) if one.kind is ColumnKind.NUMBER), None)
    if column is None:
        return set()
    said = {one or other for one, other in _NUMBERED.findall(note)}
    return {
        i
        for i, row in enumerate(table.rows)
        if "".join(row.cells[column].span.quote.split()) in said
    }


def _is_named(query: Query, table: FigureTable, row: FigureRow) -> bool:
    """Whether what is asked, here or before, names that row and no other."""
    said = fold_query(f"{query.text} {query.context}")
    return list(named_of(said, [one.name for one in table.rows])) == [table.rows.index(row)]


def _clauses(sentence: Span) -> list[Span]:
    """A sentence of a note cut at its semicolons: each may be about another row."""
    found, begin = [], 0
    for part in re.split("(?<=[；;])", sentence.quote):
        if part.strip():
            found.append(Span(sentence.start + begin, sentence.start + begin + len(part), part))
        begin += len(part)
    return found
