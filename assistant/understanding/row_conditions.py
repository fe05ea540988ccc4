"""What the rows of a table that a question asks for have in their columns: a body, a person, a kind, a time.

A value counts as in ledgers (see `column_values`); a body by any of its names (住建局), in a column of bodies or places;
a time in a column of days, where it is asked what is finished or begun by then; and a word that stands beside a figure
(3100（企业自筹）) by its last part.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from assistant.ledger import Role
from assistant.query import Query, Window
from assistant.synonyms import synonyms_of
from assistant.understanding.column_values import parts_of, values_named
from assistant.understanding.table_names import is_place_name, named_of
from assistant.understanding.windows import find_windows
from assistant.units import same_unit
from assistant.vocabulary import asks, load_words, wording
from assistant.words import cut, frequency
from ingest.figure_tables.cells import read_figure
from ingest.records import ColumnKind, FigureColumn, FigureRow, FigureTable
from ingest.tables import heading_of_column
from vectorstore.folding import fold_query

_WORDS = (ColumnKind.LABEL, ColumnKind.TEXT)
_OF_BODIES = frozenset({
    "leader",
    "lead",
    "responsible",
    "cooperating",
    "acceptance",
    "supervising",
})
_ASIDE = re.compile(r"[(（]([^()（）]{2,12})[)）]")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_OFFICE_ENDS = re.compile(r"[局委办厅院队]|公司|管委会")
_LONGEST_OFFICE = 12
_FIRM = re.compile(
    r"[省市县区]?(?P<core>[\u4e00-\u9fff]{2,6}?)(?:投资|建设|发展|控股|股份|有限|责任|集团){0,4}(?:公司|集团)"
)
_LEVELS = tuple("省市县区州镇乡")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
# 月底 is that of this month, whatever the table's year.
_OF_ANY_YEAR = re.compile(r"\d月|季度|半年|年中|年[底末内]")
_YEAR_SAID = re.compile(r"\d{4}年|[今去前明后本当上下这][年个月周季]|[天日周]内|今天|现在|目前")
_NOT_FINISHED = re.compile(
    "[没未](?:有|能|曾)?(?:按[时期])?(?:全部|都)?(?:[完干做办弄改建整][^,，。;；?？]{0,2}[完成好]|完|结)"
)
# 完成 of 什么时候完成 is no state that is asked for.
_SHORTEST_STATE = 3


@dataclass(frozen=True, slots=True)
class RowCondition:
    """One thing that rows must have in a column; an `excluded` one they must not.

    `stretch` is what of the question names it, `wording` how an answer says it, `holds` whether a cell has it;
    `is_of_grade` tells that the column has grades (A, B).
    """

    column: int
    heading: str
    wording: str
    stretch: str
    holds: Callable[[str], bool]
    excluded: bool = False
    is_of_grade: bool = False

    @property
    def is_of_bodies(self) -> bool:
        """Whether it is by a body, a person or a place."""
        return is_of_bodies(self.heading)

    def is_alike(self, other: RowCondition) -> bool:
        """Whether one of two is enough: on one column, or a body in columns of what it may do."""
        same = self.stretch in other.stretch or other.stretch in self.stretch
        bodies = [self.is_of_bodies, other.is_of_bodies]
        # 盐田镇 is where rows are as well as the body 盐田镇政府 of some of them.
        of_one_place = any(bodies) and self.stretch == other.stretch
        return self.column == other.column or (same and all(bodies)) or of_one_place

    @property
    def is_of_time(self) -> bool:
        """Whether it is by when rows are due or begun."""
        return any(_tells_days(self.heading, begun=begun) for begun in (False, True))

    @property
    def is_of_state(self) -> bool:
        """Whether it is by how far rows are."""
        return heading_of_column(self.heading) == "status"


def meets(row: FigureRow, conditions: Sequence[RowCondition]) -> bool:
    """Whether a row has, of each thing asked for, one of what is asked, and none of what is left out."""
    if any(one.excluded and not one.holds(_cell(row, one)) for one in conditions):
        return False
    wanted = grouped([one for one in conditions if not one.excluded])
    return all(any(one.holds(_cell(row, one)) for one in group) for group in wanted)


def grouped(conditions: Sequence[RowCondition]) -> list[list[RowCondition]]:
    """Conditions of which a row needs one each: those on one column, and those that one body sets to several columns."""
    groups: list[list[RowCondition]] = []
    for one in conditions:
        alike = [group for group in groups if any(one.is_alike(other) for other in group)]
        groups = [group for group in groups if group not in alike]
        groups.append([*(other for group in alike for other in group), one])
    return groups


def worded(conditions: Sequence[RowCondition]) -> list[str]:
    """Conditions for reading; of those on several columns one is enough."""
    kept = grouped([one for one in conditions if not one.excluded])
    single = [group for group in kept if len({one.column for one in group}) == 1]
    said = ["或".join(one.wording for one in group) for group in kept if group not in single]
    own = [one for group in single for one in group]
    own += [one for one in conditions if one.excluded]
    return [*said, *(one.wording for one in own)]


def _cell(row: FigureRow, one: RowCondition) -> str:
    return row.cells[one.column].span.quote


def conditions_named(table: FigureTable, query: Query, year: int | None) -> list[RowCondition]:
    """The conditions on the rows of a table that a question names, given the year of days without one."""
    text = query.text
    names = [fold_query(row.labels[0].quote) for row in table.rows]
    # 车间 of 三车间 is a part of what rows have in the column of that name.
    names += [
        fold_query(one.name) for i, one in enumerate(table.columns) if not _in_cells(table, i)
    ]
    found = list(_values(table, text, names))
    bare = text
    for name in sorted(names, key=len, reverse=True):
        bare = bare.replace(name, " " * len(name))
    taken = {one.column for one in found}
    found += [one for one in _bodies(table, bare, query) if one.column not in taken]
    found = _of_duty(found, query)
    found += [*_times(table, query, year), *_asides(table, text), *_overdue(table, query, year)]
    return [one for one in found if one.column != _naming_column(table)]


def _in_cells(table: FigureTable, column: int) -> bool:
    """Whether the cells of a column end as its heading does."""
    head = table.columns[column].name
    return bool(head) and any(row.cells[column].span.quote.endswith(head) for row in table.rows)


def _naming_column(table: FigureTable) -> int | None:
    """The column by which rows go, which says what they are and not what they have; None in a list of tasks."""
    labels = (i for i, one in enumerate(table.columns) if one.kind is ColumnKind.LABEL)
    return None if table.of_tasks else next(labels, None)


def _values(table: FigureTable, text: str, names: Sequence[str]) -> Iterator[RowCondition]:
    """Values of columns of words that sort the rows into kinds."""
    rows = [row for row in table.rows if not row.total]
    columns = {
        one.name: [row.cells[i].span.quote for row in rows]
        for i, one in enumerate(table.columns)
        if one.kind in _WORDS or _is_graded(table, i)
    }
    places = {one.name: i for i, one in enumerate(table.columns)}
    for value in values_named(text, columns, names):
        if heading_of_column(value.column) != "status" or len(value.value) >= _SHORTEST_STATE:
            column = places[value.column]
            graded = _is_graded(table, column)
            # A grade is written in capitals.
            said = value.wording.upper() if graded else value.wording
            yield RowCondition(
                column, value.column, said, value.value, value.holds, value.excluded, graded
            )


def _is_graded(table: FigureTable, column: int) -> bool:
    """Whether a column of figures has only grades (A, Ⅲ类), which sort the rows as words do."""
    filled = [row.cells[column] for row in table.rows if not row.cells[column].blank]
    return bool(filled) and not any(cell.value for cell in filled)


def _bodies(table: FigureTable, text: str, query: Query) -> Iterator[RowCondition]:
    """Bodies, persons and places that stand in a column of such, by any of their names."""
    asked = [one.name for one in query.wanted_units] + list(query.people)
    for i, column in enumerate(table.columns):
        if column.kind not in _WORDS or not is_of_bodies(column.name):
            continue
        parts = dict.fromkeys(part for row in table.rows for part in _own(row, i))
        for part in parts:
            # 副县长林静 is a person with the post.
            person = next((name for name in query.people if part.endswith(name)), "")
            if stretch := person or _body_said(part, text, asked):
                yield RowCondition(
                    i, column.name, f"{column.name}：{part}", stretch, _has_part(part)
                )


def _of_duty(found: Sequence[RowCondition], query: Query) -> list[RowCondition]:
    """Conditions without those by which a body would do something else than the question says: 某镇负责的.

    Nor does one that leads or cooperates do what any other column has it do: 某镇配合的 are not those that it builds.
    """
    text = query.text
    fitting = {one.stretch for one in found if one.is_of_bodies and _does(one.heading, text)}
    aside = query.wanted_role in (Role.LEAD, Role.COOPERATING)
    return [
        one
        for one in found
        if not (one.is_of_bodies and (aside or one.stretch in fitting)) or _does(one.heading, text)
    ]


def _does(heading: str, text: str) -> bool:
    """Whether a question says of bodies what the heading of their column says: 实施 of 实施主体, 负责 for 责任单位."""
    duties: Mapping[str, Sequence[str]] = load_words("questions")["duties_of_heads"]
    return any(
        duty in heading and any(word in text for word in words) for duty, words in duties.items()
    )


def _own(row: FigureRow, column: int) -> tuple[str, ...]:
    """The bodies of a cell; a row of totals has none of its own."""
    whole, *parts = parts_of(row.cells[column].span.quote) or ("",)
    return () if row.total or not whole else tuple(parts or [whole])


def _has_part(part: str) -> Callable[[str], bool]:
    return lambda cell: part in parts_of(cell)


def _body_said(part: str, text: str, asked: Sequence[str]) -> str:
    """By what a question names a body; empty where it does not."""
    if part in text:
        return part
    if found := next((one for one in (*asked, *_offices(text)) if same_unit(one, part)), ""):
        return found
    # 城投 is a company and nothing else; 供水 of 供水公司 may be what the rows are of.
    firm = _FIRM.fullmatch(part)
    if firm is not None and firm["core"] in text and not frequency(firm["core"]):
        return firm["core"]
    named = named_of(text, [part]).get(0) if is_place_name(part) else None
    return next(iter(named.stretches)) if named else ""


@lru_cache(maxsize=64)
def _offices(text: str) -> tuple[str, ...]:
    """Stretches of a question that end as offices do, the longest first: a body may stand in no list of units.

    One that leaves the level before it out (公安局 of 市公安局) would name those of other levels too.
    """
    return tuple(
        text[start : match.end()]
        for match in _OFFICE_ENDS.finditer(text)
        for start in range(max(0, match.end() - _LONGEST_OFFICE), match.end() - 1)
        if _HAN.fullmatch(text[start : match.end()]) and text[start - 1 : start] not in _LEVELS
    )


def is_of_bodies(heading: str) -> bool:
    """Whether a column of this heading holds bodies, persons or places."""
    endings = tuple(load_words("questions")["columns"]["body_heads"])
    return heading_of_column(heading) in _OF_BODIES or heading.endswith(endings)


def tells_people(column: FigureColumn) -> bool:
    """Whether a column holds the persons of each row, if not those who answer for a task: 企业环保负责人."""
    endings = tuple(load_words("questions")["columns"]["person_heads"])
    return column.kind is ColumnKind.TEXT and column.name.endswith(endings)


def _times(table: FigureTable, query: Query, year: int | None) -> Iterator[RowCondition]:
    """The times by which rows are finished or begun, where the question asks by one."""
    begun = asks("columns", "begun", query.text)
    if not query.windows or not (begun or asks("columns", "finished", query.text)):
        return
    if _NOT_FINISHED.search(query.text):
        return  # 去年没干完的 are no rows that were due then
    windows = [_of_year(one, year) for one in query.windows]
    for i, column in enumerate(table.columns):
        if column.kind not in _WORDS or not _tells_days(column.name, begun=begun):
            continue
        if not any(day_told(row.cells[i].span.quote, year) for row in table.rows):
            continue
        for window in windows:
            yield RowCondition(
                i,
                column.name,
                f"{column.name}：{window.text}",
                window.text,
                _ends_within(window, year),
            )


def _of_year(window: Window, year: int | None) -> Window:
    """A window without a year in that of the table: 5月底前 of a plan of last year."""
    if year is None or not _OF_ANY_YEAR.search(window.text) or _YEAR_SAID.search(window.text):
        return window
    own = find_windows(window.text, dt.date(year, 1, 1))
    return replace(own[0], text=window.text) if len(own) == 1 else window


def _overdue(table: FigureTable, query: Query, year: int | None) -> Iterator[RowCondition]:
    """What is overdue, where that is asked: the limit is before the day of asking, and something is left to do."""
    if not query.overdue:
        return
    columns = overdue_columns(table)
    due = columns[0] if columns else limit_column(table) if table.in_words else None
    if due is None:
        return
    today = query.as_of.isoformat()
    said = wording("operations", "overdue").search(query.text)
    stretch = said.group() if said else ""
    heading = table.columns[due].name
    yield RowCondition(
        due, heading, f"{heading}：早于{today}", stretch, _ended_before(query.as_of, year)
    )
    if columns is None:
        return
    left, left_heading = columns[1], table.columns[columns[1]].name
    yield RowCondition(left, left_heading, f"{left_heading}：有", stretch, _is_some)


def overdue_columns(table: FigureTable) -> tuple[int, int] | None:
    """The columns of a table that tell which rows are overdue: their limits, and how much of each is left to do."""
    left_heads = tuple(load_words("questions")["columns"]["left_heads"])
    columns = list(enumerate(table.columns))
    due = (i for i, one in columns if heading_of_column(one.name) == "deadline")
    left = (
        i
        for i, one in columns
        if one.kind is ColumnKind.FIGURES and one.name.startswith(left_heads)
    )
    found = next(due, None), next(left, None)
    return (found[0], found[1]) if found[0] is not None and found[1] is not None else None


def _ended_before(today: dt.date, year: int | None) -> Callable[[str], bool]:
    def holds(cell: str) -> bool:
        return any(day < today for day in days_told(cell, year))

    return holds


def _is_some(cell: str) -> bool:
    """Whether a cell holds a figure above zero."""
    figure = read_figure(cell, among_figures=True)
    return figure is not None and bool(figure.value) and Decimal(figure.value) > 0


def _ends_within(window: Window, year: int | None) -> Callable[[str], bool]:
    """Whether a cell tells a day of a window; one without a year is of the table's own."""

    def holds(cell: str) -> bool:
        days = days_told(cell, year)
        own = (day for day in days if not window.any_year or year is None or day.year == year)
        return any(map(window.holds, own))

    return holds


def _tells_days(heading: str, *, begun: bool) -> bool:
    words = load_words("questions")["columns"]["begun_heads" if begun else "finished_heads"]
    role = heading_of_column(heading)
    return any(word in heading for word in words) or (role == "deadline" and not begun)


def limit_column(table: FigureTable) -> int | None:
    """The one column of a table that tells by when its rows are due, and not when they are begun."""
    found = [
        i
        for i, one in enumerate(table.columns)
        if one.kind is not ColumnKind.FIGURES
        and _tells_days(one.name, begun=False)
        and not _tells_days(one.name, begun=True)
    ]
    return found[0] if len(found) == 1 else None


def due_within(cell: str, window: Window, year: int | None) -> bool:
    """Whether a cell tells a day of a window, which is of the table's year where it says none."""
    return _ends_within(_of_year(window, year), year)(cell)


def day_told(cell: str, year: int | None) -> dt.date | None:
    """The last day that a cell tells, one without a year in the given one."""
    return max(days_told(cell, year), default=None)


def days_told(cell: str, year: int | None) -> list[dt.date]:
    """The days by which a cell tells that parts of its row are due: 苫盖10月底；绿化2026年4月底."""
    said = find_windows(fold_query(cell), dt.date(year or dt.MINYEAR, 1, 1))
    return [one.latest for one in said if one.latest and (year or not one.any_year)]


def _asides(table: FigureTable, text: str) -> Iterator[RowCondition]:
    """Words that stand in brackets beside figures, named by the noun they end with."""
    asked = " ".join([text, *synonyms_of(text)])
    for i, column in enumerate(table.columns):
        if column.kind is not ColumnKind.FIGURES:
            continue
        asides = {
            one for row in table.rows for one in _ASIDE.findall(fold_query(row.cells[i].span.quote))
        }
        for aside in sorted(asides):
            last = cut(aside)[-1]
            if len(last) > 1 and last in asked:
                yield RowCondition(
                    i, column.name, f"{column.name}注明“{aside}”", last, _notes(aside)
                )


def _notes(aside: str) -> Callable[[str], bool]:
    return lambda cell: aside in _ASIDE.findall(fold_query(cell))


def year_of(table: FigureTable, year: int | None) -> int | None:
    """The year of days without one: that of the title of the table, else the given one."""
    said = _YEAR.search(table.caption.quote) if table.caption else None
    return int(said.group()) if said else year
