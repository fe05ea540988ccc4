"""Whose time limit a date is: that of one of its measures is not that of the task."""

from __future__ import annotations

import re

from assistant.draft import Evidence
from assistant.library import Library
from assistant.proof.dates import check_dates
from assistant.proof.duties import cited_tasks
from assistant.proof.support import Support
from assistant.words import pairs
from vectorstore.folding import fold_query

_OF_TASK = re.compile(
    r"(?:问题|任务|事项)[”\"]?的?(?:整改|完成|办理)?(?:时限|期限)|"
    r"(?:要求|须|应|需)[^,。;]{0,30}(?:完成整改|整改完成|整改到位|办结|销号)"
)
# Right behind the title: 散煤治理存在盲区的整改时限.
_OF_TITLE = re.compile(r"[”\"]?的?(?:整改|完成|办理|办结)?(?:时限|期限)")
# A task is named by so much of its title.
_NAMED = 0.7


def misplaced_limits(text: str, support: Support, library: Library) -> list[str]:
    """Dates that a folded text gives as the limit of a task it names, and that are not."""
    of_task = _OF_TASK.search(text) is not None
    if not (of_task or _OF_TITLE.search(text)):
        return []
    own = pairs(text)
    missing: list[str] = []
    for document, task in cited_tasks(support.evidence, library):
        title = pairs(fold_query(task.title.quote))
        if task.deadline is None or not title or len(title & own) < _NAMED * len(title):
            continue
        name = fold_query(task.title.quote).rstrip("。;；.")
        if not (of_task or re.search(re.escape(name) + _OF_TITLE.pattern, text)):
            continue
        limit = Evidence(document, task.deadline.phrase)
        missing += check_dates(text, (limit,), fold_query(task.title.quote)).missing
    return missing
