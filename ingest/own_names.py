"""Names by which a document puts its tasks: 央督1：…, 省督2：…, 警示片1：….

Offices name their lists as they like. But such a name opens a line, is counted on from one, and its numbers never
begin anew, as those of the points within each task would.
"""

from __future__ import annotations

import re
from collections import defaultdict

_NUMBERED = re.compile(
    r"^[ \t\u3000]*([\u4e00-\u9fff]{2,4})(\d{1,3})[、：:．.\u3000 ](?=\S)", re.MULTILINE
)
# What is counted at the beginning of lines and is no task.
_OTHER = re.compile(
    r"[附图表第注]|^(?:整改)?(?:任务|问题|事项|项目)$|措施|举措|步骤|阶段|目标|标准|要求|方案|情况|条件|[年月日号]$"
)
_FEWEST = 3


def own_names(text: str) -> tuple[str, ...]:
    """The names that number lines of a text from one on; none unless they number enough lines together."""
    counted: defaultdict[str, list[int]] = defaultdict(list)
    for line in _NUMBERED.finditer(text):
        counted[line.group(1)].append(int(line.group(2)))
    names = [
        name
        for name, numbers in counted.items()
        if numbers[: max(numbers)] == list(range(1, max(numbers) + 1)) and not _OTHER.search(name)
    ]
    return tuple(names) if sum(max(counted[name]) for name in names) >= _FEWEST else ()
