"""What the roles of bodies are called: by the usual words, or by a document's own (包保科室 for who is responsible)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.ledger import Role
from assistant.understanding.conditions import role_conditions
from ingest.records import Task

_ROLES = (Role.LEAD, Role.RESPONSIBLE, Role.COOPERATING, Role.ACCEPTANCE, Role.SUPERVISING)
_ROLE_NAMES = {
    Role.LEAD: "牵头单位",
    Role.RESPONSIBLE: "责任单位",
    Role.COOPERATING: "配合单位",
    Role.ACCEPTANCE: "验收单位",
    Role.SUPERVISING: "督导单位",
    Role.LEADER: "负责领导",
}
_LABEL = re.compile(r"[\s【〔\[*]*(?P<label>[\u4e00-\u9fff]{2,10})[】〕\]*]*[:：]")
_KIND_OF_BODY = re.compile(r"(?:责任)?(?:单位|部门|科室|处室|机构)$")


def role_name(role: Role, tasks: Iterable[Task] = ()) -> str:
    """How an answer calls a role: as all the tasks that name it do, else by the usual word."""
    return own_label(role, tasks) or _ROLE_NAMES[role]


def own_label(role: Role, tasks: Iterable[Task]) -> str:
    """The label of a role in all tasks that have one; empty where they differ or use the usual words."""
    labels = {_label(task, role) for task in tasks} - {""}
    label = labels.pop() if len(labels) == 1 else ""
    return "" if role_conditions(label) else label


def role_by_own_label(text: str, tasks: Iterable[Task]) -> Role | None:
    """The role that a question names as its documents do: 包保科室是它的, 它包保的."""
    listed = list(tasks)
    for role in _ROLES:
        label = own_label(role, listed)
        stem = _KIND_OF_BODY.sub("", label)
        if label and (label in text or (len(stem) > 1 and stem in text)):
            return role
    return None


def with_usual_roles(text: str, tasks: Iterable[Task]) -> str:
    """A text that calls roles as its documents do, with the usual words for them: 它协同的 is 它配合的."""
    listed = list(tasks)
    for role in _ROLES:
        stem = _KIND_OF_BODY.sub("", own_label(role, listed))
        if len(stem) > 1:
            text = text.replace(stem, _KIND_OF_BODY.sub("", _ROLE_NAMES[role]))
    return text


def _label(task: Task, role: Role) -> str:
    line = task.fields.get(role.value)
    # What the document says once of all tasks (说明：排在首位的为牵头单位) is no label of one.
    own = line is not None and (task.row or task.span.covers(line))
    match = _LABEL.match(line.quote) if line is not None and own else None
    return match["label"] if match else ""
