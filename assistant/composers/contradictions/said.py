"""Two places of one document that say different things of the same matter."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ingest.records import Span, Task


class Matter(StrEnum):
    """What two places say differently."""

    LIMIT = "limit"
    FIGURE = "figure"
    DUTY = "duty"


@dataclass(frozen=True, slots=True)
class Said:
    """One of the two: its value as written, and what is quoted for it.

    `task` is the record whose own value it is, which tells more than a line by itself; a cell of a table of no tasks has
    the names of its `row` and `column`.
    """

    value: Span
    quoted: Span
    task: Task | None = None
    row: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two values of one thing; `names` are what the thing is called in the two places, folded, `year` is that of a figure."""

    matter: Matter
    names: tuple[str, str]
    one: Said
    other: Said
    year: int | None = None

    @property
    def sides(self) -> tuple[Said, Said]:
        return (self.one, self.other)
