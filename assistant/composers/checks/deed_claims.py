"""A body that a question says does one thing, where the sentence of that thing names another: 噪声类6件归城管局办对吧."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.composers.wording import cite, flat
from assistant.draft import Statement
from assistant.library import Library
from assistant.query import Query
from assistant.search import Found
from assistant.units import same_unit
from assistant.words import pairs
from ingest.records import Span
from prompts import phrase
from vectorstore.folding import fold_query

_BODY = r"[\u4e00-\u9fff]{2,14}?(?:局|办|委|镇|乡|政府|街道|办事处|公司|中心|大队|所)"
# What has a role by its name is checked by the record.
_CLAIMED = re.compile(
    rf"(?:归|由|是|属于)(?P<body>{_BODY})(?!.{{0,3}}(?:牵头|主责|验收|销号|配合|协同|督导))[\u4e00-\u9fff]{{0,5}}?(?:的)?(?:吗|吧|么|嘛|对|没错|[,，?？]|$)"
)
_DOER = re.compile(
    r"由(?P<bodies>[\u4e00-\u9fff、]{2,40}?)(?:负责|牵头|承担|办理|落实|组织|实施|会同|配合|完成|设置|拟定|处理|处罚)"
)
_PARTS = re.compile("[^，,；;。]+")
_JOINED = re.compile("[、和与及]")
_LEAST_SHARED = 2


def done_by_another(library: Library, query: Query, clauses: Sequence[Found]) -> Statement | None:
    """That somebody else does it, in the words of the sentence; None where it names the body, or nobody for that thing."""
    claimed = _CLAIMED.search(query.text) if query.asks_confirmation and clauses else None
    if claimed is None:
        return None
    body = claimed["body"]
    asked = pairs(query.text.replace(body, " "))
    told = [
        (len(pairs(said.replace(doer["bodies"], " ")) & asked), one, part, doer["bodies"])
        for one in clauses
        for part, said in _parts(one.span)
        if (doer := _DOER.search(said))
    ]
    shared, one, part, doers = max(told, key=lambda one: one[0], default=(0, clauses[0], "", ""))
    if shared < _LEAST_SHARED or sum(other[0] == shared for other in told) > 1:
        return None
    if any(same_unit(body, doer) for doer in _JOINED.split(doers)):
        return None
    text = phrase("done_by_another", asked=body, part=flat(part))
    return Statement(text, cite(library, one.source, one.span), computed=(body,))


def _parts(sentence: Span) -> Iterator[tuple[str, str]]:
    """The parts between the marks of a sentence, as written and folded."""
    for part in _PARTS.findall(sentence.quote):
        yield part, fold_query(part)
