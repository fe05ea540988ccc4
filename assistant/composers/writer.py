"""The built-in writer: chooses the composer by the shape of the question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.composers.annexes import annexes_told
from assistant.composers.articles import ArticleComposer
from assistant.composers.changed_limits import ChangedLimits
from assistant.composers.changes import ChangeComposer
from assistant.composers.clauses import ClauseComposer
from assistant.composers.closings import ClosingComposer
from assistant.composers.column_counts import ColumnCountComposer
from assistant.composers.compare import CompareComposer
from assistant.composers.consequences import ConsequenceComposer
from assistant.composers.consistency import ConsistencyComposer
from assistant.composers.count_each import CountEachComposer
from assistant.composers.counts import CountComposer
from assistant.composers.delays import DelayComposer
from assistant.composers.differences import DifferenceComposer
from assistant.composers.disagreements import disagreement
from assistant.composers.due_on_day import DueOnDayComposer
from assistant.composers.ends_said import EndsSaidComposer
from assistant.composers.events import EventComposer
from assistant.composers.extensions import ExtensionComposer
from assistant.composers.fields import FieldComposer
from assistant.composers.found_parts import FoundPartsComposer
from assistant.composers.limits import LimitComposer
from assistant.composers.lists import ListComposer
from assistant.composers.matching import TaskMatcher, is_coded
from assistant.composers.meanings import MeaningComposer
from assistant.composers.measure_counts import MeasureCountComposer
from assistant.composers.mention_places import MentionPlaceComposer
from assistant.composers.nth_measure import NthMeasureComposer
from assistant.composers.other_parts import OtherPartComposer
from assistant.composers.part_counts import PartCountComposer
from assistant.composers.particulars import ParticularsComposer
from assistant.composers.parts import PartsComposer
from assistant.composers.period_bounds import PeriodBoundComposer
from assistant.composers.post_claims import held_by_another
from assistant.composers.premises import measured_otherwise, wrong_figures
from assistant.composers.presence import PresenceComposer
from assistant.composers.products import ProductComposer
from assistant.composers.rankings import RankingComposer
from assistant.composers.ranks import RankComposer
from assistant.composers.rates import RateComposer
from assistant.composers.refusals import RefusalComposer
from assistant.composers.remainders import RemainderComposer
from assistant.composers.row_notes import RowNotes
from assistant.composers.row_states import RowStateComposer
from assistant.composers.selection import TaskSelection
from assistant.composers.shares import ShareComposer
from assistant.composers.sister_tasks import SisterTaskComposer
from assistant.composers.state_words import StateWordComposer
from assistant.composers.stated_counts import StatedCountComposer
from assistant.composers.sums import SumComposer
from assistant.composers.tables import FigureTableComposer
from assistant.composers.task_sizes import TaskSizeComposer
from assistant.composers.things_made import ThingsMadeComposer
from assistant.composers.total_lines import TotalLineComposer
from assistant.composers.two_limits import TwoLimitsComposer
from assistant.composers.wording import ROLE_FIELDS
from assistant.draft import Block, Draft, paragraph
from assistant.ledger import Ledger, TaskEntry
from assistant.library import Library
from assistant.query import Field, Operation, Query
from assistant.search import Found, SentenceSearch
from assistant.understanding.fields import asks_beyond_fields
from assistant.understanding.task_numbers import petition_numbers
from assistant.understanding.topic import specific_words
from ingest.records import Task
from vectorstore.folding import fold

_LIMIT_BY_NAME = re.compile(
    r"时限|期限|到期|过期|超期|逾期|截止|限期|到线|过线|到点|完成时间|办结|(?<![没未不])(?:弄|做|办|改|干|治|整改)[完好]"
)
# 谁去罚 may be told by a sentence as well as by the list of units: only a duty by its label is answered by that.
_DUTY_BY_NAME = re.compile(
    r"牵头|挑头|打头|领头|领衔|主办|主抓|责任(?:单位|部门|科室|领导|人)|承办|验收|销号|配合|协办|领导|负责人|挂帅|包案|督导|督办"
)

# What the row of a ledger tells by itself; how it was done stands in its remarks.
_OF_ROWS = frozenset(Field) - {Field.MEASURES, Field.PROBLEM, Field.TARGET}


@dataclass(frozen=True, slots=True)
class _Recorded:
    """What the record of the task that a question is about says to it, and which fields that answers.

    `is_told` tells that the question names the row by its code, or a column of it.
    """

    entry: TaskEntry | None = None
    is_named: bool = False
    is_told: bool = False
    blocks: tuple[Block, ...] = ()
    answered: frozenset[Field] = frozenset()


class BuiltInWriter:
    """Gathers evidence for a query and drafts the answer, from records where they decide."""

    def __init__(self, library: Library, search: SentenceSearch) -> None:
        self._library = library
        self._search = search
        self._clauses = ClauseComposer(library, search)
        self._matcher = TaskMatcher(library)
        self._fields = FieldComposer(library)
        selection = TaskSelection(library, Ledger(library.documents))
        self._lists = ListComposer(library, selection)
        self._counts = CountComposer(library, selection)
        self._two_limits = TwoLimitsComposer(library, self._task_asked)
        # Kinds of question that records decide, each with its own recogniser; the first that answers does.
        self._of_records = (
            ArticleComposer(library),
            MeaningComposer(library),
            DueOnDayComposer(library),
            StateWordComposer(library),
            TotalLineComposer(library),
            MentionPlaceComposer(library),
            StatedCountComposer(library),
            EventComposer(library),
            ClosingComposer(library, selection),
            TaskSizeComposer(library, selection),
            self._two_limits,
            SisterTaskComposer(library),
            ExtensionComposer(library, self._fields),
            RankComposer(library, selection),
            NthMeasureComposer(library, self._task_asked),
            MeasureCountComposer(library, self._task_asked),
            ColumnCountComposer(library, self._lists),
            CountEachComposer(library, selection, self._lists),
            PresenceComposer(library, selection, self._lists),
        )
        self._changes = ChangeComposer(library, self._search)
        self._remainders = RemainderComposer(library, self._search)
        self._sums = SumComposer(library, self._search)
        self._differences = DifferenceComposer(library, self._search)
        self._delays = DelayComposer(library, self._task_asked)
        self._other_parts = OtherPartComposer(library, self._search)
        self._shares = ShareComposer(library, self._search)
        self._products = ProductComposer(library, self._search)
        self._rates = RateComposer(library, self._search)
        self._ends_said = EndsSaidComposer(library, self._search)
        self._limits = LimitComposer(library)
        self._changed_limits = ChangedLimits(library)
        self._row_notes = RowNotes(library)
        self._compare = CompareComposer(library, search, self._fields)
        self._consistency = ConsistencyComposer(library, search)
        self._particulars = ParticularsComposer(library)
        self._parts = PartsComposer(library)
        self._part_counts = PartCountComposer(library)
        self._things_made = ThingsMadeComposer(library, search)
        self._row_states = RowStateComposer(library)
        self._rankings = RankingComposer(library)
        self._tables = FigureTableComposer(library)
        self._consequences = ConsequenceComposer(library, search, self._clauses)
        self._period_bounds = PeriodBoundComposer(library, search, self._clauses)
        self._refusals = RefusalComposer(library)
        self._found_parts = FoundPartsComposer(library, search, self._refusals)

    def write(self, query: Query) -> Draft:
        return self._row_notes.told_in(query, self._written(query))

    def _written(self, query: Query) -> Draft:
        if annexes := annexes_told(query, self._library):
            return annexes
        if refusal := self._refusals.before_search(query):
            return refusal
        if particulars := self._particulars.blocks(query):
            rest = self._written(query.beside) if query.beside is not None else Draft()
            return Draft((*particulars, *(() if rest.refused else rest.blocks)))
        if consequences := self._consequences.draft(query):
            return consequences
        if two := self._two_limits.of_rows(query):
            return two
        if put_off := self._delays.blocks(query):
            return Draft(tuple(put_off))
        if bounds := self._period_bounds.draft(query):
            return bounds
        if ranked := self._rankings.blocks(query):
            return Draft(tuple(ranked))
        if tabled := self._tables.answer(query):
            rest = Draft() if tabled.whole else self._beside_tables(query)
            blocks = (*tabled.blocks, *(() if rest.refused else rest.blocks))
            return Draft(blocks, tabled.refused)
        if states := self._row_states.draft(query):
            return states
        if parts := self._divided(query):
            return parts
        if reckoned := self._reckoned(query):
            rest = self._look_up(_of_the_same(query, reckoned))
            return Draft((*reckoned, *(() if rest.refused else rest.blocks)))
        draft = self._apart(query) or self._counted(query)
        return draft if draft is not None else self._look_up(query)

    def _divided(self, query: Query) -> Draft | None:
        """The parts of what the question asks about, or its things of one kind; None where it asks for neither."""
        return (
            self._part_counts.draft(query)
            or self._parts.parts(query)
            or self._found_parts.draft(query)
            or self._things_made.draft(query)
        )

    def _beside_tables(self, query: Query) -> Draft:
        """What the text says to a question that a table answers in part: its own list, where a list is asked for."""
        listed = query.operation in (Operation.LIST_LIMITS, Operation.LIST_TASKS)
        return (self._counted(query) if listed else None) or self._look_up(query)

    def quote(self, query: Query) -> Draft:
        """Nothing but the nearest sentences as they are written: what is left where nothing else is proven."""
        clauses = self._clauses.pick(query, query.documents)
        return Draft(tuple(self._clauses.blocks(clauses)), refused=not clauses)

    def _reckoned(self, query: Query) -> list[Block]:
        """What follows from figures that the text states, where the question asks for it."""
        kinds = (
            self._changes,
            self._other_parts,
            self._remainders,
            self._shares,
            self._differences,
            self._sums,
            self._products,
            self._rates,
            self._ends_said,
        )
        return next(filter(None, (one.blocks(query) for one in kinds)), [])

    def _counted(self, query: Query) -> Draft | None:
        """What records decide; None where the question is none of theirs."""
        for kind in self._of_records:
            if answered := kind.draft(query):
                return answered
        return self._from_records(query)

    def _apart(self, query: Query) -> Draft | None:
        """The lists that the clauses of a question ask for, one after the other; None where one is not found."""
        drafts = [self._counted(one) for one in query.apart]
        found = [one for one in drafts if one is not None]
        if not found or len(found) < len(drafts) or all(one.refused for one in found):
            return None
        told: list[Draft] = []
        for one in found:
            if one not in told:  # what several clauses ask for may be one list
                told.append(one)
        blocks: list[Block] = []
        for block in (block for one in told for block in one.blocks):
            if block not in blocks:
                blocks.append(block)
        return Draft(tuple(blocks))

    def _from_records(self, query: Query) -> Draft | None:
        """Answers that lists, counts and comparisons of records decide; None where they hold nothing."""
        if query.whole is not None:
            whole, part = (
                self._from_records(query.whole),
                self._from_records(replace(query, whole=None)),
            )
            if whole is not None and part is not None:
                return Draft((*whole.blocks, *part.blocks), refused=whole.refused)
        match query.operation:
            case Operation.LIST_TASKS:
                draft = self._lists.tasks(query)
                if draft.refused and query.first is not None:
                    return self._from_records(query.first)
                return (
                    (self._limits.limits(query) if query.windows else None) or draft
                    if draft.refused
                    else draft
                )
            case Operation.COUNT_TASKS:
                draft = self._counts.counts(query)
                return None if draft.refused else draft
            case Operation.LIST_LIMITS:
                return self._limits.limits(query) or self._tasks_if_any(query)
            case Operation.COMPARE:
                draft = self._compare.compare(query)
                return None if draft.refused else draft
            case Operation.CHECK_WORDING:
                return self._consistency.check(query)
            case _:
                return None

    def _tasks_if_any(self, query: Query) -> Draft | None:
        draft = self._lists.tasks(query)
        return None if draft.refused else draft

    def _look_up(self, query: Query) -> Draft:
        draft, tasks = self._looked_up(query)
        return self._changed_limits.told_in(query, tasks, draft)

    def _looked_up(self, query: Query) -> tuple[Draft, Sequence[TaskEntry]]:
        """What records and clauses say, or that they do not, and the tasks that the answer tells of."""
        if listed := self._about_the_list(query):
            return listed
        found = self._search.find(query, query.documents)
        named = self._matcher.by_title(query)
        told = named is not None and self._fields.has_columns(query, named)
        # A row that a number names need not tell what is asked of it: 2号件那张罚单的文号.
        known = (query.task_numbers and not petition_numbers(query.text)) or told
        if not known and (refusal := self._refusals.after_search(query, found)):
            return refusal, ()
        entry = named or self._matcher.choose(query, found)
        if entry is None:
            if query.task_numbers:
                return self._refusals.number_missing(query), ()
            return self._with_clauses(query, _Recorded())
        blocks, answered = self._fields.blocks(query, entry, found, is_named=named is not None)
        if blocks and not self._asks_more(query, entry, answered):
            wrong = measured_otherwise(self._library, query, entry)
            return Draft((*([paragraph(wrong)] if wrong else []), *blocks)), (entry,)
        return self._with_clauses(
            query, _Recorded(entry, named is not None, told, tuple(blocks), answered)
        )

    def _with_clauses(self, query: Query, recorded: _Recorded) -> tuple[Draft, Sequence[TaskEntry]]:
        """What the record leaves open, from the clauses that tell it."""
        entry, answered = recorded.entry, recorded.answered
        named = entry if recorded.is_named else None
        if named is not None and petition_numbers(query.text):
            clauses = self._of_petition(query, named)
        else:
            clauses = self._clauses.pick(query, query.documents, named)
        told = recorded.blocks and recorded.is_told
        if named is not None and named.task.row and (told or Field.STATUS in query.fields):
            # What rows like the one named say is said of others.
            own = [one for one in clauses if _stands_in(named.task, one)]
            clauses = own if told else own or clauses
        note = wrong_figures(query, clauses) or held_by_another(query, clauses)
        noted = [paragraph(note)] if note else []
        if not recorded.blocks and (refusal := self._refusals.of_chosen(query, clauses)):
            # Where the question is wrong about a figure, that is the answer, and what is not stated comes after.
            return Draft((*noted, *refusal.blocks), refused=not noted), ()
        blocks = [*noted, *recorded.blocks, *self._clauses.facts(query, clauses)]
        blocks += self._clauses.blocks(clauses)
        if differing := disagreement(query, self._library, clauses):
            blocks.append(paragraph(differing))
        if Field.DEADLINE not in answered:
            blocks += self._clauses.judged(query, clauses)
        if entry is not None:
            blocks += self._fields.missing_limit(query, entry, answered, clauses)
            if query.task_numbers or named is not None:
                blocks = [*self._fields.missing_status(query, entry), *blocks]
        about = entry if Field.DEADLINE in answered else _told_of(clauses) or entry
        return Draft(tuple(blocks), refused=not blocks), (about,) if about else ()

    def _of_petition(self, query: Query, entry: TaskEntry) -> list[Found]:
        """What the row of a petition says that the question names by its number, which tells nothing of its words."""
        title = fold(entry.task.title.quote)
        asked = replace(query, topic=f"{title} {query.topic}")
        found = self._clauses.pick(asked, query.documents, entry)
        bare = replace(query, text=title, topic=title)
        found = [*found, *self._search.find(bare, (entry.document.path,))]
        own = (one for one in found if one.place.task and one.place.task.id == entry.task.id)
        return [one for one in [next(own, None)] if one is not None]

    def _task_asked(self, query: Query) -> TaskEntry | None:
        """The task a question is about, by its title, its number or the sentences found."""
        found = self._search.find(query, query.documents)
        return self._matcher.by_title(query) or self._matcher.choose(query, found)

    def _about_the_list(self, query: Query) -> tuple[Draft, Sequence[TaskEntry]] | None:
        """The fields asked for, of each task that the answer before listed, or of several petitions by their numbers.

        None where there are no several.
        """
        entries = [
            TaskEntry(parsed.source, task)
            for parsed in self._library.within(query.documents)
            for task in parsed.tasks
            if task.id in query.listed
        ] or self._matcher.petitions(query)
        if len(entries) < 2:
            return None
        answers = [self._fields.blocks(query, entry, (), of_whole=True)[0] for entry in entries]
        blocks = tuple(block for blocks in answers for block in blocks)
        return (Draft(blocks), entries) if blocks else None

    def _asks_more(self, query: Query, entry: TaskEntry, answered: frozenset[Field]) -> bool:
        """Whether the records leave something of the question open: a field, or what is no field."""
        if is_coded(entry.task, query.text):
            return bool(query.fields & _OF_ROWS - answered)
        # “哪天” may mean an event as well as a limit: only a limit by name is answered by the record alone.
        if Field.DEADLINE in answered and not _LIMIT_BY_NAME.search(query.text):
            return True
        if Field.DEADLINE in answered and self._has_own_limit(query, entry):
            return True
        if answered & ROLE_FIELDS.keys() and not _DUTY_BY_NAME.search(query.text):
            return True
        return bool(query.fields - answered) or asks_beyond_fields(query.text)

    def _has_own_limit(self, query: Query, entry: TaskEntry) -> bool:
        """Whether what the question names is not the whole task, and has a limit of its own in it."""
        title = entry.task.title.quote
        words = [word for word in specific_words(query) if word not in fold(title)]
        if query.task_numbers or not words:
            return False
        whole = entry.task.deadline.phrase if entry.task.deadline is not None else None
        limits = self._library.limits(entry.document.path)
        clauses = (
            fold(one.clause.quote)
            for one in limits
            if one.phrase.start in entry.task and one.phrase != whole
        )
        return any(word in clause for clause in clauses for word in words)


def _of_the_same(query: Query, told: Sequence[Block]) -> Query:
    """A query that goes on from something said before, of the documents by which its first part was answered."""
    cited = (
        one.document.path for block in told for said in block.statements for one in said.evidence
    )
    paths = tuple(dict.fromkeys(cited))
    return replace(query, documents=paths) if query.refers_back and paths else query


def _stands_in(task: Task, one: Found) -> bool:
    """Whether a sentence stands in a task, or in none."""
    return one.place.task is None or one.place.task.id == task.id


def _told_of(clauses: Sequence[Found]) -> TaskEntry | None:
    """The task that the best of some clauses stands in."""
    task = clauses[0].place.task if clauses else None
    return TaskEntry(clauses[0].source, task) if task is not None else None
