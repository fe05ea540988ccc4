"""What has happened to tasks, as rows of a ledger remark it: 罚过款的, 被约谈的, 立了案的."""

from __future__ import annotations

import re

from assistant.vocabulary import generic_words
from assistant.words import frequency

# 罚过款 is 罚款: a verb whose object is part of the word.
_SPLIT = re.compile(r"([\u4e00-\u9fff])(?:过|了)([\u4e00-\u9fff])")
_HAPPENED = re.compile(
    r"(?:(?<![不未没])被|遭|受|已经?)(?P<passive>[\u4e00-\u9fff]{2,4}?)(?:了|过|的|[,，?？]|$)"
    r"|(?P<active>[\u4e00-\u9fff]{2})(?:了|过)?的?(?:[事问任单企项厂]|有|都|是|哪|几|多少)"
)
_USUAL = 30


def event_asked(text: str, told: str) -> str:
    """The word for what has happened, as `told`, the remarks of all rows, has it; empty where a question names none."""
    whole = _SPLIT.sub(lambda match: _joined(match, told), text)
    for match in _HAPPENED.finditer(whole):
        said = match["passive"] or match["active"]
        for start in range(len(said) - 1):
            word = said[start:]
            if word in told and frequency(word) >= _USUAL and word not in generic_words():
                return word
    return ""


def _joined(match: re.Match[str], told: str) -> str:
    word = match[1] + match[2]
    return f"{word}过" if word in told and frequency(word) >= _USUAL else match.group()
