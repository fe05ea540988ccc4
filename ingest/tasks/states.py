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


# 目前网箱已全部上岸，该项任务已完成整改并通过验收: of a last sentence that reports, from the clause that is a state.
_LAST_REPORT = re.compile(
    r"(?<![^。；;\n])\s*(?:目前|现已|截[至止])[^。；;\n]*?[，,](?:[该此本这][一项个]{0,2}(?:问题|任务|事项|工作|项目))?"
    rf"(?P<state>{any_of(load_vocabulary('states')['closing'])}(?:[并且][^。；;，,\n]*)?(?:[，,][^。；;\n]*)?)[。；;]?\s*$"
)


def closing_state(text: str, start: int, end: int) -> Span | None:
    """The state in the bracket or the sentence that closes a paragraph, without marks; None where it says none."""
    closing = _CLOSING.search(text, start, end) or _LAST_SENTENCE.search(text, start, end)
    if closing is None:
        return None
    state = closing["state"].strip()
    if not is_state(state):
        return None
    begin = closing.start("state") + closing["state"].index(state)
    return Span(begin, begin + len(state), state)


def is_state(words: str) -> bool:
    """Whether words are a state, up to their first mark: 已完成，待销号."""
    first = re.split("[，,；;、]", words)[0]
    return re.fullmatch(any_of(load_vocabulary("states")["closing"]), first) is not None


def told_state(text: str, start: int, end: int) -> Span | None:
    """The state that the last sentence of a paragraph tells behind what was done, up to its end."""
    told = _LAST_REPORT.search(text, start, end)
    return Span(*told.span("state"), told["state"]) if told else None
