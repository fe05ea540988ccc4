"""Notices that tell in one part what is wrong and in another what is demanded: 二、存在问题 … 四、整改要求 ….

The tasks are what is demanded; what is wrong stands below the same heading of the other part, if both have it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.markers import heading_role
from ingest.outline import Node

_LIMITED = re.compile(
    r"\d{1,2}\s*月(?:\s*\d{1,2}\s*日|[底末初]|[上中下]旬)?[^，,。；;]{0,3}前|月底|[日天月]内|立即|立行立改|即知即改|长期坚持|待[^，,。；;]{2,20}(?:确定|明确)"
)
_MOST = 0.6


def without_findings(parts: Sequence[Node]) -> list[Node]:
    """The parts that hold tasks, without those that tell what is wrong where another demands things by a limit."""
    if not any(_demands(part) for part in parts):
        return list(parts)
    return [part for part in parts if not _tells_problems(part)]


def found_elsewhere(node: Node) -> Node | None:
    """The section that tells what is wrong with what an item demands: the one with its heading in another part."""
    root = node
    while root.parent is not None:
        root = root.parent
    told = (one for part in root.children if _tells_problems(part) for one in part.walk())
    alike = [one for one in told if one is not node and one.title and one.title == node.title]
    return alike[0] if len(alike) == 1 and not alike[0].children else None


def _tells_problems(part: Node) -> bool:
    return heading_role(part.title) == "problem" or part.title.endswith(("问题", "问题情况"))


def _demands(part: Node) -> bool:
    """Whether most of what a part called 整改要求 lists says by when."""
    if heading_role(part.title) != "measures":
        return False
    items = list(_leaves(part))
    limited = [one for one in items if any(_LIMITED.search(block.text) for block in one.blocks)]
    return len(items) > 1 and len(limited) >= _MOST * len(items)


def _leaves(node: Node) -> Iterator[Node]:
    for child in node.children:
        yield from _leaves(child) if child.children else (child,)
