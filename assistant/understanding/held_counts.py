"""Whether a question asks which bodies or persons have so many tasks: 哪些单位牵头超过三项, 谁手里不止一件."""

from __future__ import annotations

import re

from assistant.query import Holding
from ingest.numerals import parse_spoken

_WHO = re.compile(
    r"谁|哪几?[家位]|哪(?:些|几个|几家|几位|一?个)?的?(?:局|委|办|部门|单位|科室|公司|领导|负责人|责任人|人|镇|乡|街)"
)
_HELD = re.compile(
    r"牵头|主办|负责|责任|承担|配合|协办|验收|管|包|挂|名下|手[上里]|摊|分到|领到|扛|任务|问题|事项"
)
_NUMBER = r"(?P<number>[一二两三四五六七八九十]{1,3}|\d{1,2})"
# 超过3个月 counts no tasks.
_TASKS = r"(?:[项件条]|个(?=任务|问题|事|活|的|以上|及以上|[,，。?？]|$))"
_ASKED = (
    (re.compile(rf"(?:超过|多于|不止|大于){_NUMBER}{_TASKS}"), 1, None),
    (re.compile(rf"(?:不少于|不低于|至少|起码|最少)(?:有|是)?{_NUMBER}{_TASKS}"), 0, None),
    (re.compile(rf"{_NUMBER}{_TASKS}(?:及|或|或者)?以上"), 0, None),
    (re.compile(rf"(?:不到|少于|不足|低于){_NUMBER}{_TASKS}"), None, -1),
    (re.compile(rf"(?:不超过|不多于|至多|顶多|最多){_NUMBER}{_TASKS}"), None, 0),
    (re.compile(rf"{_NUMBER}{_TASKS}(?:及|或|或者)?以下"), None, 0),
    (re.compile(rf"(?:只|就|仅)[^,，。;；?？]{{0,6}}?{_NUMBER}{_TASKS}(?=的|[,，?？。]|$)"), 0, 0),
)
# What the others have is another question.
_OTHERS = re.compile(r"各.{0,3}[几多]|其他|其余")


def asked_holding(text: str) -> Holding | None:
    """How many tasks the bodies or persons that a folded question asks for must have; None where it asks for none."""
    if not (_WHO.search(text) and _HELD.search(text)) or _OTHERS.search(text):
        return None
    for pattern, above, below in _ASKED:
        match = pattern.search(text)
        number = parse_spoken(match["number"]) if match else None
        if match and number:
            return Holding(
                least=number + above if above is not None else 1,
                most=number + below if below is not None else None,
                text=match.group(),
            )
    return None
