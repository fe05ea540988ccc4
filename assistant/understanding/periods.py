"""Parts of a year that figures are of: 三季度, 上半年, 1—8月, 7月份, as their first and last months."""

from __future__ import annotations

import re

_LIMIT = r"(?![底末初前内上中下]|之前|以前|更新|修订|印发|发布|制定)"
_PERIOD = re.compile(
    r"(?P<upto>前[三3]个?季度?)"
    rf"|第?(?P<quarter>[一二三四1234])季度{_LIMIT}"
    rf"|(?P<half>[上下]半年){_LIMIT}"
    rf"|(?<![\d.月])(?P<first>\d{{1,2}})月?[—–~～至到-]+(?P<last>\d{{1,2}})月(?:份)?(?!\d){_LIMIT}"
    rf"|(?<![\d.月—–~～至到-])(?P<month>\d{{1,2}})月(?:份)?(?![\d—–~～至到-]){_LIMIT}"
)
_HALVES = {"上": (1, 6), "下": (7, 12)}


def periods(text: str) -> dict[tuple[int, int], str]:
    """The parts of a year that a folded text names, in its words; days, and months by whose end something is due, are none."""
    return {_months(match): match.group() for match in _PERIOD.finditer(text)}


def _months(match: re.Match[str]) -> tuple[int, int]:
    if match["upto"]:
        return 1, 9
    if quarter := match["quarter"]:
        number = "一二三四".find(quarter) + 1 or int(quarter)
        return 3 * number - 2, 3 * number
    if match["half"]:
        return _HALVES[match["half"][0]]
    first = match["first"] or match["month"]
    return int(first), int(match["last"] or first)
