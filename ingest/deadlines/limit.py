"""A limit on its way to a record, and the words around it that decide what it is."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from ingest.paragraphs import Paragraph

# How many characters before and after a time can matter; keeps text without punctuation cheap.
_REACH_BACK, _REACH_ON = 48, 300


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit at folded offsets; `dated` tells it names a date of its own, the rest is as in `Deadline`."""

    start: int
    end: int
    earliest: dt.date | None = None
    latest: dt.date | None = None
    soft: str = ""
    ongoing: bool = False
    undetermined: bool = False
    immediate: bool = False
    relative: bool = False
    year_inferred: bool = False
    dated: bool = False

    def overlaps(self, other: Limit) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Setting:
    """The words around an expression: its comma clause on both sides, and the clause after it."""

    before: str
    after: str
    rest: str

    @classmethod
    def around(cls, paragraph: Paragraph, start: int, end: int) -> Setting:
        clause_start, clause_end = paragraph.clause(start)
        head = paragraph.masked[max(clause_start, start - _REACH_BACK) : start]
        rest = paragraph.masked[end : min(clause_end, end + _REACH_ON)]
        return cls(re.split("[,:]", head)[-1], rest.split(",")[0], rest)
