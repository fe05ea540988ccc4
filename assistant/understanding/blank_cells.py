"""Which column of a ledger a question asks to be empty: 没填责任领导的, 备注是空的, 措施栏空白的."""

from __future__ import annotations

import re
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
    """The first of some headings whose cells a question asks to be empty; speakers shorten 整改措施 to 措施."""
    for head in heads:
        names = dict.fromkeys((head, head[-_SHORTEST_NAME:]))
        if len(head) < _SHORTEST_NAME or _OF_LIMIT.search(head):
            continue
        for name in map(re.escape, names):
            said = re.search(
                rf"(?:没有?|未|漏)(?:填|写明?|注明|列|标)(?:的|了|出|上)?\S{{0,2}}?{name}(?:的|栏)?"
                rf"|{name}(?:一?[栏列])?(?:里|是|都|还)*(?:空(?:着|白)?|(?:没有?|未|漏)(?:填|写|注明)|没有?内容)的?",
                text,
            )
            if said is not None:
                return BlankCell(head, said.group())
    return None
