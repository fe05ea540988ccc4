"""Stretches of lines in columns become `FigureTable`s, where their header and figures show them to be such."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.blocks import Block, is_table_rule, split_lines
from ingest.brackets import trim
from ingest.figure_tables.cells import (
    bare_name,
    begins_note,
    folded,
    is_blank,
    is_part,
    is_total,
    is_unit,
    read_figure,
    split_unit,
    stated_unit,
    units_by_name,
)
from ingest.figure_tables.grouping import Group, Line, form_groups, table_groups
from ingest.merged_cells import MergedCells, merged_cells, with_cells_above
from ingest.outline import record_id
from ingest.records import (
    ColumnKind,
    FigureCell,
    FigureColumn,
    FigureRow,
    FigureTable,
    Span,
)
from ingest.tables import heading_of_column, numbers_rows, refers_to_number
from ingest.vocabulary import load_vocabulary

# A longer one holds measurements and is no annex of a plan; its rows are found as text.
_MOST_ROWS = 1000
_MOST_HEADER_LINES = 3
_MOST_LINES_ABOVE = 3
_MOST_NOTES = 12
_LONGEST_CAPTION = 60
_NOTE_GOES_ON = re.compile(r"\d{1,2}\s*[.．、)）]|[（(]\d{1,2}[)）]|[①-⑳]|\*")
# Columns of one thing in several years, and how often the text above has to count it in one unit.
_YEAR_OR_SUM = re.compile(r"(?:19|20)\d{2}年?度?|合计|总计|小计|共计|总数|总量|累计")
_COUNTED = re.compile(r"(?<![\d.])(?P<figure>\d[\d,]*)(?P<unit>[个条家座处户台辆项件村口眼所吨])")
_FEWEST_COUNTED = 2
# What heads the columns of a table in words.
_FEWEST_HEADS = 3
_HEAD = re.compile(r"[^\d。；;：:，,！？!?]{1,14}")
_SENTENCE = re.compile("[。；;！!？?]")


def find_figure_tables(
    text: str, sha256: str, task_rows: Sequence[Span], forms: Sequence[Block] = ()
) -> tuple[FigureTable, ...]:
    """The tables of figures of a text, those among them whose rows are tasks told as such.

    `forms` are the rows of further ones, which stand upright.
    """
    lines = split_lines(text)
    merged = merged_cells(text)
    groups = (
        one
        for one in table_groups(text, lines)
        if not any(
            form.start < one.lines[-1].end and one.lines[0].start < form.end for form in forms
        )
    )
    found = (
        _Reader(text, sha256, lines, group, merged).table(task_rows)
        for group in (*groups, *form_groups(text, lines, forms))
    )
    return tuple(table for table in found if table is not None)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The lines of a table by what they are."""

    above: list[Line]
    header: list[Line]
    rows: list[Line]
    notes: list[Line]


class _Reader:
    def __init__(
        self,
        text: str,
        sha256: str,
        lines: Sequence[Block],
        group: Group,
        merged: MergedCells,
    ) -> None:
        self._text, self._sha256 = text, sha256
        self._lines, self._group = lines, group
        self._merged = merged

    def table(self, task_rows: Sequence[Span]) -> FigureTable | None:
        """The table that the group is; None where it has no figures."""
        parts = self._parts()
        if not parts.header or not 0 < len(parts.rows) <= _MOST_ROWS:
            return None
        start, end = parts.header[0].start, parts.rows[-1].end
        of_tasks = any(self._span(start, end).overlaps(one) for one in task_rows)
        width = len(parts.header[-1].cells)
        columns = self._columns(parts, width)
        if self._is_cut_off() or any(self._is_shifted(row, columns) for row in parts.rows):
            return None  # A figure under another heading is worse than none.
        kinds = {one.kind for one in columns}
        if ColumnKind.LABEL not in kinds:
            return None
        if ColumnKind.FIGURES not in kinds:
            if of_tasks or not (_has_limits(columns) or self._is_headed(parts)):
                return None
            columns = _in_words(columns)
        parts = self._with_cells_above(parts, columns)
        caption, unit, unit_span = self._above(parts)
        rows = tuple(
            _told_apart(list(self._rows(parts, columns, of_tasks=of_tasks)), of_tasks=of_tasks)
        )
        if not unit:
            unit, unit_span = self._counted_above(columns, rows)
        return FigureTable(
            id=record_id(self._sha256, "table", start, end),
            span=self._span(start, end),
            header=tuple(self._header(parts.header)),
            columns=tuple(_with_stated_units(columns, unit_span)),
            rows=rows,
            caption=caption,
            unit=unit,
            unit_span=unit_span,
            notes=tuple(self._notes(parts)),
            of_tasks=of_tasks,
        )

    # Lines

    def _header(self, header: Sequence[Line]) -> Iterator[Span]:
        """The heading rows, or of forms the headings."""
        for one in header:
            ranges = one.cells if self._group.upright else ((one.start, one.end),)
            yield from (self._span(start, end) for start, end in ranges)

    def _parts(self) -> _Parts:
        lines = list(self._group.lines)
        above: list[Line] = []
        while lines and self._stands_alone(lines[0]):
            above.append(lines.pop(0))
        header: list[Line] = []
        while lines and len(header) < _MOST_HEADER_LINES and self._heads(lines[0], header):
            header.append(lines.pop(0))
        rows: list[Line] = []
        notes: list[Line] = []
        heads = [self._words(one) for one in header]
        for one in lines:
            if begins_note(self._first_words(one)) or (notes and self._stands_alone(one)):
                notes.append(one)
            elif self._words(one) not in heads and not self._stands_alone(one):
                rows.append(one)
        return _Parts(above, header, rows, notes)

    def _heads(self, line: Line, header: Sequence[Line]) -> bool:
        """Whether a line without figures heads the rows; one below another where cells of that are merged."""
        words = self._words(line)
        if any(map(read_figure, words)) or len(set(words)) < 2:
            return False
        if not header:
            return True
        above = self._words(header[-1])
        merged = len(set(above)) < len(above) or "" in above
        return merged and (words[0] in ("", above[0]) or above[0] == "")

    def _stands_alone(self, line: Line) -> bool:
        """Whether only one cell is filled in: a title, a heading between rows, a note."""
        return len([one for one in set(self._words(line)) if one]) <= 1 and len(line.cells) > 1

    def _first_words(self, line: Line) -> str:
        return next((one for one in self._words(line) if one), "")

    def _words(self, line: Line) -> list[str]:
        return [folded(self._written(cell)) for cell in line.cells]

    # Columns

    def _columns(self, parts: _Parts, width: int) -> tuple[FigureColumn, ...]:
        heads = [self._heads_of(parts.header, column) for column in range(width)]
        kinds = self._kinds(parts, heads, width)
        lowest = [split_unit(own[-1].quote) if own else ("", "") for own in heads]
        names = [name for name, _ in lowest]
        columns = []
        for kind, own, (name, unit) in zip(kinds, heads, lowest, strict=True):
            above = [split_unit(one.quote) for one in own[:-1]]
            whole = name
            if names.count(name) > 1:
                whole = "".join(dict.fromkeys([*(part for part, _ in above), name]))
            unit = unit or next((one for _, one in reversed(above) if one), "")
            columns.append(FigureColumn(kind, whole, own, unit, is_total(name)))
        return tuple(columns)

    def _heads_of(self, header: Sequence[Line], column: int) -> tuple[Span, ...]:
        """The heading cells of a column from the top; an empty one above another is merged with its left."""
        found: list[Span] = []
        for line in header:
            cells = line.cells[: column + 1]
            if len(line.cells) <= column:
                continue
            cell = cells[-1]
            if cell[0] == cell[1] and line is not header[-1]:
                cell = next((one for one in reversed(cells) if one[0] < one[1]), cell)
            span = self._span(*cell)
            if span.quote and span.quote not in [one.quote for one in found]:
                found.append(span)
        return tuple(found)

    def _kinds(
        self, parts: _Parts, heads: Sequence[tuple[Span, ...]], width: int
    ) -> list[ColumnKind]:
        words = load_vocabulary("tables")
        kinds: list[ColumnKind] = []
        for column in range(width):
            head = folded(heads[column][-1].quote) if heads[column] else ""
            cells = [self._cell_words(row, column) for row in parts.rows]
            filled = [one for one in cells if not is_blank(one)]
            if (
                head in words["number_heads"]
                or numbers_rows(head)
                or (not head and _counts_up(filled))
            ):
                kind = ColumnKind.NUMBER
            elif head in words["unit_heads"] and column and all(map(is_unit, filled)):
                kind = ColumnKind.UNIT
            elif (
                not refers_to_number(head)
                and filled
                and 2 * sum(read_figure(one) is not None for one in filled) > len(filled)
            ):
                kind = ColumnKind.FIGURES
            elif ColumnKind.FIGURES in kinds or refers_to_number(head):
                kind = ColumnKind.TEXT
            else:
                kind = ColumnKind.LABEL
            kinds.append(kind)
        return kinds

    def _cell_words(self, row: Line, column: int) -> str:
        return self._written(row.cells[column]) if column < len(row.cells) else ""

    # Rows

    def _with_cells_above(self, parts: _Parts, columns: Sequence[FigureColumn]) -> _Parts:
        """The rows with the cells that they share with the rows above; a figure is shared only where it is marked."""
        heads = ["" if one.kind is ColumnKind.FIGURES else one.name for one in columns]
        filled = with_cells_above(
            self._text, heads, [one.cells for one in parts.rows], self._merged
        )
        rows = [replace(one, cells=cells) for one, cells in zip(parts.rows, filled, strict=True)]
        return replace(parts, rows=rows)

    def _is_cut_off(self) -> bool:
        """Whether blanks alone part the cells and another row follows, of which one is empty: a sum would lack it."""
        following = self._lines[self._group.after : self._group.after + 1]
        if self._group.marked or not following:
            return False
        words = following[0].text.split()
        figures = [one for one in words if (figure := read_figure(one)) and figure.value]
        return len(figures) > 1 and not is_total(words[0])

    def _is_headed(self, parts: _Parts) -> bool:
        """Whether a table in words is one of companies, teams or places: strokes or tabs, headings, rows as wide."""
        heads = self._words(parts.header[-1])
        return (
            self._group.marked
            and not self._group.lined
            and len(heads) >= _FEWEST_HEADS
            and len(parts.rows) > 1
            and all(_HEAD.fullmatch(one) for one in heads)
            and all(len(row.cells) == len(heads) and self._words(row)[0] for row in parts.rows)
        )

    def _is_shifted(self, row: Line, columns: Sequence[FigureColumn]) -> bool:
        """Whether the cells of a row that is too long or too short do not stand under their headings."""
        if len(row.cells) == len(columns):
            return False
        return len(row.cells) > len(columns) or any(
            one.kind is ColumnKind.LABEL and read_figure(self._cell_words(row, i))
            for i, one in enumerate(columns)
        )

    def _rows(
        self, parts: _Parts, columns: Sequence[FigureColumn], *, of_tasks: bool
    ) -> Iterator[FigureRow]:
        above: dict[int, Span] = {}
        labelled = [i for i, one in enumerate(columns) if one.kind is ColumnKind.LABEL]
        units = [i for i, one in enumerate(columns) if one.kind is ColumnKind.UNIT]
        # A list of tasks says by a column of its own what each row is of, behind those that sort them.
        endings = tuple(load_vocabulary("tables")["naming_heads"])
        naming = {i for i in labelled if of_tasks and columns[i].name.endswith(endings)}
        for line in parts.rows:
            cells = [self._cell(line, i, one.kind) for i, one in enumerate(columns)]
            own = {i: cells[i].span for i in labelled if cells[i].span.quote}
            merged = {
                i: span for i, span in above.items() if i not in own and i < min(own, default=99)
            }
            summing = self._summing_cell(line)
            # Behind one in the column of numbers stands what it sums up (合计 | 8个项目), which is no row's name.
            if summing is not None and summing not in own.values():
                own, merged = {0: summing}, {}
            filled = own | merged
            labels = [filled[i] for i in sorted(filled, key=lambda i: (i not in naming, i))]
            if not labels:
                continue
            above = own | merged
            names = [bare_name(one.quote) for one in labels]
            unit = next((cells[i].span.quote for i in units if cells[i].span.quote), "")
            yield FigureRow(
                name=names[0][0],
                labels=tuple(labels),
                span=self._span(line.start, line.end),
                cells=tuple(cells),
                unit=unit or next((one for _, one in names if one), ""),
                total=any(is_total(name) for name, _ in names),
                part=any(is_part(one.quote) for one in labels),
            )

    def _summing_cell(self, line: Line) -> Span | None:
        """The first cell of a row of totals, which may stand in the column of numbers; None in any other row."""
        first = next((self._span(*one) for one in line.cells if one[0] < one[1]), None)
        return first if first is not None and is_total(first.quote) else None

    def _cell(self, line: Line, column: int, kind: ColumnKind) -> FigureCell:
        if column >= len(line.cells):
            return FigureCell(self._span(line.end, line.end), blank=True)
        span = self._span(*line.cells[column])
        figure = read_figure(span.quote, among_figures=kind is ColumnKind.FIGURES)
        if figure is None:
            return FigureCell(span, blank=is_blank(span.quote))
        return FigureCell(span, figure.value, figure.unit)

    # Around the table

    def _above(self, parts: _Parts) -> tuple[Span | None, str, Span | None]:
        """The caption, and the unit of all figures with the line that states it."""
        own = [self._span(*next(c for c in one.cells if c[0] < c[1])) for one in parts.above]
        first = self._group.first
        before = [
            self._span(one.start, one.end)
            for one in self._lines[max(0, first - _MOST_LINES_ABOVE) : first]
        ]
        unit, unit_span = "", None
        for line in reversed([*before, *own]):
            stated = stated_unit(line.quote)
            if stated and not unit:
                unit, unit_span = stated[0], line
            begin = stated[1] if stated else len(line.quote)
            start, end = trim(self._text, line.start, line.start + begin, "：:")
            if start == end or units_by_name(line.quote):
                continue
            caption = self._span(start, end)
            return (caption if _is_caption(caption.quote) else None), unit, unit_span
        return None, unit, unit_span

    def _counted_above(
        self, columns: Sequence[FigureColumn], rows: Sequence[FigureRow]
    ) -> tuple[str, Span | None]:
        """The unit in which the paragraph above counts what the rows add up to: 250条 above a total of 250.

        Only of columns that are years and their sum, in no unit of their own: other columns count other things.
        """
        figures = [i for i, one in enumerate(columns) if one.kind is ColumnKind.FIGURES]
        alike = all(
            _YEAR_OR_SUM.fullmatch(columns[i].name) and not columns[i].unit for i in figures
        )
        totals = [row for row in rows if row.total]
        above = self._lines[self._group.first - 1 : self._group.first]
        if not (alike and len(totals) == 1 and above) or any(
            row.unit or row.cells[i].unit for row in rows for i in figures
        ):
            return "", None
        line = above[0]
        sums = {totals[0].cells[i].value for i in figures} - {""}
        found = [
            match["unit"]
            for match in _COUNTED.finditer(line.text)
            if match["figure"].replace(",", "") in sums
        ]
        if len(found) < _FEWEST_COUNTED or len(set(found)) > 1:
            return "", None
        return found[0], self._span(line.start, line.end)

    def _notes(self, parts: _Parts) -> Iterator[Span]:
        for one in parts.notes:
            yield self._span(*next(cell for cell in one.cells if cell[0] < cell[1]))
        noted = bool(parts.notes)
        for line in self._lines[self._group.after : self._group.after + _MOST_NOTES]:
            if not (begins_note(line.text) or (noted and _NOTE_GOES_ON.match(line.text))):
                return
            noted = True
            yield self._span(line.start, line.end)

    def _written(self, cell: tuple[int, int]) -> str:
        return self._text[cell[0] : cell[1]]

    def _span(self, start: int, end: int) -> Span:
        return Span(start, end, self._text[start:end])


def _has_limits(columns: Sequence[FigureColumn]) -> bool:
    """Whether a table without figures tells by when its rows are due, as a list of projects does."""
    return any(heading_of_column(one.name) == "deadline" for one in columns)


def _in_words(columns: Sequence[FigureColumn]) -> tuple[FigureColumn, ...]:
    """The columns of a table without figures, of which the first label alone names the rows."""
    first = next(i for i, one in enumerate(columns) if one.kind is ColumnKind.LABEL)
    return tuple(
        replace(one, kind=ColumnKind.TEXT) if one.kind is ColumnKind.LABEL and i > first else one
        for i, one in enumerate(columns)
    )


def _with_stated_units(
    columns: Sequence[FigureColumn], line: Span | None
) -> Iterator[FigureColumn]:
    """The columns, each with the unit that the line above the table states for what it is called by."""
    stated = units_by_name(line.quote) if line is not None else {}
    for one in columns:
        unit = next((unit for name, unit in stated.items() if name in one.name), "")
        yield replace(one, unit=unit) if unit and not one.unit else one


def _told_apart(rows: Sequence[FigureRow], *, of_tasks: bool) -> Iterator[FigureRow]:
    """Rows that share their first label with another one are named by all of their labels.

    Of a list of tasks, whose labels are sentences, by the first label beside it in which all such rows differ.
    """
    named: defaultdict[str, list[FigureRow]] = defaultdict(list)
    for one in rows:
        named[one.name].append(one)
    for one in rows:
        alike = named[one.name]
        if len(alike) == 1:
            yield one
            continue
        labels = [bare_name(label.quote)[0] for label in one.labels]
        telling = _telling_label(alike) if of_tasks else None
        names = [labels[0], labels[telling]] if telling is not None else labels
        yield replace(one, name=" ".join(dict.fromkeys(names)))


def _telling_label(rows: Sequence[FigureRow]) -> int | None:
    """The first place among the labels of some rows in which each has one of its own; None where there is none."""
    fewest = min(len(row.labels) for row in rows)
    places = range(1, fewest)
    return next(
        (i for i in places if len({row.labels[i].quote for row in rows}) == len(rows)), None
    )


def _counts_up(cells: Sequence[str]) -> bool:
    """Whether some cells number the rows: 1, 2, 3."""
    return bool(cells) and [folded(one) for one in cells] == [str(i + 1) for i in range(len(cells))]


def _is_caption(line: str) -> bool:
    """Whether a line above a table is its title, and not the end of the text before it or another table."""
    return (
        len(line) <= _LONGEST_CAPTION
        and _SENTENCE.search(line) is None
        and not is_table_rule(Block(0, len(line), line))
        and not any(stroke in line for stroke in "|｜\t")
    )
