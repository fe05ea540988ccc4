"""What a question names of a table: its rows and columns, the table itself, what the rows are, a place without a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.composers.tables.absent_firms import absent_firm
from assistant.composers.tables.change_columns import (
    changed_by,
    is_change,
    with_changes,
    with_years_compared,
)
from assistant.composers.tables.named_parts import (
    columns_named,
    in_words_of,
    rows_named,
    with_years,
    without_region,
    years_in_order,
)
from assistant.composers.tables.picked_rows import (
    with_bounded_column,
    with_conditions,
    with_fields,
    with_only_figures,
    with_rank,
    with_row_answered,
    with_rows_by_number,
    with_total_column,
)
from assistant.composers.tables.reading import TableReading
from assistant.library import Library
from assistant.query import Query
from assistant.understanding.fields import asks_amount
from assistant.understanding.periods import periods
from assistant.understanding.places import is_no_single_place
from assistant.understanding.row_bounds import bound_asked
from assistant.understanding.table_names import Named, is_place_name, named_of, places_in
from assistant.units import is_abbreviation
from assistant.vocabulary import asks, load_words
from assistant.words import cut
from ingest.numerals import parse_number
from ingest.records import ColumnKind, FigureTable, ParsedDocument
from vectorstore.folding import fold_query

_NUMBERED = re.compile(r"(附[件表录]|表)\s*(\d{1,2}|[一二三四五六七八九十]{1,3})")
OF_ROWS = ("most", "fewest", "best", "worst", "loosest", "strictest", "looser", "stricter")
RECKONING = (*OF_ROWS, "sum", "difference", "agrees", "refers", "each", "whole_row")
_OF_PLACES = re.compile("市州|州市|地市|乡镇|镇街|镇乡|街道|县区|区县|县市|各地|地方")
# Characters of a caption that a question has to repeat to mean the table.
_OF_CAPTION = 6
# 这个总共花多少 asks for the sum of no rows: one is pointed at.
_OF_ONE = re.compile(r"^(?:那么?)?(?:[这那该](?:一)?(?:个|项|家|座|处|条|笔)(?!表)|它(?!们))")
_OPENING_PLACE = re.compile(
    r"[\u4e00-\u9fff]{2,3}(?:新区|开发区|高新区|园区|镇|乡|街道|县|区)(?![\u4e00-\u9fff]{0,2}(?:局|委|办))"
)
# 哪些村, 超过100户的村有几个
_KIND_ASKED = re.compile(
    r"(?:哪|几|各|每|的)(?:些|几|一)?(?:个|家|座|条|处)?(?P<kind>村|社区|镇|乡|街道|县|区|厂|站|矿|小区|公司|企业|断面|学校|园区)"
)
_WORKS = ("项目", "工程")
_ANOTHER_YEAR = re.compile(r"(?:19|20)\d{2}年|去年|上年|前年")
_MEASURED = re.compile("[吨亩里方顷元克]$|米$")
_ZONE = re.compile(r"(?<![发新园])(?<!经开)(?<!高新)(?<!示范)区$|[村场]$")


class TableNaming:
    """Reads tables with a question in mind."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def reading(
        self, query: Query, parsed: ParsedDocument, table: FigureTable
    ) -> TableReading | None:
        """A table with what the question names of it; None where it names nothing."""
        asked = without_region(query.text, parsed.source, table)
        heads = "".join(one.name for one in table.columns)
        # 今年降了多少, and whether two figures agree, is told by the columns of several years, if no two are named.
        several = asks("tables", "disagrees", query.text) or (
            asks("tables", "change", query.text) and not _ANOTHER_YEAR.search(query.text)
        )
        of_plan = None if several else parsed.source.year
        named = with_years(years_in_order(table, asked), query.as_of.year, heads, of_plan)
        text = in_words_of(table, named)
        # What the rows asked for are held against is none of them.
        other = self._held_against(query)
        text = text.replace(other, " " * len(other)) if other else text
        text = _without_own_period(text, f"{heads}{''.join(one.name for one in table.rows)}")
        about = _without(query, other)
        path = self._library.place(parsed.source.path, table.span.start).section.path
        above = table.caption.quote if table.caption else [parsed.source.title, *path][-1]
        caption = re.sub(r"(?<!\d) | (?!\d)", "", " ".join(above.split()))
        reading = TableReading(
            parsed,
            table,
            query.text,
            rows_named(table, text),
            columns_named(table, text),
            caption,
            confirms=query.asks_confirmation,
            referred=is_referred_to(query.text, table, path, caption),
            of_kind=_names_kind(query.text, table, caption),
            refers=query.refers_back,
        )
        reading = with_rows_by_number(with_conditions(reading, about), query)
        reading = with_only_figures(reading)
        if query.refers_back and query.earlier:
            reading = with_row_answered(self._with_earlier(reading, query), query.context)
        reading = with_changes(with_total_column(with_bounded_column(reading)))
        reading = with_fields(reading, query.fields)
        if not reading.rows:
            # 限值是60的 is said of the only column of figures, be its name an everyday one.
            only = reading.figure_columns if bound_asked(query.text) is not None else []
            meant = {i: one for i, one in reading.columns.items() if not one.weak or only == [i]}
            reading = replace(reading, columns=meant)
        reading = with_years_compared(with_rank(reading))
        if absent := self._absent(query, reading):
            return replace(
                reading, rows={} if not reading.transposed else reading.rows, absent=absent
            )
        if not (reading.rows or reading.columns or reading.referred):
            return None
        return self._of_unit(query, reading)

    @staticmethod
    def names_columns(query: Query, reading: TableReading) -> bool:
        """Whether the question itself, and not the one before it, names columns of a table."""
        return bool(columns_named(reading.table, in_words_of(reading.table, query.text)))

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
        of_all = any(asks("tables", name, reading.text) for name in OF_ROWS) or (
            asks("tables", "sum", reading.text) and not _OF_ONE.search(reading.text)
        )
        rows, columns = rows_named(reading.table, earlier), columns_named(reading.table, earlier)
        if of_all and reading.transposed:
            columns = {}
        elif of_all:
            rows = {}
        if not (reading.rows or of_all):
            asked = replace(query, text=query.earlier)
            before = with_conditions(replace(reading, text=earlier, rows=rows), asked)
            rows, reading = before.rows, replace(reading, conditions=before.conditions)
        reckons = any(asks("tables", name, reading.text) for name in RECKONING)
        if asks("operations", "swaps", reading.text) and not reckons:
            reading = replace(reading, text=f"{reading.text} {query.earlier}")
        return replace(reading, rows=reading.rows or rows, columns=reading.columns or columns)

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
            or any(_is_unit(unit, table.unit_of(row, i), table.columns[i].name) for row in rows)
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
                and any(_is_unit(unit, table.unit_of(row, i), one.name) for row in rows)
            ]
            if not having:
                return None
            if len(having) == 1 and not reading.transposed:
                return replace(reading, columns={having[0]: Named(frozenset([unit]), 1)})
        # A question may ask for several figures in units of their own; points are those of a share.
        shares = "%" in _alike(unit) and any(i in reading.figure_columns for i in fitting)
        # 现在多少、同比涨了几个点 asks for the figure that changed as well.
        changed = {changed_by(table, i) for i in fitting if is_change(table.columns[i].name)}
        if "多少" in query.text:
            fitting |= {i: one for i, one in reading.columns.items() if i in changed}
        return replace(reading, columns=fitting) if shares else reading

    # -- a place without a line --------------------------------------------------------------------

    def _absent(self, query: Query, reading: TableReading) -> str | None:
        """A place or a firm that the question names, that the document knows and that has no line in the table."""
        if not reading.of_places:
            return absent_firm(query.text, reading)
        if not (reading.columns if not reading.transposed else reading.rows):
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
        place = opening_place(query)
        return place if place not in self._library.folded(query.documents) else None


def _without_own_period(text: str, own: str) -> str:
    """A text without the parts of the year that no heading or row has: 季度 of 三季度 is none of 本季度完成投资."""
    for said in periods(text).values():
        if said not in fold_query(own):
            text = text.replace(said, " " * len(said))
    return text


def opening_place(query: Query) -> str:
    """The place that the topic of a question begins with, once its document's own is taken away; empty without one."""
    match = _OPENING_PLACE.match(query.topic)
    return match.group() if match and not is_no_single_place(match.group()) else ""


def is_referred_to(text: str, table: FigureTable, path: tuple[str, ...], caption: str) -> bool:
    """Whether a question names a table by its number, its annex or its title."""
    titled = named_of(text, [caption]).get(0)
    if titled is not None and not titled.weak:
        whole = titled.weight >= _OF_CAPTION
        if whole or any(f"{stretch}表" in text for stretch in titled.stretches):
            return True
    own = fold_query(" ".join([*path, table.caption.quote if table.caption else ""]))
    return bool(_numbers(text) & _numbers(own))


def _without(query: Query, other: str) -> Query:
    """The question without some words of it and the bodies that are named by them."""
    if not other:
        return query
    units = tuple(one for one in query.units if one.name not in other)
    return replace(query, text=query.text.replace(other, " " * len(other)), units=units)


def _names_kind(text: str, table: FigureTable, caption: str) -> bool:
    """Whether a question says what the rows of a table are, as its title, the heading of its rows or their names do."""
    rows = [one.name for one in table.rows if not one.total]
    if _OF_PLACES.search(text) and all(map(is_place_name, rows)):
        return True
    if any(_are_mostly(match["kind"], rows) for match in _KIND_ASKED.finditer(text)):
        return True
    heading = next((one.name for one in table.columns if one.kind is ColumnKind.LABEL), "")
    if any(one in f"{heading}{caption}" for one in _WORKS) and any(one in text for one in _WORKS):
        return True
    words = {word for name in (heading, caption) for word in cut(fold_query(name))}
    return any(len(word) > 1 and not word.isdigit() and word in text for word in words)


def _are_mostly(kind: str, rows: Sequence[str]) -> bool:
    """Whether more than half of some rows are of a kind by their names: villages."""
    return 2 * sum(fold_query(name).endswith(kind) for name in rows) > len(rows)


def _numbers(text: str) -> set[tuple[str, int | None]]:
    """The numbered annexes and tables that a text names: 附件1, 表二."""
    return {
        ("表" if kind == "表" else "附", parse_number(number))
        for kind, number in _NUMBERED.findall(text)
    }


def _is_unit(asked: str, unit: str, name: str) -> bool:
    """Whether a figure asked for in 辆 may be one in a unit of the same kind (台), or of another scale (万户).

    What differs by points is a share, which has its sign; of other columns the unit may be left out, if their `name`
    does not say that they count (农户数 is not asked for in 亩).
    """
    same = _alike(asked)
    if not unit and name.endswith("数") and is_measured(asked):
        return False
    return any(word in unit for word in same) or (not unit and "%" not in same)


def is_measured(unit: str) -> bool:
    """Whether a unit is one of measure (公里, 万元), and none that counts."""
    return _MEASURED.search(unit) is not None


def _alike(unit: str) -> list[str]:
    """A unit and those of the same kind."""
    sets: list[list[str]] = load_words("questions")["amounts"]["sets"]
    return next((words for words in sets if unit in words), [unit])
