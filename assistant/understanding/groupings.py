"""What a question wants a count broken down by."""

from __future__ import annotations

import re
from functools import cache

from assistant.ledger import Reported
from assistant.query import Grouping
from assistant.vocabulary import asks, load_words

# Of several roles in a question the particular one is meant: 验收销号由谁牵头.
_BY_ROLE = (Grouping.ACCEPTANCE, Grouping.SUPERVISING, Grouping.COOPERATING, Grouping.RESPONSIBLE)

_LEADERS = re.compile(r"领导|哪位|责任人|负责人")


def asked_grouping(text: str, *, ranked: bool) -> Grouping | None:
    """The grouping that a folded question asks for; `ranked` tells that it asks who has the most or only one."""
    if _counts_progress(text):
        return Grouping.STATUS
    if ranked or asks("groupings", "each", text):
        for role in _BY_ROLE:
            # 哪位领导督导的最多 asks for persons.
            persons = role is Grouping.SUPERVISING and _LEADERS.search(text)
            if asks("grouping_roles", role.value, text) and not persons:
                return role
    if ranked and _of_amounts().search(text):
        return None  # 谁分的公里数最多 is of a figure that the text shares out
    named = (Grouping(name) for name in load_words("questions")["groupings"] if name != "each")
    found = next((one for one in named if asks("groupings", one.value, text)), None)
    return found or (_who(text) if ranked else None)


@cache
def _of_amounts() -> re.Pattern[str]:
    """A superlative of an amount in some unit: 公里数最多, 哪家吨数最大."""
    units = {unit for units in load_words("questions")["amounts"]["sets"] for unit in units}
    of_figures = "|".join(map(re.escape, sorted(units - {"人", "名"}, key=len, reverse=True)))
    return re.compile(rf"(?:{of_figures})数[^,，。;；?？]{{0,4}}最")


def _counts_progress(text: str) -> bool:
    """A question that counts several kinds of progress at once: 完成几项、在推进几项."""
    kinds = (Reported.NOT_STARTED, Reported.BEHIND, Reported.DONE, Reported.RUNNING)
    several = sum(asks("operations", kind.value, text) for kind in kinds) > 1
    return several and asks("operations", "count", text)


def _who(text: str) -> Grouping | None:
    """Whose tasks are counted: 哪个领导…最多, 哪个局…最多."""
    if "谁" in text or _LEADERS.search(text):
        return Grouping.LEADER
    body = r"哪(?:个|些|几个?)?(?:局|委|部门|单位|科室|公司)|哪一?家"
    return Grouping.LEAD if re.search(body, text) else None
