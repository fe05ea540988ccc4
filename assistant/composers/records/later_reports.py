"""What a later report of the same place says of the project that a plan's answer is about: how far it is, and its new limit."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.composers.tables.row_words import row_told
from assistant.composers.wording import cite, flat
from assistant.draft import Block, Draft, Statement, bullets, own_words, paragraph
from assistant.library import Library
from assistant.query import Field, Operation, Query
from assistant.understanding.table_names import named_of
from assistant.vocabulary import asks
from ingest.dates import chinese_date
from ingest.records import ParsedDocument, SourceDocument, Span
from prompts import phrase
from vectorstore.folding import fold_query

_SHORTEST = 4
_LONGEST = 300
_MOST_SENTENCES = 2
_STATE = re.compile(
    r"了(?:没有?|吗|么)|(?:没|没有|吗)[?？]?$|进展|进度|现在|目前|眼下|到哪一?步|怎么样|咋样"
)
_WHEN = re.compile("几时|什么时候|啥时候|何时|多久|几月|哪天|多会儿")


class LaterReports:
    """Adds to an answer from a plan what the newest report after it tells of the same project."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def told_in(self, query: Query, draft: Draft) -> Draft:
        """The answer, behind what a later report says where it is asked how far the project is, and before it where by when."""
        of_state = Field.STATUS in query.fields or _STATE.search(query.text) is not None
        of_limit = Field.DEADLINE in query.fields or _WHEN.search(query.text) is not None
        asked = query.operation is Operation.LOOK_UP and (of_state or of_limit)
        if not asked or draft.refused or asks("tables", "which", query.text):
            return draft
        project = self._project(query, draft)
        if project is None:
            return draft
        source, name = project
        told = next(
            filter(None, (self._told(one, name, draft) for one in self._later(source))), None
        )
        if not told:
            return draft
        blocks = (*told, *draft.blocks) if of_state else (*draft.blocks, *told)
        return replace(draft, blocks=blocks)

    def _project(self, query: Query, draft: Draft) -> tuple[SourceDocument, str] | None:
        """The one project of plans that the question names and the answer cites; None where there is none or several."""
        cited = [one for said in draft.statements() for one in said.evidence]
        found: dict[str, SourceDocument] = {}
        for parsed in self._library.within(query.documents):
            if parsed.source.reports_progress:
                continue
            own = [one.span for one in cited if one.document.path == parsed.source.path]
            names = [
                (row.name, row.span)
                for table in parsed.tables
                for row in table.rows
                if not row.total
            ]
            names += [(flat(task.title.quote), task.span) for task in parsed.tasks]
            told = [name for name, span in names if any(span.overlaps(one) for one in own)]
            meant = named_of(query.text, told)
            most = max((one.weight for one in meant.values()), default=0)
            for i, one in meant.items():
                if one.weight == most >= _SHORTEST and not one.weak:
                    found[told[i]] = parsed.source
        return (
            next(((source, name) for name, source in found.items()), None)
            if len(found) == 1
            else None
        )

    def _later(self, source: SourceDocument) -> list[ParsedDocument]:
        """The reports of the place of a document that were issued after it, the newest first."""
        after = source.issued or dt.date.min
        reports = [
            (one.source.issued, one)
            for one in self._library.documents
            if one.source.reports_progress
            and one.source.region == source.region != ""
            and one.source.issued is not None
            and one.source.issued > after
        ]
        return [one for _, one in sorted(reports, key=lambda pair: pair[0], reverse=True)]

    def _told(self, report: ParsedDocument, name: str, draft: Draft) -> list[Block]:
        """What a report tells of a project in a row and in sentences, unless the answer has it."""
        cited = [
            one.span
            for said in draft.statements()
            for one in said.evidence
            if one.document.path == report.source.path
        ]
        said = [
            (span, text)
            for span, text in _told_of(report, fold_query(name))
            if not any(span.overlaps(one) for one in cited)
        ]
        if not said:
            return []
        day = chinese_date(report.source.issued) if report.source.issued else ""
        lead = paragraph(own_words(phrase("later_report", title=report.source.title, day=day)))
        lines = (
            Statement(text, cite(self._library, report.source, span), computed=(text,))
            for span, text in said
        )
        return [lead, bullets(*lines)]


def _told_of(report: ParsedDocument, name: str) -> Iterator[tuple[Span, str]]:
    """The row of a project in a report, and the sentences outside of tables that set it a limit."""
    tables = [table.span for table in report.tables]
    rows = [
        (row.span, row_told(table, row))
        for table in report.tables
        for row in table.rows
        if not row.total and _is_same(fold_query(row.name), name)
    ]
    yield from rows[:1]
    limits = [one.phrase for one in report.deadlines if one.latest is not None]
    sentences = [
        (one, flat(one.quote))
        for one in report.sentences
        if name in fold_query(one.quote)
        and len(one.quote) <= _LONGEST
        and any(one.covers(limit) for limit in limits)
        and not any(table.overlaps(one) for table in tables)
    ]
    yield from sentences[:_MOST_SENTENCES]


def _is_same(one: str, other: str) -> bool:
    """Whether two names are of one project, be it that one of them names a part of it: 管网改造（一期）."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _SHORTEST and shorter in longer
