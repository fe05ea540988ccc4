"""Forms pasted as text, one for each task: its fields below each other, every label with its value behind a tab or stroke.

A form is a row of a table stood upright. Its labels are the headings of the columns and its values the cells, so that
forms with the same labels are read as the rows of one table of tasks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, takewhile

from ingest.blocks import Block, is_table_rule
from ingest.brackets import trim
from ingest.line_cells import may_head
from ingest.markers import find_marker
from ingest.tables import Cell, Row, Table, column_roles, heading_of_column, with_limits
from ingest.vocabulary import load_vocabulary

_BETWEEN = re.compile(r"[\t|｜]")
_FEWEST_FIELDS, _FEWEST_STACKS = 4, 2
# What a form with its labels above its values is numbered by: 件号　X01.
_NUMBERED = re.compile(
    r"(?P<label>件号|编号|序号|[\u4e00-\u9fff]{2}编号)[\s:：]+(?P<number>\S{1,12})$"
)
_RANK_PART = 4
# What a form is called above it: 表1, 任务3, 第二张.
_NAME = re.compile(
    r"(?:附?表|任务|问题|事项|清单)[（(]?\s*[\d一二三四五六七八九十]{1,3}[)）]?|第[\d一二三四五六七八九十]{1,3}[号项张件表]"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the text with its pairs of label and value; one without goes on with the value above."""

    start: int
    end: int
    pairs: tuple[tuple[Cell, Cell], ...]


def with_forms(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a text with the lines of each form put together, which knows its cells and their headings."""
    lines = [_line(text, start, end) for block in blocks for start, end in _lines_of(text, block)]
    forms = [_block(text, run) for run in _runs(text, lines) if _is_form(text, run)]
    forms = forms or list(_stacks(text, lines))
    if not forms:
        return list(blocks)
    found = list(forms)
    for block in blocks:
        own = list(_lines_of(text, block))
        outside = [(s, e) for s, e in own if not any(one.start <= s < one.end for one in forms)]
        kept = (Block(start, end, text[start:end]) for start, end in outside)
        found += [block] if len(outside) == len(own) else kept
    return sorted(found, key=lambda block: block.start)


def find_forms(text: str, blocks: Sequence[Block]) -> list[Table]:
    """The tables whose rows the forms among some blocks are; those with the same labels are one."""
    placed = [
        (block, _name(blocks[i - 1]) if i else "") for i, block in enumerate(blocks) if block.heads
    ]
    tables = []
    for heads, group in groupby(placed, key=lambda one: _written(text, one[0].heads)):
        rows = tuple(Row(one.start, one.end, one.cells, name) for one, name in group)
        roles = with_limits(text, heads, column_roles(heads), rows)
        tables.append(Table(roles, rows, tuple(heads)))
    return tables


def _name(above: Block) -> str:
    return above.text if _NAME.fullmatch(above.text) else ""


def _lines_of(text: str, block: Block) -> Iterator[Cell]:
    begin = block.start
    for written in block.text.split("\n"):
        start, end = trim(text, begin, begin + len(written))
        begin += len(written) + 1
        if start < end:
            yield start, end


def _line(text: str, start: int, end: int) -> _Line:
    cuts = [start - 1, *(match.start() for match in _BETWEEN.finditer(text, start, end)), end]
    cells = [trim(text, cut + 1, stop) for cut, stop in pairwise(cuts)]
    if text[start] in "|｜":
        cells = cells[1:]
    # Cells that a label or value was merged over stand open behind it: 整改目标|…|||.
    while len(cells) > 1 and cells[-1][0] >= cells[-1][1]:
        cells.pop()
    labels, values = cells[::2], cells[1::2]
    is_pair = (
        len(labels) == len(values)
        and all(may_head(text[slice(*one)]) and one[0] < one[1] for one in labels)
        and (len(labels) == 1 or all(_is_heading(text, one) for one in labels))
        and not any(_is_heading(text, one) for one in values)
    )
    return _Line(start, end, tuple(zip(labels, values, strict=True)) if is_pair else ())


def _is_heading(text: str, cell: Cell) -> bool:
    words = text[slice(*cell)]
    beside = words in load_vocabulary("labels")["category"]  # 整改类型
    return may_head(words) and (beside or heading_of_column(words) != "")


def _runs(text: str, lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Lines that follow each other without an empty one, from a pair on, no label twice among them."""
    run: list[_Line] = []
    for line in lines:
        labels = set(_labels(text, run))
        again = any(text[slice(*label)] in labels for label, _ in line.pairs)
        if run and (again or _is_apart(text, run[-1], line)):
            yield run
            run = []
        if run or line.pairs:
            run.append(line)
    if run:
        yield run


def _is_apart(text: str, above: _Line, line: _Line) -> bool:
    """Whether a line begins something else than the pair above it goes on with."""
    if text.count("\n", above.end, line.start) > 1:
        return True
    written = text[line.start : line.end]
    marker = find_marker(written)
    heads_part = marker is not None and marker.rank <= _RANK_PART
    return not line.pairs and (heads_part or _NAME.fullmatch(written) is not None)


def _is_form(text: str, run: Sequence[_Line]) -> bool:
    """Whether the labels of some lines are those of a task's fields, its title among them."""
    labels = _labels(text, run)
    roles = column_roles(labels)
    return len(set(roles) - {""}) >= _FEWEST_FIELDS and not any(
        is_table_rule(Block(one.start, one.end, text[one.start : one.end])) for one in run[:2]
    )


def _stacks(text: str, lines: Sequence[_Line]) -> Iterator[Block]:
    """The forms whose labels all stand above their values, a line for each, with the same labels again and again."""
    found: list[tuple[list[str], Block]] = []
    for run in _unparted(text, lines):
        heads = [*takewhile(lambda line: _is_heading(text, (line.start, line.end)), run)]
        number = None
        if not heads:
            number = _NUMBERED.match(text, run[0].start, run[0].end)
            heads = [*takewhile(lambda line: _is_heading(text, (line.start, line.end)), run[1:])]
        values = run[len(heads) + (number is not None) :]
        names = _written(text, [(one.start, one.end) for one in heads])
        if len(heads) != len(values) or len(set(names)) < _FEWEST_FIELDS or not column_roles(names):
            continue
        labels = [*([number.span("label")] if number else []), *((x.start, x.end) for x in heads)]
        cells = [*([number.span("number")] if number else []), *((x.start, x.end) for x in values)]
        start, end = run[0].start, run[-1].end
        found.append((names, Block(start, end, text[start:end], tuple(cells), tuple(labels))))
    if len(found) >= _FEWEST_STACKS and all(names == found[0][0] for names, _ in found):
        yield from (block for _, block in found)


def _unparted(text: str, lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """The lines between empty ones."""
    run: list[_Line] = []
    for line in lines:
        if run and text.count("\n", run[-1].end, line.start) > 1:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _labels(text: str, run: Sequence[_Line]) -> list[str]:
    return _written(text, [label for line in run for label, _ in line.pairs])


def _block(text: str, run: Sequence[_Line]) -> Block:
    """A form as one block; a value reaches over the lines below it that have no label."""
    heads: list[Cell] = []
    cells: list[Cell] = []
    for line in run:
        for label, value in line.pairs:
            heads.append(label)
            cells.append(value)
        if not line.pairs:
            cells[-1] = (cells[-1][0], trim(text, line.start, line.end, "|｜")[1])
    start, end = run[0].start, run[-1].end
    return Block(start, end, text[start:end], tuple(cells), tuple(heads))


def _written(text: str, cells: Sequence[Cell]) -> list[str]:
    return ["".join(text[start:end].split()) for start, end in cells]
