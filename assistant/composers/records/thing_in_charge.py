"""Who answers for a thing, of all documents that name somebody: 散煤谁负责, asked of no document in particular."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.composers.records.task_table import TaskTable
from assistant.composers.wording import cite, flat, names, task_name
from assistant.draft import Block, Draft, Statement, bullets, own_words, paragraph
from assistant.ledger import TaskEntry
from assistant.library import Library
from assistant.query import Field, Query
from assistant.synonyms import other_names, words_for
from assistant.understanding.thing_in_charge import thing_in_charge
from ingest.records import Measure, ParsedDocument
from prompts import phrase
from vectorstore.folding import fold_query

_MOST_OF_ONE = 4
_SHOWN = frozenset({Field.LEAD, Field.RESPONSIBLE})


@dataclass(frozen=True, slots=True)
class _InCharge:
    """What a document says of a thing: the tasks by whose title it is one, else single measures that name it."""

    tasks: tuple[TaskEntry, ...] = ()
    measures: tuple[tuple[TaskEntry, Measure], ...] = ()

    @property
    def count(self) -> int:
        return len(self.tasks) + len(self.measures)


class ThingInChargeComposer:
    """Tells who has the tasks of a thing, document by document."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._table = TaskTable(library)

    def draft(self, query: Query) -> Draft | None:
        """The tasks and measures of the thing with their bodies; None where nothing of the kind is asked or told."""
        thing = self._as_written(thing_in_charge(query))
        if not thing:
            return None
        told = [_of_document(parsed, thing) for parsed in self._library.documents]
        # What is in so many tasks of a document is no one thing.
        if not any(one.count for one in told) or any(one.count > _MOST_OF_ONE for one in told):
            return None
        tasks = [entry for one in told for entry in one.tasks]
        if len(tasks) == 1 == sum(one.count for one in told):
            return None  # the one task's record says it in a sentence
        measures = [pair for one in told for pair in one.measures]
        telling = dict.fromkeys(
            entry.document.title for entry in (*tasks, *(e for e, _ in measures))
        )
        titles = "、".join(f"《{title}》" for title in telling)
        lead = phrase("in_charge", thing=thing, documents=titles)
        blocks: list[Block] = [paragraph(own_words(lead))]
        if tasks:
            own = {entry.document.title for entry in tasks}
            if len(own) == 1 < len(telling):  # the table has no column of documents
                blocks.append(paragraph(own_words(phrase("quoted_from", title=own.pop()))))
            blocks.append(self._table.block(tasks, fields=_SHOWN | query.fields))
        if measures:
            blocks.append(bullets(*(self._measure(*pair) for pair in measures)))
        if others := self._others(thing, told):
            blocks.append(paragraph(own_words(phrase("in_charge_unsaid", documents=others))))
        return Draft(tuple(blocks))

    def _as_written(self, thing: str) -> str:
        """The thing by a name that the documents have: 黑臭水体 for 臭水沟, where they do not have the question's."""
        text = self._library.folded()
        others = (one for one in words_for(thing) if one in text)
        return thing if not thing or thing in text else next(others, thing)

    def _measure(self, entry: TaskEntry, measure: Measure) -> Statement:
        name = task_name(entry.task)
        text = f"《{entry.document.title}》{name}：{flat(measure.text.quote)}（{names(measure.units)}）"
        evidence = cite(self._library, entry.document, measure.span, measure.units_span)
        return Statement(text, evidence, computed=(entry.document.title, name))

    def _others(self, thing: str, told: Sequence[_InCharge]) -> str:
        """The documents that speak of the thing and name nobody in their records."""
        return "、".join(
            f"《{parsed.source.title}》"
            for parsed, one in zip(self._library.documents, told, strict=True)
            if not one.count and thing in self._library.folded((parsed.source.path,))
        )


def _of_document(parsed: ParsedDocument, thing: str) -> _InCharge:
    entries = [
        TaskEntry(parsed.source, task)
        for task in parsed.tasks
        if task.lead_units or task.responsible_units
    ]
    called = (thing, *other_names(thing))
    titles = {one.task.id: fold_query(one.task.title.quote) for one in entries}
    by_title = [one for one in entries if any(name in titles[one.task.id] for name in called)]
    if by_title:
        return _InCharge(tasks=tuple(by_title))
    return _InCharge(
        measures=tuple(
            (entry, measure)
            for entry in entries
            for measure in entry.task.measures
            if measure.units and any(name in fold_query(measure.text.quote) for name in called)
        )
    )
