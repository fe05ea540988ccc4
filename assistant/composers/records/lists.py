"""Lists and counts from records: complete, counted, the count first."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.composers.limits.due_elsewhere import DueElsewhereComposer
from assistant.composers.limits.due_measures import DueMeasureComposer
from assistant.composers.reckoning.remainders import percent
from assistant.composers.records.conditions import conditions_text
from assistant.composers.records.mentioned_tasks import MentionedTasks
from assistant.composers.records.omissions import omitted
from assistant.composers.records.own_lines import own_lines
from assistant.composers.records.selection import TaskSelection, office_name
from assistant.composers.records.task_table import TaskTable, measures_naming
from assistant.composers.records.total_lines import TotalLineComposer
from assistant.composers.records.value_notes import ValueNotes
from assistant.composers.wording import (
    by_label,
    cite,
    counted_by_parts,
    field_spans,
    flat,
    heading_span,
    names,
    scope_name,
    task_label_block,
    task_name,
)
from assistant.draft import Block, Draft, Statement, bullets, own_words, paragraph
from assistant.ledger import Reported, Role, TaskEntry, own_units, reported_by
from assistant.library import Library, task_units
from assistant.query import Field, Query
from assistant.role_labels import role_name
from assistant.row_persons import persons_beside
from assistant.understanding.body_kinds import asked_body_kinds
from assistant.understanding.reckonings import asks_share
from assistant.understanding.task_columns import columns_asked, is_plain, place_cells
from assistant.understanding.task_conditions import names_values, status_asked
from assistant.units import matches
from assistant.vocabulary import asks
from ingest.dates import chinese_date
from ingest.records import Person, Task, Unit
from ingest.remarks import remarks
from prompts import phrase

_MOST_MEASURES = 12
_MOST_OWN_COLUMNS = 3
_LONGEST_WHOLE = 200
_ASKS_ITS_PART = re.compile(
    r"哪[几些]?条|具体|[干做](?:点|些)?[啥什哪]|措施|怎么|哪些活|什么活|一[块起道同]|认领|领了|揽|扛|摊"
)

_COUNTED_BY = re.compile("(?<![哪那这])(?:几|多少)(?P<measure>[件宗起])")
_OF_ALL = re.compile("占(?:了|到)?(?:全部|整个|所有|全[市县区镇乡]|总)")
_BY_CLOSING = (Reported.CLOSED, Reported.NOT_CLOSED, Reported.UNCLOSED)
_CLOSING = re.compile("销号|核销")
_OVERDUE = re.compile("^(?:已)?(?:逾期|超期|超时|过期)")

# 都到期了吗, asked of the tasks that are listed.
_ASKS_WHETHER_DUE = re.compile(
    "(?:到期|过期|超期|逾期|过线|到点|到线|到日子)(?:了)?(?:没有?|吗|么|没)[?？。]?$"
)


class ListComposer:
    """Lists the tasks that meet the conditions of a query."""

    def __init__(self, library: Library, selection: TaskSelection) -> None:
        self._library = library
        self._selection = selection
        self._table = TaskTable(library)
        self._totals = TotalLineComposer(library)
        self._due_measures = DueMeasureComposer(library, selection)
        self._due_elsewhere = DueElsewhereComposer(library)
        self._mentioned = MentionedTasks(library, selection)
        self._value_notes = ValueNotes(library)

    def tasks(self, query: Query) -> Draft:
        """Every task that meets all conditions, those named directly before those covered by a group."""
        entries, narrowed_by = self._selection.narrowed(query)
        direct = _in_order(query, self._selection.direct(query, entries))
        grouped = [entry for entry in entries if entry not in direct]
        if not direct and grouped:
            direct, grouped = grouped, []
        count = phrase(
            "list_count",
            scope=scope_name(query, self._library),
            count=len(direct),
            measure=_measure_word(query.text),
            conditions=conditions_text(query, self._library, narrowed_by)
            + counted_by_parts(direct),
        )
        if not entries:
            in_any_state = self._in_any_state(query)
            others = in_any_state or self._in_any_role(query)
            text = phrase(
                "list_none_so_far" if in_any_state else "list_none",
                scope=scope_name(query, self._library),
                conditions=conditions_text(query, self._library, narrowed_by),
            )
            if others and not in_any_state:
                text = self._role_untold(query) or text
            elsewhere = self._due_elsewhere.blocks(query, ())
            if elsewhere and not others:
                text = phrase(
                    "list_none_of_tasks",
                    scope=scope_name(query, self._library),
                    conditions=conditions_text(query, self._library, narrowed_by),
                )
            told = (*others, *elsewhere)
            return Draft((paragraph(own_words(text)), *told), refused=not told)
        blocks = [
            paragraph(own_words(count)),
            self._table.block(
                direct,
                _asked_body(query),
                self._own_columns(query, direct),
                query.fields | _field_of_kinds(query),
            ),
        ]
        if asks_share(query.text) and (share := self._share(query, direct)):
            blocks.insert(1, paragraph(own_words(share)))
        if query.doubted and (left := omitted(direct, query.doubted)):
            blocks.insert(1, paragraph(left))
        if query.overdue and (called := _called_overdue(direct)):
            blocks.append(paragraph(called))
        if query.overdue and (kept_up := _kept_up(direct)):
            blocks.append(paragraph(kept_up))
        if remarks := self._totals.remark(direct):
            blocks.append(paragraph(*remarks))
        blocks += self._measures(query, direct)
        if Field.STATUS in query.fields and len(direct) == 1:
            blocks += self._whole_of(direct[0])
        if joint := self._joint(query, direct):
            blocks.append(paragraph(joint))
        if grouped:
            blocks.append(paragraph(self._grouped(query, grouped, len(entries))))
        blocks += self._mentioned.blocks(query, entries)
        paths = list(dict.fromkeys(entry.document.path for entry in entries))
        conditioned = query.windows or query.status or query.overdue or query.people
        blocks += own_lines(self._library, paths, "" if conditioned else _asked_body(query))
        blocks += self._due_measures.blocks(query, entries)
        blocks += self._due_elsewhere.blocks(query, entries)
        blocks += self._value_notes.blocks(query, entries)
        if query.overdue:
            blocks.append(paragraph(Statement(phrase("passed_hint"))))
        elif _ASKS_WHETHER_DUE.search(query.text):
            blocks.append(paragraph(own_words(_due_by_today(direct, query.as_of))))
        return Draft(tuple(blocks))

    def _share(self, query: Query, entries: Sequence[TaskEntry]) -> str:
        """What share of all tasks of their list some are; empty where they stand in several.

        Those in a state are a share of those that meet the other conditions, unless it says 占全部.
        """
        lists = {(one.document.path, one.task.caption) for one in entries}
        if len(lists) != 1:
            return ""
        ((path, caption),) = lists
        name = "list_share"
        whole = sum(one.caption == caption for one in self._library[path].tasks)
        if query.status is not None and not _OF_ALL.search(query.text):
            anyhow, _ = self._selection.narrowed(replace(query, status=None))
            within = [one for one in anyhow if (one.document.path, one.task.caption) in lists]
            if len(within) < whole and all(one in within for one in entries):
                name, whole = "list_share_among", len(within)
        share = percent(Decimal(len(entries)), Decimal(whole))
        return phrase(name, count=len(entries), whole=whole, share=share)

    def _whole_of(self, entry: TaskEntry) -> list[Block]:
        """All that is written of the one task found, which tells more than its state; nothing where it is long."""
        span = entry.task.span
        if entry.task.row or len(span.quote) > _LONGEST_WHOLE:
            return []
        lead = phrase("quoted_from", title=entry.document.title)
        text = f"{lead}{flat(span.quote)}"
        return [
            paragraph(Statement(text, cite(self._library, entry.document, span), computed=(lead,)))
        ]

    def _in_any_role(self, query: Query) -> tuple[Block, ...]:
        """The list of a body's tasks whatever its role, where it has none in the role asked for."""
        if query.wanted_role in (None, Role.RESPONSIBLE) or query.wanted_units != query.units:
            return ()
        anyhow = replace(query, units=tuple(replace(one, role=None) for one in query.units))
        draft = self.tasks(anyhow)
        return () if draft.refused else draft.blocks

    def _role_untold(self, query: Query) -> str:
        """That the documents tell nobody in the role asked for, so that its being empty says nothing; else empty."""
        role = query.wanted_role
        tasks = [task for one in self._library.within(query.documents) for task in one.tasks]
        if role is None or any(own_units(one, role) for one in tasks):
            return ""
        return phrase(
            "list_role_untold",
            scope=scope_name(query, self._library),
            role=role_name(role, tasks),
            units="、".join(dict.fromkeys(one.name for one in query.wanted_units)),
        )

    def _in_any_state(self, query: Query) -> tuple[Block, ...]:
        """The list of somebody's tasks whatever their state, where none is in the state asked for and all tell theirs."""
        somebody = query.people or query.wanted_units
        if query.status is None or not somebody:
            return ()
        anyhow = replace(query, status=None)
        entries, _ = self._selection.narrowed(anyhow)
        if not entries or any(entry.task.status is None for entry in entries):
            return ()
        draft = self.tasks(anyhow)
        return () if draft.refused else draft.blocks

    def _own_columns(self, query: Query, entries: Sequence[TaskEntry]) -> list[str]:
        """The headings of a ledger that the question names, or by whose values it picks out the rows."""
        values = (one.column for one in names_values(query, self._library))
        named = (head for entry in entries for head in columns_asked(query, entry.task))
        persons = (
            head
            for entry in entries
            for name, head in persons_beside(entry.task).items()
            if name in query.people
        )
        status = status_asked(query, self._library)
        by_closing = status in _BY_CLOSING or (
            status is Reported.DONE and not all(map(_says_it_is_done, entries))
        )
        closing = _closing_columns(entries) if by_closing else ()
        where = _place_column(entries)
        heads = (*values, *persons, *closing, *named, *where)
        return list(dict.fromkeys(heads))[:_MOST_OWN_COLUMNS]

    def _measures(self, query: Query, entries: Sequence[TaskEntry]) -> list[Block]:
        """The measures of the tasks listed that name the body asked for, where its part in them is asked for."""
        asked = _asked_body(query)
        if not asked or not _ASKS_ITS_PART.search(query.text):
            return []
        items = [
            Statement(
                f"{_named_once(entry.task, place)}{flat(measure.span.quote)}",
                cite(self._library, entry.document, measure.span),
                computed=(task_name(entry.task), entry.task.number, measure.number),
            )
            for entry in entries
            for place, measure in enumerate(measures_naming(asked, entry.task))
        ]
        return [bullets(*items)] if 0 < len(items) <= _MOST_MEASURES else []

    def _joint(self, query: Query, entries: Sequence[TaskEntry]) -> Statement | None:
        """Which of the tasks are shared with others, where a person or a lead unit is asked for."""
        if query.people:
            shared = [entry for entry in entries if len(_together(query, entry)) > 1]
        elif query.units and query.units[0].role is Role.LEAD:
            shared = [entry for entry in entries if len(entry.task.lead_units) > 1]
        else:
            return None
        if not shared:
            return None
        items = "；".join(
            f"{task_name(entry.task)}（{names(_together(query, entry) if query.people else entry.task.lead_units)}）"
            for entry in shared
        )
        text = phrase("joint_items", count=len(shared), items=items)
        evidence = [
            one
            for entry in shared
            for one in cite(
                self._library,
                entry.document,
                heading_span(entry.document, entry.task),
                *task_label_block(entry.document, entry.task),
                *(field_spans(entry.document, entry.task, Field.LEADER) if query.people else ()),
            )
        ]
        return Statement(
            text,
            tuple(evidence),
            computed=(str(len(shared)), *(entry.task.number for entry in shared)),
        )

    def _grouped(self, query: Query, entries: Sequence[TaskEntry], total: int) -> Statement:
        mention = query.units[0].name
        groups = dict.fromkeys(
            unit.name
            for entry in entries
            for unit in task_units(entry.task)
            if unit.group and matches(mention, unit)
        )
        items = "、".join(task_name(entry.task) for entry in entries)
        text = phrase(
            "by_group",
            count=len(entries),
            group=next(iter(groups), "各单位"),
            unit=mention,
            items=items,
            total=total,
        )
        evidence = [
            one
            for entry in entries
            for one in cite(
                self._library,
                entry.document,
                heading_span(entry.document, entry.task),
                *task_label_block(entry.document, entry.task),
            )
        ]
        computed = (
            str(len(entries)),
            str(total),
            mention,
            *groups,
            *(e.task.number for e in entries),
        )
        return Statement(text, tuple(evidence), computed=computed)


def _named_once(task: Task, place: int) -> str:
    """A task before the first of its measures by its name, before further ones by its number, which is shorter."""
    return f"“{task.number}”" if place and task.number else task_name(task)


def _measure_word(text: str) -> str:
    """The measure word that a question counts tasks by: 有几件."""
    asked = _COUNTED_BY.search(text)
    return asked["measure"] if asked else "项"


def _in_order(query: Query, entries: list[TaskEntry]) -> list[TaskEntry]:
    """Tasks by their limits where the question asks for that, those without a day last."""
    if not asks("conditions", "in_order_of_limits", query.text):
        return entries
    return sorted(entries, key=lambda one: one.due or dt.date.max)


def _called_overdue(entries: Sequence[TaskEntry]) -> Statement | None:
    """Which of the tasks whose limit has passed their ledger itself calls overdue, where it calls only some so.

    The day of the question and that of the ledger are two, and staff go by what the ledger has.
    """
    called = [one for one in entries if one.task.state and _OVERDUE.search(one.task.state.quote)]
    if not 0 < len(called) < len(entries):
        return None
    items = "、".join(task_name(one.task) for one in called)
    return own_words(phrase("called_overdue", count=len(called), items=items))


def _kept_up(entries: Sequence[TaskEntry]) -> Statement | None:
    """Which of the tasks whose limit has passed go on after it: only their stage is over."""
    going_on = [one for one in entries if one.ongoing]
    if not going_on:
        return None
    items = "、".join(task_name(one.task) for one in going_on)
    return own_words(phrase("kept_up", count=len(going_on), items=items))


def _place_column(entries: Sequence[TaskEntry]) -> Iterator[str]:
    """The heading of the column that tells where rows are which their titles leave out: 旱厕未改 of several villages."""
    for task in (entry.task for entry in entries):
        untold = (
            head
            for head, cell in place_cells(task).items()
            if is_plain(head, cell, task) and cell.quote not in task.title.quote
        )
        if head := next(untold, ""):
            yield head
            return


def _says_it_is_done(entry: TaskEntry) -> bool:
    """Whether a row is done by its state, and not only by a remark that it was closed."""
    return entry.task.state is not None and reported_by(entry.task.state.quote) is Reported.DONE


def _closing_columns(entries: Sequence[TaskEntry]) -> Iterator[str]:
    """The headings of remarks that tell whether tasks were closed."""
    for entry in entries:
        noted = remarks(entry.task)
        yield from (
            head
            for head, cell in entry.task.columns.items()
            if cell in noted and _CLOSING.search(cell.quote)
        )


def _asked_body(query: Query) -> str:
    """The one body whose tasks are asked for in whatever role; empty where there is none or a role is named."""
    names = {mention.name for mention in query.wanted_units}
    roles = {mention.role for mention in query.wanted_units}
    return (
        office_name(next(iter(names)))
        if len(names) == 1 and roles <= {None, Role.RESPONSIBLE}
        else ""
    )


def _field_of_kinds(query: Query) -> frozenset[Field]:
    """The role that bodies of a kind are asked for in: which body it is has to be told."""
    asked = asked_body_kinds(query.text)
    return frozenset({Field(asked.role.value)}) if asked is not None else frozenset()


def _due_by_today(entries: Sequence[TaskEntry], today: dt.date) -> str:
    """How many limits have passed, are to come and have no day."""
    days = [entry.due for entry in entries]
    passed = sum(day is not None and day < today for day in days)
    ahead = sum(day is not None and day >= today for day in days)
    parts = (
        phrase("due_passed", count=passed) if passed else "",
        phrase("due_ahead", count=ahead) if ahead else "",
        phrase("due_without_day", count=days.count(None)) if None in days else "",
    )
    said = "，".join(filter(None, parts))
    return phrase("due_by_today", as_of=chinese_date(today), counts=said)


def _together(query: Query, entry: TaskEntry) -> list[Unit | Person]:
    """The persons of a task by the label that one asked for has: who supervises a firm shares nothing with its manager."""
    groups = by_label(entry.document, entry.task, Field.LEADER)
    asked = (who for _, who in groups if any(one.name in query.people for one in who))
    return next(asked, [])
