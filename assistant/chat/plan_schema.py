"""The plan that a model fills in: what a question asks for, in the terms of `Query`."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.ledger import Role
from assistant.query import Field as Asked
from assistant.query import Operation, Window


class PlanError(ValueError):
    """A reply is no plan; the message says what is wrong with it, in words for the model."""


class PlannedUnit(BaseModel):
    """A body and its role."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(description="单位名称，从所列单位中选")
    role: Role | None = Field(
        None,
        description="该单位的角色：lead 牵头，responsible 责任，cooperating 配合，acceptance 验收销号，supervising 督导；没有说到则为 null",
    )


class Plan(BaseModel):
    """A search plan; everything may be left out."""

    model_config = ConfigDict(extra="forbid")

    operation: Operation | None = Field(
        None,
        description="look_up 查一个事实或原文；list_tasks 按条件列出任务；list_limits 按时间列出时限；"
        "count_tasks 统计任务数；compare 对照几份文件；check_wording 核对几处表述是否一致",
    )
    topic: str = Field("", max_length=120, description="检索词，用公文用语，以空格分隔")
    documents: list[str] = Field(default_factory=list, description="只查这些文件，用代号")
    units: list[PlannedUnit] = Field(default_factory=list, description="提问涉及的单位")
    people: list[str] = Field(default_factory=list, description="提问涉及的领导姓名")
    fields: list[Asked] = Field(
        default_factory=list,
        description="所问的栏目：leader 责任领导，lead 牵头单位，responsible 责任单位，acceptance 验收单位，supervising 督导单位，"
        "cooperating 配合单位，target 目标，deadline 时限，measures 措施，problem 问题，status 进展",
    )
    task_numbers: list[int] = Field(default_factory=list, description="任务或问题的编号")
    due_after: dt.date | None = Field(None, description="时限不早于这一天")
    due_before: dt.date | None = Field(None, description="时限不晚于这一天")
    overdue: bool = Field(False, description="是否只问时限已过的")
    ongoing: bool | None = Field(None, description="是否只问要求长期坚持的")
    undetermined: bool = Field(False, description="是否只问时限未定的")


def schema_for_tool() -> dict[str, Any]:
    """The plan as a JSON schema."""
    return Plan.model_json_schema()


def schema_for_prompt() -> str:
    """The plan's keys with their meaning, one to a line: what a model without tools needs to know."""
    lines = [f'  "{name}": {field.description}' for name, field in Plan.model_fields.items()]
    return "{\n" + "\n".join(lines) + '\n}\nunits 的每一项形如 {"name": "…", "role": "lead"}'


def plan_from(arguments: object) -> Plan:
    """A plan of what a tool call gives.

    Raises:
        PlanError: it is none.
    """
    try:
        return Plan.model_validate(arguments)
    except ValidationError as exc:
        # Without the values: they may be anything.
        problems = [f"{'.'.join(map(str, e['loc']))}（{e['type']}）" for e in exc.errors()[:5]]
        raise PlanError(f"以下各项的取值不符合结构：{'、'.join(problems)}") from None


def plan_from_text(text: str) -> Plan:
    """A plan of a reply in words: the JSON object in it.

    Raises:
        PlanError: there is none, or it is no plan.
    """
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        raise PlanError("没有 JSON 对象")
    try:
        value = json.loads(text[start : end + 1])
    except ValueError:
        raise PlanError("不是合法的 JSON") from None
    return plan_from(value)


def windows_between(first: dt.date | None, last: dt.date | None) -> tuple[Window, ...]:
    """The stretch of time limits from one day to another, either of which may be open."""
    if first is None and last is None:
        return ()
    text = f"{first}至{last}" if first and last else f"{last}前" if last else f"{first}后"
    return (Window(first, last, text),)
