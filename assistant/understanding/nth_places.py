"""Which place from an end a question asks for that is not the first: 投资第二多的, 倒数第二少, 排第三的 of a column.

排第二的呢, behind a question for what has the most or the least, is that question of the second.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.numerals import parse_spoken

_NTH = r"(?P<place>[二三四五六七八九十]|[2-9]|1\d)"
_LARGE = "多|高|大|长|宽|深|重|贵|烧钱|花钱|费钱"
_SMALL = "少|低|小|短|窄|浅|轻|便宜|省钱"
_DATED = "晚|迟|早|先"
_SAID = re.compile(
    rf"(?P<from_end>倒数)?第{_NTH}(?:(?P<large>{_LARGE})|(?P<small>{_SMALL}))(?!少|多)"
)
# Of a column of figures the largest is the first.
_RANKED = re.compile(
    rf"(?:(?<![务题项])(?<![务题项][里中])排(?:名|行|在|到)?(?P<from_end>倒数)?|位列)第{_NTH}(?![名位])(?![个项条]?(?:问题|任务))"
)
_ALONE = re.compile(
    rf"(?:那么?)?(?:排|排在|排名)?(?P<from_end>倒数)?第{_NTH}(?:个|名|位|家)?(?P<own>{_LARGE}|{_SMALL}|{_DATED})?的?(?:那个)?(?:是|又是|呢|是谁|是哪[个家]|有多少)*[?？。]?"
)
_EXTREME = re.compile(rf"最(?P<word>(?P<small>{_SMALL}|早|先)|{_LARGE}|{_DATED})")


@dataclass(frozen=True, slots=True)
class NthPlace:
    """The place asked for, from the largest figure down or from the smallest up; `said` are the question's words."""

    place: int
    from_largest: bool
    said: str


def asked_nth(text: str) -> NthPlace | None:
    """The place from an end that a folded question asks for; None where it asks for none, or for the first as well."""
    match = _SAID.search(text) or _RANKED.search(text)
    if match is None or _EXTREME.search(text):
        return None
    large = match.groupdict().get("small") is None
    place = parse_spoken(match["place"]) or 1
    return NthPlace(place, large is (match["from_end"] is None), match.group())


def with_extreme_before(text: str, question: str) -> str:
    """The question before asked of another place, where that is all that `text` says; `text` where it says more."""
    alone, extreme = _ALONE.fullmatch(text), _EXTREME.search(question)
    if alone is None or extreme is None or alone["own"] not in (None, extreme["word"]):
        return text
    # 倒数第二 of what has the least is the second from that end.
    from_end = "倒数" if alone["from_end"] and extreme["small"] is None else ""
    said = f"{from_end}第{alone['place']}{extreme['word']}"
    return f"{question[: extreme.start()]}{said}{question[extreme.end() :]}"
