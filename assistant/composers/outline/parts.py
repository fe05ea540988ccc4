"""The parts of a section: how many there are, and which, from the outline and from points numbered in its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.composers.outline.divisions import division_of, worded
from assistant.draft import Block, Draft
from assistant.library import Library
from assistant.query import Field, Query
from assistant.understanding.parts import PartsAsked, asked_parts
from assistant.words import pairs
from ingest.numerals import parse_number
from ingest.outline import ANNEX_LIST_TITLE
from ingest.records import ParsedDocument, Section
from vectorstore.folding import fold_query

# A heading is meant from this share of what the question says, or of the heading, in the other.
_SAID = 0.6
_OF_HEADING = 0.8


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A section and how well its heading fits the question, better ones greater."""

    parsed: ParsedDocument
    section: Section
    fit: tuple[float, float, int]


class PartsComposer:
    """Answers how a section is divided, citing its heading and those of its parts."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def parts(self, query: Query) -> Draft | None:
        """The parts of the section that the question means; None where it asks for none or means none."""
        asked = asked_parts(query, self._library)
        if asked is None:
            return None
        blocks: list[Block] = []
        for parsed, section in self._meant(query, asked):
            if Field.MEASURES in query.fields and self._is_of_task(parsed, section):
                return None  # the measures of a task are in its record
            if division := division_of(parsed, section):
                blocks += worded(self._library, division)
        return Draft(tuple(blocks)) if blocks else None

    # Which section

    def _meant(self, query: Query, asked: PartsAsked) -> list[tuple[ParsedDocument, Section]]:
        """The section named in each document that has it, those whose headings fit best."""
        documents = self._library.within(query.documents)
        if asked.whole:
            return [(one, root) for one in documents if (root := _root(one))]
        if asked.number:
            return [
                (one, section)
                for one in documents
                for section in one.sections
                if section.level == 1
                and parse_number(section.number.strip("、.．（()）第部分章")) == asked.number
            ]
        candidates = [one for parsed in documents for one in _candidates(parsed, asked.name)]
        if not candidates and asked.sibling_of:
            return self._siblings(documents, asked)
        best = max((one.fit for one in candidates), default=None)
        return [(one.parsed, one.section) for one in candidates if one.fit == best]

    def _siblings(
        self, documents: Sequence[ParsedDocument], asked: PartsAsked
    ) -> list[tuple[ParsedDocument, Section]]:
        """The section beside the one asked about before that has the question's word: 水那块 after 大气."""
        found = [one for parsed in documents for one in _candidates(parsed, asked.sibling_of)]
        if not found:
            return []
        before = max(found, key=lambda one: one.fit)
        beside = [
            section
            for section in before.parsed.sections
            if section.parent == before.section.parent
            and section.id != before.section.id
            and asked.name in fold_query(section.title)
        ]
        return [(before.parsed, section) for section in beside[:1]]

    def _is_of_task(self, parsed: ParsedDocument, section: Section) -> bool:
        return any(task.span.covers(section.heading) for task in parsed.tasks)


def _root(parsed: ParsedDocument) -> Section | None:
    return next((one for one in parsed.sections if one.parent is None), None)


def _candidates(parsed: ParsedDocument, name: str) -> list[_Candidate]:
    """Sections with parts whose heading says what the question says."""
    said = pairs(name)
    found = []
    for section in parsed.sections:
        title = fold_query(section.title)
        if not title or section.title == ANNEX_LIST_TITLE:
            continue
        shared = len(said & pairs(title))
        share = shared / max(1, len(said))
        of_heading = shared / max(1, len(pairs(title)))
        if (share >= _SAID or (of_heading >= _OF_HEADING and shared > 1)) and division_of(
            parsed, section
        ):
            found.append(
                _Candidate(parsed, section, (round(share, 2), round(of_heading, 2), -section.level))
            )
    return found
