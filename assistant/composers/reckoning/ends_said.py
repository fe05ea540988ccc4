"""Who has the most or the least by a sentence that lists figures: 重复举报集中在甲区（14件）、乙县（9件）、丙区（6件）."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.composers.tables.series import decimal_text, unit_of_gap
from assistant.composers.wording import cite
from assistant.draft import Block, Statement, paragraph
from assistant.library import Library
from assistant.query import Operation, Query
from assistant.search import Found, SentenceSearch
from assistant.understanding.nth_places import asked_nth
from assistant.understanding.operands import asks_gap
from assistant.vocabulary import asks, wording
from assistant.words import pairs
from prompts import phrase
from vectorstore.folding import fold

_MOST_SENTENCES = 5
_FEWEST_NAMES, _FEWEST_SHARED = 3, 2
_NAMED = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,14}?(?:县|区|市|镇|乡|街道|村|局|委|办|中心|公司|厂|园))"
    r"(?P<doing>[\u4e00-\u9fff]{0,4})[（(]?(?P<value>\d+(?:\.\d+)?)(?P<unit>%|[^\d，。；、,;（）()]{1,8})"
)
# 集中在梅溪区 is about 梅溪区.
_LEAD_IN = re.compile(r"^.*(?:在|为|是|有|中|包括|分别)(?=[\u4e00-\u9fff]{2,}$)")


@dataclass(frozen=True, slots=True)
class _Named:
    """A figure that a sentence gives to a body or place."""

    name: str
    value: Decimal
    written: str


class EndsSaidComposer:
    """Finds the largest or the smallest of the figures that a sentence lists by place or body."""

    def __init__(self, library: Library, search: SentenceSearch) -> None:
        self._library = library
        self._search = search

    def blocks(self, query: Query) -> list[Block]:
        """Who is at the end asked for; nothing where no sentence lists such figures of what is asked."""
        ends = [one for one in ("most", "fewest") if asks("tables", one, query.text)]
        ends = ends[:1] if asks_gap(query.text) else ends  # 哪个村最大，比最小的大多少
        if asked_nth(query.text) is not None:
            return []
        if len(ends) != 1 or not asks("tables", "which", query.text) or self._goes_by_tasks(query):
            return []
        for found in self._search.find(query, query.documents)[:_MOST_SENTENCES]:
            listed = _listed(found, query)
            if len(listed) >= _FEWEST_NAMES:
                return [paragraph(self._worded(found, listed, ends[0], query))]
        return []

    def _goes_by_tasks(self, query: Query) -> bool:
        """Whether the tasks of the documents are counted, which records do."""
        return query.operation is not Operation.LOOK_UP and any(
            task.lead_units or task.responsible_units
            for parsed in self._library.within(query.documents)
            for task in parsed.tasks
        )

    def _worded(self, found: Found, listed: Sequence[_Named], end: str, query: Query) -> Statement:
        largest = end == "most"
        value = (max if largest else min)(one.value for one in listed)
        match = wording("tables", end).search(query.text)
        text = phrase(
            "ends_said",
            count=len(listed),
            word=match.group() if match else "",
            names="、".join(f"{one.name}（{one.written}）" for one in listed if one.value == value),
        )
        low, high = (end(listed, key=lambda one: one.value) for end in (min, max))
        if asks_gap(query.text) and low.value != high.value:
            unit = high.written.removeprefix(str(high.value))
            text += phrase(
                "ends_apart",
                low=f"{low.name}（{low.written}）",
                high=f"{high.name}（{high.written}）",
                difference=f"{decimal_text(high.value - low.value)}{unit_of_gap(unit)}",
            )
        return Statement(text, cite(self._library, found.source, found.span), computed=(text,))


def _with_what_it_goes_on(found: Found) -> str:
    """A sentence, with those of its paragraph before it where it tells of what they count: 其中，…."""
    if not found.span.quote.startswith("其中"):
        return found.span.quote
    begin = found.source.text.rfind("\n", 0, found.span.start) + 1
    return found.source.text[begin : found.span.end]


def _listed(found: Found, query: Query) -> list[_Named]:
    """The figures of one unit that most names of a sentence have, said of what the question asks."""
    asked_of = pairs(fold(f"{query.topic} {query.context}"))
    if len(asked_of & pairs(fold(_with_what_it_goes_on(found)))) < _FEWEST_SHARED:
        return []
    groups: defaultdict[tuple[str, str], list[_Named]] = defaultdict(list)
    for match in _NAMED.finditer(found.span.quote):
        name = _LEAD_IN.sub("", match["name"])
        one = _Named(name, Decimal(match["value"]), f"{match['value']}{match['unit']}")
        groups[match["doing"], match["unit"]].append(one)
    asked = {key: own for key, own in groups.items() if key[0] in query.text}
    longest = max(asked.values(), key=len, default=[])
    alike = [own for own in asked.values() if len(own) == len(longest)]
    return longest if len(alike) == 1 else []
