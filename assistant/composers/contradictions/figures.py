"""Figures that a document states twice of one thing for one year: 92%以上 among the goals, 91%以上 in a task or a table.

What is aimed at is set beside what is aimed at, and so many beside so many. What is measured, done, left, hoped for or
counted in part is no other figure for the whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from assistant.composers.contradictions.said import Contradiction, Matter, Said
from assistant.composers.tables.series import amount
from assistant.library import Library, Place
from assistant.proof.quantities import quantities
from assistant.understanding.table_names import named_of
from ingest.records import (
    ColumnKind,
    FigureRow,
    FigureTable,
    Indicator,
    ParsedDocument,
    Span,
)
from vectorstore.folding import fold

_NOT_THE_WHOLE = re.compile(
    r"仅|现有|目前|现状|实际|同比|环比|已|原|上一?年|较|比(?!例|率)|截[至止]|[第一二三四]季度|每|各|分别|其中|剩余|其余|再|累计|半年"
    r"|力争|争取|约|余|预警|响应|第[一二三四]个|不足|工作日"
)
# Behind a figure: when it was measured, or about how much it is.
_MEASURED = re.compile(r"^[^，,。；;]{0,3}(?:左右|上下|多|余)|^[（(][^（()）]*\d[^（()）]*[)）]")
_AIMED = re.compile(r"达到|控制|不[高低超少大]|低于|高于|以[上下内]|提[高升]到|降[至到低]|以外")
# Shares, levels and days are reached or kept; of other units there are so many.
_OF_LEVEL = re.compile(r"^%$|/|^天$")
_QUARTER = re.compile("[第一二三四]季度")
_ASIDE = re.compile(r"[(（][^(（()）)]*[)）]")
_MARK = re.compile(r"^(?:[①-⑳]|[(（]?[一二三四五六七八九十\divx]{1,4}[)）.．、](?!\d))+")
_LABEL = re.compile(r"^[\u4e00-\u9fff]{2,6}[:：]")
_ANY = re.compile(
    r"(?:19|20)\d\d年|到|^全[市县区省镇]|达到?$|保持$|稳定$|完成|实现|确保|年度|全年|^我?[市县区]$"
)
# What stands before a name without telling a part: of the air, of all, of the town itself.
_OF_ALL = re.compile("空气质量|环境空气|全域|(?:全|本|我)[市县区镇乡]")
_NOT_NAMED = re.compile(r"[^\u4e00-\u9fffa-z0-9.]")
_BREAKS = "，,。；;：:\n\t|"
_PARTS = re.compile("[^；;。]+")
_CLAUSES = re.compile("[，,：:]")
# What was measured is no contradiction to what is asked for.
_DEMANDS = re.compile(
    r"执行|限值|标准|不[高大多超低小少]|控制|达到|目标|[须应]|要求|按|≤|≥|以[内下上]|低于|高于"
)
_AIMS = re.compile("目标|指标值|要求|计划")
_DONE = re.compile("实际|实绩|完成|现状|基数|上年|去年")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_SHORTEST_NAME = 4
_SHORTEST_THING = 5
_SHORTEST_ROW = 3
_SHORTEST_HEAD = 2

_Amount = tuple[Decimal, str]


@dataclass(frozen=True, slots=True)
class _Stated:
    """A figure of the text: what it is of, its value in its plain unit, and whether it is aimed at."""

    name: str
    value: _Amount
    year: int | None
    aimed: bool
    comparator: str
    figure: Span
    span: Span
    clause: Span
    place: Place


def figures_twice(library: Library, parsed: ParsedDocument) -> Iterator[Contradiction]:
    """The figures of one thing for one year that stand in two places of a document and differ."""
    stated = [] if parsed.source.reports_progress else list(_stated(library, parsed))
    for one, other in combinations(stated, 2):
        if _differ(one, other):
            yield Contradiction(
                Matter.FIGURE,
                (one.name, other.name),
                _said(parsed, one),
                _said(parsed, other),
                one.year,
            )
    for table in parsed.tables:
        if not table.listed:
            yield from _beside_aims(parsed, table, stated)
            yield from _beside_cells(parsed, table)


def _said(parsed: ParsedDocument, one: _Stated) -> Said:
    return Said(one.figure, _sentence(parsed, one.span) or one.clause)


def _within(parsed: ParsedDocument, span: Span, written: str) -> Span:
    """Where a figure stands in a span of the text; the span itself where it is written otherwise."""
    at = span.quote.rfind(written)
    start = span.start + at
    return parsed.source.span(start, start + len(written)) if at >= 0 else span


def _sentence(parsed: ParsedDocument, span: Span) -> Span | None:
    return next((one for one in parsed.sentences if one.covers(span)), None)


# -- in the text -----------------------------------------------------------------------------------


def _stated(library: Library, parsed: ParsedDocument) -> Iterator[_Stated]:
    text = parsed.source.text
    tabled = _tabled(parsed)
    for one in parsed.indicators:
        value = _plain(one)
        if value is None or one.soft or any(span.covers(one.span) for span in tabled):
            continue
        start = max(text.rfind(mark, 0, one.span.start) for mark in _BREAKS) + 1
        own = text[start : one.span.end]
        alike = [each for each in quantities(fold(own)) if each.unit == value[1]]
        if len(alike) > 1 or _NOT_THE_WHOLE.search(own):
            continue  # 河湾镇4个、苦水镇3个
        if _MEASURED.search(text[one.span.end : one.span.end + 24]):
            continue
        aimed = one.comparator in ("≤", "≥") or _AIMED.search(one.wording) is not None
        name = _named(one.name)
        if len(name) >= _SHORTEST_NAME:
            place = library.place(parsed.source.path, one.span.start)
            year = one.year or parsed.source.year
            figure = _within(parsed, one.span, one.value)
            yield _Stated(
                name, value, year, aimed, one.comparator, figure, one.span, one.clause, place
            )


def _plain(one: Indicator) -> _Amount | None:
    if not re.fullmatch(r"[\d,]+(?:\.\d+)?", one.value):
        return None
    return amount(Decimal(one.value.replace(",", "")), one.unit)


def _named(name: str) -> str:
    """What is measured, without its mark, the year, brackets and what is said of any figure."""
    bare = _LABEL.sub("", _MARK.sub("", name.strip()))
    return _NOT_NAMED.sub("", _ANY.sub("", fold(_ASIDE.sub("", bare))))


def _differ(one: _Stated, other: _Stated) -> bool:
    """Whether two state different values of one thing; in one part of the text, or in two tasks, are two things."""
    if one.value[1] != other.value[1] or one.value[0] == other.value[0] or one.year != other.year:
        return False
    first, second = one.place, other.place
    if first.around == second.around or (first.task is not None and second.task is not None):
        return False
    short, long = sorted((one, other), key=lambda stated: len(stated.name))
    around = " ".join((*short.place.section.path, short.place.title))
    if not _is_called(short.name, around, long.name):
        return False
    if _OF_LEVEL.search(one.value[1]):
        return one.aimed and other.aimed
    exact = one.comparator == other.comparator == "="
    return exact and len(short.name) >= _SHORTEST_THING


def _is_called(short: str, around: str, long: str) -> bool:
    """Whether a name is what a longer one is called where that is spoken of, and not the whole of which that is a part.

    安全利用率 below 受污染耕地 is 受污染耕地安全利用率, 户厕改造 is not 东村户厕改造.
    """
    if not long.endswith(short):
        return False
    beside = _OF_ALL.sub("", long[: len(long) - len(short)])
    return beside in fold(around)


# -- beside tables ---------------------------------------------------------------------------------


def _tabled(parsed: ParsedDocument) -> list[Span]:
    tables = [span for one in parsed.tables for span in (one.span, *one.notes)]
    return [*tables, *(one.span for one in parsed.tasks if one.row)]


def _beside_aims(
    parsed: ParsedDocument, table: FigureTable, stated: Sequence[_Stated]
) -> Iterator[Contradiction]:
    """Levels that a column of goals sets otherwise than the text."""
    for column, head in enumerate(table.columns):
        if head.kind is not ColumnKind.FIGURES or not _AIMS.search(head.name):
            continue
        if _DONE.search(head.name):
            continue
        year = _YEAR.search(head.name)
        for row in table.rows:
            value = _cell(table, row, column)
            name = _named(row.name)
            if value is None or len(name) < _SHORTEST_NAME or not _OF_LEVEL.search(value[1]):
                continue
            for one in stated:
                of_year = one.year == (int(year.group()) if year else parsed.source.year)
                around = " ".join((*one.place.section.path, one.place.title))
                alike = _is_called(name, "", one.name) or _is_called(one.name, around, name)
                differs = one.value[1] == value[1] and one.value[0] != value[0]
                if of_year and alike and one.aimed and differs:
                    yield _with_cell(table, row, column, _said(parsed, one), (name, one.name))


def _cell(table: FigureTable, row: FigureRow, column: int) -> _Amount | None:
    cell = row.cells[column]
    return amount(Decimal(cell.value), table.unit_of(row, column)) if cell.value else None


def _with_cell(
    table: FigureTable, row: FigureRow, column: int, said: Said, names: tuple[str, str]
) -> Contradiction:
    head = table.columns[column].name
    cell = Said(row.cells[column].span, row.span, row=row.name, column=head)
    return Contradiction(Matter.FIGURE, names, cell, said)


def _beside_cells(parsed: ParsedDocument, table: FigureTable) -> Iterator[Contradiction]:
    """Clauses that give a row by its name another figure of a column than its cell, or ask for another one."""
    heads = {
        i: fold(_ASIDE.sub("", one.name))
        for i, one in enumerate(table.columns)
        if one.kind is ColumnKind.FIGURES
    }
    rows = [one for one in table.rows if not one.total and len(one.name) >= _SHORTEST_ROW]
    if not heads or not rows:
        return
    names = {fold(one.name) for one in table.rows}
    for sentence in _untabled(parsed):
        for row in (one for one in rows if one.name in sentence.quote):
            name = fold(row.name)
            for part in _PARTS.findall(fold(sentence.quote)):
                if name not in part or any(one in part for one in names if one not in name):
                    continue
                for column, head in heads.items():
                    if written := _said_otherwise(parsed, table, row, column, part):
                        quoted = Said(_within(parsed, sentence, written), sentence)
                        yield _with_cell(table, row, column, quoted, (f"{name} {head}",) * 2)


def _untabled(parsed: ParsedDocument) -> list[Span]:
    """The sentences outside of tables."""
    tabled = _tabled(parsed)
    return [one for one in parsed.sentences if not any(span.overlaps(one) for span in tabled)]


def _own_quarter(parsed: ParsedDocument) -> Callable[[re.Match[str]], str]:
    """What leaves out of a clause the quarter that the document itself is about."""
    return lambda said: "" if said.group() in fold(parsed.source.title) else said.group()


def _said_otherwise(
    parsed: ParsedDocument, table: FigureTable, row: FigureRow, column: int, part: str
) -> str:
    """The figure that a part of a sentence gives a row for a column, where its cell has another one.

    Either the heading stands around the one figure of the clause that names the row (扣2分 for 扣分), or a clause asks for
    so much of what the part names by the heading.
    """
    if not row.cells[column].value:
        return ""
    head = fold(_ASIDE.sub("", table.columns[column].name))
    given, name = Decimal(row.cells[column].value), fold(row.name)
    years = {str(parsed.source.year)}
    for clause in _CLAUSES.split(part):
        bare = _QUARTER.sub(_own_quarter(parsed), clause)
        if _NOT_THE_WHOLE.search(bare) or not set(_YEAR.findall(clause)) <= years:
            continue
        for figure in quantities(clause):
            value = amount(given, table.unit_of(row, column) or figure.unit)
            if value is None or value[1] != figure.unit:
                continue
            unit = figure.written.lstrip("0123456789.,")
            around = f"{clause[: figure.start]}{unit}{clause[figure.end :]}"
            told = name in clause and len(head) >= _SHORTEST_HEAD and head in around
            measured = table.unit_of(row, column) and _DEMANDS.search(clause)
            if told or (measured and _names(part, head)):
                return figure.written if value[0] != figure.value else ""
    return ""


def _names(part: str, head: str) -> bool:
    """Whether a part of a sentence names a column by more than everyday words."""
    named = named_of(part, [head]).get(0)
    return named is not None and not named.weak
