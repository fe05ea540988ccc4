"""What a document becomes: the frozen records that the rest of Duban works on.

One invariant holds for every record and is property-tested: a `Span` taken from a document satisfies
`document.text[span.start:span.end] == span.quote`. Everything else a record says (a unit's full name,
a date) is derived from such spans, so that each statement of an answer can be opened at its exact words.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum

from ingest.vocabulary import load_vocabulary


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of a document's text, in characters, with the characters it covers."""

    start: int
    end: int
    quote: str

    def __contains__(self, offset: int) -> bool:
        return self.start <= offset < self.end

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


class DocumentKind(StrEnum):
    """Kinds of document in the genre; they differ in what a date or a measure in them means."""

    RECTIFICATION_PLAN = "整改方案"
    TASK_LIST = "整改任务清单"
    WORK_PLAN = "工作计划"
    PROGRESS_REPORT = "整改情况通报"
    OTHER = "其他文件"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the text from `start` on stands in the original file: 第3段, 表1第2行第3列, 清单!C5."""

    start: int
    name: str


@dataclass(frozen=True, slots=True)
class Recognised:
    """A stretch of text that was read from an image; `confidence` is 0–1, the mean over its characters."""

    start: int
    end: int
    confidence: float


class Obtained(StrEnum):
    """How the text of a file was got."""

    TEXT = "text"
    OCR = "ocr"
    PARTLY_OCR = "text+ocr"


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A file as ingested.

    `path` is relative to the documents folder with forward slashes; `region` is the place the document
    speaks for (武清区), `region_aliases` other ways of writing it (武清); `issued` the date of signature,
    `year` the year the document is about. `pages` holds the offset at which each page starts and is empty
    for formats without pages; `places` tells, in order, where stretches of the text stand in the original,
    and is empty for plain text, which is its own original; `recognised` are the stretches read from images.
    """

    path: str
    sha256: str
    text: str
    title: str
    issuer: str = ""
    document_number: str = ""
    issued: dt.date | None = None
    published: dt.date | None = None
    region: str = ""
    region_aliases: tuple[str, ...] = ()
    year: int | None = None
    kind: DocumentKind = DocumentKind.OTHER
    pages: tuple[int, ...] = ()
    places: tuple[Place, ...] = ()
    recognised: tuple[Recognised, ...] = ()

    @property
    def obtained(self) -> Obtained:
        """How the text was got, as a whole."""
        if not self.recognised:
            return Obtained.TEXT
        characters = sum(one.end - one.start for one in self.recognised)
        return Obtained.OCR if 2 * characters > len(self.text) else Obtained.PARTLY_OCR

    def confidence(self, start: int = 0, end: int | None = None) -> float | None:
        """The mean confidence of what was read from images in a range; None where nothing was."""
        last = len(self.text) if end is None else end
        parts = [
            (min(one.end, last) - max(one.start, start), one.confidence)
            for one in self.recognised
            if one.start < last and start < one.end
        ]
        total = sum(length for length, _ in parts)
        return sum(length * value for length, value in parts) / total if total else None

    def place(self, offset: int) -> str:
        """Where an offset stands in the original; empty where the format has no such places."""
        index = bisect_right(self.places, offset, key=lambda one: one.start)
        return self.places[index - 1].name if index else ""

    @property
    def reports_progress(self) -> bool:
        """Whether the document tells what was done, so that its dates are events and not targets."""
        return self.kind is DocumentKind.PROGRESS_REPORT

    def span(self, start: int, end: int) -> Span:
        return Span(start, end, self.text[start:end])


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the outline.

    `number` is the marker as written (`（一）`), empty for the root and for annex titles without one;
    `path` the labels from the top to this section; `span` covers the section with its children,
    `heading` only its number and title. `level` is the depth in the outline, 0 for a document part.
    """

    id: str
    number: str
    title: str
    level: int
    parent: str | None
    path: tuple[str, ...]
    heading: Span
    span: Span
    annex: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one section's own text, short enough to be read as one piece of evidence."""

    id: str
    section: str
    path: tuple[str, ...]
    span: Span
    sentences: tuple[Span, ...]
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A responsible body as one entry of a list of units.

    `name` is the full name with a shared suffix expanded (崔黄口镇人民政府 for 崔黄口镇 in
    “崔黄口镇、王庆坨镇人民政府”); `span` is what the text has; `aliases` are former names in brackets;
    `group` marks a collective (各镇人民政府、街道办事处、园区), which is kept as one entry.
    """

    name: str
    span: Span
    aliases: tuple[str, ...] = ()
    group: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """A named leader."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit as a typed range.

    `phrase` is the limit as written; `clause` the clause it governs. `earliest` and `latest` bound the
    range (both inclusive, either may be None). `soft` is the word that weakens it (计划, 预计, 力争) or
    empty. `ongoing` means it goes on after `latest` (并长期坚持); `undetermined` that the text says the date,
    or that of a part, is not fixed yet; `immediate` that it is to be done at once; `relative` that it counts from an event
    (自约谈之日起，3个月内); `year_inferred` that the text leaves the year out.
    """

    phrase: Span
    clause: Span
    earliest: dt.date | None = None
    latest: dt.date | None = None
    soft: str = ""
    ongoing: bool = False
    undetermined: bool = False
    immediate: bool = False
    relative: bool = False
    year_inferred: bool = False

    @property
    def tells_when(self) -> bool:
        """Whether it says when in any way: by a date, from an event on, at once, for good, or as not fixed yet."""
        dated = self.latest is not None or self.relative
        return dated or self.ongoing or self.immediate or self.undetermined


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure with its name: `PM2.5年均浓度 控制在 38微克/立方米 以内`, by a date where one is stated.

    `name` is what is measured, `value` the number as written, `unit` its unit as written (% for ratios),
    `comparator` one of ≤ ≥ = ≈ with the document's own limiting words in `wording`; `soft` as in
    `Deadline`; `date` the time it refers to, as written (到2025年), may stand earlier in the sentence.
    """

    name: str
    value: str
    unit: str
    comparator: str
    wording: str
    span: Span
    clause: Span
    date: str = ""
    year: int | None = None
    soft: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """What the text reports of progress, and the day it was true; None where the text tells none."""

    span: Span
    as_of: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of a task, with its own units and time limits.

    `number` is the marker as written without brackets (一, 1), empty where the text has none. `text` is
    the measure without its marker and without the bracket that names the units; `span` is all of it.
    `progress` is what the text says has come of it.
    """

    number: str
    text: Span
    span: Span
    units: tuple[Unit, ...] = ()
    units_span: Span | None = None
    deadlines: tuple[Deadline, ...] = ()
    progress: tuple[Progress, ...] = ()

    @property
    def states(self) -> tuple[Span, ...]:
        """What the row of a table that the measure has to itself puts it down as; nothing where it has none."""
        return tuple(one.span for one in self.progress if not self.span.covers(one.span))


@dataclass(frozen=True, slots=True)
class Task:
    """A rectification task: an issue of a task list, or a numbered item of a plan or report.

    `labelled` tells the two apart: an issue of a task list has labelled fields, whose whole lines are
    kept in `fields` by role (`leader`, `lead`, `responsible`, `cooperating`, `acceptance`, `supervising`, `target`,
    `deadline`, `measures`, `problem`, `status`, `part`) so that a citation shows label and value together. `row` marks
    a row of a table, whose labels stand in the table's header, and `beside` are the rows of other tables that go on
    with it and what the text below its list tells of it. `columns` are the cells of a row by the headings of their
    columns, one that is merged with the cell above being that cell, and `caption` the title of its table.
    `status_as_of` is the day for which `status` is reported. `review` tells what of the task a person should look
    at, because it could not be read with certainty.
    """

    id: str
    number: str
    title: Span
    path: tuple[str, ...]
    span: Span
    labelled: bool
    problem: Span | None = None
    leaders: tuple[Person, ...] = ()
    lead_units: tuple[Unit, ...] = ()
    responsible_units: tuple[Unit, ...] = ()
    cooperating_units: tuple[Unit, ...] = ()
    acceptance_units: tuple[Unit, ...] = ()
    supervising_units: tuple[Unit, ...] = ()
    target: Span | None = None
    deadline: Deadline | None = None
    status: Span | None = None
    measures: tuple[Measure, ...] = ()
    fields: dict[str, Span] = field(default_factory=dict)
    review: tuple[str, ...] = ()
    row: bool = False
    beside: tuple[Span, ...] = ()
    columns: dict[str, Span] = field(default_factory=dict)
    caption: Span | None = None
    status_as_of: dt.date | None = None

    @property
    def name(self) -> str:
        """Its title on one line, with the part of the matter that a row is where its table parts it: …黑臭（1-2 清淤）."""
        title = "".join(line.strip() for line in self.title.quote.split("\n"))
        return f"{title}{self.part}"

    @property
    def part(self) -> str:
        """The part of the matter that a row is, in brackets; empty where its table parts none."""
        part = self.fields.get("part")
        return f"（{' '.join(part.quote.split())}）" if part is not None else ""

    @property
    def addressee(self) -> Unit | None:
        """The firm that a part of a letter is addressed to, whose name its title is."""
        named = (unit for unit in self.responsible_units if self.title == unit.span)
        return None if self.row else next(named, None)

    @property
    def stretches(self) -> tuple[Span, ...]:
        """All that is written of the task."""
        return (self.span, *self.beside)

    @property
    def state(self) -> Span | None:
        """What its list puts it down as: a word in a column of its own (状态) or behind its name, else the progress told."""
        closing = load_vocabulary("states")["closing"]
        states = (
            cell
            for head, cell in self.columns.items()
            if head.endswith("状态") or cell.quote.strip() in closing
        )
        return next(states, self.fields.get("state", self.status))

    @property
    def reported(self) -> tuple[Span, ...]:
        """What its list puts it down as and, where that is another place, the progress told."""
        told = (self.state, self.status)
        return tuple(dict.fromkeys(one for one in told if one is not None))

    @property
    def words(self) -> str:
        """The text of all that is written of the task, in cells above that its row shares too."""
        own = self.stretches
        shared = [
            cell for cell in self.columns.values() if not any(one.covers(cell) for one in own)
        ]
        return "\n".join(span.quote for span in (*own, *shared))

    def __contains__(self, offset: int) -> bool:
        return any(offset in span for span in self.stretches)


class ColumnKind(StrEnum):
    """What the cells of a column are."""

    NUMBER = "number"  # 序号
    LABEL = "label"  # what the rows are about: 县（市、区）, 项目
    UNIT = "unit"  # 计量单位, one for each row
    FIGURES = "figures"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """A column of a table of figures.

    `heads` are its heading cells from the top, `name` the lowest of them without the unit in its brackets, with those
    above where it does not tell the column apart. A `total` adds up or averages the others.
    """

    kind: ColumnKind
    name: str
    heads: tuple[Span, ...]
    unit: str = ""
    total: bool = False


@dataclass(frozen=True, slots=True)
class FigureCell:
    """A cell: `value` is its number without separators, empty where the cell holds none (Ⅲ类, 6—9, words).

    `blank` tells that it was left open: nothing, a dash or a stroke.
    """

    span: Span
    value: str = ""
    unit: str = ""
    blank: bool = False


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A row with one cell for each column.

    `labels` are the cells that tell what it is about; one that is merged with the cell above is that cell. `name` is the
    first without the unit in its brackets, with the others where it does not tell the row apart; `unit` is that unit, or
    what a column of units says. A `total` adds up or averages other rows, a `part` is contained in another one (其中：…).
    """

    name: str
    labels: tuple[Span, ...]
    span: Span
    cells: tuple[FigureCell, ...]
    unit: str = ""
    total: bool = False
    part: bool = False


@dataclass(frozen=True, slots=True)
class FigureTable:
    """A table of figures by place, unit, project or year; `of_tasks` one whose rows are tasks beside.

    One `in_words` has no figures but says by when each row is due: a list of projects that are no tasks.

    `caption` is the title above it, `unit` what a line above it says of all figures (单位：万户), `unit_span` that
    line; `header` are the heading rows, `notes` the lines below the rows that begin with 注 or go on with such a line.
    One that is `listed` has a numbered line of text for each row and no headings but the list's own; its columns are
    the names that several lines give to a figure, and a line without one of them says nothing of it.
    """

    id: str
    span: Span
    header: tuple[Span, ...]
    columns: tuple[FigureColumn, ...]
    rows: tuple[FigureRow, ...]
    caption: Span | None = None
    unit: str = ""
    unit_span: Span | None = None
    notes: tuple[Span, ...] = ()
    listed: bool = False
    of_tasks: bool = False

    @property
    def in_words(self) -> bool:
        """Whether it has no column of figures."""
        return all(one.kind is not ColumnKind.FIGURES for one in self.columns)

    def unit_of(self, row: FigureRow, column: int) -> str:
        """The unit of a figure: its cell's own, else that of its row, of its column, of the table."""
        own = row.cells[column].unit or row.unit or self.columns[column].unit
        return own or self.unit


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """Everything ingest knows of one file. `deadlines` and `indicators` cover the whole text.

    `notes` tell what of the ledger a reader should look at, `remarks` what of the file was left out and why.
    """

    source: SourceDocument
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    tasks: tuple[Task, ...]
    deadlines: tuple[Deadline, ...]
    indicators: tuple[Indicator, ...]
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    tables: tuple[FigureTable, ...] = ()

    @property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences of all passages, in the order of the text."""
        return tuple(sentence for passage in self.passages for sentence in passage.sentences)
