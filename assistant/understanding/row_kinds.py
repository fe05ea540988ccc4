"""What the rows of lists of tasks are called by the headings of their names: 企业, 加油站, 排口."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.library import Library
from assistant.query import Query
from ingest.tables import bare_heading
from vectorstore.folding import fold_query

_NAME = re.compile("(?:名称|名单|名)$")
_FIRM = re.compile("(?:企业|公司|单位|厂|店|站|场|矿|户)$")
# Whatever the heading says of them.
_FIRMS = ("企业", "公司", "厂家", "厂子", "单位")
_COUNTED = re.compile("(?:几|多少)(?:家|户|个厂)|[谁哪]一?家|(?:有|是|都)谁")


def row_kinds(query: Query, library: Library) -> frozenset[str]:
    """The words for the rows of the lists of tasks in scope; where these are firms, all that firms are called."""
    return _kinds(query.documents, library)


def counts_firms(query: Query, library: Library) -> bool:
    """Whether a question asks which firms, or how many, and the rows of a list are firms: 港湾街道有几家."""
    return _COUNTED.search(query.text) is not None and _FIRMS[0] in row_kinds(query, library)


@lru_cache(maxsize=64)
def _kinds(documents: tuple[str, ...] | None, library: Library) -> frozenset[str]:
    heads = {
        _NAME.sub("", bare_heading(head))
        for parsed in library.within(documents)
        for task in parsed.tasks
        if task.row
        for head, cell in task.columns.items()
        if cell == task.title
    }
    own = {fold_query(one) for one in heads} - {""}
    return frozenset(own | set(_FIRMS) if any(map(_FIRM.search, own)) else own)
