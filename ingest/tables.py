"""Task lists written as a table: one row, one task. Markdown pipe tables are read here.

The header row says which column plays which role, by the same label vocabulary as labelled fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.blocks import Block, is_table_row, is_table_rule
from ingest.brackets import trim
from ingest.deadlines import Anchor, find_deadlines, parse_deadline_field
from ingest.outline import record_id
from ingest.records import Measure, Person, Span, Task, Unit
from ingest.responsibility import UNIT_ROLES
from ingest.unit_lists import parse_people, parse_units
from ingest.vocabulary import load_vocabulary

_NUMBER_HEADS = ("序号", "编号", "序", "问题编号")
_TITLE_HEADS = (
    "问题",
    "整改任务",
    "整改事项",
    "任务",
    "具体问题",
    "重点任务",
    "任务名称",
    "问题名称",
    "整改问题",
    "工作任务",
    "项目",
)
_MEASURE_MARK = re.compile(
    r"(?:(?<=[。；;\s>|])(?:[（(]\d{1,2}[)）]|\d{1,2}(?:[)）、]|[.．](?!\d)))|[①-⑳])\s*"
)
# How Markdown tables break a line inside a cell.
_LINE_BREAK = re.compile(r"(?:\s*<br\s*/?>)+\s*$")

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the role of each column (empty where unknown) and its rows of cell ranges."""

    roles: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    row_spans: tuple[Cell, ...]


def find_tables(text: str, blocks: Sequence[Block]) -> list[Table]:
    """Tables whose header names at least a title and two fields of a task."""
    tables = []
    for group in _table_groups(blocks):
        header, *rows = group
        if not _has_tabs(header):
            rule, *rows = rows
            if not rows or not is_table_rule(rule):
                continue
        roles = tuple(_role(text[s:e]) for s, e in _cells(text, header))
        if "title" not in roles and "problem" in roles:
            roles = tuple("title" if role == "problem" else role for role in roles)
        if "title" in roles and len({role for role in roles if role}) >= 3:
            tables.append(
                Table(
                    roles,
                    tuple(_cells(text, r) for r in rows),
                    tuple((r.start, r.end) for r in rows),
                )
            )
    return tables


def _table_groups(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    group: list[Block] = []
    for block in blocks:
        if is_table_row(block):
            group.append(block)
            continue
        if len(group) >= 2:
            yield group
        group = []
    if len(group) >= 2:
        yield group


def _cells(text: str, row: Block) -> tuple[Cell, ...]:
    if _has_tabs(row):
        return tuple(trim(text, *cell) for cell in _between_tabs(row))
    cells: list[Cell] = []
    begin = row.start + 1
    for position in range(row.start + 1, row.end):
        if text[position] == "|" and text[position - 1] != "\\":
            cells.append(trim(text, begin, position))
            begin = position + 1
    if begin < row.end:
        cells.append(trim(text, begin, row.end))
    return tuple(cells)


def _has_tabs(row: Block) -> bool:
    return not row.text.startswith("|")


def _between_tabs(row: Block) -> Iterator[Cell]:
    begin = row.start
    for written in row.text.split("\t"):
        yield begin, begin + len(written)
        begin += len(written) + 1


def _role(heading: str) -> str:
    bare = re.sub(r"[\s*]|[（(].*?[)）]", "", heading)
    if bare in _NUMBER_HEADS:
        return "number"
    if bare in _TITLE_HEADS:
        return "title"
    labels = load_vocabulary("labels")
    for role in (*UNIT_ROLES, "leader", "target", "deadline", "measures", "status", "problem"):
        if bare in labels[role]:
            return role
    return ""


def table_tasks(
    text: str, sha256: str, table: Table, path: tuple[str, ...], anchor: Anchor
) -> Iterator[Task]:
    """One task per row."""
    for cells, (start, end) in zip(table.rows, table.row_spans, strict=True):
        by_role = {role: cell for role, cell in zip(table.roles, cells, strict=False) if role}
        if "title" not in by_role or by_role["title"][0] >= by_role["title"][1]:
            continue
        yield _RowReader(text, sha256, by_role, anchor).task(start, end, path)


class _RowReader:
    def __init__(self, text: str, sha256: str, cells: dict[str, Cell], anchor: Anchor) -> None:
        self._text, self._sha256, self._cells, self._anchor = text, sha256, cells, anchor

    def task(self, start: int, end: int, path: tuple[str, ...]) -> Task:
        number = self._written("number")
        title = self._span(*self._cells["title"])
        deadline = self._cell("deadline")
        fields = {
            role: self._span(*cell)
            for role, cell in self._cells.items()
            if role not in ("number", "title") and cell[0] < cell[1]
        }
        return Task(
            id=record_id(self._sha256, "task", start, end),
            number=number,
            title=title,
            path=(*path, f"第{number}行" if number else "表格行"),
            span=self._span(start, end),
            labelled=True,
            problem=fields.get("problem", title),
            leaders=self._people("leader"),
            lead_units=self._units("lead"),
            responsible_units=self._units("responsible"),
            cooperating_units=self._units("cooperating"),
            acceptance_units=self._units("acceptance"),
            target=fields.get("target"),
            deadline=parse_deadline_field(self._text, *deadline, self._anchor)
            if deadline
            else None,
            status=fields.get("status"),
            measures=tuple(self._measures()),
            fields=fields,
        )

    def _measures(self) -> Iterator[Measure]:
        cell = self._cell("measures")
        if cell is None:
            return
        marks = [m for m in _MEASURE_MARK.finditer(self._text, *cell)]
        starts = [m.start() for m in marks] or [cell[0]]
        heads = [m.group().strip(" .．、（）()") for m in marks] or [""]
        bodies = [m.end() for m in marks] or [cell[0]]
        stops = [*starts[1:], cell[1]]
        for number, begin, body, stop in zip(heads, starts, bodies, stops, strict=True):
            stop = body + len(_LINE_BREAK.sub("", self._text[body:stop]))
            s, e = trim(self._text, body, stop, "；;")
            if s < e:
                limits = find_deadlines(self._text, s, e, self._anchor)
                yield Measure(number, self._span(s, e), self._span(begin, e), deadlines=limits)

    def _cell(self, role: str) -> Cell | None:
        cell = self._cells.get(role)
        return (
            cell
            if cell
            and cell[0] < cell[1]
            and self._text[cell[0] : cell[1]] not in ("-", "—", "/", "无")
            else None
        )

    def _units(self, role: str) -> tuple[Unit, ...]:
        cell = self._cell(role)
        return parse_units(self._text, *cell) if cell else ()

    def _people(self, role: str) -> tuple[Person, ...]:
        cell = self._cell(role)
        return parse_people(self._text, *cell) if cell else ()

    def _written(self, role: str) -> str:
        cell = self._cell(role)
        return self._text[cell[0] : cell[1]] if cell else ""

    def _span(self, start: int, end: int) -> Span:
        return Span(start, end, self._text[start:end])
