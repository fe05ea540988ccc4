"""A model reads the question: what it adds, what it may not, and what becomes of plans that are none."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from chat_server import ChatServer, Completion, Request
from task_list import opened

from assistant.answer import Answer, Turn
from assistant.app import Assistant
from assistant.query import Field, Operation, Query

TODAY = dt.date(2024, 6, 1)
# Words that the rules do not know as a condition.
OPEN = "那位姓李的区领导手上都摊着哪摊子事体呀"


def plan(**values: Any) -> Completion:  # noqa: ANN401
    return Completion(calls=[("plan", json.dumps(values, ensure_ascii=False))])


def in_words(text: str) -> Completion:
    return Completion(text)


def understood(assistant: Assistant, question: str) -> tuple[Query, Query]:
    """The query of the rules, and the one with the model's additions."""
    query = assistant._understanding.understand(question, (), TODAY)
    assert assistant._model is not None
    [*_, planned] = assistant._model.understanding.planned(query, ())
    return query, planned.query  # type: ignore[union-attr]


def ask(assistant: Assistant, question: str) -> Answer:
    return assistant.answer(question, as_of=TODAY)


# --- what a plan adds ---------------------------------------------------------------------------------


def test_a_plan_turns_into_the_query_that_the_rules_fill(
    server: ChatServer, assistant: Assistant
) -> None:
    server.plan = lambda _: plan(operation="list_tasks", people=["李明远"])
    rules, planned = understood(assistant, OPEN)
    assert rules.operation is Operation.LOOK_UP
    assert (planned.operation, planned.people) == (Operation.LIST_TASKS, ("李明远",))
    answer = ask(assistant, OPEN)
    assert "散煤治理存在盲区" in answer.text
    assert "露天焚烧问题频发" in answer.text
    assert "污水处理能力不足" not in answer.text
    assert answer.writing is not None
    assert {"plan_rules", "answer_rules"} <= {one.name for one in answer.writing.prompts}


def test_every_part_of_a_plan_is_taken(server: ChatServer, assistant: Assistant) -> None:
    server.plan = lambda _: plan(
        operation="list_tasks",
        topic="管网 混接",
        documents=["D1"],
        units=[{"name": "区水务局", "role": "lead"}],
        people=["王芳菲"],
        fields=["deadline"],
        due_after="2025-01-01",
        due_before="2025-12-31",
        ongoing=False,
        undetermined=False,
    )
    _, planned = understood(assistant, "那件事体现在咋样了")
    assert "管网 混接" in planned.topic
    assert planned.documents == ("list.txt",)
    assert [(unit.name, unit.role) for unit in planned.units] == [("区水务局", "lead")]
    assert planned.people == ("王芳菲",)
    assert planned.fields == {Field.DEADLINE}
    assert [(w.earliest, w.latest) for w in planned.windows] == [
        (dt.date(2025, 1, 1), dt.date(2025, 12, 31))
    ]
    assert planned.operation is Operation.LIST_TASKS


def test_the_model_is_offered_the_ledgers_own_names(
    server: ChatServer, assistant: Assistant
) -> None:
    history = (Turn("user", "散煤的事"), Turn("assistant", "由区商务局牵头。"))
    list(assistant.stream(OPEN, history, TODAY))
    [request] = server.plans
    for words in ("区水务局", "李明远", "D1 《东湖区", "2024-06-01", "散煤的事", OPEN):
        assert words in request.user
    assert request.offers_tools
    described = json.dumps(request.body["tools"], ensure_ascii=False)
    assert "牵头" in described


# --- what it may not ----------------------------------------------------------------------------------


def test_what_is_not_in_the_ledger_is_left_out(server: ChatServer, assistant: Assistant) -> None:
    server.plan = lambda _: plan(
        operation="list_tasks",
        documents=["D9", "/etc/passwd"],
        units=[{"name": "区渔业局"}],
        people=["赵大勇"],
        task_numbers=[77],
    )
    rules, planned = understood(assistant, OPEN)
    assert planned == rules


def test_what_the_rules_found_stays(server: ChatServer, assistant: Assistant) -> None:
    server.plan = lambda _: plan(
        operation="count_tasks",
        units=[{"name": "区商务局", "role": "cooperating"}],
        fields=["measures"],
        due_before="2030-01-01",
    )
    rules, planned = understood(assistant, "2025年6月底前区水务局牵头的那摊子事啥时候到期")
    assert planned.units == rules.units
    assert planned.windows == rules.windows
    assert planned.fields == rules.fields


@pytest.mark.parametrize(
    "question", ["由区水务局牵头的任务有哪些？", "一共有多少项任务？", "第二项的时限？"]
)
def test_where_records_decide_the_model_is_not_asked(
    server: ChatServer, assistant: Assistant, question: str
) -> None:
    ask(assistant, question)
    assert server.plans == []


def test_a_plan_takes_no_answer_away(server: ChatServer, assistant: Assistant) -> None:
    question = "东湖区收缴了多少散煤？"
    server.plan = lambda _: plan(operation="list_tasks", overdue=True, due_before="1990-01-01")
    answer = ask(assistant, question)
    assert not answer.refused
    assert "2.1吨" in answer.text


# --- plans that are none ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "bad",
    [
        in_words("好的，我来查一下。"),
        in_words('{"operation": "list_tasks", '),
        in_words('{"operation": "drop_tables"}'),
        in_words('{"colour": "red"}'),
        in_words("[]"),
        in_words(""),
        plan(due_before="明年"),
        plan(units="区水务局"),
        Completion(calls=[("plan", '{"topic": ')]),
        Completion(calls=[("rm_rf", "{}")]),
    ],
)
def test_an_invalid_plan_is_repaired_once(
    server: ChatServer, assistant: Assistant, bad: Completion
) -> None:
    def script(_: Request) -> Completion:
        return bad if len(server.plans) == 1 else in_words('{"people": ["李明远"]}')

    server.plan = script
    _, planned = understood(assistant, OPEN)
    assert len(server.plans) == 2
    assert planned.people == ("李明远",)
    assert "不符合要求" in server.plans[1].user


def test_a_plan_that_is_invalid_twice_leaves_the_rules(
    server: ChatServer, assistant: Assistant
) -> None:
    server.plan = lambda _: in_words("我不知道。")
    rules, planned = understood(assistant, OPEN)
    assert planned == rules
    assert len(server.plans) == 2


def test_a_plan_in_words_around_json_is_read(server: ChatServer, assistant: Assistant) -> None:
    server.plan = lambda _: in_words(
        '<think>想想</think>计划：```json\n{"people": ["王芳菲"]}\n```'
    )
    _, planned = understood(assistant, OPEN)
    assert planned.people == ("王芳菲",)


@pytest.mark.parametrize("status", [400, 422])
def test_a_service_without_tools_is_asked_in_words(server: ChatServer, status: int) -> None:
    server.plan = lambda request: (
        Completion(status=status, body='{"error": {"message": "tools not supported"}}')
        if request.offers_tools
        else in_words('{"people": ["王芳菲"]}')
    )
    with opened(server) as assistant:
        for _ in range(2):
            _, planned = understood(assistant, OPEN)
            assert planned.people == ("王芳菲",)
    # It is offered tools only once.
    assert [request.offers_tools for request in server.plans] == [True, False, False]


def test_a_service_that_fails_here_is_not_asked_again(
    server: ChatServer, assistant: Assistant
) -> None:
    server.plan = lambda _: Completion(status=401, body="{}")
    answer = ask(assistant, "东湖区收缴了多少散煤？")
    assert answer.writing is not None
    assert answer.writing.built_in
    assert "密钥无效" in answer.text
    assert "2.1吨" in answer.text
    assert server.requests == []
