"""The state of a task in the bracket or the sentence that closes it: 【已完成，2026年1月15日销号】, …。进度滞后。"""

from __future__ import annotations

import re

from ingest.records import Span
from ingest.vocabulary import any_of, load_vocabulary

_CLOSING = re.compile(
    r"[【〔\[（(](?P<state>[^【】〔〕\[\]（）()]{2,60})[】〕\]）)]\s*[。；;]?\s*$"
)


_LAST_SENTENCE = re.compile(
    r"(?<=[。；;])\s*(?:[该此本这][项一个]?(?:问题|任务|事项|工作|项目)(?:目前|现|总体|整体)?)?(?P<state>[^。；;，,]{2,12})[。；;]?\s*$"
)


def closing_state(text: str, start: int, end: int) -> Span | None:
    """The state in the bracket or the sentence that closes a paragraph, without marks; None where it says none."""
    closing = _CLOSING.search(text, start, end) or _LAST_SENTENCE.search(text, start, end)
    if closing is None:
        return None
    state = closing["state"].strip()
    first = re.split("[，,；;、]", state)[0]
    if not re.fullmatch(any_of(load_vocabulary("states")["closing"]), first):
        return None
    begin = closing.start("state") + closing["state"].index(state)
    return Span(begin, begin + len(state), state)
