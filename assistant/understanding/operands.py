"""What a question says of the things it reckons with: how many there are, and which two of a ranking or of several years."""

from __future__ import annotations

import re

from assistant.understanding.table_ranks import RankAsked, asked_rank
from assistant.vocabulary import asks
from ingest.numerals import parse_spoken

# 五个村, 两批小区, 前三的乡镇; 第二批 is one of several, 两个月 a time, 三个点 a figure.
_MANY = re.compile(
    r"(?<![第\d.十百几一])(?P<count>[两俩二三四五六七八九十]|\d{1,2})(?:大)?"
    r"(?:个(?!月|点|百分|亿|工作日|小时)|家|批|拨|期|年(?![级底末初前内\d]|以[上内])|轮(?!次)|种|类|样|项|笔|处|座|块(?!钱)|段|村(?!委)|镇|乡|县|区|街道|厂|户|条|件|台|套)"
)
_FOREMOST = re.compile(
    r"(?:前|头)(?P<count>[两二三四五六七八九十]|\d)(?![\d年月天日季号期]|个(?:月|季))"
)
_BOTH = re.compile(r"俩(?![人口])|两者|二者")
_COMPARING = re.compile(r"比|较|跟|和|与|、|同|差")


def things_said(text: str) -> int | None:
    """How many things a folded question says that it adds up; None where it does not say."""
    for pattern in (_FOREMOST, _MANY):
        for match in pattern.finditer(text):
            count = parse_spoken(match["count"].replace("俩", "两"))
            if count is not None and count > 1:
                return count
    return 2 if _BOTH.search(text) else None


def asks_gap(text: str) -> bool:
    """Whether a question asks how far two figures are apart."""
    return asks("reckonings", "gap", text)


def ranks_compared(text: str) -> tuple[RankAsked, RankAsked] | None:
    """The two places of a ranking that a question sets against each other: 头名比第二名高多少."""
    for place in _COMPARING.finditer(text):
        one, other = asked_rank(text[: place.start()]), asked_rank(text[place.end() :])
        if one and other and one != other and not (one.of_row or other.of_row):
            return one, other
    return None
