"""Which states of the rows of a table a question counts, clause by clause: 9家里干完的有几家，验过的又是几家."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.understanding.column_values import parts_of
from assistant.words import pairs
from ingest.numerals import parse_number

_CLAUSE = re.compile(r"[^,，;；。?？]+")
_COUNTS = re.compile(
    r"(?:几|多少|哪[几些一]?)(?P<unit>家|个|项|户|处|座|条|件)|(?P<bare>有哪些|是哪些|是谁|[有是](?:几|多少)(?=$|[?？]))"
)
# How people say a state, and how cells do; the first that a clause has is meant.
_STATES = (
    (r"待验|等(?:着)?(?:人|来)?验|[没未](?:有|通过)?验|还[没未]验", r"待.{0,4}验收?|(?:尚?未|没).{0,3}验收|验收中"),
    (r"验(?:过|完|收)|通过验", r"(?:已|通过).{0,4}验收|验收(?:通过|合格|完成)|已销号"),
    (
        r"[没未](?:有|曾)?(?:动(?!力)|开工|开始|启动|动工|干的|开建)|一点没动",
        r"(?:尚?未|没有?)(?:开工|启动|动工|开始|开建|实施)",
    ),
    (
        r"(?<![没未])(?:干|做|弄|改|办|整|搞|建)(?:完|好)|(?<![没未])完(?:成|工)(?!时)|竣工",
        r"(?:已|全部|全面)?(?:整改|治理|改造|建设|整治)?(?:完成|完工|竣工|建成|办结)",
    ),
)  # fmt: skip
_NUMBERED = re.compile(
    r"(?P<count>\d{1,3}|[一二三四五六七八九十]{1,3})(?P<unit>家|个|户|处|座|项)(?:企业|单位|公司|厂|点位|项目)?(?:里头?|里面|中|当中|之中|里边|内)"
)
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class RowState:
    """A state that a question counts the rows of, by a pattern of the parts of cells, and the unit of the count."""

    cell: re.Pattern[str]
    unit: str

    def holds(self, cell: str) -> bool:
        """Whether a cell tells that state, be it with others: 已完成，待验收."""
        whole, *parts = parts_of(cell) or ("",)
        return any(self.cell.fullmatch(one) for one in parts or [whole])


def rows_counted(text: str) -> int | None:
    """Of how many rows a question speaks: 9 of 9家里头."""
    match = _NUMBERED.search(text)
    return parse_number(match["count"]) if match else None


def states_counted(text: str, cells: Sequence[str]) -> list[RowState]:
    """The states whose rows each clause of a folded question counts or asks for; none where one of them is not known."""
    numbered = _NUMBERED.search(text)
    unit = numbered["unit"] if numbered else "项"
    found = [
        (_state(clause.group(), cells), counted["unit"] or unit)
        for clause in _CLAUSE.finditer(text)
        if (counted := _COUNTS.search(clause.group()))
    ]
    known = [RowState(cell, unit) for cell, unit in found if cell is not None]
    return known if len(known) == len(found) else []


def _state(clause: str, cells: Sequence[str]) -> re.Pattern[str] | None:
    for said, written in _STATES:
        if re.search(said, clause):
            return re.compile(written)
    return next(_as_written(clause, cells), None)


def _as_written(clause: str, cells: Sequence[str]) -> Iterator[re.Pattern[str]]:
    """A part of the cells that a clause repeats: 招标中 for 还在招标的."""
    parts = {part for cell in cells for part in parts_of(cell)[-2:]}
    meant = sorted(part for part in parts if len(part) >= _SHORTEST and pairs(part) & pairs(clause))
    if len(meant) == 1:
        yield re.compile(re.escape(meant[0]))
