"""Whether a question asks what rows of a table lack to their plans (各欠几家), or claims how far a row is (才干一半)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.understanding.reckonings import asked_remainder
from assistant.vocabulary import asks
from ingest.numerals import parse_number

_SHARE = r"(?P<half>一半|半拉)|(?P<tenths>[一二三四五六七八九])成(?!本)|(?P<percent>\d+(?:\.\d+)?)%"
_CLAIMED = re.compile(
    r"(?P<said>(?:才|只|仅|就|刚)?(?:干|完成|做|建|修|弄|搞|改|铺|治理?|整治|推进)(?:了|到|完|成|好)*"
    rf"(?P<way>不到|不足|没到|超过|过)?(?:大约|约|差不多)?(?:{_SHARE}))"
)
_SHARE_ALONE = re.compile(_SHARE)
# Of what is said in tenths and halves, so much more or less is the same.
_ABOUT = Decimal(5)
_EXACTLY = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class ShareClaimed:
    """A share of a plan that a question takes to be done, in its words (才干一半)."""

    said: str
    percent: Decimal
    way: str
    is_exact: bool

    def agrees_with(self, percent: Decimal) -> bool:
        """Whether a share of a table is what is claimed."""
        if self.way:
            return percent < self.percent if self.way[0] in "不没" else percent > self.percent
        return abs(percent - self.percent) <= (_EXACTLY if self.is_exact else _ABOUT)


def asked_shortfall(text: str) -> str | None:
    """The unit in which a question asks what is lacking; None where it asks nothing of the kind.

    Empty where the unit goes without saying, or where only those that lack something are asked for.
    """
    if asks("reckonings", "difference", text) and not asks("shortfalls", "still", text):
        return None  # by how much two rows differ
    unit = asked_remainder(text)
    if unit is None and asks("shortfalls", "unfinished", text) and asks("tables", "which", text):
        return ""
    return unit


def share_claimed(text: str) -> ShareClaimed | None:
    """What a question takes to be done of a plan; None where it says nothing of it."""
    match = _CLAIMED.search(text)
    percent = _percent(match) if match is not None else None
    if match is None or percent is None:
        return None
    return ShareClaimed(match["said"], percent, match["way"] or "", bool(match["percent"]))


def shares_named(text: str) -> list[Decimal]:
    """The shares that a question names, be it in tenths: 80 of 八成的坎."""
    found = (_percent(one) for one in _SHARE_ALONE.finditer(text))
    return [one for one in found if one is not None]


def _percent(match: re.Match[str]) -> Decimal | None:
    if match["half"]:
        return Decimal(50)
    if match["percent"]:
        return Decimal(match["percent"])
    tenths = parse_number(match["tenths"])
    return None if tenths is None else Decimal(tenths * 10)
