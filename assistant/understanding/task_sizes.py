"""Whether a question asks which task has the most, or the fewest, measures or bodies."""

from __future__ import annotations

import re
from enum import StrEnum

from assistant.query import Extreme, Query
from assistant.vocabulary import asks

# 哪个问题, 哪一项: a task is asked for; 哪个局 asks for a body.
_WHICH_TASK = re.compile(r"哪(?:个|一个)?(?:的)?(?:问题|任务|事项|事|活)|哪一?[项条件桩]")


class Size(StrEnum):
    """What a task may have many of."""

    MEASURES = "measures"
    BODIES = "bodies"


def asked_size(query: Query) -> Size | None:
    """What the tasks are to be ordered by; None where no such superlative is asked for."""
    if query.extreme not in (Extreme.MOST, Extreme.FEWEST) or not _WHICH_TASK.search(query.text):
        return None
    return next((one for one in Size if asks("task_sizes", one.value, query.text)), None)
