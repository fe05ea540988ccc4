"""What a question asks to be left open in a record: 没填责任领导的, 备注是空的, 没写明谁验收的, 没有领导包案的."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.ledger import Role
from ingest.records import Task

_SHORTEST_NAME = 2
# Who has a duty, which nobody is named for: 没写明谁验收, 没有配合单位, 没有领导包案.
_WRITTEN = r"(?:写明?|注明|明确|说明?|填|列明?|标明?|定|安排|指定|点名|交代)(?:是|由|了|出|清)*"
_WHO = r"(?:谁|哪[个家位](?:单位|部门|局|领导)?|什么单位|领导)"
_ROLES = (
    (Role.LEAD, "牵头"),
    (Role.ACCEPTANCE, "验收"),
    (Role.COOPERATING, "配合|协办"),
    (Role.SUPERVISING, "督导"),
    (Role.LEADER, "包保|包案|包抓|包联|挂帅|(?:责任|负责|包保|包案|分管)领导"),
)
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


def asked_unnamed(text: str) -> tuple[Role, str] | None:
    """The role that a question asks for nobody to be named in, and its words for that."""
    for role, duty in _ROLES:
        said = re.search(
            rf"(?:没(?:有)?|未|漏)(?:{_WRITTEN}{_WHO}?|{_WHO})(?:来|去)?(?:{duty})(?:单位|部门|人)?的?"
            rf"|没有?(?:{duty})(?:单位|部门)的?|(?:{duty})(?:单位|部门)?(?:没|未){_WRITTEN}的?",
            text,
        )
        if said is not None:
            return role, said.group()
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
