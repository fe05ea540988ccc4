"""The ingested documents in memory, with what stands where and the names they use."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.draft import Evidence
from assistant.row_persons import persons_of, persons_of_table
from assistant.text_persons import persons_named
from assistant.units import core, matches
from assistant.words import cut
from ingest.records import (
    Deadline,
    Indicator,
    Measure,
    ParsedDocument,
    Passage,
    Section,
    SourceDocument,
    Span,
    Task,
    Unit,
)
from vectorstore.folding import fold_query

_REMEMBERED_SCOPES = 32


@dataclass(frozen=True, slots=True)
class Place:
    """What a position of a document belongs to."""

    section: Section
    task: Task | None
    measure: Measure | None

    @property
    def around(self) -> str:
        """The id of what it stands in: the task or, outside of tasks, the section."""
        return self.task.id if self.task is not None else self.section.id

    @property
    def title(self) -> str:
        """The title of the task it stands in; empty outside of tasks."""
        return self.task.title.quote if self.task is not None else ""


class Library:
    """All documents, looked up by path and by position."""

    def __init__(self, documents: Sequence[ParsedDocument]) -> None:
        self.documents = tuple(documents)
        self._by_path = {parsed.source.path: parsed for parsed in documents}
        self.place = lru_cache(maxsize=None)(self._place)
        self._folded = lru_cache(maxsize=_REMEMBERED_SCOPES)(self._fold)
        self.folded_sentences = lru_cache(maxsize=None)(self._fold_sentences)

    def __getitem__(self, path: str) -> ParsedDocument:
        return self._by_path[path]

    def paths(self) -> tuple[str, ...]:
        return tuple(self._by_path)

    def within(self, paths: Sequence[str] | None) -> tuple[ParsedDocument, ...]:
        """The documents of a scope; None is all, an empty scope is none."""
        if paths is None:
            return self.documents
        return tuple(self._by_path[path] for path in paths if path in self._by_path)

    def _place(self, path: str, offset: int) -> Place:
        """The innermost section, and the task and measure, that hold an offset."""
        parsed = self._by_path[path]
        section = max(
            (one for one in parsed.sections if offset in one.span or one.parent is None),
            key=lambda one: one.level,
        )
        task = next((one for one in parsed.tasks if offset in one), None)
        measure = None
        if task is not None:
            measure = next((one for one in task.measures if offset in one.span), None)
        return Place(section, task, measure)

    def folded(self, paths: Sequence[str] | None = None) -> str:
        """The texts of a scope one after the other, folded as questions are."""
        return self._folded(None if paths is None else tuple(paths))

    def _fold(self, paths: tuple[str, ...] | None) -> str:
        return fold_query("\n".join(parsed.source.text for parsed in self.within(paths)))

    def _fold_sentences(self, path: str) -> tuple[tuple[Passage, str], ...]:
        """The sentences of a document, folded as questions are, each with the passage it stands in."""
        return tuple(
            (passage, fold_query(sentence.quote))
            for passage in self._by_path[path].passages
            for sentence in passage.sentences
        )

    def evidence(self, source: SourceDocument, span: Span) -> Evidence:
        """A span as evidence, with its heading path."""
        path = self.place(source.path, span.start).section.path
        return Evidence(source, span, " > ".join(path))

    def limits(self, path: str) -> tuple[Deadline, ...]:
        return self._by_path[path].deadlines

    def indicators(self, path: str) -> tuple[Indicator, ...]:
        return self._by_path[path].indicators

    @cached_property
    def units(self) -> tuple[tuple[str, Unit], ...]:
        """Every unit entry with its document's path, each name once a document."""
        found: dict[tuple[str, str], Unit] = {}
        for parsed in self.documents:
            for task in parsed.tasks:
                for unit in task_units(task):
                    found.setdefault((parsed.source.path, unit.name), unit)
        return tuple((path, unit) for (path, _), unit in found.items())

    @cached_property
    def _letters(self) -> Mapping[str, tuple[tuple[Task, Unit], ...]]:
        """The parts of letters with the firms they are addressed to, by path; every question asks for them."""
        return {
            parsed.source.path: parts
            for parsed in self.documents
            if (parts := tuple((one, one.addressee) for one in parsed.tasks if one.addressee))
        }

    def letters(
        self, paths: Sequence[str] | None
    ) -> Iterator[tuple[ParsedDocument, tuple[tuple[Task, Unit], ...]]]:
        """The documents of a scope that are letters to firms, with the part of each firm."""
        for path, parts in self._letters.items():
            if paths is None or path in paths:
                yield self[path], parts

    def addressed(self, paths: Sequence[str] | None) -> tuple[Unit, ...]:
        """The firms that the parts of letters are addressed to."""
        return tuple(unit for _, parts in self.letters(paths) for _, unit in parts)

    def names_of(self, body: str) -> tuple[str, ...]:
        """A body's name as it is asked for, and those by which the documents call it: 市交通运输局 for 市交通局."""
        called = (unit.name for _, unit in self.units if not unit.group and matches(body, unit))
        return tuple(dict.fromkeys((body, *called)))

    @cached_property
    def unit_cores(self) -> frozenset[str]:
        return frozenset(core(unit.name) for _, unit in self.units)

    @cached_property
    def people(self) -> dict[str, tuple[str, ...]]:
        """Named leaders, and other persons of ledgers and tables, with the documents that name them."""
        found: dict[str, set[str]] = {}
        for parsed in self.documents:
            for named in (*map(persons_of, parsed.tasks), *map(persons_of_table, parsed.tables)):
                for name in sorted(named):
                    found.setdefault(name, set()).add(parsed.source.path)
        return {name: tuple(sorted(paths)) for name, paths in found.items()}

    @cached_property
    def persons_in_text(self) -> frozenset[str]:
        """The persons whom the texts name behind their posts, in records or outside of them."""
        return persons_named(self.text)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the texts, to ask whether a short name occurs as one."""
        return frozenset(cut(self.text))

    @cached_property
    def text(self) -> str:
        """All texts one after the other, to ask whether a word occurs anywhere."""
        return "\n".join(parsed.source.text for parsed in self.documents)


def task_units(task: Task) -> tuple[Unit, ...]:
    """Every unit entry of a task and its measures."""
    return (
        *task.lead_units,
        *task.responsible_units,
        *task.cooperating_units,
        *task.acceptance_units,
        *task.supervising_units,
        *(unit for measure in task.measures for unit in measure.units),
    )


def page_of(source: SourceDocument, offset: int) -> int | None:
    """1-based page of an offset, None for formats without pages."""
    return bisect_right(source.pages, offset) if source.pages else None
