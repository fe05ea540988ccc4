"""What is asked of the list that was asked for before: it again, in another role, or the one that comes first or last.

陆县长手上几件事 is gone on from by 都是哪几件, 县水利局有哪些活 by 那它验收的呢 and 最晚的什么时候到期.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from assistant.ledger import Role
from assistant.query import DUTY_FIELDS, Extreme, Field, Operation, Query
from assistant.role_labels import with_usual_roles
from assistant.understanding.conditions import role_conditions, without_roles
from assistant.understanding.topic import specific_words
from assistant.vocabulary import asks
from ingest.records import Task

_BY_DATE = frozenset((Extreme.LATEST, Extreme.EARLIEST, Extreme.NEXT))
# Whatever else stands in it, 谁 and 哪个局 ask for somebody else.
_ASKS_WHO = re.compile(
    r"谁|哪一?(?:个|家|位)(?:局|单位|部门|领导)|哪[家位]|哪[些几]?个?(?:局|单位|部门|领导)|(?:单位|部门|领导)(?:是|呢|分别|都|[?？]|$)"
)
# Words that add nothing to a role.
_LIGHT = re.compile(
    r"(?:那么?|[它他她]们?|[该这本]?(?:家|局|镇|单位|街道)|[这那]些?|自己|人家|的|呢|吗|么|吧|啊|没有?|有|是|就|只|才|也|都|还|又|另外|一共|总共|由|归|做|当|作为"
    r"|[一两二三四五六七八九十几\d]|哪些|多少|[个件项条桩]|任务|问题|事儿?|活儿?|里[头面]?|其中|当中|[,，?？。])*"
)


def of_the_same_list(query: Query, earlier: Query, tasks: Iterable[Task]) -> Query | None:
    """The list asked for before as `query` wants it; None where that asks for something else.

    `tasks` are those of the documents in scope, which may have words of their own for a role.
    """
    if not earlier.is_of_tasks or query.units or query.task_numbers or query.windows:
        return None
    if query.people and query.people != earlier.people:
        return None
    if asks("operations", "list_again", query.text):
        return _taken_over(query, earlier)
    role = _only_role(with_usual_roles(query.text, tasks)) if earlier.wanted_units else None
    if role is not None and len(earlier.wanted_units) == 1:
        return _taken_over(
            query, replace(earlier, units=(replace(earlier.wanted_units[0], role=role),))
        )
    conditions = earlier.wanted_units or earlier.people
    rest = query.fields - {Field.DEADLINE} - DUTY_FIELDS
    if query.extreme in _BY_DATE and conditions and not rest and not specific_words(query):
        return _taken_over(query, replace(earlier, extreme=query.extreme, how_many=query.how_many))
    return None


def _only_role(text: str) -> Role | None:
    """The role that is all a question names: 那验收的呢, 它牵头吗; None where it asks who has it."""
    roles = role_conditions(text)
    if len(roles) != 1 or roles[0].denied or _ASKS_WHO.search(text):
        return None
    return roles[0].role if _LIGHT.fullmatch(without_roles(text)) else None


def _taken_over(query: Query, earlier: Query) -> Query:
    return replace(
        earlier,
        question=query.question,
        text=query.text,
        topic=query.topic,
        documents=(query.documents if query.named else None) or earlier.documents,
        notices=query.notices,
        operation=Operation.LIST_TASKS,
    )
