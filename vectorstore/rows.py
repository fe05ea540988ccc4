"""Rows of the Chroma collections: what of a document is stored where, and how it is put together again.

Every row carries the revision of its document, a hash of all that was parsed. The row in `documents` names
the current revision; rows of other revisions are leftovers of an interrupted write and are never read.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.passages import whole_items
from ingest.records import (
    Deadline,
    FigureTable,
    Indicator,
    ParsedDocument,
    Passage,
    Section,
    SourceDocument,
    Task,
    Unit,
)
from vectorstore.codec import decode, encode

Value = str | int | bool | Sequence[str]

TASK = "task"
DEADLINE = "deadline"
INDICATOR = "indicator"
TABLE = "table"


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a collection; `embedded` is the text its vector is made from."""

    id: str
    embedded: str
    metadata: dict[str, Value]
    payload: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """The part of a parsed document that stands in its `documents` row."""

    source: SourceDocument
    sections: tuple[Section, ...]
    notes: tuple[str, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentRows:
    """All rows of one document by collection."""

    revision: str
    document: Row
    passages: list[Row]
    sentences: list[Row]
    items: list[Row]
    ledger: list[Row]


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A row as read back."""

    metadata: Mapping[str, object]
    payload: str

    @property
    def revision(self) -> str:
        return str(self.metadata["revision"])

    @property
    def position(self) -> int:
        return int(str(self.metadata["position"]))


def to_rows(parsed: ParsedDocument) -> DocumentRows:
    """The rows of a document; equal documents give equal rows."""
    revision = hashlib.sha256(encode(parsed).encode("utf-8")).hexdigest()[:16]
    path = parsed.source.path
    base: dict[str, Value] = {"document": path, "revision": revision}
    ledger = _ledger(parsed)
    outline = Outline(parsed.source, parsed.sections, parsed.notes, parsed.remarks)
    counts: dict[str, Value] = {"passages": len(parsed.passages), "ledger": len(ledger)}
    document = Row(
        id=hashlib.sha256(path.encode("utf-8")).hexdigest()[:16],
        embedded=parsed.source.title,
        metadata={**base, "sha256": parsed.source.sha256, **counts},
        payload=encode(outline),
    )
    return DocumentRows(
        revision=revision,
        document=document,
        passages=[_passage(base, i, passage) for i, passage in enumerate(parsed.passages)],
        sentences=[row for i, p in enumerate(parsed.passages) for row in _sentences(base, i, p)],
        items=[_item(base, i, item) for i, item in enumerate(whole_items(parsed))],
        ledger=[_with_place(base, i, row) for i, row in enumerate(ledger)],
    )


def from_rows(
    document: StoredRow, passages: Iterable[StoredRow], ledger: Iterable[StoredRow]
) -> ParsedDocument:
    """The document that `to_rows` was given, from its rows in any order.

    Raises:
        ValueError: rows are missing or are not such records.
    """
    passages = sorted(passages, key=lambda row: row.position)
    ledger = sorted(ledger, key=lambda row: row.position)
    stored = document.metadata
    if (len(passages), len(ledger)) != (stored["passages"], stored["ledger"]):
        raise ValueError(f"rows of {stored['document']!r} are missing")
    outline = decode(Outline, document.payload)
    kinds: dict[str, list[str]] = {TASK: [], DEADLINE: [], INDICATOR: [], TABLE: []}
    for row in ledger:
        kinds[str(row.metadata["kind"])].append(row.payload)
    return ParsedDocument(
        source=outline.source,
        sections=outline.sections,
        passages=tuple(decode(Passage, row.payload) for row in passages),
        tasks=tuple(decode(Task, payload) for payload in kinds[TASK]),
        deadlines=tuple(decode(Deadline, payload) for payload in kinds[DEADLINE]),
        indicators=tuple(decode(Indicator, payload) for payload in kinds[INDICATOR]),
        notes=outline.notes,
        remarks=outline.remarks,
        tables=tuple(decode(FigureTable, payload) for payload in kinds[TABLE]),
    )


def _passage(base: dict[str, Value], position: int, passage: Passage) -> Row:
    return Row(
        id=f"{base['revision']}:{position}",
        embedded="\n".join((*passage.path, passage.span.quote)),
        metadata=_filled({**base, "position": position, "path": list(passage.path)}),
        payload=encode(passage),
    )


def _item(base: dict[str, Value], position: int, item: Passage) -> Row:
    return Row(
        id=f"{base['revision']}:{position}",
        embedded=embedded_item(item),
        metadata={**base, "item": item.id},
    )


def embedded_item(item: Passage) -> str:
    """What a whole item is embedded as: its nearest heading and its text."""
    return "\n".join((*item.path[-1:], item.span.quote))


def _sentences(base: dict[str, Value], position: int, passage: Passage) -> Iterable[Row]:
    # The sentence alone: with its headings in front, every sentence of a section looks alike
    # (recall@1 on questions about the shipped documents fell from 33 to 26).
    for i, sentence in enumerate(passage.sentences):
        yield Row(
            id=f"{base['revision']}:{position}:{i}",
            embedded=sentence.quote,
            metadata={**base, "passage": passage.id, "position": i},
        )


def _ledger(parsed: ParsedDocument) -> list[Row]:
    """Ledger rows without what depends on their place."""
    return [
        *(_task(task) for task in parsed.tasks),
        *(
            _dated(DEADLINE, deadline, deadline.clause.quote, deadline.latest)
            for deadline in parsed.deadlines
        ),
        *(
            _dated(INDICATOR, indicator, indicator.clause.quote, _year_end(indicator.year))
            for indicator in parsed.indicators
        ),
        *(_table(table) for table in parsed.tables),
    ]


def _table(table: FigureTable) -> Row:
    caption = [table.caption.quote] if table.caption else []
    heads = [column.name for column in table.columns]
    return _dated(TABLE, table, " ".join([*caption, *heads]), None)


def _task(task: Task) -> Row:
    row = _dated(TASK, task, task.title.quote, task.deadline.latest if task.deadline else None)
    measures = [unit for measure in task.measures for unit in measure.units]
    units: dict[str, Value] = {
        "lead_units": _names(task.lead_units),
        "responsible_units": _names(task.responsible_units),
        "cooperating_units": _names(task.cooperating_units),
        "acceptance_units": _names(task.acceptance_units),
        "supervising_units": _names(task.supervising_units),
        "measure_units": _names(measures),
        "leaders": list(dict.fromkeys(person.name for person in task.leaders)),
    }
    return Row(row.id, row.embedded, {**row.metadata, **units}, row.payload)


def _dated(kind: str, record: object, embedded: str, latest: dt.date | None) -> Row:
    metadata: dict[str, Value] = {"kind": kind}
    if latest is not None:
        # An integer, because Chroma orders numbers only.
        metadata["latest"] = int(latest.strftime("%Y%m%d"))
    return Row("", embedded, metadata, encode(record))


def _with_place(base: dict[str, Value], position: int, row: Row) -> Row:
    metadata = _filled({**base, "position": position, **row.metadata})
    return Row(f"{base['revision']}:{position}", row.embedded, metadata, row.payload)


def _names(units: Iterable[Unit]) -> list[str]:
    """Full names and aliases, each once."""
    return list(dict.fromkeys(name for unit in units for name in (unit.name, *unit.aliases)))


def _year_end(year: int | None) -> dt.date | None:
    return dt.date(year, 12, 31) if year is not None else None


def _filled(metadata: dict[str, Value]) -> dict[str, Value]:
    """Without empty lists, which Chroma rejects."""
    return {key: value for key, value in metadata.items() if value != []}
