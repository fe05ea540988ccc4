"""Which column of a ledger a question asks to be empty: 没填责任领导的, 备注是空的, 措施栏空白的."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.records import Task

_SHORTEST_NAME = 2
_OF_LIMIT = re.compile(r"时限|期限|时间$")  # asked for by what a task says of its limit


@dataclass(frozen=True, slots=True)
class BlankCell:
    """A heading of a ledger's column and the words of the question that ask for its cell to be empty."""

    head: str
    said: str

    def holds(self, task: Task, heads: Iterable[str]) -> bool:
        """Whether a row of a table with some headings has nothing in the column."""
        return task.row and self.head in heads and self.head not in task.columns


def asked_blank(text: str, heads: Iterable[str]) -> BlankCell | None:
    """The first of some headings whose cells a question asks to be empty; speakers shorten 整改措施 to 措施.

    A whole name comes first, and what several headings end with (单位) means none of them.
    """
    known = [one for one in heads if len(one) >= _SHORTEST_NAME and not _OF_LIMIT.search(one)]
    ends = Counter(one[-_SHORTEST_NAME:] for one in known)
    short = {one: one[-_SHORTEST_NAME:] for one in known if ends[one[-_SHORTEST_NAME:]] == 1}
    for head, name in (*((one, one) for one in known), *short.items()):
        if said := _said_of(name, text):
            return BlankCell(head, said)
    return None


def _said_of(name: str, text: str) -> str:
    """The words by which a question asks for the cells of a column to be empty; nothing where it does not."""
    column = re.escape(name)
    said = re.search(
        rf"(?:没有?|未|漏)(?:填|写明?|注明|列|标)(?:的|了|出|上)?\S{{0,2}}?{column}(?:的|栏)?"
        rf"|{column}(?:[这那]?一?个?[栏列格])?(?:里|是|都|还)*"
        r"(?:空(?:着|白)?|(?:没有?|未|漏)(?:填|写|注明)|没有?内容)的?",
        text,
    )
    return said.group() if said is not None else ""
