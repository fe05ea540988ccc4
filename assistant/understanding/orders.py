"""In which order a question wants figures told, and how many from the first on: 从大到小, 高的在前, 最大的三个."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.numerals import parse_spoken

_LARGE, _SMALL = "[大高多长重贵]", "[小低少短轻]"
_NUMBER = r"(?:前|头)?(?P<{}>[二两三四五六七八九十]|[2-9]|1\d)(?:大|[个项家条处座名位](?![月年季]))"
_WAYS = (
    (
        True,
        re.compile(
            rf"{_LARGE}(?:的)?[到往至]{_SMALL}|{_LARGE}的?(?:[排放列摆写]?在?)(?:最?前|上)(?:面|头|边)?|降序"
        ),
    ),
    (
        False,
        re.compile(
            rf"{_SMALL}(?:的)?[到往至]{_LARGE}|{_SMALL}的?(?:[排放列摆写]?在?)(?:最?前|上)(?:面|头|边)?|升序"
        ),
    ),
)
# 最大的三个, 哪三个最大: the first so many from one end.
_ENDS = tuple(
    (
        from_largest,
        re.compile(
            rf"最{word}的?{_NUMBER.format('count')}"
            rf"|(?:哪|挑|列|选|找|取)出?{_NUMBER.format('chosen')}[^,，。;；?？]{{0,12}}最{word}"
        ),
    )
    for from_largest, word in ((True, _LARGE), (False, _SMALL))
)
# 排个队, without a way, has the largest first.
_IN_LINE = re.compile(r"排(?:个|一?下|一)?(?:队|序|名次)|排(?:个|一?下)(?:位|先后)")


@dataclass(frozen=True, slots=True)
class Order:
    """The largest figure first, or the smallest; `count` of the first ones alone, where the question says how many."""

    from_largest: bool
    count: int | None = None


def asked_order(text: str) -> Order | None:
    """The order that a folded question asks for; None where it asks for none."""
    for from_largest, pattern in _ENDS:
        if match := pattern.search(text):
            written = next(one for one in match.groups() if one)
            return Order(from_largest, parse_spoken(written))
    for from_largest, pattern in _WAYS:
        if pattern.search(text):
            return Order(from_largest)
    return Order(from_largest=True) if _IN_LINE.search(text) else None
