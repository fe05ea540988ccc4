"""The tasks of a table's rows: a row, or rows with a common number and title, are one task."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from typing import TypeVar

from ingest.anchor import month_end
from ingest.brackets import trim
from ingest.deadlines import Anchor, is_status, parse_deadline_field
from ingest.enumerations import Point, numbered_points
from ingest.markers import Label, find_labels
from ingest.outline import record_id
from ingest.progress import reported_as_of
from ingest.records import Deadline, Measure, Person, Progress, Span, Task, Unit
from ingest.responsibility import (
    DUTY_ROLES,
    LINE_BREAKS,
    UNIT_ROLES,
    Duties,
    label_values,
    read_duties,
    units_of,
    values_by_role,
)
from ingest.tables import Cell, Row, Table, bare_heading, names_more, names_persons_too
from ingest.tasks.context import Context
from ingest.tasks.measures import measure
from ingest.tasks.review import doubts
from ingest.tasks.states import closing_state
from ingest.unit_lists import are_names, is_unit_name, looks_like_units, parse_people, parse_units

_LINES = re.compile(r"\s*(?:<br\s*/?>|\n)\s*")
_PIECE = re.compile(r"<[^<>]*>|[^\s、，,；;：:/（）()<>]+")
# 第3项 is number 3.
_ORDINAL = re.compile(r"^第\s*(\d{1,3}|[一二三四五六七八九十百]{1,4})\s*[项条号件类个]$")
# Roles of those who carry a measure out.
_DOING = ("lead", "responsible", "cooperating")


def table_tasks(
    text: str,
    sha256: str,
    table: Table,
    path: tuple[str, ...],
    anchor: Anchor,
    beside: Sequence[Sequence[tuple[Table, Row]]] = (),
) -> Iterator[Task]:
    """One task for each row, together with the rows that go on with it.

    A row with nothing but its first cell is a heading inside the table. `beside` are, by position, the rows of other
    tables that tell more of the same task.
    """
    heading: tuple[str, ...] = ()
    rows: list[_RowReader] = []
    for index, row in enumerate(table.rows):
        others = beside[index] if beside else ()
        reader = _RowReader(text, sha256, table, row, anchor, others)
        if reader.is_heading():
            if rows:
                yield _task(rows, (*path, *heading))
            heading, rows = (reader.first_words(),), []
        elif rows and reader.goes_on(rows[0]):
            rows.append(reader)
        else:
            if rows:
                yield _task(rows, (*path, *heading))
            rows = [reader] if reader.says_something() else []
    if rows:
        yield _task(rows, (*path, *heading))


def _task(rows: Sequence[_RowReader], path: tuple[str, ...]) -> Task:
    """The task that the first row is; the others add their measures, units and limits to it."""
    first = rows[0].task(path)
    if len(rows) == 1:
        return first
    readings = [first]
    for row in rows[1:]:
        readings.append(row.task(path, sum(len(one.measures) for one in readings)))
    end = readings[-1].span.end
    return replace(
        first,
        id=rows[0].record_id(end),
        span=rows[0].span(first.span.start, end),
        leaders=_each_once(one for task in readings for one in task.leaders),
        lead_units=_each_once(one for task in readings for one in task.lead_units),
        responsible_units=_each_once(one for task in readings for one in task.responsible_units),
        cooperating_units=_each_once(one for task in readings for one in task.cooperating_units),
        acceptance_units=_each_once(one for task in readings for one in task.acceptance_units),
        supervising_units=_each_once(one for task in readings for one in task.supervising_units),
        deadline=_last_limit(task.deadline for task in readings),
        measures=tuple(_shared_out(rows, readings)),
    )


def _shared_out(rows: Sequence[_RowReader], readings: Sequence[Task]) -> Iterator[Measure]:
    """The measures of all rows, each once; where rows differ in units, limit or state, a measure has its row's."""
    # An empty cell below a filled one is merged with it.
    differing = {
        role
        for role in (*_DOING, "deadline")
        if len({row.written(role) for row in rows} - {""}) > 1
    }
    several_states = len({tuple(one.quote for one in task.reported) for task in readings}) > 1
    seen: set[str] = set()
    for row, task in zip(rows, readings, strict=True):
        if row.written("measures") in seen and row.written("measures"):
            continue  # One cell, merged over several rows.
        seen.add(row.written("measures"))
        units = tuple(one for role in _DOING if role in differing for one in row.units(role))
        own = (task.deadline,) if task.deadline and "deadline" in differing else ()
        told = [Progress(one, task.status_as_of) for one in task.reported] if several_states else []
        for one in task.measures:
            yield replace(
                one,
                units=one.units or units,
                deadlines=(*one.deadlines, *own),
                progress=(*one.progress, *told),
            )


def _last_limit(limits: Iterable[Deadline | None]) -> Deadline | None:
    """A task ends with the last of its limits; one without a date is later than any with one."""
    known = [limit for limit in limits if limit is not None]
    return max(known, key=lambda limit: limit.latest or dt.date.max, default=None)


Named = TypeVar("Named", Unit, Person)


def _each_once(entries: Iterable[Named]) -> tuple[Named, ...]:
    found: dict[str, Named] = {}
    for one in entries:
        found.setdefault(one.name, one)
    return tuple(found.values())


class _RowReader:
    def __init__(
        self,
        text: str,
        sha256: str,
        table: Table,
        row: Row,
        anchor: Anchor,
        beside: Sequence[tuple[Table, Row]] = (),
    ) -> None:
        self._text, self._sha256, self._row, self._anchor = text, sha256, row, anchor
        self._context = Context(text, sha256, {}, anchor)
        self._columns = len(table.roles)
        self._heads, self._caption = table.heads, table.caption
        self._cells: dict[str, Cell] = {}
        self._beside = [other for _, other in beside]
        self._with_persons: list[str] = []
        self._several_fields = False
        of_duty: set[str] = set()
        for one, cells in ((table, row.cells), *((other, own.cells) for other, own in beside)):
            for role, head, cell in zip(one.roles, one.heads, cells, strict=False):
                # 责任单位 beside 实施主体 is who is responsible.
                said_so = role == "responsible" and bare_heading(head).startswith("责任")
                if role and (role not in self._cells or (said_so and role not in of_duty)):
                    self._cells[role] = cell
                if said_so:
                    of_duty.add(role)
                if role in UNIT_ROLES and names_persons_too(head):
                    self._with_persons.append(role)
                if role == "title" and names_more(head):
                    self._several_fields = True
        self._within = Duties()
        for role in ("title", *UNIT_ROLES):
            self._part_off_fields(role)
        self._within.merge(self._part_off_duties())

    def _part_off_fields(self, role: str) -> None:
        """Make the labelled fields that a cell holds cells of their own: 粉尘外逸<br>整改措施：1.…, 包保领导：某某<br>主办单位：甲局.

        A cell of bodies that begins with a label says itself what each is; the name of a task stands before its fields.
        """
        start, end = self._cells.get(role, (0, 0))
        labels = [
            one for one in find_labels(self._text, start, end) if self._opens_field(one, start)
        ]
        if role == "title" and self._several_fields and not labels:
            line = _LINES.search(self._text, start, end)
            if line is not None:
                self._cells["title"] = trim(self._text, start, line.start(), "*")
                self._cells.setdefault("measures", trim(self._text, line.end(), end))
            return
        if not labels or (role in UNIT_ROLES and labels[0].start > start):
            return
        if role in UNIT_ROLES and all(one.role in UNIT_ROLES for one in labels):
            return  # `units_of` reads these.
        values = [
            (one.role, (begin, stop)) for one, begin, stop in label_values(self._text, labels, end)
        ]
        own = {one: value for one, value in values if one not in DUTY_ROLES}
        if role == "title" and labels[0].start == start:
            if labels[0].role not in ("name", "problem"):
                return
            name = values[0][1]
        else:
            name = trim(self._text, start, labels[0].start)
        self._within.merge(read_duties(self._text, labels, end))
        if role == "title":
            stop = name[0] + len(LINE_BREAKS.sub("", self._text[slice(*name)]))
            self._cells["title"] = trim(self._text, name[0], stop, "*。；;")
        else:
            del self._cells[role]
        for one, value in own.items():
            self._cells.setdefault(one, value)

    def _opens_field(self, label: Label, start: int) -> bool:
        """Whether a label begins a cell, a line of it, or a sentence."""
        before = self._text[start : label.start].rstrip(" \u3000*【")
        return not before or before.endswith((">", "\n", "。", "；", ";"))

    def _part_off_duties(self) -> Duties:
        """Who has the task by labels that close the cell of what is to be done: 1.…；2.…。<br>主办单位：甲局."""
        start, end = self._cells.get("measures", (0, 0))
        labels = [one for one in find_labels(self._text, start, end) if one.role in DUTY_ROLES]
        if not labels or labels[0].start == start:
            return Duties()
        before = self._text[start : labels[0].start]
        self._cells["measures"] = trim(self._text, start, start + len(LINE_BREAKS.sub("", before)))
        return read_duties(self._text, labels, end)

    def is_heading(self) -> bool:
        """Whether only the first cell of a wide table is filled in: 一、大气污染防治."""
        filled = [start < end for start, end in self._row.cells]
        return self._columns > 2 and filled[0] and not any(filled[1:])

    def says_something(self) -> bool:
        """Whether anything but the number is filled in; a task without a title is kept, and marked."""
        return any(start < end for role, (start, end) in self._cells.items() if role != "number")

    def _title(self) -> Cell:
        """The title, or the first cell that is filled in where there is none."""
        filled = [
            cell for role, cell in self._cells.items() if role != "number" and cell[0] < cell[1]
        ]
        return self._cells["title"] if self.has("title") else filled[0]

    def first_words(self) -> str:
        start, end = self._row.cells[0]
        return self._text[start:end]

    def goes_on(self, first: _RowReader) -> bool:
        """Whether the row belongs to the task of the row above: its number and title are merged, or empty.

        A part of a matter that a column names (子项) is a task of its own.
        """
        if self._cell("part") is not None:
            return False
        number, title = self.written("number"), self.written("title")
        if not title:
            return number in ("", first.written("number"))
        return title == first.written("title") and number == first.written("number") != ""

    def task(self, path: tuple[str, ...], after: int = 0) -> Task:
        """The task that the row is, its points counted on from those of the rows above that belong to it."""
        number = _ORDINAL.sub(r"\1", self.written("number"))
        title = self.span(*self._title())
        deadline = self._cell("deadline")
        reported = (
            self.span(*deadline) if deadline and is_status(self.written("deadline")) else None
        )
        fields = {
            role: self.span(*cell)
            for role, cell in self._cells.items()
            if role not in ("number", "title") and cell[0] < cell[1]
        }
        if self._cell("part") is None:
            fields.pop("part", None)
        start, end = self._row.start, self._row.end
        units = {role: self.units(role) for role in UNIT_ROLES}
        limit = None
        if deadline and not reported:
            limit = parse_deadline_field(self._text, *deadline, self._anchor)
        leaders, measures = self._leaders(), tuple(self._measures(limit, after))
        status = fields.get("status") or reported
        if status is None and deadline:
            status = closing_state(self._text, *deadline)
        return Task(
            id=self.record_id(end),
            number=number,
            title=title,
            path=(*path, self._row.name or (f"第{number}行" if number else "表格行")),
            span=self.span(start, end),
            beside=tuple(self.span(one.start, one.end) for one in self._beside),
            labelled=True,
            row=True,
            problem=fields.get("problem", title),
            leaders=leaders,
            lead_units=units["lead"],
            responsible_units=units["responsible"],
            cooperating_units=units["cooperating"],
            acceptance_units=units["acceptance"],
            supervising_units=units["supervising"],
            target=fields.get("target"),
            deadline=limit,
            status=status,
            status_as_of=reported_as_of(self._text, status, self._anchor),
            measures=measures,
            fields=fields,
            columns=self._columns_read(),
            caption=self._caption,
            review=(*self._misfits(), *doubts(fields, units, leaders, limit, measures)),
        )

    def _columns_read(self) -> dict[str, Span]:
        """Each cell that is filled in by the heading of its column."""
        cells = zip(self._heads, self._row.cells, strict=False)
        return {
            bare_heading(head): self.span(*cell)
            for head, cell in cells
            if head and cell[0] < cell[1]
        }

    def _misfits(self) -> Iterator[str]:
        """What is wrong with the row as a row of its table."""
        if len(self._row.cells) != self._columns:
            yield f"该行有 {len(self._row.cells)} 格，表头有 {self._columns} 格"
        if not self.has("title"):
            yield "该行没有任务名称"
        for (_, end), (start, _) in pairwise(self._row.cells):
            between = self._text[end:start].strip("| \t\n")
            if between and between not in self._heads and looks_like_units(self._text, end, start):
                yield f"“{between}”属于哪一栏未能识别"

    def record_id(self, end: int) -> str:
        """The id of the task that begins with this row and ends at `end`."""
        return record_id(self._sha256, "task", self._row.start, end)

    def has(self, role: str) -> bool:
        start, end = self._cells.get(role, (0, 0))
        return start < end

    def _measures(self, limit: Deadline | None, after: int) -> Iterator[Measure]:
        cell = self._cell("measures") or self._cell("title")
        if cell is None:
            return
        points = numbered_points(self._text, *cell)
        if not points and not self.has("measures"):
            return  # 治理河段黑臭，一是截污；二是清淤 tells in the title what is to be done, other titles do not.
        if after and not points:
            points = numbered_points(self._text, *cell, after)
        points = points or [Point(cell[0], cell[0], "")]
        stops = [*(point.start for point in points[1:]), cell[1]]
        for point, stop in zip(points, stops, strict=True):
            end = point.words + len(LINE_BREAKS.sub("", self._text[point.words : stop]))
            # Strokes are no words: 1.…|||⏎|2.… in a cell merged over the columns of a form.
            s, e = trim(self._text, point.words, end, "；;|｜")
            if s < e:
                read = measure(self._context, point.number, point.start, e, s)
                limits = tuple(self._in_year_of(limit, one) for one in read.deadlines)
                yield replace(read, deadlines=limits)

    def _in_year_of(self, limit: Deadline | None, one: Deadline) -> Deadline:
        """A measure's limit; of a table that bears no date, the row's own tells the year that it leaves out."""
        own = limit.latest if limit is not None and self._anchor.issued is None else None
        if own is None or not one.year_inferred:
            return one
        earliest, latest = (
            day
            and min(
                day.replace(day=1, year=own.year) + (day - day.replace(day=1)),
                month_end(own.year, day.month),
            )
            for day in (one.earliest, one.latest)
        )
        return replace(one, earliest=earliest, latest=latest)

    def _cell(self, role: str) -> Cell | None:
        cell = self._cells.get(role)
        return (
            cell
            if cell
            and cell[0] < cell[1]
            and self._text[cell[0] : cell[1]] not in ("-", "—", "/", "无")
            else None
        )

    def units(self, role: str) -> tuple[Unit, ...]:
        """The bodies in a role, by their column or by what another cell says of them."""
        return _each_once(unit for own, unit in self._bodies if own == role)

    @cached_property
    def _bodies(self) -> tuple[tuple[str, Unit], ...]:
        return tuple(self._named())

    def _named(self) -> Iterator[tuple[str, Unit]]:
        """Each body that a cell names, in the role of its column or the one that the cell gives it."""
        for role in UNIT_ROLES:
            cell = self._cell(role)
            if cell and role in self._with_persons:
                for own, value in values_by_role(self._text, role, *cell):
                    for one in self._bodies_and_persons(value)[0]:
                        yield from ((own, unit) for unit in parse_units(self._text, *one))
            elif cell:
                yield from units_of(self._text, role, *cell)
            else:
                yield from ((role, unit) for unit in self._within.units.get(role, ()))

    def _leaders(self) -> tuple[Person, ...]:
        """The persons of their own column; where there is none, those named beside the bodies of another."""
        if "leader" in self._cells:
            cells = [cell] if (cell := self._cell("leader")) else []
        else:
            mixed = [(role, *cell) for role in self._with_persons if (cell := self._cell(role))]
            values = [value for one in mixed for _, value in values_by_role(self._text, *one)]
            cells = [one for value in values for one in self._bodies_and_persons(value)[1]]
            if not cells:
                return _each_once(self._within.leaders)
        return _each_once(one for cell in cells for one in parse_people(self._text, *cell))

    def _bodies_and_persons(self, cell: Cell) -> tuple[list[Cell], list[Cell]]:
        """The pieces of a cell that name bodies, and those that name persons: 县水务局 沈立农, 县水务局（沈立农）."""
        bodies: list[Cell] = []
        persons: list[Cell] = []
        for piece in _PIECE.finditer(self._text, *cell):
            if piece.group().startswith("<"):
                continue
            people = parse_people(self._text, *piece.span())
            is_person = not is_unit_name(piece.group()) and people and are_names(people)
            (persons if is_person else bodies).append(piece.span())
        return bodies, persons

    def written(self, role: str) -> str:
        cell = self._cell(role)
        return self._text[cell[0] : cell[1]] if cell else ""

    def span(self, start: int, end: int) -> Span:
        return Span(start, end, self._text[start:end])
