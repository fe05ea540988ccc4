"""What a question asks of the tasks of a list beside bodies, persons, dates and progress.

Each kind is one recogniser: it reads the question and returns the condition, or None. A new kind is one more of
them in `_RECOGNISERS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from assistant.ledger import Reported, Role, TaskEntry, own_units, reported_by
from assistant.library import Library, task_units
from assistant.query import Query
from assistant.role_labels import role_name
from assistant.row_persons import persons_of
from assistant.understanding.blank_cells import asked_blank, asked_unnamed
from assistant.understanding.body_kinds import asked_body_kinds
from assistant.understanding.body_numbers import asked_body_number
from assistant.understanding.column_values import (
    ColumnValue,
    columns_filled,
    has_values,
    values_named,
    words_within,
)
from assistant.understanding.field_words import asked_field_words
from assistant.understanding.group_roles import asked_group
from assistant.understanding.named_tables import table_named
from assistant.understanding.task_columns import plain_columns, telling_pairs
from assistant.understanding.told_events import event_asked
from assistant.understanding.topic import without_subjects
from assistant.units import matches
from assistant.vocabulary import asks, wording
from ingest.records import Task
from ingest.remarks import progress_told
from ingest.tables import heading_of_column
from ingest.vocabulary import load_vocabulary
from vectorstore.folding import fold_query

_MOST_DOCUMENTS = 8
_DONE_LATE = re.compile(
    r"(?:超期|逾期|过期|拖期|延误|晚了|没(?:有)?按[时期]|未按[时期])(?:了)?(?:才|后)?(?:完成|销号|验收|办结|办完|改完|弄完|投用|投运|交账)(?:了)?的"
)
_CLOSED_ASKED = re.compile(r"销(?:了|掉|的)?[号账]|核销")
_DONE_ASKED = re.compile(r"完成|办结|[干办做改弄]完")
_DAYS_LATE = re.compile(r"(?:超期|逾期|延迟|晚了?)\d+(?:天|日|个月)")
_SHORTEST_STATE = 2
_LONGEST_STATE = 8
_FIRST_CLAUSE = re.compile(r"[,，;；。(（]")
_AS_A_STATE = re.compile(r"状态|(?:写|挂|标|填|记|注明|显示|登记)(?:着|的|成|为|了|作)")
_WAITING_ASKED = re.compile(
    r"(?:待|等|就差|就剩|只差|只剩|还没|还未|尚未|未|没)(?:着|候|待|有|去|做|过|经|通过|[省市县区镇乡]级|[省市县区镇乡]里)*(?P<event>验收|复核|核查|评审|批复)(?![吗么呢没])"
)


@dataclass(frozen=True, slots=True)
class TaskCondition:
    """A condition on tasks: how an answer says it, which tasks it keeps, and the words of the question it is read from.

    Without `wording` an answer need not say it.
    """

    wording: str
    keep: Callable[[Sequence[TaskEntry]], list[TaskEntry]]
    words: tuple[str, ...] = ()


# Operation, selection and the words that narrow a list all ask for them.
@lru_cache(maxsize=64)
def task_conditions(query: Query, library: Library) -> tuple[TaskCondition, ...]:
    """The conditions that a question states."""
    found = (recognise(query, library) for recognise in _RECOGNISERS)
    return tuple(one for one in found if one is not None)


def status_asked(query: Query, library: Library) -> Reported | None:
    """The progress asked for, unless the words for it are those of another condition: that says it exactly."""
    values = [word for one in task_conditions(query, library) for word in one.words]
    status = _by_closings(query, library)
    if status is None or query.status is None or not values:
        return status
    rest = query.text
    for value in values:
        rest = rest.replace(value, " ")
    return status if asks("operations", query.status.value, rest) else None


def _by_closings(query: Query, library: Library) -> Reported | None:
    """The progress asked for, as it is by documents that tell what was closed from what is only done, or do not."""
    if query.status not in (Reported.DONE, Reported.NOT_CLOSED):
        return query.status
    entries = [
        TaskEntry(parsed.source, task)
        for parsed in library.within(query.documents)
        for task in parsed.tasks
    ]
    told = any(entry.closed for entry in entries)
    if query.status is Reported.NOT_CLOSED:
        return query.status if told else Reported.NOT_DONE
    return Reported.CLOSED if told and _asks_closed(query.text) else query.status


def _asks_closed(text: str) -> bool:
    """Whether what is done is asked for as what was closed, and by no other word."""
    return _CLOSED_ASKED.search(text) is not None and _DONE_ASKED.search(text) is None


def _stated_limit(query: Query, library: Library) -> TaskCondition | None:
    """Tasks with a time limit, or without: 没写时限的, 有明确时限的."""
    # 那栏没写死日子的 asks for what the column leaves open, and not for an empty one.
    if asks("conditions", "without_limit", query.text) and not query.undetermined:
        return TaskCondition("未写明时限", _without_limit)
    if asks("conditions", "with_limit", query.text):
        return TaskCondition("写明时限", lambda entries: [e for e in entries if e.limit_wording])
    return None


def _without_limit(entries: Sequence[TaskEntry]) -> list[TaskEntry]:
    """Tasks that say nothing of a limit; where all say something (立行立改), those without a date."""
    silent = [one for one in entries if one.limit_wording is None]
    return silent or [one for one in entries if one.due is None]


def _at_once(query: Query, library: Library) -> TaskCondition | None:
    """Tasks to be done at once: 立马就得改的, 标了立行立改的."""
    asked = wording("conditions", "at_once").search(query.text)
    if asked is None:
        return None

    def holds(entry: TaskEntry) -> bool:
        limit = entry.limit_wording
        return limit is not None and any(word in limit.quote for word in _immediate_words())

    entries = (
        TaskEntry(parsed.source, task)
        for parsed in library.within(query.documents)
        for task in parsed.tasks
    )
    if not any(map(holds, entries)):
        return None
    return TaskCondition(
        "立行立改",
        lambda entries: [one for one in entries if holds(one)],
        tuple(one.group() for one in wording("conditions", "at_once").finditer(query.text)),
    )


@cache
def _immediate_words() -> tuple[str, ...]:
    """How limits say that something is to be done at once."""
    words = load_vocabulary("deadlines")
    return (*words["immediate"], *words["immediate_in_field"])


def _own_acceptance(query: Query, library: Library) -> TaskCondition | None:
    """Tasks whose lead also accepts them: 自己干自己验."""
    if not asks("conditions", "own_acceptance", query.text):
        return None
    return TaskCondition(
        "牵头单位同时是验收单位", lambda entries: [e for e in entries if _accepts_itself(e.task)]
    )


def _accepts_itself(task: Task) -> bool:
    accepting = {unit.name for unit in task.acceptance_units}
    return any(unit.name in accepting for unit in task.lead_units)


def _single_bodies(query: Query, library: Library) -> TaskCondition | None:
    """Tasks whose responsible bodies are all named one by one, by no group."""
    if not asks("conditions", "single_bodies", query.text):
        return None
    paths = {parsed.source.path for parsed in library.within(query.documents)}
    groups = tuple(unit.name for path, unit in library.units if unit.group and path in paths)
    return TaskCondition(
        "责任单位未用统称", lambda entries: [e for e in entries if _names_each(e.task)], groups
    )


def _names_each(task: Task) -> bool:
    units = task.responsible_units or task.lead_units
    return bool(units) and not any(unit.group for unit in units)


def _body_number(query: Query, library: Library) -> TaskCondition | None:
    """Tasks with so many bodies in a role, in their own lines; a group is no single body, but several."""
    asked = asked_body_number(query.text)
    if asked is None or query.task_numbers:
        return None
    # Who has it by itself or leads together has its own place in the query.
    if query.joint is not None and (asked.role is Role.LEAD or (query.units and not query.joint)):
        return None

    def holds(task: Task) -> bool:
        units = own_units(task, asked.role)
        grouped = any(unit.group for unit in units)
        return asked.at_least if grouped else asked.holds(len(units))

    tasks = [task for parsed in library.within(query.documents) for task in parsed.tasks]
    many = f"{asked.number}家{'以上' if asked.at_least else ''}"
    return TaskCondition(
        f"{role_name(asked.role, tasks)}{many}",
        lambda entries: [entry for entry in entries if holds(entry.task)],
        (asked.said,),
    )


def _body_kinds(query: Query, library: Library) -> TaskCondition | None:
    """Tasks that bodies of a kind have in a role: 由镇里自己牵头的."""
    # 验收单位是县水利局 names a body, and no kind of one.
    text = query.text
    for one in query.units:
        text = text.replace(one.name, " ")
    asked = asked_body_kinds(without_subjects(text, library))
    if asked is None:
        return None

    def holds(task: Task) -> bool:
        return any(asked.has(unit.name) for unit in own_units(task, asked.role))

    tasks = [task for parsed in library.within(query.documents) for task in parsed.tasks]
    # Where the role is told of no task, it may be some text that speaks of such bodies.
    listed = asks("operations", "list", query.text) and any(
        own_units(task, asked.role) for task in tasks
    )
    if not (listed or any(map(holds, tasks))):
        return None
    return TaskCondition(
        f"{role_name(asked.role, tasks)}为{asked.called}",
        lambda entries: [entry for entry in entries if holds(entry.task)],
        (asked.said,),
    )


def _group_in_role(query: Query, library: Library) -> TaskCondition | None:
    """Tasks that a group as such has in a role: 把“各乡镇（街道）”列成配合单位的."""
    asked = asked_group(query.text)
    if asked is None or query.units:
        return None
    paths = {parsed.source.path for parsed in library.within(query.documents)}
    names = [unit.name for path, unit in library.units if unit.group and path in paths]

    def holds(task: Task) -> bool:
        units = task_units(task) if asked.role is None else own_units(task, asked.role)
        if asked.role is Role.RESPONSIBLE:
            units = (*units, *task.lead_units)
        return any(asked.is_meant(unit, names) for unit in units)

    tasks = [task for parsed in library.within(query.documents) for task in parsed.tasks]
    told = asked.role is not None and any(map(task_units, tasks))
    if not told and not any(map(holds, tasks)):
        return None
    role = role_name(asked.role, tasks) if asked.role is not None else "涉及单位"
    return TaskCondition(
        f"{role}：{asked.name}",
        lambda entries: [entry for entry in entries if holds(entry.task)],
        (asked.said, asked.name),
    )


def _groups_counted_in(query: Query, library: Library) -> TaskCondition | None:
    """That tasks of groups count as a body's own (连“各镇街”一并算): the groups are then no topic.

    In a list by time without a body or a group it is something else that counts too: 连“力争”的也算.
    """
    if not asks("conditions", "with_groups", query.text):
        return None
    paths = {parsed.source.path for parsed in library.within(query.documents)}
    groups = tuple(unit.name for path, unit in library.units if unit.group and path in paths)
    named = query.units or asks("conditions", "groups", query.text)
    if query.windows and not named and not any(one in query.text for one in groups):
        return None
    return TaskCondition("", list, groups)


def _of_table(query: Query, library: Library) -> TaskCondition | None:
    """Rows of the one table among several that the question names by its title or columns."""
    named = table_named(query, library)
    if named is None or not named.has_tasks:
        return None
    title = "".join(named.caption.quote.split())
    return TaskCondition(
        f"列于“{title}”",
        lambda entries: [one for one in entries if one.task.caption == named.caption],
        named.words,
    )


def _column_values(query: Query, library: Library) -> TaskCondition | None:
    """Rows with values of columns that sort them, named by the question: 群众信访 as 问题来源, 除了雨水 as 类型."""
    named = names_values(query, library)
    return _having(named, query.text) if named else None


# Operation, conditions and the columns shown all ask for them.
@lru_cache(maxsize=64)
def names_values(query: Query, library: Library) -> tuple[ColumnValue, ...]:
    """The values of columns that a question names, in the first document that has any."""
    documents = library.within(query.documents)
    table = table_named(query, library)
    # Without a place named a word may be a value of any table.
    for parsed in documents if len(documents) <= _MOST_DOCUMENTS else ():
        own = [
            task
            for task in parsed.tasks
            if task.columns and (table is None or task.caption == table.caption)
        ]
        if len(documents) > 1 and not any(_concerns(query, task) for task in own):
            continue
        bodies = [mention.name for mention in query.units]
        names = [*query.people, *bodies, *(fold_query(task.title.quote) for task in own)]
        columns = plain_columns(own, frozenset(map(fold_query, bodies)))
        found = values_named(query.text, columns, names)
        found += columns_filled(query.text, columns)
        if not found and table is not None:
            found = words_within(query.text, columns)
        if found:
            return tuple(found)
    return ()


def _concerns(query: Query, task: Task) -> bool:
    """Whether a task has any of the bodies and persons asked for."""
    units = [
        unit for unit in task_units(task) for one in query.wanted_units if matches(one.name, unit)
    ]
    return (bool(units) or not query.wanted_units) and (
        not query.people or not persons_of(task).isdisjoint(query.people)
    )


def _waiting(query: Query, library: Library) -> TaskCondition | None:
    """Rows whose progress says that something is still to come: 就等验收的, 还没复核的."""
    asked = _WAITING_ASKED.search(query.text)
    if asked is None:
        return None
    waits = re.compile(rf"(?:待|等待?|申请|报请|未|尚未|正在)[^，,。；;]{{0,4}}{asked['event']}")

    def holds(task: Task) -> bool:
        return any(one is not None and waits.search(one.quote) for one in (task.state, task.status))

    if not any(holds(task) for one in library.within(query.documents) for task in one.tasks):
        return None
    return TaskCondition(
        f"进展为待{asked['event']}",
        lambda entries: [one for one in entries if holds(one.task)],
        (asked.group(),),
    )


def _state_word(query: Query, library: Library) -> TaskCondition | None:
    """Rows in the very state that the question names (进行中, 未办结), where others are near it (持续推进, 阶段性办结).

    What is done is no such matter: a task that was accepted was finished as well.
    """
    told = _AS_A_STATE.search(query.text) is not None
    if query.status is None and not told:
        return None
    tasks = [task for one in library.within(query.documents) for task in one.tasks]
    states = {state for task in tasks for state in _states_of(task)}
    if query.status is Reported.RUNNING:
        states = {one for one in states if reported_by(one) is Reported.RUNNING}
    said = (one for one in states if one in query.text)
    named = max(said, key=len, default="")
    # 状态挂“推进中”的 asks by the word, be it no known one.
    by_word = query.status is None and f"“{named}”" in query.text
    if not named or len(states) == 1 or (query.status is None and not by_word):
        return None
    if reported_by(named) is Reported.DONE and not by_word:
        return None
    if query.status is Reported.NOT_DONE and not _means_the_word(named, states, query.text):
        return None
    return TaskCondition(
        f"进展为“{named}”",
        lambda entries: [one for one in entries if named in _states_of(one.task)],
        (named,),
    )


def _means_the_word(named: str, states: Collection[str], text: str) -> bool:
    """Whether what is not done is asked for by that very word of a ledger, and not whatever is left to do.

    By the word where the question quotes it or speaks of the state, or where what else is left is called done in part
    (阶段性办结) and is under way by no word of its own (整治中, 未启动).
    """
    if _AS_A_STATE.search(text) or f"“{named}" in text or f'"{named}' in text:
        return True
    return all(reported_by(one) in (None, Reported.DONE) for one in states if one != named)


def _states_of(task: Task) -> frozenset[str]:
    """The progress that a row reports, folded, and how it begins; also that of a second column: 是否办结."""
    if not task.row:
        return frozenset()
    cells = [cell for head, cell in task.columns.items() if heading_of_column(head) == "status"]
    told = [fold_query(one.quote) for one in (task.status, *cells) if one is not None]
    words = (word for one in told for word in (one, _FIRST_CLAUSE.split(one, maxsplit=1)[0]))
    return frozenset(one for one in words if _SHORTEST_STATE <= len(one) <= _LONGEST_STATE)


def _late(query: Query, library: Library) -> TaskCondition | None:
    """Rows that were done, and so many days late as they say: 超期销号的."""
    asked = done_late(query.text)
    if not asked:
        return None

    def holds(task: Task) -> bool:
        return any(
            one is not None and _DAYS_LATE.search(one.quote) for one in (task.state, task.status)
        )

    return TaskCondition(
        "进展写明超期天数", lambda entries: [one for one in entries if holds(one.task)], (asked,)
    )


def done_late(text: str) -> str:
    """The words by which a question asks for what was done too late; empty where it does not."""
    match = _DONE_LATE.search(text)
    return match.group() if match else ""


def _blank_cell(query: Query, library: Library) -> TaskCondition | None:
    """Rows that have nothing in a column of their table: 没填责任领导的."""
    documents = library.within(query.documents)
    heads = {
        parsed.source.path: dict.fromkeys(head for task in parsed.tasks for head in task.columns)
        for parsed in documents
    }
    asked = asked_blank(query.text, dict.fromkeys(head for own in heads.values() for head in own))
    if asked is None:
        return None
    return TaskCondition(
        f"{asked.head}未填",
        lambda entries: [one for one in entries if asked.holds(one.task, heads[one.document.path])],
        (asked.said, asked.head),
    )


def _unnamed(query: Query, library: Library) -> TaskCondition | None:
    """Tasks that name nobody in a role that others of their list name somebody in: 没写明谁验收的."""
    asked = asked_unnamed(query.text)
    if asked is None or query.units or query.task_numbers or _blank_cell(query, library):
        return None
    role, said = asked
    documents = library.within(query.documents)
    told = {one.source.path for one in documents if any(_named(task, role) for task in one.tasks)}
    if not told:
        return None
    tasks = [task for one in documents for task in one.tasks]
    return TaskCondition(
        f"未写明{role_name(role, tasks)}",
        lambda entries: [
            one
            for one in entries
            if one.document.path in told and not _named(one.task, role) and task_units(one.task)
        ],
        (said,),
    )


def _named(task: Task, role: Role) -> bool:
    return bool(persons_of(task) if role is Role.LEADER else own_units(task, role))


def _field_words(query: Query, library: Library) -> TaskCondition | None:
    """Tasks of which a field has some words: 整改时限那栏带“长期坚持”的; a value of a column says it by itself."""
    asked = asked_field_words(query.text)
    # A state is known by its meaning: 未完成 has the word 完成 as well.
    if asked is None or (asked.role == "status" and query.status is not None):
        return None
    if any(one.value == asked.words for one in names_values(query, library)):
        return None
    return TaskCondition(
        f"{asked.field}写有“{asked.words}”",
        lambda entries: [one for one in entries if asked.holds(one.task)],
        (asked.said, asked.words, asked.field),
    )


def _told_event(query: Query, library: Library) -> TaskCondition | None:
    """Tasks of which a ledger tells that something happened to them: 罚过款的."""
    if query.status is not None or query.overdue or query.task_numbers or query.mentions:
        return None
    told, titles = _told_in_rows(query.documents, library)
    # 自查发现的 is a source, and 这个月底的 a limit: nothing happened by these words.
    named = names_values(query, library)
    others = [one.said or one.value for one in named] + [one.text for one in query.windows]
    rest = query.text
    for said in others:
        rest = rest.replace(said, " " * len(said))
    event = event_asked(rest, told)
    if not event or event in titles:
        return None
    return TaskCondition(
        f"进展提到“{event}”",
        lambda entries: [one for one in entries if event in _progress(one.task)],
        (event, event[0], event[-1]),
    )


@lru_cache(maxsize=64)
def _told_in_rows(documents: tuple[str, ...] | None, library: Library) -> tuple[str, str]:
    """What the rows of the lists in scope tell of their progress, and their titles, folded."""
    rows = [task for parsed in library.within(documents) for task in parsed.tasks if task.row]
    titles = "\n".join(task.title.quote for task in rows)
    return "\n".join(map(_progress, rows)), fold_query(titles)


def _progress(task: Task) -> str:
    return fold_query("\n".join(one.quote for one in progress_told(task)))


def _having(named: Sequence[ColumnValue], text: str) -> TaskCondition:
    """All columns must have what is named of them: one of several values, and none of those left out.

    A heading that is said with its value (验收方式是镇级验收的) names no topic either.
    """
    heads = (one.column for one in named if any(p in text for p in telling_pairs(one.column)))
    return TaskCondition(
        "；".join(one.wording for one in named),
        lambda entries: [one for one in entries if has_values(one.task.columns, named)],
        (*(one.said or one.value for one in named), *map(fold_query, dict.fromkeys(heads))),
    )


_RECOGNISERS: tuple[Callable[[Query, Library], TaskCondition | None], ...] = (
    _stated_limit,
    _at_once,
    _own_acceptance,
    _single_bodies,
    _body_number,
    _body_kinds,
    _group_in_role,
    _groups_counted_in,
    _of_table,
    _column_values,
    _blank_cell,
    _unnamed,
    _waiting,
    _state_word,
    _late,
    _field_words,
    _told_event,
)
