"""Whether a year says only which plan is meant: what a bureau leads 今年 is all that its plan of this year has for it."""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.query import Window

_YEAR_OF_TITLE = re.compile(r"(?<![\d—–~～至到-])((?:19|20)\d{2})年(?:度)?(?![—–~～至到-])")
_ANNUAL = re.compile(
    r"^(?!.*整改).*(?:计划|要点|安排|任务|(?:工作|行动|实施|攻坚)方案)[^\u4e00-\u9fff]*$"
)
_YEAR_ALONE = re.compile(r"[今本当]年|(?:19|20)\d{2}年")
# 今年到期的 and 今年能完成的 ask by a limit, whatever the plan is of.
_DUE = re.compile(
    r"到[期点线]|截止|时限|期限|限期|节点|完成|办结|完工|竣工|收[尾口官]|销号|验收|交[账差]|[做干弄办改搞]完|建成|投[用运产]|之?前|以内|年[底末内中]"
)


def names_the_plan(window: Window, text: str, titles: Collection[str]) -> bool:
    """Whether a year asked about is nothing but that of the plans of these titles, and no limit."""
    years = {_year_of_plan(title) for title in titles}
    if not _YEAR_ALONE.fullmatch(window.text) or _DUE.search(text) or window.earliest is None:
        return False
    return years == {window.earliest.year}


def _year_of_plan(title: str) -> int | None:
    """The one year that the title of a plan for a year has; None for other texts."""
    years = set(_YEAR_OF_TITLE.findall(title))
    return int(*years) if len(years) == 1 and _ANNUAL.search(title) else None
