"""Which places in the order of time limits a question asks for: the first and the last, the second latest."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.vocabulary import asks
from ingest.numerals import parse_number

_NTH = re.compile(
    r"第([二三四五六七八九十]|\d{1,2})(?:个)?(?P<end>最?(?:早|先|快|急|紧|近|靠前)|最?(?:晚|迟|慢|远|靠后))"
    r"|倒数第([一二三四五六七八九十]|\d{1,2})(?:个)?(?:到期|办结|完成|截止|交账|到线|晚)"
    r"|(?<!倒数)第([二三四五六七八九十]|\d{1,2})(?:个)?(?:到期|办结|完成|截止|交账|到线)"
)
_LATE = re.compile("晚|迟|慢|远|后")


@dataclass(frozen=True, slots=True)
class Rank:
    """A place in the order of time limits, counted from the earliest or from the latest."""

    latest: bool
    place: int = 1


def asked_ranks(text: str) -> tuple[Rank, ...]:
    """The places asked for, in the question's order; empty where it asks for one end alone, or for none."""
    nth = [_nth(match) for match in _NTH.finditer(text)]
    rest = _NTH.sub(" ", text)
    ends = [Rank(name == "last") for name in ("first", "last") if asks("ranks", name, rest)]
    if not nth and len(ends) < 2:
        return ()
    return tuple(dict.fromkeys((*ends, *nth)))


def _nth(match: re.Match[str]) -> Rank:
    place = parse_number(next(one for one in (match[1], match[3], match[4]) if one)) or 1
    late = match[3] is not None or _LATE.search(match["end"] or "") is not None
    return Rank(late, place)
