"""Which places have moved since the ranking before, where a table has the places of both (排名, 上季度排名)."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.composers.tables.cited import CitedTable
from assistant.composers.tables.reading import TableReading
from assistant.draft import Statement
from assistant.understanding.table_ranks import (
    asked_rank_move,
    place_in,
    rank_columns_compared,
)
from assistant.vocabulary import asks
from ingest.records import FigureRow
from prompts import phrase


@dataclass(frozen=True, slots=True)
class _Moved:
    """A row with its places before, under a heading of their own, and now."""

    row: FigureRow
    heading: str
    before: int
    now: int

    @property
    def by(self) -> int:
        return abs(self.now - self.before)


def asks_move(reading: TableReading) -> bool:
    """Whether a question asks of a table that has places of two times which way they moved."""
    return (
        asked_rank_move(reading.text) is not None
        and rank_columns_compared(reading.table) is not None
    )


def rank_moves(reading: TableReading, cited: CitedTable) -> list[Statement]:
    """How the rows named have moved, or which rows have moved the way that is asked; nothing where neither is asked."""
    asked, columns = asked_rank_move(reading.text), rank_columns_compared(reading.table)
    if asked is None or columns is None:
        return []
    rows = reading.named_rows or [one for one in reading.table.rows if not one.total]
    heading = reading.table.columns[columns[0]].name
    moved = [one for row in rows if (one := _moved(row, heading, *columns)) is not None]
    if not moved:
        return []
    evidence = cited.cited_rows([one.row for one in moved])
    if reading.rows:
        text = phrase("rank_moves", rows="；".join(map(_worded, moved)))
        return [Statement(text, evidence, computed=(text,))]
    kept = [one for one in moved if asked.holds(one.before, one.now)]
    if any(asks("tables", name, reading.text) for name in ("most", "end_of_change")):
        farthest = max((one.by for one in kept), default=0)
        kept = [one for one in kept if one.by == farthest]
    way = phrase("rank_moved_any")
    if asked.stays:
        way = phrase("rank_stayed")
    elif asked.up != asked.down:
        way = phrase("rank_moved_up" if asked.up else "rank_moved_down")
    text = phrase("rank_none_moved", way=way)
    if kept:
        text = phrase("rank_moved", way=way, count=len(kept), rows="；".join(map(_worded, kept)))
    return [Statement(text, evidence, computed=(text,))]


def _moved(row: FigureRow, heading: str, before: int, now: int) -> _Moved | None:
    earlier, later = place_in(row, before), place_in(row, now)
    return _Moved(row, heading, earlier, later) if earlier and later else None


def _worded(one: _Moved) -> str:
    if one.by == 0:
        return phrase("rank_stays", row=one.row.name, heading=one.heading, place=one.now)
    name = "rank_rises" if one.now < one.before else "rank_falls"
    return phrase(
        name, row=one.row.name, heading=one.heading, before=one.before, now=one.now, by=one.by
    )
