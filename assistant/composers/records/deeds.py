"""Who does one thing of a task, where a sentence tells it: 谁来复核 is not who leads the task."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.composers.wording import ROLE_FIELDS
from assistant.query import Query
from assistant.search import Found
from assistant.understanding.fields import asking_parts
from assistant.vocabulary import generic_words
from vectorstore.folding import fold_query

_DEED = re.compile(
    r"(?:谁|哪一?(?:家|个(?:单位|部门|局)))(?:来|去|给|组织|具体)?(?P<deed>(?![了的呢吗吧啊呀])[\u4e00-\u9fff]{1,2}?)(?:的|呢|啊|了)?[?？。]?$"
)
# Whoever does it at all has the task.
_ANY_DEED = re.compile(
    "[管办干弄做抓包担牵盯治改验督配]|负责|落实|实施|承办|整改|处理|解决|推进|销号"
)
_BODY = re.compile(
    r"[\u4e00-\u9fff]{2}(?:局|办|委|镇|乡|政府|街道|办事处|公司|中心|大队|支队|所|站)"
)
_PARTS = re.compile("[。；;]")
# Between these stand the parts of a question.
_BREAKS = "?？。;；!！,，、"


def telling_deed(query: Query, clauses: Sequence[Found]) -> list[Found]:
    """The sentences that name a body for the one thing (复核, 鉴别) whose doer is asked for; none where the best does not."""
    asked = _DEED.search(query.text)
    if asked is None or query.fields - ROLE_FIELDS.keys() or query.asks_confirmation:
        return []
    if len(asking_parts(query.text, _BREAKS)) > 1:
        return []  # who does the one thing is not all that is asked
    deed = asked["deed"]
    if _ANY_DEED.search(deed) or deed in generic_words():
        return []
    telling = [one for one in clauses if _names_a_body(deed, fold_query(one.span.quote))]
    return telling if telling and telling[0] == clauses[0] else []


def _names_a_body(deed: str, sentence: str) -> bool:
    return any(deed in part and _BODY.search(part) for part in _PARTS.split(sentence))
