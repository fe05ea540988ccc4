"""What the records of tasks decide: lists, counts, limits, comparisons, and kinds of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assistant.composers.checks.consistency import ConsistencyComposer
from assistant.composers.compare import CompareComposer
from assistant.composers.limits.due_on_day import DueOnDayComposer
from assistant.composers.limits.extensions import ExtensionComposer
from assistant.composers.limits.limits import LimitComposer
from assistant.composers.limits.two_limits import TwoLimitsComposer
from assistant.composers.outline.articles import ArticleComposer
from assistant.composers.records.acceptance import AcceptanceComposer
from assistant.composers.records.closings import ClosingComposer
from assistant.composers.records.column_counts import ColumnCountComposer
from assistant.composers.records.count_each import CountEachComposer
from assistant.composers.records.counts import CountComposer
from assistant.composers.records.fields import FieldComposer
from assistant.composers.records.lists import ListComposer
from assistant.composers.records.measure_counts import MeasureCountComposer
from assistant.composers.records.named_problems import NamedProblemComposer
from assistant.composers.records.nth_measure import NthMeasureComposer
from assistant.composers.records.plan_years import in_plan_year
from assistant.composers.records.presence import PresenceComposer
from assistant.composers.records.ranks import RankComposer
from assistant.composers.records.reporting import of_reports
from assistant.composers.records.selection import TaskSelection
from assistant.composers.records.sister_tasks import SisterTaskComposer
from assistant.composers.records.state_words import StateWordComposer
from assistant.composers.records.stated_counts import StatedCountComposer
from assistant.composers.records.task_sizes import TaskSizeComposer
from assistant.composers.records.thing_in_charge import ThingInChargeComposer
from assistant.composers.records.total_lines import TotalLineComposer
from assistant.composers.records.two_tasks import TwoTasksComposer
from assistant.composers.records.unreported import UnreportedComposer
from assistant.composers.text.events import EventComposer
from assistant.composers.text.meanings import MeaningComposer
from assistant.composers.text.mention_places import MentionPlaceComposer
from assistant.composers.text.whole_in_charge import WholeInChargeComposer
from assistant.draft import Block, Draft
from assistant.ledger import Ledger, TaskEntry
from assistant.library import Library
from assistant.query import Operation, Query
from assistant.search import SentenceSearch


class RecordComposer:
    """Answers from the records of tasks alone, by the first kind of question that they decide."""

    def __init__(
        self,
        library: Library,
        search: SentenceSearch,
        fields: FieldComposer,
        task_asked: Callable[[Query], TaskEntry | None],
    ) -> None:
        selection = TaskSelection(library, Ledger(library.documents))
        self._library = library
        self._selection = selection
        self._lists = ListComposer(library, selection)
        self._counts = CountComposer(library, selection)
        self._limits = LimitComposer(library)
        self._compare = CompareComposer(library, search, fields)
        self._consistency = ConsistencyComposer(library, search)
        # Each with its own recogniser; the first that answers does.
        self._kinds = (
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
            TwoLimitsComposer(library, task_asked),
            SisterTaskComposer(library),
            TwoTasksComposer(library),
            ExtensionComposer(library, fields),
            RankComposer(library, selection),
            NthMeasureComposer(library, task_asked),
            MeasureCountComposer(library, task_asked),
            ColumnCountComposer(library, self._lists),
            CountEachComposer(library, selection, self._lists),
            PresenceComposer(library, selection, self._lists),
            NamedProblemComposer(library, self._lists),
            ThingInChargeComposer(library),
            WholeInChargeComposer(library),
            UnreportedComposer(library, self._lists),
            AcceptanceComposer(library),
        )

    def draft(self, query: Query) -> Draft | None:
        """What records decide; None where the question is none of theirs."""
        for kind in self._kinds:
            if answered := kind.draft(query):
                return answered
        return self._by_operation(of_reports(query, self._library))

    def apart(self, query: Query) -> Draft | None:
        """The lists that the clauses of a question ask for, one after the other; None where one is not found."""
        drafts = [self.draft(one) for one in query.apart]
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

    def _by_operation(self, query: Query) -> Draft | None:
        """Answers that lists, counts and comparisons of records decide; None where they hold nothing."""
        if query.whole is not None:
            whole, part = (
                self._by_operation(query.whole),
                self._by_operation(replace(query, whole=None)),
            )
            if whole is not None and part is not None:
                return Draft((*whole.blocks, *part.blocks), refused=whole.refused)
        match query.operation:
            case Operation.LIST_TASKS:
                if (whole := self._of_whole_plan(query)) is not None:
                    return whole
                draft = self._lists.tasks(query)
                if draft.refused and query.first is not None:
                    return self._by_operation(query.first)
                if not draft.refused:
                    return draft
                # Limits of running text are no single person's.
                of_text = query.windows and not query.people
                return (
                    (self._limits.limits(query) if of_text else None)
                    or self._of_plan_year(query)
                    or draft
                )
            case Operation.COUNT_TASKS:
                draft = self._counts.counts(query)
                return draft if draft.blocks else None
            case Operation.LIST_LIMITS:
                return (
                    self._limits.limits(query)
                    or self._tasks_if_any(query)
                    or self._of_plan_year(query)
                    or self._limits.none(query)
                )
            case Operation.COMPARE:
                draft = self._compare.compare(query)
                return None if draft.refused else draft
            case Operation.CHECK_WORDING:
                return self._consistency.check(query)
            case _:
                return None

    def _of_whole_plan(self, query: Query) -> Draft | None:
        """The list for 今年 of all that an older plan has, where the year names the plan and nothing is due in today's."""
        meant = in_plan_year(query, self._library)
        if meant is None or meant[0].windows or self._selection.entries(query):
            return None
        return self._of_plan_year(query)

    def _of_plan_year(self, query: Query) -> Draft | None:
        """The list for 今年 in the year of an older plan, which says so; None where that has nothing either."""
        meant = in_plan_year(query, self._library)
        if meant is None:
            return None
        moved, remark = meant
        lists_limits = query.operation is Operation.LIST_LIMITS
        draft = self._limits.limits(moved) if lists_limits else self._lists.tasks(moved)
        return None if draft is None or draft.refused else Draft((remark, *draft.blocks))

    def _tasks_if_any(self, query: Query) -> Draft | None:
        draft = self._lists.tasks(query)
        return None if draft.refused else draft
