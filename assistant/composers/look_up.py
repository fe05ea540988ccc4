"""What is asked of one task, or of what sentences say: its record, the clauses that tell the rest, or neither."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.composers.checks.claimed_limits import limit_otherwise
from assistant.composers.checks.deed_claims import done_by_another
from assistant.composers.checks.disagreements import disagreement
from assistant.composers.checks.other_years import of_another_year
from assistant.composers.checks.post_claims import held_by_another, post_untold
from assistant.composers.checks.premises import measured_otherwise, wrong_figures
from assistant.composers.limits.changed_limits import ChangedLimits
from assistant.composers.limits.judging import judged
from assistant.composers.records.claims import asks_role
from assistant.composers.records.deeds import telling_deed
from assistant.composers.records.fields import FieldComposer
from assistant.composers.records.matching import TaskMatcher, body_named, is_coded
from assistant.composers.refusals import RefusalComposer
from assistant.composers.text.clauses import ClauseComposer
from assistant.composers.wording import ROLE_FIELDS
from assistant.draft import Block, Draft, paragraph
from assistant.ledger import TaskEntry
from assistant.library import Library
from assistant.query import Field, Query
from assistant.search import Found, SentenceSearch
from assistant.understanding.fields import asked_fields, asks_beyond_fields
from assistant.understanding.task_numbers import is_number_alone, petition_numbers
from assistant.understanding.topic import specific_words, without_subjects
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


class LookUpComposer:
    """Answers what is asked of one task or of none: by its record first, and by sentences for what that leaves open."""

    def __init__(
        self,
        library: Library,
        search: SentenceSearch,
        clauses: ClauseComposer,
        fields: FieldComposer,
        refusals: RefusalComposer,
    ) -> None:
        self._library = library
        self._search = search
        self._clauses = clauses
        self._fields = fields
        self._refusals = refusals
        self._matcher = TaskMatcher(library)
        self._changed_limits = ChangedLimits(library)

    def draft(self, query: Query) -> Draft:
        """What records and clauses say, or that they do not; a limit that was put off is told beside it."""
        draft, tasks = self._looked_up(query)
        return self._changed_limits.told_in(query, tasks, draft)

    def task_asked(self, query: Query) -> TaskEntry | None:
        """The task a question is about, by its title, its number or the sentences found."""
        found = self._search.find(query, query.documents)
        return self._matcher.by_title(query) or self._matcher.choose(query, found)

    def _looked_up(self, query: Query) -> tuple[Draft, Sequence[TaskEntry]]:
        """What records and clauses say, or that they do not, and the tasks that the answer tells of."""
        if listed := self._about_the_list(query) or self._of_a_thing(query):
            return listed
        if untold := post_untold(query, self._library):
            return untold, ()
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
        is_meant = named is not None or query.task_numbers or query.refers_back
        reason = self._fields.reason(query, entry) if is_meant else []
        # 为什么没完，什么时候到货 asks for more.
        if reason and asked_fields(query.text) <= {Field.STATUS}:
            return Draft(tuple(reason)), (entry,)
        of_whole = named is not None and self._is_limit_of_the_whole(query, named)
        blocks, answered = self._fields.blocks(
            query, entry, found, is_named=named is not None, of_whole=of_whole
        )
        if blocks and (of_whole or not self._asks_more(query, entry, answered)):
            limited = entry if Field.DEADLINE in answered else None
            wrong = limit_otherwise(self._library, query, (), limited) or measured_otherwise(
                self._library, query, entry
            )
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
        if telling := telling_deed(query, clauses):
            clauses, recorded = telling, replace(recorded, blocks=())
        told = recorded.blocks and recorded.is_told
        if named is not None and named.task.row and (told or Field.STATUS in query.fields):
            # What rows like the one named say is said of others.
            own = [one for one in clauses if _stands_in(named.task, one)]
            clauses = own if told else own or clauses
        limited = entry if Field.DEADLINE in answered else None
        note = (
            limit_otherwise(self._library, query, clauses, limited)
            or wrong_figures(self._library, query, clauses)
            or held_by_another(query, clauses)
            or done_by_another(self._library, query, clauses)
        )
        noted = [paragraph(note)] if note else []
        if not recorded.blocks and (refusal := self._refusals.of_chosen(query, clauses)):
            # Where the question is wrong about a figure, that is the answer, and what is not stated comes after.
            return Draft((*noted, *refusal.blocks), refused=not noted), ()
        if note is None and (other_year := of_another_year(query, clauses)):
            noted = [paragraph(other_year)]
        blocks = [*noted, *recorded.blocks, *self._clauses.facts(query, clauses)]
        blocks += self._clauses.blocks(clauses)
        if differing := disagreement(query, self._library, clauses):
            blocks.append(paragraph(differing))
        if Field.DEADLINE not in answered:
            blocks += judged(self._library, query, clauses)
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

    def _of_a_thing(self, query: Query) -> tuple[Draft, Sequence[TaskEntry]] | None:
        """All measures of the one task of a thing; those of a body that a question goes on to: 某渠怎么治, then 某镇呢.

        None where the question is none of the kind.
        """
        if query.fields != {Field.MEASURES} or query.task_numbers or query.people:
            return None
        if not query.refers_back:
            entry = None if query.units else self._matcher.by_thing(query.text, query.documents)
            blocks = self._fields.all_measures(query, entry) if entry else []
        else:
            entry = self._matcher.by_thing(query.earlier, query.documents)
            body = body_named(query, entry.task) if entry else ""
            blocks = self._fields.measures_of(body, entry) if entry and body else []
        return (Draft(tuple(blocks)), (entry,)) if entry is not None and blocks else None

    def _asks_more(self, query: Query, entry: TaskEntry, answered: frozenset[Field]) -> bool:
        """Whether the records leave something of the question open: a field, or what is no field."""
        if is_number_alone(without_subjects(query.text, self._library)):
            return False  # what its record has is all that is asked
        if is_coded(entry.task, query.text):
            return bool(query.fields & _OF_ROWS - answered)
        if asks_role(query) and answered:
            return False
        # “哪天” may mean an event as well as a limit: only a limit by name is answered by the record alone.
        if Field.DEADLINE in answered and not _LIMIT_BY_NAME.search(query.text):
            return True
        if Field.DEADLINE in answered and self._has_own_limit(query, entry):
            return True
        if answered & ROLE_FIELDS.keys() and not _DUTY_BY_NAME.search(query.text):
            return True
        return bool(query.fields - answered) or asks_beyond_fields(query.text)

    def _is_limit_of_the_whole(self, query: Query, entry: TaskEntry) -> bool:
        """Whether only the limit is asked of a task by its title, and nothing in it that has these words has its own."""
        words = specific_words(query)
        title = fold(entry.task.title.quote)
        is_alone = query.fields == {Field.DEADLINE} and not asks_beyond_fields(query.text)
        if not is_alone or "多少" in query.text or not all(word in title for word in words):
            return False
        return entry.task.deadline is not None and not self._is_limited_apart(entry, words)

    def _has_own_limit(self, query: Query, entry: TaskEntry) -> bool:
        """Whether what the question names is not the whole task, and has a limit of its own in it."""
        title = entry.task.title.quote
        words = [word for word in specific_words(query) if word not in fold(title)]
        if query.task_numbers or not words:
            return False
        return self._is_limited_apart(entry, words)

    def _is_limited_apart(self, entry: TaskEntry, words: Sequence[str]) -> bool:
        """Whether a clause of a task has one of some words and a limit that is not the whole task's."""
        whole = entry.task.deadline.phrase if entry.task.deadline is not None else None
        clauses = (
            fold(one.clause.quote)
            for one in self._library.limits(entry.document.path)
            if one.phrase.start in entry.task and one.phrase != whole
        )
        return any(word in clause for clause in clauses for word in words)


def _stands_in(task: Task, one: Found) -> bool:
    """Whether a sentence stands in a task, or in none."""
    return one.place.task is None or one.place.task.id == task.id


def _told_of(clauses: Sequence[Found]) -> TaskEntry | None:
    """The task that the best of some clauses stands in."""
    task = clauses[0].place.task if clauses else None
    return TaskEntry(clauses[0].source, task) if task is not None else None
