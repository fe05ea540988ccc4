"""The chat model as the reader of questions: it may add to what the rules found, and contradict nothing.

It is asked where the rules leave a question open. What it names has to exist in the ledger; a plan that is invalid
twice, or empty, changes nothing.
"""

from __future__ import annotations

import dataclasses
import logging
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import PromptUse, Turn, Writing
from assistant.chat.plan_schema import (
    Plan,
    PlanError,
    plan_from,
    plan_from_text,
    schema_for_prompt,
    schema_for_tool,
    windows_between,
)
from assistant.chat.provider import ChatModel, Message, Reply, Silence, Tool, Usage
from assistant.chat.turns import told
from assistant.library import Library
from assistant.query import Operation, Query, UnitMention
from assistant.units import matches
from ingest.numerals import parse_number
from prompts.templates import load_prompt, prompt_uses
from vectorstore.folding import fold_query

logger = logging.getLogger(__name__)

_TOOL = "plan"
_PROMPTS = ("plan_rules", "plan_task", "plan_repair")
_MOST_UNITS = 150
_MOST_SHOWN = 400


@dataclass(frozen=True, slots=True)
class Planned:
    """A question understood with a model's help, and what that took."""

    query: Query
    prompts: tuple[PromptUse, ...] = ()
    usage: Usage | None = None


class ModelUnderstanding:
    """Adds a model's reading of a question to that of the rules."""

    def __init__(self, library: Library, model: ChatModel) -> None:
        self._library = library
        self._model = model
        self._codes = {f"D{i}": one for i, one in enumerate(library.documents, 1)}

    def planned(self, query: Query, history: Sequence[Turn]) -> Iterator[Planned | Silence]:
        """The query with what the model adds, the last thing yielded; `SILENCE` until it is there.

        Raises:
            ChatError: the endpoint cannot be asked.
        """
        if not leaves_open(query):
            yield Planned(query)
            return
        messages = self._messages(query, history)
        tool = Tool(_TOOL, "填写检索计划", schema_for_tool())
        usage = Usage(0, 0)
        plan, problem, said = None, "", ""
        for attempt in ("first", "repair"):
            if attempt == "repair":
                messages = [messages[0], _repair(messages[1], said, problem)]
            reply = None
            for one in self._model.ask(messages, [tool], self._model.endpoint.first_token_s):
                if isinstance(one, Silence):
                    yield one
                else:
                    reply = one
            if reply is None:
                break
            usage = _added(usage, reply.usage)
            try:
                plan = _plan_of(reply)
                break
            except PlanError as exc:
                problem, said = str(exc), _shown(reply)
                logger.info("plan rejected: %s", problem)
        uses = prompt_uses(*_PROMPTS)
        prompts = tuple(PromptUse(*use) for use in uses)
        merged = self._merged(query, plan) if plan is not None else query
        yield Planned(merged, prompts, usage)

    def _messages(self, query: Query, history: Sequence[Turn]) -> list[Message]:
        fence = f"duban-{secrets.token_hex(8)}"
        units = dict.fromkeys(unit.name for _, unit in self._library.units)
        documents = [
            f"{code} 《{one.source.title}》{one.source.region} {one.source.year or ''}".rstrip()
            for code, one in self._codes.items()
        ]
        rules = load_prompt("plan_rules").render(fence=fence, schema=schema_for_prompt())
        task = load_prompt("plan_task").render(
            fence=fence,
            today=query.as_of.isoformat(),
            documents="\n".join(documents),
            units="、".join(list(units)[:_MOST_UNITS]),
            people="、".join(self._library.people) or "无",
            history=told(history) or "无",
            question=query.question.strip(),
        )
        return [Message("system", rules), Message("user", task)]

    # What of a plan is taken

    def _merged(self, query: Query, plan: Plan) -> Query:
        """The query with what the plan adds; whatever the rules found stays as it is."""
        documents = tuple(
            self._codes[code].source.path for code in plan.documents if code in self._codes
        )
        scope = query.documents if query.documents is not None else documents or None
        merged = dataclasses.replace(
            query,
            documents=scope,
            topic=_with_words(query.topic, plan.topic),
            fields=query.fields or frozenset(plan.fields),
            units=query.units or self._known_units(plan, scope),
            people=query.people or tuple(p for p in plan.people if p in self._library.people),
            task_numbers=query.task_numbers or self._known_numbers(plan, scope),
            windows=query.windows or windows_between(plan.due_after, plan.due_before),
            overdue=query.overdue or plan.overdue,
            ongoing=query.ongoing if query.ongoing is not None else plan.ongoing,
            undetermined=query.undetermined or plan.undetermined,
        )
        return dataclasses.replace(merged, operation=_operation(merged, plan))

    def _known_units(self, plan: Plan, scope: Sequence[str] | None) -> tuple[UnitMention, ...]:
        known = [unit for path, unit in self._library.units if scope is None or path in scope]
        return tuple(
            UnitMention(one.name, one.role)
            for one in plan.units
            if any(matches(one.name, unit) for unit in known)
        )

    def _known_numbers(self, plan: Plan, scope: Sequence[str] | None) -> tuple[int, ...]:
        tasks = [task for parsed in self._library.within(scope) for task in parsed.tasks]
        known = {parse_number(task.number) for task in tasks}
        return tuple(number for number in plan.task_numbers if number in known)


def with_plan(writing: Writing, planned: Planned) -> Writing:
    """How an answer was made, its plan included."""
    if not planned.prompts:
        return writing
    took = planned.usage or Usage(0, 0)
    return dataclasses.replace(
        writing,
        prompts=(*planned.prompts, *writing.prompts),
        input_tokens=(writing.input_tokens or 0) + took.input_tokens,
        output_tokens=(writing.output_tokens or 0) + took.output_tokens,
    )


def leaves_open(query: Query) -> bool:
    """Whether the rules found no more than words to search for."""
    explicit = query.unknown_places or query.unknown_years or query.task_numbers
    return query.operation is Operation.LOOK_UP and not explicit


def _plan_of(reply: Reply) -> Plan:
    """The plan that a reply calls for, or says in words.

    Raises:
        PlanError: it holds none.
    """
    if not reply.calls:
        return plan_from_text(reply.text)
    call = reply.calls[0]
    if call.name != _TOOL:
        raise PlanError(f"没有名为 {call.name[:40]} 的工具")
    return plan_from(call.arguments)


def _repair(task: Message, said: str, problem: str) -> Message:
    text = load_prompt("plan_repair").render(task=task.content, reply=said, problem=problem)
    return Message("user", text)


def _shown(reply: Reply) -> str:
    calls = "".join(f"{call.name} {call.arguments}" for call in reply.calls)
    return (calls or reply.text)[:_MOST_SHOWN]


def _operation(query: Query, plan: Plan) -> Operation:
    """The plan's operation, where there is something to list by."""
    conditions = query.units or query.people or query.windows or query.overdue
    conditions = conditions or query.ongoing is not None or query.undetermined
    match plan.operation:
        case Operation.LIST_TASKS | Operation.LIST_LIMITS if conditions:
            return plan.operation
        case Operation.COUNT_TASKS if not conditions:
            return plan.operation
        case _:
            return query.operation


def _with_words(topic: str, added: str) -> str:
    """A topic with the words that it lacks."""
    words = [word for word in fold_query(added).split() if word not in topic]
    return " ".join((topic, *words)).strip()


def _added(usage: Usage, more: Usage | None) -> Usage:
    if more is None:
        return usage
    return Usage(usage.input_tokens + more.input_tokens, usage.output_tokens + more.output_tokens)
