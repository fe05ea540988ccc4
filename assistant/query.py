"""What a question asks for, as one typed record that understanding fills and gathering reads."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.ledger import Reported, Role
from ingest.responsibility import DUTY_ROLES


class Operation(StrEnum):
    """The shape of the answer that is wanted."""

    LOOK_UP = "look_up"  # one fact, measure or passage
    LIST_TASKS = "list_tasks"  # every task that meets conditions, counted
    LIST_LIMITS = "list_limits"  # every time limit that meets conditions, counted
    COUNT_TASKS = "count_tasks"  # how many tasks there are, by part or by limit
    COMPARE = "compare"  # one row for each document
    CHECK_WORDING = "check_wording"  # do several places of the text agree


class Grouping(StrEnum):
    """What a count is broken down by."""

    LIMIT = "limit"
    PART = "part"
    LEADER = "leader"
    LEAD = "lead"
    RESPONSIBLE = "responsible"
    COOPERATING = "cooperating"
    ACCEPTANCE = "acceptance"
    SUPERVISING = "supervising"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DOCUMENT = "document"
    STATUS = "status"


BY_BODY = (
    Grouping.LEADER,
    Grouping.LEAD,
    Grouping.RESPONSIBLE,
    Grouping.COOPERATING,
    Grouping.ACCEPTANCE,
    Grouping.SUPERVISING,
)
BY_TIME = (Grouping.MONTH, Grouping.QUARTER, Grouping.YEAR)


class Extreme(StrEnum):
    """A superlative over tasks."""

    LATEST = "latest"
    EARLIEST = "earliest"
    NEXT = "next"  # of those still to come
    MOST = "most"
    FEWEST = "fewest"


class Field(StrEnum):
    """What is asked of a task or measure."""

    LEADER = "leader"
    LEAD = "lead"
    RESPONSIBLE = "responsible"
    ACCEPTANCE = "acceptance"
    SUPERVISING = "supervising"
    COOPERATING = "cooperating"
    TARGET = "target"
    DEADLINE = "deadline"
    MEASURES = "measures"
    PROBLEM = "problem"
    STATUS = "status"


# The fields that say who: leaders and bodies in all roles.
DUTY_FIELDS = frozenset(map(Field, DUTY_ROLES))


_SO_MANY_LEADERS = re.compile(r"[个位名][省市区县镇乡]?[级里]?领导(?!小组|班子|机构)")


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time limits asked for; both ends inclusive, None is open. `text` is the question's words.

    With `any_year` the question named no year, so that months and days alone decide where neither end is open.
    """

    earliest: dt.date | None
    latest: dt.date | None
    text: str
    any_year: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it has no beginning, or no end."""
        return self.earliest is None or self.latest is None

    def holds(self, day: dt.date | None) -> bool:
        if day is None:
            return False
        if self.any_year and self.earliest and self.latest:
            first, last = self.earliest, self.latest
            return (first.month, first.day) <= (day.month, day.day) <= (last.month, last.day)
        return (self.earliest is None or day >= self.earliest) and (
            self.latest is None or day <= self.latest
        )


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A body the question names: as it asks, and the role it is asked in (None is any).

    An `excluded` one must not have that role: 不是牵头、但责任单位里有它; with `alone`, not that one and no other:
    光验收的不算.
    """

    name: str
    role: Role | None = None
    excluded: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Holding:
    """How many tasks the bodies or persons asked for have; both ends inclusive. `text` is the question's words."""

    least: int
    most: int | None
    text: str

    def holds(self, count: int) -> bool:
        return self.least <= count and (self.most is None or count <= self.most)


@dataclass(frozen=True, slots=True)
class Query:
    """A question understood.

    `text` is the question folded and with typos mended; `topic` what remains of it when scope, roles and
    question words are taken away, that is what to search for; `context` what an elliptical question
    leaves to the turns before it, `earlier` the question it goes back to; `how_many` how many of an extreme; `listed` the ids of the tasks that the answer before named, where the question
    asks about all of them, `among` those of the list answered before that it narrows. `documents` are the paths to answer from (None is all, and `named` those the
    question itself names). `unknown_places` are places that no document covers.
    """

    question: str
    text: str
    topic: str
    operation: Operation
    as_of: dt.date
    documents: tuple[str, ...] | None = None
    named: tuple[str, ...] = ()
    unknown_places: tuple[str, ...] = ()
    unknown_years: tuple[int, ...] = ()
    fields: frozenset[Field] = frozenset()
    units: tuple[UnitMention, ...] = ()
    listed: tuple[str, ...] = ()
    among: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    without_people: tuple[str, ...] = ()
    task_numbers: tuple[int, ...] = ()
    windows: tuple[Window, ...] = ()
    group_by: Grouping | None = None
    extreme: Extreme | None = None
    how_many: int | None = None
    remaining: bool = False
    joint: bool | None = None
    holding: Holding | None = None
    one_measure: bool = False
    mentions: str = ""
    section: str = ""
    overdue: bool = False
    status: Reported | None = None
    ongoing: bool | None = None
    # What is ongoing counts as well in a list by time: 长期坚持的也算上.
    with_ongoing: bool = False
    undetermined: bool = False
    named_directly: bool = False
    asks_confirmation: bool = False
    refers_back: bool = False
    context: str = ""
    earlier: str = ""
    # The answer before, where the question doubts that its list was whole.
    doubted: str = ""
    notices: tuple[str, ...] = ()
    # What is counted before “其中”, of which the query itself asks for a part.
    whole: Query | None = None
    # The lists asked for, where the clauses of the question ask for several.
    apart: tuple[Query, ...] = ()
    # The list that the first clause asks for, where the conditions of later ones may not belong to it.
    first: Query | None = None
    # What is asked beside particulars of the documents themselves: 哪个督察组来的，一共指出几个问题.
    beside: Query | None = None

    @property
    def is_of_tasks(self) -> bool:
        """Whether tasks are listed or counted."""
        return self.operation in (Operation.LIST_TASKS, Operation.COUNT_TASKS)

    @property
    def wanted_units(self) -> tuple[UnitMention, ...]:
        """The bodies asked for, without those that must not be there."""
        return tuple(mention for mention in self.units if not mention.excluded)

    @property
    def wanted_role(self) -> Role | None:
        """The role asked for; one given to any of several bodies holds for all."""
        return next((mention.role for mention in self.wanted_units if mention.role), None)

    @property
    def of_persons(self) -> bool:
        """Whether the question goes by persons and not by bodies, be it by how many lead one task."""
        leaders = Field.LEADER in self.fields or _SO_MANY_LEADERS.search(self.text)
        shared = self.joint is not None and bool(leaders)
        return (bool(self.people) or shared) and not self.units
