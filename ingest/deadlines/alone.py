"""Words that are a limit and nothing else: the last clause of （甲局牵头，乙局配合，6月底前完成）, the bracket of …。（11月底）."""

from __future__ import annotations

import re

_DATE = (
    r"(?=[^，,；;]*[月日底末前])(?:(?:19|20)\d{2}年)?(?:\d{1,2}月)?"
    r"(?:\d{1,2}日|[上中下]旬|[月年]?[底末]|[上下]半年|第?[一二三四]季度末?)?(?:之|以)?前?"
)
_UNDATED = (
    r"[全常]年|(?:立行|立整|即知|即查)[立即]改|立即(?:整改|执行|办理|落实|实施)?"
    r"|(?:长期|持续|常态化?)(?:坚持|推进|保持|整改|实施|落实|开展)|待[^，,；;]{2,16}(?:确定|明确)"
)
_ALONE = re.compile(
    rf"[均都]?(?:须|应|要求?|确保|力争)?[于在]?(?P<time>{_DATE}|{_UNDATED})(?:全部|全面|基本)?(?:完成|办结|整改到位|销号)?"
)


def limit_alone(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The range of the limit that a stretch is; None where it says anything else."""
    alone = _ALONE.fullmatch(text, start, end)
    return alone.span("time") if alone else None
