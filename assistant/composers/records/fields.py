"""Answers from one task's fields: who leads, who is responsible, the target, the limit, the measures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.composers.limits.judging import judgements
from assistant.composers.records.claims import (
    ROLE_TO_FIELD,
    ClaimChecker,
    asks_role,
    bodies_said_to_do_it,
    doing_field,
    duties_stated,
)
from assistant.composers.records.linked_rows import LinkedRows
from assistant.composers.records.matching import (
    is_coded,
    matched_sentence,
    measure_of,
    names_a_step,
)
from assistant.composers.records.row_words import row_in_words
from assistant.composers.records.same_bodies import bodies_compared
from assistant.composers.records.task_table import measures_naming
from assistant.composers.tables.cell_units import with_unit
from assistant.composers.wording import (
    ROLE_FIELDS,
    cite,
    cite_task,
    flat,
    heading_span,
    in_brackets,
    label_of,
    measure_name,
    measure_numbers,
    names,
    numbers_in,
    people_or_units,
    task_name,
)
from assistant.draft import Block, Statement, bullets, own_words, paragraph
from assistant.ledger import Role, TaskEntry
from assistant.library import Library
from assistant.query import Field, Query
from assistant.role_labels import role_name
from assistant.search import Found
from assistant.understanding.task_columns import columns_asked, dated_columns
from assistant.understanding.topic import specific_words
from assistant.units import matches
from assistant.vocabulary import asks
from ingest.records import Measure, Span, Task
from ingest.remarks import remarks
from prompts import phrase

_ABOUT_TASK = re.compile(
    r"问题|整改时限|整改目标|完成时限|工作目标|牵头单位|责任单位|[那这该][一]?(?:项|件|条|事|摊)|任务|清单|台账|编号|另外那|一项|这一块|那一块|那档子"
)
# The limit of the whole issue beside that of one of its works.
_ASKS_WHOLE_LIMIT = re.compile(
    r"大项|问题级|整项|整个问题|所在.{0,6}(?:项|问题|任务)|(?:清单|台账|问题|任务)(?:上|里)?的?(?:总|大)?(?:期限|时限)|总(?:时限|期限)"
)
# Roles of single bodies that not every document gives, and how its text speaks of them.
_ROLES_SAID = {
    Role.ACCEPTANCE: "验收|销号",
    Role.SUPERVISING: "督导|督办",
    Role.COOPERATING: "配合|协助",
}
_LED = frozenset({Field.LEAD, Field.LEADER})
_BY_LABEL = re.compile(r"责任(?:单位|部门|科室)|承办")
_ALL_MEASURES = re.compile(
    r"(?:多少|几)(?:条|项)措施|(?:动作|招数?|法子)(?:一共|总共|都|全)|[几哪](?:味|副|剂)药|措施.{0,6}(?:多少|几)条|整改措施|哪些措施|什么措施|几条措施|措施(?:有|是|都|呢|[?？])|措施(?:都|全|给我|帮我|请)*(?:念|列|说|报|讲|摆|贴|发|捋|给)(?:一)?(?:下|遍|出来?|全|上|我)|几个方面来|拆成几|分几(?:个方面|步|块)|(?:要|得|该|都|需)(?:去|来)?(?:做|干|弄|搞|办)(?:哪几|哪些|些什么|些啥|点啥)(?:[样件桩步个项]|[事活]|的?[,，?？。]|$)"
)
_CLOSING = "销号"
# What a remark tells that is no reason: 已拆4处, 6月验收.
_WHAT_WAS_DONE = re.compile(r"已|完成|\d|正在")
_WHOLE_FIELDS = (Field.TARGET, Field.DEADLINE, Field.PROBLEM, Field.STATUS)


class FieldComposer:
    """Answers questions about the fields of one task."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._linked = LinkedRows(library)
        self._claims = ClaimChecker(library)

    def blocks(
        self,
        query: Query,
        entry: TaskEntry,
        found: Sequence[Found],
        *,
        is_named: bool = False,
        of_whole: bool = False,
    ) -> tuple[list[Block], frozenset[Field]]:
        """What the task's records say to the fields asked for, and which of them that answers.

        `is_named` tells that the question has the task's own name, so that all its measures are meant;
        `of_whole` that the fields of the whole task are, whatever the wording.
        """
        query = _with_claimed_roles(query, entry)
        # A question with the code of a row (GX-008) asks for the row's own fields.
        of_whole = of_whole or is_coded(entry.task, query.text)
        measure = measure_of(query, entry.task, found)
        matched = matched_sentence(entry, found)
        duties, answered = self._duties(query, entry, measure, matched)
        # 扬尘那块谁牵头，啥时候弄完: what is led is the whole, and so is its limit.
        asked = query.fields & ROLE_FIELDS.keys()
        of_whole = of_whole or (bool(duties) and (measure is None or _LED.issuperset(asked)))
        whole = self._whole_asked(query, entry, of_whole=of_whole)
        if undated := self._undated(query, entry, measure):
            duties.append(undated)
            whole |= {Field.DEADLINE} if entry.task.deadline is not None else set()
        statements = [*duties, *self._whole_fields(query, entry, whole)]
        if statements and not asked:
            statements = [*self._claims.persons(query, entry), *statements]
        answered |= whole
        if (is_named or duties) and (columns := self._columns(query, entry)):
            statements.append(columns)
            answered |= dated_columns(query, entry.task)
        if not statements and is_coded(entry.task, query.text):
            statements.append(self._row(entry))
        if statements or is_named:
            statements += self._linked.statements(query, entry)
        # Who really has a task is told to a claim, and may be asked for as well.
        told = {one.text: one for one in statements}
        blocks = [paragraph(one) for one in told.values()]
        if Field.MEASURES in query.fields and (is_named or self._asks_for_all_measures(query)):
            blocks += self.all_measures(query, entry)
            answered |= {Field.MEASURES}
        return blocks, frozenset(answered)

    def has_columns(self, query: Query, entry: TaskEntry) -> bool:
        """Whether a question names the task's row by its code, a column of it, or of a row that refers to it."""
        if is_coded(entry.task, query.text):
            return True
        return bool(columns_asked(query, entry.task) or self._linked.statements(query, entry))

    def missing_limit(
        self, query: Query, entry: TaskEntry, answered: frozenset[Field], clauses: Sequence[Found]
    ) -> list[Block]:
        """The limit of the task that the clauses stand in, where a limit is asked for and they name none."""
        if (
            Field.DEADLINE not in query.fields
            or Field.DEADLINE in answered
            or entry.task.deadline is None
        ):
            return []
        limits = self._library.limits(entry.document.path)
        stated = any(one.span.covers(limit.phrase) for one in clauses for limit in limits)
        if stated and not _ASKS_WHOLE_LIMIT.search(query.text):
            return []
        if not any(
            one.place.task is not None and one.place.task.id == entry.task.id for one in clauses
        ):
            return []
        return [paragraph(self._whole(entry, Field.DEADLINE))]

    def missing_status(self, query: Query, entry: TaskEntry) -> list[Block]:
        """That a document does not report the progress of the task asked about."""
        if Field.STATUS not in query.fields or entry.task.status is not None:
            return []
        name = task_name(entry.task)
        evidence = cite(self._library, entry.document, heading_span(entry.document, entry.task))
        text = phrase("status_missing", task=name)
        return [paragraph(Statement(text, evidence, computed=numbers_in(name)))]

    def reason(self, query: Query, entry: TaskEntry) -> list[Block]:
        """What the row of a task remarks where it is asked why it is no further; nothing where that tells what was done."""
        if not asks("operations", "reason", query.text):
            return []
        noted = remarks(entry.task)
        cells = {
            head: cell
            for head, cell in entry.task.columns.items()
            if cell in noted and cell.quote.strip() and not _WHAT_WAS_DONE.match(cell.quote.strip())
        }
        if not cells:
            return []
        state = {"进展": entry.task.state} if entry.task.state is not None else {}
        return [paragraph(self._cells(entry, {**state, **cells}))]

    def _asks_for_all_measures(self, query: Query) -> bool:
        """Whether every measure of the task is meant, and not what is done about one thing."""
        return bool(query.task_numbers or _ALL_MEASURES.search(query.text))

    def _asks_for_the_task(self, query: Query, task: Task) -> bool:
        if query.refers_back and not specific_words(query) and not names_a_step(query, task):
            return True
        return bool(_ABOUT_TASK.search(query.text) or query.task_numbers)

    # Who

    def _duties(
        self, query: Query, entry: TaskEntry, measure: Measure | None, matched: Span | None
    ) -> tuple[list[Statement], set[Field]]:
        """Who, and which of the fields asked for that answers: one role says who for all of them."""
        asked = [field for field in ROLE_FIELDS if field in query.fields]
        if not asked:
            return [], set()
        task = entry.task
        statements: list[Statement] = []
        own = measure is not None and {u.name for u in measure.units} != {
            u.name for u in task.responsible_units
        }
        if measure is not None and own and Field.RESPONSIBLE in asked and task.labelled:
            statements.append(self._measure_units(entry, measure))
            if Field.LEAD not in asked:
                asked.append(Field.LEAD)
        if Field.LEAD in asked and task.lead_units and Field.COOPERATING in asked:
            asked.append(Field.RESPONSIBLE)
        if Field.RESPONSIBLE in asked and task.lead_units and "lead" not in task.fields:
            asked.insert(0, Field.LEAD)  # named in the same list: 责任单位：甲局（牵头）、乙局
        if Field.RESPONSIBLE in asked and not _BY_LABEL.search(query.text):
            asked.insert(0, Field.LEAD)  # 谁负责 asks for the one in front as well
        if Field.RESPONSIBLE in asked and task.addressee is not None and task.leaders:
            # A part of a letter with a firm's name as its title is that firm's: the person is asked for.
            asked[asked.index(Field.RESPONSIBLE)] = Field.LEADER
        present = [field for field in dict.fromkeys(asked) if people_or_units(task, field)]
        if not present and Field.LEAD in asked and task.responsible_units:
            present = [Field.RESPONSIBLE]
        if not present and task.lead_units and Field.RESPONSIBLE in asked:
            present = [Field.LEAD, Field.COOPERATING] if task.cooperating_units else [Field.LEAD]
        if not present and task.leaders and re.search(r"谁|哪位|责任人|负责人|哪个人", query.text):
            present = [Field.LEADER]
        if present:
            statements.insert(
                0 if self._asks_for_the_task(query, entry.task) else len(statements),
                duties_stated(self._library, entry, present, matched),
            )
        if not statements:
            return [], set()
        answered = set(ROLE_FIELDS)
        absent = [role for role in _ROLES_SAID if self._is_absent(query, task, role)]
        answered -= {ROLE_TO_FIELD[role] for role in absent}
        # What its text says of such a body is quoted; where it says nothing, that is told.
        untold = (one for one in absent if not re.search(_ROLES_SAID[one], task.span.quote))
        statements[:0] = [self._untold(entry, role) for role in untold]
        if Field.LEAD in asked and not task.lead_units and "牵头" in task.span.quote:
            answered.discard(
                Field.LEAD
            )  # its text speaks of somebody's lead that is no field of the record
        verdict = bodies_compared(query, entry, self._library)
        told = [verdict] if verdict is not None else []
        return [*self._claims.checked(query, entry, measure), *told, *statements], answered

    def _is_absent(self, query: Query, task: Task, role: Role) -> bool:
        """Whether a role is asked for that the task has no field for."""
        field = ROLE_TO_FIELD[role]
        return field in query.fields and not people_or_units(task, field)

    def _untold(self, entry: TaskEntry, role: Role) -> Statement:
        name = task_name(entry.task)
        text = phrase("role_missing", task=name, role=role_name(role))
        evidence = cite(self._library, entry.document, heading_span(entry.document, entry.task))
        return Statement(text, evidence, computed=(text,))

    def _measure_units(self, entry: TaskEntry, measure: Measure) -> Statement:
        return Statement(
            phrase("measure_units", measure=measure_name(measure), units=names(measure.units)),
            cite(self._library, entry.document, *_with_units(measure)),
            computed=numbers_in(measure.number),
        )

    # What and when

    def _undated(self, query: Query, entry: TaskEntry, measure: Measure | None) -> Statement | None:
        """That a measure has no time of its own, where that is asked: 那条措施写没写完成日."""
        if measure is None or not asks("operations", "own_limit", query.text):
            return None
        limits = self._library.limits(entry.document.path)
        if any(measure.span.covers(one.phrase) for one in limits):
            return None
        text = phrase("measure_undated", measure=measure_name(measure))
        evidence = cite(self._library, entry.document, measure.span)
        return Statement(text, evidence, computed=(text,))

    def _whole_fields(
        self, query: Query, entry: TaskEntry, asked: frozenset[Field]
    ) -> list[Statement]:
        statements = []
        for field in (one for one in _WHOLE_FIELDS if one in asked):
            if self._value(entry.task, field) is not None:
                statements.append(self._whole(entry, field))
            if field is Field.STATUS:
                statements += self._remarked(query, entry)
        limit = entry.task.deadline
        if limit is not None and Field.DEADLINE in asked:
            cited = entry.task.fields.get("deadline") or limit.phrase
            statements += judgements(self._library, entry.document, limit, cited, query)
        return statements

    def _remarked(self, query: Query, entry: TaskEntry) -> Iterator[Statement]:
        """What the row of a task remarks of how far it is, and that it does not say it was closed where that is asked."""
        noted = remarks(entry.task)
        columns = {head: cell for head, cell in entry.task.columns.items() if cell in noted}
        if told := {head: cell for head, cell in columns.items() if cell.quote.strip()}:
            yield self._cells(entry, told)
        said = any(_CLOSING in cell.quote for cell in columns.values())
        if entry.task.row and _CLOSING in query.text and not (said or entry.closed):
            text = phrase("closing_untold", task=task_name(entry.task))
            heading = heading_span(entry.document, entry.task)
            evidence = cite_task(self._library, entry, heading, *columns.values())
            yield Statement(text, evidence, computed=(text,))

    def _whole_asked(self, query: Query, entry: TaskEntry, *, of_whole: bool) -> frozenset[Field]:
        """The fields of the whole task that are meant, and not what one of its projects has."""
        if not (of_whole or self._asks_for_the_task(query, entry.task)):
            return frozenset()
        return frozenset(
            field
            for field in _WHOLE_FIELDS
            if field in query.fields and self._value(entry.task, field) is not None
        )

    def _columns(self, query: Query, entry: TaskEntry) -> Statement | None:
        """The cells of a row below headings that the question names and that are no field of a task."""
        asked = columns_asked(query, entry.task)
        return self._cells(entry, asked) if asked else None

    def _row(self, entry: TaskEntry) -> Statement:
        """All that the row of a task says, by its headings."""
        task = entry.task
        return self._cells(
            entry,
            {
                head: cell
                for head, cell in task.columns.items()
                if cell != task.title and cell.quote != task.number and re.search(r"\w", cell.quote)
            },
        )

    def _cells(self, entry: TaskEntry, asked: Mapping[str, Span]) -> Statement:
        parsed = self._library[entry.document.path]
        written = {head: with_unit(parsed, cell) for head, cell in asked.items()}
        said = "，".join(
            f"{head}为{written[head].text}{phrase('as_above') if _is_above(cell, entry.task) else ''}"
            for head, cell in asked.items()
        )
        name = task_name(entry.task)
        heading = heading_span(entry.document, entry.task)
        units = dict.fromkeys(span for one in written.values() for span in one.heads)
        evidence = cite_task(self._library, entry, heading, *asked.values(), *units)
        figures = (one.text for one in written.values() if one.heads)
        return Statement(
            phrase("task_field", task=name, fields=said),
            evidence,
            computed=(*numbers_in(name), *numbers_in("".join(asked)), *figures),
        )

    def _value(self, task: Task, field: Field) -> Span | None:
        values: dict[Field, Span | None] = {
            Field.TARGET: task.target,
            Field.DEADLINE: task.deadline.phrase if task.deadline else None,
            Field.PROBLEM: task.problem if task.labelled else None,
            Field.STATUS: task.status,
        }
        return values[field]

    def _whole(self, entry: TaskEntry, field: Field) -> Statement:
        task, value = entry.task, self._value(entry.task, field)
        if field is Field.STATUS and any(one.states for one in task.measures):
            return row_in_words(self._library, entry, ())
        told = task.reported if field is Field.STATUS else (value,)
        said = "；".join(flat(one.quote).rstrip("。；;") for one in told if one is not None)
        defaults = {
            "target": "整改目标",
            "deadline": "整改时限",
            "problem": "存在问题",
            "status": "进展情况",
        }
        label = label_of(task, field.value, defaults[field.value])
        text = phrase("task_field", task=task_name(task), fields=f"{label}为：{said}")
        cited = [one for one in told if one != value]
        heading = heading_span(entry.document, task)
        evidence = cite_task(
            self._library, entry, heading, *cited, task.fields.get(field.value) or value
        )
        return Statement(text, evidence, computed=numbers_in(task_name(task)))

    def measures_of(self, asked: str, entry: TaskEntry) -> list[Block]:
        """The measures of a task that name a body, in their order; nothing where none does."""
        own = measures_naming(asked, entry.task)
        lead = phrase("measures_naming", task=task_name(entry.task), unit=asked, count=len(own))
        items = [
            Statement(
                flat(one.span.quote),
                cite(self._library, entry.document, one.span),
                computed=numbers_in(one.number),
            )
            for one in own
        ]
        return [paragraph(own_words(lead)), bullets(*items)] if items else []

    def all_measures(self, query: Query, entry: TaskEntry) -> list[Block]:
        """How many measures a task has, and each in its order."""
        items = [
            Statement(
                f"{in_brackets(one.number)}{flat(one.text.quote)}"
                if one.number and not one.number.endswith("是")
                else flat(one.text.quote),
                cite(self._library, entry.document, _without_mark(one)),
                computed=numbers_in(one.number),
            )
            for one in entry.task.measures
        ]
        lead = (
            phrase(
                "task_field",
                task=task_name(entry.task),
                fields=f"整改措施共{len(entry.task.measures)}条（个方面）",
            ).rstrip("。")
            + "："
        )
        head = Statement(
            lead,
            cite(self._library, entry.document, heading_span(entry.document, entry.task)),
            computed=numbers_in(lead),
        )
        shares = [self._share(mention.name, entry) for mention in query.units]
        blocks = [paragraph(head), bullets(*items)] if items else []
        return blocks + [paragraph(one) for one in shares if one is not None]

    def _share(self, asked: str, entry: TaskEntry) -> Statement | None:
        """In how many of the measures a body has a part, and which it has to do alone."""
        own = [one for one in entry.task.measures if any(matches(asked, u) for u in one.units)]
        if not own:
            return None
        alone = [one for one in own if len(one.units) == 1 and not one.units[0].group]
        text = phrase(
            "measures_of_unit",
            unit=asked,
            count=len(own),
            numbers=_listed(own),
            alone=len(alone),
            alone_numbers=_listed(alone),
        )
        spans = [one.units_span or one.span for one in own]
        evidence = cite(self._library, entry.document, *spans)
        return Statement(text, evidence, computed=(text,))


def _without_mark(measure: Measure) -> Span:
    """A measure to cite; of 1.8个工地停工 from the figure on, which its mark would be read with."""
    if not measure.text.quote[:1].isdigit():
        return measure.span
    start = measure.text.start
    return Span(start, measure.span.end, measure.span.quote[start - measure.span.start :])


def _is_above(cell: Span, task: Task) -> bool:
    """Whether a row has a cell from a row above, with which its own is merged."""
    return cell.end <= task.span.start


def _with_claimed_roles(query: Query, entry: TaskEntry) -> Query:
    """A question that puts a person or a body into a role, for confirmation, asks who has that role."""
    if asks_role(query) and not query.fields & ROLE_FIELDS.keys():
        return replace(query, fields=query.fields | {doing_field(entry.task)})
    if not query.asks_confirmation:
        return query
    claimed = {ROLE_TO_FIELD[m.role] for m in query.units if m.role in ROLE_TO_FIELD}
    if bodies_said_to_do_it(query) and not query.fields & ROLE_FIELDS.keys():
        claimed.add(doing_field(entry.task))
    if query.people and entry.task.leaders:
        claimed.add(Field.LEADER)
    if asks("operations", "membership", query.text) and not query.fields & ROLE_FIELDS.keys():
        claimed.add(Field.RESPONSIBLE)
    return replace(query, fields=query.fields | claimed)


def _with_units(measure: Measure) -> list[Span]:
    """A measure and the bodies that its row names in cells of their own."""
    units = (unit.span for unit in measure.units)
    return [measure.span, *(one for one in units if not measure.span.covers(one))]


def _listed(measures: Sequence[Measure]) -> str:
    """Measures by their numbers, in brackets where there are any."""
    numbers = measure_numbers(measures)
    return f"（{numbers}）" if numbers else ""
