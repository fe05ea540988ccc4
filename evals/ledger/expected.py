"""What should be read from a document, without offsets: hand-made gold and generated plans are both of these."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit: its words and what they mean; the fields are those of `ingest.records.Deadline`."""

    phrase: str
    latest: dt.date | None = None
    soft: str = ""
    ongoing: bool = False
    undetermined: bool = False
    immediate: bool = False
    relative: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A measure: `text` is without its number and without the words that name its units."""

    number: str
    text: str
    units: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()
    progress: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Issue:
    """A task; units are full names, a group is one entry."""

    number: str
    title: str
    problem: str = ""
    leaders: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    cooperating: tuple[str, ...] = ()
    acceptance: tuple[str, ...] = ()
    target: str = ""
    limit: Limit | None = None
    status: str = ""
    steps: tuple[Step, ...] = ()
