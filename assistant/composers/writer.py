"""The built-in writer: chooses the composer by the shape of the question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.composers.contradictions.telling import Contradictions
from assistant.composers.limits.delays import DelayComposer
from assistant.composers.limits.late_days import LateDayComposer
from assistant.composers.limits.two_limits import TwoLimitsComposer
from assistant.composers.look_up import LookUpComposer
from assistant.composers.outline.annexes import annexes_told
from assistant.composers.outline.composer import OutlineComposer
from assistant.composers.outline.particulars import ParticularsComposer
from assistant.composers.reckoning.against_plans import AgainstPlanComposer
from assistant.composers.reckoning.composer import ReckoningComposer
from assistant.composers.reckoning.over_time import OverTimeComposer
from assistant.composers.reckoning.rankings import RankingComposer
from assistant.composers.reckoning.year_before import YearBeforeComposer
from assistant.composers.records.addressed_firms import AddressedFirmComposer
from assistant.composers.records.composer import RecordComposer
from assistant.composers.records.fields import FieldComposer
from assistant.composers.records.later_reports import LaterReports
from assistant.composers.records.named_rows import NamedRowComposer
from assistant.composers.records.row_notes import RowNotes
from assistant.composers.records.row_states import RowStateComposer
from assistant.composers.refusals import RefusalComposer
from assistant.composers.tables import FigureTableComposer
from assistant.composers.tables.cells_reckoned import CellsReckoned
from assistant.composers.tables.class_rules import ClassRules
from assistant.composers.tables.notes import TableRowNotes
from assistant.composers.text.clauses import ClauseComposer
from assistant.composers.text.consequences import ConsequenceComposer
from assistant.composers.text.figures_back import figure_told
from assistant.composers.text.period_bounds import PeriodBoundComposer
from assistant.draft import Block, Draft
from assistant.library import Library
from assistant.query import Operation, Query
from assistant.search import SentenceSearch
from assistant.understanding.addressed_firms import firms_asked
from assistant.understanding.meanings import asks_some_meaning
from assistant.understanding.reckonings import asked_remainder, compared_parts
from assistant.understanding.thing_in_charge import thing_in_charge, whole_in_charge
from assistant.understanding.topic import specific_words

_ARTICLE = re.compile(r"第[一二三四五六七八九十百\d]{1,4}[条章节款]")
_OF_ONE_THING = (Operation.LOOK_UP, Operation.CHECK_WORDING)


class BuiltInWriter:
    """Gathers evidence for a query and drafts the answer, from records where they decide.

    What is special comes first: each composer answers its own kind of question and passes on every other.
    """

    def __init__(self, library: Library, search: SentenceSearch) -> None:
        self._library = library
        self._clauses = ClauseComposer(library, search)
        self._refusals = RefusalComposer(library)
        fields = FieldComposer(library)
        self._look_up = LookUpComposer(library, search, self._clauses, fields, self._refusals)
        task_asked = self._look_up.task_asked
        self._particulars = ParticularsComposer(library)
        self._consequences = ConsequenceComposer(library, search, self._clauses)
        self._two_limits = TwoLimitsComposer(library, task_asked)
        self._delays = DelayComposer(library, task_asked)
        self._late_days = LateDayComposer(library, task_asked)
        self._period_bounds = PeriodBoundComposer(library, search, self._clauses)
        self._over_time = OverTimeComposer(library)
        self._against_plans = AgainstPlanComposer(library)
        self._rankings = RankingComposer(library)
        self._tables = FigureTableComposer(library)
        self._cells = CellsReckoned(library)
        self._class_rules = ClassRules(library, search, self._clauses)
        self._row_states = RowStateComposer(library)
        self._outline = OutlineComposer(library, search, self._refusals)
        self._year_before = YearBeforeComposer(library, search)
        self._reckoning = ReckoningComposer(library, search)
        self._records = RecordComposer(library, search, fields, task_asked)
        self._firms = AddressedFirmComposer(library, fields)
        self._named_rows = NamedRowComposer(library, fields)
        self._row_notes = RowNotes(library)
        self._table_row_notes = TableRowNotes(library)
        self._later_reports = LaterReports(library)
        self._contradictions = Contradictions(library)

    def write(self, query: Query) -> Draft:
        noted = self._row_notes.told_in(query, self._written(query))
        noted = self._table_row_notes.told_in(query, noted)
        noted = self._later_reports.told_in(query, noted)
        return self._contradictions.told_in(query, noted)

    def _written(self, query: Query) -> Draft:
        if annexes := annexes_told(query, self._library):
            return annexes
        if refusal := self._refusals.before_search(query):
            # A year that no document names may follow from the one after it.
            followed = self._year_before.blocks(query) if query.unknown_years else []
            return Draft(tuple(followed)) if followed else refusal
        if of_firms := self._firms.draft(self._named_rows.scoped(query)):
            return self._with_the_best(query, of_firms)
        if cells := self._cells.blocks(query):
            return Draft(tuple(cells))
        if particulars := self._particulars.blocks(query):
            rest = self._written(query.beside) if query.beside is not None else Draft()
            return Draft((*particulars, *(() if rest.refused else rest.blocks)))
        return self._with_the_best(query, self._of_contents(query))

    def _with_the_best(self, query: Query, draft: Draft) -> Draft:
        """An answer to what is no list, with the sentence that answers best by itself where it tells nothing of it.

        Records, tables and chapters answer by what the question is taken to mean; where that was taken wrongly, what
        was asked stands most often in that sentence. A row by its number, the meaning of a word and
        who answers for a thing are not mistaken.
        """
        is_open = query.operation in _OF_ONE_THING and specific_words(query)
        if draft.refused or not draft.blocks or not is_open:
            return draft
        if query.task_numbers or asks_some_meaning(query.text) or _ARTICLE.search(query.text):
            return draft
        if len(firms_asked(query, self._library)) > 1:
            return draft
        if thing_in_charge(query) or whole_in_charge(query, self._library):
            return draft
        best = self._clauses.best(query)
        if best is None or self._named_rows.is_of_another(query, best):
            return draft
        cited = [one for said in draft.statements() for one in said.evidence]
        # A row that a table was read past (合计, a note) is no better than those told of it.
        tables = self._library[best.source.path].tables
        told = [best.span, *(one.span for one in tables if one.span.overlaps(best.span))]
        if any(one.document == best.source and any(map(one.span.overlaps, told)) for one in cited):
            return draft
        return Draft((*draft.blocks, *self._clauses.blocks([best])))

    def _of_contents(self, query: Query) -> Draft:
        """What the contents of documents answer, the most particular kind of answer first."""
        query = self._named_rows.scoped(query)
        if figure := figure_told(query, self._library):
            return figure
        if follows := self._named_rows.consequence(query):
            return follows
        if consequences := self._consequences.draft(query):
            return consequences
        if two := self._two_limits.of_rows(query):
            return two
        if put_off := self._delays.blocks(query) or self._late_days.blocks(query):
            return Draft(tuple(put_off))
        if bounds := self._period_bounds.draft(query):
            return bounds
        if apart := self._over_time.blocks(query) or self._against_plans.blocks(query):
            return Draft(tuple(apart))
        if ranked := self._rankings.blocks(query):
            return Draft(tuple(ranked))
        # What is left of a row follows from its own text, and not from a table that names the same thing.
        of_one = asked_remainder(query.text) is not None and compared_parts(query.text) is None
        if of_one and (left := self._reckoned(query)):
            return left
        if tabled := self._tables.answer(query):
            rest = Draft() if tabled.whole else self._beside_tables(query)
            blocks = (*tabled.blocks, *(() if rest.refused else rest.blocks))
            return Draft(blocks, tabled.refused)
        if of_class := self._class_rules.draft(query):
            return of_class
        if states := self._row_states.draft(query):
            return states
        if parts := self._outline.draft(query):
            return parts
        if reckoned := self._reckoned(query):
            return reckoned
        draft = self._records.apart(query) or self._records.draft(query)
        draft = draft or self._named_rows.draft(query)
        if draft is not None:
            return draft
        return self._tables.instead(query, self._look_up.draft(query))

    def _reckoned(self, query: Query) -> Draft | None:
        """What follows from figures of the text, and what the text says beside; None where nothing is reckoned."""
        reckoned = self._reckoning.blocks(query)
        if not reckoned:
            return None
        rest = self._look_up.draft(_of_the_same(query, reckoned))
        return Draft((*reckoned, *(() if rest.refused else _not_yet_said(reckoned, rest.blocks))))

    def _beside_tables(self, query: Query) -> Draft:
        """What the text says to a question that a table answers in part: its own list, where a list is asked for."""
        listed = query.operation in (Operation.LIST_LIMITS, Operation.LIST_TASKS)
        return (self._records.draft(query) if listed else None) or self._look_up.draft(query)

    def quote(self, query: Query) -> Draft:
        """Nothing but the nearest sentences as they are written: what is left where nothing else is proven."""
        clauses = self._clauses.pick(query, query.documents)
        return Draft(tuple(self._clauses.blocks(clauses)), refused=not clauses)


def _not_yet_said(told: Sequence[Block], blocks: Sequence[Block]) -> list[Block]:
    """Some blocks without the sentences that were quoted whole before, and without what would lead up to nothing."""
    said = "".join(one.text for block in told for one in block.statements)
    left: list[Block] = []
    for block in blocks:
        fresh = tuple(one for one in block.statements if not one.quoted or one.quoted not in said)
        if fresh:
            left.append(replace(block, statements=fresh))
        elif block.style == "bullets" and left:
            left.pop()
    return left


def _of_the_same(query: Query, told: Sequence[Block]) -> Query:
    """A query that goes on from something said before, of the documents by which its first part was answered."""
    cited = (
        one.document.path for block in told for said in block.statements for one in said.evidence
    )
    paths = tuple(dict.fromkeys(cited))
    return replace(query, documents=paths) if query.refers_back and paths else query
