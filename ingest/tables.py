"""Task lists written as a table: a row, or rows with a common number and title, are one task.

Tables of every format reach this module as Markdown pipe tables, or with tabs between the cells as they are pasted
into text. The header row says which column plays which role, by the same label vocabulary as labelled fields.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from ingest.anchor import month_end
from ingest.blocks import Block, has_strokes, is_table_row, is_table_rule
from ingest.brackets import trim
from ingest.deadlines import Anchor, is_status, parse_deadline_field
from ingest.enumerations import Point, numbered_points
from ingest.merged_cells import MergedCells, merged_cells, with_cells_above
from ingest.outline import record_id
from ingest.progress import reported_as_of
from ingest.records import Deadline, Measure, Person, Span, Task, Unit
from ingest.responsibility import DUTY_ROLES, UNIT_ROLES
from ingest.tab_rows import tab_cells
from ingest.tasks.context import Context
from ingest.tasks.measures import measure
from ingest.tasks.review import doubts
from ingest.unit_lists import parse_people, parse_units
from ingest.vocabulary import load_vocabulary

_NUMBER_HEADS = ("序号", "编号", "序", "问题编号")
_TITLE_HEADS = (
    "问题",
    "具体问题",
    "任务名称",
    "问题名称",
    "项目",
)
_TITLE_ENDINGS = ("问题", "任务", "事项")
# How Markdown tables break a line inside a cell.
_LINE_BREAK = re.compile(r"(?:\s*<br\s*/?>)+\s*$")

# 第3项 is number 3.
_ORDINAL = re.compile(r"^第\s*(\d{1,3}|[一二三四五六七八九十百]{1,4})\s*[项条号件类个]$")

# Roles of those who carry a measure out.
_DOING = ("lead", "responsible", "cooperating")

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: the range of its line and those of its cells, of which one may stand in a row above.

    `name` is what stands above one that is a form (表1).
    """

    start: int
    end: int
    cells: tuple[Cell, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the role of each column (empty where unknown) and its rows, with its headings and its title."""

    roles: tuple[str, ...]
    rows: tuple[Row, ...]
    heads: tuple[str, ...] = ()
    caption: Span | None = None

    @property
    def is_list(self) -> bool:
        """Whether the table by itself is a list of tasks: it names them and two of their fields."""
        return "title" in self.roles and len(set(self.roles) - {""}) >= _FEWEST_ROLES

    def roles_beside_names(self) -> frozenset[str]:
        """The fields that the table tells of what its rows name or number."""
        return frozenset(self.roles) - {"", "number", "title"}


_MOST_ROWS_ABOVE = 4
_LONGEST_CAPTION = 60
_MOST_LINES_ABOVE = 2
_SENTENCE = re.compile("[。；;！!？?]")
_PARTICULARS = re.compile(r"[（(][^（()）]*[)）]$|[（(]?[^，,。]{2,8}[:：]")
_FEWEST_ROLES = 3
# Whatever stands before them: 包案县领导, 截至9月30日进展.
_ENDINGS = (
    *(("leader", "领导"), ("status", "进展"), ("status", "状态"), ("status", "进度")),
    *(
        ("status", "办理情况"),
        ("status", "整改情况"),
        ("status", "完成情况"),
        ("status", "落实情况"),
    ),
    *(("deadline", "时限"), ("deadline", "期限")),
    *(
        ("problem", "问题基本情况"),
        ("problem", "问题摘要"),
        ("problem", "问题概况"),
        ("problem", "问题描述"),
    ),
)
# 受理编号 and 工单号 number the rows, 对应编号 those of another table.
_NUMBER_OF_ROW = re.compile(r"[\u4e00-\u9fff]{2,4}(?:编号|单号|序号|代码)|工单号|件号")
_NUMBER_ELSEWHERE = re.compile(r"(?:对应|关联|相关|所属|原).{0,6}(?:编号|单号|序号|号)$")
_IN_HAND = frozenset({"lead", "responsible"})
_TELLING_WHO = frozenset(DUTY_ROLES)
_TELLING_WHEN = frozenset({"deadline", "status", "closed"})


def find_tables(text: str, blocks: Sequence[Block]) -> list[Table]:
    """Tables whose header names at least a title and two fields of a task, or the number and one more.

    The latter are no list of tasks by themselves (`ingest.joined_tables`). The header is the line above the rule; it is repeated where the table goes on over another page.
    """
    tables = []
    merged = merged_cells(text)
    for above, group in _table_groups(blocks):
        rule = next((i for i, block in enumerate(group) if is_table_rule(block)), 0)
        if rule == 0 and not _is_piped(group[0]):
            rule = _pasted_head(text, group)
        heads = [_written(text, _cells(text, block)) for block in group[:rule]]
        roles = _roles_of_part(heads[-1]) if heads else ()
        body = [
            block
            for block in group[rule + _is_piped(group[0]) :]
            if _written(text, _cells(text, block)) not in heads
        ]
        if body and roles:
            rows = _rows(text, heads[-1], body, merged)
            tables.append(Table(roles, rows, tuple(heads[-1]), _caption(text, above)))
    return tables


def _rows(
    text: str, heads: Sequence[str], body: Sequence[Block], merged: MergedCells
) -> tuple[Row, ...]:
    """The rows with the cells that they share with the rows above; one that sums up the others is none."""
    filled = with_cells_above(text, heads, [_cells(text, block) for block in body], merged)
    return tuple(
        Row(block.start, block.end, cells)
        for block, cells in zip(body, filled, strict=True)
        if not _is_sum(_written(text, cells))
    )


def _is_sum(cells: Sequence[str]) -> bool:
    """Whether a row adds up the others: 合计 and figures."""
    first = next((one for one in cells if one), "")
    return first in load_vocabulary("tables")["totals"] and sum(map(bool, cells)) > 1


def _caption(text: str, above: Sequence[Block]) -> Span | None:
    """The line above a table that is its title; lines of particulars (填报日期：…) may stand between."""
    for line in reversed(above):
        if _PARTICULARS.match(line.text):
            continue
        if len(line.text) > _LONGEST_CAPTION or _SENTENCE.search(line.text):
            return None
        return Span(line.start, line.end, text[line.start : line.end])
    return None


def _pasted_head(text: str, group: Sequence[Block]) -> int:
    """How many rows a pasted table has down to its header, which has no rule below it.

    What was pasted from a spreadsheet may have lines of particulars above it (填报单位：…, 填报日期：…).
    """
    for index, block in enumerate(group[:_MOST_ROWS_ABOVE], start=1):
        if _roles_of_part(_written(text, _cells(text, block))):
            return index
    return 1


def column_roles(heads: Sequence[str]) -> tuple[str, ...]:
    """The role of each column of a list of tasks by its heading; nothing where the row heads no such list."""
    roles = _roles(heads)
    return roles if Table(roles, ()).is_list else ()


def _roles(heads: Sequence[str]) -> tuple[str, ...]:
    roles = [heading_of_column(head) for head in heads]
    if "title" not in roles and "problem" in roles:
        roles[roles.index("problem")] = "title"
    if not _IN_HAND & set(roles) and "supervising" in roles:
        # The only body that a table names has the thing in hand: 监管单位 of a list of companies.
        roles[roles.index("supervising")] = "responsible"
    if "title" not in roles and _TELLING_WHO & set(roles) and _TELLING_WHEN & set(roles):
        # A list of outfalls or of petitions: what each row is of goes by a name, a place or what was said.
        endings = tuple(load_vocabulary("tables")["naming_heads"])
        named = (
            i for i, head in enumerate(heads) if not roles[i] and _bare(head).endswith(endings)
        )
        if (naming := next(named, None)) is not None:
            roles[naming] = "title"
    if "status" not in roles and "closed" in roles:
        roles[roles.index("closed")] = "status"
    return tuple("" if one == "closed" else one for one in roles)


def _roles_of_part(heads: Sequence[str]) -> tuple[str, ...]:
    """The role of each column of a list of tasks, or of a table that may be part of one, which has numbers."""
    roles = _roles(heads)
    numbered = "number" in roles and set(roles) - {"", "number"}
    return roles if numbered or Table(roles, ()).is_list else ()


def _written(text: str, cells: Sequence[Cell]) -> list[str]:
    return [text[start:end] for start, end in cells]


def _table_groups(blocks: Sequence[Block]) -> Iterator[tuple[list[Block], list[Block]]]:
    """The lines above a table, and its rows, which follow each other and are drawn alike."""
    above: list[Block] = []
    group: list[Block] = []
    for block in blocks:
        if block.heads:
            continue
        if is_table_row(block) and (not group or _drawn(block) == _drawn(group[-1])):
            group.append(block)
            continue
        if len(group) >= 2:
            yield above, group
        if is_table_row(block):
            above, group = ([] if group else above), [block]
        else:
            above, group = [*([] if group else above), block][-_MOST_LINES_ABOVE:], []
    if len(group) >= 2:
        yield above, group


def _drawn(row: Block) -> str:
    return "framed" if _is_piped(row) else "strokes" if has_strokes(row.text) else "tabs"


def _cells(text: str, row: Block) -> tuple[Cell, ...]:
    if row.cells:
        return row.cells
    if _drawn(row) == "tabs":
        cells = tab_cells(text, (row.start, row.end))
        return tuple(_unquoted(text, trim(text, *cell)) for cell in cells)
    piped: list[Cell] = []
    begin = row.start + _is_piped(row)
    for position in range(begin, row.end):
        if text[position] == "|" and text[position - 1] != "\\":
            piped.append(trim(text, begin, position))
            begin = position + 1
    if begin < row.end or not _is_piped(row):
        piped.append(trim(text, begin, row.end))
    return tuple(piped)


def _unquoted(text: str, cell: Cell) -> Cell:
    """A cell without the quotation marks that a spreadsheet puts around one with line breaks."""
    start, end = cell
    quoted = end - start > 1 and text[start] == text[end - 1] == '"'
    return trim(text, start + 1, end - 1) if quoted and "\n" in text[start:end] else cell


def _is_piped(row: Block) -> bool:
    return row.text.startswith("|")


def heading_of_column(heading: str) -> str:
    """The role of the column, or of the field of a form, that a heading names; empty where it is unknown."""
    bare = _bare(heading)
    if bare in _NUMBER_HEADS or numbers_rows(bare):
        return "number"
    if bare in load_vocabulary("tables")["closed_heads"]:
        return "closed"
    if bare in _TITLE_HEADS:
        return "title"
    labels = load_vocabulary("labels")
    for role in (*DUTY_ROLES, "target", "deadline", "measures", "status", "problem"):
        # Below a heading 责任单位, one of 牵头 or 配合 is enough.
        if bare in labels[role] or f"{bare}单位" in labels[role]:
            return role
    if role := next((role for role, ending in _ENDINGS if bare.endswith(ending)), ""):
        return role
    # 突出问题, 督察整改任务: whatever else they are called, they are what the rows are about.
    return "title" if bare.endswith(_TITLE_ENDINGS) else ""


def is_column(heading: str) -> bool:
    """Whether a heading is one that tables have beside the fields of a task: 行政区域, 是否属实, 备注."""
    words = load_vocabulary("tables")
    endings = (*words["sorting_heads"], *words["remark_heads"], *words["closed_heads"])
    bare = _bare(heading)
    return bare.endswith(endings) or bare.startswith("是否")


def numbers_rows(heading: str) -> bool:
    """Whether the cells below a heading number the rows: 受理编号, 工单号."""
    return _NUMBER_OF_ROW.fullmatch(heading) is not None and not refers_to_number(heading)


def refers_to_number(heading: str) -> bool:
    """Whether the cells below a heading are numbers of another table's rows: 对应表一序号."""
    return _NUMBER_ELSEWHERE.match(heading) is not None


def _bare(heading: str) -> str:
    return re.sub(r"[\s*]|[（(].*?[)）]", "", heading)


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
    readings = [row.task(path) for row in rows]
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
    """The measures of all rows, each once; where rows differ in units or limit, a measure has its row's."""
    # An empty cell below a filled one is merged with it.
    differing = {
        role
        for role in (*_DOING, "deadline")
        if len({row.written(role) for row in rows} - {""}) > 1
    }
    seen: set[str] = set()
    for row, task in zip(rows, readings, strict=True):
        if row.written("measures") in seen and row.written("measures"):
            continue  # One cell, merged over several rows.
        seen.add(row.written("measures"))
        units = tuple(one for role in _DOING if role in differing for one in row.units(role))
        own = (task.deadline,) if task.deadline and "deadline" in differing else ()
        for one in task.measures:
            yield replace(one, units=one.units or units, deadlines=(*one.deadlines, *own))


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
        for roles, cells in ((table.roles, row.cells), *((t.roles, r.cells) for t, r in beside)):
            for role, cell in zip(roles, cells, strict=False):
                if role:
                    self._cells.setdefault(role, cell)

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
        """Whether the row belongs to the task of the row above: its number and title are merged, or empty."""
        number, title = self.written("number"), self.written("title")
        if not title:
            return number in ("", first.written("number"))
        return title == first.written("title") and number == first.written("number") != ""

    def task(self, path: tuple[str, ...]) -> Task:
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
        start, end = self._row.start, self._row.end
        units = {role: self.units(role) for role in UNIT_ROLES}
        limit = None
        if deadline and not reported:
            limit = parse_deadline_field(self._text, *deadline, self._anchor)
        leaders, measures = self._people("leader"), tuple(self._measures(limit))
        status = fields.get("status") or reported
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
        return {_bare(head): self.span(*cell) for head, cell in cells if head and cell[0] < cell[1]}

    def _misfits(self) -> Iterator[str]:
        """What is wrong with the row as a row of its table."""
        if len(self._row.cells) != self._columns:
            yield f"该行有 {len(self._row.cells)} 格，表头有 {self._columns} 格"
        if not self.has("title"):
            yield "该行没有任务名称"

    def record_id(self, end: int) -> str:
        """The id of the task that begins with this row and ends at `end`."""
        return record_id(self._sha256, "task", self._row.start, end)

    def has(self, role: str) -> bool:
        start, end = self._cells.get(role, (0, 0))
        return start < end

    def _measures(self, limit: Deadline | None) -> Iterator[Measure]:
        cell = self._cell("measures")
        if cell is None:
            return
        points = numbered_points(self._text, *cell) or [Point(cell[0], cell[0], "")]
        stops = [*(point.start for point in points[1:]), cell[1]]
        for point, stop in zip(points, stops, strict=True):
            end = point.words + len(_LINE_BREAK.sub("", self._text[point.words : stop]))
            s, e = trim(self._text, point.words, end, "；;")
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
        cell = self._cell(role)
        return parse_units(self._text, *cell) if cell else ()

    def _people(self, role: str) -> tuple[Person, ...]:
        cell = self._cell(role)
        return parse_people(self._text, *cell) if cell else ()

    def written(self, role: str) -> str:
        cell = self._cell(role)
        return self._text[cell[0] : cell[1]] if cell else ""

    def span(self, start: int, end: int) -> Span:
        return Span(start, end, self._text[start:end])
